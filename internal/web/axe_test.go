package web

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/axe.min.js.gz
var axePacked []byte

func axe(t *testing.T) string {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(axePacked))
	if err != nil {
		t.Fatal(err)
	}
	src, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// watchful remembers every violation of the policy, every error of a script, and every run of a stranger's script.
const watchful = `window.__seen = [];
document.addEventListener('securitypolicyviolation', e => __seen.push('policy: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample));
addEventListener('error', e => __seen.push('error: ' + e.message));
for (const f of ['alert', 'confirm', 'prompt']) window[f] = () => __seen.push('ran: ' + f);`

func (c *chromium) beWatchful() {
	c.t.Helper()
	c.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: watchful})
		return chromedp.Void{}, err
	})
}

// seen gives what went wrong in the page, as the watchful script saw it.
func (c *chromium) seen() []string {
	c.t.Helper()
	return ask[[]string](c, `window.__seen || []`)
}

type violation struct {
	ID    string
	Help  string
	Nodes []struct {
		HTML           string `json:"html"`
		FailureSummary string
	}
}

// TestAccessibility looks at every page with axe, in both directions, light and dark, at three widths. By itself it takes two looks
// of each page and direction; MARSAD_AXE=all takes all of them, MARSAD_AXE_ONLY those of one page.
func TestAccessibility(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	c.beWatchful()
	source := axe(t)
	pages := shown(t, w)
	pages["error"], pages["notice"], pages["problem"] = "/nowhere", w.aNotice(t), "/search?q=a+AND+b+OR+c"
	pages["unsubscribe"] = "/unsubscribe/" + w.signer.Sign("unsubscribe", 1)
	checked := 0
	only := os.Getenv("MARSAD_AXE_ONLY")
	for _, name := range sortedKeys(pages) {
		if only != "" && name != only {
			continue
		}
		for _, d := range directions {
			for i, width := range []int64{1280, 768, 320} {
				for j, theme := range []string{"light", "dark"} {
					if os.Getenv("MARSAD_AXE") != "all" && (i+2*j)%4 != 0 { // light at 1280 and dark at 320
						continue
					}
					c.look(pages[name], d.lang, theme, width)
					at := fmt.Sprintf("%s %s %s %d", name, d.lang, theme, width)
					c.accessible(t, at, source)
					checked++
				}
			}
		}
	}
	verdict := "ok"
	if t.Failed() {
		verdict = "short"
	}
	t.Logf("measure web/axe-looks-without-violation %d - %d %s", checked, checked, verdict)
}

func (c *chromium) accessible(t *testing.T, at, source string) {
	t.Helper()
	if over := ask[int](c, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
		wide := ask[string](c, `[...document.querySelectorAll('body *')].filter(e => { const r = e.getBoundingClientRect(); return r.right > innerWidth + 1 || r.left < -1 }).slice(0, 5).map(e => e.tagName + '.' + e.className).join(' ')`)
		t.Errorf("%s: scrolls sideways by %d px: %s", at, over, wide)
	}
	if seen := c.seen(); len(seen) > 0 {
		t.Errorf("%s: %v", at, seen)
	}
	c.act(source)
	found, err := chromedp.Run(c.ctx, chromedp.Evaluate[string](`axe.run({resultTypes: ['violations']}).then(r => JSON.stringify(r.violations))`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	var vs []violation
	if err := json.Unmarshal([]byte(found), &vs); err != nil {
		t.Fatal(err)
	}
	for _, v := range vs {
		t.Errorf("%s: %s: %s: %d times, such as %s\n%s", at, v.ID, v.Help, len(v.Nodes), clip(v.Nodes[0].HTML, 300), v.Nodes[0].FailureSummary)
	}
}

func (w *world) aNotice(t *testing.T) string {
	t.Helper()
	rows, err := w.store.Outbox(t.Context(), testNow().AddDate(1, 0, 0), 1)
	if err != nil || len(rows) == 0 {
		t.Fatalf("no notice: %v", err)
	}
	return "/outbox/" + rows[0].Delivery.Notice.ID
}

func (w *world) anEntity(t testing.TB) string {
	t.Helper()
	rising, err := w.store.Rising(t.Context(), start.AddDate(0, 0, -1), 1)
	if err != nil || len(rising) == 0 {
		t.Fatalf("no name: %v", err)
	}
	return "/entities/" + rising[0].Entity
}

// TestClicksBreakNoPolicy follows every link of the main pages with scripts on, and uses the keys.
func TestClicksBreakNoPolicy(t *testing.T) {
	w := newWorld(t)
	w.aList(t)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	c.beWatchful()
	seen := map[string]bool{}
	queue := []string{"/"}
	for len(queue) > 0 && len(seen) < 60 {
		path := queue[0]
		queue = queue[1:]
		if shape := strings.TrimRight(path, "0123456789"); seen[shape] || strings.HasPrefix(path, "/prefs") || strings.HasPrefix(path, "/api") || strings.Contains(path, ".") { // what ends like a file is one for other programs
			continue
		} else {
			seen[shape] = true
		}
		c.visit(b.url + path)
		for _, key := range []string{"j", "j", "k"} {
			c.act(fmt.Sprintf(`document.body.dispatchEvent(new KeyboardEvent('keydown', {code: 'Key%s', key: '%s', bubbles: true}))`, strings.ToUpper(key), key))
		}
		c.act(`document.querySelectorAll('details').forEach(d => d.open = true)`)
		if s := c.seen(); len(s) > 0 {
			t.Errorf("%s: %v", path, s)
		}
		queue = append(queue, ask[[]string](c, `[...document.querySelectorAll('a[href^="/"]')].map(a => a.getAttribute('href').split('#')[0])`)...)
	}
	if len(seen) < 15 {
		t.Errorf("only %d kinds of page were reached: %v", len(seen), slices.Sorted(func(yield func(string) bool) {
			for s := range seen {
				if !yield(s) {
					return
				}
			}
		}))
	}
}

// TestViewsAreAccessible looks at the shapes of the river that a reader may choose.
func TestViewsAreAccessible(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	c.beWatchful()
	source := axe(t)
	for _, view := range []string{"cards", "panes"} {
		for _, l := range []struct {
			lang, theme string
			width       int64
		}{{"en", "light", 1280}, {"ar", "dark", 1280}, {"ar", "light", 320}, {"en", "dark", 768}} {
			c.visit(b.url + "/prefs?view=" + view)
			c.look("/", l.lang, l.theme, l.width)
			c.accessible(t, fmt.Sprintf("%s %s %s %d", view, l.lang, l.theme, l.width), source)
		}
	}
}

// TestKeysMark uses the keys that change something, as they come from an Arabic keyboard.
func TestKeysMark(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	c.beWatchful()
	c.look("/", "ar", "light", 1280)
	press := func(code, key string) {
		c.act(fmt.Sprintf(`document.body.dispatchEvent(new KeyboardEvent('keydown', {code: '%s', key: '%s', bubbles: true}))`, code, key))
	}
	press("KeyJ", "ت")
	press("KeyS", "س")
	c.within(`document.querySelector('.sel .star').value`, "unstar")
	press("KeyX", "ء")
	c.within(`document.querySelector('.sel .see').value`, "unseen")
	press("KeyS", "س")
	c.within(`document.querySelector('.sel .star').value`, "star")
	if s := c.seen(); len(s) > 0 {
		t.Error(s)
	}
}

// TestQueryIsReadWhileTyped types into the form of a watch and waits for its reading.
func TestQueryIsReadWhileTyped(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.beWatchful()
	c.look("/watches/new", "en", "light", 1280)
	for typed, want := range map[string]string{"flood OR quake": "Reads as: flood or quake", "a AND b OR c": "AND and OR stand side by side"} {
		c.do(chromedp.SendKeys(chromedp.CSS("#w-q"), typed))
		got := ""
		for range patience {
			if got = ask[string](c, `document.getElementById('w-means').innerText`); strings.Contains(got, want) {
				break
			}
			time.Sleep(pause)
		}
		if !strings.Contains(got, want) {
			t.Errorf("%q is read as %q", typed, got)
		}
		c.act(`document.getElementById('w-q').value = ''`)
	}
	if s := c.seen(); len(s) > 0 {
		t.Error(s)
	}
}
