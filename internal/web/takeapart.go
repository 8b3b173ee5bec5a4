package web

import (
	"html/template"
	"io"
	"net/http"
	"slices"
	"strings"

	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/news"
)

// readPage is the box in which a page is taken apart, and what came of it.
type readPage struct {
	Can     bool
	Pasted  string
	URL     string
	Problem template.HTML
	Got     *takenApart
}

// takenApart is a page before and after.
type takenApart struct {
	Article news.Article
	Before  []piece
	Body    template.HTML
	Read    reading
	Removed []cutOut
	Stamp   template.HTML
	Kept    string // share of the column's characters that stayed
	None    bool   // the page holds no article
}

// piece is a stretch of the article's column as it was published: kept, or left out for a reason.
type piece struct {
	Text string
	Kind news.RemovedKind // "" = kept
	Gap  bool             // kept text too long to show whole: its middle is left out
}

func (s *site) readForm(v *visit) error {
	v.show("read", v.words.Text("read.title"), "read", readPage{Can: s.Desk.TakeApart != nil, URL: v.query("url")})
	return nil
}

func (s *site) read(v *visit) error {
	if s.Desk.TakeApart == nil {
		return fault.New(fault.Invalid, "this desk takes nothing apart")
	}
	in, err := v.reading()
	if err != nil {
		return err
	}
	p := readPage{Can: true, Pasted: in.Pasted, URL: in.URL}
	if in.URL == "" && in.Pasted == "" && len(in.Body) == 0 {
		p.Problem = v.words.T("read.nothing")
		v.status = http.StatusUnprocessableEntity
		v.show("read", v.words.Text("read.title"), "read", p)
		return nil
	}
	select {
	case s.reading <- struct{}{}:
		defer func() { <-s.reading }()
	case <-v.r.Context().Done():
		return nil
	}
	got, err := s.Desk.TakeApart(v.r.Context(), in)
	if err != nil {
		kind := fault.KindOf(err)
		if kind == fault.Internal {
			return err
		}
		p.Problem = v.words.T("read.failed."+string(kind), "detail", err.Error())
		v.status = statuses[kind]
	}
	if err == nil || got.Article.Headline != "" || len(got.Article.Removed) > 0 {
		p.Got = v.takenApart(got)
		p.Got.None = err != nil
	}
	title := v.words.Text("read.title")
	if got.Article.Headline != "" {
		title = i18n.Isolate(got.Article.Headline)
	}
	v.show("read", title, "read", p)
	return nil
}

// reading takes the first that was given: an address, a file, pasted text.
func (v *visit) reading() (Reading, error) {
	if u := v.form("url"); u != "" {
		if !strings.Contains(u, "://") {
			u = "https://" + u
		}
		return Reading{URL: u}, nil
	}
	f, h, err := v.r.FormFile("file")
	if err == nil && h.Size > 0 {
		body, err := io.ReadAll(f)
		if err != nil {
			return Reading{}, err
		}
		return Reading{Body: body, ContentType: h.Header.Get("Content-Type")}, nil
	}
	return Reading{Pasted: strings.ReplaceAll(v.form("paste"), "\r\n", "\n")}, nil
}

func (v *visit) takenApart(t Taken) *takenApart {
	a := t.Article
	out := &takenApart{Article: a, Before: before(a)}
	var marks []mark
	out.Read, marks = v.understood(a, t.Analysis)
	out.Body = body(a, marks)
	gone := 0
	for _, r := range a.Removed {
		out.Removed = append(out.Removed, cutOut{r, a.Lang})
		gone += len([]rune(r.Text))
	}
	if kept := len([]rune(a.Text)); kept+gone > 0 {
		out.Kept = v.words.Percent(float64(kept) / float64(kept+gone))
	}
	if a.Published.Known() {
		out.Stamp = template.HTML(template.HTMLEscapeString(v.words.Source(a.Published.Time)))
		if a.Published.DayOnly {
			out.Stamp = template.HTML(template.HTMLEscapeString(v.words.Day(a.Published.Time)))
		}
	}
	return out
}

// before puts back what was taken out, each piece where it stood.
func before(a news.Article) (ps []piece) {
	gone := slices.Clone(a.Removed)
	slices.SortStableFunc(gone, func(x, y news.Removed) int { return x.Before - y.Before })
	at := 0
	keep := func(to int) {
		if to > len(a.Text) {
			to = len(a.Text)
		}
		if to > at && strings.TrimSpace(a.Text[at:to]) != "" {
			ps = append(ps, piece{Text: strings.Trim(a.Text[at:to], "\n")})
		}
		at = max(at, to)
	}
	for _, r := range gone {
		keep(max(0, r.Before))
		ps = append(ps, piece{Text: r.Text, Kind: r.Kind})
	}
	keep(len(a.Text))
	return ps
}
