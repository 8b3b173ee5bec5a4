package sqlite

import (
	"math"
	"slices"
	"strings"
	"time"

	"marsad/internal/store"
	"marsad/match"
	"marsad/query"
	"marsad/text"
)

// plan says how a query is best answered.
type plan struct {
	rest     query.Node // what the words of the index are asked; nil where facts say all
	lang     string     // the article's language, where the query demands one
	dated    bool       // it says when the article must have been published
	outer    window     // outside of it the article was not published then, whatever its zone
	inner    window     // inside of it it was
	story    bool       // something is asked of the article's story
	analysis bool       // something is asked of what the analysis says
}

// window is a stretch of time in microseconds, the end left out.
type window struct{ from, to int64 }

var always = window{math.MinInt64, math.MaxInt64}

func (w window) holds(at int64) bool { return at >= w.from && at < w.to }

func (w window) and(v window) window { return window{max(w.from, v.from), min(w.to, v.to)} }

func planOf(q query.Query) plan {
	p := plan{outer: always, inner: always}
	kids := []query.Node{q.Root}
	and, isAnd := q.Root.(*query.And)
	if isAnd {
		kids = and.Kids
	}
	var rest []query.Node
	for _, k := range kids {
		if t, ok := k.(*query.Term); !ok || !p.fact(t) {
			rest = append(rest, k)
		}
	}
	switch {
	case len(rest) == 1:
		p.rest = rest[0]
	case len(rest) > 1:
		p.rest = &query.And{Kids: rest}
	}
	query.Walk(q.Root, func(n query.Node) bool {
		if n, ok := n.(*query.Term); ok {
			p.story = p.story || n.Name == "sources" || n.Name == "is" || n.Name == "nodup"
			p.analysis = p.analysis || slices.Contains([]string{"who", "org", "where", "speaker", "denies", "on"}, n.Name)
		}
		return true
	})
	return p
}

// fact takes in a statement that the facts of an article answer, and tells whether it was one.
func (p *plan) fact(t *query.Term) bool {
	switch t.Name {
	case "lang":
		if p.lang != "" || primaryOf(t.Value) == "" {
			return false
		}
		p.lang = primaryOf(t.Value)
		return true
	case "published":
		a, b, ok := query.Days(t.Value)
		if !ok {
			return false
		}
		outer, inner := published(t.Op, a, b)
		p.dated, p.outer, p.inner = true, p.outer.and(outer), p.inner.and(inner)
		return true
	}
	return false
}

// published gives the times outside of which a statement on the days [a, b) does not hold, and inside of which it does: it is judged on the
// calendar of the article's own zone, which the facts do not know.
func published(op string, a, b time.Time) (outer, inner window) {
	const zones = 24 * time.Hour
	outer, inner = always, always
	switch op {
	case ">=":
		outer.from, inner.from = micros(a.Add(-zones)), micros(a.Add(zones))
	case ">":
		outer.from, inner.from = micros(b.Add(-zones)), micros(b.Add(zones))
	case "<=":
		outer.to, inner.to = micros(b.Add(zones)), micros(b.Add(-zones))
	case "<":
		outer.to, inner.to = micros(a.Add(zones)), micros(a.Add(-zones))
	default:
		outer = window{micros(a.Add(-zones)), micros(b.Add(zones))}
		inner = window{micros(a.Add(zones)), micros(b.Add(-zones))}
	}
	return outer, inner
}

// window gives the microseconds between which an article must have been published.
func (p *plan) window(o store.FindOptions) window {
	w := p.outer
	if !o.From.IsZero() {
		w.from = max(w.from, micros(o.From))
	}
	if !o.To.IsZero() {
		w.to = min(w.to, micros(o.To))
	}
	return w
}

// primaryOf gives the language of a tag without its region.
func primaryOf(tag string) string {
	p, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return p
}

// literals gives phrases as they mostly stand in a text, for a query that an article satisfies where all of them stand there and the index
// says yes to the rest: their words, in small letters. Nil where the query is of another kind.
func (c *compiler) literals(n query.Node, e era) (out [][]string) {
	kids := []query.Node{n}
	if and, ok := n.(*query.And); ok {
		kids = and.Kids
	}
	for _, k := range kids {
		if _, ok := c.exact(k, e); ok {
			continue
		}
		p, ok := k.(*query.Phrase)
		if !ok || p.Exact || !latin(p.Text) {
			return nil
		}
		out = append(out, strings.Fields(text.Normalize(p.Text)))
	}
	return out
}

// latin tells whether a phrase is made of unadorned Latin letters and spaces, so that every language cuts it alike.
func latin(s string) bool {
	for _, c := range []byte(s) {
		if (c|0x20 < 'a' || c|0x20 > 'z') && c != ' ' {
			return false
		}
	}
	return true
}

// needed writes a need in the language of FTS5; "" where it excludes nothing.
func needed(n match.Need, e era) string {
	switch {
	case n.Form != "":
		return terms(n.Form, "")
	case n.Prefix != "":
		return terms(n.Prefix, " *")
	case (n.Mark != "" || n.Marks != "") && e < marked:
		return ""
	case n.Mark != "":
		return terms(n.Mark, "")
	case n.Marks != "":
		return terms(n.Marks, " *")
	case len(n.All) > 0:
		return everyNeed(n.All, " AND ", e)
	}
	return everyNeed(n.Any, " OR ", e)
}

func everyNeed(ns []match.Need, op string, e era) string {
	parts := make([]string, len(ns))
	for i, n := range ns {
		parts[i] = needed(n, e)
	}
	return combined(parts, op)
}

// combined joins expressions. One that excludes nothing is left out of an AND, and makes an OR exclude nothing.
func combined(parts []string, op string) string {
	var kept []string
	for _, p := range parts {
		if p == "" && op == " OR " {
			return ""
		}
		if p != "" {
			kept = append(kept, p)
		}
	}
	return parenthesised(kept, op)
}

func parenthesised(parts []string, op string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return "(" + strings.Join(parts, op) + ")"
}

// terms quotes a form. A few characters have a normal form with a space in it: the index then holds several words.
func terms(form, after string) string {
	var parts []string
	for _, w := range strings.Fields(form) {
		parts = append(parts, quoted(w))
	}
	if len(parts) > 0 {
		parts[len(parts)-1] += after
	}
	return parenthesised(parts, " AND ")
}

func quoted(word string) string { return `"` + strings.ReplaceAll(word, `"`, `""`) + `"` }
