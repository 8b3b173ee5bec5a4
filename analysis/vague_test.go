package analysis_test

import (
	"testing"

	"marsad/analysis"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// TestPronounsAreNobody: a pronoun speaks only when the text says whom it stands for.
func TestPronounsAreNobody(t *testing.T) {
	for _, c := range []struct{ lang, text, who string }{
		{"en", "The harbour was quiet. They said that the boats would leave at noon.", ""},
		{"en", "Rain fell all night. “We never saw so much of it,” she said.", ""},
		{"fr", "La pluie est tombée toute la nuit. Celle-ci affirme que les quais tiendront.", ""},
		{"ru", "Шёл дождь. Они заявили, что лодки уйдут в полдень.", ""},
		{"en", "The growers said that the bay was clean. They warned that the ban would ruin them.", "The growers"},
	} {
		doc := text.Analyze(c.text, pack.For(c.lang))
		n := analysis.Of(news.Article{Lang: c.lang, Text: c.text}, doc, nil)
		if len(n.Quotations) == 0 {
			t.Errorf("%s: no quotation", c.text)
			continue
		}
		who := ""
		if s := n.Quotations[len(n.Quotations)-1].Speaker; s != nil && s.Named != nil {
			who = c.text[s.Named.Start:s.Named.End]
		} else if s != nil {
			who = c.text[s.Start:s.End]
		}
		if who != c.who {
			t.Errorf("%s: said by %q, want %q", c.text, who, c.who)
		}
		if c.who == "" && len(n.Claims) > 0 {
			t.Errorf("%s: a claim of nobody", c.text)
		}
	}
}
