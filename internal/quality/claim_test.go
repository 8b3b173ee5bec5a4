package quality

import (
	"strings"
	"testing"

	"marsad/claim"
	"marsad/lang/pack"
	"marsad/quote"
	"marsad/text"
)

// claimFloors are pinned: a lower one needs a line in CHANGELOG.
var claimFloors = []struct {
	lang              string
	precision, recall float64
}{
	{"ar", .99, .97},
	{"en", .99, .95},
	{"ru", .97, .95},
}

// TestClaimsCorpus measures claims on our own sentences. A claim is right when its stance, claimant, target where one is marked,
// negation and hedge are the marked ones and its words share half with the marked words; a denial has to answer the marked claim.
func TestClaimsCorpus(t *testing.T) {
	for _, f := range claimFloors {
		files := []string{f.lang + ".txt"}
		if *withSealed {
			files = append(files, f.lang+".sealed.txt")
		}
		for i, file := range files {
			c := scoreClaims(t, f.lang, corpusTexts(t, "claim", file))
			pin := f
			if i > 0 {
				pin.precision, pin.recall = 0, 0
			}
			pinned(t, "claim "+file+" precision", c.precision(), pin.precision, .80)
			pinned(t, "claim "+file+" recall", c.recall(), pin.recall, 0)
		}
	}
}

func scoreClaims(t *testing.T, lang string, texts []marked) (c tally) {
	for _, m := range texts {
		doc := text.Analyze(m.text, pack.For(lang))
		claims := claim.Find(doc, m.mentions, quote.Find(doc, m.mentions))
		hit := make([]bool, len(m.stretch))
		for _, said := range claims {
			c.said++
			right := false
			for i, g := range m.stretch {
				if string(said.Stance) != g.kind || alikeSpans(said.Span, g.Span) < .5 || !m.isActor(said.Claimant, g.who) ||
					g.whom != "" && !m.isActor(said.Target, g.whom) || said.Negated != strings.Contains(g.flags, "!") ||
					said.Hedged != strings.Contains(g.flags, "?") || g.answers >= 0 && said.Answers != g.answers {
					continue
				}
				right, hit[i] = true, true
			}
			if right {
				c.right++
			} else if *misses == "claim" {
				t.Logf("%s NOT %s by %q to %q [%s] negated %v hedged %v answers %d", m.id, said.Stance, actorOf(said.Claimant, m.text), actorOf(said.Target, m.text), m.text[said.Start:said.End], said.Negated, said.Hedged, said.Answers)
			}
		}
		for i, g := range m.stretch {
			c.true_++
			if hit[i] {
				c.found++
			} else if *misses == "claim" {
				t.Logf("%s MISSED %s%s by %s [%s] in %s", m.id, g.kind, g.flags, g.who, m.text[g.Start:g.End], m.text)
			}
		}
	}
	return c
}
