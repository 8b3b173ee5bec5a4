// Package shingle compares what was said to be an article's text with what is true, by runs of four words: the measure of
// scrapinghub's article-extraction-benchmark. Words are runs of letters, digits and underscores; marks part them, as \w does in
// Python's re, so that figures can be laid beside those of the benchmark.
//
// It knows neither order nor place: a text whose paragraphs are shuffled scores nearly as well as the right one.
package shingle

import (
	"strings"
	"unicode"
)

// Of counts the runs of four words in a text; a text of fewer words is one run.
func Of(s string) map[string]int {
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' })
	m := map[string]int{}
	if len(words) == 0 {
		return m
	}
	for i := 0; i < max(1, len(words)-3); i++ {
		m[strings.Join(words[i:min(len(words), i+4)], " ")]++
	}
	return m
}

// Overlap is what two texts share, what only the first has, and what only the second has, as shares of all their runs.
type Overlap struct{ Both, Extra, Missing float64 }

// Compare gives the overlap of what was said with what is true.
func Compare(said, truth string) Overlap {
	a, b := Of(said), Of(truth)
	var o Overlap
	for k, n := range a {
		o.Both += float64(min(n, b[k]))
		o.Extra += float64(n - min(n, b[k]))
	}
	for k, n := range b {
		o.Missing += float64(n - min(n, a[k]))
	}
	if all := o.Both + o.Extra + o.Missing; all > 0 {
		o = Overlap{o.Both / all, o.Extra / all, o.Missing / all}
	}
	return o
}

// precision and recall of one page; ok is false where there is nothing to divide by.
func (o Overlap) precision() (float64, bool) { return o.Both / (o.Both + o.Extra), o.Both+o.Extra > 0 }
func (o Overlap) recall() (float64, bool)    { return o.Both / (o.Both + o.Missing), o.Both+o.Missing > 0 }

// F1 gives the harmonic mean of precision and recall, each averaged over pages. A page on which nothing was said has no precision
// and counts by its recall alone.
func F1(all []Overlap) (f, precision, recall float64) {
	np, nr := 0.0, 0.0
	for _, o := range all {
		if p, ok := o.precision(); ok {
			precision += p
			np++
		}
		if r, ok := o.recall(); ok {
			recall += r
			nr++
		}
	}
	precision, recall = precision/max(np, 1), recall/max(nr, 1)
	if precision+recall > 0 {
		f = 2 * precision * recall / (precision + recall)
	}
	return f, precision, recall
}
