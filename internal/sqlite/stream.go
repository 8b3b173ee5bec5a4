package sqlite

import (
	"context"
	"encoding/json"
	"math"

	"marsad/internal/store"
)

// Stream implements store.Readers.
func (s *Store) Stream(ctx context.Context, reader int64, st store.Stream) ([]store.StreamItem, error) {
	since, err := s.since(ctx, reader)
	if err != nil {
		return nil, wrap("stream", err)
	}
	only := 0
	switch {
	case st.Unread:
		only = 1
	case st.Read:
		only = 2
	}
	if st.N <= 0 {
		st.N = 20
	}
	fromAt, fromID, toAt, toID := bounds(st)
	args := []any{reader, since, only, fromAt, fromID, toAt, toID, st.N}
	name := "newest"
	if st.Oldest {
		name = "oldest"
	}
	switch {
	case st.Source != 0:
		name, args = "reader-source-"+name, append(args, st.Source)
	case st.Watch != 0:
		name, args = "reader-some", append(args, "watch", st.Watch, st.Oldest)
	case st.Starred:
		name, args = "reader-some", append(args, "starred", "", st.Oldest)
	case st.Label != "":
		name, args = "reader-some", append(args, "label", st.Label, st.Oldest)
	case st.Folder != "":
		name, args = "reader-some", append(args, "folder", st.Folder, st.Oldest)
	default:
		name = "reader-all-" + name
	}
	items, err := all(ctx, onReader(s), name, func(sc scan) (i store.StreamItem, err error) { return i, sc(&i.Article, moment{&i.Arrived}) }, args...)
	return items, wrap("stream", err)
}

// bounds gives the places between which a page of a stream lies, both left out.
func bounds(st store.Stream) (fromAt, fromID, toAt, toID int64) {
	fromAt, fromID, toAt, toID = micros(st.From)-1, math.MaxInt64, math.MaxInt64, math.MaxInt64
	if st.From.IsZero() {
		fromAt = math.MinInt64
	}
	if !st.To.IsZero() {
		toAt, toID = micros(st.To), math.MinInt64
	}
	if st.After.Article == 0 {
		return
	}
	at := micros(st.After.Arrived)
	if st.Oldest && at >= fromAt {
		fromAt, fromID = at, st.After.Article
	} else if !st.Oldest && at <= toAt {
		toAt, toID = at, st.After.Article
	}
	return
}

// Unread implements store.Readers.
func (s *Store) Unread(ctx context.Context, reader int64) (sources, watches map[int64]store.Unread, err error) {
	since, err := s.since(ctx, reader)
	if err != nil {
		return nil, nil, wrap("unread", err)
	}
	if sources, err = s.unread(ctx, "reader-unread", reader, since); err != nil {
		return nil, nil, wrap("unread", err)
	}
	watches, err = s.unread(ctx, "reader-unread-watches", reader, since)
	return sources, watches, wrap("unread", err)
}

func (s *Store) unread(ctx context.Context, name string, reader, since int64) (map[int64]store.Unread, error) {
	out := map[int64]store.Unread{}
	_, err := all(ctx, onReader(s), name, func(sc scan) (none struct{}, err error) {
		var id int64
		var u store.Unread
		err = sc(&id, &u.N, moment{&u.Newest})
		out[id] = u
		return none, err
	}, reader, since)
	return out, err
}

// OfArticles implements store.Readers.
func (s *Store) OfArticles(ctx context.Context, reader int64, articles []int64) (map[int64]store.ArticleState, error) {
	out := map[int64]store.ArticleState{}
	err := s.states(ctx, "reader-articles", reader, articles, func(sc scan) (none struct{}, err error) {
		var id int64
		var a store.ArticleState
		var labels string
		if err = sc(&id, &a.Read, moment{&a.Starred}, &labels); err == nil {
			err = json.Unmarshal([]byte(labels), &a.Labels)
		}
		out[id] = a
		return none, err
	})
	return out, wrap("articles of reader", err)
}

// OfStories implements store.Readers.
func (s *Store) OfStories(ctx context.Context, reader int64, stories []int64) (map[int64]store.StoryState, error) {
	out := map[int64]store.StoryState{}
	err := s.states(ctx, "reader-stories", reader, stories, func(sc scan) (none struct{}, err error) {
		var id int64
		var t store.StoryState
		var muted, followed bool
		err = sc(&id, moment{&t.Looked}, &t.Unread, &t.Starred, &t.Own, &muted, &followed)
		t.Muted = t.Own == "mute" || t.Own == "" && muted && !followed
		t.Followed = t.Own == "follow" || t.Own == "" && followed
		out[id] = t
		return none, err
	})
	return out, wrap("stories of reader", err)
}

func (s *Store) states(ctx context.Context, name string, reader int64, ids []int64, read func(scan) (struct{}, error)) error {
	since, err := s.since(ctx, reader)
	if err != nil {
		return err
	}
	list, err := jsonOf(ids)
	if err != nil {
		return err
	}
	_, err = all(ctx, onReader(s), name, read, reader, list, since)
	return err
}
