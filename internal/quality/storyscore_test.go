package quality

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"time"

	"marsad/corpus"
	"marsad/news"
	"marsad/sketch"
)

// bcubed scores clusters by the mean precision and recall of an item's company (Bagga and Baldwin 1998). Only pairs that count pass
// the filter; an item without such company on either side counts nothing.
func bcubed(got, want []int, counts func(i, j int) bool) (s grouped) {
	var pn, rn float64
	for i := range got {
		var same, inGot, inWant float64
		for j := range got {
			g, w := got[i] == got[j], want[i] == want[j]
			if !g && !w || !counts(i, j) {
				continue
			}
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
			s.p, pn = s.p+same/inGot, pn+1
		}
		if inWant > 0 {
			s.r, rn = s.r+same/inWant, rn+1
		}
	}
	s.p, s.r, s.items = quotient(s.p, pn), quotient(s.r, rn), int(rn)
	s.f = quotient(2*s.p*s.r, s.p+s.r)
	return s
}

// grouped is the score of a clustering.
type grouped struct {
	p, r, f float64
	items   int
}

func quotient(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// happeningsOf numbers the true clusters.
func happeningsOf(items []toldItem) []int {
	number := map[*corpus.Happening]int{}
	out := make([]int, len(items))
	for i, it := range items {
		n, ok := number[it.item.Happening]
		if !ok {
			n = len(number)
			number[it.item.Happening] = n
		}
		out[i] = n
	}
	return out
}

// grouping scores one clustering of the corpus: within each language, and between languages.
func grouping(items []toldItem, got []int, use func(i int) bool) (within, across grouped) {
	want := happeningsOf(items)
	lang := func(i int) string { return items[i].item.Outlet.Lang }
	within = bcubed(got, want, func(i, j int) bool { return use(i) && lang(i) == lang(j) })
	across = bcubed(got, want, func(i, j int) bool { return use(i) && lang(i) != lang(j) })
	return within, across
}

// byLanguages gives the score of every language and pair of languages.
func byLanguages(items []toldItem, got []int) (lines []string) {
	want := happeningsOf(items)
	langs := []string{"ar", "en", "es", "fr", "ru", "zh"}
	lang := func(i int) string { return items[i].item.Outlet.Lang }
	for i, a := range langs {
		for _, b := range langs[i:] {
			s := bcubed(got, want, func(i, j int) bool { return lang(i) == a && lang(j) == b || lang(i) == b && lang(j) == a })
			lines = append(lines, fmt.Sprintf("%s-%s P %.3f R %.3f F1 %.3f, %d items", a, b, s.p, s.r, s.f, s.items))
		}
	}
	return lines
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
			if !related && v.sameWords(i, int(l.Other-1)) {
				continue // two reports that came to say the same are a copy for all that can be seen
			}
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

// translationsByLanguages gives what was found of the translations between every two languages, all halves together.
func (v *verdict) translationsByLanguages() (lines []string) {
	of := map[string]*storyTally{}
	for i, it := range v.items {
		tally := func(o *corpus.Item) *storyTally {
			a, b := it.item.Outlet.Lang, o.Outlet.Lang
			pair := min(a, b) + "-" + max(a, b)
			if of[pair] == nil {
				of[pair] = &storyTally{}
			}
			return of[pair]
		}
		truth := map[*corpus.Item]news.LinkKind{}
		for _, l := range it.truth.Links {
			truth[l.Other] = l.Kind
		}
		hit := false
		for _, l := range v.links[i] {
			if o := v.items[l.Other-1].item; l.Kind == news.Translation {
				c := tally(o)
				c.found++
				if truth[o] == news.Translation {
					c.right++
					hit = true
				}
			}
		}
		if it.item.Relation == corpus.Translation {
			c := tally(it.item.Of)
			c.there++
			if hit {
				c.hit++
			}
		}
	}
	for _, pair := range slices.Sorted(maps.Keys(of)) {
		c := of[pair]
		lines = append(lines, fmt.Sprintf("translations %s P %.3f of %.0f, R %.3f of %.0f", pair, c.precision(), c.found, c.recall(), c.there))
	}
	return lines
}

// sameWords tells whether half of the runs of words of either text stand in the other.
func (v *verdict) sameWords(i, j int) bool {
	a := sketch.Set(sketch.Shingles(nil, v.items[i].input.Doc))
	b := sketch.Set(sketch.Shingles(nil, v.items[j].input.Doc))
	return max(sketch.Containment(a, b), sketch.Containment(b, a)) >= .4
}

// unlike counts the happenings that name another which they must not be taken for, and those of them that no story mixes with it.
func (v *verdict) unlike(note func(string)) (c storyTally) {
	in := map[string]map[int64]bool{}
	for i, it := range v.items {
		h := it.item.Happening.ID
		if in[h] == nil {
			in[h] = map[int64]bool{}
		}
		in[h][v.story[i]] = true
	}
	seen := map[*corpus.Happening]bool{}
	for _, it := range v.items {
		h := it.item.Happening
		if h.Unlike == "" || seen[h] {
			continue
		}
		seen[h] = true
		c.there++
		mixed := false
		for s := range in[h.ID] {
			mixed = mixed || in[h.Unlike][s]
		}
		if mixed {
			note("mixed: " + h.ID + " and " + h.Unlike)
			continue
		}
		c.hit++
	}
	return c
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
