package story

import (
	"slices"

	"marsad/news"
)

// When a story falls in two. It takes much: joining begins at joinAt, becoming one at mergeAt, and what was split comes together again
// only by a person, so nothing swings.
const (
	splitBelow   = .15 // mean belief between the parts
	splitAbove   = .5  // mean belief within each
	splitLeast   = 6   // own reports of a story that is looked at
	splitReports = 24  // own reports that are asked, the latest
)

// Splits gives the stories that fall in two by what they hold now, as corrections to be given to [Window.Correct], stored and undone
// like a person's: the lesser part goes. Only stories with an article since the given time are looked at, those that opened first
// first; a window says the same whenever it holds the same. What a person made one stays one. It is for a desk to call now and
// then, not with every article.
func (w *Window) Splits(since int64) (out []Correction) {
	var ids []int64
	for id, c := range w.stories {
		if n := len(c.members); n >= splitLeast && !w.whole[id] && w.art(c.members[n-1]).arrived >= since {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		if part, between := w.parts(w.stories[id]); len(part) > 0 {
			out = append(out, Correction{
				Kind: SplitStory, Articles: part, Why: []news.Reason{{Kind: "apart", Value: between}},
			})
		}
	}
	return out
}

// parts finds the lesser of two parts of a story, the articles that follow its reports with them, and the mean belief between the
// parts; none where it is one.
func (w *Window) parts(c *cluster) (part []int64, between float64) {
	var own []*article
	for _, n := range c.members {
		if a := w.art(n); w.root(a) == a {
			own = append(own, a)
		}
	}
	if len(own) < splitLeast {
		return nil, 0
	}
	own = own[max(0, len(own)-splitReports):]
	belief := w.beliefs(own)
	x, y := farthest(belief)
	var side [2][]int
	for i := range own {
		k := 0
		if belief[i][y] > belief[i][x] {
			k = 1
		}
		side[k] = append(side[k], i)
	}
	lesser := side[0]
	if len(side[1]) < len(side[0]) {
		lesser = side[1]
	}
	between = meanOf(belief, side[0], side[1])
	if len(lesser) < 2 || between > splitBelow || min(meanOf(belief, side[0], side[0]), meanOf(belief, side[1], side[1])) < splitAbove {
		return nil, 0
	}
	goes := map[*article]bool{}
	for _, i := range lesser {
		goes[own[i]] = true
	}
	for _, n := range c.members {
		if a := w.art(n); goes[w.root(a)] {
			part = append(part, a.id)
		}
	}
	return part, between
}

// beliefs compares all with all.
func (w *Window) beliefs(own []*article) [][]float64 {
	out := make([][]float64, len(own))
	for i := range own {
		out[i] = make([]float64, len(own))
	}
	for i, a := range own {
		out[i][i] = 1
		r := w.reread(a)
		for j, b := range own[:i] {
			p := sameStory(w.compare(r, b), a.lang == b.lang)
			out[i][j], out[j][i] = p, p
		}
	}
	return out
}

// farthest gives the two that are least believed to be one.
func farthest(belief [][]float64) (x, y int) {
	y = len(belief) - 1
	for i := range belief {
		for j := range i {
			if belief[i][j] < belief[x][y] {
				x, y = j, i
			}
		}
	}
	return x, y
}

// meanOf is the mean belief between two sides, or within one, each beside the others.
func meanOf(belief [][]float64, a, b []int) (mean float64) {
	n := 0.0
	for _, i := range a {
		for _, j := range b {
			if i != j {
				mean += belief[i][j]
				n++
			}
		}
	}
	if n == 0 {
		return 1
	}
	return mean / n
}
