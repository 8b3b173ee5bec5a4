package story

import (
	"strings"
	"testing"

	"marsad/news"
)

// The one quotation of each paragraph stands for that of the paragraph beside it; where one text has more of them, nobody guesses.
func TestRendered(t *testing.T) {
	quoted := func(lang, text string, words ...string) Entry {
		e := Entry{Article: news.Article{Lang: lang, Text: text}}
		for _, w := range words {
			at := strings.Index(text, w)
			e.Analysis.Quotations = append(e.Analysis.Quotations, news.Quotation{Span: news.Span{Start: at, End: at + len(w)}, Type: news.Direct})
		}
		return e
	}
	en := "The line opens on 4 May 2026 with 400 berths.\n\n“It was arithmetic,” she said.\n\n“We are glad,” he said of 90 boats."
	fr := "La ligne ouvre le 4 mai 2026 avec 400 couchettes.\n\n« C’était l’arithmétique », a-t-elle dit.\n\n« Nous sommes heureux », a-t-il dit de 90 bateaux."
	left := quoted("en", en, "It was arithmetic", "We are glad")
	right := quoted("fr", fr, "C’était l’arithmétique", "Nous sommes heureux")
	if got := Rendered(left, right); len(got) != 2 || got[0] != [2]int{0, 0} || got[1] != [2]int{1, 1} {
		t.Errorf("%v", got)
	}
	right = quoted("fr", fr, "C’était l’arithmétique", "Nous sommes heureux", "90 bateaux")
	if got := Rendered(left, right); len(got) != 1 || got[0] != [2]int{0, 0} {
		t.Errorf("with one more: %v", got)
	}
}
