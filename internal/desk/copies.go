package desk

import (
	"context"
	"time"

	"marsad/news"
)

const (
	copyLease   = 10 * time.Minute
	copyAttempt = 2 * time.Minute
)

// deliverCopies sends subscribers' copies in a lane of their own: the desk's own people do not wait behind a list.
func (d *Desk) deliverCopies(ctx context.Context) error {
	return d.drive(ctx, lane{workers: d.Copies, most: copyAttempt, bell: d.copies, lease: func(ctx context.Context) ([]news.Delivery, error) {
		return d.Store.LeaseCopies(ctx, d.Now(), 8*d.Copies, copyLease)
	}})
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
