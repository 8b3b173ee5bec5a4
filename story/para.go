package story

import (
	"math"
	"slices"
	"unicode/utf8"

	"marsad/text"
)

// maxParas is how many paragraphs of a text are kept by their form.
const maxParas = 12

// para is the form of a paragraph, as it survives translation.
type para struct {
	start uint8 // how far into the text, in 255ths
	long  uint8 // sixteen times the binary logarithm of its length, so that a step is some 4 %
	shape uint8 // sentences, and above them quotations, at most 15 each
}

// parasOf gives the forms of a text's first paragraphs.
func parasOf(out []para, d *text.Doc) {
	n := min(len(out), len(d.Paragraphs))
	for i, p := range d.Paragraphs[:n] {
		s := d.Span(p)
		out[i] = para{start: uint8(s.Start * 255 / max(1, len(d.Text))), long: logLen(units(d.Text[s.Start:s.End]))}
	}
	for _, r := range d.Sentences {
		if i := d.ParagraphOf(r.From); i < n && out[i].shape&15 < 15 {
			out[i].shape++
		}
	}
	straight := false
	for k, t := range d.Tokens {
		if t.Kind != text.Mark || !opens(d.Text[t.Start:t.End], &straight) {
			continue
		}
		if i := d.ParagraphOf(k); i < n && out[i].shape>>4 < 15 {
			out[i].shape += 16
		}
	}
}

// opens tells whether a mark opens a quotation, whatever the language's habit.
func opens(mark string, straight *bool) bool {
	switch mark {
	case "\"":
		*straight = !*straight
		return *straight
	case "«", "“", "„", "「", "『":
		return true
	}
	return false
}

// units measures a text in letters of a Latin alphabet: an ideograph says as much as three, an Arabic letter as a little more than
// one, since short vowels are not written.
func units(s string) (n int) {
	for i, r := range s {
		switch {
		case utf8.RuneLen(r) == 3 && r >= 0x2E80:
			n += 12
		case r >= 0x590 && r < 0x700:
			n += 5
		case i >= 0:
			n += 4
		}
	}
	return n / 4
}

func logLen(n int) uint8 { return uint8(min(255, 16*math.Log2(float64(n+1)))) }

// unitsOf is how long an article is by the paragraphs that are kept.
func unitsOf(a *article) int {
	sum := 0.0
	for _, p := range a.parasKept() {
		sum += math.Exp2(float64(p.long) / 16)
	}
	return int(sum)
}

func (a *article) parasKept() []para { return a.form[:min(int(a.paras), maxParas)] }

// holds is the names, days and figures of a text by paragraph: their keys, and what they weigh.
type holds [maxParas]struct {
	keys    []uint32
	weights []float32
}

func holdsOf(a *article, weight func(i int) float32) (h holds) {
	kept := a.parasKept()
	places, at := a.order()
	p := 0
	for k, i := range places {
		for p+1 < len(kept) && kept[p+1].start <= at[k] {
			p++
		}
		if key := a.keys[i]; !slices.Contains(h[p].keys, key) {
			h[p].keys = append(h[p].keys, key)
			h[p].weights = append(h[p].weights, weight(int(i)))
		}
	}
	return h
}

// pairing is a paragraph of one text beside one of the other.
type pairing struct {
	a, b                int
	fit                 float64 // likeness of their lengths
	shared, ours, other float64 // weight of names, days and figures
	shape               bool
	score               float64
}

// counterparts finds for each paragraph of the one text its likeliest in the other, each once and in any order: by length, by what it
// names and by its shape; an equal place in the text is preferred. After Gale and Church, with anchors.
func (w *Window) counterparts(r *reading, o *article, x *translationVector) {
	as, bs := r.parasKept(), o.parasKept()
	ha := holdsOf(&r.article, func(i int) float32 { return r.weights[i] })
	hb := holdsOf(o, func(i int) float32 { return float32(w.weight(o, i)) })
	var all []pairing
	for i := range as {
		for j := range bs {
			p := pairing{a: i, b: j, fit: math.Exp2(-math.Abs(float64(as[i].long)-float64(bs[j].long)) / 6), shape: as[i].shape == bs[j].shape}
			for k, key := range ha[i].keys {
				p.ours += float64(ha[i].weights[k])
				if slices.Contains(hb[j].keys, key) {
					p.shared += float64(ha[i].weights[k])
				}
			}
			for _, v := range hb[j].weights {
				p.other += float64(v)
			}
			p.score = p.fit * (.3 + p.anchored())
			if p.shape {
				p.score += .2 * p.fit
			}
			p.score -= .15 * math.Abs(float64(i)/float64(len(as))-float64(j)/float64(len(bs)))
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(p, q pairing) int {
		switch {
		case p.score > q.score:
			return -1
		case p.score < q.score:
			return 1
		}
		return 0
	})
	measurePairs(x, best(all), as, bs)
}

// anchored is how much of what the two hold they share, of the one that holds more.
func (p *pairing) anchored() float64 {
	if p.shared == 0 {
		return 0
	}
	return min(1, p.shared/max(p.ours, p.other))
}

// best takes pairs greedily, every paragraph once.
func best(all []pairing) (out []pairing) {
	var usedA, usedB [maxParas]bool
	for _, p := range all {
		if p.score > .1 && !usedA[p.a] && !usedB[p.b] {
			usedA[p.a], usedB[p.b] = true, true
			out = append(out, p)
		}
	}
	return out
}

// measurePairs turns counterparts into features.
func measurePairs(x *translationVector, pairs []pairing, as, bs []para) {
	total := func(ps []para) (n float64) {
		for _, p := range ps {
			n += math.Exp2(float64(p.long) / 16)
		}
		return n
	}
	var fit, shared, held, shape, concord, steps float64
	slices.SortFunc(pairs, func(p, q pairing) int { return p.a - q.a })
	for i, p := range pairs {
		fit += p.fit * math.Exp2(float64(min(as[p.a].long, bs[p.b].long))/16)
		shared, held = shared+p.shared, held+max(p.ours, p.other)
		if p.shape {
			shape += 1 / float64(len(pairs))
		}
		for _, q := range pairs[:i] {
			steps++
			if q.b < p.b {
				concord++
			}
		}
	}
	a, b := total(as), total(bs)
	if min(a, b) == 0 {
		return
	}
	x[tCover], x[tCoverAll] = min(1, fit/min(a, b)), min(1, fit/max(a, b))
	x[tShape] = shape
	if held > 0 {
		x[tAnchors] = min(1, shared/held)
	}
	if steps > 0 {
		x[tConcord] = concord / steps
	}
}
