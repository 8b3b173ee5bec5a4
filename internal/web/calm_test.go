package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// places of all that a reader may be reading, to a tenth of a pixel, and how far the page is scrolled.
const standing = `JSON.stringify([scrollY, ...[...document.querySelectorAll('header, .lead, .tools, .hour, .story, .story h3, .story .meta, .pane, footer')].map(e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.width, r.height].map(x => Math.round(x * 10)) })])`

// TestNewsMoveNothing lets news come in on every form of the first page, at three widths, in both directions, at the top and far down:
// no element moves or changes its size, whoever hears the page is told once, and once more of what breaks, and the button is within sight.
func TestNewsMoveNothing(t *testing.T) {
	events := make(chan Event)
	w := newWorld(t, func(o *Options) { o.Desk.Events = func(context.Context) <-chan Event { return events } })
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.beWatchful()
	looks := 0
	for i, view := range []string{"", "cards", "panes"} {
		c.visit(b.url + "/prefs?view=" + view)
		for j, width := range []int64{1280, 768, 320} {
			lang := directions[(i+j)%len(directions)].lang
			at := fmt.Sprintf("%q %s %d", view, lang, width)
			c.look("/", lang, "light", width)
			c.act(fmt.Sprintf(`scrollTo(0, %d), window.__told = 0, new MutationObserver(() => __told++).observe(document.getElementById('fresh'), {childList: true})`, 700*((i+j)%2)))
			before := ask[string](c, standing)
			for _, e := range []Event{{Stories: 1}, {Stories: 3}, {Stories: 1, Breaking: true}, {Stories: 2}, {Breaking: true}} {
				select {
				case events <- e:
				case <-time.After(30 * time.Second):
					t.Fatalf("%s: the page does not listen", at)
				}
			}
			c.within(`String(__told)`, "2")
			if after := ask[string](c, standing); after != before {
				t.Errorf("%s: what was read moved:\n%s\n%s", at, before, after)
			}
			if !ask[bool](c, `(r => r.top >= 0 && r.bottom <= innerHeight && r.height >= 24 && r.left >= 0 && r.right <= innerWidth)(document.querySelector('#fresh a').getBoundingClientRect())`) {
				t.Errorf("%s: the button is out of sight", at)
			}
			looks++
		}
	}
	if s := c.seen(); len(s) > 0 {
		t.Error(s)
	}
	t.Logf("measure web/looks-that-news-do-not-move %d - 9 %s", looks, map[bool]string{true: "short", false: "ok"}[t.Failed()])
}

// TestFontsMoveNothing opens pages whose fonts come late, as over a slow line: no line moves when they do.
func TestFontsMoveNothing(t *testing.T) {
	w := newWorld(t)
	late := 0
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".woff2") {
			late++
			time.Sleep(500 * time.Millisecond)
		}
		w.site.ServeHTTP(rw, r)
	}))
	t.Cleanup(srv.Close)
	story, article := w.richest(t)
	worst := 0.
	for _, lang := range []string{"en", "ar"} {
		for _, path := range []string{"/", story, article} {
			c := openChromium(t, srv.URL) // with an empty cache
			c.look(path, lang, "light", 1280)
			c.do(chromedp.Sleep(1200 * time.Millisecond))
			moved, err := chromedp.Run(c.ctx, chromedp.Evaluate[float64](`new Promise(r => { let n = 0; const o = new PerformanceObserver(l => l.getEntries().forEach(e => n += e.value)); o.observe({type: 'layout-shift', buffered: true}); setTimeout(() => r(n), 100) })`, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatal(err)
			}
			if worst = max(worst, moved); moved > 0.001 {
				t.Errorf("%s in %s: the page moved by %.4f", path, lang, moved)
			}
		}
	}
	if late == 0 {
		t.Error("no font was asked for")
	}
	t.Logf("measure web/layout-shift-by-fonts %.4f - 0.001 %s", worst, map[bool]string{true: "short", false: "ok"}[t.Failed()])
}
