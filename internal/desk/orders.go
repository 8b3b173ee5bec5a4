package desk

import (
	"context"
	"reflect"
	"sync"

	"marsad/internal/fault"
	"marsad/match"
	"marsad/news"
	"marsad/query"
)

func isTemporary(err error) bool { return fault.Is(err, fault.Temporary) }

// orders are the standing orders at one moment. They are never changed, only replaced.
type orders struct {
	list    []news.Watch
	watches map[int64]news.Watch
	index   *match.Index
	restate *match.Index // of those that ask something of the story, which may be true only later; nil without any
	enough  int          // sources: their number makes no difference beyond
}

// Reload takes notice of changed watches and sources. What is processed from then on is matched against them.
func (d *Desk) Reload(ctx context.Context) error {
	d.reload.Lock() // whoever reads later stores later
	defer d.reload.Unlock()
	d.sources.forget()
	list, err := d.Store.Watches(ctx)
	if err != nil {
		return err
	}
	if old := d.orders.Load(); old != nil && reflect.DeepEqual(old.list, list) {
		return nil
	}
	o := &orders{list: list, watches: map[int64]news.Watch{}}
	var entries, later []match.Entry
	for _, w := range list {
		if w.Off {
			continue
		}
		q, err := query.Parse(w.Query)
		if err != nil { // it was saved by a program that knew the language differently
			d.Log.Error("a watch cannot be read and matches nothing", "watch", w.ID, "name", w.Name, "err", err)
			continue
		}
		o.watches[w.ID] = w
		entries = append(entries, match.Entry{ID: w.ID, Query: q})
		if asks, enough := ofStory(q); asks {
			o.enough = max(o.enough, enough)
			later = append(later, match.Entry{ID: w.ID, Query: q})
		}
	}
	o.index = match.Build(entries, match.Options{Names: d.Names})
	if len(later) > 0 {
		o.restate = match.Build(later, match.Options{Names: d.Names})
	}
	d.orders.Store(o)
	return nil
}

// sourceBook knows the sources by their id.
type sourceBook struct {
	store Store
	mu    sync.Mutex
	known map[int64]news.Source
}

func (b *sourceBook) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.known = nil
}

// get gives a source; one that is not there (a page that came alone) is a source without a name.
func (b *sourceBook) get(ctx context.Context, id int64) (news.Source, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s, ok := b.known[id]; ok || id == 0 {
		return s, nil
	}
	s, err := b.store.Outlet(ctx, id)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return news.Source{}, err
	}
	if b.known == nil {
		b.known = map[int64]news.Source{}
	}
	b.known[id] = s
	return s, nil
}
