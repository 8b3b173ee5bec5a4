package entity

import (
	"strings"

	"marsad/news"
	"marsad/text"
)

// Weights that the choice turns on. Places have theirs from their population (see the gazetteer tool): a town of 10,000 has 60,
// of 100,000 90, of a million 120, a capital at least 180; what an editor listed has 200.
const (
	listed   = 180 // known to everybody: needs no support
	large    = 120
	sizeable = 98 // 185,000 people
	middle   = 90
	small    = 60
)

// context notes what the text names beyond doubt: countries, and entities by a name of their own.
func (f *finder) context() {
	f.countries, f.present, f.regions = map[string]int{}, map[present]int{}, map[int]bool{}
	f.inFull, f.named = map[present]bool{}, map[present]bool{}
	for i := range f.doc.Tokens {
		if c := f.lore.demonyms[f.doc.Tokens[i].Norm]; c != "" {
			f.countries[c]++
		}
	}
	for i := 0; i < len(f.matches); {
		m := &f.matches[i]
		for r := m.refs[0]; r < m.refs[1] && !(m.to-m.from == 1 && f.common(m)) && !f.severalPlaces(m); r++ {
			if x := m.table.ref(r); x.flags&refFamily == 0 && m.table.weight(x.entity) >= listed && m.how != clitic && f.fits(m, x) {
				if c := m.table.country(x.entity); c != "" && m.table.kind(x.entity) == news.Place {
					f.countries[c]++
					f.regions[m.from] = true
				}
				if m.to-m.from > 1 {
					f.inFull[present{m.table, x.entity}] = true
				}
				if _, ok := f.present[present{m.table, x.entity}]; !ok {
					f.present[present{m.table, x.entity}] = m.from
				}
				break
			}
		}
		for end := m.to; i < len(f.matches) && f.matches[i].from < end; i++ {
		}
	}
	f.findNamesakes()
}

// findNamesakes notes the family names that stand behind a given name which is not that of whom the lists know by them: after Peter Lindner
// was named, Lindner is he.
func (f *finder) findNamesakes() {
	known := 0 // tokens before this belong to a person's name in full
	for i := range f.matches {
		m := &f.matches[i]
		if m.table.kind(m.table.ref(m.refs[0]).entity) != news.Person {
			continue
		}
		if m.to-m.from > 1 {
			known = max(known, m.to)
		} else if m.from >= known && f.unknownBefore(m) && !f.ownGiven(m, m.table.ref(m.refs[0])) {
			if f.namesakes == nil {
				f.namesakes = map[string]bool{}
			}
			f.namesakes[f.doc.Tokens[m.from].Norm] = true
		}
	}
}

// namesake tells whether a family name alone is rather somebody's whom no list knows.
func (f *finder) namesake(m *match, x ref) bool {
	return words1(m) && f.namesakes[f.doc.Tokens[m.from].Norm] && !f.inFull[present{m.table, x.entity}]
}

// severalPlaces tells whether a word names well-known places of two countries, so that it is no evidence for either: عمان.
func (f *finder) severalPlaces(m *match) bool {
	if !words1(m) || m.refs[1]-m.refs[0] < 2 {
		return false
	}
	country := ""
	for r := m.refs[0]; r < m.refs[1]; r++ {
		x := m.table.ref(r)
		if m.table.kind(x.entity) != news.Place || m.table.weight(x.entity) < listed || !f.fits(m, x) || !f.attested(m, x) {
			continue
		}
		c := m.table.country(x.entity)
		if country != "" && c != country {
			return true
		}
		country = c
	}
	return false
}

// fits tells whether the words are written as the alias must be.
func (f *finder) fits(m *match, x ref) bool {
	first, last := f.doc.Tokens[m.from], f.doc.Tokens[m.to-1]
	if cased(first) && !capital(f.doc, first) && !capital(f.doc, last) {
		return false // la paz
	}
	t := f.doc.Tokens[m.from]
	if x.flags&refAcronym == 0 {
		return !words1(m) || m.table.kind(x.entity) != news.Person || !cased(t) || !capitals(f.doc.Text[t.Start:t.End]) || f.shouts(m.from) // FICO
	}
	return !cased(t) || capitals(f.doc.Text[t.Start:t.End])
}

// choose takes from left to right the longest alias that has an acceptable meaning.
func (f *finder) choose() {
	for i := 0; i < len(f.matches); {
		at := f.matches[i].from
		end := i
		for end < len(f.matches) && f.matches[end].from == at {
			end++
		}
		to := at
		for k := i; k < end && to == at; k++ {
			if f.outdone(&f.matches[k], end) {
				continue
			}
			if f.decide(&f.matches[k]) {
				to = f.matches[k].to
			}
		}
		for i = end; i < len(f.matches) && f.matches[i].from < to; i++ {
		}
	}
}

// outdone tells whether a longer name begins inside this one and goes on after it: "the National" in "the National Security
// Council". Matches from next on begin later.
func (f *finder) outdone(m *match, next int) bool {
	for k := next; k < len(f.matches) && f.matches[k].from < m.to; k++ {
		o := &f.matches[k]
		if o.to <= m.to || o.to-o.from < m.to-m.from || o.to-o.from == m.to-m.from && !f.lore.article[f.doc.Tokens[m.from].Norm] {
			continue
		}
		for r := o.refs[0]; r < o.refs[1]; r++ {
			if f.value(o, o.table.ref(r)) > 0 {
				return true
			}
		}
	}
	return false
}

// decide chooses the best meaning of a match and notes it; false if none is good enough.
func (f *finder) decide(m *match) bool {
	best, bestValue := ref{}, 0
	for r := m.refs[0]; r < m.refs[1]; r++ {
		x := m.table.ref(r)
		if v := f.value(m, x); v > bestValue {
			best, bestValue = x, v
		}
	}
	if bestValue <= 0 {
		return false
	}
	if best.table.kind(best.entity) == news.Place {
		f.named[present{best.table, best.entity}] = true
	}
	rule := "gazetteer"
	if best.flags&refFamily != 0 {
		rule = "surname"
	}
	f.note(m.from, m.to, m.cut, found{ref: best, Mention: news.Mention{
		Kind: best.table.kind(best.entity), Entity: best.table.id(best.entity), Name: best.table.name(best.entity, f.doc.Lang),
		Score: min(1, 0.5+float64(bestValue)/600), Known: true, Rule: rule + m.how.String(),
	}})
	return true
}

func (f *finder) note(from, to, cut int, x found) {
	x.from, x.to = from, to
	x.Span = f.doc.Span(text.Range{From: from, To: to})
	x.Span.Start += cut
	if last := f.doc.Tokens[to-1]; to < len(f.doc.Tokens) && strings.IndexByte(last.Norm, '.') > 0 && strings.HasPrefix(f.doc.Text[last.End:], ".") {
		x.Span.End++ // the last stop of U.S.
		to++
		x.to = to
	}
	f.found = append(f.found, x)
	for i := from; i < to; i++ {
		f.taken[i] = len(f.found)
	}
}

// value says how well a meaning fits, 0 for not at all.
func (f *finder) value(m *match, x ref) int {
	if !f.fits(m, x) {
		return 0
	}
	if x.flags&refFamily != 0 {
		return f.familyValue(m, x)
	}
	w := int(m.table.weight(x.entity))
	attested := f.attested(m, x)
	supported := f.countries[m.table.country(x.entity)] > 0
	v := w
	if attested {
		v += 30
	}
	if supported {
		v += 65
	}
	if m.table.kind(x.entity) == news.Org && f.quotedWords(m) {
		v += 60 // «الشرق الأوسط» is the newspaper
	}
	if !f.strong(m, x, w, attested, supported) || !f.vowelsFit(m, x) || f.partOfTitle(m) {
		return 0
	}
	switch kind := m.table.kind(x.entity); {
	case kind == news.Place && words1(m) && f.personAfter(m):
		return 0
	case kind == news.Place && words1(m) && (f.personBefore(m) || w < listed && f.titled(m.from) != nil):
		return 0
	case kind == news.Person && f.namesake(m, x):
		return 0
	case kind == news.Person && f.titled(m.from) != nil:
		v += 40
	case kind == news.Person && words1(m) && f.unknownBefore(m) && !f.ownGiven(m, x):
		return 0
	case kind == news.Place && words1(m) && f.withinName(m):
		return 0
	}
	return v
}

// shouts tells whether a neighbour of a word in capitals is in capitals too.
func (f *finder) shouts(i int) bool {
	for _, k := range [...]int{i - 1, i + 1} {
		if k >= 0 && k < len(f.doc.Tokens) {
			if t := f.doc.Tokens[k]; t.Kind == text.Word && cased(t) && runes(t.Norm) > 1 && capitals(f.doc.Text[t.Start:t.End]) {
				return true
			}
		}
	}
	return len(f.doc.Tokens) == 1
}

// vowelsFit tells whether the vowels that the text writes in a word, if it writes any, are those of this meaning.
func (f *finder) vowelsFit(m *match, x ref) bool {
	if len(f.lore.vowelled) == 0 || !words1(m) {
		return true
	}
	t := f.doc.Tokens[m.from]
	country := f.lore.vowelled[f.doc.Text[t.Start+m.cut:t.End]]
	return country == "" || m.table.kind(x.entity) == news.Place && m.table.country(x.entity) == country
}

// partOfTitle tells whether a match is the beginning of a title, in a script without spaces: 外交部 in 外交部长.
func (f *finder) partOfTitle(m *match) bool {
	if f.doc.Tokens[m.from].Kind != text.Ideo {
		return false
	}
	for i := f.firstTitle(m.from); i < len(f.titles) && f.titles[i].from <= m.from; i++ {
		if t := &f.titles[i]; t.begins <= m.from && t.ends > m.to {
			return true
		}
	}
	return false
}

// quotedWords tells whether a match stands alone in quotation marks.
func (f *finder) quotedWords(m *match) bool { return f.quoteMark(m.from-1) && f.quoteMark(m.to) }

func (f *finder) quoteMark(i int) bool {
	return i >= 0 && i < len(f.doc.Tokens) && f.doc.Tokens[i].Kind == text.Mark &&
		strings.Contains("\"«»“”„‘’'", f.doc.Text[f.doc.Tokens[i].Start:f.doc.Tokens[i].End])
}

// onlyPlaced tells whether a common word means its place only behind the words that the language lists for it.
func (f *finder) onlyPlaced(norm string) bool {
	return f.lore.placedWords[norm]
}
