package sqlite

import (
	"context"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
)

// Correct implements store.Corrections.
func (s *Store) Correct(ctx context.Context, c store.Correction, e store.Effect) (id int64, err error) {
	done, err := jsonOf(c.Done)
	if err != nil {
		return 0, wrap("correct", err)
	}
	err = s.within(ctx, "correct", func(w writer) (err error) {
		if err := takeEffect(ctx, w, e); err != nil {
			return err
		}
		id, err = one(ctx, w, "correction-add", column[int64], micros(c.Said), c.By, done)
		return err
	})
	return id, err
}

// Uncorrect implements store.Corrections.
func (s *Store) Uncorrect(ctx context.Context, id int64, by string, at time.Time, e store.Effect) error {
	return s.within(ctx, "take a correction back", func(w writer) error {
		n, err := w.exec(ctx, "correction-undo", id, micros(at), by)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "store: correction %d is undone already, or there is none", id)
		}
		return takeEffect(ctx, w, e)
	})
}

// takeEffect stores what a correction changes: the stories first, since articles refer to them.
func takeEffect(ctx context.Context, w writer, e store.Effect) error {
	for _, st := range e.Stories {
		if err := saveStory(ctx, w, st); err != nil {
			return err
		}
	}
	for _, p := range e.Placements {
		how, err := jsonOf(placed{p.New, p.Because, p.Merged})
		if err != nil {
			return err
		}
		n, err := w.exec(ctx, "article-move", p.Article, p.Story, how)
		if err := missing(n, err, "article %d", p.Article); err != nil {
			return err
		}
	}
	return saveMatches(ctx, w, e.Matches)
}

// Correction implements store.Corrections.
func (s *Store) Correction(ctx context.Context, id int64) (store.Correction, error) {
	c, err := one(ctx, reader{s}, "correction", readCorrection, id)
	return c, wrap("correction", err)
}

// Corrections implements store.Corrections.
func (s *Store) Corrections(ctx context.Context, since time.Time) ([]store.Correction, error) {
	cs, err := all(ctx, reader{s}, "corrections", readCorrection, micros(since))
	return cs, wrap("corrections", err)
}

func readCorrection(s scan) (c store.Correction, err error) {
	return c, s(&c.ID, moment{&c.Said}, &c.By, object{&c.Done}, moment{&c.Undone}, &c.UndoneBy)
}
