package web

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"

	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// enriched adds to the richest story an article that speaks of another story, has a headline that was another before, and two pictures of
// one place; the page of the story, that of the article and that of the story spoken of come back.
func (w *world) enriched(t testing.TB) (at, article, past string) {
	t.Helper()
	ctx := t.Context()
	at, _ = w.richest(t)
	var id int64
	if _, err := fmt.Sscanf(at, "/stories/%d", &id); err != nil {
		t.Fatal(err)
	}
	es, err := w.store.StoryEntries(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	cards, err := w.store.Stories(ctx, store.StoryFilter{N: 100})
	if err != nil {
		t.Fatal(err)
	}
	other := cards[0].Story
	for _, c := range cards {
		if c.Story.ID != id {
			other = c.Story
		}
	}
	old := es[0]
	page, err := w.store.KeepPage(ctx, news.Page{SourceID: old.Source.ID, URL: old.Article.URL, Final: old.Article.URL, Status: 200, Body: []byte("again"), Fetched: testNow()})
	if err != nil {
		t.Fatal(err)
	}
	a := news.Article{ID: page, PageID: page, SourceID: old.Source.ID, URL: old.Article.URL, Headline: "Another headline", Lang: "en",
		Text: "It was agreed at the March summit in Lisbon.\n\nAnd no more was said.", Published: news.Stamp{Time: testNow(), Zoned: true, From: news.FromMeta},
		Media: []news.Media{{URL: "https://p.example/1.png", Caption: "Satellite picture of Harrow harbour full of ships on 1 March 2026", Credit: "Orbit"},
			{URL: "https://p.example/2.png", Caption: "Satellite picture of Harrow harbour empty of ships on 9 March 2026", Credit: "Orbit"}}}
	ref := news.Reference{Article: page, Span: news.Span{End: 44}, When: news.Span{Start: 21, End: 26}, Other: other.First, Because: []news.Reason{{Kind: "names", Words: []string{"Lisbon"}}}}
	st, err := w.store.Story(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	err = w.store.Commit(ctx, store.Result{Cursor: store.MainCursor, Page: page, Article: a, Analysis: analyse(a, text.Analyze(a.Text, pack.For(a.Lang))), Stories: []news.Story{st},
		Placement: news.Placement{Article: page, Story: id, References: []news.Reference{ref}}, Renames: old.Article.ID, Was: old.Article.Headline})
	if err != nil {
		t.Fatal(err)
	}
	return at, fmt.Sprintf("/articles/%d", page), fmt.Sprintf("/stories/%d", other.ID)
}

// An article that speaks of an earlier story links its words, and both stories say so.
func TestReferencesBack(t *testing.T) {
	w := newWorld(t)
	at, article, past := w.enriched(t)
	b := w.serve(t).speak("en")
	page := b.get(at).wants(200)
	page.wellMade("en", "ltr")
	if n := len(page.all(`#h-back + ul a[href="` + past + `"]`)); n != 1 {
		t.Errorf("the story refers back %d times", n)
	}
	if m := page.one(`#h-back + ul mark`); words(m) != "March" {
		t.Errorf("marked is %q", words(m))
	}
	if n := len(b.get(past).wants(200).all(`#h-later + ul a[href="` + at + `"]`)); n != 1 {
		t.Errorf("the earlier story is referred to %d times", n)
	}
	one := b.get(article).wants(200)
	mark := one.one(`.read a.ref`)
	if words(mark) != "the March" || len(one.all(attr(mark, "href")+` a[href="`+past+`"]`)) != 1 {
		t.Errorf("%q leads to %s", words(mark), attr(mark, "href"))
	}
}

// A headline that changed is said on the card and leads to what it was.
func TestChangedHeadlineOnCards(t *testing.T) {
	w := newWorld(t)
	at, _, _ := w.enriched(t)
	b := w.serve(t).speak("en")
	badge := b.get("/").wants(200).one(`a.badge[href="` + at + `#h-renamed"]`)
	if words(badge) != "headline changed" || !strings.HasPrefix(attr(badge, "title"), "before: ") {
		t.Errorf("%q, %q", words(badge), attr(badge, "title"))
	}
	page := b.get(at).wants(200)
	if n := len(page.all(`a.badge[href="#h-renamed"]`)); n != 1 || len(page.all(`section[aria-labelledby=h-renamed] a[href*="/changes?from="]`)) == 0 {
		t.Error("the story does not say what its headlines were")
	}
}

// No picture is asked for that the reader did not ask for; asked for, two of one place stand side by side.
func TestGallery(t *testing.T) {
	var buf bytes.Buffer
	if err := png.Encode(&buf, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	asked := 0
	w := newWorld(t, func(o *Options) {
		o.Desk.Picture = func(context.Context, string) ([]byte, error) { asked++; return buf.Bytes(), nil }
	})
	at, article, _ := w.enriched(t)
	b := w.serve(t).speak("en")
	page := b.get(at).wants(200)
	if len(page.all("img")) != 0 || asked != 0 || len(page.all(`.pair figure`)) != 2 || len(page.all(`a[href="?pictures=show#h-pictures"]`)) != 1 {
		t.Errorf("unasked: %d pictures, %d in pairs", len(page.all("img")), len(page.all(`.pair figure`)))
	}
	imgs := b.get(at + "?pictures=show").wants(200).all(".pair img")
	if len(imgs) != 2 || attr(imgs[0], "src") != article+"/picture/0" || attr(imgs[1], "src") != article+"/picture/1" || attr(imgs[0], "alt") == "" {
		t.Fatalf("%d pictures in the pair", len(imgs))
	}
	b.get(attr(imgs[0], "src")).wants(200)
}

// TestStoryIsAccessible looks at a story and an article that have all of this, folds open.
func TestStoryIsAccessible(t *testing.T) {
	w := newWorld(t, func(o *Options) {
		o.Desk.Picture = func(context.Context, string) ([]byte, error) {
			var buf bytes.Buffer
			err := png.Encode(&buf, image.NewGray(image.Rect(0, 0, 3, 2)))
			return buf.Bytes(), err
		}
	})
	at, article, past := w.enriched(t)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	c.beWatchful()
	source := axe(t)
	for _, l := range []struct {
		lang, theme string
		width       int64
	}{{"en", "light", 1280}, {"ar", "dark", 1280}, {"ar", "light", 320}, {"en", "dark", 768}} {
		for _, path := range []string{at + "?pictures=show", article, past, w.aTranslation(t)} {
			c.look(path, l.lang, l.theme, l.width)
			c.act(`document.querySelectorAll('details').forEach(d => d.open = true)`)
			c.accessible(t, fmt.Sprintf("%s %s %s %d", path, l.lang, l.theme, l.width), source)
		}
	}
}

// A translation stands beside its original, paragraph by paragraph, each in its own direction; what is no version of it does not.
func TestBeside(t *testing.T) {
	w := newWorld(t)
	link := w.translated(t)
	b := w.serve(t).speak("en")
	at := fmt.Sprintf("/articles/%d", link.Article)
	page := b.get(at).wants(200)
	to := page.all(fmt.Sprintf(`a[href="?beside=%d"]`, link.Other))
	if len(to) != 1 {
		t.Fatalf("%d ways to see the two side by side", len(to))
	}
	both := b.get(at + fmt.Sprintf("?beside=%d", link.Other)).wants(200)
	both.wellMade("en", "ltr")
	rows := both.all(".beside tbody tr")
	if len(rows) < 2 || len(both.all(`.beside td[dir=rtl][lang=ar]`)) != len(rows) || len(both.all(`.beside td[dir=ltr]`)) != len(rows) {
		t.Errorf("%d rows", len(rows))
	}
	for _, bad := range []string{"?beside=1000000", "?beside=x", fmt.Sprintf("?beside=%d", link.Article)} {
		if n := len(b.get(at + bad).wants(200).all(".beside")); n != 0 {
			t.Errorf("%s shows something", bad)
		}
	}
}

// translated gives a link from an Arabic article to the one that it translates.
func (w *world) translated(t testing.TB) (link news.Link) {
	t.Helper()
	err := w.store.Articles(t.Context(), start.AddDate(0, 0, -20), start.AddDate(0, 0, 2), func(e store.Entry) bool {
		for _, l := range e.Placement.Links {
			if l.Kind == news.Translation && e.Article.Lang == "ar" {
				link = l
			}
		}
		return link.Article == 0
	})
	if err != nil || link.Article == 0 {
		t.Fatalf("the archive has no translation into Arabic: %v", err)
	}
	return link
}

func (w *world) aTranslation(t testing.TB) string {
	t.Helper()
	link := w.translated(t)
	return fmt.Sprintf("/articles/%d?beside=%d", link.Article, link.Other)
}
