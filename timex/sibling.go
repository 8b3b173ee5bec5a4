package timex

// siblings gives the days that share the month of e: "May 1 and 3", "يومي 6 و11 يونيو". Days that follow each other are one interval
// and come from the grammar; these do not.
func (p *parser) siblings(e *edge, all []piece, from int) (out []edge) {
	n := e.val.node
	if e.cat != cTime || n.kind != kDOM || n.in == nil || n.wd > 0 || n.in.kind != kMonth {
		return nil
	}
	make := func(start, end int32, day int) {
		m := *n
		m.n, m.ordinal = day, false
		out = append(out, edge{cat: cTime, start: start, end: end, rule: e.rule, val: val{node: &m}})
	}
	last := n.n
	for at := int(e.end); at+1 < len(p.ps) && p.listed(at); {
		next := at + 1
		if next+1 < len(p.ps) && p.listed(next) { // ", and"
			next++
		}
		d := p.dayAt(next)
		if d == nil || d.val.n <= last || !boundary(all, from+int(d.end)) && !p.listed(int(d.end)) {
			break
		}
		last = d.val.n
		make(d.start, d.end, last)
		at = int(d.end)
	}
	next := n.n
	for at := int(e.start) - 1; at >= 1 && p.listed(at); {
		k := at - 1
		d := p.dayAt(k)
		if d == nil || int(d.end) != at || d.val.n >= next || k == 0 && from == 0 && at > 1 {
			break
		}
		if k > 0 && !p.ps[k-1].known() || k == 0 && from > 0 {
			break
		}
		next = d.val.n
		make(d.start, d.end, next)
		at = k - 1
	}
	return out
}

// listed tells whether a piece only joins the days of a list.
func (p *parser) listed(i int) bool {
	return i < len(p.ps) && (p.ps[i].norm == "," || p.g.isClass(p.ps[i], "and") || p.g.isClass(p.ps[i], "plus"))
}

// dayAt gives the day of a month, in digits, that begins at piece i.
func (p *parser) dayAt(i int) *edge {
	var best *edge
	for k := range p.edges[i] {
		if f := &p.edges[i][k]; f.cat == cDay && f.val.dig > 0 && (best == nil || f.end > best.end) {
			best = f
		}
	}
	return best
}
