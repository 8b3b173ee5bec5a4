package web

import (
	"context"
	"sync"
	"time"

	"marsad/internal/store"
)

// rising remembers the rising names for a minute: they are dear to find, stand behind a fold, and change slowly.
type rising struct {
	mu    sync.Mutex
	at    time.Time
	names []store.Rising
}

const risingFor = time.Minute

func (s *site) risingNames(ctx context.Context, now time.Time) ([]store.Rising, error) {
	r := &s.rising
	r.mu.Lock()
	defer r.mu.Unlock()
	if age := now.Sub(r.at); age >= 0 && age < risingFor && !r.at.IsZero() {
		return r.names, nil
	}
	names, err := s.Store.Rising(ctx, now.Add(-24*time.Hour), 10)
	if err == nil {
		r.at, r.names = now, names
	}
	return names, err
}
