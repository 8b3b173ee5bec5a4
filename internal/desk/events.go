package desk

import (
	"context"
	"sync"
)

// Event says that stories have changed.
type Event struct {
	Stories  int // changed since the last event that was received
	Breaking bool
}

// events tells many listeners without waiting for any: a slow one gets the sum of what it missed.
type events struct {
	mu        sync.Mutex
	listeners map[chan Event]struct{}
}

// Events gives a channel on which something arrives whenever stories have changed. It is closed when ctx ends.
func (d *Desk) Events(ctx context.Context) <-chan Event {
	c := make(chan Event, 1)
	e := &d.events
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.listeners == nil {
		e.listeners = map[chan Event]struct{}{}
	}
	e.listeners[c] = struct{}{}
	context.AfterFunc(ctx, func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		delete(e.listeners, c)
		close(c)
	})
	return c
}

func (e *events) tell(v Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for c := range e.listeners {
		sum := v
		select {
		case missed := <-c:
			sum.Stories += missed.Stories
			sum.Breaking = sum.Breaking || missed.Breaking
		default:
		}
		c <- sum // there is room: only this goroutine sends, and it has the lock
	}
}
