package entity

import (
	"marsad/lang/pack"
	"marsad/text"
)

// Inflected tells whether two full names of a language, word for word in normal form, are one name of which the grammar changed the
// endings: Элиаса Марвана, Элиас Марван. A given name that the endings make another given name is another person's (Александр,
// Александра), and so is a family name whose ending alone differs (Петров, Петрова).
func Inflected(a, b []string, lang string) bool {
	if len(a) != len(b) || len(a) < 2 {
		return false
	}
	l := loreOf(pack.For(lang))
	changed := a[0] != b[0]
	for i := range a {
		switch {
		case a[i] == b[i]:
		case !changed, !l.meet(a[i], b[i]), i == 0 && listedIn(givenNames, a[i]) && listedIn(givenNames, b[i]):
			return false
		}
	}
	return true
}

// meet tells whether one word is the usual form of the other, or both have one usual form.
func (l *lore) meet(a, b string) bool {
	x, _ := l.forms(nil, text.Normalize(a), nil)
	y, _ := l.forms(nil, text.Normalize(b), nil)
	for _, f := range x {
		for _, g := range y {
			if f.norm == g.norm && f.how != clitic && g.how != clitic {
				return true
			}
		}
	}
	return false
}
