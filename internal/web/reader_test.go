package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"marsad/internal/auth"
	"marsad/internal/store"
)

// marking sends one button of a form of marks.
func (b *browser) mark(csrf, path, do string, more ...string) *reply {
	b.t.Helper()
	form := url.Values{"csrf": {csrf}, "do": {do}, "next": {"/?only=new#s1"}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return b.post(path, form)
}

func TestMarksOfAStory(t *testing.T) {
	w := newWorld(t)
	story, _ := w.richest(t)
	id := strings.TrimPrefix(story, "/stories/")
	b := w.signedIn(t, auth.Reader)
	b.speak("en")
	csrf := b.csrf()
	row := "#s" + id
	if n := b.get("/").wants(200).all(row + ".seen"); len(n) != 0 {
		t.Error("a story that nobody opened counts as seen")
	}
	if to := b.mark(csrf, story+"/mark", "star").wants(303).header.Get("Location"); to != "/?only=new#s1" {
		t.Errorf("a mark leads to %s", to)
	}
	if n := b.get("/").all(row + " .star[value=unstar]"); len(n) != 1 {
		t.Error("the star does not show")
	}
	b.get("/?only=star").wants(200).one(".lead, .story")
	first := b.get(story).wants(200)
	if len(first.all(".since")) != 0 {
		t.Error("the first look tells of a look before")
	}
	if again := b.get(story); !strings.Contains(words(again.one(".doc > header")), "Nothing new since you last looked") {
		t.Error("the second look does not say that nothing is new")
	}
	if n := b.get("/").all(row + " .see[value=unseen]"); len(n) != 1 {
		t.Error("a story that was opened does not count as seen")
	}
	b.mark(csrf, story+"/mark", "unseen").wants(303)
	if n := b.get("/?only=new").all(row + " .fresh-n"); len(n) != 1 {
		t.Error("what is new again is not counted")
	}
	if fresh := b.get(story).all(".badge.fresh-n"); len(fresh) != 0 {
		t.Error("articles that came before the last look are called new")
	}
	b.mark(csrf, story+"/mark", "label", "label", "  ميناء   قديم ").wants(303)
	if tag := b.get(story).one(".tags .badge"); words(tag) != "ميناء قديم" || attr(tag, "href") != "/mylist?label="+url.QueryEscape("ميناء قديم") && !strings.HasPrefix(attr(tag, "href"), "/mylist?label=%") {
		t.Errorf("the tag is %q %s", words(tag), attr(tag, "href"))
	}
	b.get("/mylist?label=" + url.QueryEscape("ميناء قديم")).wants(200).one(".story")
	b.mark(csrf, story+"/mark", "mute").wants(303)
	if n := b.get("/").all(row); len(n) != 0 {
		t.Error("a story that was hidden is shown")
	}
	if n := b.get("/mylist").wants(200).all("aside form button[value=clear]"); len(n) != 1 {
		t.Error("what was hidden cannot be shown again")
	}
	b.post("/mylist", url.Values{"csrf": {csrf}, "do": {"clear"}, "kind": {"story"}, "key": {id}}).wants(303)
	if n := b.get("/").all(row); len(n) != 1 {
		t.Error("shown again, it is not shown")
	}
	b.mark(csrf, story+"/mark", "nonsense").wants(422)
	b.mark(csrf, "/stories/999999/mark", "star").wants(404)
	other := w.serve(t)
	if _, err := w.keeper.Create(t.Context(), "other", "a long password", auth.Reader, "en"); err != nil {
		t.Fatal(err)
	}
	other.post("/signin", url.Values{"name": {"other"}, "password": {"a long password"}}).wants(303)
	if n := other.get("/").all(row + " .star[value=unstar], " + row + " .see[value=unseen], " + row + " .fresh-n"); len(n) != 0 {
		t.Error("another account sees the marks")
	}
}

func TestMarksOfNamesSourcesAndArticles(t *testing.T) {
	w := newWorld(t)
	_, article := w.richest(t)
	b := w.serve(t).speak("en")
	b.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
	csrf := attr(b.get("/settings").all("input[name=csrf]")[0], "value")
	if n := b.get(article).wants(200).all(".see[value=read]"); len(n) != 1 {
		t.Error("an article that nobody opened counts as read")
	}
	if n := b.get(article).wants(200).all(".see[value=unread]"); len(n) != 1 {
		t.Error("an article that was opened does not count as read")
	}
	b.mark(csrf, article+"/mark", "unread").wants(303)
	b.mark(csrf, article+"/mark", "star").wants(303)
	name := w.anEntity(t)
	for _, path := range []string{name, "/sources/1"} {
		b.mark(csrf, path+"/mark", "follow").wants(303)
		b.get(path).wants(200).one(".own button[value=clear]")
		b.mark(csrf, path+"/mark", "adore").wants(422)
	}
	b.mark(csrf, "/sources/1/mark", "file", "folder", "Wires").wants(303)
	b.get("/sources/1").wants(200).one(".tags button[value=unfile]")
	a := b.get("/mylist").wants(200)
	if n := a.all("aside li.kv"); len(n) != 2 {
		t.Errorf("%d things are followed, want 2", len(n))
	}
	if n := a.all(".story"); len(n) < 3 {
		t.Errorf("%d stories on the list", len(n))
	}
	b.post("/mylist", url.Values{"csrf": {csrf}, "do": {"rename"}, "name": {"Wires"}, "to": {"Agencies"}}).wants(303)
	if !strings.Contains(b.get("/mylist").body, "Agencies") {
		t.Error("the folder keeps its name")
	}
	b.post("/setup/account", url.Values{"csrf": {csrf}, "name": {"anna"}, "password": {"a long password"}}).wants(303)
	if n := b.get("/mylist").wants(200).all("aside li.kv"); len(n) != 2 {
		t.Error("the first account does not take over what was followed before it")
	}
}

func TestSeeAll(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Reader)
	form := b.get("/").wants(200).one(`form[action="/seen"]`)
	data := url.Values{"next": {"/"}}
	for _, n := range (&reply{t: t, doc: form}).all("input[type=hidden]") {
		if attr(n, "name") != "next" {
			data.Add(attr(n, "name"), attr(n, "value"))
		}
	}
	if len(data["story"]) < 10 {
		t.Fatalf("%d stories to see", len(data["story"]))
	}
	b.post("/seen", data).wants(303)
	a := b.get("/").wants(200)
	if seen, all := len(a.all(".story.seen")), len(a.all(".story")); seen != all || all == 0 {
		t.Errorf("%d of %d are seen", seen, all)
	}
	data.Set("story", "x")
	b.post("/seen", data).wants(422)
}

// A script gets the changed form alone, without a page around it.
func TestMarksInPlace(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Reader)
	cards, err := w.store.Stories(t.Context(), store.StoryFilter{N: 1})
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"csrf": {b.csrf()}, "do": {"seen"}, "next": {"//evil.example/"}}
	r, err := http.NewRequest("POST", fmt.Sprintf("%s/stories/%d/mark", b.url, cards[0].Story.ID), strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Part", "marks")
	a := b.send(r).wants(200)
	if strings.Contains(a.body, "<html") || len(a.all(".see[value=unseen]")) != 1 || strings.Contains(a.body, "evil") {
		t.Errorf("the answer is %s", a.body)
	}
}
