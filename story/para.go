package story

import (
	"cmp"
	"math"
	"slices"
)

// maxParas is how many paragraphs of a text are laid beside those of another.
const maxParas = 16

// paragraph is what a paragraph's sentences hold together.
type paragraph struct {
	bag
	sentences int
}

// paragraphs joins sentences.
func (v *vocabulary) paragraphs(bags []bag, lines []line) (out []paragraph) {
	for i, b := range bags {
		switch {
		case !lines[i].paragraph && len(out) > 0:
			p := &out[len(out)-1]
			p.bag, p.sentences = v.join(&p.bag, &b), p.sentences+1
		case len(out) == maxParas:
			return out
		default:
			out = append(out, paragraph{b, 1})
		}
	}
	return out
}

// pairing is a paragraph of one text beside one of the other.
type pairing struct {
	a, b         int
	fit          float64 // likeness of their lengths
	shared, held float64 // what both hold, and what the one that holds more holds
	shape        bool    // as many sentences and quotations
	score        float64
}

// counterparts finds for each paragraph of the one text its likeliest in the other, each once and in any order: by length, by what it
// holds and by its shape; an equal place in the text is preferred. So a text that was cut short or put in another order is seen.
func (t besides) counterparts() (out []pairing) {
	var all []pairing
	for i := range t.paraA {
		for j := range t.paraB {
			a, b := &t.paraA[i], &t.paraB[j]
			var common [4]uint64
			for w := range common {
				common[w] = a.bits[w] & b.bits[w]
			}
			p := pairing{
				a: i, b: j, fit: math.Exp2(-2.7 * math.Abs(float64(a.log-b.log))),
				shape:  a.sentences == b.sentences && a.quotes == b.quotes,
				shared: float64(t.v.sum(common, t.v.shared)),
				held:   float64(max(t.v.sum(a.bits, t.v.shared), t.v.sum(b.bits, t.v.shared))),
			}
			p.score = p.fit * (.3 + min(1, quotient(p.shared, p.held)))
			if p.shape {
				p.score += .2 * p.fit
			}
			p.score -= .15 * math.Abs(float64(i)/float64(len(t.paraA))-float64(j)/float64(len(t.paraB)))
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(p, q pairing) int { return cmp.Compare(q.score, p.score) })
	var usedA, usedB [maxParas]bool
	for _, p := range all {
		if p.score > .1 && !usedA[p.a] && !usedB[p.b] {
			usedA[p.a], usedB[p.b] = true, true
			out = append(out, p)
		}
	}
	return out
}

// measureParagraphs turns counterparts into features.
func (t besides) measureParagraphs(x *translationVector) {
	pairs := t.counterparts()
	slices.SortFunc(pairs, func(p, q pairing) int { return p.a - q.a })
	var fit, shared, held, concord, steps float64
	for i, p := range pairs {
		fit += p.fit * float64(min(t.paraA[p.a].long, t.paraB[p.b].long))
		shared, held = shared+p.shared, held+p.held
		for _, q := range pairs[:i] {
			steps++
			if q.b < p.b {
				concord++
			}
		}
	}
	var a, b float64
	for _, p := range t.paraA {
		a += float64(p.long)
	}
	for _, p := range t.paraB {
		b += float64(p.long)
	}
	x[tParaCover] = min(1, quotient(fit, min(a, b)))
	x[tParaHeld], x[tParaOrder], x[tParas] = quotient(shared, held), quotient(concord, steps), ratio(len(t.paraA), len(t.paraB))
}
