package match

import (
	"cmp"
	"fmt"
	"slices"

	"marsad/query"
)

// trivial is the slow and obvious matcher that the index is held to: it walks the query's tree over every word of the article, and
// shares nothing with the engine but what the forms of a word are.
type trivial struct {
	d     *Doc
	words []trivialWord
	asked *Asked
}

type trivialWord struct {
	pos   int32
	forms []string
	w     word
}

// Asked remembers how the words and statements of queries are taken apart, so that a hundred million pairs can be tried in minutes. It
// remembers nothing of articles.
type Asked struct {
	rows  map[string][]trivialPart
	terms map[string]*term
}

// trivialPart is a word of a query with the forms that satisfy it.
type trivialPart struct {
	part
	forms []string
}

// NewAsked gives an empty memory.
func NewAsked() *Asked {
	return &Asked{rows: map[string][]trivialPart{}, terms: map[string]*term{}}
}

func (a *Asked) row(s string, wild, open bool) []trivialPart {
	key := fmt.Sprint(wild, open, s)
	parts, known := a.rows[key]
	if !known {
		for _, p := range cutWord(s, wild, open) {
			parts = append(parts, trivialPart{p, asked(p.Token)})
		}
		a.rows[key] = parts
	}
	return parts
}

func (a *Asked) term(n *query.Term) *term {
	key := n.Name + " " + n.Op + " " + n.Value
	t := a.terms[key]
	if t == nil {
		c := newCompiler(Options{})
		c.term(n)
		t = &c.terms[0]
		a.terms[key] = t
	}
	return t
}

func newTrivial(d *Doc, asked *Asked) *trivial {
	t := &trivial{d: d, asked: asked}
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
		return t.asked.term(n).holds(t.d)
	}
	return len(t.places(n)) > 0
}

func (t *trivial) places(n query.Node) (hits []hit) {
	switch n := n.(type) {
	case *query.Word:
		return t.row(t.asked.row(n.Text, !n.Exact, n.Prefix), n.Exact)
	case *query.Phrase:
		return t.row(t.asked.row(n.Text, false, false), n.Exact)
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
		part := &trivial{d: t.d, asked: t.asked} // the article as if it had no other words
		for _, w := range t.words {
			if t.d.within(sectionsOf(n.Name), hit{w.pos, w.pos}) {
				part.words = append(part.words, w)
			}
		}
		return part.places(n.Kid)
	}
	return inOrder(hits)
}

func (t *trivial) unit(u byte, pos int32) int32 {
	if u == 'p' {
		return t.d.at(pos).para
	}
	return t.d.at(pos).sentence
}

func (t *trivial) row(parts []trivialPart, exact bool) (hits []hit) {
	for i := range t.words {
		if len(parts) == 0 || i+len(parts) > len(t.words) {
			break
		}
		ok := true
		for j := range parts {
			w := &t.words[i+j]
			if ok = w.pos == t.words[i].pos+int32(j) && w.fits(&parts[j], exact); !ok {
				break
			}
		}
		if ok {
			hits = append(hits, hit{t.words[i].pos, t.words[i].pos + int32(len(parts)) - 1})
		}
	}
	return hits
}

func (w *trivialWord) fits(p *trivialPart, exact bool) bool {
	switch {
	case exact:
		return w.w.raw == p.raw
	case p.wildcard:
		pattern := p.pattern
		if p.open {
			pattern += "*"
		}
		return slices.ContainsFunc(w.forms, func(f string) bool { return !isStem(f) && wildcard(pattern, f) })
	}
	return slices.ContainsFunc(w.forms, func(f string) bool { return slices.Contains(p.forms, f) })
}

// Trivial gives the trivial matcher of an article for tests outside of the package.
func Trivial(d *Doc, asked *Asked) func(query.Query) bool {
	t := newTrivial(d, asked)
	return func(q query.Query) bool { return t.holds(q.Root) }
}

func inOrder(hits []hit) []hit {
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	return slices.Compact(hits)
}
