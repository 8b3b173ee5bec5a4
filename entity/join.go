package entity

import (
	"sort"
	"strings"
	"unicode/utf8"

	"marsad/text"
)

func runes(s string) int { return utf8.RuneCountInString(s) }

// familyValue says whether a family name alone means x: only where the text names x in full, or a title that x bears stands
// before it.
func (f *finder) familyValue(m *match, x ref) int {
	t := f.titled(m.from)
	if t != nil && t.office && f.bears(m.table, x.entity, t.key, t.country) {
		return 100 + int(m.table.weight(x.entity))/4
	}
	at, ok := f.present[present{m.table, x.entity}]
	if !ok || f.unknownBefore(m) && !f.ownGiven(m, x) || f.namesake(m, x) {
		return 0
	}
	if near := at - m.from; near > 0 && near < 8 {
		return 0 // Kim's sister Kim Yo Jong
	}
	v := 100 + int(m.table.weight(x.entity))/4
	if at < m.from {
		v += 50
		if f.first(m, at) {
			v += 10 // of two who bear it, the one of whom the text spoke first
		}
	}
	return v
}

// first tells whether no other meaning of a match was named before token at.
func (f *finder) first(m *match, at int) bool {
	for r := m.refs[0]; r < m.refs[1]; r++ {
		x := m.table.ref(r)
		if k, ok := f.present[present{m.table, x.entity}]; ok && k < at {
			return false
		}
	}
	return true
}

// personBefore tells whether the word before, together with these, is a person's name: Michael Jordan.
func (f *finder) personBefore(m *match) bool {
	return m.to-m.from == 1 && f.unknownBefore(m) && isGiven(f.doc.Tokens[m.from-1])
}

// personAfter tells whether a word that is also a given name is followed by a family name, with nothing between them that says
// otherwise: Paris Hilton, Israel Gómez.
func (f *finder) personAfter(m *match) bool {
	t, i := f.doc.Tokens[m.from], m.to
	if !cased(t) || !isGiven(t) || i >= len(f.doc.Tokens) || f.newline(i) {
		return false
	}
	n := f.doc.Tokens[i]
	return n.Kind == text.Word && f.capitalWord(i) && isGiven(n) && !f.isTitle(i) && !f.kindWord(i, f.lore.heads) && !f.kindWord(i, f.lore.place) &&
		!f.lore.common[n.Norm] && !f.lore.verbs[n.Norm] && !f.shouting(i) && !f.begun(i)
}

// begun tells whether a name that is known begins at token i.
func (f *finder) begun(i int) bool {
	at := sort.Search(len(f.matches), func(k int) bool { return f.matches[k].from >= i })
	for ; at < len(f.matches) && f.matches[at].from == i; at++ {
		m := &f.matches[at]
		for r := m.refs[0]; r < m.refs[1]; r++ {
			if x := m.table.ref(r); x.flags&refFamily == 0 && m.table.weight(x.entity) >= listed && f.fits(m, x) {
				return true
			}
		}
	}
	return false
}

// unknownBefore tells whether a given name that belongs to nobody known stands right before.
func (f *finder) unknownBefore(m *match) bool {
	i := m.from - 1
	if i < 0 || f.doc.Tokens[i].Kind != text.Word || f.taken[i] != 0 || f.newline(m.from) || m.cut > 0 {
		return false
	}
	t := f.doc.Tokens[i]
	if !cased(t) || !capital(f.doc, t) || f.lore.courtesy[t.Norm] || f.lore.article[t.Norm] || f.lore.demonyms[t.Norm] != "" || f.titled(m.from) != nil {
		return false
	}
	return isGiven(t) || f.givenHere(i)
}

// givenHere tells whether a capital that no list of names has looks like a given name where it stands: inside a sentence, no word of
// English or of the text, and no other kind of name, in a language that writes only names so.
func (f *finder) givenHere(i int) bool {
	t := f.doc.Tokens[i]
	if e := f.doc.Pack.Entity; e == nil || e.NounsCapital || f.opens(i) || f.shouting(i) || f.inTitle(i) || runes(t.Norm) < 3 || capitals(f.doc.Text[t.Start:t.End]) {
		return listedIn(givenNames, t.Norm) && !listedIn(smallWords, t.Norm)
	}
	n := t.Norm
	return !listedIn(smallWords, n) && !f.lore.small[n] && !f.lore.common[n] && !f.lore.verbs[n] && !f.lore.other[n] && !f.lore.heads[n] && !f.lore.place[n] && !f.lore.locative[n] &&
		(i == 0 || !f.joins1(i-1))
}

// ownGiven tells whether the word before a family name is x's given name in another case: Михайла Подоляка.
func (f *finder) ownGiven(m *match, x ref) bool {
	if m.from == 0 || len(f.lore.endings) == 0 {
		return false
	}
	given, _, _ := strings.Cut(text.Normalize(m.table.name(x.entity, f.doc.Lang)), " ")
	word := f.doc.Tokens[m.from-1].Norm
	same := 0
	for same < len(given) && same < len(word) && given[same] == word[same] {
		same++
	}
	return same >= 6 && same+4 >= len(given) && same+6 >= len(word)
}

// withinName tells whether a place's name is part of a person's: behind a given name and a particle, before another name: Maria de Lourdes
// dos Santos.
func (f *finder) withinName(m *match) bool {
	i, to := m.from, m.to
	if i < 2 || to >= len(f.doc.Tokens) || !f.lore.particle[f.doc.Tokens[i-1].Norm] || !f.capitalWord(i-2) || !isGiven(f.doc.Tokens[i-2]) || f.newline(to) {
		return false
	}
	return f.capitalWord(to) || f.lore.particle[f.doc.Tokens[to].Norm] && to+1 < len(f.doc.Tokens) && f.capitalWord(to+1)
}
