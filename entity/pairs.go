package entity

import (
	"math"
	"strings"

	"marsad/text"
)

// judge compares one unit with many: it keeps what can be worked out once.
type judge struct {
	unit    unit
	reading *reading // nil for Latin
	listed  bool     // the word is one of those whose spellings are known
	word    uint64   // hash of the letters
	written *judge   // of the letters with the article that was taken off them
}

func newJudge(u unit) judge {
	j := judge{unit: u, word: word(u.letters)}
	j.listed = listedWord(j.word)
	if m := models()[u.script]; m != nil {
		j.reading = m.reading([]rune(u.letters))
	}
	if u.written {
		u.letters, u.written, u.article = "ال"+u.letters, false, false
		w := newJudge(u)
		j.written = &w
	}
	return j
}

// floor and full are the agreements that count as nothing and as everything. Measured on pairs of names: one name in two
// scripts has .66 in the median, strangers hardly ever .2 (tools/translit prints the threshold that tells them apart best).
const (
	floor = 0.1
	full  = 0.75
)

// like gives how sure it is, 0 to 1, that two units write one word.
func (j *judge) like(other unit) float64 {
	switch {
	case j.unit.script == other.script:
		return spelled(j.unit.letters, other.letters)
	case other.script == text.Latin && j.reading != nil:
		return j.latin(other.letters, word(other.letters), j.unit.article, j.reading.m.latinSelf(other.letters))
	case models()[other.script] == nil:
		return 0
	case j.unit.script == text.Latin:
		back := newJudge(other)
		return back.latin(j.unit.letters, j.word, other.article, back.reading.m.latinSelf(j.unit.letters))
	case j.reading != nil:
		return j.third(other)
	}
	return 0
}

// third compares two words of which neither is Latin: the one that writes its vowels is read in Latin letters first.
func (j *judge) third(other unit) float64 {
	mine, its := j.unit, other
	if mine.script == text.Arabic || mine.script == text.Hebrew {
		mine, its = its, mine
	}
	m := models()[mine.script]
	back := newJudge(its)
	l := LatinLetters(m.romanize([]rune(mine.letters)))
	if l == "" {
		return 0
	}
	return 0.95 * back.latin(l, word(l), its.article, back.reading.m.latinSelf(l))
}

// latin compares with a Latin word, whose hash is w and whose own probability is self; where the name had an article, also with what remains of the
// word without one.
func (j *judge) latin(l string, w uint64, article bool, self float64) float64 {
	if n := j.reading.n; n > 40 || len(l) > 60 || j.unit.script != text.Han && (10*len(l) < 7*n-10 || 10*len(l) > 22*n+15) {
		return 0 // nobody writes it so short, or so long
	}
	best := 0.0
	if j.written != nil {
		best = j.written.latin(l, w, false, self)
	}
	best = max(best, j.attested(w, j.reading.agreement(l, self)))
	if article && len(l) > 4 && (strings.HasPrefix(l, "al") || strings.HasPrefix(l, "el")) {
		best = max(best, j.attested(word(l[2:]), j.reading.agreement(l[2:], j.reading.m.latinSelf(l[2:]))))
	}
	return best
}

// attested makes a likeness of an agreement, and lets what is known of the two words outweigh the model.
func (j *judge) attested(latin uint64, agreement float64) float64 {
	like := min(1, max(0, (agreement-floor)/(full-floor)))
	switch pair, both := known(j.word, latin); {
	case pair:
		return 0.96 + 0.04*like
	case both:
		return 0.8 * like
	}
	return like
}

// spelled compares two words of one script: 1 less the share of letters that differ. Vowels and doubled letters count little.
func spelled(a, b string) float64 {
	if a == b {
		return 1
	}
	x, y := []rune(a), []rune(b)
	if len(x) > 40 || len(y) > 40 || len(x) == 0 || len(y) == 0 {
		return 0
	}
	row := make([]float64, len(y)+1)
	for k := range y {
		row[k+1] = row[k] + weigh(y, k)
	}
	longest := row[len(y)]
	own := 0.0
	for i := range x {
		own += weigh(x, i)
		diagonal := row[0]
		row[0] = own
		for k := range y {
			change := 0.0
			if x[i] != y[k] {
				change = substitution(x[i], y[k])
			}
			next := min(diagonal+change, row[k]+weigh(y, k), row[k+1]+weigh(x, i))
			diagonal, row[k+1] = row[k+1], next
		}
	}
	return max(0, 1-2.2*row[len(y)]/max(own, longest))
}

// weigh is what leaving a letter out costs.
func weigh(s []rune, i int) float64 {
	if i > 0 && s[i] == s[i-1] {
		return 0.1
	}
	if vowel(s[i]) {
		return 0.4
	}
	return 1
}

func substitution(a, b rune) float64 {
	switch {
	case vowel(a) && vowel(b):
		return 0.25
	case vowel(a) != vowel(b):
		return 1
	case classes[a] != "" && classes[a] == classes[b]:
		return 0.5
	}
	return 1
}

func vowel(r rune) bool {
	if r < 128 {
		return asciiVowels[r]
	}
	switch r {
	case 'а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я', 'й', 'ь', 'ъ', 'ا', 'و', 'ي', 'ع', 'ه', 'ئ', 'ء':
		return true
	}
	return false
}

var asciiVowels = [128]bool{'a': true, 'e': true, 'i': true, 'o': true, 'u': true, 'y': true, 'w': true, 'h': true}

// finite replaces what cannot be compared.
func finite(x float64) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return 0
	}
	return x
}
