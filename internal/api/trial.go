package api

import (
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
	"marsad/query"
	"marsad/wire"
)

const (
	tryFor        = 7 * 24 * time.Hour
	mostTrialDays = 60
)

type trialRequest struct {
	Query string `json:"query"`
	Name  string `json:"name"` // of no consequence
	Days  int    `json:"days"`
}

// since gives how far back a trial looks. The error is Invalid.
func (in trialRequest) since(now time.Time) (time.Time, error) {
	if in.Days < 0 || in.Days > mostTrialDays {
		return now, fault.New(fault.Invalid, "days is a whole number from 1 to %d; 7 where it is missing", mostTrialDays)
	}
	if in.Days == 0 {
		return now.Add(-tryFor), nil
	}
	return now.AddDate(0, 0, -in.Days), nil
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
	var in trialRequest
	if err := c.body(&in); err != nil {
		return err
	}
	q, err := query.Parse(in.Query)
	if err != nil {
		return err
	}
	since, err := in.since(s.Now())
	if err != nil {
		return err
	}
	defer c.briefly()()
	found, err := s.Store.Find(c.r.Context(), q, store.FindOptions{From: since, N: 100})
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
	trials, partial, err := s.TryWatch(c.r.Context(), news.Watch{Name: in.Name, Query: in.Query, Zone: "UTC"}, since)
	if err != nil {
		return err
	}
	a.Partial = a.Partial || partial
	clear(stories)
	for _, t := range trials {
		stories[t.Story] = true
		a.Told = append(a.Told, wire.TrialOf(t.At, t.Story, t.Headline, t.Outcome, t.Because, t.Due))
	}
	a.Stories = len(stories)
	return c.json(a)
}
