package fetch

import (
	"context"
	"sync"
	"time"
)

// gates let one request at a time through to each host, and the next only after a pause.
type gates struct {
	mu   sync.Mutex
	open map[string]*gate
}

type gate struct {
	turn    chan struct{} // holds one token: whoever has it may go
	free    time.Time     // not before
	waiting int
}

// manyGates is how many hosts are remembered before those are forgotten whose pause is over.
const manyGates = 4096

// enter waits for the turn at a host. The caller says done with the pause that the next has to keep.
func (g *gates) enter(ctx context.Context, host string, now func() time.Time) (done func(pause time.Duration), err error) {
	at := g.of(host, now)
	leave := func() {
		g.mu.Lock()
		at.waiting--
		g.mu.Unlock()
	}
	select {
	case <-at.turn:
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
	if err := sleep(ctx, at.free.Sub(now())); err != nil {
		at.turn <- struct{}{}
		leave()
		return nil, err
	}
	return func(pause time.Duration) {
		at.free = now().Add(pause)
		at.turn <- struct{}{}
		leave()
	}, nil
}

func (g *gates) of(host string, now func() time.Time) *gate {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open == nil {
		g.open = map[string]*gate{}
	}
	if len(g.open) > manyGates {
		for h, at := range g.open {
			if at.waiting == 0 && !at.free.After(now()) {
				delete(g.open, h)
			}
		}
	}
	at := g.open[host]
	if at == nil {
		at = &gate{turn: make(chan struct{}, 1)}
		at.turn <- struct{}{}
		g.open[host] = at
	}
	at.waiting++
	return at
}

// sleep waits for d, or until the context ends.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
