package match

import (
	"cmp"
	"slices"

	"marsad/query"
)

// Cost is what a query costs per article, so that whoever keeps a desk sees which to speak about. Shares are of all articles, and
// guesses: words are taken to be independent of each other.
type Cost struct {
	ID       int64
	Looked   float64 // how often one of its postings is looked at, in an article
	Postings int     // how often it is filed
	Size     int     // bytes of its program and postings
	Always   bool    // no word stands for it: it is verified on every article
}

// Expensive gives the n most expensive queries, the worst first: those verified on every article, then by what is looked at.
func (x *Index) Expensive(n int) []Cost {
	costs := x.big.costs(x.gone)
	if x.small != nil {
		costs = append(costs, x.small.costs(x.left)...)
	}
	slices.SortFunc(costs, func(a, b Cost) int {
		switch {
		case a.Always != b.Always && a.Always:
			return -1
		case a.Always != b.Always:
			return 1
		}
		return cmp.Or(cmp.Compare(b.Looked, a.Looked), cmp.Compare(b.Size, a.Size), cmp.Compare(a.ID, b.ID))
	})
	return costs[:min(n, len(costs))]
}

// CostOf gives what a query would cost among others.
func CostOf(q query.Query, o Options) Cost {
	return Build([]Entry{{Query: q}}, o).Expensive(1)[0]
}

func (x *core) costs(gone map[uint32]bool) []Cost {
	all := make([]Cost, len(x.ids))
	for l := range x.weight {
		for _, p := range x.postings[x.from[l]:x.to[l]] {
			c := &all[x.numberOf(p.ref>>refFlags)]
			c.Looked += float64(x.weight[l])
			c.Postings++
		}
	}
	for _, ref := range x.always {
		c := &all[x.numberOf(ref>>refFlags)]
		c.Always, c.Looked = true, 1
	}
	for pc := programHead; pc < len(x.code); {
		number := x.numberOf(uint32(pc))
		c := &all[number]
		to := skip(x.code, pc)
		c.ID, c.Size = x.ids[number], 4*(to-pc+programHead)+14*c.Postings
		pc = to + programHead
	}
	kept := all[:0]
	for i, c := range all {
		if !gone[uint32(i)] {
			kept = append(kept, c)
		}
	}
	return kept
}

// Expect guesses the share of articles that satisfy a query, from the shares of its words: times the articles of a day it is what a
// watch will find. Words are taken to be independent, so that it is a size and not a number.
func Expect(q query.Query, o Options) float64 {
	b := newBuilder(o)
	if q.Root == nil {
		return 0
	}
	b.compile(q.Root)
	return b.expect(0)
}

// expect gives the share of articles that satisfy the node at pc.
func (c *compiler) expect(pc int) float64 {
	h := c.code[pc]
	n := int(h >> 8)
	all := func(shares ...float64) float64 {
		p := 1.0
		for _, s := range shares {
			p *= min(1, s)
		}
		return p
	}
	kids := func(from int) (ps []float64) {
		for range n {
			ps = append(ps, c.expect(from))
			from = skip(c.code, from)
		}
		return ps
	}
	leaves := func() (ps []float64) {
		for _, l := range c.code[pc+1 : pc+1+n] {
			ps = append(ps, float64(c.weight[l]))
		}
		return ps
	}
	switch h & 0xff {
	case opWord:
		return min(1, float64(c.weight[c.code[pc+1]]))
	case opAll:
		return all(leaves()...)
	case opPhrase:
		return all(leaves()...) * pairing
	case opAny:
		return either(leaves())
	case opAnd:
		return all(kids(pc + 2)...)
	case opOr:
		return either(kids(pc + 2))
	case opNot:
		return 1 - c.expect(pc+1)
	case opNear:
		return all(c.expect(pc+1), c.expect(skip(c.code, pc+1))) * min(1, float64(n>>1)*pairing)
	case opSame:
		return all(c.expect(pc+1), c.expect(skip(c.code, pc+1))) * 3 * pairing
	case opAtLeast:
		return c.expect(pc+1) / float64(n)
	case opFirst, opField:
		return c.expect(pc+1) / 4
	case opTerm:
		if t := &c.terms[n]; len(t.marks) > 0 {
			return min(1, float64(c.share(t)))
		}
		return 0.5
	}
	return 0
}

// pairing is the share of articles, among those that hold two words, where they stand side by side: names do often, others seldom.
const pairing = 0.1

func either(shares []float64) float64 {
	none := 1.0
	for _, s := range shares {
		none *= 1 - min(1, s)
	}
	return 1 - none
}
