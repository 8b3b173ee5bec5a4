package storetest

import (
	"testing"
	"time"

	"marsad/internal/store"
	"marsad/news"
)

// edits changes the query of a watch, and says what it finds as it now is.
func edits(t *testing.T, d *desk) {
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
	edited := func(want bool) {
		t.Helper()
		now, err := d.Watch(d.ctx, w.ID)
		d.must(err)
		list, err := d.Watches(d.ctx)
		d.must(err)
		if now.Edited != want || list[0].Edited != want {
			t.Fatalf("edited: %v, want %v", now.Edited, want)
		}
	}
	edited(false)
	w.Name = "another name"
	_, err = d.SaveWatch(d.ctx, w)
	d.must(err)
	edited(false)
	w.Query, w.Edited = "quay", false
	_, err = d.SaveWatch(d.ctx, w)
	d.must(err)
	edited(true)

	found, err := d.MatchesEver(d.ctx, w.ID, Noon.Add(-time.Hour), 2)
	d.must(err)
	d.same("found ever", found, []int64{digested.Page, kept.Page})
	d.must(d.Outgrown(d.ctx, w.ID, []int64{kept.Page, 4711}))
	ms, err := d.MatchesOf(d.ctx, w.ID, 9)
	d.must(err)
	if len(ms) != 1 || ms[0].Article != kept.Page {
		t.Fatalf("finds %+v", ms)
	}
	for _, c := range []struct {
		of        store.Result
		now, once int
	}{{old, 0, 1}, {kept, 1, 0}} {
		now, once, err := d.StoryWatches(d.ctx, []int64{c.of.Placement.Story})
		d.must(err)
		if len(now) != c.now || len(once) != c.once {
			t.Errorf("story %d is found by %v, and once was by %v", c.of.Placement.Story, now, once)
		}
	}
	_, err = d.LeaseThese(d.ctx, []string{"under way"}, Noon, time.Hour)
	d.must(err)
	ns, err := d.Unwritten(d.ctx, []int64{reader}, Noon)
	d.must(err)
	d.same("unwritten", ns, []news.Notice{old.Notices[0], kept.Notices[0]})
	gone, err := d.Judged(d.ctx, w, []news.Notice{old.Notices[0], under}, Noon.Add(time.Minute))
	d.must(err)
	d.same("gone", gone, []news.Notice{old.Notices[0]})
	edited(false)
	for _, c := range []struct {
		of   store.Result
		want []string
	}{{old, []string{"edited"}}, {kept, nil}, {digested, []string{"edited"}}} {
		ds, err := d.Decisions(d.ctx, store.DecisionFilter{Story: c.of.Placement.Story, Kind: news.Edited})
		d.must(err)
		var kinds []string
		for _, v := range ds {
			kinds = append(kinds, v.Silence.Kind)
		}
		d.same("silences", kinds, c.want)
	}
	d.must(d.AddNotices(d.ctx, old.Notices)) // as if it had never been planned
	if row, err := d.Delivery(d.ctx, old.Notices[0].ID); err != nil || row.Delivery.State != news.Waiting {
		t.Errorf("planned anew: %+v, %v", row.Delivery, err)
	}

	w.Query = "mole"
	_, err = d.SaveWatch(d.ctx, w)
	d.must(err)
	late := w
	late.Query = "quay" // somebody went through what the query before found
	_, err = d.Judged(d.ctx, late, nil, Noon)
	d.must(err)
	edited(true)
	d.must(d.Outgrown(d.ctx, w.ID, []int64{old.Page}))
	if ms, err := d.MatchesOf(d.ctx, w.ID, 9); err != nil || len(ms) != 1 || ms[0].Article != old.Page {
		t.Errorf("what is found again: %+v, %v", ms, err)
	}
}
