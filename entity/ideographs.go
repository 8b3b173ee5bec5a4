package entity

import (
	"strings"

	"marsad/news"
	"marsad/text"
)

// ideographs proposes people in a script of one character a syllable: foreign names with a dot between their parts, and a family
// name with one or two characters after it, right before a verb of saying, where a clause begins or a title stands before.
func (f *finder) ideographs() {
	e := f.doc.Pack.Entity
	if e == nil || e.Sounds == "" {
		return
	}
	for i, t := range f.doc.Tokens {
		switch {
		case t.Kind == text.Mark && f.dot(i) && f.soundsLike(i-1) && f.soundsLike(i+1) && f.freeAround(i):
			f.dotted(i)
		case t.Kind == text.Ideo && f.lore.surname[t.Norm] && f.taken[i] == 0:
			f.native(i)
		}
	}
	f.partsAgain()
}

func (f *finder) dot(i int) bool {
	switch f.doc.Text[f.doc.Tokens[i].Start:f.doc.Tokens[i].End] {
	case "·", "•", "・", "‧":
		return true
	}
	return false
}

// soundAt tells whether token i is a character that foreign names are written with.
func (f *finder) soundAt(i int) bool {
	return i >= 0 && i < len(f.doc.Tokens) && f.taken[i] == 0 && f.doc.Tokens[i].Kind == text.Ideo &&
		strings.Contains(f.doc.Pack.Entity.Sounds, f.doc.Tokens[i].Norm)
}

// soundsLike tells whether token i is such a character, whatever is known of it.
func (f *finder) soundsLike(i int) bool {
	return i >= 0 && i < len(f.doc.Tokens) && f.doc.Tokens[i].Kind == text.Ideo && strings.Contains(f.doc.Pack.Entity.Sounds, f.doc.Tokens[i].Norm)
}

// freeAround takes back the places, and the people known by one word, that lie inside the characters of foreign names around the dot
// at token i: 塞拉 in 塞拉姆·克里奇. It tells whether nothing else is known there.
func (f *finder) freeAround(i int) bool {
	for _, at := range [2]int{i - 1, i + 1} {
		for step := at - i; at >= 0 && at < len(f.doc.Tokens) && f.soundsLike(at) && max(at-i, i-at) < 8; at += step {
			k := f.taken[at] - 1
			if k < 0 {
				continue
			}
			x := f.found[k]
			if x.from <= i && i < x.to {
				return false // the name is known as a whole
			}
			for c := x.from; c < x.to; c++ {
				if !f.soundsLike(c) {
					return true // it ends before the name begins, or begins behind it
				}
			}
			edge := x.to < i && x.to < len(f.doc.Tokens) && f.soundsLike(x.to) || x.from > i+1 && f.soundsLike(x.from-1) || x.from == i+1 && f.soundsLike(x.to) || x.to == i
			if !edge || x.Kind == news.Org {
				return true
			}
			f.absorb(x.from, x.to)
		}
	}
	return f.soundAt(i-1) && f.soundAt(i+1)
}

// dotted proposes the characters of foreign names on both sides of a dot, and over further dots.
func (f *finder) dotted(i int) {
	from, to := i, i+1
	for i-from < 7 && f.soundAt(from-1) && f.titled(from) == nil && !f.saysAt(from-2) {
		from--
	}
	for to-i < 20 && (f.soundAt(to) || to < len(f.doc.Tokens) && f.dot(to) && f.soundAt(to+1)) && (to == i+1 || !f.verb(to) && !f.saysAt(to)) {
		to++
	}
	if i-from >= 1 && to-i > 2 {
		f.propose(from, to, news.Person, "dotted", 0.5)
	}
}

// native proposes a family name and what follows it up to a verb of saying.
func (f *finder) native(i int) {
	if t := f.titled(i); i > 0 && f.doc.Tokens[i-1].Kind != text.Mark && t == nil && !f.newline(i) {
		return
	}
	for n := 3; n >= 2; n-- {
		if f.saysAt(i+n) && f.plainIdeographs(i, i+n) {
			f.propose(i, i+n, news.Person, "family", 0.4)
			return
		}
	}
}

func (f *finder) saysAt(i int) bool {
	if i < 0 {
		return false
	}
	for n := 2; n >= 1 && i+n <= len(f.doc.Tokens); n-- {
		if f.lore.does[f.key1(i, i+n)] {
			return true
		}
	}
	return false
}

func (f *finder) key1(from, to int) string {
	return text.Normalize(f.doc.Text[f.doc.Tokens[from].Start:f.doc.Tokens[to-1].End])
}

// plainIdeographs tells whether the tokens are characters of nothing known, and neither they nor their last two a word of the
// language.
func (f *finder) plainIdeographs(from, to int) bool {
	for k := from; k < to; k++ {
		if f.doc.Tokens[k].Kind != text.Ideo || f.taken[k] != 0 || f.inTitle(k) {
			return false
		}
	}
	for k := from; k+2 <= to; k++ {
		if w := f.key1(k, k+2); f.lore.common[w] || f.lore.small[w] || f.lore.courtesy[w] {
			return false
		}
	}
	return !f.saysAt(to-1) || to-from == 2
}

// partsAgain finds the people proposed by the last part of a dotted name, or the whole of a native one, later in the text.
func (f *finder) partsAgain() {
	for k := 0; k < len(f.found); k++ {
		x := f.found[k]
		if x.ref.table != nil || x.Kind != news.Person || x.Rule != "dotted" && x.Rule != "family" {
			continue
		}
		from := x.from
		for i := x.from; i < x.to; i++ {
			if f.dot(i) {
				from = i + 1
			}
		}
		if x.to-from >= 2 {
			f.sameWords(from, x)
		}
	}
}

// sameWords notes as x all that is written as the tokens from from to x's end.
func (f *finder) sameWords(from int, x found) {
	want := f.doc.Text[f.doc.Tokens[from].Start:f.doc.Tokens[x.to-1].End]
	n := x.to - from
	for i := x.to; i+n <= len(f.doc.Tokens); i++ {
		if strings.HasPrefix(f.doc.Text[f.doc.Tokens[i].Start:], want) && !f.anyTaken(i, i+n) && !f.soundAt(i+n) {
			f.note(i, i+n, 0, found{Mention: news.Mention{Kind: news.Person, Name: x.Name, Score: 0.4, Rule: "surname"}})
		}
	}
}
