package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"slices"
	"sort"
	"strconv"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

// LeaseFeeds implements store.Collect.
func (s *Store) LeaseFeeds(ctx context.Context, now time.Time, n int, lease time.Duration) (feeds []news.Feed, err error) {
	err = s.within(ctx, "lease feeds", func(w writer) error {
		feeds, err = all(ctx, w, "feed-lease", readFeed, micros(now), micros(now.Add(lease)), n)
		return err
	})
	if err != nil {
		return nil, err // a lease that is not on the disk is none
	}
	sort.Slice(feeds, func(i, j int) bool { return feeds[i].Due.Before(feeds[j].Due) })
	return feeds, nil
}

// SaveFeed implements store.Collect.
func (s *Store) SaveFeed(ctx context.Context, f news.Feed) error {
	n, err := s.exec(ctx, "save feed", "feed-save", feedColumns(f.ID, f)...)
	return missing(n, err, "feed %d", f.ID)
}

// key names an item for good: by its address, or by the feed and the id that the feed gave it.
func key(feed int64, url, guid string) string {
	if url != "" {
		return url
	}
	return strconv.FormatInt(feed, 10) + " " + guid
}

// An item is fetched again when its feed says that it was updated by more than a pause since, until so many pages were kept of it:
// some feeds call everything updated all the time.
const (
	updatePause  = 2 * time.Minute
	mostVersions = 6
)

// said is the moment that tells one version of an item from another, as its feed says.
func said(it news.Item) int64 {
	if !it.Updated.IsZero() {
		return micros(it.Updated)
	}
	return micros(it.Published)
}

// Unseen implements store.Collect.
func (s *Store) Unseen(ctx context.Context, feed int64, items []news.Item) ([]news.Item, error) {
	keys, asked := make([]string, len(items)), make([][2]any, len(items))
	for i, it := range items {
		keys[i] = key(feed, it.URL, it.GUID)
		asked[i] = [2]any{keys[i], said(it)}
	}
	list, err := jsonOf(asked)
	if err != nil {
		return nil, wrap("unseen", err)
	}
	at, err := all(ctx, reader{s}, "unseen", column[int], list, micros(s.now()), updatePause.Microseconds(), mostVersions)
	if err != nil {
		return nil, wrap("unseen", err)
	}
	out := make([]news.Item, 0, len(at))
	twice := map[string]bool{}
	for _, i := range at {
		if !twice[keys[i]] {
			out = append(out, items[i])
		}
		twice[keys[i]] = true
	}
	return out, nil
}

// KeepPage implements store.Collect.
func (s *Store) KeepPage(ctx context.Context, p news.Page) (id int64, err error) {
	item, err := packedJSON(p.Item)
	if err != nil {
		return 0, fault.New(fault.Invalid, "store: keep page: item: %w", err)
	}
	hash := sha256.Sum256(p.Body)
	body := deflate(p.Body)
	err = s.within(ctx, "keep page", func(w writer) error {
		id, err = one(ctx, w, "page-same", column[int64], p.URL, hash[:])
		if errors.Is(err, sql.ErrNoRows) {
			id, err = one(ctx, w, "page-keep", column[int64], p.SourceID, p.FeedID, p.URL, p.Final, p.Status, p.ContentType, body,
				hash[:], micros(p.Fetched), item)
		}
		if err != nil {
			return err
		}
		return seen(ctx, w, p, id)
	})
	return id, err
}

// seen marks all names by which the page's item may come again.
func seen(ctx context.Context, w writer, p news.Page, id int64) error {
	names := []string{key(p.FeedID, p.Item.URL, p.Item.GUID), p.URL, p.Final}
	for i, k := range names {
		if k == "" || slices.Contains(names[:i], k) {
			continue
		}
		if _, err := w.exec(ctx, "seen-page", k, id, said(p.Item)); err != nil {
			return err
		}
	}
	return nil
}

// NoteItem implements store.Collect.
func (s *Store) NoteItem(ctx context.Context, feed int64, item news.Item, reason string, retry time.Time) error {
	_, err := s.exec(ctx, "note item", "seen-given-up", key(feed, item.URL, item.GUID), micros(retry), reason)
	return err
}

// LetPagesGo forgets the bytes of pages that were fetched before a time and that the main cursor has passed. Their articles stay, and
// so does the knowledge that they were fetched. It tells how many there were.
func (s *Store) LetPagesGo(ctx context.Context, before time.Time) (int, error) {
	n, err := s.exec(ctx, "let pages go", "pages-let-go", micros(before), store.MainCursor)
	return int(n), err
}

// PagesAfter implements store.Process.
func (s *Store) PagesAfter(ctx context.Context, cursor int64, n int) ([]news.Page, error) {
	pages, err := all(ctx, reader{s}, "pages-after", readPage, cursor, n)
	return pages, wrap("pages", err)
}

// Page implements store.Read.
func (s *Store) Page(ctx context.Context, id int64) (news.Page, error) {
	p, err := one(ctx, reader{s}, "page", readPage, id)
	return p, wrap("page", err)
}

func readPage(s scan) (p news.Page, err error) {
	err = s(&p.ID, &p.SourceID, &p.FeedID, &p.URL, &p.Final, &p.Status, &p.ContentType, packed{&p.Body}, moment{&p.Fetched}, object{&p.Item})
	return p, err
}
