package web

import (
	"bytes"
	"compress/gzip"
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"marsad/internal/auth"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/text"
)

//go:embed templates/*.html static
var files embed.FS

// pages holds a template set for each page: the frame and shared parts, and the page's own content.
type pages struct{ sets map[string]*template.Template }

func loadPages() *pages {
	shared := template.Must(template.New("").Funcs(template.FuncMap{
		"opening": opening, "operators": func() []string { return operators }, "zones": func() []string { return zones }, "autonym": i18n.Autonym, "roles": func() []string { return []string{"reader", "editor", "admin"} }, "tokendays": func() []int { return tokenDays },
		"few": few[outlet], "fewKin": few[*entry],
		"last": func(cs []column) column { return cs[len(cs)-1] }, "pair": func(a, b string) [2]string { return [2]string{a, b} },
	}).ParseFS(files, "templates/frame.html", "templates/parts.html"))
	p := &pages{sets: map[string]*template.Template{}}
	entries, err := files.ReadDir("templates")
	if err != nil {
		panic(err) // embedded
	}
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".html")
		if name == "frame" || name == "parts" {
			continue
		}
		set := template.Must(template.Must(shared.Clone()).ParseFS(files, path.Join("templates", e.Name())))
		p.sets[name] = set
	}
	return p
}

// few gives what of a list stands open on a page; the rest is folded, one alone is not.
func few[T any](list []T) []T {
	const open = 12
	if len(list) <= open+1 {
		return list
	}
	return list[:open]
}

// operators name what explains the query language: the words stand under "ops.", an example in the reader's language under "ops.example.".
var operators = []string{
	"words", "phrase", "or", "not", "near", "same", "prefix", "who", "where", "speaker", "denies", "lang", "source", "on", "published", "sources", "breaking", "title-field",
}

// zones are the time zones that the settings propose; any other may be typed.
var zones = []string{
	"UTC", "Asia/Riyadh", "Asia/Dubai", "Asia/Beirut", "Asia/Amman", "Asia/Baghdad", "Asia/Tehran", "Africa/Cairo", "Africa/Tunis", "Africa/Casablanca",
	"Europe/London", "Europe/Paris", "Europe/Berlin", "Europe/Kyiv", "Europe/Moscow", "Europe/Istanbul", "Asia/Karachi", "Asia/Kolkata", "Asia/Shanghai",
	"Asia/Seoul", "Asia/Tokyo", "Australia/Sydney", "America/New_York", "America/Chicago", "America/Los_Angeles", "America/Mexico_City", "America/Sao_Paulo",
}

// page is what a template sees: the words of the interface, who is there, and the page's own data.
type page struct {
	*i18n.Printer
	Title   string // already in the reader's language; may hold isolates
	Section string // of the navigation
	Path    string // of this page, with its query
	Who     auth.Visitor
	Theme   string
	Keys    bool
	Demo    bool
	Claimed bool
	Done    string
	Counts  store.Counts
	Version string
	Feed    string // address of the page's Atom feed
	Assets  func(string) string
	Data    any
}

// ArabicScript tells whether the words of the interface are written in it, so that its letters are asked for at once.
func (p page) ArabicScript() bool { return p.Lang() == "ar" || p.Lang() == "fa" }

// With gives the page with other data, for a part of it.
func (p page) With(data any) page { p.Data = data; return p }

// JSONFeed gives the address of the page's feed as JSON.
func (p page) JSONFeed() string { return strings.Replace(p.Feed, "feed.atom", "feed.json", 1) }

// Languages lists the languages of the interface.
func (p page) Languages() []i18n.Language { return i18n.Languages() }

// Say gives a text of the news isolated, in its language and direction.
func (p page) Say(s, lang string) template.HTML { return i18n.Run{Text: s, Lang: lang}.HTML() }

// Piece gives a piece of a text of the news, for an element that stands in the whole text's direction.
func (p page) Piece(s, whole string) template.HTML { return i18n.Words(s, text.RTL(whole)) }

// Of gives the attributes of an element whose whole content is a text of the news.
func (p page) Of(s, lang string) template.HTMLAttr {
	a := ` dir="` + text.Dir(s) + `"`
	if lang != "" {
		a += ` lang="` + template.HTMLEscapeString(lang) + `"`
	}
	return template.HTMLAttr(a)
}

// Token gives the hidden field that every form carries which changes something.
func (p page) Token() template.HTML {
	return template.HTML(`<input type="hidden" name="csrf" value="` + template.HTMLEscapeString(p.Who.CSRF) + `">`)
}

// May tells whether the visitor has a role.
func (p page) May(role string) bool { return p.Who.Role >= auth.ParseRole(role) }

// LangName gives a language's name in itself, as a run in that language.
func (p page) LangName(tag string) template.HTML {
	return i18n.Run{Text: i18n.Autonym(tag), Lang: tag}.HTML()
}

// DayWords says a day, written as YYYY-MM-DD, as the reader's language does; what is none is given as it is.
func (p page) DayWords(day string) template.HTML {
	if t, err := time.Parse(time.DateOnly, day); err == nil {
		return template.HTML(template.HTMLEscapeString(p.DateAs("date.year", t)))
	}
	return run(day, "").HTML()
}

// Choose gives the address that sets a preference and comes back here.
func (p page) Choose(name, value string) string {
	return "/prefs?" + url.Values{name: {value}, "next": {p.Path}}.Encode()
}

// part renders a piece of a page alone, for a page that asks for it while it is open.
func (v *visit) part(set, name string, data any) error {
	var b bytes.Buffer
	if err := v.s.pages.sets[set].ExecuteTemplate(&b, name, page{Printer: v.words, Who: v.who, Assets: v.s.static.url, Data: data}); err != nil {
		return err
	}
	v.send("text/html; charset=utf-8", b.Bytes())
	return nil
}

// show renders a page into memory and then sends it, so that a fault half-way is an error page and not half a page.
func (v *visit) show(name, title, section string, data any) {
	var b bytes.Buffer
	if err := v.s.pages.sets[name].ExecuteTemplate(&b, "frame", v.page(title, section, data)); err != nil {
		v.s.Log.Error("template failed", "page", name, "err", err)
		http.Error(v.w, v.words.Text("error.internal"), http.StatusInternalServerError)
		return
	}
	v.send("text/html; charset=utf-8", b.Bytes())
}

// page joins what every page shows with one page's own data.
func (v *visit) page(title, section string, data any) page {
	p := page{
		Printer: v.words, Title: title, Section: section, Path: v.r.URL.RequestURI(), Who: v.who, Theme: v.theme, Keys: !v.plain,
		Demo: v.s.Demo, Claimed: v.s.Auth.Claimed(v.r.Context()), Version: v.s.Version, Assets: v.s.static.url, Data: data,
	}
	if d := v.query("done"); v.words.Has("done." + d) {
		p.Done = v.words.Text("done." + d)
	}
	if f, ok := data.(interface{ FeedURL() string }); ok {
		p.Feed = f.FeedURL()
	}
	if v.who.Role >= auth.Reader {
		if c, err := v.s.counted(v.r.Context(), v.words.Now()); err == nil { // the line of health is no reason to show no page
			p.Counts = c
		}
	}
	return p
}

// send writes an answer, packed where the browser takes it.
func (v *visit) send(contentType string, body []byte) {
	h := v.w.Header()
	h.Set("Content-Type", contentType)
	h.Add("Vary", "Accept-Encoding, Cookie, Accept-Language")
	if len(body) > 1400 && strings.Contains(v.r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		v.w.WriteHeader(v.status)
		z, _ := gzip.NewWriterLevel(v.w, gzip.BestSpeed) // the level is a valid constant
		_, _ = z.Write(body)                             // the reader may have gone
		_ = z.Close()
		return
	}
	v.w.WriteHeader(v.status)
	_, _ = v.w.Write(body)
}
