package web

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// heap puts into a world what is far larger than its own.
type heap struct {
	*world
	t  testing.TB
	at int
}

// outlet adds a source.
func (g *heap) outlet(name string) int64 {
	g.t.Helper()
	g.at++
	home := fmt.Sprintf("https://grown%d.example", g.at)
	id, err := g.store.AddSource(g.t.Context(), news.Source{Name: name, Home: home, Created: start}, []news.Feed{{URL: home + "/feed", Due: testNow().AddDate(0, 0, 1)}})
	if err != nil {
		g.t.Fatal(err)
	}
	return id
}

// tell adds an article to a story, and gives its number; of is the one that it copies, 0 for none.
func (g *heap) tell(st *news.Story, source int64, a news.Article, an news.Analysis, of int64) int64 {
	g.t.Helper()
	g.at++
	a.URL = fmt.Sprintf("https://grown.example/%d", g.at)
	id, err := g.store.KeepPage(g.t.Context(), news.Page{SourceID: source, URL: a.URL, Status: 200, Body: []byte("x"), Fetched: testNow().Add(time.Duration(g.at) * time.Second)})
	if err != nil {
		g.t.Fatal(err)
	}
	a.ID, a.PageID, a.SourceID, an.ArticleID = id, id, source, id
	st.Lead, st.First, st.Articles = cmp.Or(st.Lead, id), cmp.Or(st.First, id), st.Articles+1
	st.Independent, st.Sources = max(1, st.Independent), max(1, st.Sources)
	st.FirstAt, st.Opened, st.Changed, st.Langs = testNow(), testNow(), testNow(), []string{a.Lang}
	p := news.Placement{Article: id, Story: st.ID, New: st.Articles == 1, Because: []news.Reason{{Kind: "names", Words: []string{a.Headline}, Value: 1}}}
	if of != 0 {
		p.Links = []news.Link{{Article: id, Other: of, Kind: news.Copy, Score: .98, Evidence: []news.Reason{{Kind: "shared-text", Value: .98}}}}
	}
	if err := g.store.Commit(g.t.Context(), store.Result{Cursor: store.MainCursor, Page: id, Article: a, Analysis: an, Tokens: "x", Placement: p, Stories: []news.Story{*st}}); err != nil {
		g.t.Fatal(err)
	}
	return id
}

// manyReports makes a story of n articles, half of them copies, by outlets whose names are short, long, or of five scripts.
func (g *heap) manyReports(n int) string {
	st := news.Story{ID: 40000, Headline: strings.Repeat("a headline of three hundred letters ", 9)[:300]}
	names := []string{"Kim Jong-un كيم جونغ أون Ким Чен Ын 金正恩 김정은", "Short", "صحيفة الأنباء (الطبعة الدولية) — Edition 2"}
	var outlets []int64
	for i := range 60 {
		outlets = append(outlets, g.outlet(names[i%len(names)]))
	}
	for i := range n {
		words := fmt.Sprintf("Speaker %d said the bridge was closed. «قال المتحدث إن الجسر أُغلق» in report %d of a long day.", i%40, i)
		whole := news.Span{End: len(words)}
		a := news.Article{Headline: fmt.Sprintf("%d: %s", i, st.Headline[:40+i]), Lang: []string{"en", "ar", "ru", "zh", "ko"}[i%5], Text: words}
		an := news.Analysis{Quotations: []news.Quotation{{Span: whole, Type: news.Direct, Speaker: &news.Actor{Span: news.Span{End: 10}}}},
			Claims: []news.Claim{{Span: news.Span{Start: 16, End: 37}, Stance: news.Accuses, Claimant: &news.Actor{Span: news.Span{End: 10}}, Answers: -1}}}
		var of int64
		if i%2 == 1 {
			of = st.First
		}
		g.tell(&st, outlets[i%len(outlets)], a, an, of)
	}
	return "/stories/40000"
}

// longRead makes a story of one article of some n words, understood as any other.
func (g *heap) longRead(n int) string {
	var words strings.Builder
	for i := 0; words.Len() < n*6; i++ {
		fmt.Fprintf(&words, "On %d March 2026 the minister said that bridge %d in Valletta, the harbour’s oldest, had been “closed for %d days” and denied that anybody had warned him. ", 1+i%28, i, i)
		if i%5 == 4 {
			words.WriteString("\n\n")
		}
	}
	st := news.Story{ID: 40001, Headline: "A long read"}
	a := news.Article{Headline: st.Headline, Lang: "en", Text: strings.TrimSpace(words.String()), Published: news.Stamp{Time: testNow(), Zoned: true}}
	return fmt.Sprintf("/articles/%d", g.tell(&st, g.outlet("The Long Read"), a, analyse(a, text.Analyze(a.Text, pack.For(a.Lang))), 0))
}

// TestSizesFit looks at a story of two hundred articles, at one of a single article of twenty thousand words and at that article: they stay
// light, nothing is lost from them, and they do not scroll sideways.
func TestSizesFit(t *testing.T) {
	g := &heap{world: newWorld(t), t: t}
	big, long := g.manyReports(200), g.longRead(20000)
	b := g.serve(t)
	pages := map[string]int{big: 60 << 10, "/stories/40001": 60 << 10, long: 200 << 10, "/": 60 << 10, "/sources": 60 << 10}
	for path, bar := range pages {
		rec := g.with("GET", path, "localhost", "127.0.0.1:1", func(r *http.Request) { r.Header.Set("Accept-Encoding", "gzip") })
		t.Logf("measure web/size-packed%s %d %d %s", path, rec.Body.Len(), bar, map[bool]string{true: "ok", false: "short"}[rec.Body.Len() <= bar])
		if rec.Body.Len() > bar {
			t.Errorf("%s weighs %d bytes", path, rec.Body.Len())
		}
	}
	a := b.get(big).wants(200)
	if n := len(a.all(`[aria-labelledby=h-reports] .line > li`)) + len(a.all(`.tree ul li`)); n != 200 {
		t.Errorf("%d of 200 articles are listed", n)
	}
	c := openChromium(t, b.url)
	c.enter()
	for _, path := range []string{big, long} {
		c.look(path, "ar", "light", 320)
		if over := ask[int](c, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
			t.Errorf("%s scrolls sideways by %d px", path, over)
		}
	}
}
