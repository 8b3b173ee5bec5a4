package storetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/internal/store"
	"marsad/news"
)

// together tells what waits of one story to one reader in one letter, whatever happens between.
func together(t *testing.T, d *desk) {
	to, other := d.reader("x@example.org"), d.reader("y@example.org")
	of := func(id string, to, story int64, due time.Duration) news.Notice {
		n := d.notice(id, to)
		n.Story, n.Due = story, Noon.Add(due)
		return n
	}
	a, b, c := of("a", to, 7, 0), of("b", to, 7, time.Second), of("c", to, 7, time.Hour)
	d.must(d.AddNotices(d.ctx, []news.Notice{a, b, c, of("other story", to, 8, 0), of("other reader", other, 7, 0), of("no story", to, 0, 0)}))
	leased, err := d.LeaseNotices(d.ctx, Noon.Add(time.Minute), 9, time.Minute)
	d.must(err)
	var ids []string
	for _, v := range leased {
		ids = append(ids, v.Notice.ID)
	}
	d.same("b waits for a, which may tell it", ids, []string{"a", "no story", "other reader", "other story"})
	look := func(n news.Notice, now time.Duration, waiting, told []news.Notice) {
		t.Helper()
		w, in, err := d.Together(d.ctx, n, Noon.Add(now))
		d.must(err)
		d.same("waiting", append([]news.Notice{}, w...), append([]news.Notice{}, waiting...))
		d.same("told", append([]news.Notice{}, in...), append([]news.Notice{}, told...))
	}
	look(a, time.Minute, []news.Notice{b, c}, nil)
	look(b, time.Minute, []news.Notice{c}, nil) // a is under way
	d.must(d.TellIn(d.ctx, "a", []string{"b", "a", "none"}, Noon.Add(time.Minute)))
	look(a, time.Minute, []news.Notice{c}, []news.Notice{b})
	// Nobody composed a, and what it was to tell goes on with it.
	d.must(d.TellIn(d.ctx, "c", []string{"a"}, Noon.Add(time.Hour)))
	look(c, time.Hour, nil, []news.Notice{a, b})
	v := leased[0]
	v.State, v.Attempts = news.Sent, 1
	d.must(d.Settle(d.ctx, v)) // by a worker that is too late
	row, err := d.Delivery(d.ctx, "a")
	d.must(err)
	if row.Delivery.State != news.Told || row.Delivery.Reply != "c" || row.Delivery.Done.IsZero() {
		t.Fatalf("what is told in another's letter is %+v", row.Delivery)
	}
	_, err = d.Freeze(d.ctx, "c", []byte("m"))
	d.must(err)
	late := of("late", to, 7, 0)
	d.must(d.AddNotices(d.ctx, []news.Notice{late}))
	d.must(d.TellIn(d.ctx, "c", []string{"late"}, Noon.Add(time.Hour)))
	look(c, time.Hour, []news.Notice{late}, []news.Notice{a, b}) // the letter is written
	leased, err = d.LeaseNotices(d.ctx, Noon.Add(2*time.Hour), 9, time.Minute)
	d.must(err)
	if !slices.ContainsFunc(leased, func(v news.Delivery) bool { return v.Notice.ID == "late" }) {
		t.Fatal("what came too late for a letter waits for nothing")
	}
}

// neverBesideEachOther lets two workers ask for what is due of one story to one reader, in every way in which they may: while one writes
// a letter the other gets nothing of it, and finds it when the first has written.
func neverBesideEachOther(t *testing.T, d *desk) {
	source := d.source("Quay Gazette")
	d.article(source, 1, 8, "the part")
	whole := d.result(d.page(source, 2), 7, "the whole")
	part := whole.Stories[0]
	part.ID, part.Merged = 8, 7
	whole.Stories, whole.Placement.Merged = append(whole.Stories, part), []int64{8}
	d.must(d.Commit(d.ctx, whole))
	for _, c := range []struct {
		what          string
		due           time.Duration // of b, which was planned after a
		story         int64         // its story
		first, second string        // what a worker asks for; "": what is due
		want          string        // who is written of first
	}{
		{"what is urgent, at once", 0, 7, "b a", "", "a"},
		{"what is urgent beside what is due", 0, 7, "", "b", "a"},
		{"what is due beside what is urgent", 0, 7, "b", "", "b"},
		{"what is urgent, one after the other", 0, 7, "b", "a", "b"},
		{"the first in turn beside what breaks", time.Second, 7, "b", "", "b"},
		{"a part of the story beside the whole", 0, 8, "", "", "a"},
		{"a part of it that is urgent", 0, 8, "b", "", "b"},
		{"both of them urgent", 0, 8, "a b", "", "a"},
	} {
		now, to := Noon.Add(time.Second), d.reader(c.what+"@example.org")
		a, b := d.notice(c.what+" a", to), d.notice(c.what+" b", to)
		a.Story, b.Story, b.Planned, b.Due = 7, c.story, Noon.Add(time.Microsecond), Noon.Add(c.due)
		d.must(d.AddNotices(d.ctx, []news.Notice{a, b}))
		lease := func(asked string) (ids []string) {
			for _, id := range strings.Fields(asked) {
				ids = append(ids, c.what+" "+id)
			}
			vs, err := d.LeaseThese(d.ctx, ids, now, time.Minute)
			if asked == "" {
				vs, err = d.LeaseNotices(d.ctx, now, 9, time.Minute)
			}
			d.must(err)
			ids = nil
			for _, v := range vs {
				ids = append(ids, v.Notice.ID)
			}
			return ids
		}
		one, two := lease(c.first), lease(c.second)
		if len(one) != 1 || one[0] != c.what+" "+c.want || len(two) != 0 {
			t.Errorf("%s: one worker has %q, the other %q", c.what, one, two)
		}
		_, err := d.Freeze(d.ctx, c.what+" "+c.want, []byte("written"))
		d.must(err)
		if two = lease(""); len(two) != 1 || two[0] == c.what+" "+c.want {
			t.Errorf("%s: when the letter is written there is %q for the other", c.what, two)
		}
		for _, n := range []news.Notice{a, b} {
			d.must(d.Settle(d.ctx, news.Delivery{Notice: n, State: news.Sent, Done: now}))
		}
	}
}

// leaseThese leases what is asked for, in that order, as far as it is due and nobody else has it; frozen together it is as frozen alone.
func leaseThese(t *testing.T, d *desk) {
	to := d.reader("x@example.org")
	later := d.notice("later", to)
	later.Due = Noon.Add(time.Hour)
	d.must(d.AddNotices(d.ctx, []news.Notice{d.notice("a", to), d.notice("b", to), d.notice("c", to), later}))
	got, err := d.LeaseThese(d.ctx, []string{"c", "a", "later", "none"}, Noon, time.Minute)
	d.must(err)
	if len(got) != 2 || got[0].Notice.ID != "c" || got[1].Notice.ID != "a" || got[0].State != news.Waiting {
		t.Fatalf("leased %+v", got)
	}
	got, err = d.LeaseThese(d.ctx, []string{"a", "b"}, Noon, time.Minute)
	d.must(err)
	if len(got) != 1 || got[0].Notice.ID != "b" {
		t.Fatalf("leased %+v", got)
	}
	stored, err := d.FreezeAll(d.ctx, []store.Composed{{Notice: "a", Message: []byte("first")}, {Notice: "none", Message: []byte("x")}})
	d.must(err)
	d.same("frozen", stored, [][]byte{[]byte("first"), nil})
	stored, err = d.FreezeAll(d.ctx, []store.Composed{{Notice: "a", Message: []byte("second")}, {Notice: "b", Message: []byte("b")}})
	d.must(err)
	d.same("frozen", stored, [][]byte{[]byte("first"), []byte("b")})
	got, err = d.LeaseThese(d.ctx, []string{"a", "c"}, Noon.Add(2*time.Minute), time.Minute)
	d.must(err)
	if len(got) != 2 || got[0].Repeats != 1 || got[1].Repeats != 0 {
		t.Fatalf("leases that ran out: %+v", got)
	}
}
