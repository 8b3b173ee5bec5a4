package desk_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"marsad/analysis"
	"marsad/corpus"
	"marsad/entity"
	"marsad/internal/desk"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// twoInOne stores the reports of two generated happenings as one story, as if the desk had taken them for one, and gives to which of the two
// each article belongs.
func twoInOne(t *testing.T, s *sqlite.Store) (of map[int64]string, last time.Time) {
	t.Helper()
	ctx := context.Background()
	base := time.Date(2026, 3, 2, 6, 0, 0, 0, time.UTC)
	reports := map[string][]corpus.Publication{}
	var two []string
	for p, err := range corpus.Generate(corpus.Shape{Seed: 9, Base: base, Days: 2, PerDay: 700}) {
		if err != nil {
			t.Fatal(err)
		}
		if h := p.Item.Happening.ID; p.Outlet.Lang == "en" && p.Item.Independent() {
			if reports[h] = append(reports[h], p); len(reports[h]) == 4 && len(two) < 2 {
				two = append(two, h)
			}
		}
	}
	if len(two) < 2 {
		t.Fatal("the world is too small")
	}
	all := append(reports[two[0]], reports[two[1]]...)
	slices.SortFunc(all, func(a, b corpus.Publication) int { return a.Arrives.Compare(b.Arrives) })
	of, sources := map[int64]string{}, map[string]int64{}
	for i, p := range all {
		if sources[p.Outlet.ID] == 0 {
			id, err := s.AddSource(ctx, news.Source{Name: p.Outlet.Name}, []news.Feed{{URL: "https://" + p.Outlet.ID + ".example/feed", Due: base.AddDate(1, 0, 0)}})
			if err != nil {
				t.Fatal(err)
			}
			sources[p.Outlet.ID] = id
		}
		id := keep(t, s, sources[p.Outlet.ID], p.Arrives)
		a := p.Truth.Article
		a.ID, a.PageID, a.SourceID = id, id, sources[p.Outlet.ID]
		r := store.Result{Cursor: store.MainCursor, Page: id, Article: a, Analysis: analysis.Of(a, text.Analyze(a.Text, pack.For("en")), entity.Default()),
			Placement: news.Placement{Article: id, Story: 1, New: i == 0}, Stories: []news.Story{{ID: 1, Lead: 1, First: 1, Opened: all[0].Arrives, Changed: p.Arrives}}}
		if err := s.Commit(ctx, r); err != nil {
			t.Fatal(err)
		}
		of[id], last = p.Item.Happening.ID, p.Arrives
	}
	return of, last
}

// keep keeps a page that says nothing.
func keep(t *testing.T, s *sqlite.Store, source int64, at time.Time) int64 {
	t.Helper()
	url := fmt.Sprint("https://empty.example/", at.UnixNano())
	id, err := s.KeepPage(context.Background(), news.Page{SourceID: source, URL: url, Final: url, Status: 200, ContentType: "text/html", Body: []byte(url), Fetched: at})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// keepUntil keeps pages until there are n, the last of which is not processed yet.
func keepUntil(t *testing.T, s *sqlite.Store, n int64, at time.Time) {
	t.Helper()
	for id := int64(0); id < n; {
		at = at.Add(time.Second)
		if id = keep(t, s, 1, at); id == n-1 {
			if err := s.Commit(context.Background(), store.Result{Cursor: store.MainCursor, Page: id, Rejected: "empty"}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestStoryFallsInTwo has the desk find that a story is two, stored as nobody's word; a person takes it back, and it stays one, also for a
// desk that begins anew.
func TestStoryFallsInTwo(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	of, last := twoInOne(t, s)
	until := func(d *desk.Desk, page int64) (stop func()) {
		stop = run(t, d)
		until(t, fmt.Sprint("page ", page, " processed"), 30*time.Second, func() bool {
			at, err := s.Cursor(ctx, store.MainCursor)
			return err == nil && at == page
		})
		return stop
	}
	begin := func() *desk.Desk {
		return desk.New(desk.Options{Store: s, Fetcher: &web{}, Analyse: analyse, Tick: 5 * time.Millisecond, Now: func() time.Time { return last.Add(time.Hour) }})
	}
	keepUntil(t, s, 256, last)
	d := begin()
	stop := until(d, 256)
	cs, err := s.Corrections(ctx, time.Time{})
	if err != nil || len(cs) != 1 || cs[0].By != "" {
		t.Fatalf("stored: %+v, %v", cs, err)
	}
	gone := map[int64]bool{}
	for _, m := range cs[0].Done.Moves {
		gone[m.Article] = true
	}
	for id, h := range of {
		if gone[id] != (h == of[cs[0].Done.Moves[0].Article]) || gone[id] != (storyOf(t, s, id) != 1) {
			t.Errorf("article %d of %s: moved %t, in story %d", id, h, gone[id], storyOf(t, s, id))
		}
	}
	if err := d.Uncorrect(ctx, "admin", cs[0].ID); err != nil {
		t.Fatal(err)
	}
	check := func(when string) {
		t.Helper()
		for id := range of {
			if got := storyOf(t, s, id); got != 1 {
				t.Errorf("%s article %d is in story %d", when, id, got)
			}
		}
		if cs, err := s.Corrections(ctx, time.Time{}); err != nil || len(cs) != 1 || cs[0].UndoneBy != "admin" {
			t.Errorf("%s stored: %+v, %v", when, cs, err)
		}
	}
	check("taken back,")
	stop()
	e, err := s.Entry(ctx, 1) // the story goes on, so that it is looked at again
	if err != nil {
		t.Fatal(err)
	}
	e.Article.ID = keep(t, s, 1, last.Add(9*time.Minute))
	e.Article.PageID, e.Article.URL = e.Article.ID, "https://empty.example/on"
	err = s.Commit(ctx, store.Result{Cursor: store.MainCursor, Page: e.Article.ID, Article: e.Article, Analysis: e.Analysis, Placement: news.Placement{Article: e.Article.ID, Story: 1}})
	if err != nil {
		t.Fatal(err)
	}
	of[e.Article.ID] = of[1]
	keepUntil(t, s, 512, last.Add(10*time.Minute))
	stop = until(begin(), 512)
	stop()
	check("after a restart")
}
