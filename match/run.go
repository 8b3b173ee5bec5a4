package match

import (
	"cmp"
	"slices"

	"marsad/news"
)

// hit is a stretch of positions, both ends included.
type hit struct{ from, to int32 }

// holds tells whether the node at pc is satisfied.
func (s *scanner) holds(pc int) bool {
	code := s.x.code
	h := code[pc]
	switch n := int(h >> 8); h & 0xff {
	case opWord, opFlag:
		return s.has(code[pc+1])
	case opPhrase:
		for _, l := range code[pc+1 : pc+1+n] {
			if !s.has(l) {
				return false
			}
		}
		return s.phraseFrom(code[pc+1:pc+1+n], nil) != nil
	case opAnd:
		k := pc + 2
		for ; n > 0; n-- {
			if !s.holds(k) {
				return false
			}
			k = skip(code, k)
		}
		return true
	case opOr:
		k := pc + 2
		for ; n > 0; n-- {
			if s.holds(k) {
				return true
			}
			k = skip(code, k)
		}
		return false
	case opNot:
		return !s.holds(pc + 1)
	case opTerm:
		return s.x.terms[n].holds(s.d)
	case opNear, opSame:
		if !s.holds(pc+1) || !s.holds(skip(code, pc+1)) {
			return false
		}
	case opAtLeast, opFirst, opField:
		if !s.holds(pc + 1) {
			return false
		}
	}
	return len(s.places(pc)) > 0
}

// places gives where the node at pc is satisfied, in order; nowhere for what has no place in the text.
func (s *scanner) places(pc int) []hit {
	code := s.x.code
	h := code[pc]
	switch n := int(h >> 8); h & 0xff {
	case opWord:
		return s.word(code[pc+1])
	case opPhrase:
		return s.phraseFrom(code[pc+1:pc+1+n], []hit{})
	case opAnd:
		return s.gather(pc+2, n, true)
	case opOr:
		return s.gather(pc+2, n, false)
	case opNear:
		return s.near(s.places(pc+1), s.places(skip(code, pc+1)), int32(n>>1), n&1 == 1)
	case opSame:
		return s.same(s.places(pc+1), s.places(skip(code, pc+1)), n == 'p')
	case opAtLeast:
		if hits := s.places(pc + 1); len(hits) >= n {
			return hits
		}
	case opFirst:
		return slices.DeleteFunc(s.places(pc+1), func(h hit) bool { return h.from >= s.d.from[body]+int32(n) })
	case opField:
		return slices.DeleteFunc(s.places(pc+1), func(h hit) bool { return !s.d.within(n, h) })
	}
	return nil
}

// gather joins the places of n parts; where all must be satisfied and one is not, there are none.
func (s *scanner) gather(pc, n int, all bool) []hit {
	var hits []hit
	for ; n > 0; n-- {
		if s.holds(pc) {
			hits = append(hits, s.places(pc)...)
		} else if all {
			return nil
		}
		pc = skip(s.x.code, pc)
	}
	return ordered(hits)
}

func ordered(hits []hit) []hit {
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	return slices.Compact(hits)
}

func (s *scanner) word(l leaf) (hits []hit) {
	if !s.has(l) {
		return nil
	}
	for c := s.head[l]; c >= 0; c = s.cells[c].next {
		if p := s.cells[c].pos; p >= 0 {
			hits = append(hits, hit{p, p})
		}
	}
	return hits
}

// phraseFrom finds the leaves in a row, walking the places of the first. It stops at the first place when hits is nil.
func (s *scanner) phraseFrom(ls []leaf, hits []hit) []hit {
	if !s.has(ls[0]) {
		return nil
	}
	var at [16]int32 // where in its list each leaf stands; positions only grow
	for i, l := range ls {
		if !s.has(l) {
			return nil
		}
		if i < len(at) {
			at[i] = s.head[l]
		}
	}
	one := hits == nil
	for c := s.head[ls[0]]; c >= 0; c = s.cells[c].next {
		p := s.cells[c].pos
		if !s.follow(ls, p, &at) {
			continue
		}
		hits = append(hits, hit{p, p + int32(len(ls)) - 1})
		if one {
			return hits
		}
	}
	if len(hits) == 0 {
		return nil
	}
	return hits
}

func (s *scanner) follow(ls []leaf, p int32, at *[16]int32) bool {
	for i := 1; i < len(ls); i++ {
		var c int32
		if i < len(at) {
			c = at[i]
		} else {
			c = s.head[ls[i]]
		}
		for c >= 0 && s.cells[c].pos < p+int32(i) {
			c = s.cells[c].next
		}
		if i < len(at) {
			at[i] = c
		}
		if c < 0 || s.cells[c].pos != p+int32(i) {
			return false
		}
	}
	return true
}

// near joins the places of two groups that lie within n words of each other.
func (s *scanner) near(left, right []hit, n int32, inOrder bool) (hits []hit) {
	for _, a := range left {
		for _, b := range right {
			if b.from-a.to > n {
				break // places are in order of their beginning
			}
			apart := b.from - a.to
			if apart <= 0 && !inOrder {
				apart = a.from - b.to
			}
			if apart > 0 && apart <= n {
				hits = append(hits, hit{min(a.from, b.from), max(a.to, b.to)})
			}
		}
	}
	return ordered(hits)
}

// same joins the places of two groups that lie in one sentence or paragraph.
func (s *scanner) same(left, right []hit, paragraph bool) (hits []hit) {
	unit := func(pos int32) int32 {
		w := s.d.at(pos)
		if paragraph {
			return w.para
		}
		return w.sentence
	}
	for _, a := range left {
		for _, b := range right {
			if u := unit(a.from); a != b && u == unit(b.from) && u == unit(a.to) && u == unit(b.to) {
				hits = append(hits, a, b)
			}
		}
	}
	return ordered(hits)
}

// within tells whether a place lies in one of the sections of a field.
func (d *Doc) within(field int, h hit) bool {
	for sec := range sections {
		to := d.to[sec]
		if sec == body && field&leadBit != 0 {
			to = min(to, d.from[body]+leadWords)
		}
		if field&(1<<sec) != 0 && h.from >= d.from[sec] && h.to < to {
			return true
		}
	}
	return false
}

// spans gives the words of Article.Text that satisfy the program at pc, in order and without overlap.
func (s *scanner) spans(pc int) (spans []news.Span) {
	for _, h := range s.evidence(pc, nil) {
		a, b := s.d.at(h.from), s.d.at(h.to)
		if b.at.End == 0 {
			continue // title or caption
		}
		if n := len(spans); n > 0 && a.at.Start < spans[n-1].End {
			spans[n-1].End = max(spans[n-1].End, b.at.End)
			continue
		}
		spans = append(spans, news.Span{Start: a.at.Start, End: b.at.End})
	}
	return spans
}

// evidence gathers the places of all that is satisfied, and not negated, at pc.
func (s *scanner) evidence(pc int, hits []hit) []hit {
	code := s.x.code
	h := code[pc]
	switch n := int(h >> 8); h & 0xff {
	case opAnd, opOr:
		for k := pc + 2; n > 0; n, k = n-1, skip(code, k) {
			if s.holds(k) {
				hits = s.evidence(k, hits)
			}
		}
	case opNot, opTerm, opFlag, opNever:
	default:
		hits = append(hits, s.places(pc)...)
	}
	return ordered(hits)
}
