package timex

import (
	"strings"
	"testing"
	"time"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// TestRandomWords reads texts made of nothing but words that the grammar knows, in no order: the dearest that a stranger can send.
func TestRandomWords(t *testing.T) {
	anchor := news.Stamp{Time: time.Date(2024, 6, 18, 0, 0, 0, 0, time.UTC)}
	for _, p := range pack.All() {
		g := grammarOf(p)
		seed := uint64(1)
		draw := func(n int) int { // a linear congruence: the same text in every run
			seed = seed*6364136223846793005 + 1442695040888963407
			return int(seed>>33) % n
		}
		var b strings.Builder
		for b.Len() < 20000 {
			if draw(4) == 0 {
				b.WriteString([]string{"1", "18", "2024", "31", "7"}[draw(5)])
			} else {
				b.WriteString(g.text[draw(len(g.text))])
			}
			b.WriteByte(' ')
		}
		doc := text.Analyze(b.String(), p)
		began := time.Now()
		ts := Find(doc, anchor)
		took := time.Since(began)
		t.Logf("%s: %d bytes in %v, %d timexes", p.Lang, b.Len(), took, len(ts))
		if took > 15*time.Second {
			t.Errorf("%s took %v", p.Lang, took)
		}
		for i, x := range ts {
			if !x.From.IsZero() && !x.From.Before(x.To) || i > 0 && x.Start < ts[i-1].End || x.End <= x.Start {
				t.Errorf("%s: %+v", p.Lang, x)
			}
		}
	}
}
