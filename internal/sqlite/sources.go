package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"sort"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

// healthDays is how far back a source's lead and lag are measured.
const healthDays = 30 * 24 * time.Hour

// AddSource implements store.Sources.
func (s *Store) AddSource(ctx context.Context, src news.Source, feeds []news.Feed) (id int64, err error) {
	err = s.within(ctx, "add source", func(w writer) error {
		if id, err = w.addSource(ctx, src); err != nil {
			return err
		}
		for _, f := range feeds {
			if known, err := one(ctx, w, "feed-by-url", readFeed, f.URL); err == nil {
				return fault.New(fault.Conflict, "%s is known already, as feed %d of source %d", f.URL, known.ID, known.SourceID)
			}
			if _, err := one(ctx, w, "feed-add", column[int64], feedColumns(id, f)...); err != nil {
				return err
			}
		}
		return nil
	})
	return id, err
}

func (w writer) addSource(ctx context.Context, src news.Source) (int64, error) {
	return one(ctx, w, "source-add", column[int64], src.Name, src.Home, src.Lang, src.Country, src.Muted, src.Licence, micros(src.Created), src.Every.Microseconds())
}

// AddSources implements store.Sources.
func (s *Store) AddSources(ctx context.Context, list []store.Offer) (out []store.Kept, err error) {
	err = s.within(ctx, "add sources", func(w writer) error {
		out = make([]store.Kept, len(list))
		for i, o := range list {
			if out[i], err = w.keepOffer(ctx, o); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// keepOffer keeps of a source what is not known.
func (w writer) keepOffer(ctx context.Context, o store.Offer) (k store.Kept, err error) {
	k.Of = make([]int64, len(o.Feeds))
	for i, f := range o.Feeds {
		known, err := one(ctx, w, "feed-by-url", readFeed, f.URL)
		switch {
		case err == nil:
			k.Of[i] = known.SourceID
			continue
		case !errors.Is(err, sql.ErrNoRows):
			return k, err
		}
		if k.Source == 0 {
			if k.Source, err = w.addSource(ctx, o.Source); err != nil {
				return k, err
			}
		}
		if _, err := one(ctx, w, "feed-add", column[int64], feedColumns(k.Source, f)...); err != nil {
			return k, err
		}
		k.Of[i] = k.Source
	}
	return k, nil
}

// feedColumns gives what feed-add and, with the feed's id in front, feed-save set.
func feedColumns(first int64, f news.Feed) []any {
	return []any{first, f.URL, f.ETag, f.LastModified, f.Every.Microseconds(), micros(f.Due), micros(f.Checked), micros(f.Changed),
		f.Failures, f.Problem, f.Gone}
}

// UpdateSource implements store.Sources.
func (s *Store) UpdateSource(ctx context.Context, src news.Source) error {
	n, err := s.exec(ctx, "update source", "source-update", src.ID, src.Name, src.Home, src.Lang, src.Country, src.Muted, src.Licence, src.Every.Microseconds())
	return missing(n, err, "source %d", src.ID)
}

// RemoveSource implements store.Sources. The row stays for its articles' sake; its feeds may be added again.
func (s *Store) RemoveSource(ctx context.Context, id int64) error {
	return s.within(ctx, "remove source", func(w writer) error {
		n, err := w.exec(ctx, "source-remove", id)
		if err := missing(n, err, "source %d", id); err != nil {
			return err
		}
		_, err = w.exec(ctx, "source-remove-feeds", id)
		return err
	})
}

// missing makes NotFound of a statement that touched no row.
func missing(touched int64, err error, format string, args ...any) error {
	if err == nil && touched == 0 {
		return fault.New(fault.NotFound, "store: no "+format, args...)
	}
	return err
}

// Sources implements store.Sources.
func (s *Store) Sources(ctx context.Context) ([]store.SourceHealth, error) {
	all, err := s.health(ctx, 0)
	return all, wrap("sources", err)
}

// Source implements store.Sources.
func (s *Store) Source(ctx context.Context, id int64) (store.SourceHealth, error) {
	all, err := s.health(ctx, id)
	if err == nil && (len(all) == 0 || id == 0) {
		err = sql.ErrNoRows
	}
	if err != nil {
		return store.SourceHealth{}, wrap("source", err)
	}
	return all[0], nil
}

// Outlet implements store.Sources.
func (s *Store) Outlet(ctx context.Context, id int64) (news.Source, error) {
	v, err := one(ctx, reader{s}, "source-of", func(sc scan) (v news.Source, err error) {
		return v, sc(&v.ID, &v.Name, &v.Home, &v.Lang, &v.Country, &v.Muted, &v.Licence, moment{&v.Created}, span{&v.Every})
	}, id)
	return v, wrap("source", err)
}

// health tells how one source fares, all of them for 0.
func (s *Store) health(ctx context.Context, id int64) ([]store.SourceHealth, error) {
	on := reader{s}
	out, err := all(ctx, on, "sources", readHealth, id)
	if err != nil {
		return nil, err
	}
	feeds, err := all(ctx, on, "feeds", readFeed, id)
	if err != nil {
		return nil, err
	}
	bySource := map[int64][]news.Feed{}
	for _, f := range feeds {
		bySource[f.SourceID] = append(bySource[f.SourceID], f)
	}
	paces, err := s.paces.get(s.now(), func() (map[int64]pace, error) { return s.pacesOf(ctx) })
	if err != nil {
		return nil, err
	}
	for i := range out {
		of := out[i].Source.ID
		out[i].Feeds, out[i].Lead, out[i].Lag = bySource[of], paces[of].lead, paces[of].lag
	}
	return out, nil
}

// numbers gathers the second column by the first.
func numbers(ctx context.Context, on statements, name string, args ...any) (map[int64][]int64, error) {
	out := map[int64][]int64{}
	_, err := all(ctx, on, name, func(s scan) (none struct{}, err error) {
		var key, n int64
		err = s(&key, &n)
		out[key] = append(out[key], n)
		return none, err
	}, args...)
	return out, err
}

// median gives the middle of some microseconds, 0 for none.
func median(us []int64) time.Duration {
	if len(us) == 0 {
		return 0
	}
	sort.Slice(us, func(i, j int) bool { return us[i] < us[j] })
	return time.Duration(us[len(us)/2]) * time.Microsecond
}

func readHealth(s scan) (h store.SourceHealth, err error) {
	v := &h.Source
	err = s(&v.ID, &v.Name, &v.Home, &v.Lang, &v.Country, &v.Muted, &v.Licence, moment{&v.Created}, span{&v.Every},
		&h.Articles, moment{&h.LastArticle}, &h.Copies, &h.Rejected)
	return h, err
}

func readFeed(s scan) (f news.Feed, err error) {
	err = s(&f.ID, &f.SourceID, &f.URL, &f.ETag, &f.LastModified, span{&f.Every}, moment{&f.Due}, moment{&f.Checked},
		moment{&f.Changed}, &f.Failures, &f.Problem, &f.Gone, span{&f.Fixed})
	return f, err
}
