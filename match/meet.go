package match

// NEAR and SAME between single words, or groups of them, are most of what is verified. Whether they hold is told from the lists of
// places as they are, without making hits.

// leavesOf gives the leaves of a node that is a word or a choice of words.
func (s *scanner) leavesOf(pc int) []leaf {
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
	left, right := s.leavesOf(pc+1), s.leavesOf(skip(s.x.code, pc+1))
	if left == nil || right == nil {
		return false, false
	}
	for _, l := range left {
		a := s.stands.head(l)
		if a < 0 {
			continue
		}
		for _, r := range right {
			b := s.stands.head(r)
			if b < 0 {
				continue
			}
			if h&0xff == opNear && s.nearLists(a, b, n>>1, n&1 == 1) || h&0xff == opSame && s.sameLists(a, b, n == 'p') {
				return true, true
			}
		}
	}
	return false, true
}

// nearLists tells whether two lists have places within n of each other.
func (s *scanner) nearLists(a, b, n int32, inOrder bool) bool {
	cells := s.stands.cells
	for ; a >= 0; a = cells[a].next {
		p := cells[a].pos
		for b >= 0 && cells[b].pos < p-n {
			b = cells[b].next
		}
		for k := b; k >= 0 && cells[k].pos <= p+n; k = cells[k].next {
			if q := cells[k].pos; q > p || q < p && !inOrder {
				return true
			}
		}
	}
	return false
}

// sameLists tells whether two lists have different places in one sentence or paragraph.
func (s *scanner) sameLists(a, b int32, paragraph bool) bool {
	cells := s.stands.cells
	for ; a >= 0; a = cells[a].next {
		u := s.d.unitOf(cells[a].pos, paragraph)
		for b >= 0 && s.d.unitOf(cells[b].pos, paragraph) < u {
			b = cells[b].next
		}
		for k := b; k >= 0 && s.d.unitOf(cells[k].pos, paragraph) == u; k = cells[k].next {
			if cells[k].pos != cells[a].pos {
				return true
			}
		}
	}
	return false
}
