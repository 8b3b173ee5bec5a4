package cli

import (
	"context"
	"time"

	"marsad/alert"
	"marsad/internal/fault"
	"marsad/internal/letter"
	"marsad/internal/store"
	"marsad/news"
)

// mostOfDigest is how many matches a digest is made of, the newest.
const mostOfDigest = 500

// Stories implements desk.Digester.
func (c *composer) Stories(ctx context.Context, n news.Notice) (tells []news.Reason, err error) {
	w, err := known(c.store.Watch(ctx, n.Watch))
	if err != nil {
		return nil, err
	}
	lines, err := c.digest(ctx, n, w)
	for _, l := range lines {
		tells = append(tells, alert.Tells(l.Story, l.Headline))
	}
	return tells, err
}

// listed gives the stories that a digest is known to tell, as they are now.
func (c *composer) listed(ctx context.Context, stories []int64) (lines []letter.Line, err error) {
	seen := map[int64]bool{}
	for _, id := range stories {
		s, err := known(c.store.Story(ctx, id))
		if err != nil {
			return nil, err
		}
		if s.ID != 0 && !seen[s.ID] {
			seen[s.ID] = true
			line, err := c.line(ctx, s)
			if err != nil {
				return nil, err
			}
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return nil, fault.New(fault.NotFound, "nothing is left to tell of")
	}
	return lines, nil
}

// line says what a digest says of a story.
func (c *composer) line(ctx context.Context, s news.Story) (letter.Line, error) {
	lead, err := known(c.store.Entry(ctx, s.Lead))
	return letter.Line{Headline: s.Headline, Story: s.ID, Sources: s.Independent, Of: s, Original: letter.Address(lead.Article)}, err
}

// digest lists the stories of a slot, newest first. A slot that has none, since its watch or its articles are gone, is NotFound: then
// there is nothing to tell.
func (c *composer) digest(ctx context.Context, n news.Notice, w news.Watch) (lines []letter.Line, err error) {
	if stories := alert.Stories(n); len(stories) > 0 {
		return c.listed(ctx, stories)
	}
	in, err := c.slot(ctx, n, w)
	if alert.IsRest(n) {
		in, err = c.rest(ctx, n)
	}
	if err != nil {
		return nil, err
	}
	matches, err := c.store.MatchesOf(ctx, w.ID, mostOfDigest)
	if err != nil {
		return nil, err
	}
	seen := map[int64]bool{}
	for _, m := range matches {
		e, err := known(c.store.Entry(ctx, m.Article))
		if err != nil {
			return nil, err
		}
		story := e.Placement.Story
		if story == 0 || seen[story] || !in(e) {
			continue
		}
		seen[story] = true
		s, err := known(c.store.Story(ctx, story))
		if err != nil {
			return nil, err
		}
		line, err := c.line(ctx, s)
		if err != nil {
			return nil, err
		}
		if lines = append(lines, line); s.ID != 0 {
			seen[s.ID] = true
		}
	}
	if len(lines) == 0 {
		return nil, fault.New(fault.NotFound, "nothing is left to tell of")
	}
	return lines, nil
}

// slot tells which articles a slot's digest is about: those that arrived since the slot before, and those that were read since the
// article by which it was planned, though they arrived earlier; but none that was read so late that the next slot has it. So an article
// that arrives a moment before the clock strikes is in one digest, whichever that is.
func (c *composer) slot(ctx context.Context, n news.Notice, w news.Watch) (in func(store.Entry) bool, err error) {
	zone, err := time.LoadLocation(w.Zone)
	if err != nil {
		zone = time.UTC
	}
	since := n.Due.Add(-24 * time.Hour)
	for _, t := range alert.Slots(w.Digest, zone, n.Due.Add(-48*time.Hour), n.Due.Add(-time.Second)) {
		since = t
	}
	var end int64 // the article by which a later slot was planned
	for _, t := range alert.Slots(w.Digest, zone, n.Due, n.Due.Add(48*time.Hour)) {
		row, err := known(c.store.Delivery(ctx, alert.Digest(w, n.Recipient, t).ID))
		if err != nil {
			return nil, err
		}
		if end = row.Delivery.Notice.Article; end != 0 {
			break
		}
	}
	cause, err := known(c.store.Entry(ctx, n.Article))
	if err != nil {
		return nil, err
	}
	return func(e store.Entry) bool {
		id := e.Article.ID
		switch {
		case e.Placement.Story == cause.Placement.Story:
			return true // also where a new article made an older one match
		case end != 0 && id >= end, e.Arrived.After(n.Due):
			return false
		}
		return id >= n.Article || !e.Arrived.Before(since)
	}, nil
}

// rest tells which articles the summary of what was kept back is about: of the stories of which the cap, or letters that waited, kept something
// back in its time, and that no letter told since.
func (c *composer) rest(ctx context.Context, n news.Notice) (in func(store.Entry) bool, err error) {
	history, err := c.store.History(ctx, n.Planned.Add(-24*time.Hour))
	if err != nil {
		return nil, err
	}
	told := map[int64]time.Time{} // story -> when last
	for _, h := range history {
		at := h.Planned
		if h.Kind == news.DigestSlot {
			at = h.Due // what came until then is in it
		}
		for _, story := range alert.Stories(h) {
			if h.Recipient == n.Recipient && at.After(told[story]) {
				told[story] = at
			}
		}
	}
	kept, err := c.keptBack(ctx, n)
	if err != nil {
		return nil, err
	}
	return func(e store.Entry) bool {
		if at, ok := kept[e.Placement.Story]; ok {
			return !told[e.Placement.Story].After(at)
		}
		return len(kept) == 0 && e.Article.ID >= n.Article && !e.Arrived.After(n.Due) && told[e.Placement.Story].IsZero() // as before it was kept
	}, nil
}

// keptBack gives the stories of which something was kept back for the summary, and when last.
func (c *composer) keptBack(ctx context.Context, n news.Notice) (map[int64]time.Time, error) {
	kept := map[int64]time.Time{}
	for _, kind := range []string{"cap", "queue"} {
		ds, err := c.store.Decisions(ctx, store.DecisionFilter{Watch: n.Watch, Only: "silent", Kind: kind, N: mostOfDigest})
		if err != nil {
			return nil, err
		}
		for _, d := range ds {
			if v := d.Silence; v.Recipient == n.Recipient && !v.First.After(n.Due) && !v.Last.Before(n.Planned) && v.Last.After(kept[d.Story]) {
				kept[d.Story] = v.Last
			}
		}
	}
	return kept, nil
}
