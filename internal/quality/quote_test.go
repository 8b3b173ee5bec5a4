package quality

import (
	"testing"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/quote"
	"marsad/text"
)

// quoteFloors are pinned: a lower one needs a line in CHANGELOG.
var quoteFloors = []struct {
	lang                                          string
	direct, recall, speaker, indirect, indirectOf float64
}{
	{"ar", .98, .97, .96, .98, .96},
	{"ru", .98, .97, .95, .98, .97},
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
			for _, known := range []bool{true, false} {
				direct, indirect := scoreQuotes(t, f.lang, texts, known)
				name, pin := "quote "+f.lang+" own "+half, f
				if !known {
					name += " unnamed"
				}
				if half != "" || !known {
					pin.direct, pin.recall, pin.speaker, pin.indirect, pin.indirectOf = 0, 0, 0, 0, 0
				}
				pinned(t, name+" direct precision", direct.precision(), pin.direct, .92)
				pinned(t, name+" direct recall", direct.recall(), pin.recall, .85)
				pinned(t, name+" direct speaker", direct.speaker(), pin.speaker, .88)
				pinned(t, name+" indirect precision", indirect.precision(), pin.indirect, .75)
				pinned(t, name+" indirect recall", indirect.recall(), pin.indirectOf, 0)
				pinned(t, name+" indirect speaker", indirect.speaker(), 0, .88)
				t.Logf("%s: %d direct or mixed, %d indirect", name, direct.true_, indirect.true_)
			}
		}
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
