package api

import (
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// What programs are known to ask, and what they trip over when the answer is another.
func TestWhatClientsAsk(t *testing.T) {
	d := newDesk(t)
	a := d.app("reader", "a long password")
	a.root = "/api/greader.php"
	for name, ask := range map[string]string{
		"FeedMe, starred":               "/reader/api/0/stream/items/ids?output=json&n=500&ot=0&s=user%2F-%2Fstate%2Fcom.google%2Fstarred",
		"FeedMe, contents by parameter": "/reader/api/0/stream/contents?output=json&n=100&xt=user/-/state/com.google/read&ot=0&s=user/-/state/com.google/reading-list",
		"Fluent Reader, no stream":      "/reader/api/0/stream/contents?output=json&n=250",
		"Fluent Reader, short name":     "/reader/api/0/stream/contents/reading-list?output=json&n=250",
		"NetNewsWire, all ids":          "/reader/api/0/stream/items/ids?output=json&n=1000&s=user/-/state/com.google/reading-list&ot=1",
		"NetNewsWire, one feed's ids":   "/reader/api/0/stream/items/ids?output=json&n=1000&s=feed/1",
		"by the feed's address":         "/reader/api/0/stream/items/ids?s=feed/https://example.org/feed",
		"counts":                        "/reader/api/0/unread-count?output=json&all=1&client=x",
		"user":                          "/reader/api/0/user-info?output=json",
		"preferences":                   "/reader/api/0/preference/list?output=json",
		"preferences of streams":        "/reader/api/0/preference/stream/list?output=json",
		"tags":                          "/reader/api/0/tag/list?output=json&types=1&counts=1",
	} {
		w := a.do("GET", ask, nil)
		if w.Code != 200 || !json.Valid(w.Body.Bytes()) || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	var page struct{ Continuation any }
	a.get("/reader/api/0/stream/items/ids?s=user/-/state/com.google/reading-list&n=1", &page)
	if _, ok := page.Continuation.(string); !ok { // Reeder reads nothing then
		t.Errorf("continuation is %T", page.Continuation)
	}
	if w := a.do("GET", "/reader/api/0/token", nil); w.Body.Len() != 57 {
		t.Errorf("token %q", w.Body)
	}
}

// A question may stand in a form, and many articles in one edit.
func TestQuestionsInForms(t *testing.T) {
	d := newDesk(t)
	a := d.app("reader", "a long password")
	w := a.do("POST", "/reader/api/0/stream/items/ids", url.Values{"s": {"user/-/state/com.google/reading-list"}, "n": {"1"}, "r": {"o"}, "xt": {"user/-/state/com.google/read"}})
	if w.Code != 200 || !strings.Contains(w.Body.String(), `"id":"1"`) || strings.Contains(w.Body.String(), `"id":"2"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	form := url.Values{"i": {longItemID(1), "2", "0000000000000001", "999"}, "output": {"json"}}
	var got struct{ Items []grItem }
	if w := a.do("POST", "/reader/api/0/stream/items/contents", form); w.Code != 200 || json.Unmarshal(w.Body.Bytes(), &got) != nil || len(got.Items) != 2 {
		t.Errorf("contents: %d, %d items", w.Code, len(got.Items))
	}
	a.ok("edit-tag", "i", "1", "i", "2", "a", "user/-/label/a", "a", "user/-/label/b")
	a.ok("rename-tag", "t", "a", "dest", "user/-/label/b")
	a.ok("disable-tag", "t", "b")
	a.ok("mark-all-as-read", "s", "feed/1", "s", "user/-/label/b", "ts", "1773144000000000")
	if got := a.ids(unreadOnly); !slices.Equal(got, nil) && len(got) != 0 {
		t.Errorf("unread %v", got)
	}
	for _, bad := range []url.Values{{}, {"s": {"feed/x"}}, {"s": {"feed/https://nowhere.example/"}}} {
		if w := a.do("POST", "/reader/api/0/mark-all-as-read", bad); w.Code != 400 {
			t.Errorf("mark-all-as-read %v: %d", bad, w.Code)
		}
	}
}

// Programs learn from a header that they have to sign in anew.
func TestTokenThatEnded(t *testing.T) {
	d := newDesk(t)
	r := httptest.NewRequest("POST", "/reader/api/0/edit-tag", strings.NewReader("i=1&a=user/-/state/com.google/read"))
	r.Header.Set("Authorization", "GoogleLogin auth=ended")
	w := httptest.NewRecorder()
	d.http.ServeHTTP(w, r)
	if w.Code != 401 || w.Header().Get("X-Reader-Google-Bad-Token") != "true" || w.Header().Get("Google-Bad-Token") != "true" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}
