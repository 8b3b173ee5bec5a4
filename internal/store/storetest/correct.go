package storetest

import (
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
	"marsad/story"
)

// corrections merges two stories by a person's word, takes that back, and finds each step whole.
func corrections(t *testing.T, d *desk) {
	one := d.result(d.page(d.source("one"), 1), 0, "some words")
	two := d.result(d.page(d.source("two"), 2), 0, "other words")
	d.must(d.Commit(d.ctx, one))
	d.must(d.Commit(d.ctx, two))
	from, to := two.Placement.Story, one.Placement.Story
	whole, gone := one.Stories[0], two.Stories[0]
	whole.Articles, gone.Merged = 2, to
	c := store.Correction{Said: Noon, By: "editor", Done: story.Corrected{
		Correction: story.Correction{Kind: story.MergeStories, Stories: []int64{to, from}},
		Moves:      []story.Move{{Article: two.Article.ID, From: from, To: to}}}}
	id, err := d.Correct(d.ctx, c, store.Effect{
		Placements: []news.Placement{{Article: two.Article.ID, Story: to, Because: []news.Reason{{Kind: "person"}}}},
		Stories:    []news.Story{whole, gone}})
	d.must(err)
	e, err := d.Entry(d.ctx, two.Article.ID)
	d.must(err)
	d.same("story of the moved article", e.Placement.Story, to)
	st, err := d.Story(d.ctx, from)
	d.must(err)
	d.same("the story that it leads to", st, whole)

	told := d.notice("told", d.reader("x@example.org"))
	told.Story, told.Article = to, two.Article.ID
	d.must(d.AddNotices(d.ctx, []news.Notice{told}))
	strayed, err := d.Strayed(d.ctx, Noon)
	d.must(err)
	d.same("strayed notices", len(strayed), 0)

	c.ID = id
	got, err := d.Correction(d.ctx, id)
	d.must(err)
	d.same("correction", got, c)

	gone.Merged = 0
	back := store.Effect{Placements: []news.Placement{{Article: two.Article.ID, Story: from, New: true}}, Stories: []news.Story{one.Stories[0], gone}}
	d.must(d.Uncorrect(d.ctx, id, "admin", Noon.Add(time.Hour), back))
	strayed, err = d.Strayed(d.ctx, Noon)
	d.must(err)
	told.Story = from
	d.same("what was told by an article that is in another story by now", strayed, []news.Notice{told})
	c.Undone, c.UndoneBy = Noon.Add(time.Hour), "admin"
	all, err := d.Corrections(d.ctx, Noon)
	d.must(err)
	d.same("corrections", all, []store.Correction{c})
	st, err = d.Story(d.ctx, from)
	d.must(err)
	d.same("the story that is itself again", st, gone)
	d.kind(d.Uncorrect(d.ctx, id, "admin", Noon, back), fault.Conflict)

	late, err := d.Corrections(d.ctx, Noon.Add(time.Second))
	d.must(err)
	d.same("later corrections", len(late), 0)
	_, err = d.Correction(d.ctx, 99)
	d.kind(err, fault.NotFound)
	_, err = d.Correct(d.ctx, c, store.Effect{Placements: []news.Placement{{Article: 999, Story: to}}})
	d.kind(err, fault.NotFound)
	all, err = d.Corrections(d.ctx, Noon)
	d.must(err)
	d.same("corrections after one that failed", len(all), 1)
}
