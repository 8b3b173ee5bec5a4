package desk

import (
	"context"
	"slices"
	"strconv"

	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// ofStory tells whether a query asks something of the story, so that an article that does not satisfy it today may do so tomorrow,
// and from how many sources on their number makes no difference to it.
func ofStory(q query.Query) (asks bool, enough int) {
	query.Walk(q.Root, func(n query.Node) bool {
		t, ok := n.(*query.Term)
		if !ok {
			return true
		}
		if t.Name == "sources" {
			number, _ := strconv.Atoi(t.Value) // the parser has checked it
			enough = max(enough, number+1)
		}
		asks = asks || t.Name == "sources" || t.Name == "is"
		return true
	})
	return asks, enough
}

// mostRestated is how many articles of a story are asked about again when it changes, the newest.
const mostRestated = 30

// sameState tells whether queries that ask something of the story get the same answers, if they ask for at most so many sources.
func sameState(a, b news.Story, enough int) bool {
	return min(a.Independent, enough) == min(b.Independent, enough) && a.Breaking.IsZero() == b.Breaking.IsZero() && a.First == b.First
}

// restated asks the queries about earlier articles of a story whose state has changed. It gives what they satisfy only now, and the
// articles: what an article satisfied before is no news because other watches ask something else of the story.
func (d *Desk) restated(ctx context.Context, o *orders, p news.Placement, now, before news.Story) ([]news.Match, map[int64]store.Entry, error) {
	articles := map[int64]store.Entry{}
	if o.restate == nil || p.New || sameState(now, before, o.enough) && len(p.Merged) == 0 {
		return nil, articles, nil
	}
	var matches []news.Match
	for _, id := range append([]int64{p.Story}, p.Merged...) {
		entries, err := d.Store.Latest(ctx, id, mostRestated)
		if err != nil {
			return nil, nil, err
		}
		for _, e := range entries {
			doc := match.NewDoc(e.Article, e.Analysis, text.Analyze(e.Article.Text, pack.For(e.Article.Lang)), e.Source)
			doc.SetState(state(e.Article, e.Placement, now))
			ms, _ := o.restate.Match(doc)
			if ms, err = d.unknown(ctx, ms, e.Article.ID); err != nil {
				return nil, nil, err
			}
			if len(ms) > 0 {
				matches = append(matches, ms...)
				articles[e.Article.ID] = e
			}
		}
	}
	return matches, articles, nil
}

// unknown gives those of an article's matches that are not stored.
func (d *Desk) unknown(ctx context.Context, ms []news.Match, article int64) ([]news.Match, error) {
	if len(ms) == 0 {
		return nil, nil
	}
	known, err := d.Store.MatchesIn(ctx, article)
	return slices.DeleteFunc(ms, func(m news.Match) bool {
		return slices.ContainsFunc(known, func(k news.Match) bool { return k.Watch == m.Watch })
	}), err
}
