package match

import "slices"

// anchor is a leaf that a query is filed under, with a guard: bits of the article's bitmap of which all, or at least one, must be
// set too.
type anchor struct {
	leaf  leaf
	own   uint16 // the bit of the leaf, which guards nothing
	guard [guards]bit
	n     uint8
	any   bool // the guard asks for one of its bits
	near  bool // and for a word of these near that of the leaf
}

// bit is a place in the bitmap with the share of articles that set it, the smaller the better a guard.
type bit struct {
	at     uint16
	weight float32
}

const guards = 4

// perPosting is what a posting costs by lying in memory, as a share of articles.
const perPosting = 0.0005

// guardBy adds bits that must all be set, the rarest first, as far as they find room.
func (a *anchor) guardBy(bs []bit) {
	if a.any {
		return
	}
	for _, b := range bs {
		i := int(a.n)
		for i > 0 && b.weight < a.guard[i-1].weight {
			i--
		}
		if i == guards || b.at == a.own || slices.ContainsFunc(a.guard[:a.n], func(g bit) bool { return g.at == b.at }) {
			continue
		}
		if a.n < guards {
			a.n++
		}
		copy(a.guard[i+1:a.n], a.guard[i:])
		a.guard[i] = b
	}
}

// guardByAny asks for one of the bits, where nothing is asked yet.
func (a *anchor) guardByAny(bs []bit) {
	if a.n == 0 && len(bs) > 0 && len(bs) <= guards {
		a.any, a.n = true, uint8(copy(a.guard[:], bs))
	}
}

// guardByNear has the words of guards stand near those of their leaves, where a guard is one bit or one of several.
func guardByNear(as []anchor) {
	for i := range as {
		if a := &as[i]; a.any || a.n == 1 {
			a.any, a.near = true, true
		}
	}
}

// isChoice tells whether the node at pc is a word or a choice of words.
func (c *compiler) isChoice(pc int) bool {
	op := c.code[pc] & 0xff
	return op == opWord || op == opAny
}

// anchors gives leaves of which at least one stands in every article that satisfies the node at pc, with the cost of filing under them
// (the share of articles that hold one). Without any, ok is false.
func (c *compiler) anchors(pc int) (as []anchor, cost float32, ok bool) {
	h := c.code[pc]
	switch n := int(h >> 8); h & 0xff {
	case opWord:
		return c.underOne(c.code[pc+1 : pc+2])
	case opPhrase, opAll:
		as, cost, ok = c.underOne(c.code[pc+1 : pc+1+n])
		as[0].guardBy(c.needs(pc, nil))
		return as, cost, ok
	case opAny:
		for _, l := range c.code[pc+1 : pc+1+n] {
			as, cost = append(as, c.under(l)), cost+c.weight[l]+perPosting
		}
		return as, cost, true
	case opTerm:
		t := &c.terms[n]
		for _, l := range t.marks {
			as = append(as, c.under(l))
		}
		return as, c.share(t), len(as) > 0
	case opAnd:
		return c.cheapest(pc+2, n)
	case opNear:
		as, cost, ok = c.cheapest(pc+1, 2)
		if n>>1 <= nearWords && c.isChoice(pc+1) && c.isChoice(skip(c.code, pc+1)) {
			guardByNear(as)
		}
		return as, cost, ok
	case opSame:
		return c.cheapest(pc+1, 2)
	case opOr:
		for k := pc + 2; n > 0; n, k = n-1, skip(c.code, k) {
			more, price, ok := c.anchors(k)
			if !ok {
				return nil, 0, false
			}
			as, cost = append(as, more...), cost+price
		}
		return as, cost, true
	case opField:
		as, cost, ok = c.anchors(pc + 1)
		for i := range as {
			as[i].guardBy(c.needs(pc, nil))
		}
		return as, cost, ok
	case opAtLeast, opFirst:
		return c.anchors(pc + 1)
	}
	return nil, 0, false
}

// underOne files under the rarest of leaves that must all be there.
func (c *compiler) underOne(ls []leaf) ([]anchor, float32, bool) {
	best := ls[0]
	for _, l := range ls {
		if c.weight[l] < c.weight[best] {
			best = l
		}
	}
	return []anchor{c.under(best)}, c.weight[best] + perPosting, true
}

func (c *compiler) under(l leaf) anchor { return anchor{leaf: l, own: classBit(c.class[l])} }

// cheapest files an AND under the cheapest of its n parts from pc on, guarded by what the other parts need.
func (c *compiler) cheapest(pc, n int) (as []anchor, cost float32, ok bool) {
	best, at := -1, pc
	for i := range n {
		if more, price, can := c.anchors(at); can && (best < 0 || price < cost) {
			as, cost, best = more, price, i
		}
		at = skip(c.code, at)
	}
	if best < 0 {
		return nil, 0, false
	}
	var all, any []bit
	for i := range n {
		if i != best {
			all = c.needs(pc, all)
			any = c.needsAny(pc, any)
		}
		pc = skip(c.code, pc)
	}
	for i := range as {
		a := &as[i]
		if len(any) > 0 && a.n == 0 && sum(any) < rarest(all) {
			a.guardByAny(any)
		}
		a.guardBy(all)
		a.guardByAny(any)
	}
	return as, cost, true
}

func sum(bs []bit) (w float32) {
	for _, b := range bs {
		w += b.weight
	}
	return w
}

func rarest(bs []bit) float32 {
	w := float32(1)
	for _, b := range bs {
		w = min(w, b.weight)
	}
	return w
}

// needs appends bits that every article sets which satisfies the node at pc.
func (c *compiler) needs(pc int, all []bit) []bit {
	h := c.code[pc]
	switch n := int(h >> 8); h & 0xff {
	case opWord:
		return c.needsLeaf(all, c.code[pc+1])
	case opAll:
		return c.needsLeaf(all, c.code[pc+1:pc+1+n]...)
	case opPhrase:
		ls := c.code[pc+1 : pc+1+n]
		for i, l := range ls {
			if i > 0 && !c.wild[l] && !c.wild[ls[i-1]] {
				all = append(all, bit{pairBit(c.class[ls[i-1]], c.class[l]), min(c.weight[l], c.weight[ls[i-1]]) / 20})
			}
		}
		return c.needsLeaf(all, ls...)
	case opAnd:
		for k := pc + 2; n > 0; n, k = n-1, skip(c.code, k) {
			all = c.needs(k, all)
		}
	case opNear, opSame:
		return c.needs(skip(c.code, pc+1), c.needs(pc+1, all))
	case opField:
		if l := c.code[pc+2]; c.code[pc+1] == opWord && (n == 1<<title || n == 1<<caption) {
			return append(all, bit{sectionBit(l, n), c.weight[l] / 20})
		}
		return c.needs(pc+1, all)
	case opAtLeast, opFirst:
		return c.needs(pc+1, all)
	case opTerm:
		if ls := c.terms[n].marks; len(ls) == 1 {
			return c.needsLeaf(all, ls[0])
		}
	}
	return all
}

func (c *compiler) needsLeaf(all []bit, ls ...leaf) []bit {
	for _, l := range ls {
		all = append(all, bit{classBit(c.class[l]), c.weight[l]})
	}
	return all
}

// needsAny gives a small group of bits of which every article sets one that satisfies the node at pc; so far the best known.
func (c *compiler) needsAny(pc int, best []bit) []bit {
	var group []bit
	h := c.code[pc]
	switch n := int(h >> 8); h & 0xff {
	case opAny:
		if n <= guards {
			group = c.needsLeaf(nil, c.code[pc+1:pc+1+n]...)
		}
	case opOr:
		group = c.oneOfEach(pc+2, n)
	case opAnd:
		for k := pc + 2; n > 0; n, k = n-1, skip(c.code, k) {
			best = c.needsAny(k, best)
		}
	case opNear, opSame:
		return c.needsAny(skip(c.code, pc+1), c.needsAny(pc+1, best))
	case opAtLeast, opFirst, opField:
		return c.needsAny(pc+1, best)
	}
	if len(group) > 0 && (len(best) == 0 || sum(group) < sum(best)) {
		return group
	}
	return best
}

// oneOfEach gives the best bit of each of n alternatives, nil where one has none or there are too many.
func (c *compiler) oneOfEach(pc, n int) (group []bit) {
	for ; n > 0; n, pc = n-1, skip(c.code, pc) {
		if h := c.code[pc]; h&0xff == opAny {
			group = c.needsLeaf(group, c.code[pc+1:pc+1+int(h>>8)]...)
		} else if bs := c.needs(pc, nil); len(bs) > 0 {
			group = append(group, slices.MinFunc(bs, func(a, b bit) int {
				if a.weight < b.weight {
					return -1
				}
				return 1
			}))
		} else {
			return nil
		}
		if len(group) > guards {
			return nil
		}
	}
	return group
}

// The bitmap of an article holds the classes of its words, its patterns and marks, the pairs of classes of words that follow each other, and the words of title and captions apart.
const bitmapBits = 16

func classBit(class leaf) uint16 { return uint16(class * 0x9E3779B1 >> (32 - bitmapBits)) }

func pairBit(a, b leaf) uint16 {
	return uint16((a*0x85EBCA6B ^ b*0xC2B2AE35) * 0x9E3779B1 >> (32 - bitmapBits))
}

// sectionBit is the bit of a word in a section, which a field names by its bit.
func sectionBit(l leaf, field int) uint16 { return pairBit(l, none-leaf(field)) }
