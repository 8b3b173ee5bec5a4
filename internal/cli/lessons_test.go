package cli

import (
	"context"
	"reflect"
	"testing"
	"time"

	"marsad/internal/store"
	"marsad/news"
	"marsad/story"
	"marsad/wire"
)

// TestLessons says what people can say of stories and reads what there is to learn from it.
func TestLessons(t *testing.T) {
	ctx := context.Background()
	a := newArchive(t)
	one := a.put(noon, 0, false)
	with := a.put(noon.Add(time.Minute), one, false)
	two := a.put(noon.Add(2*time.Minute), 0, false)
	a.put(noon.Add(3*time.Hour), one, false) // after all that is said below
	say := func(by string, c story.Correction, moves []story.Move, stories ...news.Story) int64 {
		var ps []news.Placement
		for _, m := range moves {
			ps = append(ps, news.Placement{Article: m.Article, Story: m.To})
		}
		id, err := a.Correct(ctx, store.Correction{Said: noon.Add(time.Hour), By: by, Done: story.Corrected{Correction: c, Moves: moves}}, store.Effect{Stories: stories, Placements: ps})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	undo := func(id int64, by string) {
		if err := a.Uncorrect(ctx, id, by, noon.Add(2*time.Hour), store.Effect{}); err != nil {
			t.Fatal(err)
		}
	}
	apart := story.Correction{Kind: story.DistinctStory, Stories: []int64{one, two}}
	split := story.Correction{Kind: story.SplitStory, Articles: []int64{with}}
	to := []story.Move{{Article: with, From: one, To: 50}}
	say("editor", apart, nil)
	say("editor", split, to, news.Story{ID: 50})
	undo(say("editor", apart, nil), "editor")
	say("", split, to)
	undo(say("", split, to), "admin")
	say("editor", story.Correction{Kind: story.MergeStories, Stories: []int64{two, one}}, []story.Move{{Article: one, From: one, To: two}}, news.Story{ID: one, Merged: two})

	var got []wire.Lesson
	if err := lessons(ctx, a.Store, time.Time{}, noon.AddDate(0, 0, 1), func(l wire.Lesson) error { got = append(got, l); return nil }); err != nil {
		t.Fatal(err)
	}
	ids := func(es []wire.Entry) (out []int64) {
		for _, e := range es {
			out = append(out, e.ID)
		}
		return out
	}
	type lesson struct {
		kind, by    string
		same        bool
		left, right []int64
	}
	want := []lesson{
		{"apart", "editor", false, []int64{one, with}, []int64{two}},
		{"split", "editor", false, []int64{one}, []int64{with}},
		{"undone-split", "admin", true, []int64{one}, []int64{with}},
		{"merge", "editor", true, []int64{two}, []int64{one}},
	}
	if len(got) != len(want) {
		t.Fatalf("%d lessons: %+v", len(got), got)
	}
	for i, w := range want {
		l := got[i]
		if g := (lesson{l.Kind, l.By, l.Same, ids(l.Left), ids(l.Right)}); !reflect.DeepEqual(g, w) {
			t.Errorf("got %+v, want %+v", g, w)
		}
	}
}
