package api

import (
	"strings"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
	"marsad/query"
	"marsad/wire"
)

const tryFor = 7 * 24 * time.Hour

type sourcesAnswer struct {
	Version int           `json:"version"`
	Sources []wire.Source `json:"sources"`
}

func (s *server) sources(c *call) error {
	list, err := s.Store.Sources(c.r.Context())
	if err != nil {
		return err
	}
	a := sourcesAnswer{wire.Version, []wire.Source{}}
	for _, h := range list {
		a.Sources = append(a.Sources, wire.SourceOf(h.Source, h.Feeds, h.Articles, h.LastArticle))
	}
	return c.json(a)
}

type sourcesRequest struct {
	Paste string `json:"paste"`
}

func (s *server) addSources(c *call) error {
	var in sourcesRequest
	if err := c.body(&in); err != nil {
		return err
	}
	if s.AddSources == nil || strings.TrimSpace(in.Paste) == "" {
		return fault.New(fault.Invalid, "nothing to add, or this desk takes no sources")
	}
	added, err := s.AddSources(c.r.Context(), in.Paste)
	if err != nil {
		return err
	}
	out := []wire.Added{}
	for _, a := range added {
		out = append(out, wire.Added(a))
	}
	return c.json(out)
}

type watchesAnswer struct {
	Version int          `json:"version"`
	Watches []wire.Watch `json:"watches"`
}

func (s *server) watches(c *call) error {
	ws, err := s.Store.Watches(c.r.Context())
	if err != nil {
		return err
	}
	counts, err := s.Store.MatchCounts(c.r.Context(), s.Now().Add(-tryFor))
	if err != nil {
		return err
	}
	a := watchesAnswer{wire.Version, []wire.Watch{}}
	for _, w := range ws {
		a.Watches = append(a.Watches, wire.WatchOf(w, counts[w.ID]))
	}
	return c.json(a)
}

type watchRequest struct {
	Name  string `json:"name"`
	Query string `json:"query"`
}

func (s *server) addWatch(c *call) error {
	var in watchRequest
	if err := c.body(&in); err != nil {
		return err
	}
	if _, err := query.Parse(in.Query); err != nil {
		return err
	}
	if in.Name = strings.TrimSpace(in.Name); in.Name == "" || len(in.Name) > 400 {
		return fault.New(fault.Invalid, "a watch needs a name of at most 400 bytes")
	}
	w := news.Watch{Name: in.Name, Query: in.Query, Zone: "UTC", Created: s.Now()}
	var err error
	if w.ID, err = s.Store.SaveWatch(c.r.Context(), w); err != nil {
		return err
	}
	if err := c.reload(); err != nil {
		return err
	}
	return c.json(wire.WatchOf(w, 0))
}

type deletedWatch struct {
	Deleted int64 `json:"deleted"`
}

func (s *server) deleteWatch(c *call) error {
	id, err := c.id()
	if err != nil {
		return err
	}
	if err := s.Store.DeleteWatch(c.r.Context(), id); err != nil {
		return err
	}
	if err := c.reload(); err != nil {
		return err
	}
	return c.json(deletedWatch{id})
}

func (c *call) reload() error {
	if c.Reload == nil {
		return nil
	}
	return c.Reload(c.r.Context())
}

type trialAnswer struct {
	Version  int          `json:"version"`
	Query    string       `json:"query"`
	Articles int          `json:"articles"`
	Stories  int          `json:"stories"`
	Partial  bool         `json:"partial"` // only the newest could be looked at; there are more
	Expect   *expectation `json:"expect"`  // null where the desk cannot tell
	Told     []wire.Trial `json:"told"`
}

// expectation is what a query would find and cost as a watch.
type expectation struct {
	ADay    float64 `json:"a_day"`    // articles, by the last days of the archive
	AtLeast bool    `json:"at_least"` // there are more than could be looked at
	Looked  float64 `json:"looked"`   // share of articles on which the engine looks at it; a guess
	Always  bool    `json:"always"`   // no word stands for it: it is checked on every article
	Bytes   int     `json:"bytes"`    // of memory
}

func (c *call) expect(q query.Query) (*expectation, error) {
	if c.Estimate == nil {
		return nil, nil
	}
	e, err := c.Estimate(c.r.Context(), q)
	if err != nil {
		return nil, err
	}
	return &expectation{e.ADay, e.AtLeast, min(1, e.Cost.Looked), e.Cost.Always, e.Cost.Size}, nil
}

func (s *server) tryWatch(c *call) error {
	var in watchRequest
	if err := c.body(&in); err != nil {
		return err
	}
	q, err := query.Parse(in.Query)
	if err != nil {
		return err
	}
	now := s.Now()
	found, err := s.Store.Find(c.r.Context(), q, store.FindOptions{From: now.Add(-tryFor), N: 100})
	if err != nil {
		return err
	}
	stories := map[int64]bool{}
	for _, h := range found.Hits {
		stories[h.Entry.Placement.Story] = true
	}
	a := trialAnswer{wire.Version, q.String(), found.Total, len(stories), found.Partial, nil, []wire.Trial{}}
	if a.Expect, err = c.expect(q); err != nil {
		return err
	}
	if s.TryWatch == nil {
		return c.json(a)
	}
	trials, partial, err := s.TryWatch(c.r.Context(), news.Watch{Name: in.Name, Query: in.Query, Zone: "UTC"}, now.Add(-tryFor))
	if err != nil {
		return err
	}
	a.Partial = a.Partial || partial
	clear(stories)
	for _, t := range trials {
		stories[t.Story] = true
		w := wire.Trial{At: t.At.UTC().Format(time.RFC3339), Story: t.Story, Headline: t.Headline, Outcome: t.Outcome, Because: []string{}}
		for _, r := range t.Because {
			w.Because = append(w.Because, r.Kind)
		}
		a.Told = append(a.Told, w)
	}
	a.Stories = len(stories)
	return c.json(a)
}
