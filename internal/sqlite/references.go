package sqlite

import (
	"context"
	"database/sql"
	"errors"
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

// tooCommon is how many articles of the time may name an entity that is still looked for by. It bounds what one question costs.
const tooCommon = 4000

// Began implements store.Process.
func (s *Store) Began(ctx context.Context, from, to time.Time, entities []string, n int) ([]news.Story, error) {
	type ends struct{ low, high int64 }
	in, err := one(ctx, reader{s}, "arrived-between", func(sc scan) (e ends, err error) { return e, sc(&e.low, &e.high) },
		micros(from), micros(to.Add(24*time.Hour)))
	if err != nil || in.low > in.high {
		return nil, wrap("stories that began", err)
	}
	var telling []string
	for _, e := range entities {
		times, err := one(ctx, reader{s}, "name-times", column[int64], e, in.low, in.high, tooCommon)
		if err != nil {
			return nil, wrap("stories that began", err)
		}
		if times > 0 && times < tooCommon {
			telling = append(telling, e)
		}
	}
	list, err := jsonOf(telling)
	if err != nil || len(telling) == 0 {
		return nil, wrap("stories that began", err)
	}
	type begun struct{ id, shared int64 }
	found, err := all(ctx, reader{s}, "stories-begun", func(sc scan) (b begun, err error) { return b, sc(&b.id, &b.shared) },
		list, in.low, in.high, micros(from), micros(to), n+1)
	if err != nil {
		return nil, wrap("stories that began", err)
	}
	if len(found) > n {
		last := found[n].shared
		for len(found) > 0 && found[len(found)-1].shared == last {
			found = found[:len(found)-1]
		}
	}
	var out []news.Story
	for _, b := range found {
		st, err := one(ctx, reader{s}, "story", readStory, b.id)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return nil, wrap("stories that began", err)
		}
		out = append(out, st)
	}
	return out, nil
}
