package timex

// digits reads what is written in digits from piece i on: dates (21/04/2016, 2016-11, 4.22) and clock times (10:20).
func (p *parser) digitForms(i int) {
	ps := p.ps
	a := &ps[i]
	if a.num < 0 || p.inChain(i) || i > 1 && a.glued && isSep(&ps[i-1]) && ps[i-1].glued && ps[i-2].num >= 0 {
		return
	}
	if i+2 < len(ps) && ps[i+1].norm == ":" && ps[i+2].num >= 0 && ps[i+2].glued {
		p.clock(i)
		return
	}
	b, sep, end := p.next(i+1, a.digits == 4)
	if b == nil || sep == "," {
		return
	}
	if sep == "." && b.digits == 2 && a.digits <= 2 && a.num < 25 && b.num < 60 && p.ps[i+1].glued && b.glued && p.besideClock(i, end) {
		p.emit(cClock, i, end, val{node: &node{kind: kClock, gran: uMinute, open: uDay, n: int(a.num*3600 + b.num*60)}}, 2)
		return
	}
	if c, sep2, end2 := p.next(end, false); c != nil && (sep2 == sep || sep2 == "," && (sep == "/" || c.digits == 4)) { // not 3-1, 85
		if n := p.g.ymd(a, b, c); n != nil {
			p.emit(cTime, i, end2, val{node: n}, 3)
			return
		}
	}
	if n := p.g.ym(a, b, sep); n != nil {
		if n.weak && end < len(ps) && ps[end].norm == "." && ps[end].glued && sep == "." && (end+1 >= len(ps) || !ps[end+1].glued) && p.g.ordDot {
			m := *n
			m.weak = false
			p.emit(cTime, i, end+1, val{node: &m}, 3) // 28.10.
		}
		p.emit(cTime, i, end, val{node: n}, 2)
	}
}

// besideClock tells whether a word stands beside pieces [i, end) that makes a clock time of them: saat 09.30, 9.30 Uhr.
func (p *parser) besideClock(i, end int) bool {
	return i > 0 && p.g.clockWords[p.ps[i-1].norm] || end < len(p.ps) && p.g.clockWords[p.ps[end].norm]
}

// inChain tells whether the digits at piece i stand amid others that are written as one: the 7 of 3-7-07.
func (p *parser) inChain(i int) bool {
	hyphen := func(k int) bool {
		return k > 0 && k+1 < len(p.ps) && (p.ps[k].norm == "-" || p.ps[k].norm == "/") && p.ps[k].glued && p.ps[k-1].num >= 0 && p.ps[k+1].num >= 0 && p.ps[k+1].glued
	}
	if !hyphen(i - 1) {
		return false
	}
	mark := p.ps[i-1].norm
	return hyphen(i+1) && p.ps[i+1].norm == mark || hyphen(i-3) && p.ps[i-3].norm == mark
}

func isSep(p *piece) bool { return p.norm == "." || p.norm == "," }

// next reads a separator and the digits behind it. Blanks are borne beside a year only.
func (p *parser) next(i int, spaces bool) (b *piece, sep string, end int) {
	if i+1 >= len(p.ps) || p.ps[i+1].num < 0 {
		return nil, "", 0
	}
	s, d := &p.ps[i], &p.ps[i+1]
	switch s.norm {
	case "/", "-", ".", "–":
	case ",":
		if !s.glued {
			return nil, "", 0
		}
		return d, s.norm, i + 2
	default:
		return nil, "", 0
	}
	if !(s.glued && d.glued) && !spaces && d.digits != 4 {
		return nil, "", 0
	}
	return d, s.norm, i + 2
}

func (g *grammar) ymd(a, b, c *piece) *node {
	y, m, d := int32(-1), b.num, c.num
	switch {
	case a.digits == 4 && b.digits <= 2 && c.digits <= 2:
		y = a.num
	case c.digits == 4 && a.digits <= 2 && b.digits <= 2:
		y, d, m = c.num, a.num, b.num
		if g.order == "mdy" {
			d, m = m, d
		}
	case a.digits > 2 || b.digits > 2 || c.digits > 2:
		return nil
	case a.num > 31, g.order == "ymd" && c.num <= 31 && (c.digits == 1 || a.digits == 2 && c.norm[0] != '0'):
		y = century(a.num)
	default:
		y, d, m = century(c.num), a.num, b.num
		if g.order == "mdy" {
			d, m = m, d
		}
	}
	if m > 12 && d <= 12 {
		m, d = d, m
	}
	if y < 1000 || m < 1 || m > 12 || d < 1 || d > int32(lastDay(gregorian, int(y), int(m))) {
		return nil
	}
	return dayOf(gregorian, int(d), monthOf(gregorian, int(m), yearOf(gregorian, int(y))))
}

func century(n int32) int32 {
	if n < 50 {
		return 2000 + n
	}
	return 1900 + n
}

func (g *grammar) ym(a, b *piece, sep string) *node {
	y, m := a, b
	switch {
	case a.digits == 4 && b.digits <= 2 && sep != ",":
		if b.digits == 2 && b.num > 12 && b.num == (a.num+1)%100 && sep != "." && a.num > 1800 && a.num < 2100 {
			return &node{kind: kRange, gran: uYear, a: yearOf(gregorian, int(a.num)), b: yearOf(gregorian, int(a.num+1)), whole: true}
		}
	case b.digits == 4 && a.digits <= 2 && sep != ",":
		y, m = b, a
	case a.digits <= 2 && b.digits <= 2 && sep != ",":
		return g.md(a, b, sep)
	default:
		return nil
	}
	if y.num < 1500 || y.num > 2100 || m.num < 1 || m.num > 12 {
		return nil
	}
	return monthOf(gregorian, int(m.num), yearOf(gregorian, int(y.num)))
}

// md reads a day and a month without a year. Both orders are tried, the language's first; such a form is weak.
func (g *grammar) md(a, b *piece, sep string) *node {
	d, m := a.num, b.num
	if g.order != "dmy" {
		d, m = m, d
	}
	if m > 12 {
		d, m = m, d
	}
	if m < 1 || m > 12 || d < 1 || d > int32(lastDay(gregorian, 2000, int(m))) || a.num == 24 && b.num == 7 {
		return nil
	}
	if sep == "." && a.digits == 1 && b.norm[0] == '0' && !g.ordDot { // 4.05
		return nil
	}
	if sep != "/" && a.num < 13 && b.num < 13 && a.digits+b.digits < 3 { // 4-2, 3.5
		return nil
	}
	n := dayOf(gregorian, int(d), monthOf(gregorian, int(m), nil))
	n.weak = sep != "/" || a.digits+b.digits < 3
	n.decimal = sep != "/"
	return n
}

func (p *parser) clock(i int) {
	h, m := p.ps[i].num, p.ps[i+2].num
	if h > 24 || m > 59 || p.ps[i+2].digits != 2 || !p.ps[i+1].glued {
		return
	}
	end := i + 3
	s := int32(0)
	if end+1 < len(p.ps) && p.ps[end].norm == ":" && p.ps[end+1].num >= 0 && p.ps[end+1].num < 60 && p.ps[end+1].digits == 2 {
		s = p.ps[end+1].num
		end += 2
	}
	p.emit(cClock, i, end, val{node: &node{kind: kClock, gran: uMinute, open: uDay, n: int(h*3600 + m*60 + s)}}, 2)
}
