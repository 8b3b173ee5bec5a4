package sqlite

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"marsad/match"
	"marsad/query"
)

// plan says how a query is best answered.
type plan struct {
	root     query.Node
	decided  bool      // the index decides alone: no article has to be read to know that it satisfies
	marks    bool      // it does so by marks, which articles lack that were indexed before there were any
	lang     string    // the article's language, where the query demands one
	story    bool      // something is asked of the article's story
	analysis bool      // something is asked of what the analysis says
	from, to time.Time // when the article must have been published, give or take a day: the statement is judged in the article's own zone
}

func planOf(q query.Query) plan {
	p := plan{root: q.Root, decided: q.Root != nil}
	kids := []query.Node{q.Root}
	if and, ok := q.Root.(*query.And); ok {
		kids = and.Kids
	}
	positive := false
	for _, k := range kids {
		if t, ok := k.(*query.Term); ok {
			if t.Name == "lang" && p.lang == "" && !strings.Contains(t.Value, "-") {
				p.lang = strings.ToLower(t.Value)
				continue
			}
			p.published(t)
		}
		p.decided = p.decided && decided(k)
		if _, not := k.(*query.Not); !not {
			positive = true
		}
	}
	p.decided = p.decided && (positive || p.lang != "")
	p.marks = marks(q.Root) || !positive // lang:ar -storm is answered by the mark of the language
	query.Walk(q.Root, func(n query.Node) bool {
		if n, ok := n.(*query.Term); ok {
			p.story = p.story || n.Name == "sources" || n.Name == "is" || n.Name == "nodup"
			p.analysis = p.analysis || slices.Contains([]string{"who", "org", "where", "speaker", "denies", "on"}, n.Name)
		}
		return true
	})
	return p
}

// marks tells whether a node that is decided is so by marks.
func marks(n query.Node) (is bool) {
	query.Walk(n, func(n query.Node) bool {
		_, field := n.(*query.Field)
		is = is || field
		return !is
	})
	return is
}

// published narrows the time of publication by a statement that must hold.
func (p *plan) published(t *query.Term) {
	from, to, ok := query.Days(t.Value)
	if t.Name != "published" || !ok {
		return
	}
	const zones = 24 * time.Hour
	from, to = from.Add(-zones), to.Add(zones)
	if t.Op != "<" && t.Op != "<=" && from.After(p.from) {
		p.from = from
	}
	if t.Op != ">" && t.Op != ">=" && (p.to.IsZero() || to.Before(p.to)) {
		p.to = to
	}
}

// decided tells whether the index knows exactly which articles satisfy n: single words, in the whole article or its title, joined by AND, OR
// and NOT.
func decided(n query.Node) bool {
	switch n := n.(type) {
	case *query.Word:
		need := match.Compile(query.Query{Root: n}, nil).Need()
		return !n.Exact && !n.Prefix && !strings.Contains(n.Text, "?") && !need.Everything() && len(need.All) == 0 && oneWord(need)
	case *query.And:
		return every(n.Kids) && slices.ContainsFunc(n.Kids, func(k query.Node) bool { _, not := k.(*query.Not); return !not })
	case *query.Or:
		return every(n.Kids) && !slices.ContainsFunc(n.Kids, func(k query.Node) bool { _, not := k.(*query.Not); return not })
	case *query.Not:
		return decided(n.Kid)
	case *query.Field:
		return (n.Name == "title" || n.Name == "caption") && decided(n.Kid)
	}
	return false
}

func every(ns []query.Node) bool {
	return !slices.ContainsFunc(ns, func(n query.Node) bool { return !decided(n) })
}

// oneWord tells whether every form is one word of the index.
func oneWord(n match.Need) bool {
	for _, k := range n.Any {
		if !oneWord(k) {
			return false
		}
	}
	return !strings.ContainsFunc(n.Form+n.Mark, unicode.IsSpace)
}

// needed writes a need in the language of FTS5, with marks or without; "" where it excludes nothing.
func needed(n match.Need, marked bool) string {
	switch {
	case n.Form != "":
		return terms(n.Form, "")
	case n.Prefix != "":
		return terms(n.Prefix, " *")
	case (n.Mark != "" || n.Marks != "") && !marked:
		return ""
	case n.Mark != "":
		return terms(n.Mark, "")
	case n.Marks != "":
		return terms(n.Marks, " *")
	case len(n.All) > 0:
		return everyNeed(n.All, " AND ", marked)
	}
	return everyNeed(n.Any, " OR ", marked)
}

func everyNeed(ns []match.Need, op string, marked bool) string {
	parts := make([]string, len(ns))
	for i, n := range ns {
		parts[i] = needed(n, marked)
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
