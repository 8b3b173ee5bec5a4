package sqlite

import (
	"context"
	"sync"
	"time"
)

// pace is how far ahead a source is where it opens a story, and how far behind where another does: medians of the latest stories.
type pace struct{ lead, lag time.Duration }

// pacesFor is how long the paces are remembered: thousands of stories are read for them, and a median of a month does not change in a minute.
const pacesFor = time.Minute

// paces remembers the pace of every source. Whoever asks while they are measured waits for it.
type paces struct {
	mu sync.Mutex
	at time.Time
	of map[int64]pace
}

// get gives what is remembered, or what measure gives where that is older than a minute. A failure is not remembered.
func (p *paces) get(now time.Time, measure func() (map[int64]pace, error)) (map[int64]pace, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if age := now.Sub(p.at); p.of != nil && age >= 0 && age < pacesFor {
		return p.of, nil
	}
	of, err := measure()
	if err == nil {
		p.at, p.of = now, of
	}
	return of, err
}

// pacesOf measures the pace of every source.
func (s *Store) pacesOf(ctx context.Context) (map[int64]pace, error) {
	on, since, of := reader{s}, micros(s.now().Add(-healthDays)), map[int64]pace{}
	leads, err := numbers(ctx, on, "source-leads", since)
	if err != nil {
		return nil, err
	}
	lags, err := numbers(ctx, on, "source-lags", since)
	if err != nil {
		return nil, err
	}
	for source, us := range leads {
		of[source] = pace{lead: median(us)}
	}
	for source, us := range lags {
		of[source] = pace{of[source].lead, median(us)}
	}
	return of, nil
}
