package web

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"

	"marsad/internal/i18n"
)

// inQuery gives the words of the language that the address names: browsers ask for a manifest without cookies.
func (v *visit) inQuery() *i18n.Printer {
	lang := v.query("lang")
	if !i18n.Known(lang) {
		lang = v.words.Lang()
	}
	return i18n.New(i18n.Options{Lang: lang})
}

// manifest says how the site looks as a program of its own. It names no desk: whoever asks need not be signed in.
func (s *site) manifest(v *visit) error {
	type icon struct {
		Src     string `json:"src"`
		Sizes   string `json:"sizes"`
		Type    string `json:"type"`
		Purpose string `json:"purpose,omitempty"`
	}
	type shortcut struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	w := v.inQuery()
	var ways []shortcut
	for _, way := range [][2]string{{"nav.now", "/"}, {"nav.watches", "/watches"}, {"reader.title", "/mylist"}, {"nav.sources", "/sources"}} {
		ways = append(ways, shortcut{w.Text(way[0]), way[1]})
	}
	b, err := json.Marshal(map[string]any{
		"id": "/", "start_url": "/", "scope": "/", "display": "minimal-ui", "background_color": "#fbfaf7", "theme_color": "#0b5a8f", "categories": []string{"news"},
		"lang": w.Lang(), "dir": w.Dir(), "name": "Marsad · مرصد", "short_name": w.Text("brand"), "description": w.Text("installed.about"), "shortcuts": ways,
		"icons": []icon{{"/static/icon.svg", "any", "image/svg+xml", ""}, {"/static/icon-192.png", "192x192", "image/png", ""}, {"/static/icon-512.png", "512x512", "image/png", "any maskable"}},
	})
	if err != nil {
		return err
	}
	v.w.Header().Set("Cache-Control", "public, max-age=3600")
	v.send("application/manifest+json", b)
	return nil
}

// worker gives the script that stands between the browser and a desk that does not answer, and receives news; at the root, so that it is
// for the whole site. It carries the pages that it then shows, in all languages: it is the same for everybody, for a worker that changes
// while pages are on their way holds them up.
func (s *site) worker(v *visit) error {
	pages := map[string]carriedPage{}
	for _, l := range i18n.Languages() {
		page, err := s.offline(i18n.New(i18n.Options{Lang: l.Tag}))
		if err != nil {
			return err
		}
		pages[l.Tag] = page
	}
	carried, err := json.Marshal(pages)
	if err != nil {
		return err
	}
	v.w.Header().Set("Cache-Control", "no-cache")
	v.send("text/javascript; charset=utf-8", slices.Concat([]byte("const offline = "), carried, []byte(";\n"), s.static.byName["sw.js"].body))
	return nil
}

// carriedPage is a page that needs nothing beside it, with the policy that lets its own style stand and nothing else.
type carriedPage struct {
	Body   string `json:"body"`
	Policy string `json:"policy"`
}

// offlineStyle is all that the page looks like: its style sheet cannot be had when it is shown.
const offlineStyle = `:root{color-scheme:light dark}body{font:1.1rem/1.7 system-ui,sans-serif;max-width:34rem;margin:20vh auto 0;padding:0 1.2rem}h1{font-size:1.5rem}a{display:inline-block;padding:.5rem 1rem;border:1px solid;border-radius:.4rem;color:inherit;text-decoration:none}`

func (s *site) offline(w *i18n.Printer) (carriedPage, error) {
	sum := sha256.Sum256([]byte(offlineStyle))
	var b bytes.Buffer
	if err := s.pages.sets["offline"].ExecuteTemplate(&b, "offline", page{Printer: w}); err != nil {
		return carriedPage{}, err
	}
	body := bytes.Replace(b.Bytes(), []byte("<style></style>"), []byte("<style>"+offlineStyle+"</style>"), 1)
	return carriedPage{string(body), "default-src 'none'; base-uri 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"}, nil
}

// ManifestURL is where the page's manifest is, in the page's language.
func (p page) ManifestURL() string {
	return "/app.webmanifest?" + url.Values{"lang": {cmp.Or(p.Lang(), "en")}}.Encode()
}
