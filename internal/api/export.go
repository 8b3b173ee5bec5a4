package api

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

// lines is JSON, one object a line.
const lines = "application/jsonl"

var formatParam = param{"format", "string", "json, jsonl, csv, atom or jsonfeed; all but the first stream all hits where n is missing"}

// exports are the forms in which articles leave the desk in any number, by the name that a request gives.
var exports = map[string]struct {
	kind, file string
	writer     func(w io.Writer, of about) writer
}{
	"jsonl":    {lines + "; charset=utf-8", "marsad.jsonl", newLines},
	"csv":      {"text/csv; charset=utf-8", "marsad.csv", newTable},
	"atom":     {"application/atom+xml; charset=utf-8", "marsad.atom", newAtom},
	"jsonfeed": {"application/feed+json; charset=utf-8", "marsad.json", newFeed},
}

// about is what a feed says of itself.
type about struct {
	title, base, self, page string
	formats                 string // that the address answers in
	now                     time.Time
}

// writer writes articles one by one, so that an archive of any size costs no memory. shown is the article as its line shows it.
type writer interface {
	begin() error
	write(e store.Entry, shown any) error
	end() error
}

// pour answers articles in a form, as long as gather yields them. A fault midway breaks the connection off, which tells what a whole
// answer would hide.
func (c *call) pour(format string, of about, gather func(yield func(e store.Entry, shown any) bool) error) error {
	as, ok := exports[format]
	if !ok {
		return fault.New(fault.Invalid, "format is %s", of.formats)
	}
	of.base, of.now = c.Base, c.Now()
	of.self = c.Base + c.r.URL.RequestURI()
	w := as.writer(c.w, of)
	begun := 0
	begin := func() error {
		c.w.Header().Set("Content-Type", as.kind)
		c.w.Header().Set("Content-Disposition", `attachment; filename="`+as.file+`"`)
		return w.begin()
	}
	var gone error
	err := gather(func(e store.Entry, shown any) bool {
		if begun == 0 {
			gone = begin()
		}
		if begun++; gone == nil {
			gone = w.write(e, shown)
		}
		return gone == nil
	})
	switch {
	case gone != nil, err != nil && begun > 0 && c.r.Context().Err() != nil: // nobody reads any more, or the desk stops
		panic(http.ErrAbortHandler)
	case err != nil && begun > 0:
		c.Log.Error("an export broke off", "err", err)
		panic(http.ErrAbortHandler)
	case err != nil:
		return err
	case begun == 0:
		if begin() != nil {
			return nil
		}
	}
	_ = w.end() // the caller may have gone
	return nil
}

// jsonLines are records, one a line.
type jsonLines struct{ *json.Encoder }

func newLines(w io.Writer, _ about) writer               { return jsonLines{json.NewEncoder(w)} }
func (l jsonLines) begin() error                         { return nil }
func (l jsonLines) write(_ store.Entry, shown any) error { return l.Encode(shown) }
func (l jsonLines) end() error                           { return nil }

// table is CSV (RFC 4180) that no spreadsheet takes for formulas.
type table struct{ *csv.Writer }

func newTable(w io.Writer, _ about) writer {
	t := table{csv.NewWriter(w)}
	t.UseCRLF = true
	return t
}

func (t table) begin() error {
	return t.Write([]string{"id", "story", "outlet", "lang", "published", "arrived", "headline", "url"})
}

func (t table) write(e store.Entry, _ any) error {
	a := e.Article
	return t.Write([]string{strconv.FormatInt(a.ID, 10), strconv.FormatInt(e.Placement.Story, 10), cell(e.Source.Name), cell(a.Lang), publishedOf(a.Published),
		stamp(e.Arrived), cell(a.Headline), cell(a.URL)})
}

// publishedOf writes when an article was published, as the record does: a day without a time is no midnight.
func publishedOf(s news.Stamp) string {
	switch {
	case !s.Known():
		return ""
	case s.DayOnly:
		return s.Time.Format(time.DateOnly)
	}
	return s.Time.Format(time.RFC3339)
}

func (t table) end() error {
	t.Flush()
	return t.Error()
}

// cell keeps a spreadsheet from taking a stranger's words for a formula, also behind space that it passes over.
func cell(s string) string {
	if t := strings.TrimLeft(s, " \u00a0\u3000\ufeff\u200b\u200e\u200f\n"); t != "" && strings.ContainsRune("=+-@\t\r|%＝＋－＠", []rune(t)[0]) {
		return "'" + s
	}
	return s
}

// atomFeed is Atom (RFC 4287). Of each article it holds the headline and its opening words, which is what may leave the desk.
type atomFeed struct {
	w  io.Writer
	of about
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	XMLName   xml.Name   `xml:"entry"`
	Lang      string     `xml:"xml:lang,attr,omitempty"`
	Title     string     `xml:"title"`
	ID        string     `xml:"id"`
	Updated   string     `xml:"updated"`
	Published string     `xml:"published,omitempty"`
	Author    string     `xml:"author>name"`
	Links     []atomLink `xml:"link"`
	Summary   string     `xml:"summary,omitempty"`
}

func newAtom(w io.Writer, of about) writer { return &atomFeed{w, of} }

func (f *atomFeed) begin() error {
	_, err := fmt.Fprintf(f.w, "%s<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>%s</title><id>%s</id><updated>%s</updated><link rel=\"self\" href=\"%s\"/><link rel=\"alternate\" href=\"%s\"/>\n",
		xml.Header, escaped(f.of.title), escaped(f.of.self), f.of.now.UTC().Format(time.RFC3339), escaped(f.of.self), escaped(f.of.base+f.of.page))
	return err
}

func (f *atomFeed) write(e store.Entry, _ any) error {
	a := e.Article
	x := atomEntry{Lang: a.Lang, Title: a.Headline, ID: articleAt(f.of.base, a.ID), Updated: stamp(e.Arrived), Author: e.Source.Name, Summary: opening(a.Text), Links: []atomLink{{"alternate", articleAt(f.of.base, a.ID)}}}
	if a.Published.Known() {
		x.Published = a.Published.Time.Format(time.RFC3339)
	}
	if x.Author == "" {
		x.Author = "?" // an author has a name
	}
	if isWeb(a.URL) {
		x.Links = append(x.Links, atomLink{"via", a.URL})
	}
	b, err := xml.Marshal(x)
	if err == nil {
		_, err = f.w.Write(append(b, '\n'))
	}
	return err
}

func (f *atomFeed) end() error {
	_, err := io.WriteString(f.w, "</feed>\n")
	return err
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // into memory: cannot fail
	return b.String()
}

// jsonFeed is JSON Feed 1.1, with as much of each article.
type jsonFeed struct {
	w     io.Writer
	of    about
	items int
}

type feedItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	External  string       `json:"external_url,omitempty"`
	Title     string       `json:"title,omitempty"`
	Language  string       `json:"language,omitempty"`
	Text      string       `json:"content_text"`
	Published string       `json:"date_published"`
	Authors   []feedAuthor `json:"authors,omitempty"`
}

type feedAuthor struct {
	Name string `json:"name"`
}

func newFeed(w io.Writer, of about) writer { return &jsonFeed{w: w, of: of} }

func (f *jsonFeed) begin() error {
	head, err := json.Marshal(struct {
		Version string `json:"version"`
		Title   string `json:"title"`
		Home    string `json:"home_page_url"`
		Self    string `json:"feed_url"`
	}{"https://jsonfeed.org/version/1.1", f.of.title, f.of.base + f.of.page, f.of.self})
	if err == nil {
		_, err = f.w.Write(append(head[:len(head)-1], `,"items":[`...))
	}
	return err
}

func (f *jsonFeed) write(e store.Entry, _ any) error {
	a := e.Article
	x := feedItem{ID: articleAt(f.of.base, a.ID), URL: articleAt(f.of.base, a.ID), Title: a.Headline, Language: a.Lang, Text: opening(a.Text), Published: stamp(e.Arrived)}
	if isWeb(a.URL) {
		x.External = a.URL
	}
	if e.Source.Name != "" {
		x.Authors = []feedAuthor{{e.Source.Name}}
	}
	b, err := json.Marshal(x)
	if err != nil {
		return err
	}
	if f.items++; f.items > 1 {
		b = append([]byte(",\n"), b...)
	}
	_, err = f.w.Write(b)
	return err
}

func (f *jsonFeed) end() error {
	_, err := io.WriteString(f.w, "]}\n")
	return err
}

func articleAt(base string, id int64) string { return base + "/articles/" + strconv.FormatInt(id, 10) }

func isWeb(s string) bool { return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") }

// mostOpening is how many bytes of a text leave the desk in a feed.
const mostOpening = 300

// opening gives the first words of a text, whole ones.
func opening(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	if len(s) <= mostOpening {
		return s
	}
	cut := mostOpening
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	if i := strings.LastIndexByte(s[:cut], ' '); i > cut/2 {
		cut = i
	}
	return s[:cut] + " …"
}
