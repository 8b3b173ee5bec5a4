package entity

import (
	"marsad/news"
	"marsad/text"
)

// What the words of a match and those around it say for a meaning, and against it.

// common tells whether a word alone is also a word of the language.
func (f *finder) common(m *match) bool {
	n, own := f.doc.Tokens[m.from].Norm, f.normOf(m)
	return f.lore.common[n] || f.lore.common[own] || f.lore.place[n] || f.lore.place[own] || f.lore.heads[n] || f.lore.heads[own]
}

// attested tells whether the alias is one in the language of the text.
func (f *finder) attested(m *match, x ref) bool {
	l, ok := m.table.lang[f.doc.Lang]
	return ok && x.langs>>l&1 == 1 || len(f.doc.Lang) == 0
}

// strong tells whether the evidence is enough to say that these words are this name.
func (f *finder) strong(m *match, x ref, w int, attested, supported bool) bool {
	t := f.doc.Tokens[m.from]
	words := m.to - m.from
	if words == 1 && f.common(m) {
		if m.from > 0 && f.lore.placed[[2]string{f.doc.Tokens[m.from-1].Norm, t.Norm}] && m.table.kind(x.entity) == news.Place && w >= listed {
			return true
		}
		return w >= listed && m.how == exact && !f.onlyPlaced(t.Norm) && (supported || f.inFull[present{m.table, x.entity}])
	}
	if words == 1 && !attested && x.langs != 0 {
		if !cased(t) && f.shared(t) || cased(t) && (f.opens(m.from) && w < listed || len(t.Norm) < 4) {
			return false
		}
	}
	if w >= listed {
		return m.how != clitic || words > 1 || f.nameLetters(m) >= 3
	}
	switch {
	case m.how == clitic:
		return attested && f.nameLetters(m) >= 4 && (w >= large || supported && w >= middle)
	case cased(t):
		return f.strongCased(m, x, w, attested, supported)
	case t.Kind == text.Ideo:
		return attested && (words > 2 && w >= middle || w >= large)
	case words > 1:
		return attested && w >= small
	default:
		return attested && f.nameLetters(m) >= 3 && (w >= large || (supported || f.placed(m)) && w >= middle || f.named[present{m.table, x.entity}])
	}
}

// strongCased decides on a place in a script with capitals. A word that is also a person's name needs words around it that say
// a place is meant: in Davis, or Davis, California.
func (f *finder) strongCased(m *match, x ref, w int, attested, supported bool) bool {
	if !capital(f.doc, f.doc.Tokens[m.from]) {
		return false
	}
	placed := f.placed(m)
	if next := m.from + 1; m.to-m.from > 1 && f.lore.article[f.doc.Tokens[m.from].Norm] && f.doc.Tokens[next].Kind == text.Word && !capital(f.doc, f.doc.Tokens[next]) {
		return false // la réunion
	}
	if m.how == ending && m.to-m.from == 1 && !placed && f.doc.Pack.Entity.NounsCapital {
		return false // Zahlen, not Zahle
	}
	if m.how == ending && m.to-m.from == 1 && f.opens(m.from) && f.neighbour(m.to) {
		return false // Роза Мартель, and no place in another case
	}
	if m.to-m.from > 1 {
		return w >= middle || w >= small && (supported || placed)
	}
	if isGiven(f.doc.Tokens[m.from]) || f.opens(m.from) || !attested {
		return placed && w >= small && (attested || w >= large) || w >= large && attested && !isGiven(f.doc.Tokens[m.from])
	}
	return w >= large || (placed || f.named[present{m.table, x.entity}]) && w >= small || supported && w >= middle || w >= sizeable && !f.neighbour(m.from-1) && !f.neighbour(m.to) &&
		!isNameWord(text.Normalize(m.table.name(x.entity, "en")))
}

// placed tells whether the words around say that a place is meant: a preposition of place before, a comma and a country or region
// after.
func (f *finder) placed(m *match) bool {
	toks := f.doc.Tokens
	if i := m.from - 1; i >= 0 && (f.lore.locative[toks[i].Norm] || f.lore.place[toks[i].Norm]) {
		return true
	}
	if m.to+1 < len(toks) && toks[m.to].Kind == text.Mark && f.doc.Text[toks[m.to].Start:toks[m.to].End] == "," {
		return f.regions[m.to+1]
	}
	return false
}

func (f *finder) nameLetters(m *match) int {
	t := f.doc.Tokens[m.from]
	return runes(f.doc.Text[t.Start+m.cut : f.doc.Tokens[m.to-1].End])
}

// opens tells whether token i begins a sentence, where capitals say nothing.
func (f *finder) opens(i int) bool {
	s := f.doc.Sentences[f.doc.SentenceOf(i)]
	for j := s.From; j < i; j++ {
		if f.doc.Tokens[j].Kind != text.Mark {
			return false
		}
	}
	return true
}

// normOf gives the normal form of a match's first token without what stands in front of the name.
func (f *finder) normOf(m *match) string {
	t := f.doc.Tokens[m.from]
	if m.cut == 0 {
		return t.Norm
	}
	return text.Normalize(f.doc.Text[t.Start+m.cut : t.End])
}

// shared tells whether a token's script belongs to the language of the text, so that a name of another language in it is
// suspect: Persian روسیه is Russia, Arabic روسية is Russian. A Latin name in an Arabic text is not.
func (f *finder) shared(t text.Token) bool {
	for _, s := range f.doc.Tokens {
		if s.Kind == text.Word || s.Kind == text.Ideo {
			return s.Script == t.Script
		}
	}
	return false
}

func words1(m *match) bool { return m.to-m.from == 1 }
