package web

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"

	"marsad/internal/auth"
)

// Two who read at the same time: each does all that a reader can to the same story, source and name, and neither sees a thing of the other's.
func TestTwoReadersAtOnce(t *testing.T) {
	w := newWorld(t)
	story, article := w.richest(t)
	name := w.mostNamed(t)
	readers := map[string]*browser{"amal": w.signedIn(t, auth.Reader).speak("en"), "badr": w.signedIn(t, auth.Editor).speak("en")}
	csrf := map[string]string{}
	for who, b := range readers {
		csrf[who] = b.csrf()
	}
	pages := []string{"/", story, article, "/sources/1", name, "/mylist", "/sources.opml", "/search?q=port", "/settings"}
	mark := func(who, at, do, field, value string) error {
		form := url.Values{"csrf": {csrf[who]}, "do": {do}, "next": {"/mylist"}}
		if field != "" {
			form.Set(field, value)
		}
		if a := readers[who].post(at+"/mark", form); a.status != 303 {
			return fmt.Errorf("%s %s of %s: %d", do, at, who, a.status)
		}
		return nil
	}
	var all sync.WaitGroup
	failed := make(chan error, 100)
	for who := range readers {
		all.Go(func() {
			for range 3 {
				for _, m := range [][4]string{{story, "star"}, {story, "label", "label", who + " tag"}, {article, "star"}, {article, "label", "label", who + " tag"}, {article, "unread"},
					{"/sources/1", "file", "folder", who + " folder"}, {"/sources/1", "follow"}, {name, "follow"}, {story, "follow"}} {
					if err := mark(who, m[0], m[1], m[2], m[3]); err != nil {
						failed <- err
					}
				}
			}
		})
	}
	all.Wait()
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	other := map[string]string{"amal": "badr", "badr": "amal"}
	for who, b := range readers {
		for _, p := range pages {
			a := b.get(p).wants(200)
			if strings.Contains(a.body, other[who]+" tag") || strings.Contains(a.body, other[who]+" folder") {
				t.Errorf("%s sees something of %s on %s", who, other[who], p)
			}
		}
		if n := len(b.get("/mylist?label=" + url.QueryEscape(other[who]+" tag")).wants(200).all("main li a")); n != 0 {
			t.Errorf("%s finds %d articles by a tag of %s", who, n, other[who])
		}
		own := b.get("/mylist").wants(200)
		if !strings.Contains(own.body, who+" tag") || !strings.Contains(own.body, who+" folder") {
			t.Errorf("%s does not find what is theirs", who)
		}
	}
	// One hides a source, a name and the story; the other goes on seeing them.
	before := len(readers["badr"].get("/").wants(200).all(".story"))
	for _, at := range []string{"/sources/1", name, story} {
		if err := mark("amal", at, "mute", "", ""); err != nil {
			t.Error(err)
		}
	}
	if n := len(readers["amal"].get("/").wants(200).all(".story")); n >= before {
		t.Errorf("amal hid a name and sees %d stories of %d still", n, before)
	}
	if n := len(readers["badr"].get("/").wants(200).all(".story")); n != before {
		t.Errorf("badr sees %d stories, before it were %d", n, before)
	}
	for _, at := range []string{"/sources/1", name} {
		for who, want := range map[string]string{"amal": "Show to me again", "badr": "Stop following"} {
			if got := words(readers[who].get(at).wants(200).one("button[value=clear]")); got != want {
				t.Errorf("%s is offered to %q %s", who, got, at)
			}
		}
	}
}
