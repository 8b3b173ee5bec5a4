package story

import (
	"math"
	"math/bits"
)

// Two texts are laid beside each other sentence by sentence, as Gale and Church did with lengths and others with words that both
// languages write alike. A sentence and its counterpart hold the same names, figures and concepts and are as long; how much that tells
// depends on how many sentences of the two texts hold such: fire tells nothing in a report of a fire.

// bag is one sentence, or two in a row.
type bag struct {
	bits   [4]uint64 // what of the vocabulary it holds
	lacks  float32   // what it costs if the other has none of it
	long   float32   // letters
	log    float32   // binary logarithm of that, with a few letters more
	quotes uint8
}

func (b *bag) measure() { b.log = float32(math.Log2(float64(b.long + 8))) }

// vocabulary numbers what a pair of texts hold.
type vocabulary struct {
	slots          map[uint32]int
	shared, absent []float32 // by slot: what it tells if both have it, and what if only one has
	ca, cb         []float32 // sentences that hold it
	kinds          []kind
	keys           []uint32
}

// concept is the kind of a concept, beside those of features.
const concept = kinds

// kept is how often a thing that one sentence holds is found in its translation too, by kind. Sounds are guessed, and guessed amiss.
var kept = [kinds + 1]float64{name: .45, place: .75, day: .75, number: .85, ordinal: .5, concept: .65}

const (
	fewLines    = 16 // how many sentences of two texts know as well how often a thing is said as all texts before
	lackTells   = .5 // things are missed together, and tell less than if each were missed by itself
	mostTelling = 4
	maxSlots    = 256
)

func newVocabulary(a, b *article, la, lb []line, said *usage) *vocabulary {
	v := &vocabulary{slots: make(map[uint32]int, 128)}
	count := func(x *article, lines []line, first bool) {
		for _, l := range lines {
			for _, e := range l.events {
				i := v.slot(x, e)
				if i < 0 {
					continue
				}
				if first {
					v.ca[i]++
				} else {
					v.cb[i]++
				}
			}
		}
	}
	count(a, la, true)
	count(b, lb, false)
	n := float64(len(la) + len(lb))
	for i, k := range v.kinds {
		often := (float64(v.ca[i]+v.cb[i]) + said.usual(v.keys[i], k)*fewLines) / (n + fewLines)
		v.shared = append(v.shared, float32(min(mostTelling, max(0, math.Log(kept[k]/often)))))
		v.absent = append(v.absent, float32(lackTells*max(0, math.Log((1-min(often, .9))/(1-kept[k])))))
	}
	return v
}

// slot gives the number of an event of x, -1 where there are too many.
func (v *vocabulary) slot(x *article, e event) int {
	key, k := uint32(e), concept
	if e < firstCode {
		key = x.keys[len(x.keys)-1-int(e)]
		k = kindOf(key)
	}
	i, ok := v.slots[key]
	if !ok {
		if i = len(v.kinds); i == maxSlots {
			return -1
		}
		v.slots[key] = i
		v.kinds, v.keys, v.ca, v.cb = append(v.kinds, k), append(v.keys, key), append(v.ca, 0), append(v.cb, 0)
	}
	return i
}

// bags turns lines into bags.
func (v *vocabulary) bags(x *article, lines []line) []bag {
	out := make([]bag, len(lines))
	for n, l := range lines {
		b := &out[n]
		b.long, b.quotes = float32(letters(l.long)), l.quotes
		for _, e := range l.events {
			if i := v.slot(x, e); i >= 0 {
				b.bits[i>>6] |= 1 << (i & 63)
			}
		}
		b.lacks = v.sum(b.bits, v.absent)
		b.measure()
	}
	return out
}

// sum adds up a value over the slots of a set.
func (v *vocabulary) sum(set [4]uint64, value []float32) (s float32) {
	for w, word := range set {
		for ; word != 0; word &= word - 1 {
			s += value[w<<6|bits.TrailingZeros64(word)]
		}
	}
	return s
}

// join makes one bag of two.
func (v *vocabulary) join(a, b *bag) bag {
	out := bag{long: a.long + b.long, quotes: a.quotes + b.quotes}
	for w := range out.bits {
		out.bits[w] = a.bits[w] | b.bits[w]
	}
	out.lacks = v.sum(out.bits, v.absent)
	out.measure()
	return out
}

// likeness is the logarithm of how much likelier two bags are what they are if one was made from the other.
func (v *vocabulary) likeness(a, b *bag) float32 {
	var s float32
	for w := range a.bits {
		for both := a.bits[w] & b.bits[w]; both != 0; both &= both - 1 {
			i := w<<6 | bits.TrailingZeros64(both)
			s += v.shared[i] + 2*v.absent[i]
		}
	}
	s -= a.lacks + b.lacks
	d := a.log - b.log
	s += max(-2, lengthTells-d*d*lengthCosts)
	switch {
	case a.quotes != b.quotes:
		s -= quoteTells
	case a.quotes > 0:
		s += quoteTells
	}
	return s
}

// The lengths of a sentence and its translation differ by a third of an octave or less in two of three, those of any two sentences
// by three quarters (normal distributions of the binary logarithm of their ratio).
const (
	lengthTells = .76
	lengthCosts = 3.2
	quoteTells  = .7
	skipped     = .5 // what a sentence without counterpart costs within a chain
	mostChains  = 5
	leastChain  = 2
)

// couple is one or two sentences of a text beside one or two of another.
type couple struct {
	a, na, b, nb int
	score        float32
}

// besides is how two texts lie beside each other: chains of couples in the same order, the strongest first.
type besides struct {
	v      *vocabulary
	a, b   []bag // sentences
	paraA  []paragraph
	paraB  []paragraph
	chains [][]couple
}

func (w *Window) beside(a, b *article) besides {
	var bufA, bufB [maxLines]line
	la, lb := a.lines(bufA[:0]), b.lines(bufB[:0])
	out := besides{v: newVocabulary(a, b, la, lb, &w.said)}
	out.a, out.b = out.v.bags(a, la), out.v.bags(b, lb)
	if len(la) == 0 || len(lb) == 0 {
		return out
	}
	out.paraA, out.paraB = out.v.paragraphs(out.a, la), out.v.paragraphs(out.b, lb)
	g := newGrid(out.v, out.a, out.b)
	for range mostChains {
		c, score := g.chain()
		if score < leastChain {
			break
		}
		out.chains = append(out.chains, c)
	}
	return out
}

// grid holds the likeness of all sentences, and of pairs in a row.
type grid struct {
	n, m           int
	one, two, twoB []float32 // one beside one, two of a beside one, one beside two of b
	usedA, usedB   [maxLines]bool
}

func newGrid(v *vocabulary, a, b []bag) *grid {
	g := &grid{n: len(a), m: len(b)}
	g.one, g.two, g.twoB = make([]float32, g.n*g.m), make([]float32, g.n*g.m), make([]float32, g.n*g.m)
	pairs := func(x []bag) (out []bag) {
		for i := range len(x) - 1 {
			out = append(out, v.join(&x[i], &x[i+1]))
		}
		return out
	}
	pa, pb := pairs(a), pairs(b)
	for i := range a {
		for j := range b {
			k := i*g.m + j
			g.one[k] = v.likeness(&a[i], &b[j])
			if i+1 < g.n {
				g.two[k] = v.likeness(&pa[i], &b[j])
			}
			if j+1 < g.m {
				g.twoB[k] = v.likeness(&a[i], &pb[j])
			}
		}
	}
	return g
}

// chain finds the best run of couples that stand in one order among sentences that have none yet (Smith and Waterman), and takes it.
func (g *grid) chain() (out []couple, score float32) {
	width := g.m + 1
	h := make([]float32, (g.n+1)*width)
	from := make([]couple, len(h))
	best := 0
	for i := 1; i <= g.n; i++ {
		for j := 1; j <= g.m; j++ {
			at, k := i*width+j, (i-1)*g.m+j-1
			try := func(na, nb int, gain float32) {
				if s := h[at-na*width-nb] + gain; s > h[at] {
					h[at], from[at] = s, couple{i - na, na, j - nb, nb, gain}
				}
			}
			try(1, 0, -skipped)
			try(0, 1, -skipped)
			if !g.usedA[i-1] && !g.usedB[j-1] {
				try(1, 1, g.one[k])
				if i > 1 && !g.usedA[i-2] {
					try(2, 1, g.two[k-g.m])
				}
				if j > 1 && !g.usedB[j-2] {
					try(1, 2, g.twoB[k-1])
				}
			}
			if h[at] > h[best] {
				best = at
			}
		}
	}
	score = h[best]
	for at := best; h[at] > 0; {
		c := from[at]
		if c.na > 0 && c.nb > 0 && c.score > 0 {
			out = append(out, c)
			for k := range c.na {
				g.usedA[c.a+k] = true
			}
			for k := range c.nb {
				g.usedB[c.b+k] = true
			}
		}
		at -= c.na*width + c.nb
	}
	return out, score
}
