package web

import (
	"bytes"
	"encoding/json"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"

	"marsad/internal/i18n"
)

// TestInstalledSite reads the manifest as a browser does that installs the site: its words are in the page's language and direction, its
// icons are there, of the sizes that it says, and its shortcuts lead to pages.
func TestInstalledSite(t *testing.T) {
	b := newWorld(t).serve(t)
	for lang, dir := range map[string]string{"en": "ltr", "ar": "rtl", "zh": "ltr"} {
		a := b.speak(lang).get("/").wants(200)
		var m struct {
			ID, Name, Scope, Lang, Dir, Description string
			Short                                   string `json:"short_name"`
			Start                                   string `json:"start_url"`
			Icons                                   []struct{ Src, Sizes, Type, Purpose string }
			Shortcuts                               []struct{ Name, URL string }
		}
		stranger := *b
		got := stranger.get(attr(a.one(`link[rel=manifest]`), "href")).wants(200)
		if kind := got.header.Get("Content-Type"); kind != "application/manifest+json" {
			t.Errorf("the manifest is served as %s", kind)
		}
		if err := json.Unmarshal([]byte(got.body), &m); err != nil {
			t.Fatal(err)
		}
		w := i18n.New(i18n.Options{Lang: lang})
		if m.ID != "/" || m.Start != "/" || m.Scope != "/" || !strings.Contains(m.Name, "مرصد") || len(m.Icons) < 3 || m.Lang != lang || m.Dir != dir || m.Short != w.Text("brand") || m.Description != w.Text("installed.about") {
			t.Errorf("%+v", m)
		}
		if len(m.Shortcuts) != 4 || m.Shortcuts[1].Name != w.Text("nav.watches") {
			t.Errorf("%s: shortcuts %+v", lang, m.Shortcuts)
		}
		for _, s := range m.Shortcuts {
			b.get(s.URL).wants(200)
		}
		for _, i := range m.Icons {
			got := b.get(i.Src).wants(200)
			if got.header.Get("Content-Type") != i.Type {
				t.Errorf("%s is served as %s", i.Src, got.header.Get("Content-Type"))
			}
			if i.Type != "image/png" {
				continue
			}
			c, err := png.DecodeConfig(bytes.NewReader([]byte(got.body)))
			if err != nil || i.Sizes != i18n.ID(int64(c.Width))+"x"+i18n.ID(int64(c.Height)) {
				t.Errorf("%s: %v %v", i.Src, c, err)
			}
		}
	}
}

// TestNoConnection stops the desk under a browser that knows it: what it shows then is in the browser's language, says that there is no
// connection, and holds nothing of what was read before. When the desk is back, so is the page that was asked for.
func TestNoConnection(t *testing.T) {
	w := newWorld(t)
	var down atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if down.Load() { // as a desk that is no more: whoever calls is hung up on
			if line, _, err := http.NewResponseController(out).Hijack(); err == nil {
				line.Close()
			}
			return
		}
		w.site.ServeHTTP(out, r)
	}))
	t.Cleanup(server.Close)
	for _, lang := range []string{"en", "ar"} {
		c := openChromium(t, server.URL, chromedp.Flag("accept-lang", lang))
		words := i18n.New(i18n.Options{Lang: lang})
		c.look("/", lang, "light", 390)
		headline := ask[string](c, `document.querySelector("h2, h3").textContent.trim()`)
		awaited(c, `new Promise((ready) => { const look = () => navigator.serviceWorker.getRegistration().then((r) => r?.active?.state === "activated" ? ready("") : setTimeout(look, 50)); look(); })`)
		down.Store(true)
		c.visit(c.url + "/watches")
		c.within(`document.querySelector("h1")?.textContent || ""`, words.Text("installed.offline"))
		c.within(`document.documentElement.lang + document.documentElement.dir`, lang+words.Dir())
		if body := ask[string](c, `document.body.textContent`); strings.Contains(body, headline) || !strings.Contains(body, words.Text("installed.nothing")) {
			t.Errorf("%s: the page without a desk reads %q", lang, body)
		}
		if width := ask[int](c, `document.documentElement.scrollWidth`); width > 390 {
			t.Errorf("%s: the page is %d wide", lang, width)
		}
		if kept := awaited(c, `caches.keys().then((all) => all.join())`); kept != "" {
			t.Errorf("the browser keeps %s", kept)
		}
		down.Store(false)
		c.act(`document.querySelector("a").click()`)
		c.within(`document.querySelector("h1")?.textContent || ""`, words.Text("watches.title"))
		c.within(`location.pathname`, "/watches")
	}
}
