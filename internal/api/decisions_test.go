package api

import (
	"testing"

	"marsad/internal/auth"
	"marsad/internal/store"
	"marsad/news"
)

// TestDecisions asks what was told and what was not, page by page.
func TestDecisions(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	reader, err := d.store.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: "anna@example.org", State: news.Confirmed})
	if err != nil {
		t.Fatal(err)
	}
	watch, err := d.store.SaveWatch(ctx, news.Watch{Name: "Harbour", Query: "harbour", Recipients: []int64{reader}, Created: day})
	if err != nil {
		t.Fatal(err)
	}
	e, err := d.store.Entry(ctx, 2)
	if err != nil {
		t.Fatal(err)
	}
	s, err := d.store.Story(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	err = d.store.Commit(ctx, store.Result{Cursor: store.MainCursor, Page: 2, Article: e.Article, Placement: e.Placement, Stories: []news.Story{s}, Tokens: "the harbour reopens at noon",
		Matches:  []news.Match{{Watch: watch, Article: 2, Spans: []news.Span{{Start: 4, End: 11}}}},
		Notices:  []news.Notice{{ID: "n", Recipient: reader, Watch: watch, Story: 1, Article: 2, Kind: news.FirstMatch, Planned: day, Due: day}},
		Silences: []news.Silence{{Watch: watch, Recipient: reader, Story: 1, Article: 2, Kind: "cap", Because: news.Denial, First: day, Last: day.Add(1), Times: 3}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/watches/1", "/stories/1"} {
		a := d.object(d.call(auth.Editor, "GET", "/api/v1"+path+"/decisions", ""))
		ds := a["decisions"].([]any)
		if len(ds) != 2 || a["next"] != nil {
			t.Fatalf("%s: %v", path, a)
		}
		told := ds[0].(map[string]any)
		silent := ds[1].(map[string]any)
		if silent["outcome"] != "silent" {
			told, silent = silent, told
		}
		if told["kind"] != "first-match" || told["outcome"] != "waiting" || told["to"] != "anna@example.org" || told["words"].([]any)[0] != "harbour" {
			t.Errorf("%s: told %v", path, told)
		}
		if silent["kind"] != "cap" || silent["because"].([]any)[0] != "denial" || silent["times"] != 3. || silent["story"] != 1. {
			t.Errorf("%s: silent %v", path, silent)
		}
	}
	first := d.object(d.call(auth.Reader, "GET", "/api/v1/watches/1/decisions?n=1", ""))
	one := first["decisions"].([]any)[0].(map[string]any)
	if one["to"] != nil {
		t.Error("readers are shown addresses")
	}
	second := d.object(d.call(auth.Reader, "GET", "/api/v1/watches/1/decisions?n=1&after="+first["next"].(string), ""))
	if two := second["decisions"].([]any)[0].(map[string]any); two["kind"] == one["kind"] {
		t.Error("the second page is the first")
	}
	for path, want := range map[string]int{"/watches/9/decisions": 404, "/stories/9/decisions": 404, "/watches/1/decisions?only=x": 422, "/watches/1/decisions?after=x": 422, "/watches/1/decisions?story=x": 422,
		"/watches/1/decisions?story=1&only=told": 200} {
		if w := d.call(auth.Reader, "GET", "/api/v1"+path, ""); w.Code != want {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
}

// TestHushByPrograms snoozes a watch, mutes stories on it, and wakes it.
func TestHushByPrograms(t *testing.T) {
	d := newDesk(t)
	if _, err := d.store.SaveWatch(t.Context(), news.Watch{Name: "Harbour", Query: "harbour", Zone: "UTC", Created: day}); err != nil {
		t.Fatal(err)
	}
	a := d.object(d.call(auth.Editor, "PATCH", "/api/v1/watches/1", `{"snoozed": "2026-03-11T12:00:00Z", "muted": [1]}`))
	if a["snoozed"] != "2026-03-11T12:00:00Z" || a["muted"].([]any)[0] != 1. {
		t.Errorf("%v", a)
	}
	a = d.object(d.call(auth.Editor, "PATCH", "/api/v1/watches/1", `{"snoozed": "", "muted": []}`))
	if a["snoozed"] != nil || len(a["muted"].([]any)) != 0 {
		t.Errorf("%v", a)
	}
	if w := d.call(auth.Editor, "PATCH", "/api/v1/watches/1", `{"snoozed": "tomorrow"}`); w.Code != 422 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := d.call(auth.Reader, "PATCH", "/api/v1/watches/1", `{"muted": [1]}`); w.Code != 403 {
		t.Errorf("a reader mutes: %d", w.Code)
	}
}
