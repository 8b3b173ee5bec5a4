package desk

import (
	"context"
	"maps"
	"slices"
	"time"

	"marsad/alert"
	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/story"
	"marsad/text"
)

// history is the notices of late, by their recipient.
type history struct {
	by    map[int64][]news.Notice
	size  int
	prune int // the size at which old ones are let go
}

// fewNotices is how many are held before it is worth looking for old ones.
const fewNotices = 10000

// add takes notices in. Those planned before since are let go now and then, so that the history does not grow for ever.
func (h *history) add(ns []news.Notice, since time.Time) {
	if h.by == nil {
		h.by, h.prune = map[int64][]news.Notice{}, fewNotices
	}
	for _, n := range ns {
		h.by[n.Recipient] = append(h.by[n.Recipient], n)
	}
	if h.size += len(ns); h.size < h.prune {
		return
	}
	h.size = 0
	for r, list := range h.by {
		list = slices.DeleteFunc(list, func(n news.Notice) bool { return n.Planned.Before(since) })
		if h.size += len(list); len(list) == 0 {
			delete(h.by, r)
			continue
		}
		h.by[r] = list
	}
	h.prune = max(fewNotices, 2*h.size)
}

// of gives the notices of some recipients, under the stories that they belong to once changed is stored.
func (h *history) of(rs []news.Recipient, changed []news.Story) (ns []news.Notice) {
	into := merged(changed)
	for _, r := range rs {
		for _, n := range h.by[r.ID] {
			if to := into[n.Story]; to != 0 {
				n.Story = to
			}
			ns = append(ns, n)
		}
	}
	return ns
}

// move puts the notices of stories that became part of another under that one: whoever was told of a part was told of the whole.
func (h *history) move(changed []news.Story) {
	into := merged(changed)
	if len(into) == 0 {
		return
	}
	for _, list := range h.by {
		for i := range list {
			if to := into[list[i].Story]; to != 0 {
				list[i].Story = to
			}
		}
	}
}

// merged gives the stories that became part of another, with that one.
func merged(stories []news.Story) map[int64]int64 {
	into := map[int64]int64{}
	for _, s := range stories {
		if s.Merged != 0 {
			into[s.ID] = s.Merged
		}
	}
	return into
}

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
		earlier[a.ID] = store.Entry{Article: a, Analysis: r.analysis, Placement: placement, Arrived: r.page.Fetched}
		res.Notices, err = d.plan(ctx, o, res, before, earlier)
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

// plan gives the notices that an article makes due: to the watches that it satisfies or makes an earlier article of its story
// satisfy, and to those that one satisfied before, because their readers may want to hear how it goes on. entries holds the
// articles that res.Matches names.
func (d *Desk) plan(ctx context.Context, o *orders, res store.Result, before news.Story, entries map[int64]store.Entry) (due []news.Notice, err error) {
	follows := map[int64]bool{}
	by := map[int64]int64{} // watch -> the article to tell of: the new one where it can be
	for _, m := range res.Matches {
		if by[m.Watch] != res.Article.ID {
			by[m.Watch] = m.Article
		}
	}
	if !res.Placement.New {
		told, err := d.Store.StoryWatches(ctx, append([]int64{res.Placement.Story}, res.Placement.Merged...))
		if err != nil {
			return nil, err
		}
		for _, w := range told {
			if by[w] == 0 {
				by[w], follows[w] = res.Article.ID, true
			}
		}
	}
	known := map[int64]news.Recipient{}
	for _, id := range slices.Sorted(maps.Keys(by)) {
		w, ok := o.watches[id]
		if !ok {
			continue
		}
		e := entries[by[id]]
		in := alert.Input{Watch: w, Article: e.Article, Arrived: e.Arrived, Story: res.Stories[0], Before: before,
			Denials: denials(e.Article, e.Analysis), Corrected: corrects(e.Placement), Follows: follows[id],
			Now: d.Now()}
		if in.Recipients, err = d.recipients(ctx, w, known); err != nil {
			return nil, err
		}
		// What this article has planned already counts for the watches that follow.
		in.History = append(d.told.of(in.Recipients, res.Stories), due...)
		planned, silent := alert.Plan(in)
		for i := range planned {
			if planned[i].Kind == news.DigestSlot { // pages are processed in order: a slot's articles are those from here to the next slot's
				planned[i].Article = res.Article.ID
			}
		}
		due = append(due, planned...)
		for _, s := range silent {
			d.Log.Debug("a match is not told", "watch", s.Watch, "recipient", s.Recipient, "story", s.Story, "article", s.Article, "why", s.Kind)
		}
	}
	return due, nil
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

// recipients gives those of a watch, as they are at this moment. known remembers them for the other watches of one article.
func (d *Desk) recipients(ctx context.Context, w news.Watch, known map[int64]news.Recipient) (rs []news.Recipient, err error) {
	for _, id := range w.Recipients {
		r, ok := known[id]
		if !ok {
			if r, err = d.Store.Recipient(ctx, id); err != nil && !fault.Is(err, fault.NotFound) {
				return nil, err
			}
			known[id] = r
		}
		if r.ID != 0 {
			rs = append(rs, r)
		}
	}
	return rs, nil
}

// denials names each denial of an article by who denies, so that the same denial told by another outlet is the same. One of nobody
// knows whom is left out: nothing can be said of it that would be the same tomorrow.
func denials(a news.Article, n news.Analysis) (keys []string) {
	for _, c := range n.Claims {
		if c.Stance != news.Denies || c.Negated || c.Claimant == nil {
			continue
		}
		who := denier(a, c.Claimant)
		if key := "denial " + who; who != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// denier gives the entity of an actor, else the words that name them, "" for a pronoun alone.
func denier(a news.Article, who *news.Actor) string {
	if who.Entity != "" {
		return who.Entity
	}
	span := who.Span
	if who.Named != nil {
		span = *who.Named
	}
	words := text.Normalize(a.Text[span.Start:span.End])
	if c := pack.For(a.Lang).Clause; c != nil {
		is := func(w string) bool { return text.Normalize(w) == words }
		if slices.ContainsFunc(c.Pronouns, is) || slices.ContainsFunc(c.Neuter, is) {
			return ""
		}
	}
	return words
}

// corrects tells whether an article corrects an earlier one.
func corrects(p news.Placement) bool {
	return slices.ContainsFunc(p.Links, func(l news.Link) bool {
		return l.Kind == news.Update && slices.ContainsFunc(l.Evidence, func(r news.Reason) bool { return r.Kind == "correction" })
	})
}
