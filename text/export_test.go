package text

import (
	"fmt"

	"github.com/clipperhouse/uax29/v2/words"
)

// CheckSegments compares the segmenter with the full rules. Blank segments are compared by what they add up to.
func CheckSegments(s string) error {
	var want []string
	for it := words.FromString(s); it.Next(); {
		want = append(want, it.Value())
	}
	g := segmenter{s: s}
	i := 0
	for v, at, ok := g.next(); ok; v, at, ok = g.next() {
		if i >= len(want) || want[i] != v {
			return fmt.Errorf("%q at %d: got %q, want %q", s, at, v, want[min(i, len(want)-1)])
		}
		i++
	}
	if i != len(want) {
		return fmt.Errorf("%q: %d segments, want %d", s, i, len(want))
	}
	return nil
}
