package storetest

import (
	"math"
	"testing"
	"time"

	"marsad/internal/store"
	"marsad/news"
)

// references has an article speak of an earlier story, and follows that through a merge, its undoing and a second reading.
func references(t *testing.T, d *desk) {
	source := d.source("a")
	old, other := d.article(source, 1, 0, "the summit"), d.article(source, 2, 0, "a strike")
	r := d.result(d.page(source, 3), 0, "since the summit")
	want := news.Reference{Article: r.Page, Span: news.Span{Start: 0, End: 16}, When: news.Span{Start: 6, End: 9}, Other: old.Page, Story: old.Placement.Story,
		Because: []news.Reason{{Kind: "names", Words: []string{"One"}}}}
	gone := news.Reference{Article: r.Page, Other: 999, Story: 999}
	r.Placement.References = []news.Reference{want, gone}
	d.must(d.Commit(d.ctx, r))
	check := func(when string, story int64) {
		t.Helper()
		want.Story = story
		e, err := d.Entry(d.ctx, r.Page)
		d.must(err)
		d.same(when+": references", e.Placement.References, []news.Reference{want})
		es, err := d.StoryEntries(d.ctx, r.Placement.Story)
		d.must(err)
		d.same(when+": references in the story", es[0].Placement.References, []news.Reference{want})
		by, err := d.ReferredBy(d.ctx, story, 10)
		d.must(err)
		if len(by) != 1 || by[0].Article.ID != r.Page {
			t.Fatalf("%s: story %d is referred to by %d articles", when, story, len(by))
		}
		d.same(when+": references from the other side", by[0].Placement.References, []news.Reference{want})
	}
	check("as committed", old.Placement.Story)
	d.must(d.Articles(d.ctx, Noon, Noon.Add(time.Hour), func(e store.Entry) bool {
		if e.Article.ID == r.Page {
			d.same("references in a stream", e.Placement.References, []news.Reference{want})
		}
		return true
	}))

	whole, part := other.Stories[0], old.Stories[0]
	part.Merged = whole.ID
	id, err := d.Correct(d.ctx, store.Correction{Said: d.now, By: "x"}, store.Effect{Stories: []news.Story{whole, part},
		Placements: []news.Placement{{Article: old.Page, Story: whole.ID}}})
	d.must(err)
	check("after a merge", whole.ID)
	part.Merged = 0
	d.must(d.Uncorrect(d.ctx, id, "x", d.now, store.Effect{Stories: []news.Story{part}, Placements: []news.Placement{{Article: old.Page, Story: part.ID}}}))
	check("after its undoing", part.ID)

	if by, err := d.ReferredBy(d.ctx, other.Placement.Story, 10); err != nil || len(by) != 0 {
		t.Fatalf("a story that nobody speaks of is referred to by %d, %v", len(by), err)
	}
	d.must(d.Commit(d.ctx, r))
	check("read again", part.ID)
	r.Placement.References = nil
	d.must(d.Commit(d.ctx, r))
	e, err := d.Entry(d.ctx, r.Page)
	d.must(err)
	d.same("references that a second reading does not find", e.Placement.References, []news.Reference(nil))
}

// began looks for stories of a time by whom they name.
func began(t *testing.T, d *desk) {
	source := d.source("a")
	put := func(n int, days int, entities ...string) int64 {
		d.now = Noon.AddDate(0, 0, days)
		r := d.result(d.page(source, n), 0, "words")
		r.Analysis.Mentions = nil
		for _, e := range entities {
			r.Analysis.Mentions = append(r.Analysis.Mentions, news.Mention{Span: news.Span{Start: 0, End: 1}, Kind: news.Person, Entity: e, Name: e})
		}
		d.must(d.Commit(d.ctx, r))
		return r.Placement.Story
	}
	both, one := put(1, 0, "Q1", "Q2"), put(2, 0, "Q1")
	put(4, 0, "Q4")
	another := put(3, 1, "Q1", "Q3")
	put(5, 9, "Q1", "Q2")
	ask := func(n int, entities ...string) (ids []int64) {
		t.Helper()
		ss, err := d.Began(d.ctx, Noon.Add(-2*time.Hour), Noon.AddDate(0, 0, 3), entities, n)
		d.must(err)
		for _, s := range ss {
			ids = append(ids, s.Story.ID)
		}
		return ids
	}
	d.same("by two names", ask(5, "Q1", "Q2"), []int64{both, one, another})
	d.same("where two are alike and one is asked for", ask(2, "Q1", "Q2"), []int64{both})
	d.same("where all are alike", ask(2, "Q1"), []int64(nil))
	d.same("by a name that nobody has", ask(5, "Q9"), []int64(nil))
	d.same("by none", ask(5), []int64(nil))
	ss, err := d.Began(d.ctx, Noon.Add(-2*time.Hour), Noon.AddDate(0, 0, 3), []string{"Q1", "Q2"}, 5)
	d.must(err)
	// Of five articles four name Q1 and two Q2; four arrived in the time asked about.
	d.same("entities", ss[0].Entities, []string{"Q1", "Q2"})
	if want := 4 * .8 * .4; math.Abs(ss[0].Chance-want) > 1e-9 || math.Abs(ss[1].Chance-4*.8) > 1e-9 {
		t.Errorf("by chance %g and %g, want %g and %g", ss[0].Chance, ss[1].Chance, want, 4*.8)
	}
	es, err := d.Earliest(d.ctx, both, 5)
	d.must(err)
	if len(es) != 1 || es[0].Placement.Story != both {
		t.Fatalf("the earliest articles are %+v", es)
	}
}

// renamed counts the headlines that changed on a story's card.
func renamed(t *testing.T, d *desk) {
	source := d.source("a")
	first := d.article(source, 1, 0, "words")
	for n, was := range []string{"Ten hurt", "Twelve hurt"} {
		r := d.result(d.page(source, n+2), first.Placement.Story, "words")
		r.Renames, r.Was = first.Page, was
		d.must(d.Commit(d.ctx, r))
		d.must(d.Commit(d.ctx, r)) // a second reading counts once
	}
	d.article(source, 9, 0, "elsewhere")
	cards, err := d.Stories(d.ctx, store.StoryFilter{})
	d.must(err)
	for _, c := range cards {
		switch own := c.Story.ID == first.Placement.Story; {
		case own && (c.Renamed != 2 || c.Was != "Twelve hurt"):
			t.Errorf("%d headlines changed, the last from %q", c.Renamed, c.Was)
		case !own && c.Renamed != 0:
			t.Errorf("a story without changes has %d", c.Renamed)
		}
	}
}
