package api

import (
	"context"
	"fmt"
	"slices"
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

// A search that saw the newest articles alone says so, and a trial says it too, with what the watch is to find and cost.
func TestPartial(t *testing.T) {
	d := newDesk(t)
	o := Options{Store: d.store, Auth: d.keeper}
	for _, partial := range []bool{false, true} {
		if partial {
			o.Store = newest{d.store}
			o.Estimate = func(context.Context, query.Query) (Estimate, error) {
				return Estimate{ADay: 2.5, AtLeast: true, Cost: Cost{Looked: 7, Size: 80}}, nil
			}
		}
		d.http = New(o)
		if got := d.object(d.call(auth.Reader, "GET", "/api/v1/search?q=harbour", ""))["partial"]; got != partial {
			t.Errorf("search: partial is %v, want %v", got, partial)
		}
		tried := d.object(d.call(auth.Reader, "POST", "/api/v1/watches/test", `{"query": "harbour"}`))
		if tried["partial"] != partial {
			t.Errorf("trial: partial is %v, want %v", tried["partial"], partial)
		}
		want := map[string]any{"a_day": 2.5, "at_least": true, "looked": 1.0, "always": false, "bytes": 80.0}
		if got, _ := tried["expect"].(map[string]any); fmt.Sprint(got) != fmt.Sprint(want) && partial || !partial && tried["expect"] != nil {
			t.Errorf("expected is %v", tried["expect"])
		}
	}
}

// Stories that changed at the same moment are all given, each once, whatever the page's size.
func TestStoriesPage(t *testing.T) {
	d := newDesk(t)
	for i := range 5 {
		url := fmt.Sprintf("https://example.org/more/%d", i)
		page, err := d.store.KeepPage(t.Context(), news.Page{SourceID: 1, URL: url, Final: url, Status: 200, Body: []byte(url), Fetched: day})
		if err != nil {
			t.Fatal(err)
		}
		id := int64(i + 2)
		st := news.Story{ID: id, Headline: url, Lead: page, Lang: "en", Articles: 1, Sources: 1, Independent: 1, First: page, FirstAt: day, Opened: day, Changed: day}
		err = d.store.Commit(t.Context(), store.Result{Cursor: store.MainCursor, Page: page, Article: news.Article{ID: page, PageID: page, SourceID: 1, URL: url, Headline: url, Lang: "en"},
			Analysis: news.Analysis{ArticleID: page}, Placement: news.Placement{Article: page, Story: id, New: true}, Stories: []news.Story{st}})
		if err != nil {
			t.Fatal(err)
		}
	}
	var ids []int
	for path, pages := "/api/v1/stories?n=2", 0; path != "" && pages < 10; pages++ {
		a := d.object(d.call(auth.Reader, "GET", path, ""))
		for _, s := range a["stories"].([]any) {
			ids = append(ids, int(s.(map[string]any)["id"].(float64)))
		}
		path = ""
		if next, ok := a["next"].(string); ok {
			path = "/api/v1/stories?n=2&after=" + next
		}
	}
	if !slices.Equal(ids, []int{6, 5, 4, 3, 2, 1}) {
		t.Errorf("stories %v", ids)
	}
	if w := d.call(auth.Reader, "GET", "/api/v1/stories?after="+day.Format("2006-01-02T15:04:05Z"), ""); w.Code != 200 {
		t.Errorf("a cursor of an earlier version: %d", w.Code)
	}
	if w := d.call(auth.Reader, "GET", "/api/v1/stories?after=2026-03-10T12:00:00Z~x", ""); w.Code != 422 {
		t.Errorf("a broken cursor: %d", w.Code)
	}
}
