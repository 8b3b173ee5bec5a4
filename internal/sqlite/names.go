package sqlite

import (
	"strings"

	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// Beside an article's words the index holds whom it names, so that who:, org:, where:, speaker: and denies: need not read every
// article: each entity under its id, each word of a name under the word. The mark keeps them apart from words of the text.
const (
	entityMark = "e~"
	nameMark   = "n~"
)

// named gives the words that an article's names add to its index, each with a space before it.
func named(a news.Article, n news.Analysis) string {
	var b strings.Builder
	seen := map[string]bool{}
	add := func(mark, word string) {
		if w := mark + word; word != "" && !seen[w] {
			seen[w] = true
			b.WriteString(" " + w)
		}
	}
	actor := func(v *news.Actor) {
		if v == nil {
			return
		}
		add(entityMark, v.Entity)
		for _, w := range wordsOf(a.Text[v.Start:v.End]) {
			add(nameMark, w)
		}
	}
	for _, m := range n.Mentions {
		add(entityMark, m.Entity)
		for _, w := range wordsOf(m.Name + " " + a.Text[m.Start:m.End]) {
			add(nameMark, w)
		}
	}
	for _, q := range n.Quotations {
		actor(q.Speaker)
	}
	for _, c := range n.Claims {
		actor(c.Claimant)
	}
	return b.String()
}

// wordsOf cuts a name as package match compares it.
func wordsOf(name string) []string { return strings.Fields(text.Normalize(name)) }

// expression writes in the language of FTS5 what an article must hold to satisfy n, with marks or without; "" where the index cannot tell.
func (s *Store) expression(n query.Node, marked bool) string {
	switch n := n.(type) {
	case nil:
		return ""
	case *query.And:
		return s.conjunction(n.Kids, marked)
	case *query.Or:
		return s.joined(n.Kids, " OR ", marked)
	case *query.Term:
		switch n.Name {
		case "who", "org", "where", "speaker", "denies":
			return s.naming(n.Value)
		}
	}
	return needed(match.Compile(query.Query{Root: n}, s.names).Need(), marked)
}

// conjunction writes an AND, and what it excludes where the index knows exactly which articles that are.
func (s *Store) conjunction(kids []query.Node, marked bool) string {
	var asked, not []query.Node
	for _, k := range kids {
		if n, ok := k.(*query.Not); ok {
			not = append(not, n.Kid)
		} else {
			asked = append(asked, k)
		}
	}
	words := s.joined(asked, " AND ", marked)
	for _, k := range not {
		if words != "" && decided(k) && (marked || !marks(k)) {
			words = "(" + words + " NOT " + s.expression(k, marked) + ")"
		}
	}
	return words
}

// naming asks for an article that names somebody: by one of the entities that the name may mean, or by the name's words.
func (s *Store) naming(name string) string {
	var any []string
	if s.names != nil {
		for _, id := range s.names.IDs(name) {
			any = append(any, quoted(entityMark+id))
		}
	}
	var words []string
	for _, w := range wordsOf(name) {
		words = append(words, quoted(nameMark+w))
	}
	if len(words) > 0 {
		any = append(any, parenthesised(words, " AND "))
	}
	return parenthesised(any, " OR ")
}

func (s *Store) joined(ns []query.Node, op string, marked bool) string {
	parts := make([]string, len(ns))
	for i, n := range ns {
		parts[i] = s.expression(n, marked)
	}
	return combined(parts, op)
}
