package quote_test

import (
	"strings"
	"testing"
	"time"

	"marsad/lang/pack"
	"marsad/text"
)

// TestHostileTextsAreQuick holds repeated pieces, whole and in turn, to a time that only a square of their number could miss.
func TestHostileTextsAreQuick(t *testing.T) {
	for _, lang := range []string{"en", "ar", "ru"} {
		for _, p := range append([]string{"said that ", "“a ", "‘a ", "' a", "he said, ", "accused ", "denied of ", "«a, — said — ", "and said ", "adding ", "قال إن ", "واتهم الوزير ", "وقال ", "“ok” said ", "\"ok\", Holm ", "the president ", "according to "}, pieces...) {
			doc := text.Analyze(strings.Repeat(p+" ", 50000/(len(p)+1)), pack.For(lang))
			mentions := someMentions(doc, 3)
			start := time.Now()
			check(t, doc, mentions)
			if took := time.Since(start); took > 2*time.Second {
				t.Errorf("%s %q took %v", lang, p, took)
			}
		}
	}
}
