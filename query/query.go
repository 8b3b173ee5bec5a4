// Package query is the query language that search and watches share: it parses, prints and explains. What a query matches is said
// by package match, how the archive is asked by a store; both read the tree that is made here.
//
//	words are ANDed; "phrases"; AND OR NOT -x ( )
//	a NEAR/5 b, a ONEAR/5 b      within five words, in any or in this order
//	a SAME/s b, a SAME/p b       in one sentence, in one paragraph
//	ATLEAST/3 a, FIRST/50 a      at least three times; among the first fifty words
//	prefix*  wom?n  =Exact       prefix; one letter; this case and form alone
//	title:x lead: text: caption: lang:ar source: domain: country: who: org: where: speaker: denies:
//	on:2024-06 published:>=2024-06-01 words:>300 sources:>=3 is:breaking is:first nodup:
//
// AND and OR side by side without parentheses are refused, because readers of such a query disagree about what it means.
package query

import "strings"

// Query is a parsed query. The zero Query matches nothing.
type Query struct {
	Root Node
	Text string // as typed
}

// String prints the query so that Parse gives the same tree.
func (q Query) String() string {
	if q.Root == nil {
		return ""
	}
	return q.Root.String()
}

// Node is a part of a query: *Word, *Phrase, *And, *Or, *Not, *Near, *Same, *AtLeast, *First, *Field or *Term.
type Node interface {
	String() string
	// At gives the byte range of the node in the text that was parsed.
	At() (start, end int)
}

type place struct{ start, end int }

func (p place) At() (start, end int) { return p.start, p.end }

// Word is one word, prefix, or pattern.
type Word struct {
	place
	Text   string // as typed, without = and *
	Prefix bool   // word*
	Exact  bool   // =word: this case and form alone
	// A '?' inside Text stands for exactly one letter.
}

// Phrase is words that follow each other.
type Phrase struct {
	place
	Text  string // as typed, without the quotation marks
	Exact bool
}

// And is satisfied where all its parts are. It has at least two.
type And struct {
	place
	Kids []Node
}

// Or is satisfied where any of its parts is. It has at least two.
type Or struct {
	place
	Kids []Node
}

// Not is satisfied where its part is not.
type Not struct {
	place
	Kid Node
}

// Near asks for two groups within N words of each other.
type Near struct {
	place
	N           int
	Ordered     bool
	Left, Right Node
}

// Same asks for two groups in one sentence ('s') or one paragraph ('p').
type Same struct {
	place
	Unit        byte
	Left, Right Node
}

// AtLeast asks for N occurrences.
type AtLeast struct {
	place
	N   int
	Kid Node
}

// First asks for an occurrence among the first N words.
type First struct {
	place
	N   int
	Kid Node
}

// Field narrows words to a part of the article: title, lead, text, caption.
type Field struct {
	place
	Name string
	Kid  Node
}

// Term is a statement about the article or its story: lang:ar, words:>300, is:breaking.
type Term struct {
	place
	Name  string
	Op    string // "", ">", ">=", "<", "<="
	Value string
}

func (n *Word) String() string {
	op, _ := operator(n.Text)
	switch {
	case n.Exact:
		return "=" + n.Text
	case n.Prefix:
		return n.Text + "*"
	case op != "": // it would be read as something else
		return `"` + n.Text + `"`
	}
	return n.Text
}

func (n *Phrase) String() string {
	s := `"` + n.Text + `"`
	if n.Exact {
		s = "=" + s
	}
	return s
}

func (n *And) String() string { return join(n.Kids, " ") }
func (n *Or) String() string  { return join(n.Kids, " OR ") }
func (n *Not) String() string { return "NOT " + group(n.Kid) }

func (n *Near) String() string {
	op := "NEAR/"
	if n.Ordered {
		op = "ONEAR/"
	}
	return group(n.Left) + " " + op + itoa(n.N) + " " + group(n.Right)
}

func (n *Same) String() string {
	return group(n.Left) + " SAME/" + string(n.Unit) + " " + group(n.Right)
}

func (n *AtLeast) String() string { return "ATLEAST/" + itoa(n.N) + " " + group(n.Kid) }
func (n *First) String() string   { return "FIRST/" + itoa(n.N) + " " + group(n.Kid) }
func (n *Field) String() string   { return n.Name + ":" + group(n.Kid) }

func (n *Term) String() string {
	v := n.Value
	if v == "" || strings.ContainsAny(v, " \t\n()،؛,;'‘‚’") || marks(v) {
		v = `"` + v + `"`
	}
	if n.Name == "nodup" {
		return "nodup:"
	}
	return n.Name + ":" + n.Op + v
}

func join(kids []Node, between string) string {
	parts := make([]string, len(kids))
	for i, k := range kids {
		parts[i] = group(k)
	}
	return strings.Join(parts, between)
}

// group puts parentheses around what would otherwise run into its neighbours.
func group(n Node) string {
	switch n.(type) {
	case *Word, *Phrase, *Term, *Field, *Not:
		return n.String()
	}
	return "(" + n.String() + ")"
}

// Walk calls f for n and every node below it, parents first, until f says not to go deeper.
func Walk(n Node, f func(Node) bool) {
	if n == nil || !f(n) {
		return
	}
	switch n := n.(type) {
	case *And:
		for _, k := range n.Kids {
			Walk(k, f)
		}
	case *Or:
		for _, k := range n.Kids {
			Walk(k, f)
		}
	case *Not:
		Walk(n.Kid, f)
	case *Near:
		Walk(n.Left, f)
		Walk(n.Right, f)
	case *Same:
		Walk(n.Left, f)
		Walk(n.Right, f)
	case *AtLeast:
		Walk(n.Kid, f)
	case *First:
		Walk(n.Kid, f)
	case *Field:
		Walk(n.Kid, f)
	}
}
