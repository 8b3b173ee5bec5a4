package quality

import (
	"fmt"
	"hash/fnv"
	"os"
	"sort"
	"strings"
	"testing"
	"time"

	"marsad/analysis"
	"marsad/corpus"
	"marsad/entity"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/story"
	"marsad/text"
)

// storyBase is the day on which the corpus begins for these measures.
var storyBase = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// told is an item of the corpus as the desk would have it.
type toldItem struct {
	input story.Input
	item  *corpus.Item
	truth corpus.Truth
}

// storyCorpus analyses every item as the desk does, in the order of publication.
func storyCorpus(t testing.TB) []toldItem {
	c, err := corpus.Load()
	if err != nil {
		t.Fatal(err)
	}
	pubs, err := c.At(storyBase)
	if err != nil {
		t.Fatal(err)
	}
	sources := map[string]int64{}
	for i, o := range c.Outlets {
		sources[o.ID] = int64(i + 1)
	}
	names := entity.Default()
	out := make([]toldItem, len(pubs))
	for i, p := range pubs {
		a := p.Truth.Article
		a.ID, a.SourceID = int64(i+1), sources[p.Outlet.ID]
		doc := text.Analyze(a.Text, pack.For(a.Lang))
		out[i] = toldItem{item: p.Item, truth: p.Truth, input: story.Input{
			Article: a, Doc: doc, Analysis: analysis.Of(a, doc, names),
			Source:  news.Source{ID: a.SourceID, Name: p.Outlet.Name, Home: "http://" + p.Outlet.Host, Lang: p.Outlet.Lang},
			Arrived: p.Published.Add(2 * time.Minute),
		}}
	}
	return out
}

// sealedStory tells whether a happening belongs to the half that nothing is learnt from. Happenings that must not be taken for each other
// stand in one half, under the least of their names; tools/storyweights cuts in the same way.
func sealedStory(h *corpus.Happening) bool {
	f := fnv.New32a()
	f.Write([]byte(kin(h)))
	return f.Sum32()%2 == 1
}

// kin gives the least id among a happening and those that it is unlike, however far.
func kin(h *corpus.Happening) string {
	c, err := corpus.Load()
	if err != nil {
		return h.ID
	}
	least := map[string]bool{h.ID: true}
	for grown := true; grown; {
		grown = false
		for _, o := range c.Happenings {
			if o.Unlike != "" && least[o.ID] != least[o.Unlike] {
				least[o.ID], least[o.Unlike], grown = true, true, true
			}
		}
	}
	id := h.ID
	for o := range least {
		id = min(id, o)
	}
	return id
}

// verdict is what the window said of the corpus.
type verdict struct {
	items   []toldItem
	story   []int64 // of each item, once all are placed
	links   [][]news.Link
	stories map[int64]news.Story
	because []news.Placement
}

func judge(items []toldItem) verdict {
	w := story.NewWindow(story.Options{})
	v := verdict{items: items, stories: map[int64]news.Story{}}
	for _, it := range items {
		p, stories := w.Place(it.input)
		for _, s := range stories {
			v.stories[s.ID] = s
		}
		v.story = append(v.story, p.Story)
		v.links = append(v.links, p.Links)
		v.because = append(v.because, p)
	}
	for i, id := range v.story {
		for v.stories[id].Merged != 0 {
			id = v.stories[id].Merged
		}
		v.story[i] = id
	}
	return v
}

// measureStory prints a line of the report and fails where the floor is not met.
func measureStory(t *testing.T, name string, value, peer, bar, floor float64) {
	t.Helper()
	word := "ok"
	if value < bar {
		word = "short"
	}
	t.Logf("measure %s %.3f %.3f %.2f %s", name, value, peer, bar, word)
	if value < floor {
		t.Errorf("%s fell to %.3f, the floor is %.3f", name, value, floor)
	}
}

// storyFloors are pinned, in the order of the measures: a drop below fails.
var storyFloors = map[string][8]float64{
	"open":   {.97, .93, .99, .98, .68, .65, .97, .90},
	"sealed": {.97, .91, .99, .98, .55, .48, .97, .88},
}

// share is the part of the values that are at most a bound.
func share(values []float64, most float64) float64 {
	n := 0.0
	for _, v := range values {
		if v <= most {
			n++
		}
	}
	return quotient(n, float64(len(values)))
}

func TestStory(t *testing.T) {
	items := storyCorpus(t)
	v := judge(items)
	notes := func(s string) {
		if os.Getenv("MISSES") == "story" {
			t.Log(s)
		}
	}
	got := make([]int, len(items))
	for i, id := range v.story {
		got[i] = int(id)
	}
	for _, half := range []string{"open", "sealed"} {
		floor := storyFloors[half]
		use := func(i int) bool { return sealedStory(items[i].item.Happening) == (half == "sealed") }
		note := notes
		if half == "sealed" {
			note = func(string) {}
		}
		within, across := grouping(items, got, use)
		peerWithin, peerAcross := bestPeer(t, items, use)
		measureStory(t, half+"/stories-within", within.f, peerWithin, .95, floor[0])
		measureStory(t, half+"/stories-across", across.f, peerAcross, .90, floor[1])
		t.Logf("  within P %.3f R %.3f, across P %.3f R %.3f", within.p, within.r, across.p, across.r)
		c, tr, d := v.linkScores(use, note)
		measureStory(t, half+"/copies-precision", c.precision(), 0, .98, floor[2])
		measureStory(t, half+"/copies-recall", c.recall(), 0, .95, floor[3])
		measureStory(t, half+"/translations-precision", tr.precision(), 0, .85, floor[4])
		measureStory(t, half+"/translations-recall", tr.recall(), 0, .85, floor[5])
		measureStory(t, half+"/translations-direction", d.recall(), 0, .95, floor[6])
		measureStory(t, half+"/first", v.firsts(use, note).recall(), 0, .95, floor[7])
	}
	for _, l := range byLanguages(items, got) {
		t.Log("  " + l)
	}
	measureStory(t, "stories-unlike-kept-apart", v.unlike(notes).recall(), 0, .95, .8)
	b, delays := v.breaking(notes)
	measureStory(t, "breaking-caught", b.recall(), 0, .9, .75)
	measureStory(t, "breaking-days-without-false-alarm", 1-(b.found-b.right)/corpus.Days, 0, 0, .6)
	if len(delays) > 0 {
		measureStory(t, "breaking-at-the-second-source", share(delays, 60), 0, .5, .5)
	}
	v.report(notes)
}

// report lists wrong merges and splits of the open half.
func (v *verdict) report(note func(string)) {
	byStory := map[int64][]int{}
	byHappening := map[string]map[int64][]string{}
	for i, id := range v.story {
		byStory[id] = append(byStory[id], i)
		h := v.items[i].item.Happening
		if sealedStory(h) {
			continue
		}
		if byHappening[h.ID] == nil {
			byHappening[h.ID] = map[int64][]string{}
		}
		byHappening[h.ID][id] = append(byHappening[h.ID][id], strings.TrimPrefix(v.items[i].item.ID, h.ID+"/")+":"+v.items[i].item.Outlet.Lang)
	}
	var hs []string
	for h, parts := range byHappening {
		if len(parts) > 1 {
			hs = append(hs, fmt.Sprintf("split %s: %v", h, parts))
		}
	}
	for id, members := range byStory {
		happenings := map[string]int{}
		open := false
		for _, i := range members {
			happenings[v.items[i].item.Happening.ID]++
			open = open || !sealedStory(v.items[i].item.Happening)
		}
		if len(happenings) > 1 && open {
			hs = append(hs, fmt.Sprintf("merge %d: %v", id, happenings))
		}
	}
	sort.Strings(hs)
	for _, h := range hs {
		note(h)
	}
}
