package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/list"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/news"
)

var day = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// desk is a small store of two articles in one story behind the interface.
type desk struct {
	t      *testing.T
	store  *sqlite.Store
	keeper *auth.Keeper
	lists  *list.Service
	http   http.Handler
	tokens map[auth.Role]string

	described object
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	now := func() time.Time { return day }
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"), sqlite.Now(now))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	d := &desk{t: t, store: s, keeper: auth.New(auth.Options{Store: s, Now: now}), tokens: map[auth.Role]string{}}
	d.fill()
	d.openLists(now)
	d.http = New(Options{Store: s, Auth: d.keeper, Base: "http://localhost:8080", Now: now, Lists: d.lists, People: s, Release: d.release, Cancel: d.cancel, FetchNow: func(context.Context, int64) error { return nil }, TakeApart: func(_ context.Context, in Reading) (Taken, error) {
		if in.URL != "" {
			return Taken{}, fault.New(fault.Denied, "not public")
		}
		return Taken{Article: news.Article{Headline: "H", Text: in.Pasted + string(in.Body), Lang: "en"}}, nil
	}})
	for _, role := range []auth.Role{auth.Reader, auth.Editor, auth.Admin} {
		id, err := d.keeper.Create(t.Context(), role.String(), "a long password", role, "en")
		if err != nil {
			t.Fatal(err)
		}
		if d.tokens[role], err = d.keeper.APIToken(t.Context(), id, "test", time.Hour); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func (d *desk) fill() {
	ctx := d.t.Context()
	source, err := d.store.AddSource(ctx, news.Source{Name: "=Pacific Desk", Lang: "en", Created: day}, []news.Feed{{URL: "https://example.org/feed"}})
	if err != nil {
		d.t.Fatal(err)
	}
	for i, headline := range []string{"Harbour reopens", "=HYPERLINK(1)"} {
		at := day.Add(time.Duration(i-2) * time.Hour)
		url := fmt.Sprintf("https://example.org/%d", i)
		page, err := d.store.KeepPage(ctx, news.Page{SourceID: source, URL: url, Final: url, Status: 200, Body: []byte(headline), Fetched: at})
		if err != nil {
			d.t.Fatal(err)
		}
		a := news.Article{ID: page, PageID: page, SourceID: source, URL: url, Headline: headline, Lang: "en", Text: "The harbour reopens at noon.", Published: news.Stamp{Time: at, Zoned: true}}
		st := news.Story{ID: 1, Headline: "Harbour reopens", Lead: 1, Lang: "en", Articles: i + 1, Sources: 1, Independent: 1, Langs: []string{"en"}, First: 1, FirstAt: day, Opened: day, Changed: at}
		r := store.Result{Cursor: store.MainCursor, Page: page, Article: a, Analysis: news.Analysis{ArticleID: page}, Tokens: "the harbour reopens at noon",
			Placement: news.Placement{Article: page, Story: 1, New: i == 0}, Stories: []news.Story{st}}
		if err := d.store.Commit(ctx, r); err != nil {
			d.t.Fatal(err)
		}
	}
}

func (d *desk) call(role auth.Role, method, path, body string) *httptest.ResponseRecorder {
	d.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if role != auth.Nobody {
		r.Header.Set("Authorization", "Bearer "+d.tokens[role])
	}
	w := httptest.NewRecorder()
	d.http.ServeHTTP(w, r)
	d.asDescribed(method, path, w)
	return w
}

func (d *desk) object(w *httptest.ResponseRecorder) map[string]any {
	d.t.Helper()
	var v map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		d.t.Fatalf("status %d, %v: %s", w.Code, err, w.Body)
	}
	return v
}

func TestAnswers(t *testing.T) {
	d := newDesk(t)
	for path, key := range map[string]string{
		"/status": "articles", "/stories": "stories", "/stories/1": "articles", "/articles/1": "article", "/search?q=harbour": "hits", "/sources": "sources", "/watches": "watches", "/openapi.json": "paths",
	} {
		w := d.call(auth.Reader, "GET", "/api/v1"+path, "")
		if w.Code != 200 || w.Header().Get("Content-Type") != "application/json" {
			t.Errorf("%s: %d %s %s", path, w.Code, w.Header().Get("Content-Type"), w.Body)
			continue
		}
		if _, ok := d.object(w)[key]; !ok {
			t.Errorf("%s lacks %q: %s", path, key, w.Body)
		}
		again := httptest.NewRequest("GET", "/api/v1"+path, nil)
		again.Header.Set("Authorization", "Bearer "+d.tokens[auth.Reader])
		again.Header.Set("If-None-Match", w.Header().Get("ETag"))
		rec := httptest.NewRecorder()
		d.http.ServeHTTP(rec, again)
		if rec.Code != http.StatusNotModified {
			t.Errorf("%s asked again: %d", path, rec.Code)
		}
	}
}

// A story tells who speaks of it, an article of which stories it speaks.
func TestReferences(t *testing.T) {
	d := newDesk(t)
	page, err := d.store.KeepPage(t.Context(), news.Page{SourceID: 1, URL: "https://example.org/9", Status: 200, Body: []byte("x"), Fetched: day})
	if err != nil {
		t.Fatal(err)
	}
	a := news.Article{ID: page, PageID: page, SourceID: 1, Headline: "A year on", Lang: "en", Text: "In March the harbour was shut."}
	p := news.Placement{Article: page, Story: page, New: true, References: []news.Reference{{Article: page, Span: news.Span{End: 30}, When: news.Span{Start: 3, End: 8}, Other: 1}}}
	err = d.store.Commit(t.Context(), store.Result{Cursor: store.MainCursor, Page: page, Article: a, Placement: p, Stories: []news.Story{{ID: page, Lead: page, First: page}}})
	if err != nil {
		t.Fatal(err)
	}
	by, ok := d.object(d.call(auth.Reader, "GET", "/api/v1/stories/1", ""))["referred_by"].([]any)
	if !ok || len(by) != 1 {
		t.Fatalf("the story is referred to by %v", by)
	}
	from := by[0].(map[string]any)
	when := from["reference"].(map[string]any)["when"].(map[string]any)
	if from["article"] != float64(page) || from["headline"] != "A year on" || when["text"] != "March" {
		t.Errorf("%v", from)
	}
	refs, ok := d.object(d.call(auth.Reader, "GET", fmt.Sprint("/api/v1/articles/", page), ""))["references"].([]any)
	if !ok || len(refs) != 1 || refs[0].(map[string]any)["story"] != 1.0 {
		t.Errorf("the article refers to %v", refs)
	}
}

func TestPaging(t *testing.T) {
	d := newDesk(t)
	first := d.object(d.call(auth.Reader, "GET", "/api/v1/search?q=harbour&n=1", ""))
	if first["total"].(float64) != 2 || first["next"] == nil {
		t.Fatalf("first page: %v", first)
	}
	second := d.object(d.call(auth.Reader, "GET", "/api/v1/search?q=harbour&n=1&after="+first["next"].(string), ""))
	a := first["hits"].([]any)[0].(map[string]any)["id"]
	if b := second["hits"].([]any)[0].(map[string]any)["id"]; a == b {
		t.Error("the second page is the first")
	}
}

func TestExports(t *testing.T) {
	d := newDesk(t)
	w := d.call(auth.Reader, "GET", "/api/v1/articles?from=2026-03-01", "")
	if lines := strings.Count(w.Body.String(), "\n"); w.Code != 200 || lines != 2 {
		t.Errorf("%d lines, status %d", lines, w.Code)
	}
	csv := d.call(auth.Reader, "GET", "/api/v1/search?q=harbour&format=csv", "").Body.String()
	for _, line := range strings.Split(csv, "\n") {
		for _, field := range strings.Split(line, ",") {
			if strings.HasPrefix(strings.Trim(field, `"`), "=") {
				t.Errorf("a formula gets out: %s", line)
			}
		}
	}
	if !strings.Contains(csv, "'=Pacific Desk") {
		t.Error(csv)
	}
}

func TestProblems(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct {
		role               auth.Role
		method, path, body string
		want               int
	}{
		{auth.Nobody, "GET", "/stories", "", 401}, {auth.Reader, "GET", "/stories/77", "", 404}, {auth.Reader, "GET", "/stories/x", "", 404}, {auth.Reader, "GET", "/nowhere", "", 404},
		{auth.Reader, "PUT", "/stories", "", 405}, {auth.Reader, "GET", "/search?q=a+AND+b+OR+c", "", 422}, {auth.Reader, "GET", "/search?q=a&n=1000", "", 422}, {auth.Reader, "GET", "/articles", "", 422},
		{auth.Reader, "POST", "/watches", `{"name":"x","query":"flood"}`, 403}, {auth.Editor, "POST", "/watches", `{"nme":"x"}`, 422}, {auth.Editor, "POST", "/watches", `{`, 422},
		{auth.Reader, "POST", "/read", `{"url":"http://127.0.0.1/"}`, 403}, {auth.Reader, "POST", "/read", `{}`, 422}, {auth.Reader, "GET", "/stories?after=yesterday", "", 422},
		{auth.Editor, "DELETE", "/watches/77", "", 404}, {auth.Reader, "GET", "/search?q=a&limit=2", "", 422}, {auth.Reader, "GET", "/search?q=a&q=b", "", 422}, {auth.Reader, "GET", "/search?q=%zz", "", 422},
		{auth.Reader, "GET", "/search?q=a&order=best", "", 422}, {auth.Reader, "GET", "/me/articles?order=rank", "", 422}, {auth.Reader, "GET", "/stories/1?full=1", "", 422}, {auth.Reader, "GET", "/search?q=a&after=1.2x", "", 422},
	} {
		w := d.call(c.role, c.method, "/api/v1"+c.path, c.body)
		if w.Code != c.want || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s as %s: %d %s, want %d: %s", c.method, c.path, c.role, w.Code, w.Header().Get("Content-Type"), c.want, w.Body)
			continue
		}
		if p := d.object(w); p["status"].(float64) != float64(c.want) || p["type"] == "" || p["detail"] == "" {
			t.Errorf("%s: %v", c.path, p)
		}
	}
}

func TestWatches(t *testing.T) {
	d := newDesk(t)
	made := d.object(d.call(auth.Editor, "POST", "/api/v1/watches", `{"name":"Water","query":"harbour OR port"}`))
	if made["id"].(float64) < 1 {
		t.Fatal(made)
	}
	tried := d.object(d.call(auth.Reader, "POST", "/api/v1/watches/test", `{"query":"harbour"}`))
	if tried["articles"].(float64) != 2 || tried["stories"].(float64) != 1 {
		t.Errorf("tried: %v", tried)
	}
	if w := d.call(auth.Editor, "DELETE", fmt.Sprintf("/api/v1/watches/%v", made["id"]), ""); w.Code != 200 {
		t.Errorf("delete: %d %s", w.Code, w.Body)
	}
}

func TestRead(t *testing.T) {
	d := newDesk(t)
	got := d.object(d.call(auth.Reader, "POST", "/api/v1/read", `{"text":"Words."}`))
	if got["text"] != "Words." || got["version"].(float64) != 1 {
		t.Errorf("read: %v", got)
	}
}

func TestRequestsAreLimited(t *testing.T) {
	d := newDesk(t)
	limited := 0
	for range int(burst) + 20 {
		if w := d.call(auth.Reader, "GET", "/api/v1/status", ""); w.Code == http.StatusTooManyRequests && w.Header().Get("Retry-After") != "" {
			limited++
		}
	}
	if limited != 20 {
		t.Errorf("%d requests were held up, want 20", limited)
	}
	if w := d.call(auth.Editor, "GET", "/api/v1/status", ""); w.Code != 200 {
		t.Error("one caller's flood holds up another")
	}
}

// The description names every route and no other.
func TestDescriptionMatchesRoutes(t *testing.T) {
	d := newDesk(t)
	paths := d.object(d.call(auth.Nobody, "GET", "/api/v1/openapi.json", ""))["paths"].(map[string]any)
	n := 0
	for path, ops := range paths {
		for method := range ops.(map[string]any) {
			n++
			asked := strings.NewReplacer("{id}", "1").Replace(path)
			if w := d.call(auth.Admin, strings.ToUpper(method), asked, "{}"); w.Code == http.StatusNotFound && strings.Contains(w.Body.String(), "no such address") {
				t.Errorf("%s %s is described and not there", method, path)
			}
		}
	}
	if want := len((&server{Options: Options{Lists: d.lists}}).all()); n != want {
		t.Errorf("%d operations are described, %d exist", n, want)
	}
}
