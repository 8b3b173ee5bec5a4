package timex

import "marsad/text"

// edge is a constituent: pieces [start, end) read as a category.
type edge struct {
	cat        cat
	start, end int32
	score      int32
	rule       *rule
	val        val
}

// Limits on what a hostile text can make the chart hold. An island longer than maxIsland is cut.
const (
	maxIsland = 48
	maxEdges  = 160  // that begin at one piece
	maxSame   = 6    // of one category over the same pieces
	maxSteps  = 1500 // of matching, for each piece of an island
)

// parser reads one island at a time; its memory is used again for the next.
type parser struct {
	g      *grammar
	doc    *text.Doc
	ps     []piece // of the island at hand
	all    []piece // of the paragraph at hand
	best   []edge
	edges  [][]edge
	agenda []edge
	args   []val
	counts []counted
	steps  int      // left for the piece at hand
	last   interval // the time that the text named last
	years  [13]int  // by month: the year that the text placed it in
	afloat []int    // where clock times stand that have no day of their own
}

// parse fills the chart for p.ps, from right to left, so that whatever stands to the right is complete when it is asked for.
func (p *parser) parse() {
	for len(p.edges) < len(p.ps)+1 {
		p.edges = append(p.edges, nil)
	}
	p.edges[len(p.ps)] = p.edges[len(p.ps)][:0]
	for i := len(p.ps) - 1; i >= 0; i-- {
		p.edges[i] = p.edges[i][:0]
		p.agenda = p.agenda[:0]
		p.steps = maxSteps
		p.seed(i)
		for k := 0; k < len(p.agenda) && len(p.edges[i]) < maxEdges; k++ {
			e := p.agenda[k]
			if !p.keep(i, e) {
				continue
			}
			for _, r := range p.g.byCat[e.cat] {
				if !p.articled(&r.items[0], i) {
					continue
				}
				p.args = append(p.args[:0], e.val)
				p.extend(r, 1, i, int(e.end), e.score)
			}
		}
	}
}

// keep adds e to the chart unless there are better ones like it.
func (p *parser) keep(i int, e edge) bool {
	same, worst := 0, -1
	for k := range p.edges[i] {
		if f := &p.edges[i][k]; f.cat == e.cat && f.end == e.end {
			same++
			if worst < 0 || f.score < p.edges[i][worst].score {
				worst = k
			}
		}
	}
	if same >= maxSame {
		if p.edges[i][worst].score >= e.score {
			return false
		}
		p.edges[i][worst] = e
		return true
	}
	p.edges[i] = append(p.edges[i], e)
	return true
}

// seed emits what begins at piece i without any other constituent.
func (p *parser) seed(i int) {
	q := &p.ps[i]
	if q.num >= 0 {
		p.digitNumber(i)
		p.digitForms(i)
	} else {
		p.counts = p.g.inWords(p.counts[:0], p.ps, i)
		for _, c := range p.counts {
			p.number(i, c.end, c.value, c.ordinal, 0)
		}
	}
	for _, w := range [2]int32{q.word, q.bare} {
		if w < 0 {
			continue
		}
		for _, r := range p.g.byWord[w] {
			p.args = p.args[:0]
			p.extend(r, 1, i, i+1, 0)
		}
	}
}

// digitNumber emits a number in digits, with an ordinal's mark if one is there. Parts of a decimal or of a longer number are
// none, nor are digits glued to unknown letters (G7, F16).
func (p *parser) digitNumber(i int) {
	ps := p.ps
	q := &ps[i]
	if p.inChain(i) {
		return
	}
	if q.glued && i > 0 {
		before := &ps[i-1]
		if isSep(before) && before.glued && i > 1 && ps[i-2].num >= 0 {
			return
		}
		if before.num < 0 && !before.known() && isWord(before) {
			return
		}
	}
	v, end := int(q.num), i+1
	for end+1 < len(ps) && isSep(&ps[end]) && ps[end].glued && ps[end+1].glued && ps[end+1].num >= 0 {
		if ps[end+1].digits != 3 || q.digits > 3 || v > 1e6 {
			if ps[end].norm == "." {
				return
			}
			break
		}
		v = v*1000 + int(ps[end+1].num)
		end += 2
	}
	digits := q.digits
	if end > i+1 {
		digits = 9
	}
	p.number(i, end, v, false, digits)
	if end < len(ps) && ps[end].glued && end == i+1 && (p.g.marks[ps[end].norm] || p.g.ordDot && ps[end].norm == ".") {
		p.number(i, end+1, v, true, digits)
	}
	if end == i+1 && end+1 < len(ps) && ps[end].norm == "-" && ps[end].glued && ps[end+1].glued && p.g.marks[ps[end+1].norm] {
		p.number(i, end+2, v, true, digits) // 18-го
	}
}

func isWord(p *piece) bool {
	return p.norm != "" && (p.norm[0] >= 0x80 || p.norm[0] >= 'a' && p.norm[0] <= 'z')
}

// number emits a number, and the day and the year that it can be.
func (p *parser) number(i, end, v int, ordinal bool, digits int8) {
	c := cNum
	if ordinal {
		c = cOrd
	}
	p.emit(c, i, end, val{n: v, dig: digits}, int32(end-i-1)*2)
	if v >= 1 && v <= 31 && digits <= 2 {
		day := dayOf(gregorian, v, nil)
		day.ordinal = ordinal && digits == 0
		p.emit(cDay, i, end, val{n: v, dig: digits, set: ordinal, node: day}, int32(end-i-1)*2)
	}
	if digits == 5 && v > 5000 && v < 6000 { // תש"ח
		y := yearOf(hebrew, v)
		y.weak = true
		p.emit(cTime, i, end, val{node: y}, int32(end-i-1)*2)
	}
	if !ordinal && v >= 1000 && v < 2200 && (digits == 4 || digits == 0) {
		y := yearOf(gregorian, v)
		if p.g.solar && v > 1200 && v < 1500 {
			y = yearOf(jalali, v)
		}
		y.weak, y.digits = true, digits > 0
		p.emit(cTime, i, end, val{node: y}, int32(end-i-1)*2)
	}
}

func (p *parser) emit(c cat, start, end int, v val, score int32) {
	p.agenda = append(p.agenda, edge{cat: c, start: int32(start), end: int32(end), val: v, score: score})
}

// extend matches the items of r from the k-th on against pieces from at on, and emits what they make.
func (p *parser) extend(r *rule, k, start, at int, score int32) {
	if p.steps--; p.steps < 0 || len(p.agenda) > 4*maxEdges {
		return
	}
	if k == len(r.items) {
		p.finish(r, start, at, score)
		return
	}
	if at >= len(p.ps) {
		return
	}
	it := &r.items[k]
	if it.cat == literal {
		q := &p.ps[at]
		for _, w := range it.words {
			if w == q.word || w == q.bare {
				p.extend(r, k+1, start, at+1, score)
				return
			}
		}
		return
	}
	if !p.articled(it, at) {
		return
	}
	n := len(p.args)
	for e := range p.edges[at] {
		f := &p.edges[at][e]
		if f.cat == it.cat {
			p.args = append(p.args[:n], f.val)
			p.extend(r, k+1, start, int(f.end), score+f.score)
		}
	}
	p.args = p.args[:n]
}

// articled tells whether the word at a piece stands with or without its article as an item asks.
func (p *parser) articled(it *item, at int) bool {
	return it.article == 0 || (it.article > 0) == (p.ps[at].bare >= 0)
}

// finish applies the operation of a rule to the constituents that it found. Classes carry no meaning and are no arguments.
func (p *parser) finish(r *rule, start, end int, score int32) {
	e := edge{cat: r.cat, start: int32(start), end: int32(end), rule: r, val: r.arg, score: score}
	if r.op != nil {
		var args [6]val
		n := 0
		for i, it := 0, 0; i < len(p.args) && it < len(r.items); it++ {
			if r.items[it].cat == literal {
				continue
			}
			if r.items[it].cat < class && n < len(args) {
				args[n] = p.args[i]
				n++
			}
			i++
		}
		c, v, ok := r.op(args[:n], r.arg)
		if !ok {
			return
		}
		e.cat, e.val = c, v
		e.score--
	}
	p.agenda = append(p.agenda, e)
	if (e.cat == cNum || e.cat == cOrd) && r.op == nil && e.val.n >= 1 && e.val.n <= 31 {
		day := dayOf(gregorian, e.val.n, nil)
		day.ordinal = e.cat == cOrd
		p.emit(cDay, start, end, val{n: e.val.n, set: e.cat == cOrd, node: day}, e.score)
	}
}
