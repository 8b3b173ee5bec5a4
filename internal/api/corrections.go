package api

import (
	"strconv"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/story"
	"marsad/wire"
)

// saidFor is how far back corrections are listed where a request does not say.
const saidFor = 60 * 24 * time.Hour

type correctionsAnswer struct {
	Version     int               `json:"version"`
	Corrections []wire.Correction `json:"corrections"` // the newest first
	Next        *string           `json:"next"`
}

func correctionOf(x store.Correction) wire.Correction {
	moves := []wire.Move{}
	for _, m := range x.Done.Moves {
		moves = append(moves, wire.Move{Article: m.Article, From: m.From, To: m.To})
	}
	w := wire.Correction{ID: x.ID, Kind: string(x.Done.Correction.Kind), By: x.By, Said: stamp(x.Said), Moves: moves,
		Stories: append([]int64{}, x.Done.Correction.Stories...), Articles: append([]int64{}, x.Done.Correction.Articles...)}
	if !x.Undone.IsZero() {
		at := stamp(x.Undone)
		w.Undone, w.UndoneBy = &at, x.UndoneBy
	}
	return w
}

func (s *server) corrections(c *call) error {
	v := c.r.URL.Query()
	since, err := moment(v.Get("since"), s.Now().Add(-saidFor))
	if err != nil {
		return err
	}
	n, err := c.number("n", 100, mostList)
	if err != nil {
		return err
	}
	below := int64(0)
	if after := v.Get("after"); after != "" {
		if below, err = strconv.ParseInt(after, 10, 64); err != nil {
			return fault.New(fault.Invalid, "after is the next of an earlier answer")
		}
	}
	all, err := s.Store.Corrections(c.r.Context(), since)
	if err != nil {
		return err
	}
	a := correctionsAnswer{wire.Version, []wire.Correction{}, nil}
	for _, x := range all {
		if below > 0 && x.ID >= below {
			continue
		}
		if len(a.Corrections) == n {
			next := strconv.FormatInt(a.Corrections[n-1].ID, 10)
			a.Next = &next
			break
		}
		a.Corrections = append(a.Corrections, correctionOf(x))
	}
	return c.json(a)
}

type correctionRequest struct {
	Kind     string  `json:"kind"`
	Stories  []int64 `json:"stories"`
	Articles []int64 `json:"articles"`
}

// correction reads what is said. The error is Invalid.
func (in correctionRequest) correction() (story.Correction, error) {
	c := story.Correction{Kind: story.CorrectionKind(in.Kind), Stories: in.Stories, Articles: in.Articles}
	ok := false
	switch c.Kind {
	case story.SplitStory:
		ok = len(in.Articles) > 0 && len(in.Stories) == 0
	case story.MergeStories:
		ok = len(in.Stories) >= 2 && len(in.Articles) == 0
	case story.DistinctStory:
		ok = len(in.Stories) == 2 && len(in.Articles) == 0
	}
	if !ok || len(in.Articles) > 10_000 || len(in.Stories) > 100 {
		return c, fault.New(fault.Invalid, "kind is split, with articles; merge, with two stories or more; or apart, with two stories")
	}
	for i, id := range in.Stories {
		for _, other := range in.Stories[:i] {
			if id == other {
				return c, fault.New(fault.Invalid, "story %d is named twice", id)
			}
		}
	}
	return c, nil
}

func (s *server) correct(c *call) error {
	var in correctionRequest
	if err := c.body(&in); err != nil {
		return err
	}
	said, err := in.correction()
	if err != nil {
		return err
	}
	if s.Correct == nil {
		return fault.New(fault.Invalid, "this desk takes no corrections")
	}
	id, err := s.Correct(c.r.Context(), c.by(), said)
	if err != nil {
		return err
	}
	return c.correctionAnswer(id)
}

func (s *server) uncorrect(c *call) error {
	id, err := c.id()
	if err != nil {
		return err
	}
	if s.Uncorrect == nil {
		return fault.New(fault.Invalid, "this desk takes no corrections")
	}
	if err := s.Uncorrect(c.r.Context(), c.by(), id); err != nil {
		return err
	}
	return c.correctionAnswer(id)
}

// correctionAnswer answers a correction as it is kept.
func (c *call) correctionAnswer(id int64) error {
	x, err := c.Store.Correction(c.r.Context(), id)
	if err != nil {
		return err
	}
	return c.json(correctionOf(x))
}
