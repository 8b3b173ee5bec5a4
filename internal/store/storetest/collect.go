package storetest

import (
	"fmt"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

func sources(t *testing.T, d *desk) {
	id := d.source("alpha")
	h, err := d.Source(d.ctx, id)
	d.must(err)
	d.same("source", h.Source, news.Source{ID: id, Name: "alpha", Home: "https://alpha.example/", Created: Noon})
	d.same("feeds", h.Feeds, []news.Feed{{ID: h.Feeds[0].ID, SourceID: id, URL: "https://alpha.example/feed", Every: time.Hour, Due: Noon}})

	_, err = d.AddSource(d.ctx, news.Source{Name: "again"}, []news.Feed{{URL: "https://new.example/"}, {URL: "https://alpha.example/feed"}})
	d.kind(err, fault.Conflict)
	all, err := d.Sources(d.ctx)
	d.must(err)
	if len(all) != 1 {
		t.Fatalf("a refused source left %d sources", len(all))
	}

	changed := h.Source
	changed.Name, changed.Country, changed.Licence = "Alpha", "LB", "full"
	d.must(d.UpdateSource(d.ctx, changed))
	h, err = d.Source(d.ctx, id)
	d.must(err)
	d.same("changed source", h.Source, changed)
	d.kind(d.UpdateSource(d.ctx, news.Source{ID: 99}), fault.NotFound)

	d.must(d.RemoveSource(d.ctx, id))
	outlet, err := d.Outlet(d.ctx, id)
	d.must(err)
	d.same("removed source", outlet, changed)
	if all, _ := d.Sources(d.ctx); len(all) != 0 {
		t.Fatal("a removed source is still listed")
	}
	if fs, _ := d.LeaseFeeds(d.ctx, Noon, 9, time.Minute); len(fs) != 0 {
		t.Fatal("a removed source is still collected from")
	}
	d.kind(d.RemoveSource(d.ctx, id), fault.NotFound)
	_, err = d.Source(d.ctx, 99)
	d.kind(err, fault.NotFound)
	d.source("alpha") // its feed's address is free again
}

// offers: of many sources at once the feeds that are not known are kept, with all that a source has.
func offers(t *testing.T, d *desk) {
	known := d.source("alpha")
	feed := func(url string) news.Feed { return news.Feed{URL: url, Every: time.Hour, Due: Noon} }
	given := news.Source{Name: "Beta", Home: "https://beta.example/", Lang: "ar", Country: "LB", Licence: "full", Every: time.Hour, Muted: true, Created: Noon}
	kept, err := d.AddSources(d.ctx, []store.Offer{
		{Source: given, Feeds: []news.Feed{feed("https://beta.example/1"), feed("https://alpha.example/feed"), feed("https://beta.example/2")}},
		{Source: news.Source{Name: "nothing new"}, Feeds: []news.Feed{feed("https://alpha.example/feed"), feed("https://beta.example/2")}},
		{Source: news.Source{Name: "Gamma"}, Feeds: []news.Feed{feed("https://gamma.example/"), feed("https://gamma.example/")}},
	})
	d.must(err)
	b, c := kept[0].Source, kept[2].Source
	d.same("kept", kept, []store.Kept{{Source: b, Of: []int64{b, known, b}}, {Of: []int64{known, b}}, {Source: c, Of: []int64{c, c}}})
	all, err := d.Sources(d.ctx)
	d.must(err)
	if len(all) != 3 {
		t.Fatalf("%d sources", len(all))
	}
	h, err := d.Source(d.ctx, b)
	d.must(err)
	given.ID = b
	d.same("source", h.Source, given)
	if len(h.Feeds) != 2 || h.Feeds[1].URL != "https://beta.example/2" || h.Feeds[1].Every != time.Hour {
		t.Fatalf("feeds %+v", h.Feeds)
	}
	d.must(d.FileAll(d.ctx, 7, map[int64][]string{b: {"Gulf", "خليج"}, c: {"Gulf"}, 99: {"nobody"}}))
	in, err := d.Folders(d.ctx, 7)
	d.must(err)
	d.same("folders", in, map[int64][]string{b: {"Gulf", "خليج"}, c: {"Gulf"}})
}

func sourceHealth(t *testing.T, d *desk) {
	first, second := d.source("first"), d.source("second")
	opener := d.article(first, 1, 0, "a b")
	d.now = d.now.Add(30 * time.Minute)
	follower := d.result(d.page(second, 2), opener.Placement.Story, "a b")
	follower.Placement.Links = []news.Link{{Article: follower.Article.ID, Other: opener.Article.ID, Kind: news.Copy, Direction: news.FromOther}}
	follower.Stories[0].First, follower.Stories[0].FirstAt = opener.Article.ID, opener.Article.Published.Time
	follower.Stories[0].Lag = 30 * time.Minute
	d.must(d.Commit(d.ctx, follower))
	bad := d.page(second, 3)
	d.must(d.Commit(d.ctx, resultRejected(bad, "no text")))

	h, err := d.Source(d.ctx, second)
	d.must(err)
	if h.Articles != 1 || h.Copies != 1 || h.Rejected != 1 || h.Lag != 30*time.Minute || h.Lead != 0 || !h.LastArticle.Equal(d.now) {
		t.Fatalf("second source: %+v", h)
	}
	h, err = d.Source(d.ctx, first)
	d.must(err)
	if h.Lead != 30*time.Minute || h.Lag != 0 || h.Copies != 0 {
		t.Fatalf("first source: %+v", h)
	}
}

func feedLeases(t *testing.T, d *desk) {
	d.source("a")
	d.source("b")
	one, err := d.LeaseFeeds(d.ctx, Noon, 1, time.Minute)
	d.must(err)
	rest, err := d.LeaseFeeds(d.ctx, Noon, 9, time.Minute)
	d.must(err)
	if len(one) != 1 || len(rest) != 1 || one[0].ID == rest[0].ID {
		t.Fatalf("leased %v, then %v", one, rest)
	}
	again, err := d.LeaseFeeds(d.ctx, Noon.Add(2*time.Minute), 9, time.Minute)
	d.must(err)
	if len(again) != 2 {
		t.Fatalf("%d feeds after the leases ran out, want 2", len(again))
	}
	f := again[0]
	f.ETag, f.LastModified, f.Every, f.Due = `"e"`, "yesterday", 2*time.Hour, Noon.Add(time.Hour)
	f.Checked, f.Changed, f.Failures, f.Problem = Noon, Noon.Add(-time.Hour), 3, "temporary"
	d.must(d.SaveFeed(d.ctx, f))
	h, err := d.Source(d.ctx, f.SourceID)
	d.must(err)
	d.same("saved feed", h.Feeds, []news.Feed{f})
	if fs, _ := d.LeaseFeeds(d.ctx, Noon.Add(50*time.Minute), 9, time.Minute); len(fs) != 1 || fs[0].ID == f.ID {
		t.Fatalf("before its time: %v", fs)
	}
	f.Gone, f.Due = true, Noon
	d.must(d.SaveFeed(d.ctx, f))
	if fs, _ := d.LeaseFeeds(d.ctx, Noon.Add(9*time.Hour), 9, time.Minute); len(fs) != 1 {
		t.Fatalf("a feed that is gone was leased: %v", fs)
	}
	d.kind(d.SaveFeed(d.ctx, news.Feed{ID: 99}), fault.NotFound)
}

func mutedSource(t *testing.T, d *desk) {
	id := d.source("a")
	h, err := d.Source(d.ctx, id)
	d.must(err)
	h.Source.Muted = true
	d.must(d.UpdateSource(d.ctx, h.Source))
	if fs, _ := d.LeaseFeeds(d.ctx, Noon, 9, time.Minute); len(fs) != 0 {
		t.Fatal("a muted source was collected from")
	}
}

func unseen(t *testing.T, d *desk) {
	src := d.source("a")
	p := d.page(src, 1)
	items := []news.Item{{URL: "https://a.example/new"}, {URL: p.URL}, {GUID: "g1"}, {URL: "https://a.example/new", Title: "twice"}, {GUID: "g2"}}
	_, err := d.KeepPage(d.ctx, news.Page{SourceID: src, FeedID: 7, Item: news.Item{GUID: "g1", Content: "<p>in the feed"}, Fetched: Noon})
	d.must(err)
	got, err := d.Unseen(d.ctx, 7, items)
	d.must(err)
	d.same("unseen", got, []news.Item{items[0], items[4]})
	got, err = d.Unseen(d.ctx, 8, items[2:3])
	d.must(err)
	d.same("the same GUID in another feed", got, items[2:3])
}

func updated(t *testing.T, d *desk) {
	src := d.source("a")
	it := news.Item{URL: "https://a.example/x", Published: Noon}
	keep := func(body string) {
		_, err := d.KeepPage(d.ctx, news.Page{SourceID: src, FeedID: 1, URL: it.URL, Final: it.URL, Item: it, Body: []byte(body), Fetched: d.now})
		d.must(err)
	}
	again := func() bool {
		got, err := d.Unseen(d.ctx, 1, []news.Item{it})
		d.must(err)
		return len(got) == 1
	}
	keep("first")
	if it.Updated = Noon.Add(time.Minute); again() {
		t.Error("updated within the minute, and fetched again")
	}
	if it.Updated = Noon.Add(time.Hour); !again() {
		t.Error("updated an hour later, and not fetched again")
	}
	keep("second")
	if again() {
		t.Error("the same version is fetched again")
	}
	for n := range 20 {
		if it.Updated = it.Updated.Add(time.Hour); !again() {
			return
		}
		keep(fmt.Sprint("version ", n))
	}
	t.Error("a feed that calls everything updated is believed for ever")
}

func versions(t *testing.T, d *desk) {
	src := d.source("a")
	first := d.article(src, 1, 0, "first words")
	p := first.Article
	page := news.Page{SourceID: src, FeedID: 1, URL: p.URL, Final: p.URL, Body: []byte("other bytes"), Fetched: d.now}
	id, err := d.KeepPage(d.ctx, page)
	d.must(err)
	e, err := d.Version(d.ctx, p.URL, id)
	d.must(err)
	d.same("earlier version", e.Article, p)
	_, err = d.Version(d.ctx, p.URL, p.PageID)
	d.kind(err, fault.NotFound)
	_, err = d.Version(d.ctx, "https://a.example/none", id)
	d.kind(err, fault.NotFound)
}

func givenUp(t *testing.T, d *desk) {
	item := []news.Item{{URL: "https://a.example/x"}}
	d.must(d.NoteItem(d.ctx, 1, item[0], "denied", Noon.Add(time.Hour)))
	got, err := d.Unseen(d.ctx, 1, item)
	d.must(err)
	d.same("before retry", got, []news.Item{})
	d.now = Noon.Add(2 * time.Hour)
	got, err = d.Unseen(d.ctx, 1, item)
	d.must(err)
	d.same("after retry", got, item)
	_, err = d.KeepPage(d.ctx, news.Page{URL: item[0].URL, Item: item[0], Fetched: d.now})
	d.must(err)
	d.must(d.NoteItem(d.ctx, 1, item[0], "denied", Noon))
	got, err = d.Unseen(d.ctx, 1, item)
	d.must(err)
	d.same("once kept", got, []news.Item{})
}

func pageKeptOnce(t *testing.T, d *desk) {
	src := d.source("a")
	p := d.page(src, 1)
	if again := d.page(src, 1); again.ID != p.ID {
		t.Fatalf("the same bytes from the same address: page %d, then %d", p.ID, again.ID)
	}
	changed := p
	changed.Body = []byte("other bytes")
	id, err := d.KeepPage(d.ctx, changed)
	d.must(err)
	if id <= p.ID {
		t.Fatalf("other bytes: page %d after %d", id, p.ID)
	}
	got, err := d.Page(d.ctx, p.ID)
	d.must(err)
	d.same("page", got, p)
	_, err = d.Page(d.ctx, 99)
	d.kind(err, fault.NotFound)
	after, err := d.PagesAfter(d.ctx, p.ID, 9)
	d.must(err)
	if len(after) != 1 || after[0].ID != id || string(after[0].Body) != "other bytes" {
		t.Fatalf("pages after %d: %+v", p.ID, after)
	}
}

func pagesLetGo(t *testing.T, d *desk) {
	src := d.source("a")
	done := d.article(src, 1, 0, "a b").Page
	waits := d.page(src, 2).ID
	n, err := d.LetPagesGo(d.ctx, Noon.Add(time.Hour))
	d.must(err)
	if n != 1 {
		t.Fatalf("%d pages let go, want the one that was processed", n)
	}
	p, err := d.Page(d.ctx, done)
	d.must(err)
	if p.Body != nil {
		t.Fatal("the page's bytes are still there")
	}
	if p, err = d.Page(d.ctx, waits); err != nil || p.Body == nil {
		t.Fatalf("a page that waits to be processed lost its bytes: %v", err)
	}
	if again := d.page(src, 1); again.ID != done {
		t.Fatal("a page that was let go was kept anew")
	}
}

// tally: what a source brought is counted right, however often its pages are read again.
func tally(t *testing.T, d *desk) {
	one, two := d.source("one"), d.source("two")
	first := d.article(one, 1, 0, "a b")
	copied := d.result(d.page(two, 2), first.Placement.Story, "a b")
	copied.Placement.Links = []news.Link{{Article: copied.Article.ID, Other: first.Article.ID, Kind: news.Copy, Direction: news.FromOther}}
	want := func(articles, copies, rejected int) {
		t.Helper()
		h, err := d.Source(d.ctx, two)
		d.must(err)
		if h.Articles != articles || h.Copies != copies || h.Rejected != rejected {
			t.Fatalf("%d articles, %d copies, %d rejected; want %d, %d, %d", h.Articles, h.Copies, h.Rejected, articles, copies, rejected)
		}
	}
	d.must(d.Commit(d.ctx, copied))
	want(1, 1, 0)
	d.must(d.Commit(d.ctx, copied)) // reprocessed
	want(1, 1, 0)
	copied.Placement.Links = nil
	d.must(d.Commit(d.ctx, copied))
	want(1, 0, 0)
	bad := d.page(two, 3)
	d.must(d.Commit(d.ctx, resultRejected(bad, "no text")))
	d.must(d.Commit(d.ctx, resultRejected(bad, "no text at all")))
	want(1, 0, 1)
	d.must(d.Commit(d.ctx, d.result(bad, 0, "text after all")))
	want(2, 0, 0)
	h, err := d.Source(d.ctx, two)
	d.must(err)
	h.Source.Every = time.Hour
	d.must(d.UpdateSource(d.ctx, h.Source))
	fs, err := d.LeaseFeeds(d.ctx, Noon, 9, time.Minute)
	d.must(err)
	for _, f := range fs {
		if want := map[int64]time.Duration{two: time.Hour}[f.SourceID]; f.Fixed != want {
			t.Fatalf("a feed of source %d comes at %s, want %s", f.SourceID, f.Fixed, want)
		}
	}
	all, err := d.Sources(d.ctx)
	d.must(err)
	if len(fs) != 2 || len(all) != 2 || all[1].Source.Every != time.Hour || all[1].Feeds[0].Fixed != time.Hour {
		t.Fatalf("leased %v, all %+v", fs, all)
	}
}
