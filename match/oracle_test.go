package match

import (
	"cmp"
	"slices"

	"marsad/query"
)

// trivial is the slow and obvious matcher that the index is held to: it walks the query's tree over every word of the article, and
// shares nothing with the engine but what the forms of a word are.
type trivial struct {
	d     *Doc
	words []trivialWord
}

type trivialWord struct {
	pos   int32
	forms []string
	w     word
}

func newTrivial(d *Doc) *trivial {
	t := &trivial{d: d}
	for sec := range sections {
		for p := d.from[sec]; p < d.to[sec]; p++ {
			w := d.at(p)
			t.words = append(t.words, trivialWord{p, Forms(nil, *w.Token, d.pack), w})
		}
	}
	return t
}

func (t *trivial) holds(n query.Node) bool {
	switch n := n.(type) {
	case *query.And:
		return !slices.ContainsFunc(n.Kids, func(k query.Node) bool { return !t.holds(k) })
	case *query.Or:
		return slices.ContainsFunc(n.Kids, t.holds)
	case *query.Not:
		return !t.holds(n.Kid)
	case *query.Term:
		if n.Name == "lang" {
			return primary(n.Value) == primary(t.d.Article.Lang)
		}
		c := newCompiler(Options{})
		c.term(n)
		return c.terms[0].holds(t.d)
	}
	return len(t.places(n)) > 0
}

func (t *trivial) places(n query.Node) (hits []hit) {
	switch n := n.(type) {
	case *query.Word:
		return t.row(cutWord(n.Text, !n.Exact, n.Prefix), n.Exact)
	case *query.Phrase:
		return t.row(cutWord(n.Text, false, false), n.Exact)
	case *query.And:
		for _, k := range n.Kids {
			if !t.holds(k) {
				return nil
			}
			hits = append(hits, t.places(k)...)
		}
	case *query.Or:
		for _, k := range n.Kids {
			hits = append(hits, t.places(k)...)
		}
	case *query.Near:
		for _, a := range t.places(n.Left) {
			for _, b := range t.places(n.Right) {
				after, before := int(b.from-a.to), int(a.from-b.to)
				if after > 0 && after <= n.N || !n.Ordered && before > 0 && before <= n.N {
					hits = append(hits, hit{min(a.from, b.from), max(a.to, b.to)})
				}
			}
		}
	case *query.Same:
		for _, a := range t.places(n.Left) {
			for _, b := range t.places(n.Right) {
				if a != b && t.unit(n.Unit, a.from) == t.unit(n.Unit, b.from) && t.unit(n.Unit, a.from) == t.unit(n.Unit, a.to) && t.unit(n.Unit, b.from) == t.unit(n.Unit, b.to) {
					hits = append(hits, a, b)
				}
			}
		}
	case *query.AtLeast:
		if hits = t.places(n.Kid); len(hits) < n.N {
			return nil
		}
	case *query.First:
		for _, h := range t.places(n.Kid) {
			if h.from < t.d.from[body]+int32(n.N) {
				hits = append(hits, h)
			}
		}
	case *query.Field:
		for _, h := range t.places(n.Kid) {
			if t.d.within(sectionsOf(n.Name), h) {
				hits = append(hits, h)
			}
		}
	}
	return inOrder(hits)
}

func (t *trivial) unit(u byte, pos int32) int32 {
	if u == 'p' {
		return t.d.at(pos).para
	}
	return t.d.at(pos).sentence
}

func (t *trivial) row(parts []part, exact bool) (hits []hit) {
	var want []func(trivialWord) bool
	for _, p := range parts {
		forms, pattern := asked(p.Token), p.pattern
		if p.open {
			pattern += "*"
		}
		want = append(want, func(w trivialWord) bool {
			switch {
			case exact:
				return w.w.raw == p.raw
			case p.wildcard:
				return slices.ContainsFunc(w.forms, func(f string) bool { return !isStem(f) && wildcard(pattern, f) })
			}
			return slices.ContainsFunc(w.forms, func(f string) bool { return slices.Contains(forms, f) })
		})
	}
	for i := range t.words {
		if len(want) == 0 || i+len(want) > len(t.words) {
			break
		}
		ok := true
		for j, fits := range want {
			ok = ok && t.words[i+j].pos == t.words[i].pos+int32(j) && fits(t.words[i+j])
		}
		if ok {
			hits = append(hits, hit{t.words[i].pos, t.words[i].pos + int32(len(want)) - 1})
		}
	}
	return hits
}

// Satisfies is the trivial matcher for tests outside of the package.
func Satisfies(q query.Query, d *Doc) bool { return newTrivial(d).holds(q.Root) }

func inOrder(hits []hit) []hit {
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	return slices.Compact(hits)
}
