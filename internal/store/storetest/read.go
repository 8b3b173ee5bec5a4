package storetest

import (
	"path/filepath"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

func stories(t *testing.T, d *desk) {
	a, b := d.source("alpha"), d.source("beta")
	one := d.article(a, 1, 0, "first paragraph\n\nsecond paragraph")
	d.now = d.now.Add(90 * time.Minute)
	copied := d.result(d.page(b, 2), one.Placement.Story, "copy")
	copied.Article.Lang = "ar"
	copied.Placement.Links = []news.Link{
		{Article: copied.Page, Other: one.Page, Kind: news.Translation, Direction: news.FromOther, Score: .9},
		{Article: copied.Page, Other: one.Page, Kind: news.Update, Evidence: []news.Reason{{Kind: "correction"}}},
	}
	st := one.Stories[0]
	st.Changed, st.Articles = d.now, 2
	copied.Stories = []news.Story{st}
	d.must(d.Commit(d.ctx, copied))
	d.now = d.now.Add(time.Minute)
	other := d.result(d.page(b, 3), 0, "other")
	other.Analysis.Mentions[0].Entity = "Q2"
	d.must(d.Commit(d.ctx, other))

	cards, err := d.Stories(d.ctx, store.StoryFilter{})
	d.must(err)
	if len(cards) != 2 || cards[0].Story.ID != other.Placement.Story {
		t.Fatalf("%d cards", len(cards))
	}
	c := cards[1]
	if c.Lead.Text != "first paragraph" || c.Lead.Blocks != nil || c.Lead.Removed != nil || c.LeadSource != "alpha" || c.FirstSource != "alpha" ||
		c.Copies != 1 || !c.Corrected {
		t.Fatalf("card: %+v", c)
	}
	if len(c.Hourly) != 24 || c.Hourly[23] != 1 || c.Hourly[22] != 1 {
		t.Fatalf("articles by hour: %v", c.Hourly)
	}
	d.same("places", c.Places, []string{"Q1"})
	for name, f := range map[string]store.StoryFilter{
		"by language":  {Lang: "ar"},
		"by source":    {Source: a},
		"by entity":    {Entity: "Q1"},
		"by time":      {Before: cards[0].Story.Changed},
		"all together": {Lang: "en", Source: a, Entity: "Q1"},
	} {
		got, err := d.Stories(d.ctx, f)
		d.must(err)
		if len(got) != 1 || got[0].Story.ID != one.Placement.Story {
			t.Errorf("%s: %d cards", name, len(got))
		}
	}
	if got, _ := d.Stories(d.ctx, store.StoryFilter{N: 1}); len(got) != 1 {
		t.Errorf("at most one: %d", len(got))
	}
	storiesOfOneMoment(t, d, a)
}

// storiesOfOneMoment goes through stories that changed at one time, two at a time.
func storiesOfOneMoment(t *testing.T, d *desk, src int64) {
	for n := range 5 {
		d.must(d.Commit(d.ctx, d.result(d.page(src, 100+n), 0, "one moment")))
	}
	seen := map[int64]bool{}
	f := store.StoryFilter{N: 2}
	for range 9 {
		got, err := d.Stories(d.ctx, f)
		d.must(err)
		for _, c := range got {
			if seen[c.Story.ID] {
				t.Errorf("story %d comes twice", c.Story.ID)
			}
			seen[c.Story.ID] = true
			f.Before, f.BeforeID = c.Story.Changed, c.Story.ID
		}
	}
	if len(seen) != 7 {
		t.Errorf("%d stories on all pages, want 7", len(seen))
	}
}

func articles(t *testing.T, d *desk) {
	src := d.source("a")
	for i := range 260 {
		d.article(src, i, 0, "x")
		if i%3 == 0 {
			d.now = d.now.Add(time.Second)
		}
	}
	next := int64(1)
	d.must(d.Articles(d.ctx, Noon, time.Time{}, func(e store.Entry) bool {
		if e.Article.ID != next {
			t.Fatalf("article %d, want %d", e.Article.ID, next)
		}
		next++
		return true
	}))
	if next != 261 {
		t.Fatalf("%d articles", next-1)
	}
	n := 0
	d.must(d.Articles(d.ctx, Noon.Add(time.Second), Noon.Add(2*time.Second), func(store.Entry) bool { n++; return true }))
	if n != 3 {
		t.Fatalf("%d articles in one second, want 3", n)
	}
	n = 0
	d.must(d.Articles(d.ctx, Noon, time.Time{}, func(store.Entry) bool { n++; return n < 7 }))
	if n != 7 {
		t.Fatalf("went on to %d after no", n)
	}
}

func rising(t *testing.T, d *desk) {
	src := d.source("a")
	tell := func(n int, entity string) {
		r := d.result(d.page(src, n), 0, "x")
		r.Analysis.Mentions[0].Entity, r.Analysis.Mentions[0].Name = entity, "name of "+entity
		d.must(d.Commit(d.ctx, r))
	}
	tell(1, "Q-steady")
	tell(2, "Q-steady")
	d.now = d.now.Add(30 * time.Hour)
	for n, e := range []string{"Q-steady", "Q-steady", "Q-new", "Q-new", "Q-new", "Q-once"} {
		tell(10+n, e)
	}
	d.now = d.now.Add(time.Hour)
	got, err := d.Rising(d.ctx, d.now.Add(-24*time.Hour), 9)
	d.must(err)
	d.same("rising", got, []store.Rising{{Entity: "Q-new", Name: "name of Q-new", Kind: news.Place, Now: 3}})
}

func counts(t *testing.T, d *desk) {
	src := d.source("a")
	d.article(src, 1, 0, "x")
	d.page(src, 2)
	_, err := d.SaveWatch(d.ctx, news.Watch{Name: "w"})
	d.must(err)
	to := d.reader("x@example.org")
	late := d.notice("late", to)
	late.Due = d.now.Add(-time.Hour)
	d.must(d.AddNotices(d.ctx, []news.Notice{late, d.notice("now", to)}))
	got, err := d.Counts(d.ctx)
	d.must(err)
	d.same("counts", got, store.Counts{Sources: 1, Healthy: 1, Articles: 1, Stories: 1, Watches: 1, Pages: 2, Backlog: 1, Late: 1, LastArticle: Noon})
}

func backup(t *testing.T, d *desk) {
	d.article(d.source("a"), 1, 0, "x")
	path := filepath.Join(t.TempDir(), "copy")
	d.must(d.Backup(d.ctx, path))
	d.kind(d.Backup(d.ctx, path), fault.Conflict)
	if matches, _ := filepath.Glob(path + "?*"); len(matches) > 0 {
		t.Fatalf("left over: %v", matches)
	}
}

func naming(t *testing.T, d *desk) {
	src := d.source("a")
	var ids []int64
	for n, names := range [][]string{{"Q1", "Q2"}, {"Q3"}, {"Q1", "Q1", "Q2", "Q4"}} {
		r := d.result(d.page(src, n), 0, "x")
		r.Analysis.Mentions = nil
		for _, e := range names {
			r.Analysis.Mentions = append(r.Analysis.Mentions, news.Mention{Span: news.Span{Start: 0, End: 1}, Kind: news.Person, Entity: e, Name: "name of " + e, Known: true})
		}
		d.must(d.Commit(d.ctx, r))
		ids = append(ids, r.Page)
		d.now = d.now.Add(time.Hour)
	}
	got, err := d.Naming(d.ctx, "Q1", 9)
	d.must(err)
	d.same("naming", got, []store.Naming{{Article: ids[2], Story: ids[2], Arrived: Noon.Add(2 * time.Hour), Times: 2}, {Article: ids[0], Story: ids[0], Arrived: Noon, Times: 1}})
	got, err = d.Naming(d.ctx, "Q1", 1)
	d.must(err)
	d.same("the last alone", len(got), 1)
	beside, err := d.NamedBeside(d.ctx, "Q1", ids, 2)
	d.must(err)
	d.same("beside", beside, []store.Mentioned{{Entity: "Q2", Name: "name of Q2", Kind: news.Person, Articles: 2}, {Entity: "Q3", Name: "name of Q3", Kind: news.Person, Articles: 1}})
}
