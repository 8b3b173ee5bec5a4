package entity

import (
	"strings"

	"marsad/news"
	"marsad/text"
)

// title is a word or phrase for what a person is, with the country that an adjective beside it names.
type title struct {
	from, to int // tokens, the adjective among them
	key      string
	country  string
	office   bool // an office, not a courtesy

	begins, ends int // tokens, without the adjective
}

// findTitles notes the titles of the text, the longest at each place.
func (f *finder) findTitles() {
	for i := 0; i < len(f.doc.Tokens); i++ {
		if f.doc.Tokens[i].Kind == text.Mark {
			continue
		}
		t, ok := f.titleAt(i)
		if !ok || f.goesOn(t.to) {
			continue
		}
		t.begins, t.ends = t.from, t.to
		f.widen(&t)
		f.titles = append(f.titles, t)
		i = t.to - 1
	}
}

// goesOn tells whether a small word is joined by a hyphen to the one before token i: chef d'état-major.
func (f *finder) goesOn(i int) bool {
	return i+1 < len(f.doc.Tokens) && f.hyphened(i+1) && cased(f.doc.Tokens[i+1]) && !capital(f.doc, f.doc.Tokens[i+1])
}

// titleAt reads the longest title that begins at token i.
func (f *finder) titleAt(i int) (title, bool) {
	best := title{}
	p := f.lore.titles
	for _, fm := range f.readings(i) {
		if p.first[beginning(fm.norm)] {
			f.title(p, i, i+1, step(0, fm.norm), &best)
		}
	}
	if best.to == 0 && f.lore.courtesy[f.doc.Tokens[i].Norm] {
		best = title{from: i, to: i + 1}
		if best.to < len(f.doc.Tokens) && f.doc.Text[f.doc.Tokens[best.to].Start:f.doc.Tokens[best.to].End] == "." {
			best.to++
		}
	}
	return best, best.to > 0
}

func (f *finder) title(p *phrases, from, to int, h uint64, best *title) {
	if key, ok := p.values[h]; ok && to > best.to {
		*best = title{from: from, to: to, key: key, office: true}
	}
	if !p.more[h] {
		return
	}
	if next := f.next(to); next >= 0 {
		for _, fm := range f.readings(next) {
			if fm.how != clitic {
				f.title(p, from, next+1, step(h, fm.norm), best)
			}
		}
	}
}

// widen takes in the adjectives of a country right before or after.
func (f *finder) widen(t *title) {
	if c, n := f.demonymAt(t.to); c != "" {
		t.country, t.to = c, t.to+n
		return
	}
	for n := 3; n >= 1; n-- {
		if at := t.from - n; at >= 0 {
			if c, length := f.demonymAt(at); c != "" && length == n {
				t.country, t.from = c, at
				return
			}
		}
	}
}

// demonymAt gives the country whose adjective stands at token i, and its number of tokens.
func (f *finder) demonymAt(i int) (country string, n int) {
	toks := f.doc.Tokens
	if i >= len(toks) || toks[i].Kind == text.Mark {
		return "", 0
	}
	for n := 3; n >= 2; n-- {
		if i+n <= len(toks) && toks[i+n-1].Kind != text.Mark {
			words := make([]string, 0, 3)
			for _, t := range toks[i : i+n] {
				if t.Kind != text.Mark {
					words = append(words, t.Norm)
				}
			}
			if c := f.lore.demonyms[strings.Join(words, " ")]; c != "" && len(words) > 1 {
				return c, n
			}
		}
	}
	if c := f.lore.demonyms[toks[i].Norm]; c != "" {
		return c, 1
	}
	for stem, c := range f.lore.stars {
		if strings.HasPrefix(toks[i].Norm, stem) {
			return c, 1
		}
	}
	return "", 0
}

// titled gives the title that stands right before token i, nil for none.
func (f *finder) titled(i int) *title {
	lo, hi := 0, len(f.titles)
	for lo < hi {
		if mid := (lo + hi) / 2; f.titles[mid].to < i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(f.titles) && f.titles[lo].to == i {
		return &f.titles[lo]
	}
	return nil
}

// bears tells whether an entity is known to have held an office, of a country if one is named.
func (f *finder) bears(tb *table, e int, key, country string) bool {
	from, to := tb.rows(e, 28, tb.offices)
	for i := from; i < to; i++ {
		if o := tb.office(i); sameOffice(o.Title, key) && (country == "" || o.Of == country || tb.country(e) == country) {
			return true
		}
	}
	return false
}

// sameOffice tells whether the words of key can mean an office: "the minister" any minister.
func sameOffice(office, key string) bool {
	switch key {
	case office:
		return true
	case "minister":
		return strings.HasSuffix(office, "-minister") && office != "prime-minister"
	case "leader":
		return office == "president" || office == "supreme-leader" || office == "king" || office == "general-secretary"
	case "president":
		return office == "leader"
	}
	return false
}

// bearers joins a title that stands alone with its bearer, where only one who is named in the text has borne it: "the minister",
// الرئيس الروسي.
func (f *finder) bearers() {
	for i := range f.titles {
		t := &f.titles[i]
		if !t.office || !singular(t) || f.anyTaken(t.from, t.to) || !f.alone(t) {
			continue
		}
		if p, ok := f.bearer(t); ok {
			f.note(t.from, t.to, 0, found{ref: ref{table: p.table, entity: p.entity}, Mention: news.Mention{
				Kind: news.Person, Entity: p.table.id(p.entity), Name: p.table.name(p.entity, f.doc.Lang), Score: 0.7, Known: true, Rule: "title",
			}})
		}
	}
}

// singular tells whether a title is one that a country has one of: a spokesman or a head may be anybody's.
func singular(t *title) bool {
	switch t.key {
	case "president", "vice-president", "prime-minister", "king", "crown-prince", "emir", "supreme-leader", "chancellor", "pope", "secretary-general":
		return true
	case "leader":
		return t.country != ""
	}
	return strings.HasSuffix(t.key, "minister")
}

func (f *finder) anyTaken(from, to int) bool {
	for i := from; i < to; i++ {
		if f.taken[i] != 0 {
			return true
		}
	}
	return false
}

// alone tells whether a title names its bearer by itself: definite, with no name after it, and no word that means another.
func (f *finder) alone(t *title) bool {
	toks := f.doc.Tokens
	if t.from > 0 && f.lore.other[toks[t.from-1].Norm] || t.to < len(toks) && f.lore.other[toks[t.to].Norm] && f.countryAfter(t) == "" {
		return false
	}
	if t.to < len(toks) && !f.newline(t.to) && toks[t.to].Kind != text.Mark {
		if f.taken[t.to] != 0 {
			return f.countryAfter(t) != "" && t.country == ""
		}
		if cased(toks[t.to]) && capital(f.doc, toks[t.to]) || t.country == "" && cased(toks[t.to]) && f.lore.tied(toks[t.to].Norm) {
			return false
		}
	}
	return t.country != "" || f.definite(t)
}

// tied tells whether a word after a title says whose it is: of the police, der Polizei.
func (l *lore) tied(word string) bool {
	return l.article[word] || l.particle[word] || l.locative[word]
}

// definite tells whether the title is one that the text has spoken of: with an article before it or in it.
func (f *finder) definite(t *title) bool {
	first := f.doc.Tokens[t.from]
	if strings.HasPrefix(first.Norm, "ال") || strings.HasPrefix(first.Norm, "وال") {
		return true
	}
	return t.from > 0 && f.lore.article[f.doc.Tokens[t.from-1].Norm]
}

// bearer gives the one person named before the title who has borne it.
func (f *finder) bearer(t *title) (present, bool) {
	var only present
	n := 0
	country := t.country
	if country == "" {
		country = f.countryAfter(t)
	}
	for p, at := range f.present {
		if p.table.kind(p.entity) == news.Person && at < t.from && f.bears(p.table, p.entity, t.key, country) && (country != "" || f.ofState(p, t.key)) {
			only = p
			n++
		}
	}
	return only, n == 1
}

// ofState tells whether somebody held an office of a country or of all of them: the president of a party is not "the president".
func (f *finder) ofState(p present, key string) bool {
	from, to := p.table.rows(p.entity, 28, p.table.offices)
	for i := from; i < to; i++ {
		if o := p.table.office(i); sameOffice(o.Title, key) && !strings.Contains(o.Of, ":") {
			return true
		}
	}
	return false
}

// countryAfter gives the country that is named right after a title.
func (f *finder) countryAfter(t *title) string {
	for i := t.to; i < len(f.doc.Tokens) && i <= t.to+1; i++ {
		if k := f.taken[i]; k != 0 {
			if m := f.found[k-1]; m.Kind == news.Place && m.ref.table != nil {
				return m.ref.table.country(m.ref.entity)
			}
			return ""
		}
	}
	return ""
}
