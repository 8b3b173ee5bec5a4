package quote_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"marsad/claim"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/quote"
	"marsad/text"

	"pgregory.net/rapid"
)

func Example() {
	doc := text.Analyze(`“We checked every bolt,” the mayor told reporters on Monday. She added that the bridge was safe.`, pack.For("en"))
	for _, q := range quote.Find(doc, nil) {
		fmt.Printf("%s by %s: %s\n", q.Type, doc.Text[q.Speaker.Start:q.Speaker.End], doc.Text[q.Start:q.End])
	}
	// Output:
	// direct by the mayor: We checked every bolt,
	// indirect by She: the bridge was safe
}

// pieces are what texts are drawn from: words that the rules know, marks of every kind, and noise.
var pieces = []string{
	"said", "that", "he", "Holm", "according to", "denied", "accused", "of", "told reporters", "adding", "The mayor", "did not", "claims",
	"قال", "وأضاف", "إن", "أن", "الوزير", "المعارضة", "اتهم", "بعرقلة", "نفى", "الاتهامات", "ولم", "قائلا", "بحسب", "ـ",
	"сказал", "что", "он", "по словам", "обвинил", "в", "отрицал", "не", "добавив", "Москва",
	"“", "”", "\"", "«", "»", "„", "‘", "’", "'", "「", "」", "—", "–", "-", ":", ",", "،", ".", "؟", "!", "…", "(", ")", "\n\n", "\n", "。", "，",
	"bridge", "الجسر", "мост", "普京", "表示", "说", "a", "ب", "و", "1,000", "\u200f", "\xff", "😀", "é",
}

func draw(t *rapid.T) (*text.Doc, []news.Mention) {
	words := rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "words")
	glue := rapid.SliceOfN(rapid.SampledFrom([]string{" ", " ", " ", ""}), len(words), len(words)).Draw(t, "glue")
	var b strings.Builder
	for i, w := range words {
		b.WriteString(w)
		b.WriteString(glue[i])
	}
	packs := pack.All()
	doc := text.Analyze(b.String(), packs[rapid.IntRange(0, len(packs)-1).Draw(t, "lang")])
	return doc, someMentions(doc, rapid.IntRange(1, 7).Draw(t, "every"))
}

// someMentions names every so many words of a text.
func someMentions(doc *text.Doc, every int) (out []news.Mention) {
	kinds := []news.MentionKind{news.Person, news.Org, news.Place}
	for i := 0; i < len(doc.Tokens); i += every {
		if tok := doc.Tokens[i]; tok.Kind == text.Word {
			out = append(out, news.Mention{Span: tok.Span, Kind: kinds[i%3], Entity: tok.Norm, Name: doc.Text[tok.Start:tok.End]})
		}
	}
	return out
}

// check holds the promises that no text may break: a quotation is words of the text between its own marks, on rune boundaries,
// and so is everything said about it; the order is that of the text; a claim has a claimant and answers an earlier one.
func check(t interface {
	Fatalf(string, ...any)
}, doc *text.Doc, mentions []news.Mention) {
	inside := func(s news.Span) {
		if s.Start < 0 || s.Start >= s.End || s.End > len(doc.Text) {
			t.Fatalf("span %v is not in a text of %d bytes", s, len(doc.Text))
		}
		if !utf8.RuneStart(doc.Text[s.Start]) || s.End < len(doc.Text) && !utf8.RuneStart(doc.Text[s.End]) {
			t.Fatalf("span %v cuts a character of %q", s, doc.Text)
		}
	}
	actor := func(a *news.Actor) {
		if a == nil {
			return
		}
		inside(a.Span)
		if a.Named != nil {
			inside(*a.Named)
		}
	}
	qs := quote.Find(doc, mentions)
	last := news.Span{}
	for _, q := range qs {
		inside(q.Span)
		if q.Start < last.Start {
			t.Fatalf("quotations out of order")
		}
		last = q.Span
		if q.Cue != nil {
			inside(q.Cue.Span)
		}
		if q.Occasion != nil {
			inside(*q.Occasion)
		}
		actor(q.Speaker)
		if q.Type != news.Indirect && !between(doc, q.Span) {
			t.Fatalf("%q of %q is not between marks", doc.Text[q.Start:q.End], doc.Text)
		}
	}
	claims := claim.Find(doc, mentions, qs)
	for i, c := range claims {
		inside(c.Span)
		actor(c.Claimant)
		actor(c.Target)
		if c.Claimant == nil || c.Answers >= i || c.Answers < -1 {
			t.Fatalf("claim %+v", c)
		}
	}
}

// between tells whether a quotation mark stands before a span, and one, a dash, or the end of the paragraph behind it.
func between(doc *text.Doc, s news.Span) bool {
	i, j := doc.TokenAt(s.Start)-1, doc.TokenAt(s.End)
	if i < 0 || doc.Tokens[i].Kind != text.Mark {
		return false
	}
	return j >= len(doc.Tokens) || doc.Tokens[j].Kind == text.Mark || doc.ParagraphOf(j) != doc.ParagraphOf(j-1)
}

func TestQuotationsAreWordsOfTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc, mentions := draw(t)
		check(t, doc, mentions)
	})
}

func FuzzFind(f *testing.F) {
	f.Add("“We checked,” he said. He denied that A and B, accused C of D.", "en", 3)
	f.Add("وقال الوزير إن “الجسر آمن”، مضيفا أن: «لا خوف»", "ar", 2)
	f.Add("«Да, — сказал он. — Нет», в Кремле отрицали, что", "ru", 1)
	f.Add("普京表示，“我们准备好了”。", "zh", 2)
	f.Fuzz(func(t *testing.T, s, lang string, every int) {
		if len(s) > 1<<14 {
			return
		}
		doc := text.Analyze(s, pack.For(lang))
		check(t, doc, someMentions(doc, 1+(every&7)))
	})
}
