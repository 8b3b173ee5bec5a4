package desk

import (
	"context"
	"sync"
	"time"

	"marsad/news"
)

const (
	copyLease   = 10 * time.Minute
	copyAttempt = 2 * time.Minute // the longest attempt; what is left of a lease has to be longer
)

// deliverCopies sends subscribers' copies, many at once, in a lane of their own: the desk's own people do not wait behind a list. How
// an attempt ended is on the disk before its worker sends the next, so that a kill leaves at most one copy a worker in doubt.
func (d *Desk) deliverCopies(ctx context.Context) error {
	jobs, ended := make(chan news.Delivery), make(chan outcome, d.Copies)
	var workers, settler sync.WaitGroup
	settler.Go(func() { d.settle(ended) })
	for range d.Copies {
		workers.Go(func() {
			for v := range jobs {
				d.copy(ctx, v, ended)
			}
		})
	}
	defer func() { close(jobs); workers.Wait(); close(ended); settler.Wait() }()
	for ctx.Err() == nil {
		vs, err := d.Store.LeaseCopies(ctx, d.Now(), 8*d.Copies, copyLease)
		if err != nil && ctx.Err() == nil {
			d.Log.Error("no copies could be leased", "err", err)
		}
		for _, v := range vs {
			select {
			case jobs <- v:
			case <-ctx.Done():
				return nil
			}
		}
		if len(vs) == 0 {
			d.rest(ctx, d.Tick, d.copies)
		}
	}
	return nil
}

// outcome is how an attempt ended, and who waits for it to be stored.
type outcome struct {
	v    news.Delivery
	done chan error
}

func (d *Desk) copy(ctx context.Context, v news.Delivery, ended chan<- outcome) {
	store := func(_ context.Context, v news.Delivery) error {
		done := make(chan error, 1)
		ended <- outcome{v, done}
		return <-done
	}
	if v.Leased.Sub(d.Now()) < copyAttempt+copyAttempt/4 { // it waited for its turn too long: somebody else may lease it soon
		if err := store(ctx, v); err != nil {
			d.Log.Error("a lease could not be given back", "notice", v.Notice.ID, "err", err)
		}
		return
	}
	d.attempt(ctx, v, copyAttempt, store)
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

// WakeCopies tells the desk that subscribers' copies were planned.
func (d *Desk) WakeCopies() {
	d.copies.ring()
	d.due.ring()
}

// doChores does what is asked of the desk beside its loops.
func (d *Desk) doChores(ctx context.Context) error {
	for d.Chore != nil && d.rest(ctx, 5*d.Tick, nil) {
		if err := d.Chore(ctx); err != nil && ctx.Err() == nil {
			d.Log.Error("a chore could not be done", "err", err)
		}
	}
	return nil
}
