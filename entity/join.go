package entity

import (
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
	v := 100 + int(m.table.weight(x.entity))/4
	if at < m.from {
		v += 50
	}
	return v
}

// personBefore tells whether the word before, together with these, is a person's name: Michael Jordan.
func (f *finder) personBefore(m *match) bool {
	return m.to-m.from == 1 && f.unknownBefore(m)
}

// unknownBefore tells whether a given name that belongs to nobody known stands right before.
func (f *finder) unknownBefore(m *match) bool {
	i := m.from - 1
	if i < 0 || f.doc.Tokens[i].Kind != text.Word || f.taken[i] != 0 || f.newline(m.from) || m.cut > 0 {
		return false
	}
	t := f.doc.Tokens[i]
	if !cased(t) || !capital(f.doc, t) || f.lore.courtesy[t.Norm] || f.lore.demonyms[t.Norm] != "" || f.titled(m.from) != nil {
		return false
	}
	return isGiven(t)
}
