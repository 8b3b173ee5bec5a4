package api

import (
	"strconv"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/wire"
)

// decisionRoutes is what can be asked of what was told, and of what was not and why.
func (s *server) decisionRoutes() []route {
	narrow := []param{{"only", "string", "told or silent"}, {"kind", "string", "of the notice or the silence, such as breaking or cap"}, {"after", "string", "cursor: next of the answer before"}, paging[0]}
	story := param{"story", "integer", "of this story alone"}
	return []route{
		{"GET", "/watches/{id}/decisions", auth.Reader, "What a watch told and what it kept silent, each with its reason, the last first; to is for editors", append([]param{story}, narrow...), "", js, false, s.decisions("watch")},
		{"GET", "/stories/{id}/decisions", auth.Reader, "The same of a story, by whichever watch", append([]param{{"mine", "boolean", "of the caller's watches, and whatever those they tell were to be told, alone"}}, narrow...), "", js, false, s.decisions("story")},
	}
}

type decisionsAnswer struct {
	Version   int             `json:"version"`
	Decisions []wire.Decision `json:"decisions"`
	Next      *string         `json:"next"` // cursor, null at the end
}

// decisions answers the decisions of a watch or of a story.
func (s *server) decisions(of string) func(*call) error {
	return func(c *call) error {
		f, err := c.decided(of)
		if err != nil {
			return err
		}
		ds, err := s.Store.Decisions(c.r.Context(), f)
		if err != nil {
			return err
		}
		a := decisionsAnswer{Version: wire.Version, Decisions: []wire.Decision{}}
		for _, d := range ds {
			w := d.Wire()
			if c.who.Role < auth.Editor {
				w.To = nil
			}
			a.Decisions = append(a.Decisions, w)
		}
		if len(ds) == f.N {
			a.Next = &ds[f.N-1].Key
		}
		return c.json(a)
	}
}

// decided reads what is asked for. What is not there is NotFound.
func (c *call) decided(of string) (f store.DecisionFilter, err error) {
	q := c.r.URL.Query()
	f = store.DecisionFilter{Only: q.Get("only"), Kind: q.Get("kind"), After: q.Get("after")}
	if f.Only != "" && f.Only != "told" && f.Only != "silent" {
		return f, fault.New(fault.Invalid, "only is told or silent")
	}
	if f.N, err = c.number("n", 50, 100); err != nil {
		return f, err
	}
	if f.Story, err = c.id(); err != nil {
		return f, err
	}
	if of == "story" {
		if _, err = c.Store.Story(c.r.Context(), f.Story); err == nil && q.Get("mine") == "true" {
			err = c.mine(&f)
		}
		return f, err
	}
	f.Watch, f.Story = f.Story, 0
	if s := q.Get("story"); s != "" {
		if f.Story, err = strconv.ParseInt(s, 10, 64); err != nil || f.Story < 1 {
			return f, fault.New(fault.Invalid, "story is the number of a story")
		}
	}
	_, err = c.Store.Watch(c.r.Context(), f.Watch)
	return f, err
}

// mine narrows decisions to the caller's watches and to whom those tell. Who has none has no decisions.
func (c *call) mine(f *store.DecisionFilter) error {
	ws, err := c.Store.Watches(c.r.Context())
	f.Watches = []int64{-1}
	for _, w := range ws {
		if c.who.Account != nil && w.By == c.who.Account.ID {
			f.Watches, f.Recipients = append(f.Watches, w.ID), append(f.Recipients, w.Recipients...)
		}
	}
	return err
}
