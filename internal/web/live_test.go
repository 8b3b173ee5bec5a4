package web

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"marsad/internal/auth"
)

// within waits for an expression to become what is wanted.
func (c *chromium) within(expression, want string) {
	c.t.Helper()
	got := ""
	for range patience {
		if got = ask[string](c, expression); got == want {
			return
		}
		time.Sleep(pause)
	}
	c.t.Errorf("%s is %q, want %q", expression, got, want)
}

// TestNewsWaitBehindAButton lets news come in while a page is read: nothing moves, a button appears, and it leads to the same page.
func TestNewsWaitBehindAButton(t *testing.T) {
	events := make(chan Event)
	w := newWorld(t, func(o *Options) { o.Desk.Events = func(context.Context) <-chan Event { return events } })
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.beWatchful()
	c.look("/?only=single", "en", "light", 1280)
	first := `document.querySelector('.river .story').id + ' ' + document.querySelector('.river .story').getBoundingClientRect().top`
	before := ask[string](c, first)
	select {
	case events <- Event{Stories: 1}:
	case <-time.After(30 * time.Second): // a busy machine opens a page late
		t.Fatal("the page does not listen")
	}
	c.within(`document.getElementById('fresh').innerText`, "News has come in: show it")
	if after := ask[string](c, first); after != before {
		t.Errorf("the river moved from %s to %s", before, after)
	}
	events <- Event{Stories: 2, Breaking: true}
	c.within(`document.getElementById('fresh').innerText`, "Breaking news has come in: show it")
	c.within(`document.querySelectorAll('#fresh a').length + ' ' + document.querySelector('#fresh a').getAttribute('href')`, "1 /?only=single")
	if s := c.seen(); len(s) > 0 {
		t.Error(s)
	}
}

// TestAPartIsNoErrorPage loses the right to read while a page is open: what it asks for in parts is refused without a page of its own.
func TestAPartIsNoErrorPage(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Desk.Events = func(context.Context) <-chan Event { return nil } })
	w.signedIn(t, auth.Reader)
	part := func(r *http.Request) { r.Header.Set("HX-Request", "true") }
	for _, path := range []string{"/events?next=%2F", "/watches/explain?q=flood"} {
		if rec := w.with("GET", path, "localhost", "127.0.0.1:1", part); rec.Code != 403 || rec.Body.Len() > 0 {
			t.Errorf("%s: %d %q", path, rec.Code, rec.Body)
		}
		if rec := w.with("GET", path, "localhost", "127.0.0.1:1", nil); rec.Code != 303 {
			t.Errorf("%s as a page: %d", path, rec.Code)
		}
	}
}

// TestFirstStepsAreAccessible looks at each step of a first run as axe does.
func TestFirstStepsAreAccessible(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Demo = false })
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	c.beWatchful()
	source := axe(t)
	for _, step := range []string{"1", "2", "3"} {
		for _, l := range []struct {
			lang, theme string
			width       int64
		}{{"en", "light", 1280}, {"ar", "dark", 320}, {"ar", "light", 768}} {
			c.look("/setup?step="+step, l.lang, l.theme, l.width)
			c.accessible(t, fmt.Sprintf("step %s %s %s %d", step, l.lang, l.theme, l.width), source)
		}
	}
}

// TestKeysOnOtherLayouts goes to the watches and to the search box as six keyboards send it.
func TestKeysOnOtherLayouts(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	press := func(code, key string) {
		c.act(fmt.Sprintf(`document.body.dispatchEvent(new KeyboardEvent('keydown', {code: %q, key: %q, bubbles: true}))`, code, key))
	}
	for layout, keys := range map[string][3][2]string{ // g, w and the slash
		"QWERTY": {{"KeyG", "g"}, {"KeyW", "w"}, {"Slash", "/"}}, "AZERTY": {{"KeyG", "g"}, {"KeyZ", "w"}, {"Period", "/"}}, "Arabic": {{"KeyG", "ل"}, {"KeyW", "ص"}, {"Slash", "ظ"}},
		"Russian": {{"KeyG", "п"}, {"KeyW", "ц"}, {"Slash", "."}}, "Hebrew": {{"KeyG", "ע"}, {"KeyW", "'"}, {"Slash", "."}}, "Dvorak": {{"KeyU", "g"}, {"Comma", "w"}, {"BracketLeft", "/"}},
	} {
		c.look("/", "en", "light", 1280)
		press(keys[2][0], keys[2][1])
		c.within(`document.activeElement.id`, "q")
		c.act(`document.activeElement.blur()`)
		press(keys[0][0], keys[0][1])
		press(keys[1][0], keys[1][1])
		c.within(`location.pathname`, "/watches")
		if t.Failed() {
			t.Fatal(layout)
		}
	}
}
