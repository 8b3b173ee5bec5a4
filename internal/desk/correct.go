package desk

import (
	"context"
	"errors"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
	"marsad/story"
)

// Correct carries out a person's word on stories, stores it, and gives the number under which it can be taken back. A story or article that
// left the window is Invalid: what was not decided by the window cannot be decided anew.
func (d *Desk) Correct(ctx context.Context, by string, c story.Correction) (id int64, err error) {
	err = d.between(ctx, func(ctx context.Context) error {
		id, err = d.correct(ctx, by, c)
		return err
	})
	return id, err
}

// correct is Correct for the goroutine that owns the window.
func (d *Desk) correct(ctx context.Context, by string, c story.Correction) (id int64, err error) {
	done, ps, ss, err := d.window.Correct(c)
	if errors.Is(err, story.ErrNotHeld) || errors.Is(err, story.ErrMeant) {
		return 0, fault.New(fault.Invalid, "desk: %w", err)
	} else if err != nil {
		return 0, err
	}
	effect, err := d.effect(ctx, ps, ss)
	if err == nil {
		err = d.persist(ctx, "correcting", func(ctx context.Context) (err error) {
			id, err = d.Store.Correct(ctx, store.Correction{Said: d.Now(), By: by, Done: done}, effect)
			return err
		})
	}
	return id, d.afterCorrection(err, ps, ss)
}

// splitEvery is before every how many pages those stories are looked at that got an article since the last look: have they fallen in two?
// It goes by the pages' numbers, so that who processes them again splits the same.
const splitEvery = 256

// split lets stories fall in two that are two by what they hold now. It is stored like a person's word, by nobody, and anybody can take it
// back.
func (d *Desk) split(ctx context.Context, before news.Page) error {
	if before.ID%splitEvery != 0 {
		return nil
	}
	last, err := d.Store.PagesAfter(ctx, before.ID-splitEvery-1, 1)
	if err != nil || len(last) == 0 {
		return err
	}
	for _, c := range d.window.Splits(last[0].Fetched.Unix()) {
		if _, err := d.correct(ctx, "", c); err != nil {
			return err
		}
	}
	return nil
}

// Uncorrect takes a correction back: articles that are still where it put them return, and it binds no more.
func (d *Desk) Uncorrect(ctx context.Context, by string, id int64) error {
	return d.between(ctx, func(ctx context.Context) error {
		c, err := d.Store.Correction(ctx, id)
		if err != nil {
			return err
		}
		if !c.Undone.IsZero() {
			return fault.New(fault.Conflict, "desk: correction %d was taken back already", id)
		}
		ps, ss := d.window.Undo(c.Done)
		c.UndoneBy = by
		if one, ok := whole(c); ok {
			d.window.Remember(one)
		}
		effect, err := d.effect(ctx, ps, ss)
		if err == nil {
			err = d.persist(ctx, "taking a correction back", func(ctx context.Context) error {
				return d.Store.Uncorrect(ctx, id, by, d.Now(), effect)
			})
		}
		return d.afterCorrection(err, ps, ss)
	})
}

// effect adds to what a correction moved the matches that only now are some: queries may ask for a story's sources. Nobody is told
// of them, since nothing happened in the world.
func (d *Desk) effect(ctx context.Context, ps []news.Placement, ss []news.Story) (store.Effect, error) {
	e := store.Effect{Placements: ps, Stories: ss}
	o := d.orders.Load()
	for _, s := range ss {
		if s.Merged != 0 {
			continue
		}
		before, err := d.before(ctx, news.Placement{Story: s.ID})
		if err != nil {
			return e, err
		}
		ms, _, err := d.restated(ctx, o, news.Placement{Story: s.ID}, s, before)
		if err != nil {
			return e, err
		}
		e.Matches = append(e.Matches, ms...)
	}
	return e, nil
}

// afterCorrection tells the rest of the desk. Where the store did not take the correction, the window goes by the store again.
func (d *Desk) afterCorrection(err error, ps []news.Placement, ss []news.Story) error {
	if err != nil {
		d.stale = true
		return err
	}
	d.told.moved(ps, ss)
	d.told.move(ss)
	d.events.tell(Event{Stories: len(ss)})
	return nil
}

// errand is something to be done between two pages by the goroutine that owns the window.
type errand struct {
	do   func(context.Context) error
	done chan error
}

// between has do done between two pages, and gives what it gives. It waits while the window is being rebuilt, and until ctx ends on
// a desk that does not run.
func (d *Desk) between(ctx context.Context, do func(context.Context) error) error {
	e := errand{do, make(chan error, 1)}
	select {
	case d.errands <- e:
	case <-ctx.Done():
		return fault.New(fault.Temporary, "desk: the desk is busy or does not run: %w", ctx.Err())
	}
	return <-e.done
}

// remember makes the corrections of the window's time bind again.
func (d *Desk) remember(ctx context.Context) error {
	cs, err := d.Store.Corrections(ctx, d.Now().Add(-d.Span))
	for _, c := range cs {
		if c.Undone.IsZero() {
			d.window.Remember(c.Done)
		} else if one, ok := whole(c); ok {
			d.window.Remember(one)
		}
	}
	return err
}

// whole gives what a person says who takes back a split that the desk made by itself: that the story is one. Without it the desk would
// split it again the next time that it looks.
func whole(c store.Correction) (story.Corrected, bool) {
	if c.By != "" || c.UndoneBy == "" || c.Done.Correction.Kind != story.SplitStory || len(c.Done.Moves) == 0 {
		return story.Corrected{}, false
	}
	return story.Corrected{Correction: story.Correction{Kind: story.MergeStories, Stories: []int64{c.Done.Moves[0].From}}}, true
}
