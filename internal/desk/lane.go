package desk

import (
	"context"
	"sync"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

// lane sends notices, many at once: what waits for its worker is leased already.
type lane struct {
	workers int
	lease   func(ctx context.Context) ([]news.Delivery, error)
	most    time.Duration // the longest attempt; what is left of a lease has to be longer
	bell    wake
}

// drive sends a lane's notices until ctx ends. How an attempt ended is on the disk before its worker begins the next, so that a kill leaves
// at most one message a worker in doubt; outcomes that wait at a time are stored in one transaction.
func (d *Desk) drive(ctx context.Context, l lane) error {
	jobs, ended := make(chan news.Delivery), make(chan outcome, l.workers)
	var workers, settler sync.WaitGroup
	settler.Go(func() { d.settle(ended) })
	for range l.workers {
		workers.Go(func() {
			for v := range jobs {
				d.carry(ctx, v, l.most, ended)
				l.bell.ring()
			}
		})
	}
	defer func() { close(jobs); workers.Wait(); close(ended); settler.Wait() }()
	for ctx.Err() == nil {
		vs, err := l.lease(ctx)
		if err != nil {
			if vs = nil; ctx.Err() == nil { // a lease that is not on the disk is none
				d.Log.Error("no notices could be leased", "err", err)
			}
		}
		for _, v := range vs {
			select {
			case jobs <- v:
			case <-ctx.Done():
				return nil
			}
		}
		switch {
		case err != nil:
			d.rest(ctx, d.Tick, nil) // asking again at once would get the same answer
		case len(vs) == 0:
			d.rest(ctx, d.Tick, l.bell)
		}
	}
	return nil
}

// carry makes one attempt, or gives the lease back where too little of it is left: somebody else may take it soon.
func (d *Desk) carry(ctx context.Context, v news.Delivery, most time.Duration, ended chan<- outcome) {
	store := func(_ context.Context, v news.Delivery) error {
		done := make(chan error, 1)
		ended <- outcome{v, done}
		return <-done
	}
	if v.Leased.Sub(d.Now()) < most+most/4 {
		if err := store(ctx, v); err != nil {
			d.Log.Error("a lease could not be given back", "notice", v.Notice.ID, "err", err)
		}
		return
	}
	d.attempt(ctx, v, most, store)
}

// outcome is how an attempt ended, and who waits for it to be stored.
type outcome struct {
	v    news.Delivery
	done chan error
}

// settle stores outcomes, all that wait at a time in one transaction, until none come any more.
func (d *Desk) settle(ended <-chan outcome) {
	for first := range ended {
		all := []outcome{first}
		for more := true; more; {
			select {
			case o, ok := <-ended:
				if more = ok; ok {
					all = append(all, o)
				}
			default:
				more = false
			}
		}
		vs := make([]news.Delivery, len(all))
		for i, o := range all {
			vs[i] = o.v
		}
		err := d.Store.SettleAll(context.Background(), vs)
		for _, o := range all {
			o.done <- err
		}
	}
}

// freezer stores composed messages for the workers, all that wait at a time in one transaction.
type freezer struct {
	mu      sync.Mutex
	waiting []freezing
	at      bool // somebody stores
}

type freezing struct {
	store.Composed
	done chan frozen
}

type frozen struct {
	message []byte
	err     error
}

// freeze stores a message and gives the stored one. Whoever comes while another stores is stored with all others that came, by that one.
func (f *freezer) freeze(ctx context.Context, s Store, m store.Composed) ([]byte, error) {
	mine := freezing{m, make(chan frozen, 1)}
	f.mu.Lock()
	f.waiting = append(f.waiting, mine)
	for !f.at && len(f.waiting) > 0 {
		batch := f.waiting
		f.waiting, f.at = nil, true
		f.mu.Unlock()
		f.all(ctx, s, batch)
		f.mu.Lock()
		f.at = false
	}
	f.mu.Unlock()
	got := <-mine.done
	return got.message, got.err
}

func (*freezer) all(ctx context.Context, s Store, batch []freezing) {
	ms := make([]store.Composed, len(batch))
	for i, b := range batch {
		ms[i] = b.Composed
	}
	stored, err := s.FreezeAll(context.WithoutCancel(ctx), ms)
	for i, b := range batch {
		switch {
		case err != nil:
			b.done <- frozen{err: err}
		case stored[i] == nil:
			b.done <- frozen{err: fault.New(fault.NotFound, "desk: the notice is gone")}
		default:
			b.done <- frozen{message: stored[i]}
		}
	}
}

// urgent holds the notices that were planned for at once, story by story: the second story that breaks does not wait for all readers of
// the first. It is a short cut; what it does not hold is found in the store.
type urgent struct {
	mu      sync.Mutex
	stories []int64 // with notices that wait, whose turn it is first
	by      map[int64][]string
	size    int
}

// mostUrgent bounds how many are held.
const mostUrgent = 100_000

func (u *urgent) put(ns []news.Notice, now time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.by == nil {
		u.by = map[int64][]string{}
	}
	for _, n := range ns {
		if n.Due.After(now) || u.size >= mostUrgent {
			continue
		}
		if len(u.by[n.Story]) == 0 {
			u.stories = append(u.stories, n.Story)
		}
		u.by[n.Story] = append(u.by[n.Story], n.ID)
		u.size++
	}
}

// take gives up to n, one of each story in turn.
func (u *urgent) take(n int) (ids []string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for len(ids) < n && len(u.stories) > 0 {
		story := u.stories[0]
		u.stories = u.stories[1:]
		ids = append(ids, u.by[story][0])
		if u.by[story] = u.by[story][1:]; len(u.by[story]) > 0 {
			u.stories = append(u.stories, story)
		} else {
			delete(u.by, story)
		}
		u.size--
	}
	return ids
}
