package sqlite

import (
	"context"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

// onArticles runs a statement whose second argument is a list of articles.
func (s *Store) onArticles(ctx context.Context, what, name string, reader int64, articles []int64, more ...any) error {
	list, err := jsonOf(articles)
	if err != nil {
		return wrap(what, err)
	}
	_, err = s.exec(ctx, what, name, append([]any{reader, list}, more...)...)
	return err
}

// SetRead implements store.Readers.
func (s *Store) SetRead(ctx context.Context, reader int64, articles []int64, read bool) error {
	state := 2
	if read {
		state = 1
	}
	return s.onArticles(ctx, "set read", "reader-read", reader, articles, state)
}

// SetStar implements store.Readers.
func (s *Store) SetStar(ctx context.Context, reader int64, articles []int64, on bool, at time.Time) error {
	starred := int64(0)
	if on {
		starred = max(micros(at), 1)
	}
	return s.onArticles(ctx, "star", "reader-star", reader, articles, starred)
}

// UnstarStory implements store.Readers.
func (s *Store) UnstarStory(ctx context.Context, reader, story int64) error {
	_, err := s.exec(ctx, "unstar", "reader-unstar-story", reader, story)
	return err
}

// SetLabel implements store.Readers.
func (s *Store) SetLabel(ctx context.Context, reader int64, articles []int64, label string, on bool) error {
	if on {
		return s.onArticles(ctx, "label", "reader-label", reader, articles, label)
	}
	return s.onArticles(ctx, "label", "reader-unlabel", reader, articles, label)
}

// Labels implements store.Readers.
func (s *Store) Labels(ctx context.Context, reader int64) ([]store.Labelled, error) {
	ls, err := all(ctx, onReader(s), "reader-labels", func(sc scan) (l store.Labelled, err error) { return l, sc(&l.Name, &l.N) }, reader)
	return ls, wrap("labels", err)
}

// onReader names the readers' connections where the word reader means a person.
func onReader(s *Store) statements { return reader{s} }

// Rename implements store.Readers.
func (s *Store) Rename(ctx context.Context, reader int64, from, to string) error {
	return s.within(ctx, "rename", func(w writer) error {
		for _, what := range []string{"reader-label", "reader-folder"} {
			args, how := []any{reader, from, to}, "-rename"
			if to == "" {
				args, how = args[:2], "-drop"
			}
			if _, err := w.exec(ctx, what+how, args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// Look implements store.Readers.
func (s *Store) Look(ctx context.Context, reader, story int64, at time.Time) error {
	return s.within(ctx, "look", func(w writer) error {
		if _, err := w.exec(ctx, "reader-look", reader, story, micros(at)); err != nil {
			return err
		}
		_, err := w.exec(ctx, "reader-look-clear", reader, story, micros(at))
		return err
	})
}

// CatchUp implements store.Readers. Whole sources cost one row; other streams a row an article.
func (s *Store) CatchUp(ctx context.Context, reader int64, st store.Stream, until time.Time) error {
	if st.Watch == 0 && st.Label == "" && !st.Starred && st.Folder == "" {
		return s.within(ctx, "catch up", func(w writer) error { return catchUp(ctx, w, reader, st.Source, until) })
	}
	if st.Folder != "" {
		of, err := s.Folders(ctx, reader)
		if err != nil {
			return err
		}
		return s.within(ctx, "catch up", func(w writer) error {
			for source, names := range of {
				for _, n := range names {
					if n == st.Folder {
						if err := catchUp(ctx, w, reader, source, until); err != nil {
							return err
						}
					}
				}
			}
			return nil
		})
	}
	st.Unread, st.N, st.After = true, 1<<31, store.StreamItem{}
	items, err := s.Stream(ctx, reader, st)
	if err != nil {
		return err
	}
	ids := make([]int64, len(items))
	for i, it := range items {
		ids[i] = it.Article
	}
	return s.onArticles(ctx, "catch up", "reader-catch-list", reader, ids, micros(until))
}

func catchUp(ctx context.Context, w writer, reader, source int64, until time.Time) error {
	if _, err := w.exec(ctx, "reader-catch", reader, source, micros(until)); err != nil {
		return err
	}
	_, err := w.exec(ctx, "reader-catch-clear", reader, source, micros(until))
	return err
}

// Choose implements store.Readers.
func (s *Store) Choose(ctx context.Context, reader int64, c store.Choice) error {
	var err error
	switch c.What {
	case "":
		_, err = s.exec(ctx, "choose", "reader-unchoose", reader, c.Kind, c.Key)
	case "follow", "mute":
		_, err = s.exec(ctx, "choose", "reader-choose", reader, c.Kind, c.Key, c.What, micros(c.At))
	default:
		err = fault.New(fault.Invalid, "store: no choice %q", c.What)
	}
	return err
}

// Choices implements store.Readers.
func (s *Store) Choices(ctx context.Context, reader int64) ([]store.Choice, error) {
	cs, err := all(ctx, onReader(s), "reader-choices", func(sc scan) (c store.Choice, err error) {
		return c, sc(&c.Kind, &c.Key, &c.What, moment{&c.At})
	}, reader)
	return cs, wrap("choices", err)
}

// File implements store.Readers.
func (s *Store) File(ctx context.Context, reader, source int64, folder string, on bool) error {
	name := "reader-unfile"
	if on {
		name = "reader-file"
	}
	_, err := s.exec(ctx, "file", name, reader, folder, source)
	return err
}

// FileAll implements store.Readers.
func (s *Store) FileAll(ctx context.Context, reader int64, folders map[int64][]string) error {
	return s.within(ctx, "file", func(w writer) error {
		for source, in := range folders {
			for _, folder := range in {
				if _, err := w.exec(ctx, "reader-file", reader, folder, source); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// Folders implements store.Readers.
func (s *Store) Folders(ctx context.Context, reader int64) (map[int64][]string, error) {
	out := map[int64][]string{}
	_, err := all(ctx, onReader(s), "reader-folders", func(sc scan) (none struct{}, err error) {
		var folder string
		var source int64
		err = sc(&folder, &source)
		out[source] = append(out[source], folder)
		return none, err
	}, reader)
	return out, wrap("folders", err)
}

// Adopt implements store.Readers.
func (s *Store) Adopt(ctx context.Context, from, to int64) error {
	return s.within(ctx, "adopt", func(w writer) error {
		for _, what := range []string{"articles", "stories", "caught", "labels", "choices", "folders"} {
			if _, err := w.exec(ctx, "reader-adopt-"+what, from, to); err != nil {
				return err
			}
		}
		return nil
	})
}

// since gives until when everything is read for a reader, in microseconds.
func (s *Store) since(ctx context.Context, reader int64) (int64, error) {
	return one(ctx, onReader(s), "reader-since", column[int64], reader)
}

// Entries implements store.Readers.
func (s *Store) Entries(ctx context.Context, articles []int64) ([]store.Entry, error) {
	list, err := jsonOf(articles)
	if err != nil {
		return nil, wrap("entries", err)
	}
	es, err := s.entriesWith(ctx, "entries-of", "links-of", list)
	return es, wrap("entries", err)
}

// Chosen implements store.Readers.
func (s *Store) Chosen(ctx context.Context, reader int64, what string, after news.Story, n int) ([]store.Card, error) {
	name := map[string]string{"follow": "reader-followed-stories", "star": "reader-starred-stories"}[what]
	if name == "" {
		return nil, fault.New(fault.Invalid, "store: nothing is chosen by %q", what)
	}
	if n <= 0 {
		n = 50
	}
	stories, err := all(ctx, onReader(s), name, readStory, reader, micros(after.Changed), after.ID, n)
	if err != nil {
		return nil, wrap("chosen", err)
	}
	cards, err := s.cardsOf(ctx, stories)
	return cards, wrap("chosen", err)
}
