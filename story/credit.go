package story

import "slices"

// tally adds up what the features of one article say for each other article.
type tally struct {
	base    uint32
	sums    []float32 // by number of the article, from base
	touched []uint32
}

// begin empties the tally for a window of n articles from number base on.
func (x *index) begin(base uint32, n int) {
	t := &x.tally
	for _, i := range t.touched {
		t.sums[i-t.base] = 0
	}
	t.touched = t.touched[:0]
	t.base = base
	if n > len(t.sums) {
		t.sums = append(t.sums, make([]float32, n-len(t.sums)+n/4+64)...)
	}
}

// credit adds weight to an article.
func (x *index) credit(article uint32, weight float32) {
	t := &x.tally
	s := &t.sums[article-t.base]
	if *s == 0 {
		t.touched = append(t.touched, article)
	}
	*s += weight
}

// best gives the n articles of those asked for with the highest sums, but none below a share of the highest.
func (x *index) best(n int, least float32, of func(article uint32) bool) []uint32 {
	t := &x.tally
	var top float32
	var out []uint32
	for _, i := range t.touched {
		if of(i) {
			top = max(top, t.sums[i-t.base])
			out = append(out, i)
		}
	}
	out = slices.DeleteFunc(out, func(i uint32) bool { return t.sums[i-t.base] < top*least })
	slices.SortFunc(out, func(a, b uint32) int {
		switch sa, sb := t.sums[a-t.base], t.sums[b-t.base]; {
		case sa > sb:
			return -1
		case sa < sb:
			return 1
		}
		return int(int64(b) - int64(a))
	})
	return out[:min(n, len(out))]
}
