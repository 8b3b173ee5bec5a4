package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"marsad/internal/store"
	"marsad/news"
)

// TestExtremesFit shows stories that no designer thought of: a word without an end, a headline of forty words, one of a single letter,
// an outlet with a name as long as a sentence, in both scripts. No page scrolls sideways, and no two things of a row overlap.
func TestExtremesFit(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	for i, headline := range []string{
		strings.Repeat("Donaudampfschiff", 18), strings.Repeat("والمستشفيات", 30), strings.Repeat("a headline that goes on and on ", 12), strings.Repeat("عنوان لا ينتهي أبدا ", 14), "Q", "新" + strings.Repeat("闻", 120),
	} {
		source, err := w.store.AddSource(ctx, news.Source{Name: headline, Home: fmt.Sprintf("https://x%d.example", i), Created: start}, []news.Feed{{URL: fmt.Sprintf("https://x%d.example/feed/%s", i, strings.Repeat("a", 200)), Due: testNow().AddDate(0, 0, 1)}})
		if err != nil {
			t.Fatal(err)
		}
		at := fmt.Sprintf("https://x%d.example/%s", i, strings.Repeat("path", 60))
		page, err := w.store.KeepPage(ctx, news.Page{SourceID: source, URL: at, Status: 200, Body: []byte("x"), Fetched: testNow().Add(-time.Minute)})
		if err != nil {
			t.Fatal(err)
		}
		whole := news.Span{End: len(headline)}
		st := news.Story{ID: int64(30000 + i), Headline: headline, Lead: page, First: page, Articles: 1, Sources: 1, Independent: 1, Langs: []string{"ar", "en", "es", "fa", "fr", "he", "ru", "zh"}, FirstAt: testNow(), Opened: testNow(), Changed: testNow().Add(time.Duration(i) * time.Second), Disputed: true}
		a := news.Article{ID: page, PageID: page, SourceID: source, URL: at, Headline: headline, Byline: []string{headline}, Text: headline, Removed: []news.Removed{{Kind: news.Caption, Text: headline}}, Media: []news.Media{{URL: at, Caption: headline, Credit: headline}}}
		an := news.Analysis{ArticleID: page, Mentions: []news.Mention{{Span: whole, Kind: news.Person, Name: headline}}, Quotations: []news.Quotation{{Span: whole, Type: news.Direct, Speaker: &news.Actor{Span: whole}}}, Claims: []news.Claim{{Span: whole, Stance: news.Accuses, Claimant: &news.Actor{Span: whole}, Answers: -1}}}
		if err := w.store.Commit(ctx, store.Result{Cursor: store.MainCursor, Page: page, Article: a, Analysis: an, Tokens: "x", Placement: news.Placement{Article: page, Story: st.ID, New: true}, Stories: []news.Story{st}}); err != nil {
			t.Fatal(err)
		}
	}
	last, err := w.store.Counts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	looks := 0
	look := func(path, lang string, width int64) {
		c.look(path, lang, "light", width)
		looks++
		if over := ask[int](c, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
			t.Errorf("%s %s %d: scrolls sideways by %d px", path, lang, width, over)
		}
		if n := ask[int](c, `[...document.querySelectorAll('.story')].filter(s => { const parts = [...s.querySelectorAll('h3 bdi, .when, .marks, .spark')].filter(e => e.getClientRects().length).map(e => e.getBoundingClientRect()); return parts.some((a, i) => parts.some((b, j) => i < j && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)) }).length`); n > 0 {
			t.Errorf("%s %s %d: %d rows overlap", path, lang, width, n)
		}
	}
	for i, width := range []int64{320, 768, 1280, 1920} {
		lang := directions[i%len(directions)].lang
		for _, view := range []string{"cards", "panes", ""} {
			c.visit(b.url + "/prefs?view=" + view)
			look("/", lang, width)
		}
		look("/sources", lang, width)
		for n := range 6 {
			look(fmt.Sprintf("/stories/%d", 30000+n), lang, width)
			look(fmt.Sprintf("/articles/%d", last.Pages-5+n), lang, width)
		}
	}
	t.Logf("measure web/looks-at-extremes %d - %d %s", looks, looks, map[bool]string{true: "short", false: "ok"}[t.Failed()])
}
