package cli

import (
	"context"
	"maps"
	"slices"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/story"
	"marsad/wire"
)

// mostOfSide is how many articles a lesson holds on a side, the earliest: a few say what a hundred would.
const mostOfSide = 24

// lessonStore is what lessons are made from.
type lessonStore interface {
	Corrections(ctx context.Context, since time.Time) ([]store.Correction, error)
	StoryEntries(ctx context.Context, story int64) ([]store.Entry, error)
	Entry(ctx context.Context, article int64) (store.Entry, error)
}

// lessons gives what people said of stories in [from, to), the earliest first.
func lessons(ctx context.Context, s lessonStore, from, to time.Time, each func(wire.Lesson) error) error {
	cs, err := s.Corrections(ctx, from)
	if err != nil {
		return err
	}
	var all []wire.Lesson
	p := replay{lessonStore: s, at: map[int64]int64{}}
	for _, c := range cs { // the newest first, so that each finds the articles where they stood when it was said
		if c.Undone.IsZero() {
			for _, m := range c.Done.Moves {
				p.at[m.Article] = m.From
			}
		}
		kind, same, ok := meaning(c)
		if !ok || !c.Said.Before(to) {
			continue
		}
		left, right, err := p.sides(ctx, c)
		if err != nil {
			return err
		}
		if len(left) == 0 || len(right) == 0 {
			continue
		}
		l := wire.Lesson{Version: wire.Version, Correction: c.ID, Kind: kind, By: c.By, Said: c.Said.UTC().Format(time.RFC3339), Same: same, Left: left, Right: right}
		if c.By == "" {
			l.By, l.Said = c.UndoneBy, c.Undone.UTC().Format(time.RFC3339)
		}
		all = append(all, l)
	}
	for _, l := range slices.Backward(all) {
		if err := each(l); err != nil {
			return err
		}
	}
	return nil
}

// meaning tells what a correction teaches. One that its own author took back teaches nothing; nor does what the desk did by itself, unless
// somebody took that back.
func meaning(c store.Correction) (kind string, same, ok bool) {
	kind, same = string(c.Done.Correction.Kind), c.Done.Correction.Kind == story.MergeStories
	if c.By == "" {
		return "undone-" + kind, !same, !c.Undone.IsZero() && c.UndoneBy != ""
	}
	return kind, same, c.Undone.IsZero()
}

// replay goes back through corrections.
type replay struct {
	lessonStore
	at map[int64]int64 // where articles stood before the corrections that were gone through
}

// sides gives the articles that a correction is about, as they stood when it was said: those that it moved on the right, what they were
// joined to or taken from on the left.
func (p *replay) sides(ctx context.Context, c store.Correction) (left, right []wire.Entry, err error) {
	k := c.Done.Correction
	moved := map[int64]bool{}
	for _, m := range c.Done.Moves {
		if moved[m.Article] = true; len(right) == mostOfSide {
			continue
		}
		e, err := p.Entry(ctx, m.Article)
		if fault.Is(err, fault.NotFound) {
			continue
		} else if err != nil {
			return nil, nil, err
		}
		right = append(right, entryOf(e))
	}
	stories := k.Stories
	switch {
	case k.Kind == story.SplitStory && len(c.Done.Moves) > 0:
		stories = []int64{c.Done.Moves[0].From}
	case k.Kind == story.MergeStories && len(stories) > 1:
		stories = stories[:1] // the others' articles were moved
	}
	for i, id := range stories {
		of, err := p.told(ctx, id, c.Said, moved)
		if err != nil {
			return nil, nil, err
		}
		if i == 0 {
			left = of
		} else {
			right = append(right, of...)
		}
	}
	return left, right, nil
}

// told gives the earliest articles that stood in a story by a time, but for some.
func (p *replay) told(ctx context.Context, id int64, by time.Time, but map[int64]bool) (out []wire.Entry, err error) {
	es, err := p.StoryEntries(ctx, id)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	elsewhere := false
	for _, a := range slices.Sorted(maps.Keys(p.at)) {
		if p.at[a] != id {
			continue
		}
		elsewhere = true
		if !slices.ContainsFunc(es, func(e store.Entry) bool { return e.Article.ID == a }) {
			e, err := p.Entry(ctx, a)
			if err != nil {
				return nil, err
			}
			es = append(es, e)
		}
	}
	for _, e := range es {
		at, ok := p.at[e.Article.ID]
		if !ok && (!elsewhere || e.Placement.Story == id) { // a story that became part of another by itself is all of that
			at = id
		}
		if at == id && !but[e.Article.ID] && !e.Arrived.After(by) && len(out) < mostOfSide {
			out = append(out, entryOf(e))
		}
	}
	return out, nil
}
