package entity

import (
	"strings"
	"unicode/utf8"

	"marsad/news"
	"marsad/text"
)

// The tagger errs mostly in the ends of names. What the words themselves say mends that: the words that are often names before and
// after what it found, and the particles that cannot end one.

// tag proposes what the tagger found, mended, or nothing.
func (f *finder) tag(from, to int, kind news.MentionKind) {
	if kind == news.Person {
		for from+1 < to && f.tells(from, to) {
			from++
		}
		from, to = f.grow(from, to)
		if from < to && f.dateline(from, to) {
			kind = news.Place
		}
	}
	if from < to && from > 0 && f.taken[from-1] == 0 && !f.newline(from) {
		switch {
		case f.kindWord(from-1, f.lore.place):
			kind = news.Place
		case f.kindWord(from-1, f.lore.heads) && !f.definiteWord(from-1) && !isName(f.doc.Tokens[from], f.lore) && !f.inTitle(from-1):
			if f.propose(from-1, to, news.Org, "tagger", 0.4) {
				f.cutFront(from - 1)
			}
			return
		}
	}
	if from >= to || !f.likely(from, to, kind) || !f.propose(from, to, kind, "tagger", 0.4) {
		return
	}
	t := f.doc.Tokens[from]
	for _, fm := range f.readings(from) {
		if fm.how == clitic && fm.letters >= 3 && isNameWord(fm.norm) && !isNameWord(t.Norm) && !f.articled(t, fm) {
			x := &f.found[len(f.found)-1]
			x.Start += f.front(t, fm)
			x.Name = f.doc.Text[x.Start:x.End]
			return
		}
	}
}

// tells tells whether what the tagger found begins with a verb of saying: no word of names, or one with a small word before it and two
// words behind (وتروي, where تروي is also Troy).
func (f *finder) tells(from, to int) bool {
	if cased(f.doc.Tokens[from]) {
		return false
	}
	for _, fm := range f.readings(from) {
		if f.lore.verbs[fm.norm] && (!isNameWord(fm.norm) || fm.how == clitic && to-from >= 3) {
			return true
		}
	}
	return false
}

// grow adds the words of names that stand right before and after, and leaves out particles at the end that nothing follows.
func (f *finder) grow(from, to int) (int, int) {
	s := f.doc.Sentences[f.doc.SentenceOf(from)]
	for n := 0; n < 3 && from > s.From && f.givenWord(from-1) && !f.newline(from); n++ {
		from--
	}
	for n := 0; n < 6 && to < s.To && !f.newline(to) && (f.lore.particle[f.doc.Tokens[to-1].Norm] && f.ownWord(to) || f.givenWord(to) || f.familyWord(to)); n++ {
		to++
	}
	for to > from && f.lore.particle[f.doc.Tokens[to-1].Norm] {
		to--
	}
	return from, to
}

// ownWord tells whether token i is a word that nothing else is known of.
func (f *finder) ownWord(i int) bool {
	t := f.doc.Tokens[i]
	return t.Kind == text.Word && !cased(t) && f.taken[i] == 0 && !f.inTitle(i) && !f.lore.verbs[t.Norm] && !f.lore.small[t.Norm] && !f.lore.common[t.Norm] &&
		!f.lore.other[t.Norm] && !f.kindWord2(t) && f.lore.demonyms[t.Norm] == "" && !f.lore.locative[t.Norm]
}

// givenWord tells whether token i is a word of many people's names, or ties such words, and no more is known of it.
func (f *finder) givenWord(i int) bool {
	n := f.doc.Tokens[i].Norm
	return f.ownWord(i) && (isNameWord(n) && runes(n) >= 3 || f.lore.particle[n])
}

// familyWord tells whether token i is a word of names behind an article: الحيدري.
func (f *finder) familyWord(i int) bool {
	rest, ok := strings.CutPrefix(f.doc.Tokens[i].Norm, "ال")
	return ok && f.ownWord(i) && utf8.RuneCountInString(rest) > 3 && isNameWord(rest)
}

// likely tells whether the words can be a name of the kind: an ordinary word alone, a unit of money, the name of an army are none.
func (f *finder) likely(from, to int, kind news.MentionKind) bool {
	for i := from; i < to; i++ {
		if n := f.doc.Tokens[i].Norm; f.lore.demonyms[n] != "" && (to-from > 1 || kind != news.Person) {
			return false
		}
	}
	if kind == news.Person && f.behindKind(from, to) {
		return false
	}
	t := f.doc.Tokens[from]
	if to-from > 1 {
		return true
	}
	bare := strings.TrimPrefix(t.Norm, "ال")
	ordinary := f.lore.common[t.Norm] || f.lore.small[t.Norm] || f.lore.other[t.Norm] || f.kindWord(from, f.lore.heads) || f.kindWord(from, f.lore.place) ||
		f.lore.heads[bare] || f.lore.place[bare] || f.lore.other[bare] || f.inTitle(from)
	switch {
	case ordinary:
		return false
	case kind == news.Person:
		return isName(t, f.lore) || f.titled(from) != nil || f.speaks(to) || from > 0 && f.verb(from-1) || f.lastOfPerson(t.Norm)
	case kind == news.Org:
		return bare == t.Norm || f.quotedWord(from)
	}
	return true
}

// behindKind tells whether words stand behind a word for an organization or a place, or hold one: the club Zarya, the company that
// owns it, Skylark.
func (f *finder) behindKind(from, to int) bool {
	for i := max(0, from-2); i < to; i++ {
		if i == from-2 && !f.definiteWord(from-1) || i == from-1 && f.definiteWord(i) {
			continue // the head of the union, Jane Doe
		}
		if bare := strings.TrimPrefix(f.doc.Tokens[i].Norm, "ال"); !f.inTitle(i) && (f.kindWord(i, f.lore.heads) || f.kindWord(i, f.lore.place) || f.lore.heads[bare]) {
			return true
		}
	}
	return false
}

func (f *finder) definiteWord(i int) bool { return strings.HasPrefix(f.doc.Tokens[i].Norm, "ال") }

// dateline tells whether words open the text before the name of a news agency.
func (f *finder) dateline(from, to int) bool {
	return from == 0 && to < len(f.doc.Tokens) && (f.mark(to, "(") || f.mark(to, "-") || f.mark(to, "—") || f.mark(to, "–") || f.mark(to, ":"))
}

// lastOfPerson tells whether a word is the last of a person's name of two words or more that was found.
func (f *finder) lastOfPerson(norm string) bool {
	for k := range f.found {
		if x := &f.found[k]; x.Kind == news.Person && x.to-x.from >= 2 && f.doc.Tokens[x.to-1].Norm == norm {
			return true
		}
	}
	return false
}

// quotedWord tells whether token i stands alone in quotation marks.
func (f *finder) quotedWord(i int) bool {
	return f.quoteMark(i-1) && f.quoteMark(i+1)
}
