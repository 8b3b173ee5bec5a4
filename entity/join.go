package entity

import (
	"sort"
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
	if !ok || f.unknownBefore(m) {
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
	return m.to-m.from == 1 && f.unknownBefore(m)
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
	return isGiven(t)
}
