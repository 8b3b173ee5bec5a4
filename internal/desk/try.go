package desk

import (
	"context"
	"slices"
	"time"

	"marsad/alert"
	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
	"marsad/query"
)

// Trial is what a watch would have done about a story at a moment.
type Trial struct {
	At       time.Time
	Story    int64
	Headline string
	Lang     string
	Outcome  string // "told", "digest", "held", "silent"
	Because  []news.Reason
}

// mostTrials bounds how many articles a trial goes through.
const mostTrials = 500

// TryWatch says what a watch would have told since, newest first, by the function that plans its notices, without telling it, and
// whether it is only a part: more articles satisfy the query than a trial goes through, or than could be looked at. A query that
// cannot be read is Invalid and wraps the *query.Error.
func (d *Desk) TryWatch(ctx context.Context, w news.Watch, since time.Time) (trials []Trial, partial bool, err error) {
	q, err := query.Parse(w.Query)
	if err != nil {
		return nil, false, fault.New(fault.Invalid, "desk: %w", err)
	}
	found, err := d.Store.Find(ctx, q, store.FindOptions{From: since, N: mostTrials})
	if err != nil {
		return nil, false, err
	}
	hits := found.Hits
	slices.SortStableFunc(hits, func(a, b store.Hit) int { return a.Entry.Arrived.Compare(b.Entry.Arrived) })
	w.Created, w.Off = time.Time{}, false
	reader := []news.Recipient{{ID: -1, State: news.Confirmed}}
	var told []news.Notice
	for _, h := range hits {
		s, err := d.Store.Story(ctx, h.Entry.Placement.Story)
		if err != nil {
			return nil, false, err
		}
		planned, silent := alert.Plan(alert.Input{Watch: w, Recipients: reader, Article: h.Entry.Article, Arrived: h.Entry.Arrived, Story: s, Before: s,
			Denials: alert.Denials(readOf(h.Entry)), Corrected: corrects(h.Entry.Placement), History: told, Now: h.Entry.Arrived})
		told = append(told, planned...)
		trials = append(trials, trial(h.Entry, s, planned, silent))
	}
	slices.Reverse(trials)
	return trials, found.Partial || found.Next != "", nil
}

func trial(e store.Entry, s news.Story, planned []news.Notice, silent []news.Silence) Trial {
	t := Trial{At: e.Arrived, Story: s.ID, Headline: e.Article.Headline, Lang: e.Article.Lang, Outcome: "silent"}
	for _, n := range planned {
		t.Outcome, t.Because = "told", append(append(t.Because, n.Because...), news.Reason{Kind: string(n.Kind)})
		if n.Kind == news.DigestSlot {
			t.Outcome = "digest"
		} else if n.Due.Sub(t.At) > alert.Wait {
			t.Outcome = "held"
		}
	}
	for _, v := range silent {
		t.Because = append(t.Because, news.Reason{Kind: v.Kind})
	}
	return t
}
