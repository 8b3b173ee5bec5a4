package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// focused says of the element that has the focus: what it is, its number among all, and what is wrong with how it shows.
const focused = `(() => { const e = document.activeElement; if (!e || e === document.body) return '';
const all = [...document.querySelectorAll('*')], s = getComputedStyle(e), r = (e.matches('.hist a') ? e.querySelector('rect') : e).getBoundingClientRect(), bad = [];
if (!(s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)) bad.push('no ring');
if (r.width < 1 || r.height < 1) bad.push('no size');
if (r.bottom < 0 || r.top > innerHeight || r.right < 0 || r.left > innerWidth) bad.push('out of sight');
if (e.tabIndex > 0) bad.push('tabindex');
return all.indexOf(e) + ' ' + e.tagName + ' ' + (e.getAttribute('href') || e.id || e.name || e.className) + (bad.length ? ' BAD ' + bad.join(', ') : '') })()`

// TestKeyboardAlone walks through pages by the tabulator key: the first stop leads past the head of the page, every stop is in sight with a
// ring around it, the stops stand in the order of the page, and after the last the walk leaves it.
func TestKeyboardAlone(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	pages := shown(t, w)
	stops := 0
	for i, name := range []string{"now", "story", "article", "search", "watches", "watch", "sources", "outbox", "settings", "entity", "list-join"} {
		lang := directions[i%len(directions)].lang
		c.look(pages[name], lang, "light", 1280)
		c.do(chromedp.KeyEvent(kb.Tab))
		if !ask[bool](c, `document.activeElement.matches('a.skip')`) {
			t.Errorf("%s: the first stop is %s", name, ask[string](c, focused))
		}
		c.do(chromedp.KeyEvent(kb.Enter))
		c.within(`location.hash + document.activeElement.id`, "#mainmain")
		last, n := -1, 0
		for ; n < 400; n++ {
			c.do(chromedp.KeyEvent(kb.Tab))
			at := ask[string](c, focused)
			if at == "" {
				break
			}
			var number int
			if _, err := fmt.Sscan(at, &number); err != nil {
				t.Fatal(err)
			}
			if number < last || number == last && !strings.Contains(at, " INPUT ") { // a field of a date has several stops
				if number < 40 { // around to the head of the page again
					break
				}
				t.Errorf("%s %s: stop %d goes back: %s", name, lang, n, at)
			}
			if last = number; strings.Contains(at, " BAD ") {
				t.Errorf("%s %s: stop %d: %s", name, lang, n, at)
			}
		}
		if n == 400 || n < 3 {
			t.Errorf("%s: the walk ends after %d stops", name, n)
		}
		stops += n
	}
	t.Logf("measure web/stops-in-order-and-in-sight %d - %d %s", stops, stops, map[bool]string{true: "short", false: "ok"}[t.Failed()])
}

// TestKeysCanBeSwitchedOff presses what would do something, in a browser whose reader wants no such keys.
func TestKeysCanBeSwitchedOff(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	for keys, want := range map[string]string{"on": "1", "off": "0"} {
		c.visit(b.url + "/prefs?keys=" + keys)
		c.look("/", "en", "light", 1280)
		c.act(`addEventListener('keydown', () => { window.__pressed = true })`)
		c.do(chromedp.KeyEvent("j"))
		c.within(`String(window.__pressed)`, "true")
		c.within(`String(document.querySelectorAll('.sel').length)`, want)
	}
}
