package web

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// prefers makes the browser ask for what a reader's system can ask for.
func (c *chromium) prefers(feature, value string) {
	c.t.Helper()
	c.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: feature, Value: value}}})
		return chromedp.Void{}, err
	})
}

// larger sets letters twice as large, and then lines, letters and words as far apart as WCAG 1.4.12 has them.
var larger = map[string]string{
	"twice the size": `document.documentElement.style.fontSize = '200%', true`,
	"set apart":      `(s => { s.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }'); document.adoptedStyleSheets = [s]; return true })(new CSSStyleSheet())`,
}

// cropped lists words that a box cuts off, besides those that only hearers get and those that are shortened on purpose.
const cropped = `[...document.querySelectorAll('main *, header *, footer *')].filter(e => { const s = getComputedStyle(e); return /hidden|clip/.test(s.overflowX + s.overflowY) && !e.closest('.vh, .snippet, svg, select, input, textarea, .tools label') && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1) }).slice(0, 3).map(e => e.tagName + '.' + e.className).join(' ')`

// TestTextGrows looks at the pages with their text grown: nothing scrolls sideways, nothing is cut off.
func TestTextGrows(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	pages, looks := shown(t, w), 0
	for i, name := range sortedKeys(pages) {
		for how, script := range larger {
			d := directions[(i+len(how))%len(directions)]
			c.look(pages[name], d.lang, "light", 1280)
			c.act(script)
			if over := ask[int](c, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
				t.Errorf("%s %s, %s: scrolls sideways by %d px", name, d.lang, how, over)
			}
			if cut := ask[string](c, cropped); cut != "" {
				t.Errorf("%s %s, %s: words are cut off in %s", name, d.lang, how, cut)
			}
			looks++
		}
	}
	t.Logf("measure web/looks-at-grown-text %d - %d %s", looks, looks, map[bool]string{true: "short", false: "ok"}[t.Failed()])
}

// TestSystemsWishes looks at the main pages as readers see them who ask their system for few colours, more contrast or no motion.
func TestSystemsWishes(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	c.beWatchful()
	source := axe(t)
	story, article := w.richest(t)
	for i, path := range []string{"/", story, article, "/search?q=port", "/sources"} {
		lang := directions[i%len(directions)].lang
		for _, theme := range []string{"light", "dark"} {
			c.prefers("prefers-contrast", "more")
			c.look(path, lang, theme, 1280)
			c.accessible(t, path+" with more contrast "+theme, source)
			weak, err := chromedp.Run(c.ctx, chromedp.Evaluate[string](`axe.run({runOnly: ['color-contrast-enhanced'], rules: {'color-contrast-enhanced': {enabled: true}}}).then(r => r.violations.flatMap(v => v.nodes).slice(0, 3).map(n => n.html.slice(0, 120) + n.any.map(a => a.data.contrastRatio)).join('\n'))`, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatal(err)
			}
			if weak != "" {
				t.Errorf("%s %s: contrast below 7 where more was asked for:\n%s", path, theme, weak)
			}
		}
		c.prefers("forced-colors", "active")
		c.look(path, lang, "light", 1280)
		for what, broken := range map[string]string{
			"badges":       `[...document.querySelectorAll('.badge')].filter(e => getComputedStyle(e).borderTopStyle === 'none').length`,
			"page of nav":  `[...document.querySelectorAll('.nav [aria-current]')].filter(e => getComputedStyle(e).borderBlockEndStyle === 'none').length`,
			"bars":         `[...document.querySelectorAll('.hist rect:not(.hit), .map circle')].filter(e => getComputedStyle(e).fill === getComputedStyle(document.body).backgroundColor).length`,
			"dates marked": `[...document.querySelectorAll('.art .date')].filter(e => getComputedStyle(e).borderBlockEndStyle === 'none').length`,
		} {
			if n := ask[int](c, broken); n > 0 {
				t.Errorf("%s in forced colours: %d %s are not to be seen", path, n, what)
			}
		}
		c.prefers("prefers-reduced-motion", "reduce")
		c.look(path, lang, "light", 1280)
		if moves := ask[int](c, `(location.hash = '#main', document.getAnimations().length)`); moves > 0 {
			t.Errorf("%s: %d things move although none should", path, moves)
		}
	}
}

// TestButtonsBreakNoPolicy presses every kind of button of the pages with scripts on: no policy is broken, no script fails, and nothing
// answers with a fault.
func TestButtonsBreakNoPolicy(t *testing.T) {
	w, b, pages := visitors["admin"](t)
	c := openChromium(t, b.url)
	c.beWatchful()
	c.visit(b.url + "/signin")
	c.act(`document.querySelector('[name=name]').value = 'the admin', document.querySelector('[name=password]').value = 'a long password', document.querySelector('main form').submit()`)
	c.within(`location.pathname`, "/")
	route, pressed, wanted := w.byRoute(), map[string]bool{}, map[string]string{}
	last := []string{"POST /signout", "POST /setup/clean", "POST /settings/tokens/end", "POST /settings/accounts/{id}"} // these would end the walk
	for _, path := range last {
		pressed[path] = true
	}
	for _, name := range sortedKeys(pages) {
		for n, f := range b.get(pages[name]).forms(pages[name]) {
			key := route(f.action)
			if !pressed[key] {
				key += " " + f.values.Get("do")
			}
			if pressed[key] || strings.HasPrefix(key, "POST /l/") {
				continue
			}
			wanted[key] = pages[name]
			c.visit(b.url + pages[name])
			press := fmt.Sprintf(`(b => { if (!b) return false; for (let d = b.closest('details'); d; d = d.parentElement.closest('details')) d.open = true; for (const i of b.form.querySelectorAll('[required]')) if (!i.value) i.value = 'by hand'; b.form.noValidate = true; setTimeout(() => b.click()); return true })([...document.querySelectorAll('form[method=post] button')][%d])`, n)
			if !ask[bool](c, press) { // a button before it took it away; the next page may have another
				continue
			}
			pressed[key] = true
			c.do(chromedp.Sleep(120 * time.Millisecond))
			if s := c.seen(); len(s) > 0 {
				t.Errorf("%s on %s: %v", key, pages[name], s)
			}
		}
	}
	left := 0
	for key, path := range wanted {
		if !pressed[key] {
			left++
			t.Logf("%s was on %s no longer when its turn came", key, path)
		}
	}
	if left > 4 {
		t.Errorf("%d kinds of button were not pressed", left)
	}
	t.Logf("measure web/kinds-of-button-without-violation %d - %d %s", len(wanted)-left, len(wanted), map[bool]string{true: "short", false: "ok"}[t.Failed()])
}
