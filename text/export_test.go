package text

import (
	"fmt"
	"reflect"

	"github.com/clipperhouse/uax29/v2/words"

	"marsad/lang/pack"
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

// CheckBlocks compares a text that is cut in blocks with the same one cut token by token.
func CheckBlocks(s string, p *pack.Pack) error {
	got, want := analyze(s, p, true), analyze(s, p, false)
	for i := range min(len(got.Tokens), len(want.Tokens)) {
		if got.Tokens[i] != want.Tokens[i] {
			return fmt.Errorf("%q: token %d is %+v, alone %+v", s, i, got.Tokens[i], want.Tokens[i])
		}
	}
	if !reflect.DeepEqual(got, want) {
		return fmt.Errorf("%q: %d tokens, sentences %v, paragraphs %v; alone %d, %v, %v", s, len(got.Tokens), got.Sentences, got.Paragraphs, len(want.Tokens), want.Sentences, want.Paragraphs)
	}
	return nil
}
