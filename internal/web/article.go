package web

import (
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

// articlePage is one article: its text with what was understood of it, and what was taken out.
type articlePage struct {
	Entry   store.Entry
	Source  string
	Stamp   template.HTML
	Body    template.HTML
	Read    reading
	Removed []cutOut
	Same    []relation // the same text elsewhere
	Updates []relation // newer or older texts of the same outlet
	Names   []nameNote
	Story   *news.Story
	Raw     bool // the untouched page is kept
}

// reading is what was understood of a text, put into words; the take-apart page shows it too.
type reading struct {
	Names  []nameNote
	Dates  []dateNote
	Quotes []quoteNote
	Claims []claimNote
}

// Direct gives the quotations that have words of their speaker, Indirect the rest.
func (r reading) Direct() []quoteNote   { return r.quotes(false) }
func (r reading) Indirect() []quoteNote { return r.quotes(true) }

func (r reading) quotes(indirect bool) (out []quoteNote) {
	for _, q := range r.Quotes {
		if (q.Type == news.Indirect) == indirect {
			out = append(out, q)
		}
	}
	return out
}

// Taken gives the claims that take a side, Said the plain statements.
func (r reading) Taken() []claimNote { return r.claims(false) }
func (r reading) Said() []claimNote  { return r.claims(true) }

func (r reading) claims(plain bool) (out []claimNote) {
	for _, c := range r.Claims {
		if (c.Stance == news.Says) == plain {
			out = append(out, c)
		}
	}
	return out
}

type nameNote struct {
	ID, Entity string
	Words      string // as written first
	Lang       string
	Name       string // in the reader's language, "" where unknown
	Kind       news.MentionKind
	N          int
	Known      bool
	Rule       string
}

type dateNote struct {
	ID, Words, Lang string
	Means           string // in the reader's words
	Type            news.TimexType
	Value, Rule     string
	Sure            int // percent
}

type quoteNote struct {
	ID, Words, Lang string
	Speaker, Cue    string
	Type            news.QuoteType
	Rule            string
	Translated      bool
}

type claimNote struct {
	ID, Words, Lang, Who, Target, Cue string
	Stance                            news.Stance
	Negated, Hedged                   bool
	Answers                           string // words of the claim that this answers
	Rule                              string
}

type cutOut struct {
	news.Removed
	Lang string
}

type relation struct {
	Entry store.Entry
	Link  news.Link
	Newer bool
	Older bool
}

func (s *site) article(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	e, err := s.Store.Entry(v.r.Context(), id)
	if err != nil {
		return err
	}
	p := articlePage{Entry: e, Source: e.Source.Name, Stamp: v.stamp(e), Raw: e.Article.PageID > 0}
	var marks []mark
	p.Read, marks = v.understood(e.Article, e.Analysis)
	p.Body = body(e.Article, marks)
	for _, r := range e.Article.Removed {
		p.Removed = append(p.Removed, cutOut{r, e.Article.Lang})
	}
	if err := p.relate(v, e); err != nil {
		return err
	}
	if e.Placement.Story > 0 {
		if st, err := s.Store.Story(v.r.Context(), e.Placement.Story); err == nil {
			p.Story = &st
		}
	}
	v.show("article", i18n.Isolate(e.Article.Headline), "now", p)
	return nil
}

// relate looks up the articles that this one is linked with.
func (p *articlePage) relate(v *visit, e store.Entry) error {
	links, err := v.s.Store.Links(v.r.Context(), e.Article.ID)
	if err != nil {
		return err
	}
	seen := map[int64]bool{}
	for _, l := range links {
		other := l.Other
		from := l.Direction == news.FromOther
		if other == e.Article.ID {
			other, from = l.Article, l.Direction == news.ToOther
		}
		if seen[other] || other == e.Article.ID {
			continue
		}
		seen[other] = true
		o, err := v.s.Store.Entry(v.r.Context(), other)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		r := relation{Entry: o, Link: l, Older: from, Newer: !from && l.Direction != news.Unknown}
		if l.Kind == news.Update {
			p.Updates = append(p.Updates, r)
		} else {
			p.Same = append(p.Same, r)
		}
	}
	return nil
}

// stamp says when an article was published: in the publisher's own clock and zone, with what says so.
func (v *visit) stamp(e store.Entry) template.HTML {
	p := e.Article.Published
	switch {
	case !p.Known():
		return v.words.T("article.arrived", "when", v.words.Time(e.Arrived))
	case p.DayOnly:
		return v.words.T("article.published-day", "day", template.HTML(v.words.Day(p.Time)))
	case !p.Zoned:
		return v.words.T("article.published", "when", template.HTML(template.HTMLEscapeString(v.words.Source(p.Time))))
	}
	return v.words.T("article.published", "when", template.HTML(`<time datetime="`+feedTime(p.Time)+`">`+template.HTMLEscapeString(v.words.Source(p.Time))+`</time>`))
}

// understood words what was understood of a text and marks where it stands.
func (v *visit) understood(a news.Article, n news.Analysis) (reading, []mark) {
	var r reading
	var marks []mark
	byName := map[string]int{}
	for _, m := range n.Mentions {
		words := cut(a.Text, m.Span)
		key := m.Entity + "\x00" + string(m.Kind)
		if m.Entity == "" {
			key = words
		}
		i, ok := byName[key]
		if !ok {
			i = len(r.Names)
			byName[key] = i
			r.Names = append(r.Names, nameNote{ID: fmt.Sprintf("n%d", i+1), Entity: m.Entity, Words: words, Lang: a.Lang,
				Name: v.s.Names.Name(m.Entity, v.words.Lang()), Kind: m.Kind, Known: m.Known, Rule: m.Rule})
		}
		r.Names[i].N++
		class := map[news.MentionKind]string{news.Person: "per", news.Place: "loc", news.Org: "org"}[m.Kind]
		if !m.Known {
			class += " maybe"
		}
		marks = append(marks, mark{m.Span, class, r.Names[i].ID, v.nameTitle(r.Names[i])})
	}
	for i, t := range n.Timexes {
		d := dateNote{ID: fmt.Sprintf("d%d", i+1), Words: cut(a.Text, t.Span), Lang: a.Lang, Means: v.means(t), Type: t.Type, Value: t.Value, Rule: t.Rule, Sure: int(t.Certainty*100 + 0.5)}
		r.Dates = append(r.Dates, d)
		marks = append(marks, mark{t.Span, "date", d.ID, d.Means})
	}
	for i, q := range n.Quotations {
		o := quoteNote{ID: fmt.Sprintf("q%d", i+1), Words: cut(a.Text, q.Span), Lang: a.Lang, Type: q.Type, Rule: q.Rule, Translated: q.Translated}
		o.Speaker, o.Cue = actorWords(a, q.Speaker), cueWords(a, q.Cue)
		r.Quotes = append(r.Quotes, o)
		if q.Type != news.Indirect {
			marks = append(marks, mark{q.Span, "quo", o.ID, ""})
		}
	}
	for i, c := range n.Claims {
		o := claimNote{ID: fmt.Sprintf("c%d", i+1), Words: cut(a.Text, c.Span), Lang: a.Lang, Who: actorWords(a, c.Claimant), Target: actorWords(a, c.Target),
			Cue: cueWords(a, c.Cue), Stance: c.Stance, Negated: c.Negated, Hedged: c.Hedged, Rule: c.Rule}
		if c.Answers >= 0 && c.Answers < len(n.Claims) {
			o.Answers = cut(a.Text, n.Claims[c.Answers].Span)
		}
		r.Claims = append(r.Claims, o)
		if c.Stance != news.Says {
			marks = append(marks, mark{c.Span, "claim", o.ID, ""})
		}
	}
	slices.SortStableFunc(r.Names, func(a, b nameNote) int { return b.N - a.N })
	return r, marks
}

func actorWords(a news.Article, who *news.Actor) string {
	if who == nil {
		return ""
	}
	return cut(a.Text, who.Span)
}

func cueWords(a news.Article, c *news.Cue) string {
	if c == nil {
		return ""
	}
	return cut(a.Text, c.Span)
}

func (v *visit) nameTitle(n nameNote) string {
	kind := v.words.Text("kind." + string(n.Kind))
	switch {
	case !n.Known:
		return v.words.Text("mark.candidate", "kind", template.HTML(kind))
	case n.Name != "":
		return v.words.Text("mark.known", "kind", template.HTML(kind), "name", n.Name)
	}
	return kind
}

// means says what a date in words comes to.
func (v *visit) means(t news.Timex) string {
	switch {
	case t.From.IsZero():
		return open(v.words, t.Value)
	case t.Granularity == "day" || t.DayOnly && t.To.Sub(t.From) <= 32*24*60*60*1e9 && t.Granularity != "month":
		return v.dayRange(t.From, t.To)
	case t.Granularity == "month":
		return v.words.Month(t.From)
	case t.Granularity == "year":
		return v.words.Num(template.HTML(fmt.Sprint(t.From.Year())))
	case !t.DayOnly:
		return v.words.Source(t.From)
	}
	return v.dayRange(t.From, t.To)
}

// untouched gives the page as it was fetched, as plain text: strangers' markup never runs here.
func (s *site) untouched(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	e, err := s.Store.Entry(v.r.Context(), id)
	if err != nil {
		return err
	}
	p, err := s.Store.Page(v.r.Context(), e.Article.PageID)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'")
	v.w.Header().Set("Content-Disposition", "inline")
	charset := "utf-8"
	if _, params, ok := strings.Cut(strings.ToLower(p.ContentType), "charset="); ok {
		if c := strings.Trim(params, `"' ;`); c != "" && !strings.ContainsFunc(c, func(r rune) bool { return r < '-' || r > 'z' }) {
			charset = c
		}
	}
	v.status = http.StatusOK
	v.send("text/plain; charset="+charset, p.Body)
	return nil
}
