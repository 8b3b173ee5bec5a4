package web

import (
	"context"
	"html/template"
	"math"
	"time"

	"marsad/internal/auth"
	"marsad/news"
)

const (
	expectWithin = 2 * time.Second // what an estimate may take; who types is not kept waiting for it
	seldom       = 0.01            // share of articles below which a watch's cost is no matter
	costlyMost   = 10
)

// expect adds what a query would find a day and cost as a watch. A desk that cannot tell in time says nothing.
func (v *visit) expect(x explained) explained {
	if !x.OK || v.s.Desk.Estimate == nil {
		return x
	}
	ctx, stop := context.WithTimeout(v.r.Context(), expectWithin)
	defer stop()
	e, err := v.s.Desk.Estimate(ctx, x.Query)
	if err != nil {
		v.s.Log.Debug("no estimate", "err", err)
		return x
	}
	x.Expect = []template.HTML{v.rate(e.ADay)}
	if e.AtLeast {
		x.Expect = append(x.Expect, v.words.T("watch.expect-least"))
	}
	x.Expect = append(x.Expect, v.cost(e.Cost))
	return x
}

// rate words a number of articles a day; few of them are told by the week.
func (v *visit) rate(aDay float64) template.HTML {
	switch {
	case aDay <= 0:
		return v.words.T("watch.expect-none")
	case aDay < 2:
		return v.words.T("watch.expect-week", "n", int(math.Round(7*aDay)))
	}
	return v.words.T("watch.expect-day", "n", int(math.Round(aDay)))
}

func (v *visit) cost(c Cost) template.HTML {
	switch {
	case c.Always:
		return v.words.T("watch.cost-always")
	case c.Looked < seldom:
		return v.words.T("watch.cost-low")
	}
	return v.words.T("watch.cost-share", "share", v.words.Percent(min(1, c.Looked)))
}

// costlyWatch is a watch that costs the desk more than others.
type costlyWatch struct {
	ID    int64
	Name  string
	Words template.HTML
}

// costly names for admins the watches that cost the desk most; what is cheap is left out.
func (v *visit) costly(ws []news.Watch) (out []costlyWatch) {
	if v.who.Role < auth.Admin || v.s.Desk.Expensive == nil {
		return nil
	}
	names := map[int64]string{}
	for _, w := range ws {
		names[w.ID] = w.Name
	}
	for _, c := range v.s.Desk.Expensive(costlyMost) {
		if name, ok := names[c.ID]; ok && (c.Always || c.Looked >= seldom) {
			out = append(out, costlyWatch{c.ID, name, v.cost(c)})
		}
	}
	return out
}
