package desk

import (
	"context"
	"sync"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

// process makes articles of the pages after the cursor: read on all cores, placed, matched, planned and committed one by one in the
// order of the pages, so that an article sees the one before it.
func (d *Desk) process(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := d.persist(ctx, "rebuilding the window", d.rebuild); err != nil {
			return err
		}
		at, err := d.Store.Cursor(ctx, store.MainCursor)
		if err == nil {
			err = d.pass(ctx, at)
		}
		if err != nil && ctx.Err() == nil {
			d.Log.Error("processing begins again from what is stored", "err", err)
			d.rest(ctx, d.Tick, nil)
		}
	}
	return nil
}

// pass processes pages, and between them what people ask of the window, until ctx ends or something cannot be committed.
func (d *Desk) pass(ctx context.Context, at int64) error {
	ctx, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	defer all.Wait()
	defer stop()
	order, work := make(chan *reading, 4*d.Cores), make(chan *reading, 4*d.Cores)
	all.Go(func() { d.feedPages(ctx, at, order, work) })
	for range d.Cores {
		all.Go(func() {
			for r := range work {
				d.read(ctx, r)
			}
		})
	}
	for {
		select {
		case r, ok := <-order:
			if !ok {
				return nil
			}
			select {
			case <-r.done:
			case <-ctx.Done():
				return nil
			}
			if err := d.commit(ctx, r); err != nil {
				return err
			}
		case e := <-d.errands:
			err := e.do(ctx)
			e.done <- err
			if d.stale {
				return err
			}
		}
	}
}

// commit decides what a page means beside all others, and stores it.
func (d *Desk) commit(ctx context.Context, r *reading) error {
	res := store.Result{Cursor: store.MainCursor, Page: r.page.ID, Rejected: r.rejected}
	if r.failed != nil {
		return r.failed
	}
	if err := d.split(ctx, r.page); err != nil {
		return err
	}
	if r.rejected == "" {
		var err error
		if res, err = d.decide(ctx, r); err != nil {
			return err
		}
	}
	if res.Rejected == "" {
		if err := d.remark(ctx, r, &res); err != nil {
			return err
		}
	}
	err := d.persist(ctx, "committing page", func(ctx context.Context) error { return d.Store.Commit(ctx, res) })
	if err == nil {
		if res.Site != nil {
			d.sites.learnt(r.page.SourceID, r.site)
		}
		d.committed(res)
		return nil
	}
	if isTemporary(err) || ctx.Err() != nil {
		return err
	}
	// Asking again would give the same: the page is passed over, for all to see, and the window goes by the store again.
	d.Log.Error("an article could not be stored and is rejected", "page", r.page.ID, "url", r.page.URL, "kind", fault.KindOf(err), "err", err)
	over := store.Result{Cursor: store.MainCursor, Page: r.page.ID, Rejected: poison(err)}
	if second := d.Store.Commit(ctx, over); second != nil {
		return second
	}
	return err
}

// committed tells the rest of the desk.
func (d *Desk) committed(r store.Result) {
	d.told.move(r.Stories)
	d.told.add(r.Notices, d.Now().Add(-d.Span))
	if len(r.Notices) > 0 {
		d.urgent.put(r.Notices, d.Now())
		d.due.ring()
	}
	if len(r.Stories) > 0 {
		d.events.tell(Event{Stories: len(r.Stories), Breaking: breaking(r.Stories)})
	}
}

func breaking(stories []news.Story) bool {
	for _, s := range stories {
		if !s.Breaking.IsZero() {
			return true
		}
	}
	return false
}
