package web

import (
	"cmp"
	"context"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
	"marsad/text"
)

// searchPage is the answer to a query, grouped by story.
type searchPage struct {
	Q        string
	Read     explained
	From, To string // days, as they were understood
	BadFrom  bool   // a day that was not
	BadTo    bool
	TooLong  bool // the search took longer than any may
	Rank     bool
	Total    int
	Partial  bool // Total and all figures are of the newest articles alone
	Groups   []*group
	Stories  int
	Terms    []term // what narrows it, each with the way back
	Columns  []column
	Most     int // articles of a day
	Langs    []facet
	Sources  []facet
	Named    []facet
	Next     string
	JSON     string
	CSV      string
	Feed     string
	Watch    string
	Asked    bool
}

// FeedURL gives the address of the search's Atom feed.
func (p searchPage) FeedURL() string { return p.Feed }

// group is the hits that belong to one story.
type group struct {
	Story   int64
	First   hit
	Others  []hit
	Sources int
}

// hit is an article with the words around those that satisfy the query.
type hit struct {
	store.Entry
	Snippet template.HTML
}

type facet struct {
	Label template.HTML
	N     int
	Href  string
}

// longestSearch is how long one search may take.
const longestSearch = 30 * time.Second

func (s *site) search(v *visit) error {
	p := searchPage{Q: v.query("q"), From: v.query("from"), To: v.query("to"), Rank: v.query("order") == "rank"}
	p.Read = v.explain(p.Q)
	if p.Read.OK {
		if err := p.fill(v); err != nil {
			return err
		}
	} else if p.Q != "" {
		v.status = 422
	}
	title := v.words.Text("search.title")
	if p.Q != "" {
		title = v.words.Text("search.title-of", "q", p.Q)
	}
	v.show("search", title, "search", p)
	return nil
}

func (p *searchPage) fill(v *visit) error {
	o := store.FindOptions{Rank: p.Rank, After: v.query("after"), N: 40}
	p.days(v, &o)
	ctx, stop := context.WithTimeout(v.r.Context(), longestSearch)
	defer stop()
	found, err := v.s.Store.Find(ctx, p.Read.Query, o)
	if errors.Is(err, context.DeadlineExceeded) {
		p.TooLong, v.status = true, http.StatusServiceUnavailable
		return nil
	}
	if err != nil {
		return err
	}
	p.Asked, p.Total, p.Partial = true, found.Total, found.Partial
	p.Groups = grouped(found.Hits)
	p.Stories = len(p.Groups)
	p.facets(v, found)
	p.histogram(v, found.Days)
	if found.Next != "" {
		p.Next = p.with("after", found.Next)
	}
	p.Terms = p.terms(v)
	table := p.asked()
	p.JSON = "/api/v1/search?" + table.Encode()
	table.Set("format", "csv")
	p.CSV = "/api/v1/search?" + table.Encode()
	p.Feed = "/search/feed.atom?" + url.Values{"q": {p.Q}}.Encode()
	p.Watch = "/watches/new?" + url.Values{"q": {p.Q}}.Encode()
	return nil
}

// days reads the days that narrow a search, and shows them as they were understood. One that was not is said and no limit.
func (p *searchPage) days(v *visit, o *store.FindOptions) {
	if from, _, ok := v.typedDays(p.From); ok {
		o.From, p.From = from, from.Format(time.DateOnly)
	} else {
		p.BadFrom = p.From != ""
	}
	if _, to, ok := v.typedDays(p.To); ok {
		o.To, p.To = to, to.AddDate(0, 0, -1).Format(time.DateOnly)
	} else {
		p.BadTo = p.To != ""
	}
	if p.BadFrom || p.BadTo {
		v.status = 422
	}
}

// searchFor gives the address of the search for all that has a value in a field of the query language.
func searchFor(field, value string) string {
	return "/search?" + url.Values{"q": {field + `:"` + strings.ReplaceAll(value, `"`, " ") + `"`}}.Encode()
}

// with gives the address of this search with some things changed, an empty one taken out.
func (p *searchPage) with(kv ...string) string {
	q := p.asked()
	for i := 0; i+1 < len(kv); i += 2 {
		if q.Set(kv[i], kv[i+1]); kv[i+1] == "" {
			q.Del(kv[i])
		}
	}
	return "/search?" + q.Encode()
}

func grouped(hits []store.Hit) (out []*group) {
	at := map[int64]*group{}
	for _, h := range hits {
		x := hit{h.Entry, snippet(h)}
		id := h.Entry.Placement.Story
		if g := at[id]; g != nil && id != 0 {
			g.Others = append(g.Others, x)
			continue
		}
		g := &group{Story: id, First: x}
		at[id] = g
		out = append(out, g)
	}
	return out
}

// snippet gives the words around the first that satisfy the query, with all of them marked.
func snippet(h store.Hit) template.HTML {
	t := h.Entry.Article.Text
	from, to, more := 0, 0, ""
	if len(h.Spans) > 0 && inside(t, h.Spans[0]) {
		s := sentence(&entry{Entry: h.Entry}, h.Spans[0])
		from = h.Spans[0].Start - len(s.Before)
		to = h.Spans[0].End + len(s.After)
	} else {
		if to = len(strings.TrimSuffix(clip(t, 180), "…")); to < len(t) {
			more = "…"
		}
	}
	var marks []mark
	for _, s := range h.Spans {
		if inside(t, s) && s.Start >= from && s.End <= to {
			marks = append(marks, mark{Span: s})
		}
	}
	slices.SortFunc(marks, func(a, b mark) int { return cmp.Compare(a.Start, b.Start) })
	var out template.HTML
	at := from
	rtl := text.RTL(t)
	esc := func(s string) template.HTML { return i18n.Words(s, rtl) }
	for _, m := range marks {
		if m.Start < at {
			continue
		}
		out += esc(t[at:m.Start]) + "<mark>" + esc(t[m.Start:m.End]) + "</mark>"
		at = m.End
	}
	return out + esc(t[at:max(at, to)]+more)
}

func (p *searchPage) facets(v *visit, f store.Found) {
	for tag, n := range f.Langs {
		p.Langs = append(p.Langs, facet{v.langName(tag), n, p.narrowed("lang:" + tag)})
	}
	names := map[int64]news.Source{}
	for _, h := range f.Hits {
		names[h.Entry.Source.ID] = h.Entry.Source
	}
	for id, n := range f.Srcs {
		src, ok := names[id]
		if !ok {
			var err error
			if src, err = v.s.Store.Outlet(v.r.Context(), id); err != nil {
				continue // a source that is gone is no facet
			}
		}
		p.Sources = append(p.Sources, facet{run(src.Name, "").HTML(), n, p.narrowed(`source:"` + src.Name + `"`)})
	}
	for _, m := range f.Named {
		name := cmp.Or(v.s.Names.Name(m.Entity, v.words.Lang()), m.Name)
		field := map[news.MentionKind]string{news.Person: "who", news.Org: "org", news.Place: "where"}[m.Kind]
		if field != "" && !strings.Contains(name, `"`) {
			p.Named = append(p.Named, facet{run(name, "").HTML(), m.Articles, p.narrowed(field + `:"` + name + `"`)})
		}
	}
	for _, fs := range []*[]facet{&p.Langs, &p.Sources} {
		slices.SortFunc(*fs, func(a, b facet) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Href, b.Href)) })
		*fs = (*fs)[:min(len(*fs), 10)]
	}
}

// narrowed gives the address of this search with one condition more.
func (p *searchPage) narrowed(term string) string {
	q := p.Q
	if needsGroup(p.Read) {
		q = "(" + q + ")"
	}
	n := *p
	n.Q = q + " " + term
	return n.with()
}

// fewestDays are drawn, so that what was found on one day is a column among others and not a wall.
const fewestDays = 14

func (p *searchPage) histogram(v *visit, byDay map[string]int) {
	if len(byDay) == 0 {
		return
	}
	keys := sortedKeys(byDay)
	first, err1 := time.Parse(time.DateOnly, keys[0])
	last, err2 := time.Parse(time.DateOnly, keys[len(keys)-1])
	if err1 != nil || err2 != nil {
		return
	}
	if least := last.AddDate(0, 0, 1-fewestDays); first.After(least) {
		first = least
	}
	for _, d := range days(first, last, 60) {
		key := d.Format(time.DateOnly)
		c := column{Label: key, N: byDay[key]}
		p.Most = max(p.Most, c.N)
		if c.N > 0 {
			c.Href = p.with("from", key, "to", key)
		}
		c.Title = v.words.Text("search.day", "n", c.N, "day", template.HTML(v.words.Day(d)))
		p.Columns = append(p.Columns, c)
	}
	p.Columns = columns(p.Columns)
}

func (v *visit) langName(tag string) template.HTML { return page{Printer: v.words}.LangName(tag) }
