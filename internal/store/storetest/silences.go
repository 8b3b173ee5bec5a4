package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

// watched is a commit of a new article that a watch is silent about, or tells.
func (d *desk) watched(source int64, n int, story, watch, reader int64, kind string) store.Result {
	d.Helper()
	r := d.result(d.page(source, n), story, "words about the harbour")
	r.Matches = []news.Match{{Watch: watch, Article: r.Page, Spans: []news.Span{{Start: 16, End: 23}}}}
	if kind == "" {
		v := d.notice(fmt.Sprint("n", n), reader)
		v.Watch, v.Story, v.Article = watch, r.Placement.Story, r.Page
		r.Notices = []news.Notice{v}
	} else {
		r.Silences = []news.Silence{{Watch: watch, Recipient: reader, Story: r.Placement.Story, Article: r.Page, Kind: kind, First: d.now, Last: d.now, Times: 1}}
	}
	d.must(d.Commit(d.ctx, r))
	return r
}

func (d *desk) decided(f store.DecisionFilter) []string {
	d.Helper()
	ds, err := d.Decisions(d.ctx, f)
	d.must(err)
	var out []string
	for _, v := range ds {
		kind := v.Silence.Kind
		if v.Delivery != nil {
			kind = string(v.Delivery.Notice.Kind)
		}
		out = append(out, fmt.Sprint(kind, " ", v.Story))
	}
	return out
}

func silences(t *testing.T, d *desk) {
	src, reader := d.source("a"), d.reader("x@example.org")
	watch, err := d.SaveWatch(d.ctx, news.Watch{Name: "w", Query: "harbour", Recipients: []int64{reader}})
	d.must(err)
	first := d.watched(src, 1, 0, watch, reader, "")
	story := first.Placement.Story
	d.now = d.now.Add(time.Minute)
	d.watched(src, 2, story, watch, reader, "told")
	d.now = d.now.Add(time.Minute)
	last := d.watched(src, 3, story, watch, reader, "told")
	old := d.watched(src, 4, 0, watch, reader, "old")
	d.watched(src, 5, 0, 4711, reader, "old") // of a watch that is gone
	ds, err := d.Decisions(d.ctx, store.DecisionFilter{Watch: watch})
	d.must(err)
	if len(ds) != 3 || ds[2].Delivery == nil || ds[2].Delivery.Notice.ID != "n1" || ds[2].Delivery.State != news.Waiting {
		t.Fatalf("%+v", ds)
	}
	i := slices.IndexFunc(ds, func(v store.Decision) bool { return v.Silence.Kind == "told" })
	if i < 0 {
		t.Fatalf("%+v", ds)
	}
	told := ds[i]
	d.same("what happens again is one silence", told.Silence, news.Silence{Watch: watch, Recipient: reader, Story: story, Article: last.Page, Kind: "told",
		First: Noon.Add(time.Minute), Last: Noon.Add(2 * time.Minute), Times: 2})
	d.same("beside it", told.Entry, &store.Brief{Article: last.Page, Headline: last.Article.Headline, Lang: "en", Source: "a", Words: []string{"harbour"}})
	if told.Recipient.Address != "x@example.org" || told.Watch.Name != "w" || told.Headline == "" {
		t.Fatalf("%+v", told)
	}
	d.same("of a story", d.decided(store.DecisionFilter{Story: story}), []string{fmt.Sprint("told ", story), fmt.Sprint("first-match ", story)})
	for n, f := range map[int]store.DecisionFilter{2: {Watches: []int64{watch}}, 1: {Watches: []int64{watch}, Only: "told"}, 0: {Watches: []int64{99}, Recipients: []int64{99}}} {
		f.Story = story
		if got := len(d.decided(f)); got != n {
			t.Errorf("%+v: %d decisions, want %d", f, got, n)
		}
	}
	d.same("to a reader", len(d.decided(store.DecisionFilter{Story: story, Watches: []int64{99}, Recipients: []int64{reader}})), 2)
	d.same("told", d.decided(store.DecisionFilter{Watch: watch, Only: "told"}), []string{fmt.Sprint("first-match ", story)})
	d.same("by reason", d.decided(store.DecisionFilter{Watch: watch, Kind: "old"}), []string{fmt.Sprint("old ", old.Placement.Story)})
	var paged []string
	for after := ""; ; {
		page, err := d.Decisions(d.ctx, store.DecisionFilter{Watch: watch, After: after, N: 1})
		d.must(err)
		if len(page) == 0 {
			break
		}
		after = page[0].Key
		paged = append(paged, after)
	}
	if len(paged) != 3 || paged[0] != ds[0].Key || paged[2] != ds[2].Key {
		t.Fatalf("page by page: %v", paged)
	}
	_, err = d.Decisions(d.ctx, store.DecisionFilter{Watch: watch, After: "nonsense"})
	d.kind(err, fault.Invalid)
	_, err = d.Decisions(d.ctx, store.DecisionFilter{})
	d.kind(err, fault.Invalid)
	noise, err := d.Noise(d.ctx, []int64{watch, 4711}, Noon.Add(-time.Hour))
	d.must(err)
	d.same("noise", noise, map[int64]store.Noise{watch: {Found: 4, Letters: 1, Silent: 1}})
	d.must(d.Cancel(d.ctx, "n1", "by hand"))
	d.same("what was cancelled was not told", d.decided(store.DecisionFilter{Watch: watch, Only: "told"}), []string(nil))
	d.must(d.DeleteWatch(d.ctx, watch))
	d.same("of a watch that is gone", d.decided(store.DecisionFilter{Watch: watch, Only: "silent"}), []string{fmt.Sprint("first-match ", story)})
}

func silencesGo(t *testing.T, d *desk) {
	src, reader := d.source("a"), d.reader("x@example.org")
	var watches []int64
	for range 2 {
		id, err := d.SaveWatch(d.ctx, news.Watch{Name: "w"})
		d.must(err)
		watches = append(watches, id)
	}
	for n := range 20 {
		d.now = Noon.Add(time.Duration(n) * time.Hour)
		d.watched(src, n+1, 0, watches[n/15], reader, "old")
	}
	left := func() (ns []int) {
		for _, w := range watches {
			ns = append(ns, len(d.decided(store.DecisionFilter{Watch: w, N: 100})))
		}
		return ns
	}
	for _, c := range []struct {
		before     time.Time
		each, most int
		gone       int
		left       []int
	}{
		{Noon, 20, 20, 0, []int{15, 5}}, {Noon.Add(2 * time.Hour), 20, 20, 2, []int{13, 5}}, {Noon, 10, 20, 3, []int{10, 5}}, {Noon, 10, 12, 3, []int{7, 5}},
	} {
		n, err := d.LetSilencesGo(d.ctx, c.before, c.each, c.most)
		d.must(err)
		d.same("gone", n, c.gone)
		d.same("left", left(), c.left)
	}
}

// silencesMoved joins stories, and finds what was decided of either under the one.
func silencesMoved(t *testing.T, d *desk) {
	src, reader := d.source("a"), d.reader("x@example.org")
	watch, err := d.SaveWatch(d.ctx, news.Watch{Name: "w"})
	d.must(err)
	one := d.watched(src, 1, 0, watch, reader, "old").Placement.Story
	two := d.watched(src, 2, 0, watch, reader, "told").Placement.Story
	three := d.watched(src, 3, 0, watch, reader, "").Placement.Story
	r := d.result(d.page(src, 4), one, "more")
	r.Placement.Merged = []int64{two, three}
	d.must(d.Commit(d.ctx, r))
	want := []string{fmt.Sprint("first-match ", one), fmt.Sprint("old ", one), fmt.Sprint("told ", one)}
	for _, id := range []int64{one, two, three} {
		d.same("of the whole", d.decided(store.DecisionFilter{Story: id}), want)
	}
	digest := d.notice("d", reader)
	digest.Kind, digest.Watch = news.DigestSlot, watch
	d.must(d.AddNotices(d.ctx, []news.Notice{digest}))
	d.must(d.Because(d.ctx, "d", []news.Reason{{Kind: "story", Words: []string{"x"}, Value: float64(two)}}))
	if got := d.decided(store.DecisionFilter{Story: three, Only: "told"}); !slices.Equal(got, []string{"digest 0", want[0]}) {
		t.Fatalf("with a digest that tells a part: %q", got)
	}
	d.same("of another story", d.decided(store.DecisionFilter{Story: d.article(src, 9, 0, "x").Placement.Story}), []string(nil))
}
