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
	"marsad/sketch"
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

// bcubed scores clusters by the mean precision and recall of an item's company (Bagga and Baldwin 1998). Only pairs that count pass
// the filter; an item without such company on either side counts nothing.
func bcubed(n int, got, want func(i int) string, counts func(i, j int) bool) (p, r, f float64) {
	var ps, rs, pn, rn float64
	for i := range n {
		var same, inGot, inWant float64
		for j := range n {
			if !counts(i, j) {
				continue
			}
			g, w := got(i) == got(j), want(i) == want(j)
			if g {
				inGot++
			}
			if w {
				inWant++
			}
			if g && w {
				same++
			}
		}
		if inGot > 0 {
			ps, pn = ps+same/inGot, pn+1
		}
		if inWant > 0 {
			rs, rn = rs+same/inWant, rn+1
		}
	}
	p, r = quotient(ps, pn), quotient(rs, rn)
	return p, r, quotient(2*p*r, p+r)
}

func quotient(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// grouping scores one clustering of the corpus: within each language, and between languages.
func grouping(items []toldItem, got func(i int) string, use func(i int) bool) (within, across [3]float64) {
	want := func(i int) string { return items[i].item.Happening.ID }
	lang := func(i int) string { return items[i].item.Outlet.Lang }
	within[0], within[1], within[2] = bcubed(len(items), got, want, func(i, j int) bool { return use(i) && lang(i) == lang(j) })
	across[0], across[1], across[2] = bcubed(len(items), got, want, func(i, j int) bool { return use(i) && lang(i) != lang(j) })
	return within, across
}

// storyTally counts what was found, what of it was right, and what was there to find.
type storyTally struct{ found, right, there, hit float64 }

func (c storyTally) precision() float64 { return quotient(c.right, c.found) }
func (c storyTally) recall() float64    { return quotient(c.hit, c.there) }

// linkScores holds links against the truth. A copy is found when it is linked to any text from the same origin.
func (v *verdict) linkScores(use func(i int) bool, note func(string)) (copies, translations, directions storyTally) {
	index := map[*corpus.Item]int{}
	for i, it := range v.items {
		index[it.item] = i
	}
	for i, it := range v.items {
		if !use(i) {
			continue
		}
		truth := map[*corpus.Item]corpus.Link{}
		for _, l := range it.truth.Links {
			truth[l.Other] = l
		}
		var copied, translated bool
		for _, l := range v.links[i] {
			o := v.items[l.Other-1].item
			t, related := truth[o]
			switch l.Kind {
			case news.Duplicate, news.Copy:
				copies.found++
				if related && (t.Kind == news.Duplicate || t.Kind == news.Copy) {
					copies.right++
					copied = true
				} else {
					note(fmt.Sprintf("false %s %s <- %s %.2f (%v)", l.Kind, it.item.ID, o.ID, l.Score, t.Kind))
				}
			case news.Translation:
				translations.found++
				if related && t.Kind == news.Translation {
					translations.right++
					translated = true
					if t.Direction != news.Unknown {
						directions.there++
						if l.Direction == t.Direction {
							directions.hit++
						}
					}
				} else {
					note(fmt.Sprintf("false translation %s <- %s %.2f", it.item.ID, o.ID, l.Score))
				}
			}
		}
		switch it.item.Relation {
		case corpus.Copy, corpus.Duplicate:
			copies.there++
			if copied {
				copies.hit++
			} else {
				note(fmt.Sprintf("missed copy %s of %s", it.item.ID, it.item.Of.ID))
			}
		case corpus.Translation:
			translations.there++
			if translated {
				translations.hit++
			} else {
				note(fmt.Sprintf("missed translation %s of %s", it.item.ID, it.item.Of.ID))
			}
		}
	}
	return copies, translations, directions
}

// firsts counts the happenings whose first reporter was told right, in the story that holds most of its items.
func (v *verdict) firsts(use func(i int) bool, note func(string)) (c storyTally) {
	seen := map[*corpus.Happening]bool{}
	for i, it := range v.items {
		h := it.item.Happening
		if seen[h] || !use(i) || !it.item.Independent() {
			continue
		}
		seen[h] = true // items come in order of publication
		votes := map[int64]int{}
		best := v.story[i]
		for j, o := range v.items {
			if o.item.Happening == h {
				if votes[v.story[j]]++; votes[v.story[j]] > votes[best] {
					best = v.story[j]
				}
			}
		}
		c.there++
		if v.stories[best].First == it.input.Article.ID {
			c.hit++
		} else {
			note(fmt.Sprintf("first of %s is %s, told %d", h.ID, it.item.ID, v.stories[best].First))
		}
	}
	return c
}

// breaking counts the stories that broke which should, and how long after the report of their second independent outlet, in seconds;
// and those that should not have.
func (v *verdict) breaking(note func(string)) (c storyTally, delays []float64) {
	broke := map[*corpus.Happening]time.Time{}
	for i, it := range v.items {
		if s := v.stories[v.story[i]]; !s.Breaking.IsZero() {
			broke[it.item.Happening] = s.Breaking
		}
	}
	c.found = float64(len(broke))
	seen := map[*corpus.Happening]map[*corpus.Outlet]bool{}
	for _, it := range v.items {
		h := it.item.Happening
		if !h.Breaks || !it.item.Independent() || len(seen[h]) == 2 {
			continue
		}
		if seen[h] == nil {
			seen[h] = map[*corpus.Outlet]bool{}
		}
		if seen[h][it.item.Outlet] = true; len(seen[h]) < 2 {
			continue
		}
		c.there++
		at, ok := broke[h]
		if !ok {
			note("did not break: " + h.ID)
			continue
		}
		c.hit++
		c.right++
		delays = append(delays, at.Sub(it.input.Arrived).Seconds())
		note(fmt.Sprintf("broke: %s after %.0f s", h.ID, at.Sub(it.input.Arrived).Seconds()))
	}
	for h := range broke {
		if !h.Breaks {
			note("broke and should not: " + h.ID)
		}
	}
	sort.Float64s(delays)
	return c, delays
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

func TestStory(t *testing.T) {
	items := storyCorpus(t)
	v := judge(items)
	notes := func(s string) {
		if os.Getenv("MISSES") == "story" {
			t.Log(s)
		}
	}
	got := func(i int) string { return fmt.Sprint(v.story[i]) }
	for _, half := range []string{"open", "sealed"} {
		use := func(i int) bool { return sealedStory(items[i].item.Happening) == (half == "sealed") }
		note := notes
		if half == "sealed" {
			note = func(string) {}
		}
		within, across := grouping(items, got, use)
		best := bestPeer(items, use)
		measureStory(t, half+"/stories-within", within[2], best[0], .95, 0)
		measureStory(t, half+"/stories-across", across[2], best[1], .90, 0)
		t.Logf("  within P %.3f R %.3f, across P %.3f R %.3f", within[0], within[1], across[0], across[1])
		c, tr, d := v.linkScores(use, note)
		measureStory(t, half+"/copies-precision", c.precision(), 0, .98, 0)
		measureStory(t, half+"/copies-recall", c.recall(), 0, .95, 0)
		measureStory(t, half+"/translations-precision", tr.precision(), 0, .85, 0)
		measureStory(t, half+"/translations-recall", tr.recall(), 0, .85, 0)
		measureStory(t, half+"/translations-direction", d.recall(), 0, .95, 0)
		measureStory(t, half+"/first", v.firsts(use, note).recall(), 0, .95, 0)
	}
	b, delays := v.breaking(notes)
	measureStory(t, "breaking-caught", b.recall(), 0, .9, 0)
	t.Logf("measure breaking-false-alarms-a-day %.2f 0 1.00 ok", (b.found-b.right)/corpus.Days)
	if len(delays) > 0 {
		t.Logf("measure breaking-median-delay-s %.0f 0 60 ok", delays[len(delays)/2])
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

// peers are single-pass clusterers with one threshold: each article joins the story of its nearest predecessor, or opens one.
var storyPeers = map[string]func(items []toldItem) func(i, j int) float64{
	"tfidf": func(items []toldItem) func(i, j int) float64 { return tfidf(items) },
	"title": func(items []toldItem) func(i, j int) float64 {
		sets := make([]map[string]bool, len(items))
		for i, it := range items {
			sets[i] = map[string]bool{}
			for _, t := range text.Analyze(it.input.Article.Headline, pack.For(it.item.Outlet.Lang)).Tokens {
				if t.Kind != text.Mark {
					sets[i][t.Norm] = true
				}
			}
		}
		return func(i, j int) float64 {
			both := 0
			for w := range sets[i] {
				if sets[j][w] {
					both++
				}
			}
			return quotient(float64(both), float64(len(sets[i])+len(sets[j])-both))
		}
	},
	"minhash": func(items []toldItem) func(i, j int) float64 {
		signs := make([]sketch.Signature, len(items))
		for i, it := range items {
			signs[i], _ = sketch.MinHash(sketch.Shingles(nil, it.input.Doc))
		}
		return func(i, j int) float64 { return signs[i].Resemblance(&signs[j]) }
	},
}

// bestPeer gives the best F1 of any peer at any threshold, within and across languages: the threshold is chosen on the very data,
// in the peers' favour.
func bestPeer(items []toldItem, use func(i int) bool) (best [2]float64) {
	for _, like := range storyPeers {
		f := like(items)
		for at := .05; at < .95; at += .05 {
			got := singlePass(len(items), f, at)
			within, across := grouping(items, func(i int) string { return fmt.Sprint(got[i]) }, use)
			best[0], best[1] = max(best[0], within[2]), max(best[1], across[2])
		}
	}
	return best
}

func singlePass(n int, like func(i, j int) float64, at float64) []int {
	out := make([]int, n)
	for i := range n {
		out[i] = i
		near := at
		for j := range i {
			if s := like(i, j); s >= near {
				near, out[i] = s, out[j]
			}
		}
	}
	return out
}
