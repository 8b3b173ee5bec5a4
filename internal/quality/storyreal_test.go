package quality

import (
	"os"
	"testing"

	"marsad/story"
)

// placeHalves places them in order and gives each its story.
func placeHalves(hs []Half) []int {
	w := story.NewWindow(story.Options{})
	last := map[int64]int64{}
	out := make([]int, len(hs))
	for i, h := range hs {
		p, changed := w.Place(h.Input(int64(i + 1)))
		out[i] = int(p.Story)
		for _, s := range changed {
			if s.Merged != 0 {
				last[s.ID] = s.Merged
			}
		}
	}
	for i, id := range out {
		for last[int64(id)] != 0 {
			id = int(last[int64(id)])
		}
		out[i] = id
	}
	return out
}

// TestStoryReal cuts real texts in halves and sees which find each other. Campaign reports of one year, about the same few people,
// are the hard ones, and nothing was learnt from them.
func TestStoryReal(t *testing.T) {
	texts, err := Reals(labelled(t))
	if err != nil {
		t.Fatal(err)
	}
	hs := Halves(texts, storyBase)
	got := placeHalves(hs)
	want := make([]int, len(hs))
	for i, h := range hs {
		want[i] = h.Of
	}
	for _, part := range []struct {
		name         string
		use          func(h Half) bool
		floor, pairs float64
	}{
		{"campaign", func(h Half) bool { return h.Campaign() }, .855, .65},
		{"pages", func(h Half) bool { return !h.Campaign() }, .865, .6},
		{"english", func(h Half) bool { return h.Lang == "en" }, .865, .65},
		{"other-languages", func(h Half) bool { return h.Lang != "en" }, .87, .66},
	} {
		use := func(i int) bool { return part.use(hs[i]) }
		b := bcubed(got, want, func(i, j int) bool { return use(i) && use(j) })
		p := pairwise(got, want, use)
		measureStory(t, "real/"+part.name+"/stories", b.f, 0, .95, part.floor)
		measureStory(t, "real/"+part.name+"/pairs", p.f, 0, 0, part.pairs)
		t.Logf("real/%s: B3 P %.3f R %.3f F %.3f; pairs P %.3f R %.3f F %.3f; %d items", part.name, b.p, b.r, b.f, p.p, p.r, p.f, b.items)
	}
	for i := range hs {
		for j := range i {
			if got[i] == got[j] && want[i] != want[j] {
				note(t, "joined: %s | %s (%s | %s)", hs[i].ID, hs[j].ID, hs[i].Headline, hs[j].Headline)
			}
		}
	}
}

// note says a line that is asked for by MISSES.
func note(t testing.TB, format string, args ...any) {
	if os.Getenv("MISSES") == "story" {
		t.Logf(format, args...)
	}
}

// pairwise scores a clustering by the pairs of items that it puts together.
func pairwise(got, want []int, use func(i int) bool) (s grouped) {
	var both, said, there float64
	for i := range got {
		for j := range i {
			if !use(i) || !use(j) {
				continue
			}
			g, w := got[i] == got[j], want[i] == want[j]
			if g {
				said++
			}
			if w {
				there++
			}
			if g && w {
				both++
			}
		}
	}
	s.p, s.r = quotient(both, said), quotient(both, there)
	s.f = quotient(2*s.p*s.r, s.p+s.r)
	return s
}
