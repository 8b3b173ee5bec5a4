package quality

import (
	"os"
	"slices"
	"testing"

	"marsad/cast"
	"marsad/corpus"
	"marsad/news"
)

// castFloors are pinned: precision and recall of pairs of names of one person, by corpus and by what the two names are written in.
var castFloors = map[string][2]float64{
	"written one script": {.99, .97}, "written two scripts": {.99, .95}, "written Chinese": {.99, .83},
	"written two stories at once": {.99, .93}, "generated two scripts": {.99, .94}, "generated Chinese": {.99, .87},
}

// castScore counts pairs of names: those that are one person's, those that are said to be, and both.
type castScore struct{ truth, said, right float64 }

// castScores are scores by what is compared.
type castScores map[string]*castScore

// count notes a pair: whether it is one in truth, and whether it is said to be.
func (all castScores) count(key string, same, said bool) {
	s := all[key]
	if s == nil {
		s = &castScore{}
		all[key] = s
	}
	if same {
		s.truth++
	}
	if said {
		s.said++
	}
	if same && said {
		s.right++
	}
}

// hold prints each score beside its bars, and fails where one is below its floors of precision and recall.
func (all castScores) hold(t *testing.T, stage string, floors map[string][2]float64, precision, recall float64) {
	for k, floor := range floors {
		s := all[k]
		if s == nil || s.said == 0 || s.truth == 0 {
			t.Errorf("%s: nothing was compared", k)
			continue
		}
		p, r := s.right/s.said, s.right/s.truth
		t.Logf("measure %s/%s/precision %.3f - %.2f %s", stage, k, p, precision, castVerdict(p, precision))
		t.Logf("measure %s/%s/recall %.3f - %.2f %s", stage, k, r, recall, castVerdict(r, recall))
		if p < floor[0] || r < floor[1] {
			t.Errorf("%s: precision %.3f, recall %.3f of %v; floors %v", k, p, r, s.truth, floor)
		}
	}
}

// TestCast scores who is who in the stories of the corpora: among the names that were found and stand in the truth, all pairs of two
// articles that are written differently. Two stories thrown together have twice the strangers. MISSES=cast prints what is wrong.
func TestCast(t *testing.T) {
	score := castScores{}
	for name, items := range map[string][]toldItem{
		"written":   storyCorpus(t, corpus.Whole),
		"generated": generatedCorpus(t, corpus.Shape{Seed: 31, Base: storyBase, Days: 2, PerDay: 150}),
	} {
		var last []toldItem
		for _, items := range byHappening(items) {
			scoreCast(t, items, func(x, y castName) string { return name + " " + x.beside(y) }, score)
			if last != nil {
				scoreCast(t, append(slices.Clone(last), items...), func(x, y castName) string { return name + " two stories at once" }, score)
			}
			last = items
		}
	}
	score.hold(t, "cast", castFloors, .99, .90)
}

func castVerdict(v, bar float64) string {
	if v < bar {
		return "short"
	}
	return "ok"
}

// byHappening gives the items of each happening, those of the first first.
func byHappening(items []toldItem) (out [][]toldItem) {
	at := map[*corpus.Happening]int{}
	for _, it := range items {
		i, ok := at[it.item.Happening]
		if !ok {
			i = len(out)
			at[it.item.Happening] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], it)
	}
	return out
}

// castName is a name of the truth, and who was found there.
type castName struct {
	words, who, lang string
	article          int64
	person           *cast.Person
}

func (x castName) beside(y castName) string {
	latin := func(lang string) bool { return lang == "en" || lang == "fr" || lang == "es" }
	switch {
	case x.lang == y.lang || latin(x.lang) && latin(y.lang):
		return "one script"
	case x.lang == "zh" || y.lang == "zh":
		return "Chinese"
	}
	return "two scripts"
}

func scoreCast(t *testing.T, items []toldItem, key func(x, y castName) string, scores castScores) {
	for i, names := 0, castNames(items); i < len(names); i++ {
		for _, y := range names[:i] {
			x := names[i]
			if x.article == y.article || x.words == y.words {
				continue
			}
			same, said := x.who == y.who, x.person == y.person
			scores.count(key(x, y), same, said)
			if os.Getenv("MISSES") == "cast" && same != said {
				t.Logf("said %v: %q %q, of %v %v", said, x.words, y.words, x.person.Names, y.person.Names)
			}
		}
	}
}

func castNames(items []toldItem) (names []castName) {
	var es []cast.Entry
	for _, it := range items {
		es = append(es, cast.Entry{Article: it.input.Article, Analysis: it.input.Analysis})
	}
	people := cast.Of(es)
	for _, it := range items {
		a := it.input.Article
		for _, m := range it.truth.Mentions {
			if m.Kind != news.Person {
				continue
			}
			if p := people.Person(a.ID, m.Span); p != nil {
				names = append(names, castName{a.Text[m.Start:m.End], it.item.Happening.ID + " " + m.Entity, a.Lang, a.ID, p})
			}
		}
	}
	return names
}
