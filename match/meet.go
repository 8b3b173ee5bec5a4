package match

// NEAR and SAME between single words, or groups of them, are most of what is verified. Whether they hold is told from the lists of
// places as they are, without making hits.

// choice gives the leaves of a node that is a word or a choice of words.
func (s *scanner) choice(pc int) []leaf {
	code := s.x.code
	switch h := code[pc]; h & 0xff {
	case opWord:
		return code[pc+1 : pc+2]
	case opAny:
		return code[pc+1 : pc+1+int(h>>8)]
	}
	return nil
}

// meet tells whether the node at pc, a NEAR or SAME, holds; ok is false where that takes hits.
func (s *scanner) meet(pc int) (holds, ok bool) {
	h := s.x.code[pc]
	n := int32(h >> 8)
	left, right := s.choice(pc+1), s.choice(skip(s.x.code, pc+1))
	if left == nil || right == nil {
		return false, false
	}
	if h&0xff == opNear && s.stands.dilated(s.whereAny(left), n>>1)&s.whereAny(right) == 0 {
		return false, true
	}
	var lists [8][]int32 // of the right side
	rights := 0
	for _, l := range right {
		if ps := s.stands.places(s.d, l); len(ps) > 0 {
			if rights == len(lists) {
				return false, false
			}
			lists[rights] = ps
			rights++
		}
	}
	if rights == 0 {
		return false, true
	}
	for _, l := range left {
		a := s.stands.places(s.d, l)
		if len(a) == 0 {
			continue
		}
		for _, b := range lists[:rights] {
			if h&0xff == opNear && nearLists(a, b, n>>1, n&1 == 1) || h&0xff == opSame && s.sameLists(a, b, n == 'p') {
				return true, true
			}
		}
	}
	return false, true
}

// whereAny gives a bit for each part of the article in which one of the leaves stands.
func (s *scanner) whereAny(ls []leaf) (mask uint64) {
	for _, l := range ls {
		mask |= s.stands.where(l)
	}
	return mask
}

// nearLists tells whether two lists have places within n of each other.
func nearLists(a, b []int32, n int32, inOrder bool) bool {
	for _, p := range a {
		for len(b) > 0 && b[0] < p-n {
			b = b[1:]
		}
		for _, q := range b {
			if q > p+n {
				break
			}
			if q > p || q < p && !inOrder {
				return true
			}
		}
	}
	return false
}

// sameLists tells whether two lists have different places in one sentence or paragraph.
func (s *scanner) sameLists(a, b []int32, paragraph bool) bool {
	for _, p := range a {
		u := s.unitOf(p, paragraph)
		for len(b) > 0 && s.unitOf(b[0], paragraph) < u {
			b = b[1:]
		}
		for _, q := range b {
			if s.unitOf(q, paragraph) != u {
				break
			}
			if q != p {
				return true
			}
		}
	}
	return false
}
