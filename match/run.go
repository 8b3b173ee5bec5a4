package match

import (
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
	case opWord:
		return s.stands.has(code[pc+1])
	case opPhrase:
		return s.phrase(code[pc+1:pc+1+n], true)
	case opAll:
		for _, l := range code[pc+1 : pc+1+n] {
			if !s.stands.has(l) {
				return false
			}
		}
		return true
	case opAny:
		for _, l := range code[pc+1 : pc+1+n] {
			if s.stands.has(l) {
				return true
			}
		}
		return false
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
		if holds, ok := s.meet(pc); ok {
			return holds
		}
	}
	from := len(s.hits)
	s.places(pc)
	ok := len(s.hits) > from
	s.hits = s.hits[:from]
	return ok
}

// places appends to s.hits where the node at pc is satisfied, in order and each once; nowhere for what has no place in the text.
func (s *scanner) places(pc int) {
	code, from := s.x.code, len(s.hits)
	h := code[pc]
	switch n := int(h >> 8); h & 0xff {
	case opWord:
		s.word(code[pc+1])
	case opPhrase:
		s.phrase(code[pc+1:pc+1+n], false)
	case opAll, opAny:
		if h&0xff == opAny || s.holds(pc) {
			for _, l := range code[pc+1 : pc+1+n] {
				s.word(l)
			}
			s.order(from)
		}
	case opAnd, opOr:
		s.gather(pc+2, n, h&0xff == opAnd)
	case opNear, opSame:
		s.places(pc + 1)
		middle := len(s.hits)
		if middle == from {
			return
		}
		s.places(skip(code, pc+1))
		left, right := s.hits[from:middle], s.hits[middle:]
		end := len(s.hits)
		if h&0xff == opNear {
			s.near(left, right, int32(n>>1), n&1 == 1)
		} else {
			s.same(left, right, n == 'p')
		}
		s.hits = append(s.hits[:from], s.hits[end:]...)
		s.order(from)
	case opAtLeast:
		if s.places(pc + 1); len(s.hits)-from < n {
			s.hits = s.hits[:from]
		}
	case opFirst:
		s.places(pc + 1)
		s.keep(from, func(h hit) bool { return h.from < s.d.from[body]+int32(n) })
	case opField:
		s.places(pc + 1)
		s.keep(from, func(h hit) bool { return s.d.within(n, h) })
	}
}

// keep drops the hits from one on that do not fit.
func (s *scanner) keep(from int, fits func(hit) bool) {
	kept := s.hits[:from]
	for _, h := range s.hits[from:] {
		if fits(h) {
			kept = append(kept, h)
		}
	}
	s.hits = kept
}

// gather joins the places of n parts; where all must be satisfied and one is not, there are none.
func (s *scanner) gather(pc, n int, all bool) {
	from := len(s.hits)
	for ; n > 0; n-- {
		if s.holds(pc) {
			s.places(pc)
		} else if all {
			s.hits = s.hits[:from]
			return
		}
		pc = skip(s.x.code, pc)
	}
	s.order(from)
}

func before(a, b hit) int {
	if a.from != b.from {
		return int(a.from) - int(b.from)
	}
	return int(a.to) - int(b.to)
}

// order sorts the hits from one on and drops what is there twice.
func (s *scanner) order(from int) {
	hits := s.hits[from:]
	if len(hits) > manyHits {
		slices.SortFunc(hits, before)
		s.hits = s.hits[:from+len(slices.Compact(hits))]
		return
	}
	n := 0 // how many are in order; the next is put where it belongs
	for _, h := range hits {
		i := n
		for i > 0 && before(hits[i-1], h) > 0 {
			i--
		}
		if i > 0 && hits[i-1] == h {
			continue
		}
		copy(hits[i+1:n+1], hits[i:n])
		hits[i] = h
		n++
	}
	s.hits = s.hits[:from+n]
}

// manyHits are so many that they are not put in order one by one.
const manyHits = 32

func (s *scanner) word(l leaf) {
	for _, p := range s.stands.places(s.d, l) {
		s.hits = append(s.hits, hit{p, p})
	}
}

// phrase appends where the leaves stand in a row and tells whether they do anywhere; only that when asked for one.
func (s *scanner) phrase(ls []leaf, one bool) (found bool) {
	if len(ls) == 2 {
		return s.twoInRow(s.stands.places(s.d, ls[0]), s.stands.places(s.d, ls[1]), one)
	}
	var lists [16][]int32 // what is left of the places of each leaf; positions only grow
	for i, l := range ls {
		ps := s.stands.places(s.d, l)
		if len(ps) == 0 {
			return false
		}
		if i < len(lists) {
			lists[i] = ps
		}
	}
	for _, p := range lists[0] {
		if !s.follow(ls, p, &lists) {
			continue
		}
		if one {
			return true
		}
		s.hits, found = append(s.hits, hit{p, p + int32(len(ls)) - 1}), true
	}
	return found
}

// twoInRow is phrase for two leaves by their places, which is what most phrases are.
func (s *scanner) twoInRow(a, b []int32, one bool) (found bool) {
	for _, p := range a {
		for len(b) > 0 && b[0] <= p {
			b = b[1:]
		}
		switch {
		case len(b) == 0:
			return found
		case b[0] != p+1:
		case one:
			return true
		default:
			s.hits, found = append(s.hits, hit{p, p + 1}), true
		}
	}
	return found
}

// follow tells whether the leaves behind the first stand in a row behind its place p.
func (s *scanner) follow(ls []leaf, p int32, lists *[16][]int32) bool {
	for i := 1; i < len(ls); i++ {
		want := p + int32(i)
		if i >= len(lists) {
			if _, found := slices.BinarySearch(s.stands.places(s.d, ls[i]), want); !found {
				return false
			}
			continue
		}
		ps := lists[i]
		for len(ps) > 0 && ps[0] < want {
			ps = ps[1:]
		}
		if lists[i] = ps; len(ps) == 0 || ps[0] != want {
			return false
		}
	}
	return true
}

// near appends the places where two groups lie within n words of each other.
func (s *scanner) near(left, right []hit, n int32, inOrder bool) {
	longest := int32(0)
	for _, b := range right {
		longest = max(longest, b.to-b.from)
	}
	first := 0
	for _, a := range left {
		for first < len(right) && right[first].from < a.from-n-longest { // too far before this and all that follow
			first++
		}
		for _, b := range right[first:] {
			if b.from-a.to > n {
				break // places are in order of their beginning
			}
			apart := b.from - a.to
			if apart <= 0 && !inOrder {
				apart = a.from - b.to
			}
			if apart > 0 && apart <= n {
				s.hits = append(s.hits, hit{min(a.from, b.from), max(a.to, b.to)})
			}
		}
	}
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

// evident gives the words of Article.Text that satisfy the program at pc, in order and without overlap.
func (s *scanner) evident(pc int) []news.Span {
	from := len(s.hits)
	s.evidence(pc)
	s.order(from)
	if len(s.spans)+len(s.hits)-from > cap(s.spans) {
		s.spans = make([]news.Span, 0, len(s.hits)-from+64) // the spans of many matches share their memory
	}
	at := len(s.spans)
	for _, h := range s.hits[from:] {
		sp := s.d.span(h.from, h.to)
		if sp.End == 0 {
			continue // title or caption
		}
		if n := len(s.spans); n > at && sp.Start < s.spans[n-1].End {
			s.spans[n-1].End = max(s.spans[n-1].End, sp.End)
			continue
		}
		s.spans = append(s.spans, sp)
	}
	s.hits = s.hits[:from]
	if len(s.spans) == at {
		return nil
	}
	return s.spans[at:len(s.spans):len(s.spans)]
}

// evidence appends the places of all that is satisfied, and not negated, at pc, which holds.
func (s *scanner) evidence(pc int) {
	code := s.x.code
	h := code[pc]
	switch n := int(h >> 8); h & 0xff {
	case opAnd: // which holds, so that all its parts do
		for k := pc + 2; n > 0; n, k = n-1, skip(code, k) {
			s.evidence(k)
		}
	case opOr:
		for k := pc + 2; n > 0; n, k = n-1, skip(code, k) {
			if s.holds(k) {
				s.evidence(k)
			}
		}
	case opNot, opTerm, opNever:
	default:
		s.places(pc)
	}
}
