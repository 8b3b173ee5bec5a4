package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"marsad/internal/auth"
	"marsad/internal/list"
)

func TestTokensEnd(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Reader)
	b.speak("en")
	csrf := b.csrf()
	token := words(b.post("/settings/tokens", url.Values{"csrf": {csrf}, "name": {"phone"}}).wants(200).one(".done code"))
	use := func() int {
		return w.with("GET", "/", "localhost", "127.0.0.1:1", func(r *http.Request) { r.SetBasicAuth("any", token) }).Code
	}
	if use() != 200 {
		t.Fatal("the token opens nothing")
	}
	if code := w.with("POST", "/seen", "localhost", "127.0.0.1:1", func(r *http.Request) { r.SetBasicAuth("any", token) }).Code; code != 403 {
		t.Errorf("with what browsers send unasked something can be changed: %d", code)
	}
	page := b.get("/settings").wants(200)
	forms := page.all(`form[action="/settings/tokens/end"]`)
	if len(forms) != 1 {
		t.Fatalf("%d things can be ended, want the token alone", len(forms))
	}
	hash := attr((&reply{t: t, doc: forms[0]}).one("input[name=session]"), "value")
	other := w.serve(t)
	if _, err := w.keeper.Create(t.Context(), "other", "a long password", auth.Reader, "en"); err != nil {
		t.Fatal(err)
	}
	other.post("/signin", url.Values{"name": {"other"}, "password": {"a long password"}}).wants(303)
	other.post("/settings/tokens/end", url.Values{"csrf": {other.csrf()}, "session": {hash}}).wants(404)
	if use() != 200 {
		t.Error("another ended it")
	}
	b.post("/settings/tokens/end", url.Values{"csrf": {csrf}, "session": {hash}}).wants(303)
	if use() == 200 {
		t.Error("the token outlives its end")
	}
}

func TestPasswordEndsSessions(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Reader)
	second := w.serve(t)
	second.post("/signin", url.Values{"name": {"the reader"}, "password": {"a long password"}}).wants(303)
	second.get("/").wants(200)
	csrf := b.csrf()
	b.post("/settings/password", url.Values{"csrf": {csrf}, "old": {"wrong"}, "new": {"another password"}}).wants(422)
	b.post("/settings/password", url.Values{"csrf": {csrf}, "old": {"a long password"}, "new": {"short"}}).wants(422)
	second.get("/").wants(200)
	b.post("/settings/password", url.Values{"csrf": {csrf}, "old": {"a long password"}, "new": {"another password"}}).wants(303)
	b.get("/").wants(200)
	second.get("/").wants(303)
}

func TestAudit(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Admin)
	b.speak("en")
	csrf := b.csrf()
	w.serve(t).post("/signin", url.Values{"name": {"the admin"}, "password": {"wrong"}}).wants(403)
	b.post("/watches", url.Values{"csrf": {csrf}, "q": {"flood"}, "name": {"Water"}, "zone": {"UTC"}}).wants(303)
	b.post("/watches", url.Values{"csrf": {csrf}, "q": {"a AND b OR c"}, "name": {"Wrong"}, "zone": {"UTC"}}).wants(422)
	b.post("/sources/1/delete", url.Values{"csrf": {csrf}}).wants(303)
	rows := b.get("/audit").wants(200).all("tbody tr")
	var got []string
	for _, r := range rows {
		got = append(got, words(r))
	}
	if len(rows) != 4 || !strings.Contains(got[0], "removed a source") || !strings.Contains(got[1], "saved a watch") || !strings.Contains(got[2], "wrong name or password") || !strings.Contains(got[3], "the admin") {
		t.Errorf("the list reads %q", got)
	}
	w.signedIn(t, auth.Editor).get("/audit").wants(403)
}

// Every change that an editor can make has words in the list of changes.
func TestEveryChangeIsWrittenDown(t *testing.T) {
	s := &site{Options: Options{Lists: &list.Service{}}}
	for _, rt := range s.routes() {
		if method, _, _ := strings.Cut(rt.pattern, " "); method == "POST" && rt.need >= auth.Editor && audited[rt.pattern] == "" {
			t.Errorf("%s is written down nowhere", rt.pattern)
		}
	}
	for pattern, key := range audited {
		if key == "" {
			t.Errorf("%s has no key", pattern)
		}
	}
}

func TestFeeds(t *testing.T) {
	w := newWorld(t)
	story, _ := w.richest(t)
	b := w.serve(t)
	for _, path := range []string{"/feed", story + "/feed", "/watches/1/feed", "/sources/1/feed", "/search/feed"} {
		query := ""
		if path == "/search/feed" {
			query = "?q=port+OR+ship"
		}
		a := b.get(path + ".json" + query).wants(200)
		var f jsonFeed
		if err := json.Unmarshal([]byte(a.body), &f); err != nil || f.Version != "https://jsonfeed.org/version/1.1" || a.header.Get("Content-Type") != "application/feed+json; charset=utf-8" {
			t.Errorf("%s: %v %s", path, err, a.header.Get("Content-Type"))
			continue
		}
		if len(f.Items) == 0 || f.Self != b.url+path+".json"+query || !strings.HasPrefix(f.HomePage, b.url) {
			t.Errorf("%s: %d items, self %s, page %s", path, len(f.Items), f.Self, f.HomePage)
		}
		last := time.Now().AddDate(10, 0, 0)
		for _, it := range f.Items {
			at, err := time.Parse(time.RFC3339, it.Published)
			if err != nil || at.After(last) || it.Title == "" || it.ID == "" {
				t.Errorf("%s: item %+v, %v", path, it, err)
			}
			last = at
		}
		atom := b.get(path + ".atom" + query).wants(200)
		if n := strings.Count(atom.body, "<entry "); n != len(f.Items) {
			t.Errorf("%s: %d entries in Atom, %d in JSON", path, n, len(f.Items))
		}
		r, err := http.NewRequest("GET", b.url+path+".atom"+query, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("If-None-Match", atom.header.Get("ETag"))
		b.send(r).wants(304)
	}
	b.get("/search/feed.json?q=a+AND+b+OR+c").wants(422)
	b.get("/stories/99999/feed.json").wants(404)
}

// What letters hold acts for those they go to: on a desk without accounts whoever set it up may read them, and nobody else on the machine.
func TestLettersOfAnUnclaimedDesk(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Demo = false })
	at := w.aNotice(t)
	stranger := w.serve(t)
	for _, path := range []string{at, at + "/message"} {
		if a := stranger.get(path); a.status == 200 || strings.Contains(a.body, "/confirm/") {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	holder := w.serve(t)
	holder.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
	holder.get(at).wants(200)
}
