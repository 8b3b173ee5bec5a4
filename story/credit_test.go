package story_test

import (
	"slices"
	"testing"
	"time"

	"marsad/news"
	"marsad/story"
)

// agencies knows one agency by its names.
type agencies struct{}

func (agencies) IDs(name string) []string {
	if slices.Contains([]string{"Reuters", "Рейтер", "رويترز", "路透社", "רויטרס"}, name) {
		return []string{"Q130879"}
	}
	return nil
}

// TestCreditInOtherLetters sees that a credit tells direction, and a name in the text a source, whatever the language in which an agency is
// called: the translation came first, says its clock, and credits.
func TestCreditInOtherLetters(t *testing.T) {
	for lang, credit := range map[string]string{"ru": "Рейтер", "ar": "رويترز", "zh": "路透社", "fr": "Reuters", "he": "רויטרס"} {
		d := newDesk(t)
		d.Window = story.NewWindow(story.Options{Names: agencies{}})
		agency := d.input("agency", "en", time.Hour, craneEN)
		agency.Source.Name, agency.Source.Lang = "Reuters", "en"
		d.put(agency)
		follower := d.input("listok", lang, 0, craneEN)
		follower.Arrived = agency.Arrived.Add(time.Minute)
		follower.Article.Cites = []news.Cite{{Name: credit}}
		p, stories := d.put(follower)
		if len(p.Links) == 0 || p.Links[0].Direction != news.FromOther || stories[0].First != agency.Article.ID {
			t.Errorf("%s: %+v, first %d", credit, p.Links, stories[0].First)
		}
		teller := d.input("sada", lang, 3*time.Hour, craneOwn)
		teller.Analysis.Mentions = append(teller.Analysis.Mentions, news.Mention{Span: news.Span{Start: 0, End: 4}, Kind: news.Org, Entity: "Q130879"})
		if p, _ := d.put(teller); !slices.ContainsFunc(p.Links, func(l news.Link) bool { return l.Kind == news.Citation && l.Other == agency.Article.ID }) {
			t.Errorf("%s: who names the agency in his text does not cite it: %+v", lang, p.Links)
		}
	}
}
