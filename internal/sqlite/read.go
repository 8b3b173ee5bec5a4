package sqlite

import (
	"context"
	"strings"
	"time"

	"marsad/internal/store"
	"marsad/news"
)

// Story implements store.Read.
func (s *Store) Story(ctx context.Context, id int64) (news.Story, error) {
	st, err := one(ctx, reader{s}, "story", readStory, id)
	return st, wrap("story", err)
}

// StoryEntries implements store.Read.
func (s *Store) StoryEntries(ctx context.Context, id int64) ([]store.Entry, error) {
	st, err := s.Story(ctx, id)
	if err != nil {
		return nil, err
	}
	entries, err := s.entriesWith(ctx, "entries-of-story", "links-of-story", st.ID)
	if err == nil {
		err = s.addReferences(ctx, entries)
	}
	return entries, wrap("story", err)
}

// Entry implements store.Read.
func (s *Store) Entry(ctx context.Context, article int64) (store.Entry, error) {
	e, err := one(ctx, reader{s}, "entry", readEntry, article)
	if err != nil {
		return e, wrap("article", err)
	}
	links, err := s.Links(ctx, article)
	if err != nil {
		return e, err
	}
	for _, l := range links {
		if l.Article == article {
			e.Placement.Links = append(e.Placement.Links, l)
		}
	}
	entries := []store.Entry{e}
	err = s.addReferences(ctx, entries)
	return entries[0], wrap("article", err)
}

// entriesWith gives entries together with the links that each of them has to others. Both queries take the same arguments.
func (s *Store) entriesWith(ctx context.Context, entries, links string, args ...any) ([]store.Entry, error) {
	out, err := all(ctx, reader{s}, entries, readEntry, args...)
	if err != nil {
		return nil, err
	}
	ls, err := all(ctx, reader{s}, links, readLink, args...)
	if err != nil {
		return nil, err
	}
	of := map[int64][]news.Link{}
	for _, l := range ls {
		of[l.Article] = append(of[l.Article], l)
	}
	for i := range out {
		out[i].Placement.Links = of[out[i].Article.ID]
	}
	return out, nil
}

// batch is how many entries are held in memory while they are streamed.
const batch = 200

// Articles implements store.Read. No connection is held while yield runs.
func (s *Store) Articles(ctx context.Context, from, to time.Time, yield func(store.Entry) bool) error {
	at, id, until := micros(from)-1, int64(1<<62), micros(to)
	if to.IsZero() {
		until = 1<<63 - 1
	}
	for {
		entries, err := all(ctx, reader{s}, "entries-between", readEntry, at, id, until, batch)
		if err != nil {
			return wrap("articles", err)
		}
		if err := s.addLinks(ctx, entries); err != nil {
			return wrap("articles", err)
		}
		for _, e := range entries {
			if !yield(e) {
				return nil
			}
			at, id = micros(e.Arrived), e.Article.ID
		}
		if len(entries) < batch {
			return nil
		}
	}
}

// Links implements store.Read.
func (s *Store) Links(ctx context.Context, article int64) ([]news.Link, error) {
	links, err := all(ctx, reader{s}, "links", readLink, article)
	return links, wrap("links", err)
}

// Rising implements store.Read.
func (s *Store) Rising(ctx context.Context, since time.Time, n int) ([]store.Rising, error) {
	before := since.Add(-s.now().Sub(since))
	out, err := all(ctx, reader{s}, "rising", func(sc scan) (r store.Rising, err error) {
		return r, sc(&r.Entity, &r.Name, &r.Kind, &r.Now, &r.Before)
	}, micros(since), micros(before), n)
	return out, wrap("rising", err)
}

// Naming implements store.Read.
func (s *Store) Naming(ctx context.Context, entity string, n int) ([]store.Naming, error) {
	out, err := all(ctx, reader{s}, "naming", func(sc scan) (x store.Naming, err error) {
		return x, sc(&x.Article, &x.Story, moment{&x.Arrived}, &x.Times)
	}, entity, n)
	return out, wrap("naming", err)
}

// NamedBeside implements store.Read.
func (s *Store) NamedBeside(ctx context.Context, entity string, articles []int64, n int) ([]store.Mentioned, error) {
	list, err := jsonOf(articles)
	if err != nil {
		return nil, wrap("named beside", err)
	}
	out, err := all(ctx, reader{s}, "named-beside", func(sc scan) (m store.Mentioned, err error) {
		return m, sc(&m.Entity, &m.Name, &m.Kind, &m.Articles)
	}, entity, list, n)
	return out, wrap("named beside", err)
}

// Counts implements store.Read.
func (s *Store) Counts(ctx context.Context) (store.Counts, error) {
	c, err := one(ctx, reader{s}, "counts", func(sc scan) (c store.Counts, err error) {
		return c, sc(&c.Sources, &c.Healthy, &c.Articles, &c.Stories, &c.Watches, &c.Pages, &c.Backlog, &c.Late, moment{&c.LastArticle})
	}, store.MainCursor, micros(s.now().Add(-store.LateAfter)))
	return c, wrap("counts", err)
}

func readLink(s scan) (l news.Link, err error) {
	return l, s(&l.Article, &l.Other, &l.Kind, &l.Direction, &l.Score, object{&l.Evidence})
}

func readEntry(s scan) (e store.Entry, err error) {
	var how placed
	var src struct { // NULLs for an article that came alone
		name, home, lang, country, licence *string
		muted                              *bool
		created                            *int64
	}
	p, v := &e.Placement, &e.Source
	err = s(&p.Story, moment{&e.Arrived}, object{&e.Article}, object{&e.Analysis}, object{&how}, &v.ID,
		&src.name, &src.home, &src.lang, &src.country, &src.muted, &src.licence, &src.created)
	if err != nil {
		return e, err
	}
	p.Article, p.New, p.Because, p.Merged = e.Article.ID, how.New, how.Because, how.Merged
	if src.name != nil {
		v.Name, v.Home, v.Lang, v.Country, v.Licence, v.Muted = *src.name, *src.home, *src.lang, *src.country, *src.licence, *src.muted
		err = moment{&v.Created}.Scan(*src.created)
	}
	return e, err
}

// lead gives an article as a list shows it: without its text but for the first paragraph.
func lead(a news.Article) news.Article {
	a.Text, _, _ = strings.Cut(a.Text, "\n\n")
	a.Blocks, a.Removed = nil, nil
	return a
}
