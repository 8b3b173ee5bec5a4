//go:build race

package match_test

// The race detector lets pools forget at random, which counts as allocations.
func init() { pooled = false }
