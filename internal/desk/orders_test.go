package desk

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// TestOrdersAreEdited changes watches at random and holds the edited index to one that is built anew.
func TestOrdersAreEdited(t *testing.T) {
	d := New(Options{Log: slog.New(slog.DiscardHandler)})
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"port", "crane", "storm", "sea", "fire", "is:first fire", "sources:>=2", "(broken"}
	var list []news.Watch
	var o *orders
	body := "The storm came from the sea. A crane of the port fell into the fire."
	doc := match.NewDoc(news.Article{ID: 1, Text: body}, news.Analysis{}, text.Analyze(body, pack.For("en")), news.Source{})
	doc.SetState(match.State{First: true, Sources: 3})
	edits, refiled, last := 0, 0, int64(0)
	for round := range 300 {
		n := 1 + r.IntN(3)
		if round%50 == 0 {
			n = 2 * mostEdits
		}
		next := append([]news.Watch(nil), list...)
		for range n {
			switch i := r.IntN(len(next) + 1); {
			case i == len(next) || r.IntN(3) == 0:
				last++
				next = append(next, news.Watch{ID: last, Query: words[r.IntN(len(words))] + " " + words[r.IntN(5)]})
			case r.IntN(2) == 0:
				next[i].Query = words[r.IntN(len(words))]
			case r.IntN(2) == 0:
				next[i].Off = !next[i].Off
			default:
				next = append(next[:i], next[i+1:]...)
			}
		}
		list = next
		o = d.ordersOf(list, o)
		d.orders.Store(o)
		if before := o.index.Edits(); before > 0 {
			edits++
			if d.refile(); d.orders.Load().index.Edits() < before {
				refiled++
			}
			o = d.orders.Load()
		}
		got, _ := o.index.Match(doc)
		want, _ := d.ordersOf(list, nil).index.Match(doc)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("round %d: %s, want %s", round, ids(got), ids(want))
		}
	}
	if edits == 0 || refiled == 0 {
		t.Errorf("%d states were edits, %d were built anew: the test tests nothing", edits, refiled)
	}
	if worst := d.Expensive(1); len(worst) != 1 || !worst[0].Always {
		t.Errorf("sources:>=2 alone is verified on every article, not %+v", worst)
	}
}

func ids(ms []news.Match) (s string) {
	for _, m := range ms {
		s += fmt.Sprint(m.Watch, " ")
	}
	return s
}

// week is a store whose last week holds 14 articles for every query.
type week struct {
	Store
	t *testing.T
}

func (w week) Find(_ context.Context, _ query.Query, o store.FindOptions) (store.Found, error) {
	if want := time.Date(2024, 6, 11, 0, 0, 0, 0, time.UTC); !o.From.Equal(want) {
		w.t.Errorf("asked from %v, want %v", o.From, want)
	}
	return store.Found{Total: 14, Partial: true}, nil
}

func TestEstimate(t *testing.T) {
	d := New(Options{Store: week{nil, t}, Now: func() time.Time { return time.Date(2024, 6, 18, 0, 0, 0, 0, time.UTC) }})
	for s, always := range map[string]bool{"harbour": false, "words:>5": true} {
		q, err := query.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		e, err := d.Estimate(t.Context(), q)
		if err != nil || e.ADay != 2 || !e.AtLeast || e.Cost.Always != always || e.Cost.Size == 0 {
			t.Errorf("%s: %+v, %v", s, e, err)
		}
	}
}
