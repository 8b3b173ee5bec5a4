package web

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"marsad/internal/auth"
	"marsad/news"
)

// open opens the feed of a watch, as an editor on its page, and gives its path without the ending.
func (w *world) open(t *testing.T, b *browser, csrf, do string) string {
	t.Helper()
	b.post("/watches/1/feed", url.Values{"csrf": {csrf}, "do": {do}}).wants(303)
	watch, err := w.store.Watch(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(OpenFeed(watch), "atom")
}

// TestOpenFeed reads a watch's feed as somebody from elsewhere who holds its address, and tries what else that opens.
func TestOpenFeed(t *testing.T) {
	w := newWorld(t)
	if _, err := w.store.SaveWatch(t.Context(), news.Watch{Name: "Other", Query: "port", Zone: "UTC", Created: start}); err != nil {
		t.Fatal(err)
	}
	editor := w.signedIn(t, auth.Editor)
	csrf := editor.csrf()
	if len(editor.get("/watches/1").wants(200).all(`form[action="/watches/1/feed"] code`)) != 0 {
		t.Fatal("a feed is open that nobody opened")
	}
	at := w.open(t, editor, csrf, "open")
	if shown := words(editor.get("/watches/1").wants(200).one(`form[action="/watches/1/feed"] code`)); !strings.HasSuffix(shown, at+"atom") {
		t.Errorf("the page shows %q", shown)
	}
	stranger := w.serve(t)
	var f jsonFeed
	a := stranger.get(at + "json").wants(200)
	if err := json.Unmarshal([]byte(a.body), &f); err != nil || len(f.Items) == 0 {
		t.Fatal(err, a.body)
	}
	for _, it := range f.Items {
		if strings.Contains(it.URL, "/articles/") || !webLink(it.URL) {
			t.Errorf("leads a stranger to %s", it.URL)
		}
	}
	atom := stranger.get(at + "atom").wants(200)
	for _, body := range []string{a.body, atom.body} {
		if strings.Contains(body, "inondation") { // of the query
			t.Error("shows the query")
		}
	}
	if atom.header.Get("Set-Cookie") != "" || atom.header.Get("X-Robots-Tag") != "noindex" {
		t.Error(atom.header)
	}
	key := strings.Split(at, "/")[3]
	for _, path := range []string{"/f/2/" + key + "/feed.atom", "/f/1/" + key[1:] + "/feed.atom", "/f/1/x/feed.json", "/f/999/" + key + "/feed.atom", "/f/0/x/feed.atom", "/f/-1/x/feed.atom", "/f/2//feed.atom"} {
		if got := stranger.get(path).status; got != 404 && got != 301 && got != 307 {
			t.Errorf("%s: %d", path, got)
		}
	}
	wrong, never := stranger.get("/f/1/x/feed.atom"), stranger.get("/f/999/x/feed.atom")
	if strings.ReplaceAll(wrong.body, "f%2F1%2Fx", "f%2F999%2Fx") != never.body {
		t.Error("a watch that is there answers unlike one that is not")
	}
	s := &site{Options: w.options}
	for _, rt := range s.routes() { // the key in any other place opens nothing
		method, path, _ := strings.Cut(rt.pattern, " ")
		if rt.need == auth.Nobody || method != "GET" || path == "/events" {
			continue
		}
		path = strings.NewReplacer("{id}", "1", "{$}", "", "{token}", key, "{slug}", key, "{n}", "0").Replace(path)
		if got := stranger.get(path + "?token=" + key + "&key=" + key).status; got == 200 {
			t.Errorf("%s is open", path)
		}
	}
	fresh := w.open(t, editor, csrf, "open")
	if fresh == at {
		t.Fatal("the same address again")
	}
	stranger.get(at + "atom").wants(404)
	stranger.get(fresh + "atom").wants(200)
	w.open(t, editor, csrf, "close")
	stranger.get(fresh + "atom").wants(404)
	stranger.get(fresh + "json").wants(404)
	if stranger.post("/watches/1/feed", url.Values{"do": {"open"}}).status == 303 && w.feedKey(t) != "" {
		t.Error("a stranger opened it")
	}
	w.signedIn(t, auth.Reader).get("/watches/1").wants(200)
}

func (w *world) feedKey(t *testing.T) string {
	watch, err := w.store.Watch(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	return watch.FeedKey
}

// TestHubsKnowTheOpenFeed: what a hub is told of is what it can read.
func TestHubsKnowTheOpenFeed(t *testing.T) {
	w := newWorld(t)
	hub, err := w.store.SaveRecipient(t.Context(), news.Recipient{Carrier: "websub", Address: "websub:https://hub.example/", State: news.Confirmed, Created: start})
	if err != nil {
		t.Fatal(err)
	}
	watch, err := w.store.Watch(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	watch.FeedKey, watch.Recipients = "abcdefgh", append(watch.Recipients, hub)
	if _, err := w.store.SaveWatch(t.Context(), watch); err != nil {
		t.Fatal(err)
	}
	b := w.serve(t)
	for _, path := range []string{"/f/1/abcdefgh/feed.json", "/watches/1/feed.json"} {
		var f jsonFeed
		a := b.get(path).wants(200)
		if err := json.Unmarshal([]byte(a.body), &f); err != nil || !strings.HasSuffix(f.Self, "/f/1/abcdefgh/feed.json") || len(f.Hubs) != 1 {
			t.Errorf("%s: %+v %v", path, f.Self, err)
		}
		if links := strings.Join(a.header.Values("Link"), " "); !strings.Contains(links, `/f/1/abcdefgh/feed.json>; rel="self"`) || !strings.Contains(links, `<https://hub.example/>; rel="hub"`) {
			t.Error(links)
		}
	}
}
