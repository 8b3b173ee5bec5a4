package match

import "slices"

// few is how many candidates are so few that only their leaves are worth entering.
const few = 100

// settle enters the leaves of the article in the table by which programs are run: where candidates are few, only those that may be in
// their programs.
func (s *scanner) settle() {
	c := s.caches[s.d.pack]
	if len(s.refs) > few {
		s.settleAll(c)
		return
	}
	s.want()
	alone, others := s.pick(c)
	for _, w := range alone {
		s.stands.add(s.words[w].class, int32(w))
	}
	for _, w := range others {
		for _, l := range c.leavesOf(s.words[w].list) {
			if s.wants(l) {
				s.stands.add(l, int32(w))
			}
		}
	}
}

// settleAll enters all leaves of the article.
func (s *scanner) settleAll(c *cache) {
	touched := uint32(0)
	for w := range s.words {
		touched += c.lists[s.words[w].list]
	}
	s.touched = touched
	for w := range s.words {
		for _, l := range s.leavesOf(c, uint32(w)) {
			s.stands.add(l, int32(w))
		}
	}
}

// want puts down which leaves and which classes may be in the programs of the candidates. It looks ahead at programs, then at classes.
func (s *scanner) want() {
	x, touched := s.x, uint32(0)
	for _, r := range s.refs {
		touched += x.code[r>>refFlags]
	}
	s.touched = touched
	leaves := s.picked[:0]
	for _, r := range s.refs {
		pc := int(r >> refFlags)
		leaves = append(leaves, x.code[pc:skip(x.code, pc)]...) // heads are taken for leaves too, which does no harm
	}
	s.picked = leaves
	clear(s.wanted[:])
	for _, l := range leaves {
		s.wish(l)
		if int(l) < len(x.class) {
			s.wish(x.class[l])
		}
	}
}

func (s *scanner) wish(l leaf) {
	b := classBit(l) / wantedShare
	s.wanted[b/64] |= 1 << (b % 64)
}

// wants tells whether a leaf or class may be in the programs of the candidates.
func (s *scanner) wants(l leaf) bool {
	b := classBit(l) / wantedShare
	return s.wanted[b/64]>>(b%64)&1 != 0
}

// pick gives the words whose leaves may be wanted: those whose only leaf is their class, and the others. It looks ahead at what these stand
// for.
func (s *scanner) pick(c *cache) (alone, others []uint32) {
	most := len(s.words) + 1
	alone = slices.Grow(s.picked[:0], 2*most)[:2*most]
	s.picked = alone
	alone, others = alone[:most], alone[most:]
	n, m := 0, 0
	for w := range s.words {
		k := &s.words[w]
		wanted, more := one(s.wants(k.class))|int(k.further), one(k.list > 0)
		alone[n], others[m] = uint32(w), uint32(w)
		n, m = n+wanted&^more, m+wanted&more
	}
	touched := uint32(0)
	for _, w := range others[:m] {
		touched += c.lists[s.words[w].list]
	}
	s.touched = touched
	return alone[:n], others[:m]
}

// wantedShare is how much smaller the bitmap of wanted leaves is than that of an article.
const wantedShare = 8
