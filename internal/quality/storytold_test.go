package quality

import (
	"strings"
	"testing"

	"marsad/news"
	"marsad/story"
)

// toldVerdict is what the window says of a set of told reports: the story of each, and the first reporter of every story.
type toldVerdict struct {
	reports []Told
	story   []int
	first   map[int]int // story -> the report that was first
	joiners int         // texts of no single happening that made one story of two
}

func placeTold(t *testing.T, set string) toldVerdict {
	reports, err := ReadTold(set)
	if err != nil {
		t.Fatal(err)
	}
	w, outlets, stories := story.NewWindow(story.Options{}), map[string]int64{}, map[int64]news.Story{}
	v := toldVerdict{reports: reports, first: map[int]int{}}
	for i, r := range reports {
		if outlets[r.Outlet] == 0 {
			outlets[r.Outlet] = int64(len(outlets) + 1)
		}
		p, changed := w.Place(r.Input(int64(i+1), outlets[r.Outlet]))
		v.story = append(v.story, int(p.Story))
		if r.Alone() && len(p.Merged) > 0 {
			v.joiners++
		}
		for _, s := range changed {
			stories[s.ID] = s
		}
	}
	for i, id := range v.story {
		s := stories[int64(id)]
		for s.Merged != 0 {
			s = stories[s.Merged]
		}
		v.story[i] = int(s.ID)
		v.first[int(s.ID)] = int(s.First) - 1
	}
	return v
}

// TestStoryTold measures short reports of what really happened, in our own words.
func TestStoryTold(t *testing.T) {
	open, sealed := ToldSets()
	for _, set := range append(open, sealed...) {
		v := placeTold(t, set)
		floor := toldFloors[set]
		measureStory(t, "told/"+set+"/stories", v.b3().f, 0, .95, floor[0])
		measureStory(t, "told/"+set+"/first", v.firsts().recall(), 0, .95, floor[1])
		measureStory(t, "told/"+set+"/apart", 1-v.mixed(), 0, .95, floor[2])
		if v.joiners > 0 {
			t.Errorf("%s: %d summaries of the day or opinions made one story of two", set, v.joiners)
		}
		b := v.b3()
		t.Logf("  P %.3f R %.3f, %d reports", b.p, b.r, b.items)
		if set != sealed[0] {
			v.misses(func(s string) { note(t, "%s", s) })
		}
	}
}

// toldFloors are pinned: stories, first reporters, happenings whose story holds no other.
var toldFloors = map[string][3]float64{
	"2024-june":   {.93, .85, .75},
	"2024-july":   {.96, .93, .88},
	"2025-spring": {.945, .88, .8},
	"2025-winter": {.93, .92, .86},
}

func (v toldVerdict) b3() grouped {
	number, want := map[string]int{}, make([]int, len(v.reports))
	for i, r := range v.reports {
		if number[r.Of] == 0 {
			number[r.Of] = len(number) + 1
		}
		want[i] = number[r.Of]
	}
	return bcubed(v.story, want, func(i, j int) bool { return !v.reports[i].Alone() && !v.reports[j].Alone() })
}

// firsts tells of how many happenings the earliest report is the first of its story.
func (v toldVerdict) firsts() (c storyTally) {
	seen := map[string]bool{}
	for i, r := range v.reports {
		if r.Alone() || seen[r.Of] {
			continue
		}
		seen[r.Of] = true
		c.there++
		if v.first[v.story[i]] == i {
			c.hit++
		}
	}
	return c
}

// mixed is the share of happenings that stand in a story with another.
func (v toldVerdict) mixed() float64 {
	of, bad := map[int]map[string]bool{}, map[string]bool{}
	all := map[string]bool{}
	for i, r := range v.reports {
		if r.Alone() {
			continue
		}
		if of[v.story[i]] == nil {
			of[v.story[i]] = map[string]bool{}
		}
		of[v.story[i]][r.Of] = true
		all[r.Of] = true
	}
	for _, s := range of {
		for h := range s {
			if len(s) > 1 {
				bad[h] = true
			}
		}
	}
	return quotient(float64(len(bad)), float64(len(all)))
}

// misses tells of every story of two happenings, and every happening of two stories.
func (v toldVerdict) misses(note func(string)) {
	inStory, ofHappening := map[int][]string{}, map[string]map[int]bool{}
	for i, r := range v.reports {
		if r.Alone() {
			continue
		}
		inStory[v.story[i]] = append(inStory[v.story[i]], r.Of+"/"+r.Lang)
		if ofHappening[r.Of] == nil {
			ofHappening[r.Of] = map[int]bool{}
		}
		ofHappening[r.Of][v.story[i]] = true
	}
	for _, in := range inStory {
		first, _, _ := strings.Cut(in[0], "/")
		for _, s := range in {
			if !strings.HasPrefix(s, first+"/") {
				note("joined: " + strings.Join(in, " "))
				break
			}
		}
	}
	for h, in := range ofHappening {
		if len(in) > 1 {
			note("parted: " + h)
		}
	}
}
