package text

import (
	"testing"

	"marsad/lang/pack"
)

// FuzzPlain holds the short ways for plain words to the segmenter's longer ones: where they find a word, it is the same one, with the same
// kind, script and normal form.
func FuzzPlain(f *testing.F) {
	for _, s := range []string{"The 12th crane's, fell. X", "don't stop", "3.14 1,000;5", "قالت الميناءُ، أمس", "рейс Ёлка — и", "vowelsً alone", "a_b ABCDEFGHIJ k\u0301", "12٣ ab\u200cc"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		cut := newCutter(pack.For("en").Text)
		for at := 0; at < len(s); {
			g := segmenter{s: s, at: at}
			v, _, seen, _ := g.nextForm()
			kind, script := classify(v)
			check := func(end int, got Token) {
				want := Token{Norm: cut.formed(v, seen), Kind: kind, Script: script}
				want.Start, want.End = at, at+len(v)
				if got != want || end != want.End || seen&apostrophes != 0 {
					t.Fatalf("%q at %d: %+v, want %+v", s, at, got, want)
				}
			}
			short := segmenter{s: s, at: at}
			var got Token
			if end, upper := short.plain(); end > 0 {
				cut.plain(&got, s, at, end, upper)
				check(end, got)
			}
			if end, f := short.plain2(); end > 0 {
				cut.plain2(&got, s, at, end, f)
				check(end, got)
			}
			at += len(v)
		}
	})
}
