package web

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
	"marsad/story"
)

func TestCorrecting(t *testing.T) {
	var asked []story.Correction
	undone := int64(0)
	w := newWorld(t, func(o *Options) {
		o.Desk.Correct = func(_ context.Context, by string, c story.Correction) (int64, error) {
			asked = append(asked, c)
			return o.Store.(interface {
				Correct(context.Context, store.Correction, store.Effect) (int64, error)
			}).Correct(context.Background(), store.Correction{Said: testNow(), By: by, Done: story.Corrected{Correction: c}}, store.Effect{})
		}
		o.Desk.Uncorrect = func(_ context.Context, by string, id int64) error { undone = id; return nil }
	})
	at, _ := w.richest(t)
	reader := w.signedIn(t, auth.Reader)
	if n := reader.get(at).wants(200).all(`form[action$="/correct"]`); len(n) != 0 {
		t.Error("a reader may correct stories")
	}
	b := w.signedIn(t, auth.Editor)
	b.speak("en")
	csrf := b.csrf()
	page := b.get(at).wants(200)
	boxes := page.all(`input[name=article]`)
	if len(boxes) < 5 {
		t.Fatalf("%d articles can be split off", len(boxes))
	}
	b.post(at+"/correct", url.Values{"csrf": {csrf}, "do": {"split"}, "article": {attr(boxes[0], "value"), attr(boxes[1], "value")}}).wants(303)
	b.post(at+"/correct", url.Values{"csrf": {csrf}, "do": {"merge"}, "other": {b.url + "/stories/7"}}).wants(303)
	b.post(at+"/correct", url.Values{"csrf": {csrf}, "do": {"apart"}, "other": {" 8 "}}).wants(303)
	if len(asked) != 3 || asked[0].Kind != story.SplitStory || len(asked[0].Articles) != 2 || asked[1].Kind != story.MergeStories || asked[1].Stories[1] != 7 || asked[2].Kind != story.DistinctStory || asked[2].Stories[1] != 8 {
		t.Errorf("the desk was asked %+v", asked)
	}
	for _, bad := range []url.Values{{"do": {"burn"}}, {"do": {"merge"}, "other": {"x"}}, {"do": {"split"}, "article": {"x"}}, {"do": {"merge"}, "other": {strings.TrimPrefix(at, "/stories/")}}} {
		bad.Set("csrf", csrf)
		b.post(at+"/correct", bad).wants(422)
	}
	undo := b.get(at).wants(200).all(`form[action^="/corrections/"]`)
	if len(undo) != 2 { // the split moved nothing here, and names no story
		t.Fatalf("%d corrections can be taken back", len(undo))
	}
	b.post(attr(undo[0], "action"), url.Values{"csrf": {csrf}, "next": {at}}).wants(303)
	if undone == 0 {
		t.Error("nothing was taken back")
	}
}

func TestPictures(t *testing.T) {
	var buf bytes.Buffer
	if err := png.Encode(&buf, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	sent := buf.Bytes()
	fetched := ""
	w := newWorld(t, func(o *Options) {
		o.Desk.Picture = func(_ context.Context, url string) ([]byte, error) {
			fetched = url
			if sent == nil {
				return nil, fault.New(fault.Denied, "not public")
			}
			return sent, nil
		}
	})
	id, media := int64(0), news.Media{}
	err := w.store.Articles(t.Context(), start.AddDate(0, 0, -20), start.AddDate(0, 0, 2), func(e store.Entry) bool {
		for i, m := range e.Article.Media {
			if i == 0 && webLink(m.URL) {
				id, media = e.Article.ID, m
				return false
			}
		}
		return true
	})
	if err != nil || id == 0 {
		t.Skipf("the archive holds no picture: %v", err)
	}
	b := w.serve(t)
	at := fmt.Sprintf("/articles/%d", id)
	if n := b.get(at).wants(200).all("img"); len(n) != 0 || fetched != "" {
		t.Error("a picture is shown that nobody asked for")
	}
	img := b.get(at + "?picture=0").wants(200).one("img")
	if attr(img, "alt") != media.Caption {
		t.Errorf("the picture is described as %q", attr(img, "alt"))
	}
	a := b.get(attr(img, "src")).wants(200)
	if fetched != media.URL || a.header.Get("Content-Type") != "image/png" || a.body != string(sent) || !strings.Contains(a.header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%s, %v", fetched, a.header)
	}
	for _, bad := range [][]byte{[]byte("<html><script>alert(1)</script>"), []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), []byte("%PDF-1.4"), {}} {
		sent = bad
		if a := b.get(at + "/picture/0"); a.status != 422 {
			t.Errorf("%q is passed on: %d", bad, a.status)
		}
	}
	sent = bytes.Repeat([]byte{0xff}, maxPicture+1)
	b.get(at + "/picture/0").wants(413)
	sent = nil
	b.get(at + "/picture/0").wants(403)
	b.get(at + "/picture/99").wants(404)
	r, err := http.NewRequest("GET", b.url+at+"/picture/0", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	b.send(r).wants(403)
}

func TestDiary(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t).speak("en")
	page := b.get("/diary").wants(200)
	page.wellMade("en", "ltr")
	days := page.all("section > h2")
	ics := b.get("/diary.ics").wants(200)
	if n := strings.Count(ics.body, "BEGIN:VEVENT"); len(days) == 0 || n != len(page.all(".story")) {
		t.Errorf("%d days, %d events of %d", len(days), n, len(page.all(".story")))
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(ics.body, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	if got := escapedText("a,b;c\\d\r\nEND:VEVENT"); got != `a\,b\;c\\d END:VEVENT` {
		t.Errorf("escaped: %q", got)
	}
}

func TestVersions(t *testing.T) {
	w := newWorld(t)
	es := map[string]store.Entry{}
	var old, fresh store.Entry
	err := w.store.Articles(t.Context(), start.AddDate(0, 0, -20), start.AddDate(0, 0, 2), func(e store.Entry) bool {
		if o, ok := es[e.Article.URL]; ok && fresh.Article.ID == 0 {
			old, fresh = o, e
		}
		es[e.Article.URL] = e
		for _, l := range e.Placement.Links {
			if l.Kind == news.Update && fresh.Article.ID == 0 {
				if o, err := w.store.Entry(t.Context(), l.Other); err == nil && o.Source.ID == e.Source.ID {
					old, fresh = o, e
				}
			}
		}
		return true
	})
	if err != nil || fresh.Article.ID == 0 {
		t.Skipf("the archive holds no second version: %v", err)
	}
	b := w.serve(t).speak("en")
	a := b.get(fmt.Sprintf("/articles/%d/changes?from=%d", fresh.Article.ID, old.Article.ID)).wants(200)
	a.wellMade("en", "ltr")
	if old.Article.Text != fresh.Article.Text && len(a.all(".read ins, .read del")) == 0 {
		t.Error("nothing is marked as changed")
	}
	for _, e := range es {
		if e.Source.ID != fresh.Source.ID {
			b.get(fmt.Sprintf("/articles/%d/changes?from=%d", fresh.Article.ID, e.Article.ID)).wants(422)
			break
		}
	}
	b.get("/articles/999999/changes").wants(404)
}
