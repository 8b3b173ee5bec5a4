package api

import (
	"encoding/csv"
	"encoding/json"
	"iter"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"marsad/internal/fault"
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
	o := store.FindOptions{Rank: v.Get("order") == "rank", After: v.Get("after")}
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
	found, err := s.Store.Find(c.r.Context(), q, o)
	if err != nil {
		return err
	}
	switch v.Get("format") {
	case "", "json":
		return c.json(answerOf(q, found))
	case "jsonl":
		return c.lines(c.all(q, o, found))
	case "csv":
		return c.csv(c.all(q, o, found))
	}
	return fault.New(fault.Invalid, "format is json, jsonl or csv")
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

// all gives the hits of an answer and, unless so many were asked for, of all that follow it, a page at a time: an export of any size
// holds one page in memory. A fault midway breaks the connection off, which tells what a whole answer would hide.
func (c *call) all(q query.Query, o store.FindOptions, found store.Found) iter.Seq[store.Hit] {
	whole := c.r.URL.Query().Get("n") == ""
	return func(yield func(store.Hit) bool) {
		for {
			for _, h := range found.Hits {
				if !yield(h) {
					return
				}
			}
			if o.After = found.Next; !whole || o.After == "" {
				return
			}
			var err error
			if found, err = c.Store.Find(c.r.Context(), q, o); err != nil {
				c.Log.Error("an export broke off", "err", err)
				panic(http.ErrAbortHandler)
			}
		}
	}
}

func (c *call) lines(hits iter.Seq[store.Hit]) error {
	c.w.Header().Set("Content-Type", "application/jsonl; charset=utf-8")
	e := json.NewEncoder(c.w)
	for h := range hits {
		if err := e.Encode(hitOf(h)); err != nil {
			return nil // the caller has gone
		}
	}
	return nil
}

func (c *call) csv(hits iter.Seq[store.Hit]) error {
	c.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	c.w.Header().Set("Content-Disposition", `attachment; filename="marsad.csv"`)
	w := csv.NewWriter(c.w)
	_ = w.Write([]string{"id", "story", "outlet", "lang", "published", "arrived", "headline", "url"})
	for h := range hits {
		a := h.Entry.Article
		published := ""
		if a.Published.Known() {
			published = a.Published.Time.Format(time.RFC3339)
		}
		err := w.Write([]string{strconv.FormatInt(a.ID, 10), strconv.FormatInt(h.Entry.Placement.Story, 10), cell(h.Entry.Source.Name), a.Lang, published,
			h.Entry.Arrived.UTC().Format(time.RFC3339), cell(a.Headline), cell(a.URL)})
		if err != nil {
			return nil // the caller has gone
		}
	}
	w.Flush() // its error is a caller who has gone
	return nil
}

// cell keeps a spreadsheet from taking a stranger's words for a formula.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
