package web

import (
	"context"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/query"
)

// endless is a store whose searches never end by themselves.
type endless struct{ Store }

func (e endless) Find(ctx context.Context, _ query.Query, _ store.FindOptions) (store.Found, error) {
	if _, ok := ctx.Deadline(); !ok {
		return store.Found{}, fmt.Errorf("a search without an end")
	}
	return store.Found{}, fault.New(fault.Temporary, "store: %w", context.DeadlineExceeded) // as if the time were over
}

// A search has its time, and who runs out of it is told what to do.
func TestSearchEnds(t *testing.T) {
	b := newWorld(t, func(o *Options) { o.Store = endless{o.Store} }).serve(t)
	if said := b.get("/search?q=port").wants(503).all(".problem"); len(said) != 1 {
		t.Errorf("%d things are said", len(said))
	}
	b.get("/search/feed.atom?q=port").wants(503)
}

// TestWhoIsNamed: a search tells whom and what its articles name, and each narrows it.
func TestWhoIsNamed(t *testing.T) {
	b := newWorld(t).serve(t)
	links := regexp.MustCompile(`href="(/search\?[^"]*q=[^"]*(?:who|org|where)%3A%22[^"]*)"`).FindAllStringSubmatch(b.get("/search?q=port+OR+ship").wants(200).body, -1)
	if len(links) == 0 {
		t.Fatal("no name stands beside the articles")
	}
	if found := b.get(html.UnescapeString(links[0][1])).wants(200).all(".found"); len(found) == 0 {
		t.Errorf("%s finds nothing", links[0][1])
	}
}

// TestConditionsAreTakenOut: a search that was narrowed shows by what, and each condition can be taken out; what programs get is narrowed too.
func TestConditionsAreTakenOut(t *testing.T) {
	b := newWorld(t).serve(t)
	a := b.get("/search?q=" + url.QueryEscape(`(port OR ship) lang:en`) + "&from=2026-01-01").wants(200)
	terms := a.all(".terms .badge")
	if len(terms) != 3 {
		t.Fatalf("%d conditions", len(terms))
	}
	links := a.all(".terms a")
	for i, want := range []string{"q=lang%3Aen", "q=port+OR+ship", "lang%3Aen"} {
		if at := attr(links[i], "href"); !strings.Contains(at, want) || strings.Contains(at, "from=") != (i < 2) {
			t.Errorf("without the condition %d: %s", i, at)
		}
		b.get(attr(links[i], "href")).wants(200)
	}
	for _, link := range a.all(".meta a") {
		if at := attr(link, "href"); strings.Contains(at, "/api/v1/search") && !strings.Contains(at, "from=2026-01-01") {
			t.Errorf("%s forgets the day", at)
		}
	}
}
