package sqlite

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/internal/store"
	"marsad/news"
	"marsad/query"
)

// TestBestFirst holds pages that stop as soon as they are full to all articles put in order.
func TestBestFirst(t *testing.T) {
	c := newConformance(t, 90)
	several := 0
	for range 30 {
		q, err := query.Parse(c.query(1))
		if err != nil {
			continue
		}
		all := c.archive(q, store.FindOptions{N: 1 << 20, Rank: true})
		pages := c.archive(q, store.FindOptions{N: 3, Rank: true})
		if !slices.Equal(all, pages) {
			t.Errorf("%s: in pages %v, at once %v", q, short(pages), short(all))
		}
		if len(all) > 3 {
			several++
		}
		newest := c.archive(q, store.FindOptions{N: 1 << 20})
		slices.Sort(all)
		slices.Sort(newest)
		if !slices.Equal(all, newest) {
			t.Errorf("%s: %d the best first, %d the newest first", q, len(all), len(newest))
		}
	}
	if several < 5 {
		t.Errorf("only %d queries have several pages", several)
	}
}

// TestDeepQueries asks what is deeper and wider than FTS5 reads.
func TestDeepQueries(t *testing.T) {
	c := newConformance(t, 20)
	deep, wide := "harbour", "fire"
	for i := range 25 {
		deep = "(" + deep + " OR (storm port" + strings.Repeat("x", i) + "))"
	}
	for i := range 600 {
		wide += fmt.Sprintf(" -none%d", i)
	}
	for _, s := range []string{deep, wide, "(" + strings.ReplaceAll(wide, " -", " OR ") + ") lang:en"} {
		q, err := query.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		c.archive(q, store.FindOptions{})
	}
}

// TestRemembers commits articles again whose facts a store remembers.
func TestRemembers(t *testing.T) {
	c := newConformance(t, 60)
	s := open(t, c.store.path, Alone())
	ctx := context.Background()
	ids := make([]candidate, 600) // enough for the block to be read
	for i := range ids {
		ids[i].id = c.entries[i%60].Article.ID
	}
	if _, err := s.know(ctx, ids); err != nil {
		t.Fatal(err)
	}
	if b := s.facts.blocks[c.entries[0].Article.ID>>blockBits]; b == nil || !b.loaded {
		t.Fatal("no block was read")
	}
	all := func() (store.Found, error) {
		q, err := query.Parse("words:>=0 lang:xx")
		if err != nil {
			t.Fatal(err)
		}
		return s.Find(ctx, q, store.FindOptions{})
	}
	e := c.entries[7]
	e.Article.Lang, e.Article.Published = "xx-Latn", news.Stamp{Time: time.Date(2031, 2, 3, 4, 5, 6, 0, time.UTC)}
	c.entries = c.entries[:7]
	r := store.Result{Cursor: store.MainCursor, Page: e.Article.PageID, Article: e.Article, Tokens: c.doc(e).Tokens(), Placement: e.Placement}
	if err := s.Commit(ctx, r); err != nil {
		t.Fatal(err)
	}
	f, err := all()
	if err != nil || f.Total != 1 || f.Langs["xx-Latn"] != 1 || f.Days["2031-02-03"] != 1 {
		t.Errorf("%+v, %v", f, err)
	}
}
