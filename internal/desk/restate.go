package desk

import (
	"context"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// ofStory tells whether a query asks something of the story: an article that does not satisfy it today may do so tomorrow.
func ofStory(q query.Query) (asks bool) {
	query.Walk(q.Root, func(n query.Node) bool {
		if t, ok := n.(*query.Term); ok {
			asks = asks || t.Name == "sources" || t.Name == "is"
		}
		return !asks
	})
	return asks
}

// mostRestated is how many articles of a story are asked about again when it changes, the newest.
const mostRestated = 30

// restated asks the queries about earlier articles of a story whose state has changed. It gives what they satisfy now, and the
// articles.
func (d *Desk) restated(ctx context.Context, o *orders, p news.Placement, now, before news.Story) ([]news.Match, map[int64]store.Entry, error) {
	same := now.Independent == before.Independent && now.Breaking.IsZero() == before.Breaking.IsZero() && now.First == before.First
	articles := map[int64]store.Entry{}
	if o.restate == nil || p.New || same && len(p.Merged) == 0 {
		return nil, articles, nil
	}
	var matches []news.Match
	for _, id := range append([]int64{p.Story}, p.Merged...) {
		entries, err := d.Store.StoryEntries(ctx, id)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, nil, err
		}
		for _, e := range entries[max(0, len(entries)-mostRestated):] {
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
