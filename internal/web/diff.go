package web

import (
	"html/template"
	"unicode"
	"unicode/utf8"

	"marsad/internal/i18n"
)

// change is a stretch of a text that two versions share, or that only one of them has.
type change struct {
	Kind string // "same", "added", "taken"
	Text string
}

// HTML gives the stretch with its dates held together, which is right in a line of either direction.
func (c change) HTML() template.HTML { return i18n.Words(c.Text, true) }

// mostEdits bounds the work of comparing: texts that differ in more words than that are told as one replaced by the other.
const mostEdits = 1500

// changes compares two texts word by word, after Myers (1986): the fewest words that were taken out and added.
func changes(before, after string) []change {
	a, b := pieces(before), pieces(after)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var out []change
	for _, w := range a[:head] {
		out = grow(out, "same", w)
	}
	out = between(out, a[head:len(a)-tail], b[head:len(b)-tail])
	for _, w := range a[len(a)-tail:] {
		out = grow(out, "same", w)
	}
	return out
}

// grow adds a piece to the last stretch or begins one.
func grow(out []change, kind, words string) []change {
	if n := len(out); n > 0 && out[n-1].Kind == kind {
		out[n-1].Text += words
		return out
	}
	return append(out, change{kind, words})
}

// between tells how a becomes b.
func between(out []change, a, b []string) []change {
	if len(a) == 0 || len(b) == 0 {
		return whole(out, a, b)
	}
	most := min(len(a)+len(b), mostEdits)
	furthest := make([]int, 2*most+2)
	var steps [][]int
	for d := 0; d <= most; d++ {
		steps = append(steps, append([]int(nil), furthest...))
		for k := -d; k <= d; k += 2 {
			x := 0
			if k == -d || k != d && furthest[most+k-1] < furthest[most+k+1] {
				x = furthest[most+k+1]
			} else {
				x = furthest[most+k-1] + 1
			}
			for x < len(a) && x-k < len(b) && x-k >= 0 && a[x] == b[x-k] {
				x++
			}
			if furthest[most+k] = x; x >= len(a) && x-k >= len(b) {
				return walked(out, a, b, steps, most)
			}
		}
	}
	return whole(out, a, b)
}

func whole(out []change, a, b []string) []change {
	for _, w := range a {
		out = grow(out, "taken", w)
	}
	for _, w := range b {
		out = grow(out, "added", w)
	}
	return out
}

// walked goes the way back through the steps and tells it forwards.
func walked(out []change, a, b []string, steps [][]int, most int) []change {
	var way []change
	x, y := len(a), len(b)
	for d := len(steps) - 1; d >= 0; d-- {
		furthest, k := steps[d], x-y
		from := k - 1
		if k == -d || k != d && furthest[most+k-1] < furthest[most+k+1] {
			from = k + 1
		}
		px := furthest[most+from]
		py := px - from
		if d == 0 {
			px, py = 0, 0
		}
		for x > px && y > py {
			x, y = x-1, y-1
			way = append(way, change{"same", a[x]})
		}
		if d == 0 {
			break
		}
		if x == px {
			y--
			way = append(way, change{"added", b[y]})
		} else {
			x--
			way = append(way, change{"taken", a[x]})
		}
	}
	for i := len(way) - 1; i >= 0; i-- {
		out = grow(out, way[i].Kind, way[i].Text)
	}
	return out
}

// pieces cuts a text into words, each with the space before it; scripts that write without spaces are cut by character.
func pieces(s string) (out []string) {
	start := 0
	for i, r := range s {
		if i > start && boundary(s[:i], r) {
			out = append(out, s[start:i])
			start = i
		}
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

// boundary tells whether a piece ends before r.
func boundary(before string, r rune) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	if unicode.IsSpace(last) {
		return false
	}
	return unicode.IsSpace(r) || unspaced(last) || unspaced(r)
}

func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}
