package web

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"marsad/internal/store"
	"marsad/news"
	"marsad/text"

	"golang.org/x/net/html"
)

// mixedDesk tells stories whose headlines, outlets, claims, speakers and captions are mixed strings, several outlets each, and gives the
// numbers of the stories.
func mixedDesk(t *testing.T, w *world) (ids []int64) {
	t.Helper()
	ctx := t.Context()
	for i, s := range mixed[len(mixed)-36:] {
		st := news.Story{ID: int64(20000 + i), Headline: s, Lang: "", Sources: 2, Independent: 2, Articles: 2, Langs: []string{"ar", "en"}, FirstAt: testNow().Add(-time.Hour), Opened: testNow().Add(-time.Hour), Changed: testNow().Add(-time.Duration(i) * time.Second), Disputed: true}
		for n := range 2 {
			source, err := w.store.AddSource(ctx, news.Source{Name: s, Home: fmt.Sprintf("https://m%d-%d.example", i, n), Created: start}, []news.Feed{{URL: fmt.Sprintf("https://m%d-%d.example/feed", i, n), Due: testNow().AddDate(0, 0, 1)}})
			if err != nil {
				t.Fatal(err)
			}
			at := fmt.Sprintf("https://m%d-%d.example/1", i, n)
			page, err := w.store.KeepPage(ctx, news.Page{SourceID: source, URL: at, Status: 200, Body: []byte(s), Fetched: testNow().Add(-time.Minute)})
			if err != nil {
				t.Fatal(err)
			}
			whole := news.Span{Start: 0, End: len(s)}
			a := news.Article{ID: page, PageID: page, SourceID: source, URL: at, Headline: s, Byline: []string{s}, Text: s, Media: []news.Media{{URL: at + ".jpg", Caption: s, Credit: s}}}
			an := news.Analysis{ArticleID: page, Quotations: []news.Quotation{{Span: whole, Type: news.Direct, Speaker: &news.Actor{Span: whole}}}, Claims: []news.Claim{{Span: whole, Stance: news.Accuses, Claimant: &news.Actor{Span: whole}, Answers: -1}}}
			if n == 0 {
				st.Lead, st.First = page, page
			}
			r := store.Result{Cursor: store.MainCursor, Page: page, Article: a, Analysis: an, Tokens: "mixed", Placement: news.Placement{Article: page, Story: st.ID, New: n == 0}, Stories: []news.Story{st}}
			if err := w.store.Commit(ctx, r); err != nil {
				t.Fatal(err)
			}
		}
		ids = append(ids, st.ID)
	}
	return ids
}

// shownRuns gives of each element that a selector names its words and where their letters stand, unless they fill more than one line.
const shownRuns = `JSON.stringify([...document.querySelectorAll(%q)].map(e => { const out = [], ys = [], walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT); let s = '';
for (let n; n = walk.nextNode();) { s += n.data; let i = 0; for (const ch of n.data) { const r = document.createRange(); r.setStart(n, i); r.setEnd(n, i + ch.length); i += ch.length; const b = r.getBoundingClientRect(); out.push((b.left + b.right) / 2); if (b.height) ys.push((b.top + b.bottom) / 2) } }
return {S: s, At: out, lines: ys.length ? (Math.max(...ys) - Math.min(...ys)) / parseFloat(getComputedStyle(e).fontSize) : 9} }).filter(r => r.lines < .9))`

// TestBidiOnPages reads mixed strings where the pages put them: in cards, headings, tables, the race's rows, quotations, captions and the
// names of outlets, in both directions of the interface; and the isolates around them where there is no markup: in titles.
func TestBidiOnPages(t *testing.T) {
	w := newWorld(t)
	ids := mixedDesk(t, w)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	wrong, read := 0, 0
	known := map[string]bool{}
	for _, s := range mixed {
		known[s] = true
	}
	look := func(path, lang string) {
		c.look(path, lang, "light", 1600)
		c.act(`document.querySelectorAll('details').forEach(d => d.open = true)`)
		var runs []struct {
			S  string
			At []float64
		}
		if err := json.Unmarshal([]byte(ask[string](c, fmt.Sprintf(shownRuns, "main bdi[dir]"))), &runs); err != nil {
			t.Fatal(err)
		}
		for _, r := range runs {
			if !known[r.S] {
				continue
			}
			read++
			if got, want := seenOrder(r.S, r.At), visualOrder(t, r.S); got != want {
				wrong++
				t.Errorf("%s in %s: %q shows as\n%s\nwant\n%s", path, lang, r.S, got, want)
			}
		}
	}
	for _, lang := range []string{"en", "ar"} {
		look("/", lang)
		look("/sources", lang)
		for i := 0; i < len(ids); i += 3 {
			look(fmt.Sprintf("/stories/%d", ids[i]), lang)
		}
		b.speak(lang)
		for _, id := range ids {
			wrong += b.get(fmt.Sprintf("/stories/%d", id)).unisolated(lang == "ar")
		}
	}
	if read < 500 {
		t.Errorf("only %d mixed strings were read", read)
	}
	t.Logf("measure web/bidi-on-pages %d - %d %s", read-wrong, read, map[bool]string{true: "ok", false: "short"}[wrong == 0])
}

// unisolated counts titles, of the page, of elements and in pictures, that hold letters against the line without an isolate around them.
func (a *reply) unisolated(rtl bool) (n int) {
	a.t.Helper()
	check := func(where, s string) {
		depth := 0
		for _, r := range s {
			switch r {
			case '\u2066', '\u2067', '\u2068':
				depth++
			case '\u2069':
				depth--
			default:
				if depth == 0 && text.RTL(string(r)) && !rtl || depth < 0 {
					n++
					a.t.Errorf("%s is not isolated: %q", where, s)
					return
				}
			}
		}
		if depth != 0 {
			n++
			a.t.Errorf("%s leaves an isolate open: %q", where, s)
		}
	}
	check("<title>", words(a.all("head title")[0]))
	for _, e := range a.all("svg title, [title], [aria-label]") {
		for _, k := range []string{"title", "aria-label"} {
			check(k, attr(e, k))
		}
		if e.Type == html.ElementNode && e.Data == "title" {
			check("svg title", strings.TrimSpace(words(e)))
		}
	}
	return n
}
