package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"sync"
	"text/template"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"marsad/news"
)

// The templates are text, not html/template: an outlet's page has to be able to be wrong.
var templates = sync.OnceValues(func() (*template.Template, error) {
	return template.New("").Funcs(template.FuncMap{
		"esc":     html.EscapeString,
		"json":    func(v any) (string, error) { b, err := json.Marshal(v); return string(b), err },
		"rfc3339": func(t time.Time) string { return t.Format(time.RFC3339) },
		"layout":  func(form string, t time.Time) string { return t.Format(form) },
		"join":    strings.Join,
	}).ParseFS(files, "pages/*.html")
})

// sheet is what a template sees, and the record of what it puts into the article's column beside the article.
type sheet struct {
	*news.Article
	Outlet  *Outlet
	Item    *Item
	Path    string
	At      time.Time
	Dir     string
	Related []Publication
	Word    map[string]string // the outlet's stock phrases in its language

	parts []Part
	done  int // prose parts drawn so far
}

// Part is one piece of the column.
type Part struct {
	Kind   string // paragraph, heading, list, quote, caption, junk
	Words  string // plain text
	Lines  []string
	Credit string
	Image  string
	why    news.RemovedKind
	s      *sheet
}

// draw makes the page in the outlet's template and charset, and completes the truth with what the page adds.
func (p *Publication) draw(near []Publication) error {
	it := p.Item
	a := &p.Truth.Article
	s := &sheet{
		Article: a, Outlet: it.Outlet, Item: it, Path: p.Path, At: p.Published, Dir: "ltr", Related: near, Word: phrases[a.Lang],
	}
	if a.RTL {
		s.Dir = "rtl"
	}
	if err := s.cut(it.writer(p.base, p.Arrives)); err != nil {
		return err
	}
	var out bytes.Buffer
	if it.Outlet.Page == "text" {
		s.plainText(&out)
	} else {
		t, err := templates()
		if err != nil {
			return fmt.Errorf("corpus: %w", err)
		}
		if err := t.ExecuteTemplate(&out, it.Outlet.Page+".html", s); err != nil {
			return fmt.Errorf("corpus: %s: %w", it.ID, err)
		}
	}
	return p.encode(out.Bytes())
}

// cut makes the parts of the column: the paragraphs of the truth, and the captions and junk between them.
func (s *sheet) cut(w *writer) error {
	block := 0
	for _, e := range s.Item.elements {
		part := Part{Kind: string(e.kind), Credit: e.credit, why: e.why, s: s}
		switch e.kind {
		case caption:
			part.Words = w.plain(e.body)
			part.Image = fmt.Sprintf("/img/%s-%d.png", s.Item.slug, len(s.Media)+1)
			s.Media = append(s.Media, news.Media{URL: "http://" + s.Outlet.Host + part.Image, Caption: part.Words, Credit: e.credit})
			if e.credit != "" && e.credit != s.Item.Credit {
				s.Cites = append(s.Cites, news.Cite{Name: e.credit})
			}
		case junk:
			part.Words = w.plain(e.body)
		default:
			b := s.Blocks[block]
			part.Words = s.Text[b.Start:b.End]
			block++
		}
		part.Lines = strings.Split(part.Words, "\n")
		s.parts = append(s.parts, part)
	}
	return w.err
}

// Parts are the pieces of the column in order.
func (s *sheet) Parts() []Part { return s.parts }

// HTML gives a part's words escaped, and notes that it was drawn.
func (p Part) HTML() string {
	switch p.Kind {
	case "caption":
		return p.s.Junk("caption", p.Words)
	case "junk":
		return p.s.Junk(string(p.why), p.Words)
	}
	p.s.done++
	return html.EscapeString(p.Words)
}

// Drawn notes that a part was drawn line by line, and gives nothing.
func (p Part) Drawn() string { p.HTML(); return "" }

// Junk gives words escaped that stand in the article's column and are not of its text, and notes them in the truth.
func (s *sheet) Junk(kind, words string) string {
	before := len(s.Text)
	if s.done < len(s.Blocks) {
		before = s.Blocks[s.done].Start
	}
	s.Removed = append(s.Removed, news.Removed{Kind: news.RemovedKind(kind), Text: words, Before: before})
	return html.EscapeString(words)
}

// Human is the date of publication as the outlet shows it.
func (s *sheet) Human() string {
	w, day := wordsOf[s.Lang], s.At
	al := &almanac{lang: s.Lang, out: s.Outlet, pub: day}
	if s.Lang == "zh" {
		return day.Format("2006-01-02 15:04")
	}
	text := w.year(w.day(al, day, ""), day)
	if s.Outlet.Digits == "arab" {
		text = arabDigits(text)
	}
	return text + day.Format(", 15:04")
}

// Stamp says whether the page shows when it was published.
func (s *sheet) Stamp() bool { return !s.Item.Undated }

func arabDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r + '٠' - '0'
		}
		return r
	}, text)
}

// plainText is the page of an outlet that republishes bare text, with the mess that such pages have: the headline twice, marks where
// ads were, the pitch said twice in one line, captions among the paragraphs, the source's line without its link.
func (s *sheet) plainText(out *bytes.Buffer) {
	line := func(kind, words string) { s.Junk(kind, words); fmt.Fprintf(out, "%s\n\n", words) }
	fmt.Fprintf(out, "%s\n\n", s.Headline)
	line("repeated-headline", s.Headline)
	line("ad-slot", "[ad_1]")
	line("newsletter", s.Word["pitch"]+" "+s.Word["pitch2"])
	for _, p := range s.parts {
		words := p.Words
		if p.Kind == "caption" && p.Credit != "" {
			words += " " + fmt.Sprintf(s.Outlet.Credits, p.Credit)
		}
		switch p.Kind {
		case "caption", "junk":
			if p.Kind == "caption" {
				p.why = news.Caption
			}
			line(string(p.why), words)
		default:
			p.HTML()
			fmt.Fprintf(out, "%s\n\n", words)
		}
	}
	line("ad-slot", "[ad_2]")
	s.Junk("source-line", s.Word["source"])
	out.WriteString(s.Word["source"] + "\n")
}

var charsets = map[string]encoding.Encoding{
	"windows-1251": charmap.Windows1251, "windows-1256": charmap.Windows1256, "gb18030": simplifiedchinese.GB18030,
}

func (p *Publication) encode(page []byte) error {
	kind, charset := "text/html", p.Outlet.Charset
	if p.Outlet.Page == "text" {
		kind = "text/plain"
	}
	if charset == "" {
		p.ContentType, p.Body = kind+"; charset=utf-8", page
		return nil
	}
	enc, ok := charsets[charset]
	if !ok {
		return fmt.Errorf("corpus: outlet %s: unknown charset %q", p.Outlet.ID, charset)
	}
	body, err := encoding.HTMLEscapeUnsupported(enc.NewEncoder()).Bytes(page)
	if err != nil {
		return fmt.Errorf("corpus: %s: %w", p.Item.ID, err)
	}
	p.ContentType, p.Body = kind, body // the page's own meta element names the charset
	return nil
}
