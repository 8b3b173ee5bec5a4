package corpus_test

import (
	"strings"
	"testing"
	"time"

	"marsad/corpus"
	"marsad/news"
)

func TestGeneratedItemsHoldTogether(t *testing.T) {
	shape := corpus.Shape{Seed: 7, Base: bases[0], Days: 3, PerDay: 1200}
	var last time.Time
	happenings, kinds, langs := map[string]int{}, map[corpus.Relation]int{}, map[string]int{}
	items := 0
	for p, err := range corpus.Generate(shape) {
		if err != nil {
			t.Fatal(err)
		}
		items++
		happenings[p.Item.Happening.ID]++
		kinds[p.Item.Relation]++
		langs[p.Outlet.Lang]++
		a := p.Truth.Article
		for _, s := range []string{a.Headline, a.Text} {
			if strings.ContainsAny(s, "{}[]|") || s == "" {
				t.Errorf("%s: unresolved %q", p.Item.ID, s)
			}
		}
		for s, what := range spans(p.Truth) {
			if words := a.Text[s.Start:s.End]; strings.TrimSpace(words) == "" {
				t.Errorf("%s: %s %q", p.Item.ID, what, words)
			}
		}
		if p.Arrives.Before(last) {
			t.Errorf("%s is out of order", p.Item.ID)
		}
		last = p.Arrives
		if items%50 == 0 {
			if err := p.Draw(); err != nil || len(p.Body) == 0 {
				t.Errorf("%s: no page: %v", p.Item.ID, err)
			}
		}
		for _, l := range p.Truth.Links {
			if l.Direct && l.Other != p.Item.Of {
				t.Errorf("%s: a direct link to %s", p.Item.ID, l.Other.ID)
			}
			if l.Kind == news.Copy && l.Other.Outlet.Lang != p.Outlet.Lang {
				t.Errorf("%s copies %s across languages", p.Item.ID, l.Other.ID)
			}
		}
	}
	t.Logf("%d items, %d happenings, %v, %v", items, len(happenings), kinds, langs)
	if items < 3500 || len(happenings) < 600 || len(langs) != 6 || len(kinds) != 5 {
		t.Errorf("%d items, %d happenings, %v, %v", items, len(happenings), kinds, langs)
	}
}

func TestGenerateIsDeterministic(t *testing.T) {
	shape := corpus.Shape{Seed: 3, Base: bases[1], Days: 1, PerDay: 300}
	texts := func() (all []string) {
		for p, err := range corpus.Generate(shape) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, p.URL+p.Truth.Article.Text)
		}
		return all
	}
	a, b := texts(), texts()
	if strings.Join(a, "\n") != strings.Join(b, "\n") {
		t.Error("two runs of one shape differ")
	}
}

func BenchmarkGenerate(b *testing.B) {
	n := 0
	for b.Loop() {
		for _, err := range corpus.Generate(corpus.Shape{Seed: 1, Base: bases[0], Days: 1, PerDay: 2000}) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "items/s")
}

// TestWhatBreaks checks that a simulated week holds what the measurement of breaking news needs: happenings that break, large ones
// that do not, old news come back, wrong clocks.
func TestWhatBreaks(t *testing.T) {
	breaks, large, again, faults := map[string]int{}, map[string]int{}, map[string]int{}, 0
	for p, err := range corpus.Generate(corpus.Shape{Seed: 11, Base: bases[2], Days: 7, PerDay: 2500}) {
		if err != nil {
			t.Fatal(err)
		}
		h := p.Item.Happening
		large[h.ID]++
		if h.Breaks && p.Item.Independent() {
			breaks[h.ID]++
		}
		if p.Item.Day >= 3 && p.Item.Relation == corpus.Copy {
			again[h.ID]++
		}
		if !p.Published.Equal(p.Arrives) {
			faults++
		}
	}
	for id, n := range breaks {
		if n < 5 {
			t.Errorf("%s breaks with %d independent reports", id, n)
		}
		delete(large, id)
	}
	for id, n := range large {
		if n < 16 {
			delete(large, id)
		}
	}
	t.Logf("%d break, %d more are large, %d come back, %d faulty clocks", len(breaks), len(large), len(again), faults)
	if len(breaks) < 2 || len(large) < 5 || len(again) < 1 || faults < 40 {
		t.Errorf("%d break, %d more are large, %d come back, %d faulty clocks", len(breaks), len(large), len(again), faults)
	}
}
