package sqlite

import (
	"strings"
	"unicode"

	"marsad/match"
	"marsad/query"
)

// plan says how a query is best answered.
type plan struct {
	root    query.Node
	decided bool   // the index decides alone: no article has to be read to know that it satisfies
	lang    string // the article's language, where the query demands one
	story   bool   // something is asked of the article's story
}

func planOf(q query.Query) plan {
	p := plan{root: q.Root, decided: q.Root != nil}
	kids := []query.Node{q.Root}
	if and, ok := q.Root.(*query.And); ok {
		kids = and.Kids
	}
	for _, k := range kids {
		if t, ok := k.(*query.Term); ok && t.Name == "lang" && p.lang == "" && !strings.Contains(t.Value, "-") {
			p.lang = strings.ToLower(t.Value)
			continue
		}
		p.decided = p.decided && decided(k)
	}
	query.Walk(q.Root, func(n query.Node) bool {
		if t, ok := n.(*query.Term); ok {
			p.story = p.story || t.Name == "sources" || t.Name == "is" || t.Name == "nodup"
		}
		return true
	})
	return p
}

// decided tells whether the index knows exactly which articles satisfy n: single words, joined by AND and OR.
func decided(n query.Node) bool {
	switch n := n.(type) {
	case *query.Word:
		need := match.Compile(query.Query{Root: n}, nil).Need()
		return !n.Exact && !n.Prefix && !strings.Contains(n.Text, "?") && !need.Everything() && len(need.All) == 0 && oneWord(need)
	case *query.And:
		return every(n.Kids)
	case *query.Or:
		return every(n.Kids)
	}
	return false
}

func every(ns []query.Node) bool {
	for _, n := range ns {
		if !decided(n) {
			return false
		}
	}
	return true
}

// oneWord tells whether every form is one word of the index.
func oneWord(n match.Need) bool {
	for _, k := range n.Any {
		if !oneWord(k) {
			return false
		}
	}
	return !strings.ContainsFunc(n.Form, unicode.IsSpace)
}

// needed writes a need in the language of FTS5; "" where it excludes nothing.
func needed(n match.Need) string {
	switch {
	case n.Form != "":
		return terms(n.Form, "")
	case n.Prefix != "":
		return terms(n.Prefix, " *")
	case len(n.All) > 0:
		return everyNeed(n.All, " AND ")
	}
	return everyNeed(n.Any, " OR ")
}

func everyNeed(ns []match.Need, op string) string {
	parts := make([]string, len(ns))
	for i, n := range ns {
		parts[i] = needed(n)
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
