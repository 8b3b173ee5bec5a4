package desk

import (
	"errors"
	"sync"
	"time"
)

// asksFor gives how long whoever refused a message wants to be left alone, as its carrier's error says; 0 where it does not.
func asksFor(err error) time.Duration {
	var e interface{ RetryAfter() time.Duration }
	if errors.As(err, &e) {
		return e.RetryAfter()
	}
	return 0
}

// pauses holds which recipients want to be left alone and until when: what else is owed to them waits too. It forgets with a restart,
// when they are asked once more.
type pauses struct {
	mu sync.Mutex
	of map[int64]time.Time
}

// mostPauses bounds how many are held.
const mostPauses = 10_000

func (p *pauses) put(recipient int64, now time.Time, wait time.Duration) {
	if wait <= 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of == nil || len(p.of) >= mostPauses {
		p.of = map[int64]time.Time{}
	}
	p.of[recipient] = now.Add(wait)
}

// until gives when a recipient may be told again, the zero time for now.
func (p *pauses) until(recipient int64, now time.Time) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	until, ok := p.of[recipient]
	if ok && !now.Before(until) {
		delete(p.of, recipient)
		return time.Time{}
	}
	return until
}
