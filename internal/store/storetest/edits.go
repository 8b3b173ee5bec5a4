package storetest

import (
	"testing"
	"time"

	"marsad/internal/store"
	"marsad/news"
)

// edits changes the query of a watch, and says what it finds as it now is.
func edits(t *testing.T, d *desk) {
	e := newEdit(d)
	e.changed(t)
	e.outgrown(t)
	e.judged(t)
	e.again(t)
}

// edit is a watch with what it found: a story that it will find no more, one that it still finds, and one that a digest is to tell.
type edit struct {
	*desk
	watch               news.Watch
	reader              int64
	old, kept, digested store.Result
	under               news.Notice // is leased
}

func newEdit(d *desk) *edit {
	src, reader := d.source("a"), d.reader("x@example.org")
	w := news.Watch{Name: "w", Query: "harbour", Recipients: []int64{reader}}
	var err error
	w.ID, err = d.SaveWatch(d.ctx, w)
	d.must(err)
	old := d.watched(src, 1, 0, w.ID, reader, "")
	kept := d.watched(src, 2, 0, w.ID, reader, "")
	digested := d.watched(src, 3, 0, w.ID, reader, "digest")
	slot, under, wrong := d.notice("slot", reader), d.notice("under way", reader), d.notice("wrong", reader)
	slot.Kind, slot.Watch = news.DigestSlot, w.ID
	under.Watch, under.Story, under.Due = w.ID, old.Placement.Story, Noon.Add(-time.Hour)
	wrong.Kind, wrong.Watch, wrong.Story = news.Correction, w.ID, old.Placement.Story
	d.must(d.AddNotices(d.ctx, []news.Notice{slot, under, wrong}))
	return &edit{d, w, reader, old, kept, digested, under}
}

func (e *edit) edited(t *testing.T, want bool) {
	t.Helper()
	now, err := e.Watch(e.ctx, e.watch.ID)
	e.must(err)
	list, err := e.Watches(e.ctx)
	e.must(err)
	if now.Edited != want || list[0].Edited != want {
		t.Fatalf("edited: %v, want %v", now.Edited, want)
	}
}

func (e *edit) changed(t *testing.T) {
	e.edited(t, false)
	e.watch.Name = "another name"
	_, err := e.SaveWatch(e.ctx, e.watch)
	e.must(err)
	e.edited(t, false)
	e.watch.Query, e.watch.Edited = "quay", false
	_, err = e.SaveWatch(e.ctx, e.watch)
	e.must(err)
	e.edited(t, true)
}

func (e *edit) outgrown(t *testing.T) {
	found, err := e.MatchesEver(e.ctx, e.watch.ID, Noon.Add(-time.Hour), 2)
	e.must(err)
	e.same("found ever", found, []int64{e.digested.Page, e.kept.Page})
	e.must(e.Outgrown(e.ctx, e.watch.ID, []int64{e.kept.Page, 4711}))
	ms, err := e.MatchesOf(e.ctx, e.watch.ID, 9)
	e.must(err)
	if len(ms) != 1 || ms[0].Article != e.kept.Page {
		t.Fatalf("finds %+v", ms)
	}
	for _, c := range []struct {
		of        store.Result
		now, once int
	}{{e.old, 0, 1}, {e.kept, 1, 0}} {
		now, once, err := e.StoryWatches(e.ctx, []int64{c.of.Placement.Story})
		e.must(err)
		if len(now) != c.now || len(once) != c.once {
			t.Errorf("story %d is found by %v, and once was by %v", c.of.Placement.Story, now, once)
		}
	}
}

func (e *edit) judged(t *testing.T) {
	_, err := e.LeaseThese(e.ctx, []string{"under way"}, Noon, time.Hour)
	e.must(err)
	ns, err := e.Unwritten(e.ctx, []int64{e.reader}, Noon)
	e.must(err)
	e.same("unwritten", ns, []news.Notice{e.old.Notices[0], e.kept.Notices[0]})
	gone, err := e.Judged(e.ctx, e.watch, []news.Notice{e.old.Notices[0], e.under}, Noon.Add(time.Minute))
	e.must(err)
	e.same("gone", gone, []news.Notice{e.old.Notices[0]})
	e.edited(t, false)
	for _, c := range []struct {
		of   store.Result
		want []string
	}{{e.old, []string{"edited"}}, {e.kept, nil}, {e.digested, []string{"edited"}}} {
		ds, err := e.Decisions(e.ctx, store.DecisionFilter{Story: c.of.Placement.Story, Kind: news.Edited})
		e.must(err)
		var kinds []string
		for _, v := range ds {
			kinds = append(kinds, v.Silence.Kind)
		}
		e.same("silences", kinds, c.want)
	}
	e.must(e.AddNotices(e.ctx, e.old.Notices)) // as if it had never been planned
	if row, err := e.Delivery(e.ctx, e.old.Notices[0].ID); err != nil || row.Delivery.State != news.Waiting {
		t.Errorf("planned anew: %+v, %v", row.Delivery, err)
	}
}

func (e *edit) again(t *testing.T) {
	e.watch.Query = "mole"
	_, err := e.SaveWatch(e.ctx, e.watch)
	e.must(err)
	late := e.watch
	late.Query = "quay" // somebody went through what the query before found
	_, err = e.Judged(e.ctx, late, nil, Noon)
	e.must(err)
	e.edited(t, true)
	e.must(e.Outgrown(e.ctx, e.watch.ID, []int64{e.old.Page}))
	if ms, err := e.MatchesOf(e.ctx, e.watch.ID, 9); err != nil || len(ms) != 1 || ms[0].Article != e.old.Page {
		t.Errorf("what is found again: %+v, %v", ms, err)
	}
}
