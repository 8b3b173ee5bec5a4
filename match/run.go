package match

import (
	"slices"
	"sort"
	"strings"

	"marsad/news"
)

// hit is a stretch of positions, both ends included.
type hit struct{ from, to int32 }

// Run tells whether the article satisfies the program, and gives the words in Article.Text that satisfy it, in order and without
// overlap.
func (p Program) Run(d *Doc) (bool, []news.Span) {
	ok, hits := p.root.run(d)
	if !ok {
		return false, nil
	}
	var spans []news.Span
	for _, h := range hits {
		if a, b := d.at[h.from], d.at[h.to]; b.End > 0 {
			spans = append(spans, news.Span{Start: a.Start, End: b.End})
		}
	}
	return true, disjoint(spans)
}

func disjoint(spans []news.Span) []news.Span {
	sort.Slice(spans, func(i, j int) bool { return spans[i].Start < spans[j].Start })
	var out []news.Span
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// run gives whether the step is satisfied, and where. A step without a place in the text (a statement, a negation) is satisfied
// nowhere in particular.
func (s *step) run(d *Doc) (bool, []hit) {
	switch s.op {
	case opAnd:
		return s.and(d)
	case opOr:
		return s.or(d)
	case opNot:
		ok, _ := s.kids[0].run(d)
		return !ok, nil
	case opTerm:
		return s.holds(d), nil
	}
	hits := s.places(d)
	return len(hits) > 0, hits
}

func (s *step) and(d *Doc) (bool, []hit) {
	var all []hit
	for _, k := range s.kids {
		ok, hits := k.run(d)
		if !ok {
			return false, nil
		}
		all = append(all, hits...)
	}
	return true, ordered(all)
}

func (s *step) or(d *Doc) (bool, []hit) {
	var all []hit
	any := false
	for _, k := range s.kids {
		ok, hits := k.run(d)
		any = any || ok
		all = append(all, hits...)
	}
	return any, ordered(all)
}

func ordered(hits []hit) []hit {
	sort.Slice(hits, func(i, j int) bool {
		return hits[i].from < hits[j].from || hits[i].from == hits[j].from && hits[i].to < hits[j].to
	})
	return slices.Compact(hits)
}

// places gives where a step that speaks of words is satisfied, in order.
func (s *step) places(d *Doc) []hit {
	switch s.op {
	case opWords:
		return s.phrase(d)
	case opPrefix:
		return d.scan(func(f string) bool { return strings.HasPrefix(f, s.text) })
	case opPattern:
		return d.scan(func(f string) bool { return wildcard(s.text, f) })
	case opNear:
		return s.near(d)
	case opSame:
		return s.same(d)
	case opAtLeast:
		if _, hits := s.kids[0].run(d); len(hits) >= int(s.n) {
			return hits
		}
	case opFirst:
		_, hits := s.kids[0].run(d)
		return slices.DeleteFunc(slices.Clone(hits), func(h hit) bool { return h.from >= d.from[body]+s.n })
	case opField:
		_, hits := s.kids[0].run(d)
		return slices.DeleteFunc(slices.Clone(hits), func(h hit) bool { return !s.within(d, h) })
	}
	return nil
}

func (s *step) within(d *Doc, h hit) bool {
	for sec := range sections {
		to := d.to[sec]
		if sec == body && s.leadOnly {
			to = d.lead
		}
		if s.sections[sec] && h.from >= d.from[sec] && h.to < to {
			return true
		}
	}
	return false
}

func (d *Doc) scan(fits func(string) bool) []hit {
	var hits []hit
	for f, ps := range d.forms {
		if isStem(f) || !fits(f) {
			continue
		}
		for _, p := range ps {
			hits = append(hits, hit{p, p})
		}
	}
	return ordered(hits)
}

// phrase finds the words in a row. It walks the places of the first word and asks for the others behind it.
func (s *step) phrase(d *Doc) []hit {
	var hits []hit
	last := int32(len(s.words) - 1)
	for _, form := range s.words[0] {
		for _, p := range d.forms[form] {
			if s.follows(d, p) {
				hits = append(hits, hit{p, p + last})
			}
		}
	}
	return ordered(hits)
}

func (s *step) follows(d *Doc, p int32) bool {
	if int(p)+len(s.words) > len(d.exact) {
		return false
	}
	for i := range s.words {
		at := p + int32(i)
		if s.exact != nil && d.exact[at] != s.exact[i] {
			return false
		}
		if i > 0 && !d.has(s.words[i], at) {
			return false
		}
	}
	return true
}

func (d *Doc) has(forms []string, at int32) bool {
	for _, f := range forms {
		if _, ok := slices.BinarySearch(d.forms[f], at); ok {
			return true
		}
	}
	return false
}

// near joins every place of the left group with the nearest fitting places of the right one.
func (s *step) near(d *Doc) []hit {
	_, left := s.kids[0].run(d)
	_, right := s.kids[1].run(d)
	var hits []hit
	for _, a := range left {
		for _, b := range right {
			gap := b.from - a.to
			if gap < 0 || gap == 0 && a != b {
				gap = a.from - b.to
				if s.ordered {
					continue
				}
			}
			if gap > 0 && gap <= s.n {
				hits = append(hits, hit{min(a.from, b.from), max(a.to, b.to)})
			}
		}
	}
	return ordered(hits)
}

func (s *step) same(d *Doc) []hit {
	units := d.sentence
	if s.unit == 'p' {
		units = d.para
	}
	_, left := s.kids[0].run(d)
	_, right := s.kids[1].run(d)
	var hits []hit
	for _, a := range left {
		for _, b := range right {
			if u := units[a.from]; u >= 0 && u == units[b.from] && u == units[a.to] && u == units[b.to] && a != b {
				hits = append(hits, a, b)
			}
		}
	}
	return ordered(hits)
}
