package desk

import (
	"context"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/match"
	"marsad/news"
	"marsad/story"
)

// decide places an article, matches it and plans its notices: all that Commit stores at once.
func (d *Desk) decide(ctx context.Context, r *reading) (store.Result, error) {
	if err := d.catchUp(ctx, r); err != nil {
		return store.Result{}, err
	}
	if r.rejected != "" {
		return store.Result{Cursor: store.MainCursor, Page: r.page.ID, Rejected: r.rejected}, nil
	}
	a := r.article
	if same, err := d.unchanged(ctx, r); err != nil || same {
		return store.Result{Cursor: store.MainCursor, Page: r.page.ID, Rejected: "unchanged"}, err
	}
	placement, stories := d.window.Place(story.Input{Article: a, Analysis: r.analysis, Doc: r.doc, Source: r.source, Arrived: r.page.Fetched})
	before, err := d.before(ctx, placement)
	if err != nil {
		return store.Result{}, err
	}
	r.words.SetState(state(a, placement, stories[0]))
	o := d.orders.Load()
	matches, _ := o.index.Match(r.words)
	again, earlier, err := d.restated(ctx, o, placement, stories[0], before)
	if err != nil {
		return store.Result{}, err
	}
	res := store.Result{Cursor: store.MainCursor, Page: r.page.ID, Article: a, Analysis: r.analysis, Tokens: r.tokens, Placement: placement,
		Stories: stories, Matches: append(matches, again...)}
	if err := r.learn(&res); err != nil {
		return res, err
	}
	if !d.Muted {
		earlier[a.ID] = store.Entry{Article: a, Analysis: r.analysis, Placement: placement, Source: r.source, Arrived: r.page.Fetched}
		res.Notices, res.Silences, err = d.plan(ctx, o, res, before, earlier)
	}
	return res, err
}

// unchanged tells whether the page says what an earlier page of its address said. Outlets call articles updated that are not, and no
// two fetches of a page with advertisements give the same bytes.
func (d *Desk) unchanged(ctx context.Context, r *reading) (bool, error) {
	e, err := d.Store.Version(ctx, r.page.URL, r.page.ID)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil && r.sameWords(e.Article), err
}

func state(a news.Article, p news.Placement, s news.Story) match.State {
	st := match.State{Sources: s.Independent, Breaking: !s.Breaking.IsZero(), First: s.First == a.ID}
	for _, l := range p.Links {
		switch l.Kind {
		case news.Duplicate, news.Copy, news.Translation:
			st.Copy = st.Copy || l.Direction == news.FromOther
		}
	}
	return st
}

// before gives the story as it was stored before the article; the zero Story for a new one.
func (d *Desk) before(ctx context.Context, p news.Placement) (news.Story, error) {
	if p.New {
		return news.Story{}, nil
	}
	s, err := d.Store.Story(ctx, p.Story)
	if fault.Is(err, fault.NotFound) {
		return news.Story{}, nil
	}
	return s, err
}
