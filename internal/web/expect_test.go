package web

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"marsad/internal/auth"
	"marsad/internal/store"
	"marsad/news"
	"marsad/query"
)

// newest is a store whose searches see a part of what there is.
type newest struct{ Store }

func (n newest) Find(ctx context.Context, q query.Query, o store.FindOptions) (store.Found, error) {
	found, err := n.Store.Find(ctx, q, o)
	found.Partial = true
	return found, err
}

func TestPartialIsSaid(t *testing.T) {
	for _, partial := range []bool{false, true} {
		b := newWorld(t, func(o *Options) {
			if partial {
				o.Store = newest{o.Store}
			}
		}).serve(t).speak("ar")
		b.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
		for _, path := range []string{"/search?q=port", "/watches/new?q=port"} {
			if got := strings.Contains(b.get(path).wants(200).body, "لم يشمل البحث إلا أحدث المواد"); got != partial {
				t.Errorf("%s of a part (%v) says so: %v", path, partial, got)
			}
		}
	}
}

// Whoever writes a watch sees what it would find and cost: while typing, and without scripts after a look; who keeps the desk sees
// what costs most.
func TestExpected(t *testing.T) {
	w := newWorld(t, func(o *Options) {
		o.Desk.Estimate = func(_ context.Context, q query.Query) (Estimate, error) {
			switch q.String() {
			case "port":
				return Estimate{ADay: 3.2, AtLeast: true, Cost: Cost{Looked: 0.25}}, nil
			case "storm":
				return Estimate{ADay: 2. / 7, Cost: Cost{Looked: 0.0001}}, nil
			case "quay":
				return Estimate{Cost: Cost{Always: true}}, nil
			}
			return Estimate{}, errors.New("it took too long")
		}
		o.Desk.Expensive = func(int) []Cost { return []Cost{{ID: 1, Always: true}, {ID: 99, Always: true}} }
	})
	b := w.signedIn(t, auth.Admin)
	for q, want := range map[string][]string{
		"port": {"About 3 articles a day.", "There are more", "25%"}, "storm": {"About 2 articles a week.", "next to nothing"},
		"quay": {"No article of the last 7 days", "no word that must be there"}, "other": {`class="reads"`},
	} {
		tried := b.post("/watches", url.Values{"csrf": {b.csrf()}, "q": {q}, "zone": {"UTC"}, "do": {"try"}}).wants(200)
		for path, a := range map[string]*reply{"typing": b.get("/watches/explain?q=" + q).wants(200), "a new one": b.get("/watches/new?q=" + q).wants(200), "a look": tried} {
			for _, s := range want {
				if !strings.Contains(a.body, s) {
					t.Errorf("%s, %s: %q is not said", q, path, s)
				}
			}
		}
	}
	costly := b.get("/watches").wants(200)
	if n := len(costly.all("main ol li")); n != 1 || !strings.Contains(costly.body, "costs the desk most") {
		t.Errorf("%d costly watches are shown to an admin, want the one that exists", n)
	}
	if strings.Contains(w.signedIn(t, auth.Reader).get("/watches").wants(200).body, "costs the desk most") {
		t.Error("a reader sees what watches cost")
	}
}

// Older pages of Now show every story once, also where more changed at one moment than a page holds.
func TestNowPages(t *testing.T) {
	w := newWorld(t)
	const more = 2*riverSize + 10
	at := start.AddDate(0, 0, -3)
	for i := range more {
		url := fmt.Sprintf("https://example.org/more/%d", i)
		page, err := w.store.KeepPage(t.Context(), news.Page{SourceID: 1, URL: url, Final: url, Status: 200, Body: []byte(url), Fetched: at})
		if err != nil {
			t.Fatal(err)
		}
		id := int64(i + 1000)
		st := news.Story{ID: id, Headline: url, Lead: page, Lang: "en", Articles: 1, Sources: 1, Independent: 1, First: page, FirstAt: at, Opened: at, Changed: at}
		err = w.store.Commit(t.Context(), store.Result{Cursor: "more", Page: page, Article: news.Article{ID: page, PageID: page, SourceID: 1, URL: url, Headline: url, Lang: "en"},
			Analysis: news.Analysis{ArticleID: page}, Placement: news.Placement{Article: page, Story: id, New: true}, Stories: []news.Story{st}})
		if err != nil {
			t.Fatal(err)
		}
	}
	b, seen := w.serve(t), map[string]int{}
	path := "/"
	for pages := 0; path != "" && pages < 20; pages++ {
		a := b.get(path).wants(200)
		for _, n := range a.all(".story[id^=s1]") {
			seen[attr(n, "id")]++
		}
		path = ""
		for _, n := range a.all(".more a[href*='before=']") {
			path = attr(n, "href")
		}
	}
	shown := 0
	for i := range more {
		if n := seen[fmt.Sprintf("s%d", i+1000)]; n == 1 {
			shown++
		} else if n > 1 {
			t.Errorf("story %d is shown %d times", i+1000, n)
		}
	}
	if shown != more {
		t.Errorf("%d of %d stories are shown", shown, more)
	}
}

// A reader's report of a fault stands in the audit list, whole up to its cap, as text.
func TestReportAFault(t *testing.T) {
	w := newWorld(t)
	_, article := w.richest(t)
	reader, admin := w.signedIn(t, auth.Reader), w.signedIn(t, auth.Admin)
	form := reader.get(article).wants(200).one("form[action$='/fault']")
	report := func(words string) *reply {
		return reader.post(attr(form, "action"), url.Values{"csrf": {reader.csrf()}, "words": {words}})
	}
	report("<script>alert(1)</script> the speaker is\nwrong " + strings.Repeat("x", 5000)).wants(303)
	a := admin.get("/audit").wants(200)
	if !strings.Contains(a.body, "reported a fault") || !strings.Contains(a.body, "the reader") || strings.Contains(a.body, "<script>alert") {
		t.Error("the report is not in the list as text, with who made it")
	}
	if links := a.all("td a[href='" + article + "']"); len(links) != 1 {
		t.Errorf("%d links to the article", len(links))
	}
	if !strings.Contains(a.body, "the speaker is wrong") || strings.Count(a.body, "x") > 1500 {
		t.Error("the words are not there, or not capped")
	}
	if to := report(" \n ").wants(303).header.Get("Location"); !strings.Contains(to, "fault-empty") {
		t.Errorf("an empty report leads to %s", to)
	}
	for range reportsMost {
		report("once more")
	}
	if to := report("too much").wants(303).header.Get("Location"); !strings.Contains(to, "fault-many") {
		t.Errorf("a flood of reports leads to %s", to)
	}
	if a := admin.get("/audit").wants(200); strings.Contains(a.body, "too much") {
		t.Error("the list takes more reports than a reader has")
	}
	reader.post("/articles/999999/fault", url.Values{"csrf": {reader.csrf()}, "words": {"x"}}).wants(404)
}

// The pages of a source and of a name lead to the search for all of theirs.
func TestTheRest(t *testing.T) {
	b := newWorld(t).serve(t)
	more := b.get("/sources/1").wants(200).one(".more a[href^='/search?q=source']")
	if found := b.get(attr(more, "href")).wants(200).all(".found"); len(found) == 0 {
		t.Error("the search for a source's articles finds none")
	}
}
