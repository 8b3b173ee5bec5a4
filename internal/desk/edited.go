package desk

import (
	"context"
	"slices"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// mostJudged is how many articles of a watch whose query was changed are asked about again, the newest of the window.
const mostJudged = 2000

// judgeEdits goes through what watches found before their query was changed, whenever one was.
func (d *Desk) judgeEdits(ctx context.Context) error {
	for d.rest(ctx, 30*d.Tick, d.edits) {
		for _, w := range d.orders.Load().list {
			if !w.Edited {
				continue
			}
			if err := d.judge(ctx, w); err != nil && ctx.Err() == nil {
				d.Log.Error("what a watch found before it was changed could not be gone through", "watch", w.ID, "err", err)
			}
		}
	}
	return nil
}

// judge asks a watch's query as it is about what any earlier one found. What only an earlier one did is told no more: what waits is
// forgotten with its reason, what was told stays told, and its corrections reach who was told. An article that finds the story by the present
// query tells it anew. What is older than the window is taken for outgrown: its stories do not go on.
func (d *Desk) judge(ctx context.Context, w news.Watch) error {
	q, err := query.Parse(w.Query)
	if err != nil {
		return nil // it matches nothing, which is said elsewhere, until somebody changes it again
	}
	program, still, asked := match.Compile(q, d.Names), []int64{}, map[int64]bool{}
	ask := func(ctx context.Context) error {
		found, err := d.Store.MatchesEver(ctx, w.ID, d.Now().Add(-d.Span), mostJudged)
		for i := 0; i < len(found) && err == nil; i++ {
			if id := found[i]; !asked[id] {
				var ok bool
				if ok, err = d.satisfies(ctx, program, id); ok {
					still = append(still, id)
				}
				asked[id] = true
			}
		}
		return err
	}
	if err := ask(ctx); err != nil {
		return err
	}
	err = d.between(ctx, func(ctx context.Context) error {
		if err := ask(ctx); err != nil { // what was found meanwhile
			return err
		}
		return d.outgrow(ctx, w, still)
	})
	if err != nil {
		return err
	}
	return d.Reload(ctx)
}

// satisfies tells whether an article that is kept satisfies a query.
func (d *Desk) satisfies(ctx context.Context, p match.Program, article int64) (bool, error) {
	e, err := d.Store.Entry(ctx, article)
	if err != nil {
		return false, ignore(err, fault.NotFound)
	}
	s, err := d.Store.Story(ctx, e.Placement.Story)
	if err != nil {
		return false, ignore(err, fault.NotFound)
	}
	return satisfied(p, e, text.Analyze(e.Article.Text, pack.For(e.Article.Lang)), s), nil
}

// satisfied tells whether an article satisfies a query in a state of its story.
func satisfied(p match.Program, e store.Entry, doc *text.Doc, s news.Story) bool {
	d := match.NewDoc(e.Article, e.Analysis, doc, e.Source)
	d.SetState(state(e.Article, e.Placement, s))
	ok, _ := p.Run(d)
	return ok
}

func ignore(err error, kind fault.Kind) error {
	if fault.Is(err, kind) {
		return nil
	}
	return err
}

// outgrow lets a watch tell no more of what it no longer finds. It belongs to the goroutine that plans.
func (d *Desk) outgrow(ctx context.Context, w news.Watch, still []int64) error {
	if err := d.persist(ctx, "an edited watch", func(ctx context.Context) error { return d.Store.Outgrown(ctx, w.ID, still) }); err != nil {
		return err
	}
	waiting, err := d.Store.Unwritten(ctx, w.Recipients, d.Now())
	if err != nil {
		return err
	}
	var drop []news.Notice
	for _, n := range waiting {
		_, once, err := d.Store.StoryWatches(ctx, []int64{n.Story})
		if err != nil {
			return err
		}
		if !slices.Contains(once, w.ID) {
			continue
		}
		if asked, err := d.askedFor(ctx, n); err != nil {
			return err
		} else if !asked {
			drop = append(drop, n)
		}
	}
	return d.persist(ctx, "an edited watch", func(ctx context.Context) error {
		gone, err := d.Store.Judged(ctx, w, drop, d.Now())
		d.told.forget(gone)
		return err
	})
}
