package sqlite

import (
	"context"
	"time"

	"marsad/internal/fault"
	"marsad/news"
)

// SaveWatch implements store.Watches.
func (s *Store) SaveWatch(ctx context.Context, v news.Watch) (int64, error) {
	orders, err := jsonOf(v)
	if err != nil {
		return 0, fault.New(fault.Invalid, "store: save watch: %w", err)
	}
	return s.save(ctx, "watch", v.ID, []any{v.Name, v.Query, v.Off, micros(v.Created), orders}, []any{v.Name, v.Query, v.Off, orders})
}

// save adds a row by the query <noun>-add, or changes row id by <noun>-save, and gives its id.
func (s *Store) save(ctx context.Context, noun string, id int64, add, change []any) (int64, error) {
	err := s.within(ctx, "save "+noun, func(w writer) (err error) {
		if id == 0 {
			id, err = one(ctx, w, noun+"-add", column[int64], add...)
			return err
		}
		n, err := w.exec(ctx, noun+"-save", append([]any{id}, change...)...)
		return missing(n, err, "%s %d", noun, id)
	})
	return id, err
}

// DeleteWatch implements store.Watches.
func (s *Store) DeleteWatch(ctx context.Context, id int64) error {
	n, err := s.exec(ctx, "delete watch", "watch-delete", id)
	return missing(n, err, "watch %d", id)
}

// Watches implements store.Watches.
func (s *Store) Watches(ctx context.Context) ([]news.Watch, error) {
	ws, err := all(ctx, reader{s}, "watches", readWatch)
	return ws, wrap("watches", err)
}

// Watch implements store.Watches.
func (s *Store) Watch(ctx context.Context, id int64) (news.Watch, error) {
	if id == 0 {
		return news.Watch{}, fault.New(fault.NotFound, "store: no watch 0")
	}
	v, err := one(ctx, reader{s}, "watch", readWatch, id)
	return v, wrap("watch", err)
}

func readWatch(s scan) (v news.Watch, err error) {
	var id int64
	var name, query string
	var off, edited bool
	var created time.Time
	if err := s(&id, &name, &query, &off, moment{&created}, object{&v}, &edited); err != nil {
		return v, err
	}
	v.ID, v.Name, v.Query, v.Off, v.Created, v.Edited = id, name, query, off, created, edited
	return v, nil
}

// MatchCounts implements store.Watches.
func (s *Store) MatchCounts(ctx context.Context, since time.Time) (map[int64]int, error) {
	rows, err := numbers(ctx, reader{s}, "match-counts", micros(since))
	counts := make(map[int64]int, len(rows))
	for watch, n := range rows {
		counts[watch] = int(n[0])
	}
	return counts, wrap("match counts", err)
}

// MatchesOf implements store.Watches.
func (s *Store) MatchesOf(ctx context.Context, watch int64, n int) ([]news.Match, error) {
	ms, err := all(ctx, reader{s}, "matches-of", readMatch, watch, n)
	return ms, wrap("matches", err)
}

// MatchesIn implements store.Watches.
func (s *Store) MatchesIn(ctx context.Context, article int64) ([]news.Match, error) {
	ms, err := all(ctx, reader{s}, "matches-in", readMatch, article)
	return ms, wrap("matches", err)
}

func readMatch(s scan) (m news.Match, err error) { return m, s(&m.Watch, &m.Article, object{&m.Spans}) }
