package entity

import (
	"slices"
	"strings"

	"marsad/news"
	"marsad/text"
)

// byKinds proposes names by the word for what they name: the League of Nowhere, Ligue des ports du Levant, компания «Заря», Lake
// Nowhere.
func (f *finder) byKinds() {
	for i := range f.doc.Tokens {
		t := f.doc.Tokens[i]
		if f.taken[i] != 0 || t.Kind != text.Word || !cased(t) || !f.lore.kindFirst[beginning(t.Norm)] {
			continue
		}
		switch {
		case f.kindWord(i, f.lore.heads):
			f.organization(i)
		case f.kindWord(i, f.lore.place):
			f.placeName(i)
		}
	}
}

// organization proposes the name that a word for an organization begins: with a capital it may go on over the words that tie such
// names together; without one only a name in quotation marks is its own.
func (f *finder) organization(i int) {
	if from, to := f.quoted(i + 1); to > from {
		f.propose(from, to, news.Org, "quoted", 0.5)
		return
	}
	if f.doc.Pack.Entity.NounsCapital || f.shouting(i) {
		return
	}
	if !f.capitalWord(i) {
		f.called(i)
		return
	}
	if to := f.tiedRun(i); to > i+1 {
		f.absorb(i, to)
		f.propose(i, to, news.Org, "head", 0.5)
	}
}

// tiedRun gives the end of a name that begins with a capital head at i: capitals, ties between them, and after the head or a tie
// one word without a capital; the last word has a capital, or follows a tie.
func (f *finder) tiedRun(i int) int {
	end, tied, low, ties, complete := i+1, false, 0, 0, false // complete: a capital behind a tie or a word without a capital
	for k := f.next(i + 1); k >= 0 && k < i+9 && (f.taken[k] == 0 || (tied || low == 1) && f.placeFound(k)); k = f.next(k + 1) {
		t := f.doc.Tokens[k]
		switch {
		case f.taken[k] != 0:
			end, tied, low = f.found[f.taken[k]-1].to, false, 0
			k = end - 1
		case f.capitalWord(k):
			if !f.doc.Pack.Entity.KindFirst && ties == 0 {
				return i // Joining Forces With
			}
			if complete && f.personBegins(k) {
				return end // Гильдии портов Сароники | Даная Василаки
			}
			complete = complete || tied || low == 1
			end, tied, low = k+1, false, 0
		case f.lore.tie[t.Norm]:
			tied = true
			ties++
		case low == 0 && (tied || f.lore.tieEnding(t.Norm)) && !f.lore.verbs[t.Norm]:
			low, tied = 1, false
		default:
			return end
		}
	}
	return end
}

// personBegins tells whether a name of two words or more begins at token k: a given name, or any two capitals that nothing goes on from.
func (f *finder) personBegins(k int) bool {
	to := f.run(k, 4)
	if to-k < 2 {
		return false
	}
	return isGiven(f.doc.Tokens[k]) || listedIn(givenNames, f.doc.Tokens[k].Norm) || to >= len(f.doc.Tokens) || !f.lore.tieEnding(f.doc.Tokens[to].Norm) || f.doc.Tokens[to].Kind != text.Word
}

// placeFound tells whether a place that was found begins at token k.
func (f *finder) placeFound(k int) bool {
	x := f.taken[k] - 1
	return x >= 0 && f.found[x].from == k && f.found[x].Kind == news.Place
}

// absorb takes back the places that lie inside a longer name: the Levant of the League of the Ports of the Levant.
func (f *finder) absorb(from, to int) {
	for k := len(f.found) - 1; k >= 0; k-- {
		x := &f.found[k]
		if x.from < from || x.to > to {
			continue
		}
		f.found = slices.Delete(f.found, k, k+1)
		for i, n := range f.taken {
			switch {
			case n == k+1:
				f.taken[i] = 0
			case n > k+1:
				f.taken[i]--
			}
		}
	}
}

// tieEnding tells whether a word without a capital can stand inside a name by its ending: портов in Лига портов Леванта.
func (l *lore) tieEnding(word string) bool {
	for _, e := range l.tieEndings {
		if strings.HasSuffix(word, e) && len(word) > len(e)+4 {
			return true
		}
	}
	return false
}

// quoted gives the tokens of a name in quotation marks at token i, without them: one to six words, the first with a capital.
func (f *finder) quoted(i int) (from, to int) {
	if i >= len(f.doc.Tokens) {
		return 0, 0
	}
	if !f.mark(i, "«") && !f.mark(i, "“") && !f.mark(i, "„") && !f.mark(i, "\"") {
		return 0, 0
	}
	for k := i + 1; k < len(f.doc.Tokens) && k <= i+7; k++ {
		if f.mark(k, "»") || f.mark(k, "”") || f.mark(k, "“") || f.mark(k, "\"") {
			if k > i+1 && f.capitalWord(i+1) {
				return i + 1, k
			}
			return 0, 0
		}
	}
	return 0, 0
}

// placeName proposes the capitals after a word for a place: Lake Nowhere, село Кара-Бель, province de Nulle-Part.
func (f *finder) placeName(i int) {
	if !f.doc.Pack.Entity.KindFirst && i > 0 && f.neighbour(i-1) && !f.newline(i) {
		f.placeBefore(i)
		return
	}
	at := f.next(i + 1)
	if at > 0 && f.lore.tie[f.doc.Tokens[at].Norm] {
		at = f.next(at + 1)
	}
	if at < 0 || !f.capitalWord(at) || f.taken[at] != 0 || f.isTitle(at) || f.kindWord(at, f.lore.heads) || f.shouting(i) ||
		f.doc.Pack.Entity.NounsCapital && at != i+1 {
		return
	}
	to := f.run(at, 2)
	if len(f.lore.endings) > 0 && f.spaced(at, max(to, at+1)) && i > 0 && (f.verb(i-1) || i > 1 && f.verb(i-2) || f.kindWord(i-1, f.lore.courtesy)) {
		return // рассказала жительница села Анна Петрова
	}
	if to > at && !f.speaks(to) && !f.lore.common[f.doc.Tokens[at].Norm] && (f.doc.Pack.Entity.KindFirst || f.capitalWord(i) && !f.opens(i)) {
		f.propose(at, to, news.Place, "kind", 0.45)
	}
}

// placeBefore proposes the one or two capitals before a word for a place: Nowhere province, the Kara-Bel dam.
func (f *finder) placeBefore(i int) {
	from := i - 1
	for from > 1 && (f.joins1(from-1) || i-from < 2 && f.neighbour(from-1) && !f.newline(from)) {
		from--
	}
	if f.opens(from) || f.neighbour(from-1) || f.shouting(i) || f.ordinary(surroundings{}, from, i) || f.doc.Pack.Entity.NounsCapital {
		return
	}
	if f.capitalWord(i) {
		f.propose(from, i+1, news.Place, "kind", 0.45)
		return
	}
	if b := f.doc.Tokens[from-1].Norm; !f.lore.article[b] && !f.lore.other[b] || i-from == 3 && f.joins1(from+1) {
		f.propose(from, i, news.Place, "kind", 0.4) // but not the Danish island
	}
}

// inPlaces proposes what stands behind a preposition of place and is the name of some place, however small.
func (f *finder) inPlaces() {
	named := map[string]bool{}
	for k := range f.matches {
		m := &f.matches[k]
		if m.from == 0 || f.anyTaken(m.from, m.to) || !cased(f.doc.Tokens[m.from]) || !f.capitalWord(m.from) || f.neighbour(m.from-1) ||
			m.to < len(f.doc.Tokens) && f.neighbour(m.to) || m.to-m.from == 1 && f.common(m) || f.shouting(m.from) {
			continue
		}
		key := strings.Join(keysOfRange(f.doc, m.from, m.to), " ")
		if !f.lore.locative[f.doc.Tokens[m.from-1].Norm] && !named[key] || !f.isPlace(m) {
			continue
		}
		named[key] = f.propose(m.from, m.to, news.Place, "in", 0.4) || named[key]
	}
}

// isPlace tells whether a match names places, and nothing else, in words that are nobody's name.
func (f *finder) isPlace(m *match) bool {
	for r := m.refs[0]; r < m.refs[1]; r++ {
		if x := m.table.ref(r); m.table.kind(x.entity) != news.Place || !f.fits(m, x) {
			return false
		}
	}
	return !isGiven(f.doc.Tokens[m.from]) && !f.opens(m.from)
}

func keysOfRange(d *text.Doc, from, to int) (keys []string) {
	for _, t := range d.Tokens[from:to] {
		if t.Kind != text.Mark {
			keys = append(keys, t.Norm)
		}
	}
	return keys
}

// bodies proposes the short names that a country's ministries and services go by, whatever country's they are: Минздрав, МЧС.
func (f *finder) bodies() {
	if len(f.lore.body) == 0 {
		return
	}
	for i, t := range f.doc.Tokens {
		if f.taken[i] != 0 || !f.capitalWord(i) {
			continue
		}
		for _, fm := range f.readings(i) {
			if f.lore.body[fm.norm] && (!capitals(f.doc.Text[t.Start:t.End]) || fm.how == exact) {
				f.propose(i, i+1, news.Org, "body", 0.5)
				break
			}
		}
	}
}

// quotedBehind proposes a name in quotation marks right behind who heads it, or behind a verb of accusing: глава «Халден Фудс».
func (f *finder) quotedBehind() {
	if len(f.lore.endings) == 0 {
		return
	}
	for i := 1; i+2 < len(f.doc.Tokens); i++ {
		from, to := f.quoted(i)
		if to <= from || to-from > 3 || f.newline(i) || f.doc.Tokens[to-1].Kind == text.Mark || !f.officeEndsAt(i) && !(f.lore.does[f.doc.Tokens[i-1].Norm] && !f.lore.verbs[f.doc.Tokens[i-1].Norm]) {
			continue
		}
		f.propose(from, to, news.Org, "quoted", 0.45)
	}
}

// officeEndsAt tells whether a title of an office ends right before token i.
func (f *finder) officeEndsAt(i int) bool {
	for k := range f.titles {
		if t := &f.titles[k]; t.to == i && t.office {
			return true
		}
	}
	return false
}
