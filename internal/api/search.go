package api

import (
	"net/url"
	"slices"
	"time"

	"marsad/internal/store"
	"marsad/news"
	"marsad/query"
	"marsad/story"
	"marsad/wire"
)

// follows tells whether an article copies or translates another.
func follows(e store.Entry) bool {
	return slices.ContainsFunc(e.Placement.Links, func(l news.Link) bool { return story.Follower(l) == e.Article.ID })
}

type searchAnswer struct {
	Version int            `json:"version"`
	Query   string         `json:"query"`   // as it was read
	Total   int            `json:"total"`   // exact unless partial
	Partial bool           `json:"partial"` // there are more articles than could be looked at: all figures are of the newest alone
	Hits    []hit          `json:"hits"`
	Langs   map[string]int `json:"langs"`
	Named   []mentioned    `json:"named"` // with the first page: whom and what the newest 500 hits name most
	Days    map[string]int `json:"days"`
	Next    *string        `json:"next"`
}

// mentioned is somebody or something that articles name.
type mentioned struct {
	Entity   string `json:"entity"`
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Articles int    `json:"articles"`
}

type hit struct {
	wire.Entry
	Matched []wire.Words `json:"matched"` // the words of the text that satisfy the query
}

func (s *server) search(c *call) error {
	v := c.r.URL.Query()
	q, err := query.Parse(v.Get("q"))
	if err != nil {
		return err
	}
	order, err := c.oneOf("order", "rank", "newest")
	if err != nil {
		return err
	}
	o := store.FindOptions{Rank: order == "rank", After: v.Get("after")}
	if o.N, err = c.number("n", 30, 100); err != nil {
		return err
	}
	if o.From, err = moment(v.Get("from"), time.Time{}); err != nil {
		return err
	}
	if o.To, err = moment(v.Get("to"), time.Time{}); err != nil {
		return err
	}
	if len(v.Get("to")) == len(time.DateOnly) {
		o.To = o.To.AddDate(0, 0, 1) // the last day counts
	}
	format := v.Get("format")
	if format == "" || format == "json" {
		defer c.briefly()()
		found, err := s.Store.Find(c.r.Context(), q, o)
		if err != nil {
			return err
		}
		return c.json(answerOf(q, found))
	}
	x := &wholeSearch{c: c, q: q}
	gather := x.all
	if v.Get("n") != "" || o.Rank || o.After != "" {
		gather = x.pages
	}
	return c.pour(format, about{title: "Marsad: " + v.Get("q"), page: "/search?" + url.Values{"q": {v.Get("q")}}.Encode(), formats: "json, jsonl, csv, atom or jsonfeed"}, func(yield func(store.Entry, any) bool) error {
		x.yield = yield
		_, err := gather(o)
		return err
	})
}

func answerOf(q query.Query, f store.Found) searchAnswer {
	a := searchAnswer{Version: wire.Version, Query: q.String(), Total: f.Total, Partial: f.Partial, Hits: []hit{}, Langs: f.Langs, Days: f.Days, Named: []mentioned{}}
	for _, m := range f.Named {
		a.Named = append(a.Named, mentioned{m.Entity, m.Name, string(m.Kind), m.Articles})
	}
	for _, h := range f.Hits {
		a.Hits = append(a.Hits, hitOf(h))
	}
	if f.Next != "" {
		a.Next = &f.Next
	}
	return a
}

func hitOf(h store.Hit) hit {
	x := hit{entryOf(h.Entry), []wire.Words{}}
	for _, s := range h.Spans {
		if s.Start >= 0 && s.Start < s.End && s.End <= len(h.Entry.Article.Text) {
			x.Matched = append(x.Matched, wire.Words{Start: s.Start, End: s.End, Text: h.Entry.Article.Text[s.Start:s.End]})
		}
	}
	return x
}
