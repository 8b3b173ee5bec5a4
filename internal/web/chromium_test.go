package web

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// chromium is a real browser that looks at the site.
type chromium struct {
	t   testing.TB
	ctx context.Context
	url string
}

// openChromium starts Chromium; a machine without one skips the test.
func openChromium(t testing.TB, url string, flags ...chromedp.ExecAllocatorOption) *chromium {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" || testing.Short() {
		t.Skip("needs Chromium: apt-get install chromium")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("font-render-hinting", "none"))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), append(opts, flags...)...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	limit := 10 * time.Minute
	if os.Getenv("MARSAD_AXE") == "all" || os.Getenv("MARSAD_SHOTS") != "" {
		limit = time.Hour
	}
	ctx, cancel = context.WithTimeout(ctx, limit)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // it lives as long as the context of its first steps
		t.Fatal(err)
	}
	return &chromium{t, ctx, url}
}

func (c *chromium) do(steps ...chromedp.Action[chromedp.Void]) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.ctx, 3*time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		c.t.Fatal(err)
	}
}

// visit opens an address. On a busy machine Chromium now and then forgets a page that it was asked for: it is asked again.
func (c *chromium) visit(address string) {
	c.t.Helper()
	var err error
	for range 4 {
		ctx, cancel := context.WithTimeout(c.ctx, 45*time.Second)
		err = chromedp.Do(ctx, chromedp.Navigate(address))
		cancel()
		if err == nil {
			return
		}
		c.t.Logf("%s is asked for again: %v", address, err)
	}
	c.t.Fatal(err)
}

// enter comes in as whoever set the desk up.
func (c *chromium) enter() {
	c.t.Helper()
	c.visit(c.url + "/setup?token=" + url.QueryEscape(secret))
}

// look opens a page in a language, theme and width.
func (c *chromium) look(path, lang, theme string, width int64) {
	c.t.Helper()
	q := url.Values{"lang": {lang}, "theme": {theme}, "zone": {"Asia/Riyadh"}, "next": {path}}
	height := int64(900)
	if width < 600 {
		height = 1500
	}
	c.do(chromedp.EmulateViewport(width, height))
	c.visit(c.url + "/prefs?" + q.Encode())
	c.painted()
}

// painted waits until the page has been drawn: Chromium drops keys that come before its first frame.
func (c *chromium) painted() {
	c.t.Helper()
	c.within(`String(performance.getEntriesByType('paint').length > 0)`, "true")
}

// paper makes the browser show pages as they would be printed.
func (c *chromium) paper(on bool) {
	c.t.Helper()
	media := ""
	if on {
		media = "print"
	}
	c.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media})
		return chromedp.Void{}, err
	})
}

// A question to a page is put as often as patience says, a pause apart: eight seconds, for busy machines.
const (
	patience = 80
	pause    = 100 * time.Millisecond
)

// ask evaluates an expression without effects; a page that is just being left is asked again when the next stands.
func ask[T any](c *chromium, expression string) T {
	c.t.Helper()
	var v T
	var err error
	for range patience {
		if v, err = chromedp.Run(c.ctx, chromedp.Evaluate[T](expression)); err == nil {
			return v
		}
		if !pageLeft(err) {
			break
		}
		time.Sleep(pause)
	}
	c.t.Fatal(err)
	return v
}

// act runs statements in the page once; they may lead away from it.
func (c *chromium) act(statements string) {
	c.t.Helper()
	if _, err := chromedp.Run(c.ctx, chromedp.Evaluate[bool](statements+"; true")); err != nil && !pageLeft(err) {
		c.t.Fatal(err)
	}
}

// pageLeft says whether an evaluation failed only because another page was on its way.
func pageLeft(err error) bool {
	for _, sign := range []string{"navigated or closed", "context was destroyed", "Cannot find context"} {
		if strings.Contains(err.Error(), sign) {
			return true
		}
	}
	return false
}

// TestScreenshots writes pictures of all pages into the folder that MARSAD_SHOTS names, for people to look at.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("MARSAD_SHOTS")
	if dir == "" {
		t.Skip("MARSAD_SHOTS names no folder for pictures")
	}
	w := newWorld(t)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	only := os.Getenv("MARSAD_SHOTS_ONLY")
	type look struct {
		lang, theme string
		width       int64
	}
	looks := []look{{"ar", "print", 800}, {"en", "print", 800}}
	for _, lang := range []string{"en", "ar", "zh"} {
		for _, theme := range []string{"light", "dark"} {
			looks = append(looks, look{lang, theme, 1280}, look{lang, theme, 390})
		}
	}
	pages := shown(t, w)
	for _, look := range looks {
		for name, path := range pages {
			id := strings.Join([]string{name, look.lang, look.theme, map[int64]string{1280: "desk", 390: "phone", 800: "paper"}[look.width]}, "-")
			if only != "" && !strings.Contains(id, only) {
				continue
			}
			c.paper(look.theme == "print")
			c.look(path, look.lang, look.theme, look.width)
			if name == "read" {
				c.takeApart(w)
			}
			if look.width >= 600 { // a window as high as the page: a capture beyond the window shifts pages that run from right to left
				c.do(chromedp.EmulateViewport(look.width, ask[int64](c, `document.documentElement.scrollHeight`)))
				c.painted()
			}
			png, err := chromedp.Run(c.ctx, chromedp.CaptureScreenshot())
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, id+".png"), png, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// takeApart pastes the page of the richest article into the box and sends it.
func (c *chromium) takeApart(w *world) {
	c.t.Helper()
	_, article := w.richest(c.t)
	id, err := strconv.ParseInt(strings.TrimPrefix(article, "/articles/"), 10, 64)
	if err != nil {
		c.t.Fatal(err)
	}
	p, err := w.store.Page(c.t.Context(), id)
	if err != nil {
		c.t.Fatal(err)
	}
	c.act(fmt.Sprintf(`document.getElementById('take-paste').value = %q; document.querySelector('.take').submit()`, p.Body))
	c.do(chromedp.WaitVisible(chromedp.CSS(".apart")))
}

// shown gives the pages that are looked at, by name: the story and article with the most to show.
func shown(t testing.TB, w *world) map[string]string {
	t.Helper()
	story, article := w.richest(t)
	old, fresh := w.twoOf(t)
	pages := map[string]string{
		"now": "/", "story": story, "article": article, "search": "/search?q=" + url.QueryEscape("port OR flood"), "watches": "/watches", "watch": "/watches/1",
		"sources": "/sources", "source": "/sources/1", "outbox": "/outbox", "read": "/read", "settings": "/settings", "setup": "/setup", "about": "/about",
		"mylist": "/mylist", "push": "/settings/push", "packs": "/sources/packs", "diary": "/diary", "watch-new": "/watches/new", "watch-told": "/watches/1/told", "entity": w.anEntity(t), "audit": "/audit", "accounts": "/settings/accounts", "changes": fmt.Sprintf("/articles/%d/changes?from=%d", fresh.Article.ID, old.Article.ID),
	}
	maps.Copy(pages, w.listPages(w.aList(t)))
	return pages
}
