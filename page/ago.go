package page

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"marsad/news"
)

// agoUnits are the units of the pack's lists of words, with the most of each that is still told so.
var agoUnits = [...]struct {
	size time.Duration
	most int
}{{time.Minute, 90}, {time.Hour, 48}, {24 * time.Hour, 10}}

// agoDates reads "3 hours ago" beside the headline, counted back from the fetch, where neither the page nor its feed tells the moment.
func (r *reading) agoDates(d *dater) {
	if d.best.Known() || r.page.Fetched.IsZero() || !r.page.Item.Published.IsZero() {
		return
	}
	const most = 60 // letters of such a line
	s := r.scene
	for i := range s.blocks {
		b := &s.blocks[i]
		if i == s.head || b.chars > most || !r.beside(i) || s.zones[b.at]&(hintRelated|hintComment) != 0 {
			continue
		}
		if ago, ok := s.lex.ago(s.folded[i]); ok {
			d.best = news.Stamp{Time: r.page.Fetched.Add(-ago).UTC(), Zoned: true, DayOnly: ago >= 24*time.Hour, From: news.FromText}
			return
		}
	}
}

// ago reads a distance in squashed words: a number, a unit, and a word that says that it is past.
func (l *lexicon) ago(f string) (time.Duration, bool) {
	for _, words := range l.agos {
		if len(words) != len(agoUnits)+1 {
			continue
		}
		for u, unit := range agoUnits {
			for _, w := range words[u] {
				if n := past(f, w, words[len(agoUnits)]); n > 0 && n <= unit.most {
					return time.Duration(n) * unit.size, true
				}
			}
		}
	}
	return 0, false
}

// past gives the number before a unit where one of the marks says that it is past, else 0. In a script without spaces the mark stands right
// behind the unit: the same letter is part of "in the morning".
func past(f, unit string, marks []string) int {
	for _, m := range marks {
		if first, _ := utf8.DecodeRuneInString(m); loose(first) {
			if n := max(counted(f, unit+m), counted(f, unit+" "+m)); n > 0 {
				return n
			}
		} else if hasWords(f, m) {
			if n := counted(f, unit); n > 0 {
				return n
			}
		}
	}
	return 0
}

// hasWords tells whether squashed words hold others as words of their own.
func hasWords(f, words string) bool {
	i := strings.Index(f, words)
	return i >= 0 && apart(f, i, i+len(words))
}

// counted gives the number that stands before a unit in squashed words, 0 for none.
func counted(f, unit string) int {
	for from := 0; ; {
		i := strings.Index(f[from:], unit)
		if i < 0 {
			return 0
		}
		i += from
		from = i + len(unit)
		before := strings.TrimRight(f[:i], " ")
		k := len(before)
		for k > 0 && isDigit(before[k-1]) {
			k--
		}
		if n := before[k:]; n != "" && len(n) <= 2 && (from == len(f) || apart(f, from, from)) {
			return number(n)
		}
	}
}

// apart tells whether the letters before from and behind to are of other words; in a script without spaces all are.
func apart(f string, from, to int) bool {
	first, _ := utf8.DecodeLastRuneInString(f[:from])
	next, _ := utf8.DecodeRuneInString(f[to:])
	joined := func(r rune) bool { return (unicode.IsLetter(r) || unicode.IsMark(r)) && !loose(r) }
	return (from == to || from == 0 || !joined(first)) && (to == len(f) || !joined(next))
}
