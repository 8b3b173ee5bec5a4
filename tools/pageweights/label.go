package main

import (
	"strings"
	"unicode"
)

// words gives the words of a text, lower case, joined by single spaces with one at either end.
func words(s string) string {
	f := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
	return " " + strings.Join(f, " ") + " "
}

// truth is a text in which blocks are looked for.
type truth struct {
	words string
	lines map[string]bool
	grams map[string]bool
}

func newTruth(s string) *truth {
	t := &truth{words: words(s), lines: map[string]bool{}, grams: map[string]bool{}}
	for _, l := range strings.Split(s, "\n") {
		t.lines[words(l)] = true
	}
	for g := range fours(t.words) {
		t.grams[g] = true
	}
	return t
}

func fours(s string) map[string]bool {
	f := strings.Fields(s)
	out := map[string]bool{}
	for i := 0; i+4 <= len(f); i++ {
		out[strings.Join(f[i:i+4], " ")] = true
	}
	return out
}

// holds tells whether a block is part of the truth: 1, 0, or between where only a share of it is.
func (t *truth) holds(block string) float64 {
	w := words(block)
	f := strings.Fields(w)
	switch {
	case len(f) == 0:
		return 0
	case len(f) == 1 && strings.ContainsFunc(w, func(r rune) bool { return r > 0x2E80 }):
		if strings.Contains(t.words, strings.TrimSpace(w)) {
			return 1
		}
		return 0
	case len(f) <= 3:
		if strings.Contains(block, " | ") && strings.Contains(t.words, w) {
			return 1
		}
		if t.lines[w] {
			return 1
		}
		return 0
	case strings.Contains(t.words, w):
		return 1
	}
	grams := fours(w)
	n := 0
	for g := range grams {
		if t.grams[g] {
			n++
		}
	}
	return float64(n) / float64(len(grams))
}

// label marks the blocks of a page that its truth holds. Of blocks with the same words the one among its like counts.
func label(blocks []string, body string) []float32 {
	t := newTruth(body)
	out := make([]float32, len(blocks))
	same := map[string][]int{}
	for i, b := range blocks {
		if t.holds(b) >= 0.6 {
			out[i] = 1
			w := words(b)
			same[w] = append(same[w], i)
		}
	}
	for _, at := range same {
		if len(at) < 2 {
			continue
		}
		best, most := at[0], -1
		for _, i := range at {
			n := 0
			for j := max(0, i-5); j < min(len(out), i+6); j++ {
				if out[j] > 0 {
					n += min(len(blocks[j]), 300)
				}
			}
			if n > most {
				best, most = i, n
			}
		}
		for _, i := range at {
			if i != best {
				out[i] = 0
			}
		}
	}
	return out
}
