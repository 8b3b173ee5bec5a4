package story

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"marsad/news"
)

// Pair is paragraphs of one text beside those of another that tell the same; either side may be empty. Spans are of each article's own
// text.
type Pair struct{ Left, Right []news.Span }

// What a pairing of paragraphs counts, up to 3.6 for two that agree in all: the lengths, then what they name, and whether somebody speaks. Joining two paragraphs to one
// costs a little, so that it is done only where it is better than leaving one alone.
const (
	lengthCounts = 1.
	factsCount   = 2.
	quotesCount  = .6 // where both have direct speech, and against it where one has
	joiningCosts = .25
	mostAligned  = 200 // paragraphs of a text
)

// Beside lays two texts side by side, paragraph by paragraph, such as an article and its translation: in order, one to one, two to one, or
// alone, as their lengths and the names, days and figures in them agree best (after Gale and Church 1993). It does not say that they are
// translations; that is for who calls it.
func Beside(left, right Entry) []Pair {
	a, b := paragraphsOf(&left), paragraphsOf(&right)
	n, m := len(a), len(b)
	scale := (lettersOf(a) + 1) / (lettersOf(b) + 1)
	best := make([][]float64, n+1)
	step := make([][][2]int, n+1)
	for i := range best {
		best[i], step[i] = make([]float64, m+1), make([][2]int, m+1)
	}
	for i := n; i >= 0; i-- {
		for j := m; j >= 0; j-- {
			if i == n && j == m {
				continue
			}
			best[i][j] = math.Inf(-1)
			for _, s := range [...][2]int{{1, 1}, {1, 2}, {2, 1}, {1, 0}, {0, 1}} {
				if i+s[0] > n || j+s[1] > m {
					continue
				}
				if v := agree(a[i:i+s[0]], b[j:j+s[1]], scale) + best[i+s[0]][j+s[1]]; v > best[i][j] {
					best[i][j], step[i][j] = v, s
				}
			}
		}
	}
	var out []Pair
	for i, j := 0, 0; i < n || j < m; {
		s := step[i][j]
		var p Pair
		for _, x := range a[i : i+s[0]] {
			p.Left = append(p.Left, x.Span)
		}
		for _, x := range b[j : j+s[1]] {
			p.Right = append(p.Right, x.Span)
		}
		out = append(out, p)
		i, j = i+s[0], j+s[1]
	}
	return out
}

// passage is a paragraph with what it names.
type passage struct {
	news.Span
	letters float64
	facts   map[uint32]bool
	speaks  bool // it has direct speech
}

func paragraphsOf(e *Entry) (out []passage) {
	d := e.doc()
	facts := factsOf(e, d)
	at := 0
	for _, p := range strings.Split(d.Text, "\n\n") {
		s := news.Span{Start: at, End: at + len(p)}
		if at = s.End + 2; strings.TrimSpace(p) == "" {
			continue
		}
		if len(out) == mostAligned {
			out[len(out)-1].End = s.End // the rest stands with the last
			continue
		}
		x := passage{Span: s, letters: float64(utf8.RuneCountInString(p)), facts: map[uint32]bool{}}
		for _, f := range facts {
			if f.at >= s.Start && f.at < s.End {
				x.facts[f.key] = true
			}
		}
		for _, q := range e.Analysis.Quotations {
			x.speaks = x.speaks || q.Type != news.Indirect && q.Start >= s.Start && q.Start < s.End
		}
		out = append(out, x)
	}
	return out
}

func speaks(ps []passage) bool {
	return slices.ContainsFunc(ps, func(p passage) bool { return p.speaks })
}

func lettersOf(ps []passage) (n float64) {
	for _, p := range ps {
		n += p.letters
	}
	return n
}

// agree is what laying paragraphs beside each other counts; nothing where one side is empty.
func agree(a, b []passage, scale float64) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	v := lengthCounts * (1 - math.Abs(math.Log((lettersOf(a)+1)/(scale*lettersOf(b)+1))))
	facts := map[uint32]bool{}
	for _, p := range a {
		for k := range p.facts {
			facts[k] = true
		}
	}
	shared, all := 0., float64(len(facts))
	seen := map[uint32]bool{}
	for _, p := range b {
		for k := range p.facts {
			if seen[k] {
				continue
			}
			seen[k] = true
			all++
			if facts[k] {
				shared++
			}
		}
	}
	if all > 0 {
		v += factsCount * 2 * shared / all
	}
	switch l, r := speaks(a), speaks(b); {
	case l && r:
		v += quotesCount
	case l || r:
		v -= quotesCount
	}
	return v - joiningCosts*float64(len(a)+len(b)-2)
}
