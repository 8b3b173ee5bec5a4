package web

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"marsad/internal/auth"
	"marsad/internal/i18n"
)

func TestPacksAreWhole(t *testing.T) {
	seen := map[string]bool{}
	n := 0
	for line := range strings.Lines(packLines) {
		if !strings.HasPrefix(line, "#") {
			n++
		}
	}
	read := 0
	for _, p := range packs() {
		if i18n.Autonym(p.Lang) == p.Lang {
			t.Errorf("the language %s has no name", p.Lang)
		}
		for _, f := range p.Feeds {
			read++
			u, err := url.Parse(f.URL)
			if err != nil || u.Scheme != "https" || u.Host == "" || seen[f.URL] || f.Name == "" || len(f.Country) != 2 && f.Country != "" {
				t.Errorf("%+v cannot be so", f)
			}
			seen[f.URL] = true
		}
	}
	if read != n || n < 100 {
		t.Errorf("%d of %d lines are read", read, n)
	}
}

func TestAddPack(t *testing.T) {
	pasted := ""
	w := newWorld(t, func(o *Options) {
		o.Desk.AddSources = func(_ context.Context, in Adding) ([]Added, error) {
			pasted = in.Given
			return []Added{{Line: "https://news.un.org/feed/subscribe/ar/news/all/rss.xml", Problem: "temporary", Detail: "no answer"}}, nil
		}
	})
	b := w.signedIn(t, auth.Editor)
	b.speak("ar")
	page := b.get("/sources/packs").wants(200)
	page.wellMade("ar", "rtl")
	if open := page.all("details.pack:first-of-type[open] bdi[lang=ar]"); len(page.all("details[open]")) != 1 || len(open) != 1 {
		t.Errorf("of the packs in the reader's language %d stands open at the top", len(open))
	}
	csrf := attr(page.all("input[name=csrf]")[0], "value")
	b.post("/sources/pack", url.Values{"csrf": {csrf}, "feed": {"https://news.un.org/feed/subscribe/ar/news/all/rss.xml", "https://evil.example/feed"}}).wants(200)
	if pasted != "https://news.un.org/feed/subscribe/ar/news/all/rss.xml" {
		t.Errorf("the desk was asked to add %q", pasted)
	}
	b.post("/sources/pack", url.Values{"csrf": {csrf}}).wants(303)
}
