package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsad/internal/auth"
	"marsad/internal/i18n"
	"marsad/internal/list"
	"marsad/news"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// public is a member of the public in a real browser without scripts, who knows the desk by its lists alone.
type public struct {
	*chromium
	w     *world
	list  news.PublicList
	name  string
	lang  string
	width int64
}

// noScript switches scripts off, as careful readers do.
func (c *chromium) noScript() {
	c.t.Helper()
	c.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	})
}

// sees checks the page that stands there: its direction, its heading, nothing wider than the screen, and that no program ran. With
// MARSAD_SHOTS it takes a picture.
func (p *public) sees(step, heading string) {
	p.t.Helper()
	var got struct {
		Dir, H1     string
		Wide, Broad float64
	}
	got.Dir = ask[string](p.chromium, `document.documentElement.dir`)
	got.H1 = ask[string](p.chromium, `document.querySelector("h1").textContent`)
	got.Wide, got.Broad = ask[float64](p.chromium, `document.documentElement.scrollWidth`), ask[float64](p.chromium, `innerWidth`)
	want := map[string]string{"ar": "rtl", "en": "ltr"}[p.lang]
	if got.Dir != want || got.Wide > got.Broad || plainWords(got.H1) != heading {
		p.t.Errorf("%s %s %d: %+v, want %s, %q", step, p.lang, p.width, got, want, heading)
	}
	if dir := os.Getenv("MARSAD_SHOTS"); dir != "" {
		png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			p.t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("public-%s-%s-%d.png", step, p.lang, p.width)), png, 0o644); err != nil {
			p.t.Fatal(err)
		}
	}
}

// press clicks a button and waits for the page behind it.
func (p *public) press(selector string) {
	p.t.Helper()
	p.act(`document.documentElement.classList.add("old")`)
	p.do(chromedp.Click(chromedp.CSS(selector)), chromedp.WaitReady(chromedp.CSS("html:not(.old) h1")))
}

func (p *public) typed(address string) {
	p.t.Helper()
	p.act(fmt.Sprintf(`document.querySelector("input[name=address]").value = %q`, address))
}

// word gives a phrase of the interface in the reader's language.
func (p *public) word(key string, args ...any) string {
	return plainWords(i18n.New(i18n.Options{Lang: p.lang}).Text(key, args...))
}

func (p *public) state(want news.RecipientState) {
	p.t.Helper()
	person, err := p.w.options.Lists.Behind(p.t.Context(), list.Prefs, p.w.options.Lists.Link(list.Prefs, p.list.ID, p.name))
	if err != nil || person.State != want {
		p.t.Fatalf("%s is %s, want %s: %v", p.name, person.State, want, err)
	}
}

func (p *public) link(purpose string) string {
	return p.url + "/l/" + map[string]string{list.Confirm: "confirm", list.Leave: "leave", list.Prefs: "prefs"}[purpose] + "/" + p.w.options.Lists.Link(purpose, p.list.ID, p.name)
}

// TestSignUpAsThePublic goes the whole way, in Arabic and English, on a phone and a desk, without scripts: the form, the link of the mail,
// preferences, leaving, and signing up again, here and by a form on another site.
func TestSignUpAsThePublic(t *testing.T) {
	w := newWorld(t)
	if _, err := w.keeper.Create(t.Context(), "anna", "a long password", auth.Admin, "en"); err != nil { // a desk in use: strangers see its lists alone
		t.Fatal(err)
	}
	l := w.aList(t)
	b := w.serve(t)
	other := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		form := w.embedded(t, l, b.url, r.URL.Query().Get("lang"))
		fmt.Fprintf(rw, "<!doctype html><html><body><h1>x</h1>%s</body></html>", form)
	}))
	defer other.Close()
	c := openChromium(t, b.url)
	c.noScript()
	for i, look := range []struct {
		lang  string
		width int64
	}{{"ar", 390}, {"en", 1280}, {"ar", 1280}, {"en", 390}} {
		p := &public{c, w, l, fmt.Sprintf("reader%d@reader.example", i), look.lang, look.width}
		p.look("/lists/ports", look.lang, "light", look.width)
		p.sees("join", l.Name)
		if n := ask[float64](c, `document.querySelectorAll("nav, form.q").length`); n != 0 {
			t.Error("a stranger is shown the desk's own ways")
		}
		p.typed(p.name)
		p.press("main button.main")
		p.sees("joined", p.word("lists.joined-title"))
		p.state(news.Unconfirmed)
		p.visit(p.link(list.Confirm))
		p.sees("confirm", p.word("lists.confirm-title"))
		p.state(news.Unconfirmed) // looking is not agreeing
		p.press("main button.main")
		p.sees("confirmed", p.word("lists.confirmed-title"))
		p.state(news.Confirmed)
		p.press("main a[href^='/l/prefs/']")
		p.sees("prefs", p.word("lists.prefs-title"))
		p.press("main button[value=save]")
		p.sees("saved", p.word("lists.prefs-title"))
		p.state(news.Confirmed)
		p.visit(p.link(list.Leave))
		p.sees("leave", p.word("lists.leave-title"))
		p.press("main button.main")
		p.sees("left", p.word("lists.left-title"))
		p.state(news.Unsubscribed)
		p.visit(strings.Replace(other.URL, "127.0.0.1", "localhost", 1) + "/?lang=" + look.lang)
		dir := ask[string](c, `getComputedStyle(document.querySelector("form")).direction`)
		if want := map[string]string{"ar": "rtl", "en": "ltr"}[look.lang]; dir != want {
			t.Errorf("the form on another site is %s, want %s", dir, want)
		}
		p.typed(p.name)
		p.press("form button")
		p.sees("embedded", p.word("lists.joined-title"))
		p.visit(p.link(list.Confirm))
		p.press("main button.main")
		p.state(news.Confirmed)
	}
	w.speaksTheirLanguage(t, l)
	record, err := w.options.Lists.Export(t.Context(), "reader0@reader.example")
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string]bool{}
	for _, e := range record.Ledger {
		forms[e.Form] = true
	}
	if u, _ := url.Parse(other.URL); !forms["form at http://localhost:"+u.Port()] || !forms["page /lists/ports"] {
		t.Errorf("where the forms stood: %v", forms)
	}
}

// speaksTheirLanguage follows the links of mails with a browser that prefers another language and was never here.
func (w *world) speaksTheirLanguage(t *testing.T, l news.PublicList) {
	t.Helper()
	for name, want := range map[string]string{"reader0@reader.example": "rtl", "reader1@reader.example": "ltr"} {
		for _, purpose := range []string{"confirm", "leave", "prefs"} {
			stranger := w.serve(t)
			link := w.options.Lists.Link(map[string]string{"confirm": list.Confirm, "leave": list.Leave, "prefs": list.Prefs}[purpose], l.ID, name)
			if got := attr(stranger.get("/l/"+purpose+"/"+link).wants(200).one("html"), "dir"); got != want {
				t.Errorf("%s of %s is %s", purpose, name, got)
			}
		}
	}
}

// embedded gives the form of a list's page for other sites, in one language.
func (w *world) embedded(t *testing.T, l news.PublicList, at, lang string) string {
	t.Helper()
	s := &site{Options: w.options}
	r := httptest.NewRequest("GET", at+"/", nil)
	v := s.visit(httptest.NewRecorder(), r)
	l.Langs = []string{lang}
	return v.embed(l)
}
