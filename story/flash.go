package story

import (
	"strings"
	"unicode"

	"marsad/text"
)

// flashes tells whether a headline calls itself urgent: whether a word or two that say so stand before all else and are set off by a mark or by
// capital letters, or behind a mark at the end. Within a sentence they are words like others: talks are urgent, too. In an alphabet without
// capitals a word at the beginning is enough, for there an adjective comes behind its noun.
func (l *lore) flashes(d *text.Doc) bool {
	from, to := 0, len(d.Tokens)
	for from < to && d.Tokens[from].Kind == text.Mark {
		from++
	}
	for to > from && d.Tokens[to-1].Kind == text.Mark {
		to--
	}
	if n := l.flashAt(d, from, to); n > 0 {
		return from+n == to || from > 0 && d.Tokens[from+n].Kind == text.Mark || setOff(d, from+n) ||
			capitals(d, from, from+n) && !capitals(d, from+n, to) || d.Tokens[from].Script == text.Arabic
	}
	for n := 1; n <= 2 && to-n > from; n++ {
		if l.flashAt(d, to-n, to) == n && d.Tokens[to-n-1].Kind == text.Mark {
			return true
		}
	}
	return false
}

// flashAt is how many tokens from i on, two at most, say that a headline is urgent.
func (l *lore) flashAt(d *text.Doc, i, to int) int {
	if i >= to {
		return 0
	}
	t := d.Tokens[i]
	if i+1 < to {
		next := d.Tokens[i+1]
		between := " "
		if t.Kind == text.Ideo {
			between = ""
		}
		if l.flash[t.Norm+between+next.Norm] {
			return 2
		}
	}
	if l.flash[t.Norm] {
		return 1
	}
	return 0
}

// setOff tells whether the mark at i sets off what stands before it.
func setOff(d *text.Doc, i int) bool {
	t := d.Tokens[i]
	return t.Kind == text.Mark && strings.Contains(":：-–—|｜!！.。/／،,", d.Text[t.Start:t.End])
}

// capitals tells whether some tokens have letters, and all of them capital ones.
func capitals(d *text.Doc, from, to int) bool {
	some := false
	for _, t := range d.Tokens[from:to] {
		for _, r := range d.Text[t.Start:t.End] {
			if unicode.IsLetter(r) && !unicode.IsUpper(r) {
				return false
			}
			some = some || unicode.IsUpper(r)
		}
	}
	return some
}
