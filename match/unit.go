package match

import (
	"slices"

	"marsad/text"
)

// units say in which sentence, or paragraph, each word of an article is. They are put together when SAME first asks for them.
type units struct {
	of   []int32
	made bool
}

// fill puts the units of an article down.
func (u *units) fill(d *Doc, paragraph bool) {
	u.of, u.made = slices.Grow(u.of[:0], len(d.tokens)), true
	for sec, doc := range d.parts {
		if doc == nil {
			continue
		}
		ranges := doc.Sentences
		if paragraph {
			ranges = doc.Paragraphs
		}
		u.section(ranges, d.tokens[d.first[sec]:][:d.to[sec]-d.from[sec]], unitBase(section(sec)))
	}
}

// section puts down the units of the words of a section, which are numbered from base on.
func (u *units) section(ranges []text.Range, tokens []int32, base int32) {
	n := 0
	for _, token := range tokens {
		for ranges[n].To <= int(token) {
			n++
		}
		u.of = append(u.of, base+int32(n))
	}
}

// unitOf gives the number of the sentence or paragraph in which a position is.
func (s *scanner) unitOf(pos int32, paragraph bool) int32 {
	u := &s.units[one(paragraph)]
	if !u.made {
		u.fill(s.d, paragraph)
	}
	sec := s.d.section(pos)
	return u.of[s.d.first[sec]+pos-s.d.from[sec]]
}

// unit gives the number of the sentence or paragraph in which a place begins, and whether it ends there too.
func (s *scanner) unit(h hit, paragraph bool) (u int32, whole bool) {
	u = s.unitOf(h.from, paragraph)
	return u, h.from == h.to || s.unitOf(h.to, paragraph) == u
}

// same appends the places of two groups that lie in one sentence or paragraph.
func (s *scanner) same(left, right []hit, paragraph bool) {
	first := 0
	for _, a := range left {
		u, whole := s.unit(a, paragraph)
		if !whole {
			continue
		}
		for first < len(right) && s.unitOf(right[first].from, paragraph) < u {
			first++
		}
		for _, b := range right[first:] {
			v, whole := s.unit(b, paragraph)
			if v != u {
				break // units follow each other as places do
			}
			if a != b && whole {
				s.hits = append(s.hits, a, b)
			}
		}
	}
}
