package web

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"marsad/internal/i18n"
	"marsad/news"
	"marsad/text"
)

// mark is a stretch of an article's text that something was understood of.
type mark struct {
	news.Span
	Class string // per, org, loc, date, quo, claim
	ID    string // of its explanation; links go to it
	Title string // the explanation in short
}

// marker writes an article's text as HTML with its marks.
type marker struct {
	text  string
	rtl   bool
	marks []mark
	seen  map[string]bool // marks that have their anchor in the text already
	b     strings.Builder
}

// body writes the text block by block. Marks that lie outside of the text or cut a letter are left out, so that a wrong offset
// costs a mark and not the page.
func body(a news.Article, marks []mark) template.HTML {
	m := marker{text: a.Text, rtl: text.RTL(a.Text), seen: map[string]bool{}}
	for _, k := range marks {
		if inside(a.Text, k.Span) {
			m.marks = append(m.marks, k)
		}
	}
	slices.SortStableFunc(m.marks, func(a, b mark) int { return a.Start - b.Start })
	for _, bl := range blocksOf(a) {
		m.block(bl)
	}
	return template.HTML(m.b.String())
}

// blocksOf gives the article's blocks, its paragraphs where it names none.
func blocksOf(a news.Article) []news.Block {
	var bs []news.Block
	for _, b := range a.Blocks {
		if inside(a.Text, b.Span) {
			bs = append(bs, b)
		}
	}
	if len(bs) > 0 {
		return bs
	}
	at := 0
	for _, p := range strings.Split(a.Text, "\n\n") {
		if strings.TrimSpace(p) != "" {
			bs = append(bs, news.Block{Span: news.Span{Start: at, End: at + len(p)}, Kind: news.Paragraph})
		}
		at += len(p) + 2
	}
	return bs
}

func (m *marker) block(b news.Block) {
	switch b.Kind {
	case news.Heading:
		m.wrap("<h2>", b.Span, "</h2>")
	case news.Quote:
		m.wrap("<blockquote><p>", b.Span, "</p></blockquote>")
	case news.List:
		m.b.WriteString("<ul>")
		m.lines(b.Span, "<li>", "</li>")
		m.b.WriteString("</ul>")
	case news.Table:
		m.b.WriteString(`<div class="rows">`)
		m.lines(b.Span, "<p>", "</p>")
		m.b.WriteString("</div>")
	default:
		m.wrap("<p>", b.Span, "</p>")
	}
}

func (m *marker) wrap(open string, s news.Span, close string) {
	m.b.WriteString(open)
	m.span(s)
	m.b.WriteString(close + "\n")
}

func (m *marker) lines(s news.Span, open, close string) {
	for at := s.Start; at < s.End; {
		end := s.End
		if i := strings.IndexByte(m.text[at:s.End], '\n'); i >= 0 {
			end = at + i
		}
		if end > at {
			m.wrap(open, news.Span{Start: at, End: end}, close)
		}
		at = end + 1
	}
}

// span writes a stretch of text, cut wherever a mark begins or ends, so that marks may overlap in any way.
func (m *marker) span(s news.Span) {
	cuts := []int{s.Start, s.End}
	var here []mark
	for _, k := range m.marks {
		if k.Start < s.End && k.End > s.Start {
			here = append(here, k)
			cuts = append(cuts, max(k.Start, s.Start), min(k.End, s.End))
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	for i := 0; i+1 < len(cuts); i++ {
		m.piece(cuts[i], cuts[i+1], here)
	}
}

// piece writes text that the same marks cover from end to end: wide marks as spans around, one name or date as a link to its
// explanation.
func (m *marker) piece(from, to int, marks []mark) {
	words := strings.ReplaceAll(string(i18n.Words(m.text[from:to], m.rtl)), "\n", "<br>")
	close := ""
	linked := false
	for _, k := range marks {
		if k.Start > from || k.End < to {
			continue
		}
		anchor := ""
		if !m.seen[k.ID] && k.ID != "" {
			m.seen[k.ID] = true
			anchor = ` id="at-` + k.ID + `"`
		}
		title := ""
		if k.Title != "" {
			title = ` title="` + template.HTMLEscapeString(k.Title) + `"`
		}
		if wide := k.Class == "quo" || k.Class == "claim" || linked; wide {
			fmt.Fprintf(&m.b, `<span class="%s"%s>`, k.Class, anchor)
			close = "</span>" + close
			continue
		}
		linked = true
		fmt.Fprintf(&m.b, `<a class="m %s" href="#%s"%s%s>`, k.Class, k.ID, anchor, title)
		close = "</a>" + close
	}
	m.b.WriteString(words + close)
}
