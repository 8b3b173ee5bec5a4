package desk

import (
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/alert"
	"marsad/news"
)

func TestDenialsAreNamedByWhoDenies(t *testing.T) {
	words := "She denied it. The mayor denied it. Lina Haddad spoke."
	span := func(s string) news.Span {
		at := strings.Index(words, s)
		return news.Span{Start: at, End: at + len(s)}
	}
	named := span("Lina Haddad")
	denies := func(who *news.Actor) news.Claim { return news.Claim{Stance: news.Denies, Claimant: who} }
	a := news.Article{Lang: "en", Text: words}
	for name, c := range map[string]struct {
		who  *news.Actor
		want []string
	}{
		"a pronoun of nobody knows whom": {&news.Actor{Span: span("She")}, nil},
		"a pronoun with a name":          {&news.Actor{Span: span("She"), Named: &named}, []string{"denial lina haddad"}},
		"an entity":                      {&news.Actor{Span: span("She"), Entity: "Q1", Named: &named}, []string{"denial Q1"}},
		"words":                          {&news.Actor{Span: span("The mayor")}, []string{"denial the mayor"}},
	} {
		if got := denials(a, news.Analysis{Claims: []news.Claim{denies(c.who)}}); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestWhoeverWasToldOfAPart merges a story that a reader was told of into one that they were not.
func TestWhoeverWasToldOfAPart(t *testing.T) {
	now := time.Date(2024, 6, 18, 12, 0, 0, 0, time.UTC)
	reader := []news.Recipient{{ID: 5, State: news.Confirmed}}
	var told history
	told.add([]news.Notice{{Recipient: 5, Watch: 1, Story: 7, Kind: news.FirstMatch, Planned: now, Due: now}}, now.Add(-time.Hour))
	changed := []news.Story{{ID: 3}, {ID: 7, Merged: 3}}
	plan := func() int {
		due, _ := alert.Plan(alert.Input{Watch: news.Watch{ID: 1}, Recipients: reader, Article: news.Article{ID: 9}, Arrived: now, Story: changed[0],
			History: told.of(reader, changed), Now: now})
		return len(due)
	}
	if n := plan(); n != 0 {
		t.Error("told again by the article that merges")
	}
	told.move(changed)
	changed = changed[:1]
	if n := plan(); n != 0 {
		t.Error("told again later")
	}
}
