package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"marsad/alert"
	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/story"
	"marsad/text"
)

// mostRehearsed bounds how many articles a rehearsal goes through: those of the newest stories.
const mostRehearsed = 2000

// rehearsal goes through what the archive holds of some stories as the desk went through it, article by article, with one watch and one
// reader. Stories are as they are by now: what was two at the time and is one today is rehearsed as one.
type rehearsal struct {
	*Desk
	watch   news.Watch
	reader  []news.Recipient
	orders  *orders
	program match.Program
	asks    bool           // the query asks something of the story: what satisfies it is found out at each step
	enough  int            // of sources, see orders
	hits    map[int64]bool // articles that satisfy the query; where it asks something of the story, those that did so far
	window  *story.Window
	broke   map[int64]news.Story // the stories as they are stored, with when they broke
	states  map[int64]news.Story // as they are at this step
	past    map[int64][]store.Entry
	known   map[int64]bool // stories that have satisfied the watch
	told    history
	digests []pending
	now     time.Time // never goes back, though pages that were fetched together may have been kept in another order
}

// pending is a digest that is not due yet, with the stories that go into it.
type pending struct {
	news.Notice
	stories []news.Reason
}

// rehearsed is what one article led to.
type rehearsed struct {
	entry  store.Entry
	story  news.Story
	due    []news.Notice
	silent []news.Silence
	follow bool
}

// rehearse gives what a watch made at a time would have decided since, in order, and whether that is only a part.
func (d *Desk) rehearse(ctx context.Context, w news.Watch, q query.Query, since time.Time) (steps []rehearsed, partial bool, err error) {
	loose, whole := loosened(q)
	found, err := d.Store.Find(ctx, loose, store.FindOptions{From: since, N: mostTrials})
	if err != nil {
		return nil, false, err
	}
	r := &rehearsal{Desk: d, watch: w, reader: []news.Recipient{{ID: -1, State: news.Confirmed}}, program: match.Compile(q, d.Names), hits: map[int64]bool{},
		window: story.NewWindow(story.Options{Span: d.Span, Names: d.Names}), broke: map[int64]news.Story{}, states: map[int64]news.Story{}, past: map[int64][]store.Entry{}, known: map[int64]bool{}}
	r.asks, r.enough = ofStory(q)
	r.watch.Created, r.watch.Off, r.watch.Snoozed = since, false, time.Time{}
	r.orders = d.ordersOf([]news.Watch{r.watch}, nil)
	entries, all, err := r.entries(ctx, found.Hits)
	if err != nil {
		return nil, false, err
	}
	for _, e := range entries {
		step, some, err := r.step(ctx, e, since)
		if err != nil || ctx.Err() != nil {
			return nil, false, cmp.Or(err, ctx.Err())
		}
		if some {
			steps = append(steps, step)
		}
	}
	return steps, !all || !whole || found.Partial || found.Next != "", nil
}

// loosened leaves out of a query what it asks of the story where that may have been true and no longer is, so that all stories are found
// that it may once have been true of. It tells whether they are: a query that asks nothing else cannot be loosened.
func loosened(q query.Query) (loose query.Query, whole bool) {
	if !fleeting(q.Root) {
		return q, true
	}
	and, ok := q.Root.(*query.And)
	if !ok {
		return q, false
	}
	rest := &query.And{}
	for _, kid := range and.Kids {
		if asks, _ := ofStory(query.Query{Root: kid}); !asks {
			rest.Kids = append(rest.Kids, kid)
		}
	}
	if len(rest.Kids) == 0 {
		return q, false
	}
	return query.Query{Root: rest, Text: q.Text}, true
}

// fleeting tells whether a query asks something of the story that can cease to be true: a story only gains sources, and stays breaking.
func fleeting(root query.Node) (is bool) {
	query.Walk(root, func(n query.Node) bool {
		switch n := n.(type) {
		case *query.Term:
			is = is || n.Name == "is" && n.Value != "breaking" || n.Name == "sources" && n.Op != ">" && n.Op != ">="
		case *query.Not:
			asks, _ := ofStory(query.Query{Root: n.Kid})
			is = is || asks
		}
		return true
	})
	return is
}

// entries gives the articles of the stories of some hits in the order in which they were processed, and whether they are all.
func (r *rehearsal) entries(ctx context.Context, hits []store.Hit) (out []store.Entry, all bool, err error) {
	for _, h := range hits { // the newest first
		r.hits[h.Entry.Article.ID] = !r.asks
		id := h.Entry.Placement.Story
		if _, seen := r.broke[id]; seen {
			continue
		}
		if len(out) >= mostRehearsed {
			return inTurn(out), false, nil
		}
		s, err := r.Store.Story(ctx, id)
		if err != nil {
			return nil, false, err
		}
		es, err := r.Store.Latest(ctx, id, mostRehearsed)
		if err != nil {
			return nil, false, err
		}
		r.broke[id] = s
		out = append(out, es...)
	}
	return inTurn(out), true, nil
}

func inTurn(es []store.Entry) []store.Entry {
	slices.SortStableFunc(es, func(a, b store.Entry) int { return cmp.Compare(a.Article.ID, b.Article.ID) })
	return es
}

// step lets one article arrive, and tells whether the watch had anything to decide.
func (r *rehearsal) step(ctx context.Context, e store.Entry, since time.Time) (out rehearsed, some bool, err error) {
	id := e.Placement.Story
	before, past := r.states[id], r.past[id]
	now, doc := r.place(e, len(past) == 0)
	r.states[id], r.past[id] = now, append(past, e)
	if e.Arrived.Before(since) {
		return out, false, nil // that is before the watch was made
	}
	about, found := r.satisfies(e, doc, now, before, past)
	follows := !found && r.known[id]
	if !found && !follows {
		return out, false, nil
	}
	r.known[id] = true
	if e.Arrived.After(r.now) {
		r.now = e.Arrived
	}
	r.slots()
	due, silent, err := r.plan(ctx, e, about, now, before, past, follows)
	return rehearsed{e, now, due, silent, follows}, err == nil, err
}

// place puts an article into the window as it was placed, and gives its story as it then was, but for what was judged by all other
// stories: when it broke.
func (r *rehearsal) place(e store.Entry, first bool) (news.Story, *text.Doc) {
	in := story.Input{Article: e.Article, Analysis: e.Analysis, Doc: text.Analyze(e.Article.Text, pack.For(e.Article.Lang)), Source: e.Source, Arrived: e.Arrived}
	p := e.Placement
	p.New, p.Merged = first, nil
	r.window.Restore(in, p)
	_, changed := r.window.Place(in)
	now := changed[0]
	now.Breaking, now.BreakingWhy = time.Time{}, nil
	if b := r.broke[p.Story]; !b.Breaking.IsZero() && !b.Breaking.After(e.Arrived) {
		now.Breaking, now.BreakingWhy = b.Breaking, b.BreakingWhy
	}
	return now, in.Doc
}

// satisfies finds the article that satisfies the watch now that one has come: that one, or, where the query asks something of the story, an
// earlier one of which it was not true before.
func (r *rehearsal) satisfies(e store.Entry, doc *text.Doc, now, before news.Story, past []store.Entry) (about store.Entry, found bool) {
	if !r.asks {
		return e, r.hits[e.Article.ID]
	}
	if len(past) > 0 && !sameState(now, before, r.enough) {
		for _, p := range past[max(0, len(past)-mostRestated):] {
			if !r.hits[p.Article.ID] && r.runs(p, text.Analyze(p.Article.Text, pack.For(p.Article.Lang)), now) {
				r.hits[p.Article.ID] = true
				about, found = p, true // the last, as the desk has it
			}
		}
	}
	if r.runs(e, doc, now) {
		r.hits[e.Article.ID] = true
		return e, true
	}
	if !found {
		about = e
	}
	return about, found
}

func (r *rehearsal) runs(e store.Entry, doc *text.Doc, s news.Story) bool {
	return satisfied(r.program, e, doc, s)
}

// plan decides as the desk does.
func (r *rehearsal) plan(ctx context.Context, e, about store.Entry, now, before news.Story, past []store.Entry, follows bool) ([]news.Notice, []news.Silence, error) {
	p := planner{Desk: r.Desk, o: r.orders, before: before, facts: map[int64]*facts{}, read: true, now: r.now,
		res: store.Result{Article: e.Article, Placement: news.Placement{Article: e.Article.ID, Story: now.ID, New: len(past) == 0}, Stories: []news.Story{now}}}
	for _, o := range past[max(0, len(past)-mostRestated):] {
		p.earlier = append(p.earlier, readOf(o))
	}
	in, err := p.input(ctx, r.watch, about, follows)
	if err != nil {
		return nil, nil, err
	}
	in.Followed = time.Time{} // what a new outlet brought tells as much of the watch as any other
	in.Recipients, in.History = r.reader, r.told.about(-1, r.watch.ID, now.ID, nil)
	due, silent := p.decide(in)
	r.told.add(r.fresh(due, now), time.Time{})
	return due, silent, nil
}

// fresh gives the notices that were not planned before; a digest that was gets another story.
func (r *rehearsal) fresh(due []news.Notice, s news.Story) (out []news.Notice) {
	for _, n := range due {
		if n.Kind != news.DigestSlot {
			out = append(out, n)
			continue
		}
		i := slices.IndexFunc(r.digests, func(p pending) bool { return p.ID == n.ID })
		if i < 0 {
			i = len(r.digests)
			r.digests, out = append(r.digests, pending{Notice: n}), append(out, n)
		}
		r.digests[i].stories = append(r.digests[i].stories, alert.Tells(s.ID, s.Headline))
	}
	return out
}

// slots makes it known which stories the digests told that were due by now. A summary tells all that was kept back until then, also for the
// next one.
func (r *rehearsal) slots() {
	slices.SortStableFunc(r.digests, func(a, b pending) int { return a.Due.Compare(b.Due) })
	for len(r.digests) > 0 && !r.digests[0].Due.After(r.now) {
		p := r.digests[0]
		r.digests = r.digests[1:]
		if alert.IsRest(p.Notice) {
			for i := range r.digests {
				if alert.IsRest(r.digests[i].Notice) {
					p.stories, r.digests[i].stories = append(p.stories, r.digests[i].stories...), nil
				}
			}
		}
		p.Because = p.stories
		r.told.tell(p.Notice)
	}
}
