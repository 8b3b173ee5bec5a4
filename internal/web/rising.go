package web

import (
	"context"
	"time"

	"marsad/internal/store"
)

const (
	risingFor = time.Minute // rising names stand behind a fold
	countsFor = 2 * time.Second
)

func (s *site) risingNames(ctx context.Context, now time.Time) ([]store.Rising, error) {
	return s.rising.get(now, risingFor, func() ([]store.Rising, error) { return s.Store.Rising(ctx, now.Add(-24*time.Hour), 10) })
}

// counted gives how much the desk holds, for the foot of every page.
func (s *site) counted(ctx context.Context, now time.Time) (store.Counts, error) {
	return s.counts.get(now, countsFor, func() (store.Counts, error) { return s.Store.Counts(ctx) })
}
