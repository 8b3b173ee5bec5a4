package quality

import (
	"testing"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/quote"
	"marsad/text"
)

// quoteFloors are pinned for the open halves, with their names known and with none known: a lower one needs a line in CHANGELOG.
var quoteFloors = []struct {
	lang                                                      string
	known                                                     bool
	direct, recall, speaker, indirect, indirectOf, indirectBy float64
}{
	{"ar", true, .99, .99, .97, .99, .98, .99},
	{"ar", false, .99, .99, .93, .99, .98, .98},
	{"ru", true, .99, .99, .97, .99, .99, .99},
	{"ru", false, .99, .97, .93, .99, .99, .99},
}

// TestQuotesCorpus measures quotations on our own texts, once with the names in them known and once without. A direct or mixed one
// is right when it shares four fifths with a marked one, an indirect one seven tenths.
func TestQuotesCorpus(t *testing.T) {
	for _, f := range quoteFloors {
		halves := []string{""}
		if *withSealed {
			halves = append(halves, "sealed")
		}
		for _, half := range halves {
			texts := quoteTexts(t, f.lang, half)
			direct, indirect := scoreQuotes(t, f.lang, texts, f.known)
			name, pin := "quote "+f.lang+" own "+half, f
			if !f.known {
				name += " unnamed"
			}
			if half != "" {
				pin.direct, pin.recall, pin.speaker, pin.indirect, pin.indirectOf, pin.indirectBy = 0, 0, 0, 0, 0, 0
			}
			pinned(t, name+" direct precision", direct.precision(), pin.direct, .92)
			pinned(t, name+" direct recall", direct.recall(), pin.recall, .85)
			pinned(t, name+" direct speaker", direct.speaker(), pin.speaker, .88)
			pinned(t, name+" indirect precision", indirect.precision(), pin.indirect, .75)
			pinned(t, name+" indirect recall", indirect.recall(), pin.indirectOf, 0)
			pinned(t, name+" indirect speaker", indirect.speaker(), pin.indirectBy, .88)
			t.Logf("%s: %d direct or mixed, %d indirect", name, direct.true_, indirect.true_)
		}
	}
}

// TestQuotesHard measures quotations on texts that are hard on purpose; see corpus/quote/README.md.
func TestQuotesHard(t *testing.T) {
	for _, f := range quoteFloors {
		direct, indirect := scoreQuotes(t, f.lang, hardQuotes(t, f.lang), f.known)
		name, least := "quote "+f.lang+" hard", .88
		if !f.known {
			name, least = name+" unnamed", .68
		}
		if *withSealed {
			least = 0
		}
		pinned(t, name+" direct precision", direct.precision(), least, .92)
		pinned(t, name+" direct recall", direct.recall(), min(least, .8), .85)
		pinned(t, name+" direct speaker", direct.speaker(), least, .88)
		pinned(t, name+" indirect precision", indirect.precision(), least, .75)
		pinned(t, name+" indirect recall", indirect.recall(), min(least, .8), 0)
		pinned(t, name+" indirect speaker", indirect.speaker(), least, .88)
		t.Logf("%s: %d direct or mixed, %d indirect, sealed half %v", name, direct.true_, indirect.true_, *withSealed)
	}
}

// quoteTexts gives the open or the sealed half of a language's texts.
func quoteTexts(t *testing.T, lang, half string) (out []marked) {
	files := []string{lang + ".txt", lang + ".more.txt"}
	if half != "" {
		files = []string{lang + ".sealed.txt", lang + ".sealed2.txt"}
	}
	for _, f := range files {
		out = append(out, corpusTexts(t, "quote", f)...)
	}
	return out
}

// hardQuotes gives the open or the sealed half of a language's hard texts.
func hardQuotes(t *testing.T, lang string) (out []marked) {
	for _, m := range corpusTexts(t, "quote", lang+".hard.txt") {
		if sealed(m.text) == *withSealed {
			out = append(out, m)
		}
	}
	return out
}

func scoreQuotes(t *testing.T, lang string, texts []marked, known bool) (direct, indirect tally) {
	for _, m := range texts {
		doc := text.Analyze(m.text, pack.For(lang))
		mentions := m.mentions
		if !known {
			mentions = nil
		}
		said := quote.Find(doc, mentions)
		hit := make([]bool, len(m.stretch))
		for _, q := range said {
			c, least := &direct, .8
			if q.Type == news.Indirect {
				c, least = &indirect, .7
			}
			c.said++
			k := -1
			for i, g := range m.stretch {
				if (g.kind == "i") == (q.Type == news.Indirect) && alikeSpans(g.Span, q.Span) >= least {
					k = i
				}
			}
			if k < 0 {
				if *misses == "corpus" {
					t.Logf("%s NOT %s %s [%s] %s", m.id, q.Type, q.Rule, m.text[q.Start:q.End], cueOf(q, m.text))
				}
				continue
			}
			c.right++
			hit[k] = true
			c.asked++
			if m.isActor(q.Speaker, m.stretch[k].who) {
				c.who++
			} else if *misses == "corpus" {
				t.Logf("%s WHO %s %s [%s] said %q true %q", m.id, q.Type, q.Rule, m.text[q.Start:q.End], actorOf(q.Speaker, m.text), m.stretch[k].who)
			}
		}
		for i, g := range m.stretch {
			c := &direct
			if g.kind == "i" {
				c = &indirect
			}
			c.true_++
			if hit[i] {
				c.found++
			} else if *misses == "corpus" {
				t.Logf("%s MISSED %s [%s]", m.id, g.kind, m.text[g.Start:g.End])
			}
		}
	}
	return direct, indirect
}
