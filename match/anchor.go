package match

// anchor is a leaf that a query is filed under, with a guard: leaves of which all, or at least one, must stand in the article too.
type anchor struct {
	leaf  leaf
	guard []leaf
	any   bool // the guard asks for one of its leaves
}

const guards = 4

// anchors gives leaves of which at least one stands in every article that satisfies the node at pc, with the cost of filing under them
// (the share of articles that hold one). Without any, ok is false.
func (c *compiler) anchors(pc int) (as []anchor, cost float32, ok bool) {
	h := c.code[pc]
	switch n := int(h >> 8); h & 0xff {
	case opWord, opFlag:
		l := c.code[pc+1]
		return []anchor{{leaf: l}}, c.weight[l], true
	case opPhrase:
		return c.rarest(c.code[pc+1 : pc+1+n])
	case opAnd:
		return c.cheapest(pc+2, n)
	case opNear, opSame:
		return c.cheapest(pc+1, 2)
	case opOr:
		for k := pc + 2; n > 0; n-- {
			more, price, ok := c.anchors(k)
			if !ok {
				return nil, 0, false
			}
			as, cost = append(as, more...), cost+price
			k = skip(c.code, k)
		}
		return as, cost, true
	case opAtLeast, opFirst, opField:
		return c.anchors(pc + 1)
	}
	return nil, 0, false
}

// rarest files a phrase under its rarest word, guarded by the others.
func (c *compiler) rarest(ls []leaf) ([]anchor, float32, bool) {
	best := 0
	for i, l := range ls {
		if c.weight[l] < c.weight[ls[best]] {
			best = i
		}
	}
	a := anchor{leaf: ls[best]}
	for i, l := range ls {
		if i != best && len(a.guard) < guards {
			a.guard = append(a.guard, l)
		}
	}
	return []anchor{a}, c.weight[ls[best]], true
}

// cheapest files an AND under the cheapest of its n parts from pc on, guarded by what the other parts need.
func (c *compiler) cheapest(pc, n int) (as []anchor, cost float32, ok bool) {
	best := -1
	var needs []int
	for k := pc; n > 0; n, k = n-1, skip(c.code, k) {
		more, price, can := c.anchors(k)
		if !can {
			continue
		}
		needs = append(needs, k)
		if best < 0 || price < cost {
			as, cost, best = more, price, k
		}
	}
	if best < 0 {
		return nil, 0, false
	}
	var all, any []leaf
	for _, k := range needs {
		if k != best {
			all, any = c.need(k, all, any)
		}
	}
	for i := range as {
		if as[i].any { // one guard of a kind: keep the one that is there
			continue
		}
		if room := guards - len(as[i].guard); len(all) > 0 || any == nil || len(as[i].guard) > 0 {
			as[i].guard = append(as[i].guard[:len(as[i].guard):len(as[i].guard)], all[:min(room, len(all))]...)
		} else {
			as[i].guard, as[i].any = any, true
		}
	}
	return as, cost, true
}

// need collects what the node at pc cannot do without: to all the leaves that must all stand there, or a small group of which one
// must.
func (c *compiler) need(pc int, all, any []leaf) ([]leaf, []leaf) {
	h := c.code[pc]
	switch n := int(h >> 8); h & 0xff {
	case opWord:
		return append(all, c.code[pc+1]), any
	case opFlag:
		return append(all, c.code[pc+1]), any
	case opPhrase:
		return append(all, c.code[pc+1:pc+1+n]...), any
	case opAnd:
		for k := pc + 2; n > 0; n, k = n-1, skip(c.code, k) {
			all, any = c.need(k, all, any)
		}
	case opNear, opSame:
		all, any = c.need(pc+1, all, any)
		return c.need(skip(c.code, pc+1), all, any)
	case opAtLeast, opFirst, opField:
		return c.need(pc+1, all, any)
	case opOr:
		if any == nil && n <= guards {
			any = c.group(pc+2, n)
		}
	}
	return all, any
}

// group gives one leaf for each of n alternatives, nil where one has none.
func (c *compiler) group(pc, n int) (ls []leaf) {
	for ; n > 0; n, pc = n-1, skip(c.code, pc) {
		as, _, ok := c.anchors(pc)
		if !ok || len(as) != 1 {
			return nil
		}
		ls = append(ls, as[0].leaf)
	}
	return ls
}
