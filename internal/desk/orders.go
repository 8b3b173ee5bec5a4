package desk

import (
	"context"
	"reflect"
	"slices"
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
	watches map[int64]news.Watch  // those that are on and can be read
	queries map[int64]query.Query // theirs
	index   *match.Index
	restate *match.Index            // of those that ask something of the story, which may be true only later; nil without any
	enough  int                     // sources: their number makes no difference beyond
	voices  map[int64]match.Program // whom a watch that wants new quotes names as speaker; none: anybody
}

// Reload takes notice of changed watches and sources. What is processed from then on is matched against them.
func (d *Desk) Reload(ctx context.Context) error {
	d.reload.Lock() // whoever reads later stores later
	defer d.reload.Unlock()
	d.sources.forget()
	d.people.forget()
	list, err := d.Store.Watches(ctx)
	if err != nil {
		return err
	}
	old := d.orders.Load()
	if old != nil && reflect.DeepEqual(old.list, list) {
		return nil
	}
	d.orders.Store(d.ordersOf(list, old))
	if slices.ContainsFunc(list, func(w news.Watch) bool { return w.Edited }) {
		d.edits.ring()
	}
	return nil
}

// ordersOf reads the queries of a list of watches, those that old does not know, and makes its index of old's where that is less work.
func (d *Desk) ordersOf(list []news.Watch, old *orders) *orders {
	o := &orders{list: list, watches: map[int64]news.Watch{}, queries: map[int64]query.Query{}, voices: map[int64]match.Program{}}
	for _, w := range list {
		if w.Off {
			continue
		}
		q, err := old.query(w)
		if err != nil { // it was saved by a program that knew the language differently
			d.Log.Error("a watch cannot be read and matches nothing", "watch", w.ID, "name", w.Name, "err", err)
			continue
		}
		o.watches[w.ID], o.queries[w.ID] = w, q
		if v := voices(q); len(v.Kids) > 0 && slices.Contains(w.Tell, news.NewQuote) {
			o.voices[w.ID] = match.Compile(query.Query{Root: v}, d.Names)
		}
		if asks, enough := ofStory(q); asks {
			o.enough = max(o.enough, enough)
		}
	}
	if old == nil {
		o.index = match.Build(o.entries(nil), match.Options{Names: d.Names})
	} else {
		o.index = d.edited(old.index, old, o)
	}
	if later := o.entries(func(q query.Query) bool { asks, _ := ofStory(q); return asks }); len(later) > 0 {
		o.restate = match.Build(later, match.Options{Names: d.Names})
	}
	return o
}

// voices gives the speakers that a query names.
func voices(q query.Query) *query.Or {
	var any query.Or
	query.Walk(q.Root, func(n query.Node) bool {
		if t, ok := n.(*query.Term); ok && t.Name == "speaker" {
			any.Kids = append(any.Kids, t)
		}
		_, not := n.(*query.Not)
		return !not
	})
	return &any
}

// query gives the query of a watch, read anew where it is not as it was.
func (o *orders) query(w news.Watch) (query.Query, error) {
	if o != nil && o.watches[w.ID].Query == w.Query {
		if q, known := o.queries[w.ID]; known {
			return q, nil
		}
	}
	return query.Parse(w.Query)
}

// entries gives the queries that are wanted, all for nil, by their number.
func (o *orders) entries(wanted func(query.Query) bool) (es []match.Entry) {
	for _, w := range o.list {
		if q, on := o.queries[w.ID]; on && (wanted == nil || wanted(q)) {
			es = append(es, match.Entry{ID: w.ID, Query: q})
		}
	}
	return es
}

// mostEdits is how many changes at once are worth making one by one: each costs as much as all that were made since the index was built.
const mostEdits = 100

// edited brings an index from one state of the orders to another.
func (d *Desk) edited(x *match.Index, from, to *orders) *match.Index {
	var gone []int64
	for id := range from.watches {
		if _, still := to.watches[id]; !still {
			gone = append(gone, id)
		}
	}
	changed := to.entries(nil)
	changed = slices.DeleteFunc(changed, func(e match.Entry) bool {
		before, was := from.watches[e.ID]
		return was && before.Query == to.watches[e.ID].Query
	})
	if len(gone)+len(changed) > mostEdits {
		return match.Build(to.entries(nil), match.Options{Names: d.Names})
	}
	for _, id := range gone {
		x = x.Without(id)
	}
	for _, e := range changed {
		x = x.With(e)
	}
	return x
}

// refile builds the index anew when much was changed in it, while articles are matched by the old one.
func (d *Desk) refile() {
	o := d.orders.Load()
	if o.index.Edits() <= max(mostEdits, len(o.watches)/20) {
		return
	}
	fresh := match.Build(o.entries(nil), match.Options{Names: d.Names})
	d.reload.Lock()
	defer d.reload.Unlock()
	now := d.orders.Load()
	next := *now
	next.index = d.edited(fresh, o, now)
	d.orders.Store(&next)
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
