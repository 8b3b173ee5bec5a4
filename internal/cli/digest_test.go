package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"marsad/alert"
	"marsad/internal/desk"
	"marsad/internal/fault"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/news"
)

var noon = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)

// archive is a store with a watch, into which a test puts articles that match it.
type archive struct {
	*testing.T
	*sqlite.Store
	source int64
	watch  news.Watch
}

func newArchive(t *testing.T) *archive {
	ctx := context.Background()
	s, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	a := &archive{T: t, Store: s, watch: news.Watch{Name: "Ports", Query: "port", Zone: "UTC", Digest: []int{8 * 60}, Created: noon.Add(-72 * time.Hour)}}
	if a.watch.ID, err = s.SaveWatch(ctx, a.watch); err != nil {
		t.Fatal(err)
	}
	if a.source, err = s.AddSource(ctx, news.Source{Name: "Outlet", Created: noon}, []news.Feed{{URL: "https://outlet.example/feed", Due: noon}}); err != nil {
		t.Fatal(err)
	}
	return a
}

// put adds an article that arrives at a moment, in a story of its own or, where story is not 0, in that, and gives its id.
func (a *archive) put(arrived time.Time, story int64, matches bool) int64 {
	a.Helper()
	ctx := context.Background()
	url := fmt.Sprint("https://outlet.example/", arrived.UnixNano())
	id, err := a.KeepPage(ctx, news.Page{SourceID: a.source, FeedID: a.source, URL: url, Final: url, Status: 200, Body: []byte(url), Fetched: arrived})
	if err != nil {
		a.Fatal(err)
	}
	r := store.Result{Cursor: store.MainCursor, Page: id, Article: news.Article{ID: id, PageID: id, SourceID: a.source, URL: url, Headline: fmt.Sprint("Port ", id), Lang: "en", Text: "port"},
		Analysis: news.Analysis{ArticleID: id}, Tokens: "port", Placement: news.Placement{Article: id, Story: story, New: story == 0}}
	if story == 0 {
		r.Placement.Story = id
	}
	r.Stories = []news.Story{{ID: r.Placement.Story, Headline: r.Article.Headline, Lead: id, First: id, Articles: 1, Independent: 1, Opened: arrived, Changed: arrived}}
	if matches {
		r.Matches = []news.Match{{Watch: a.watch.ID, Article: id}}
	}
	if err := a.Commit(ctx, r); err != nil {
		a.Fatal(err)
	}
	return id
}

// planned adds the notice of a slot, planned by an article.
func (a *archive) planned(slot time.Time, article int64) news.Notice {
	a.Helper()
	n := alert.Digest(a.watch, 1, slot)
	n.Article = article
	if err := a.AddNotices(context.Background(), []news.Notice{n}); err != nil {
		a.Fatal(err)
	}
	return n
}

func (a *archive) digest(n news.Notice) (stories []int64) {
	a.Helper()
	lines, err := (&composer{store: a.Store}).digest(context.Background(), n, a.watch)
	if err != nil {
		a.Fatal(err)
	}
	for _, l := range lines {
		stories = append(stories, l.Story)
	}
	slices.Sort(stories)
	return stories
}

// TestEachArticleIsInOneDigest has an article arrive before a slot and be read after it.
func TestEachArticleIsInOneDigest(t *testing.T) {
	a := newArchive(t)
	slot := time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)
	next := slot.Add(24 * time.Hour)
	one := a.put(slot.Add(-3*time.Hour), 0, true)
	two := a.put(slot.Add(-2*time.Hour), 0, true)
	first := a.planned(slot, one)
	late := a.put(slot.Add(-time.Second), 0, true) // read after the slot
	second := a.planned(next, late)
	after := a.put(slot.Add(time.Hour), 0, true)
	if got := a.digest(first); !slices.Equal(got, []int64{one, two}) {
		t.Errorf("first digest: %d", got)
	}
	if got := a.digest(second); !slices.Equal(got, []int64{late, after}) {
		t.Errorf("second digest: %d", got)
	}
}

// TestDigestOfAnOlderArticle has a new article of a story make an older one satisfy the watch.
func TestDigestOfAnOlderArticle(t *testing.T) {
	a := newArchive(t)
	slot := time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)
	old := a.put(slot.Add(-30*time.Hour), 0, true)
	cause := a.put(slot.Add(-time.Hour), old, false)
	if got := a.digest(a.planned(slot, cause)); !slices.Equal(got, []int64{old}) {
		t.Error(got)
	}
}

// TestRestOfACappedDay tells what the cap kept back, and not what a letter told.
func TestRestOfACappedDay(t *testing.T) {
	a := newArchive(t)
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	told := a.put(at.Add(-time.Hour), 0, true)
	first := news.Notice{ID: "n", Recipient: 1, Watch: a.watch.ID, Story: told, Article: told, Kind: news.FirstMatch, Planned: at.Add(-time.Hour), Due: at}
	if err := a.AddNotices(context.Background(), []news.Notice{first}); err != nil {
		t.Fatal(err)
	}
	kept := a.put(at, 0, true)
	n := alert.Rest(a.watch, 1, at)
	n.Article, n.Planned = kept, at
	if err := a.AddNotices(context.Background(), []news.Notice{n}); err != nil {
		t.Fatal(err)
	}
	a.put(at.Add(time.Minute), told, true)
	later := a.put(at.Add(time.Hour), 0, true)
	a.put(at.Add(20*time.Hour), 0, true) // another day
	if got := a.digest(n); !slices.Equal(got, []int64{kept, later}) {
		t.Error(got)
	}
}

// TestRestTellsWhatWasKeptBack tells of the stories of which something was kept back: also of one that was told in the morning and denied when
// the cap was reached, and not of one that a letter told after all.
func TestRestTellsWhatWasKeptBack(t *testing.T) {
	a, ctx := newArchive(t), context.Background()
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	told, fresh, broke, calm := a.put(at.Add(-time.Hour), 0, true), a.put(at, 0, true), a.put(at.Add(time.Minute), 0, true), a.put(at.Add(2*time.Minute), 0, true)
	n := alert.Rest(a.watch, 1, at)
	n.Article, n.Planned = fresh, at
	letter := func(id string, story int64, kind news.ReasonKind, planned time.Time) news.Notice {
		return news.Notice{ID: id, Recipient: 1, Watch: a.watch.ID, Story: story, Article: story, Kind: kind, Planned: planned, Due: planned}
	}
	if err := a.AddNotices(ctx, []news.Notice{n, letter("a", told, news.FirstMatch, at.Add(-time.Hour)), letter("b", broke, news.Breaking, at.Add(time.Hour))}); err != nil {
		t.Fatal(err)
	}
	kept := func(story int64, because news.ReasonKind, at time.Time) news.Silence {
		return news.Silence{Watch: a.watch.ID, Recipient: 1, Story: story, Article: story, Kind: "cap", Because: because, First: at, Last: at, Times: 1}
	}
	e, err := a.Entry(ctx, calm)
	if err != nil {
		t.Fatal(err)
	}
	s, err := a.Story(ctx, calm)
	if err != nil {
		t.Fatal(err)
	}
	err = a.Commit(ctx, store.Result{Cursor: store.MainCursor, Page: calm, Article: e.Article, Placement: e.Placement, Stories: []news.Story{s}, Tokens: "port",
		Matches:  []news.Match{{Watch: a.watch.ID, Article: calm}},
		Silences: []news.Silence{kept(fresh, news.FirstMatch, at), kept(broke, news.FirstMatch, at.Add(time.Minute)), kept(told, news.Denial, at.Add(time.Hour))}})
	if err != nil {
		t.Fatal(err)
	}
	if got := a.digest(n); !slices.Equal(got, []int64{told, fresh}) {
		t.Errorf("%d, want %d", got, []int64{told, fresh})
	}
}

// TestDigestOfNothing sends no empty letter.
func TestDigestOfNothing(t *testing.T) {
	a := newArchive(t)
	slot := time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)
	n := a.planned(slot, a.put(slot.Add(-time.Hour), 0, true))
	if err := a.DeleteWatch(context.Background(), a.watch.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := (&composer{store: a.Store}).Compose(context.Background(), n, news.Recipient{ID: 1, Carrier: "mail", Address: "x@example.org"}); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
}

// TestEventsEndWithTheirAsker leaves no goroutine behind when a browser goes while events wait for it.
func TestEventsEndWithTheirAsker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // fails when a goroutine is left blocked
		ctx, cancel := context.WithCancel(t.Context())
		in := make(chan desk.Event, 3)
		events(ctx, in)
		for range 3 {
			in <- desk.Event{Stories: 1}
		}
		synctest.Wait() // one lies in out, one is on its way, one waits
		cancel()
		close(in)
		synctest.Wait()
	})
}
