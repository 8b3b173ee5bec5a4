package match_test

import (
	"testing"

	"marsad/match"
)

// BenchmarkBuild files 100,000 heavy queries.
func BenchmarkBuild(b *testing.B) {
	w := newWorld(7, scripts["en"].letters)
	es := w.entries(b, 100_000, w.heavy)
	b.ReportAllocs()
	for b.Loop() {
		match.Build(es, match.Options{})
	}
}
