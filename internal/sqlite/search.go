package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/query"
)

// Beyond these numbers a search sees only the newest, and says so.
const (
	most       = 10_000 // articles that are counted
	mostRead   = 500    // articles that are read to know whether they satisfy, in one call; pages go on behind them
	mostRanked = 1_000  // articles that are put in order by how well they satisfy
	mostPassed = 50_000 // articles whose words satisfy, of which most were published at another time or are in another language
)

// Find implements store.Search. The words of the query narrow the articles through the index, and those that remain are verified on
// their text by package match. Where the index alone decides, only the shown articles are read.
func (s *Store) Find(ctx context.Context, q query.Query, o store.FindOptions) (store.Found, error) {
	if o.N <= 0 {
		o.N = 30
	}
	cursorOf := cursorOf
	if o.Rank {
		cursorOf = rankedCursorOf
	}
	at, err := cursorOf(o.After)
	if err != nil {
		return store.Found{}, err
	}
	f, err := s.newFinder(ctx, q)
	if err != nil {
		return store.Found{}, wrap("find", err)
	}
	found, err := f.find(ctx, o, at)
	return found, wrap("find", err)
}

func (f *finder) find(ctx context.Context, o store.FindOptions, at *place) (store.Found, error) {
	hits, partial, err := f.candidates(ctx, o)
	if err != nil {
		return store.Found{}, err
	}
	if at != nil && !o.Rank && len(hits) > mostRead && slices.ContainsFunc(hits, candidate.unsure) {
		hits = hits[at.behind(hits):] // what stands before was read for an earlier page
	}
	hits, read, err := f.verify(ctx, hits)
	if err != nil {
		return store.Found{}, err
	}
	found := count(hits)
	found.Partial = partial || read != nil
	if at == nil {
		if found.Named, err = f.namedIn(ctx, hits[:min(len(hits), store.NamedHits)]); err != nil {
			return store.Found{}, err
		}
	}
	page := hits
	switch {
	case o.Rank:
		page, more, cut, err := f.rank(ctx, hits, at, o.N)
		if err != nil {
			return store.Found{}, err
		}
		if found.Partial = found.Partial || cut; more {
			found.Next = page[o.N-1].rankedCursor()
		}
		found.Hits, err = f.show(ctx, page)
		return found, err
	case at != nil:
		page = hits[at.behind(hits):]
	}
	switch {
	case len(page) > o.N:
		page = page[:o.N]
		found.Next = page[o.N-1].cursor()
	case read != nil:
		found.Next = read.cursor()
	}
	found.Hits, err = f.show(ctx, page)
	return found, err
}

// namedIn gives whom and what the hits name most.
func (f *finder) namedIn(ctx context.Context, hits []candidate) ([]store.Mentioned, error) {
	ids := make([]int64, len(hits))
	for i, h := range hits {
		ids[i] = h.id
	}
	list, err := jsonOf(ids)
	if err != nil || len(hits) == 0 {
		return nil, err
	}
	return all(ctx, reader{f.store}, "named-in", func(sc scan) (m store.Mentioned, err error) {
		return m, sc(&m.Entity, &m.Name, &m.Kind, &m.Articles)
	}, list)
}

// count makes the totals of all hits.
func count(hits []candidate) store.Found {
	f := store.Found{Total: len(hits), Langs: map[string]int{}, Srcs: map[int64]int{}, Days: map[string]int{}}
	days := map[int64]int{}
	const day = int64(24 * time.Hour / time.Microsecond)
	for _, h := range hits {
		f.Langs[h.lang]++
		f.Srcs[h.source]++
		d := h.published / day
		if h.published < d*day { // before 1970
			d--
		}
		days[d]++
	}
	for d, n := range days {
		f.Days[time.UnixMicro(d*day).UTC().Format(time.DateOnly)] += n
	}
	return f
}

// candidate is an article that may satisfy a query.
type candidate struct {
	place
	lang     string
	source   int64
	known    bool       // its facts are
	sure     bool       // the index knows that it satisfies
	literals [][]string // phrases that make it satisfy where its text holds them
	spans    spans
}

func (c candidate) unsure() bool { return !c.sure }

// place is where an article stands in the order of answers: the last published first, of equal times the higher number. Where the best
// come first, that is by worth.
type place struct {
	published, id int64
	score         float64
}

func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(q.published, p.published), cmp.Compare(q.id, p.id))
}

// A cursor names the last hit shown, so that newer articles do not shift the pages.
func (p place) cursor() string { return fmt.Sprintf("%d.%d", p.published, p.id) }

func cursorOf(s string) (*place, error) {
	if s == "" {
		return nil, nil
	}
	var p place
	if n, err := fmt.Sscanf(s, "%d.%d", &p.published, &p.id); err != nil || n != 2 || p.cursor() != s {
		return nil, fault.New(fault.Invalid, "%q is no cursor of an earlier answer", s)
	}
	return &p, nil
}

// behind gives the index of the first hit behind a cursor.
func (p *place) behind(hits []candidate) int {
	i, found := slices.BinarySearchFunc(hits, *p, func(c candidate, p place) int { return c.compare(p) })
	if found {
		i++
	}
	return i
}
