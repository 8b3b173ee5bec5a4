package desk

import (
	"context"
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

// restated asks the queries about earlier articles of a story whose state has changed. It gives what they satisfy now, and the
// articles.
func (d *Desk) restated(ctx context.Context, o *orders, p news.Placement, now, before news.Story) ([]news.Match, map[int64]store.Entry, error) {
	same := min(now.Independent, o.enough) == min(before.Independent, o.enough) && now.Breaking.IsZero() == before.Breaking.IsZero() && now.First == before.First
	articles := map[int64]store.Entry{}
	if o.restate == nil || p.New || same && len(p.Merged) == 0 {
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
			if ms, _ := o.restate.Match(doc); len(ms) > 0 {
				matches = append(matches, ms...)
				articles[e.Article.ID] = e
			}
		}
	}
	return matches, articles, nil
}
