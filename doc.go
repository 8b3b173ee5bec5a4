// Package marsad is the root of a self-hosted desk for watching the world's news. It holds no code: the program is cmd/marsad, and
// ARCHITECTURE.md says what lies where.
package marsad
