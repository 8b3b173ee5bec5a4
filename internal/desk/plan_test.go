package desk

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"marsad/internal/store"
	"marsad/news"
)

// said is an article with a direct quote of each of some speakers.
func said(words string, quotes ...[2]string) store.Entry {
	e := store.Entry{Article: news.Article{ID: 9, Lang: "en", Text: words}}
	span := func(s string) news.Span {
		at := strings.Index(words, s)
		return news.Span{Start: at, End: at + len(s)}
	}
	for _, q := range quotes {
		e.Analysis.Quotations = append(e.Analysis.Quotations, news.Quotation{Span: span(q[1]), Type: news.Direct, Speaker: &news.Actor{Span: span(q[0])}})
	}
	return e
}

// TestQuotesOfWhomTheWatchNames tells a watch that names a speaker of their quotes alone, and one that names none of everybody's.
func TestQuotesOfWhomTheWatchNames(t *testing.T) {
	d := New(Options{Log: slog.New(slog.DiscardHandler)})
	tell := []news.ReasonKind{news.NewQuote}
	o := d.ordersOf([]news.Watch{{ID: 1, Query: "speaker:Haddad harbour", Tell: tell}, {ID: 2, Query: "harbour", Tell: tell}, {ID: 3, Query: "harbour NOT speaker:Haddad", Tell: tell}}, nil)
	e := said(`Haddad: "We will rebuild the harbour soon." Okafor: "Nobody asked the fishermen at all."`, [2]string{"Haddad", "We will rebuild the harbour soon."}, [2]string{"Okafor", "Nobody asked the fishermen at all."})
	for watch, want := range map[int64][2]bool{1: {true, false}, 2: {true, true}, 3: {true, true}} {
		for i, q := range e.Analysis.Quotations {
			if got := o.wants(watch, e, q); got != want[i] {
				t.Errorf("watch %d wants the quote of %s: %v", watch, e.Article.Text[q.Speaker.Start:q.Speaker.End], got)
			}
		}
	}
}

// TestAnUpdateOfTheOutletsOwnText compares an update with what its outlet said before, and a copy with nothing.
func TestAnUpdateOfTheOutletsOwnText(t *testing.T) {
	now := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	before := store.Entry{Article: news.Article{ID: 5, Lang: "en", Text: "A ferry sank. At least 12 people were killed in the harbour."}, Arrived: now}
	after := said("A ferry sank. At least 15 people were killed in the harbour.")
	for kind, want := range map[news.LinkKind]int{news.Update: 1, news.Copy: 0, news.Citation: 0} {
		p := planner{read: true, facts: map[int64]*facts{}, o: &orders{}}
		p.earlier = append(p.earlier, readOf(before))
		var f facts
		link := news.Link{Article: 9, Other: 5, Kind: kind, Direction: news.FromOther}
		if err := p.compare(t.Context(), &f, readOf(after), news.Placement{Story: 3, Links: []news.Link{link}}); err != nil {
			t.Fatal(err)
		}
		if len(f.figures) != want {
			t.Errorf("%s: %q", kind, f.figures)
		}
	}
}
