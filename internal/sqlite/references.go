package sqlite

import (
	"context"
	"maps"
	"slices"
	"time"

	"marsad/internal/store"
	"marsad/news"
	"marsad/story"
)

// spoken is what a reference's row keeps beside the two articles.
type spoken struct {
	Span, When news.Span
	Because    []news.Reason
}

// saveReferences stores of which stories an article speaks, and whose headline it took the place of.
func saveReferences(ctx context.Context, w writer, r store.Result) error {
	for _, ref := range r.Placement.References {
		words, err := jsonOf(spoken{ref.Span, ref.When, ref.Because})
		if err != nil {
			return err
		}
		if _, err := w.exec(ctx, "article-reference", r.Article.ID, ref.Other, words); err != nil {
			return err
		}
	}
	if r.Renames == 0 {
		return nil
	}
	_, err := w.exec(ctx, "article-renamed", r.Article.ID, r.Renames, r.Was)
	return err
}

// noteFollowers notes of an article, and of those that its links say have it from it, whether they follow another by all links that they
// have by now.
func noteFollowers(ctx context.Context, w writer, r store.Result) error {
	ids := []int64{r.Article.ID}
	for _, l := range r.Placement.Links {
		if story.Follower(l) == l.Other {
			ids = append(ids, l.Other)
		}
	}
	for _, id := range ids {
		links, err := all(ctx, w, "links", readLink, id)
		if err != nil {
			return err
		}
		follows := slices.ContainsFunc(links, func(l news.Link) bool { return story.Follower(l) == id })
		if _, err := w.exec(ctx, "article-follows", id, follows); err != nil {
			return err
		}
	}
	return nil
}

// listOf gives the numbers of entries as JSON, and where each stands.
func listOf(entries []store.Entry) (list string, at map[int64]*store.Entry, err error) {
	ids := make([]int64, len(entries))
	at = make(map[int64]*store.Entry, len(entries))
	for i := range entries {
		ids[i] = entries[i].Article.ID
		at[ids[i]] = &entries[i]
	}
	list, err = jsonOf(ids)
	return list, at, err
}

// addReferences gives entries their references. One to an article that went with its story is left out.
func (s *Store) addReferences(ctx context.Context, entries []store.Entry) error {
	list, at, err := listOf(entries)
	if err != nil {
		return err
	}
	_, err = all(ctx, reader{s}, "references-of", func(sc scan) (none struct{}, err error) {
		var r news.Reference
		var w spoken
		if err := sc(&r.Article, &r.Other, &r.Story, object{&w}); err != nil || r.Story == 0 {
			return none, err
		}
		r.Span, r.When, r.Because = w.Span, w.When, w.Because
		p := &at[r.Article].Placement
		p.References = append(p.References, r)
		return none, nil
	}, list)
	return err
}

// addLinks gives entries their links and references.
func (s *Store) addLinks(ctx context.Context, entries []store.Entry) error {
	list, at, err := listOf(entries)
	if err != nil {
		return err
	}
	ls, err := all(ctx, reader{s}, "links-of-articles", readLink, list)
	if err != nil {
		return err
	}
	for _, l := range ls {
		p := &at[l.Article].Placement
		p.Links = append(p.Links, l)
	}
	return s.addReferences(ctx, entries)
}

// ReferredBy implements store.Read.
func (s *Store) ReferredBy(ctx context.Context, story int64, n int) ([]store.Entry, error) {
	entries, err := all(ctx, reader{s}, "entries-referring", readEntry, story, n)
	if err == nil {
		err = s.addLinks(ctx, entries)
	}
	return entries, wrap("referred by", err)
}

// Earliest implements store.Process.
func (s *Store) Earliest(ctx context.Context, story int64, n int) ([]store.Entry, error) {
	entries, err := all(ctx, reader{s}, "entries-earliest", readEntry, story, n)
	return entries, wrap("earliest of story", err)
}

const (
	tooCommon = 2000                // articles of the weeks around that may name an entity which is still looked for by: a bound on the cost
	around    = 15 * 24 * time.Hour // before and after a time, by which it is known how often an entity is named
)

// idRange is the numbers of the articles of a time.
type idRange struct{ low, high int64 }

func (r idRange) len() float64 { return float64(max(r.high-r.low+1, 0)) }

func (s *Store) idsOf(ctx context.Context, from, to time.Time) (idRange, error) {
	return one(ctx, reader{s}, "arrived-between", func(sc scan) (r idRange, err error) { return r, sc(&r.low, &r.high) }, micros(from), micros(to))
}

// Began implements store.Process.
func (s *Store) Began(ctx context.Context, from, to time.Time, entities []string, n int) ([]store.Begun, error) {
	in, err := s.idsOf(ctx, from, to.Add(24*time.Hour))
	if err != nil || in.low > in.high {
		return nil, wrap("stories that began", err)
	}
	often, err := s.howOften(ctx, from, to, entities)
	if err != nil {
		return nil, wrap("stories that began", err)
	}
	list, err := jsonOf(slices.Sorted(maps.Keys(often)))
	if err != nil || len(often) == 0 {
		return nil, wrap("stories that began", err)
	}
	type row struct {
		store.Begun
		shared int64
	}
	found, err := all(ctx, reader{s}, "stories-begun", func(sc scan) (b row, err error) {
		return b, sc(&b.Story.ID, &b.shared, object{&b.Entities})
	}, list, in.low, in.high, micros(from), micros(to), n+1)
	if err != nil {
		return nil, wrap("stories that began", err)
	}
	if len(found) > n {
		last := found[n].shared
		for len(found) > 0 && found[len(found)-1].shared == last {
			found = found[:len(found)-1]
		}
	}
	var out []store.Begun
	for _, b := range found {
		if b.Story, err = s.Story(ctx, b.Story.ID); err != nil {
			return nil, err
		}
		b.Chance = in.len()
		for _, e := range b.Entities {
			b.Chance *= often[e]
		}
		slices.Sort(b.Entities)
		out = append(out, b.Begun)
	}
	return out, nil
}

// howOften gives the share of articles that name each entity in the weeks around a time, without those that none or too many name.
func (s *Store) howOften(ctx context.Context, from, to time.Time, entities []string) (map[string]float64, error) {
	weeks, err := s.idsOf(ctx, from.Add(-around), to.Add(around))
	if err != nil {
		return nil, err
	}
	often := map[string]float64{}
	for _, e := range entities {
		times, err := one(ctx, reader{s}, "name-times", column[int64], e, weeks.low, weeks.high, tooCommon)
		if err != nil {
			return nil, err
		}
		if times > 0 && times < tooCommon {
			often[e] = float64(times) / weeks.len()
		}
	}
	return often, nil
}
