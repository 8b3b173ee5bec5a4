package storetest

import (
	"slices"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

func resultRejected(p news.Page, why string) store.Result {
	return store.Result{Cursor: store.MainCursor, Page: p.ID, Rejected: why}
}

// full is a result that uses every part of Result.
func (d *desk) full() store.Result {
	d.Helper()
	other := d.article(d.source("other"), 1, 0, "earlier words")
	watch, err := d.SaveWatch(d.ctx, news.Watch{Name: "w", Query: "words", Created: Noon})
	d.must(err)
	r := d.result(d.page(d.source("full"), 2), 0, "some words")
	r.Placement.Links = []news.Link{{Article: r.Page, Other: other.Page, Kind: news.Copy, Direction: news.FromOther, Score: 0.5,
		Evidence: []news.Reason{{Kind: "shared-text", Value: 0.9}}}}
	r.Matches = []news.Match{{Watch: watch, Article: r.Page, Spans: []news.Span{{Start: 5, End: 10}}}, {Watch: 999, Article: r.Page}}
	r.Notices = []news.Notice{d.notice("n1", d.reader("x@example.org"))}
	r.Site = []byte("memory")
	return r
}

func commit(t *testing.T, d *desk) {
	r := d.full()
	d.must(d.Commit(d.ctx, r))
	e, err := d.Entry(d.ctx, r.Page)
	d.must(err)
	d.same("article", e.Article, r.Article)
	d.same("analysis", e.Analysis, r.Analysis)
	d.same("placement", e.Placement, r.Placement)
	if e.Source.Name != "full" || !e.Arrived.Equal(Noon) {
		t.Fatalf("source %q, arrived %v", e.Source.Name, e.Arrived)
	}
	st, err := d.Story(d.ctx, r.Placement.Story)
	d.must(err)
	d.same("story", st, r.Stories[0])
	links, err := d.Links(d.ctx, r.Placement.Links[0].Other)
	d.must(err)
	d.same("links from the other side", links, r.Placement.Links)
	ms, err := d.MatchesIn(d.ctx, r.Page)
	d.must(err)
	d.same("matches; a deleted watch has none", ms, r.Matches[:1])
	ns, err := d.History(d.ctx, Noon)
	d.must(err)
	d.same("notices", ns, r.Notices)
	site, err := d.SiteMemory(d.ctx, r.Article.SourceID)
	d.must(err)
	d.same("site memory", string(site), "memory")
	at, err := d.Cursor(d.ctx, store.MainCursor)
	d.must(err)
	if at != r.Page {
		t.Fatalf("the cursor stands at %d, want %d", at, r.Page)
	}
	last, err := d.LastStory(d.ctx)
	d.must(err)
	d.same("last story", last, r.Placement.Story)
	ids, once, err := d.StoryWatches(d.ctx, []int64{r.Placement.Story, 12345})
	d.must(err)
	d.same("watches of a story", ids, []int64{r.Matches[0].Watch})
	d.same("watches of a story once", len(once), 0)
	_, err = d.Entry(d.ctx, 99)
	d.kind(err, fault.NotFound)
	_, err = d.Story(d.ctx, 99)
	d.kind(err, fault.NotFound)
}

// commitIsWhole breaks a commit at its end and finds nothing of it.
func commitIsWhole(t *testing.T, d *desk) {
	r := d.full()
	before, err := d.Cursor(d.ctx, store.MainCursor)
	d.must(err)
	r.Article.PageID = 12345 // no such page
	if d.Commit(d.ctx, r) == nil {
		t.Fatal("an article of no page was accepted")
	}
	if _, err := d.Story(d.ctx, r.Placement.Story); !fault.Is(err, fault.NotFound) {
		t.Fatalf("a failed commit left its story: %v", err)
	}
	if at, _ := d.Cursor(d.ctx, store.MainCursor); at != before {
		t.Fatalf("a failed commit moved the cursor to %d", at)
	}
	if ns, _ := d.History(d.ctx, Noon); len(ns) != 0 {
		t.Fatal("a failed commit left its notices")
	}
}

func rejected(t *testing.T, d *desk) {
	p := d.page(d.source("a"), 1)
	d.must(d.Commit(d.ctx, resultRejected(p, "login-wall")))
	if at, _ := d.Cursor(d.ctx, store.MainCursor); at != p.ID {
		t.Fatalf("the cursor stands at %d", at)
	}
	if _, err := d.Entry(d.ctx, p.ID); !fault.Is(err, fault.NotFound) {
		t.Fatalf("a rejected page has an article: %v", err)
	}
}

func reprocess(t *testing.T, d *desk) {
	r := d.full()
	d.must(d.Commit(d.ctx, r))
	r.Article.Text, r.Tokens, r.Analysis.Version = "better words", "better words", 2
	r.Analysis.Mentions, r.Placement.Links, r.Matches = nil, nil, nil
	d.must(d.Commit(d.ctx, r))
	e, err := d.Entry(d.ctx, r.Page)
	d.must(err)
	d.same("article", e.Article, r.Article)
	d.same("placement", e.Placement, r.Placement)
	if ms, _ := d.MatchesIn(d.ctx, r.Page); len(ms) != 0 {
		t.Fatal("a match of the earlier reading stayed")
	}
	if ns, _ := d.History(d.ctx, Noon); len(ns) != 1 {
		t.Fatalf("%d notices after a second reading, want the one", len(ns))
	}
	if got := d.hits("some"); len(got) != 0 {
		t.Fatal("the words of the earlier reading are still found")
	}
}

func merge(t *testing.T, d *desk) {
	src := d.source("a")
	one := d.article(src, 1, 0, "one")
	two := d.article(src, 2, 0, "two")
	r := d.result(d.page(src, 3), one.Placement.Story, "three")
	r.Placement.Merged = []int64{two.Placement.Story}
	told := d.notice("told", d.reader("x@example.org"))
	told.Story = two.Placement.Story
	d.must(d.AddNotices(d.ctx, []news.Notice{told}))
	d.must(d.Commit(d.ctx, r))
	ns, err := d.History(d.ctx, time.Time{})
	d.must(err)
	if i := slices.IndexFunc(ns, func(n news.Notice) bool { return n.ID == "told" }); i < 0 || ns[i].Story != one.Placement.Story {
		t.Fatalf("a notice of the merged story: %+v", ns)
	}
	st, err := d.Story(d.ctx, two.Placement.Story)
	d.must(err)
	if st.ID != one.Placement.Story {
		t.Fatalf("story %d gives %d, want %d", two.Placement.Story, st.ID, one.Placement.Story)
	}
	es, err := d.StoryEntries(d.ctx, two.Placement.Story)
	d.must(err)
	if len(es) != 3 {
		t.Fatalf("%d articles in the merged story, want 3", len(es))
	}
	latest, err := d.Latest(d.ctx, one.Placement.Story, 2)
	d.must(err)
	if len(latest) != 2 || latest[0].Article.ID != two.Page || latest[1].Article.ID != r.Page {
		t.Fatalf("%d latest articles", len(latest))
	}
	if cards, _ := d.Stories(d.ctx, store.StoryFilter{}); len(cards) != 1 {
		t.Fatalf("%d stories listed, want 1", len(cards))
	}
	// A third story takes the first: both earlier ids lead to it.
	three := d.article(src, 4, 0, "four")
	r = d.result(d.page(src, 5), three.Placement.Story, "five")
	r.Placement.Merged = []int64{one.Placement.Story}
	d.must(d.Commit(d.ctx, r))
	for _, id := range []int64{one.Placement.Story, two.Placement.Story} {
		if st, _ := d.Story(d.ctx, id); st.ID != three.Placement.Story {
			t.Fatalf("story %d gives %d, want %d", id, st.ID, three.Placement.Story)
		}
	}
}

func window(t *testing.T, d *desk) {
	src := d.source("a")
	d.article(src, 1, 0, "old")
	d.now = d.now.Add(time.Hour)
	second := d.article(src, 2, 0, "two")
	third := d.result(d.page(src, 3), second.Placement.Story, "three")
	third.Placement.Links = []news.Link{{Article: third.Page, Other: second.Page, Kind: news.Update, Direction: news.FromOther}}
	d.must(d.Commit(d.ctx, third))
	es, err := d.Window(d.ctx, Noon.Add(time.Minute))
	d.must(err)
	if len(es) != 2 || es[0].Article.ID != second.Page || es[1].Article.ID != third.Page {
		t.Fatalf("window of %d entries", len(es))
	}
	d.same("links", es[1].Placement.Links, third.Placement.Links)
	for n := range 220 {
		d.article(src, 10+n, 0, "many")
	}
	es, err = d.Window(d.ctx, Noon.Add(time.Minute))
	d.must(err)
	if len(es) != 222 || es[221].Article.ID <= es[220].Article.ID {
		t.Fatalf("a large window has %d entries", len(es))
	}
	n := 0
	d.must(d.Replay(d.ctx, Noon, func(store.Entry) bool { n++; return n < 210 }))
	if n != 210 {
		t.Fatalf("went on to %d after no", n)
	}
}
