package entity

import (
	"slices"
	"strings"

	"marsad/text"
)

// Same says how sure it is, 0 to 1, that two names are one, whatever their scripts: every word of the shorter one has its like in
// the longer one. From SameName on they may be taken for one. It is symmetrical but for rounding, and knows only sounds: that
// Moscow is Москва is the gazetteer's to say.
func Same(a, b string) float64 {
	if a == b {
		return 1
	}
	if latin(a) && !latin(b) {
		a, b = b, a // lists are of Latin names: the models read what is asked for
	}
	s := NewScreen([]Alias{{ID: "b", Name: b}})
	q := s.query(a)
	if len(q.units) == 0 || len(s.units) == 0 {
		return 0
	}
	odds, aligned := s.align(q, 0)
	if !aligned {
		odds -= gainsaid
	}
	return score(odds, 0)
}

// latin tells whether a name's first letter is Latin.
func latin(name string) bool {
	for _, r := range name {
		if s := text.ScriptOf(r); s != text.NoScript {
			return s == text.Latin
		}
	}
	return false
}

// SameName is the score of Same from which two names of people may be taken for one (see DESIGN.md for how often that errs).
const SameName = 0.75

// Keys gives script-neutral keys of a name, a few at most: names that may be the same share one, nearly always. They are the
// coarse consonants of the words, each word's in all its readings, the words in alphabetical order.
func Keys(name string) []string {
	keys := []string{""}
	for _, u := range unitsOf(name) {
		readings := skeletons(nil, u.letters)
		slices.Sort(readings)
		readings = slices.Compact(readings)
		var next []string
		for _, k := range keys {
			for _, r := range readings {
				if len(next) < 64 {
					next = append(next, k+" "+r)
				}
			}
		}
		keys = next
	}
	for i, k := range keys {
		words := strings.Fields(k)
		slices.Sort(words)
		keys[i] = strings.Join(words, " ")
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// SameWord says how sure it is, 0 to 1, that two single words of names are one, whatever their scripts.
func SameWord(a, b string) float64 {
	x, y := nameWords(a), nameWords(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	j, other := newJudge(whole(x)), whole(y)
	if v := finite(j.like(other)); v > 0 {
		return 0.1 + 0.9*v
	}
	if j.reading == nil && other.script != text.Latin {
		j, other = newJudge(other), j.unit
	}
	if j.reading == nil || other.script != text.Latin {
		return 0
	}
	// Below what counts as likeness there are still more and less.
	return 0.1 / (1 + floor) * (1 + max(-1, finite(j.reading.agreement(other.letters, j.reading.m.latinSelf(other.letters)))))
}

// whole joins words of one script into one.
func whole(words []unit) unit {
	u := words[0]
	for _, w := range words[1:] {
		if w.script == u.script {
			u.letters += w.letters
		}
	}
	return u
}
