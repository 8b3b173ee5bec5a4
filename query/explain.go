package query

import (
	"slices"
	"strings"
	"unicode"
)

// Reading is how a query was understood, as values that the rim puts into words of the reader's language.
type Reading struct {
	Kind  string // and, or, not, word, prefix, pattern, exact, phrase, near, onear, same-sentence, same-paragraph, atleast, first, field, term
	Words []string
	N     int
	Kids  []Reading
}

// Warning is something about a query that its writer probably did not mean.
type Warning struct {
	Code       string // no-letters, only-not, never, everything
	Start, End int
	Words      []string
}

// Explain says how a query was read, and what about it looks wrong. stop tells whether a word is so frequent that it says nothing;
// nil means [Frequent].
func Explain(q Query, stop func(string) bool) (Reading, []Warning) {
	if q.Root == nil {
		return Reading{}, nil
	}
	if stop == nil {
		stop = Frequent
	}
	e := explainer{stop: stop}
	r := e.read(q.Root)
	_, or := q.Root.(*Or)
	switch {
	case !or && negative(q.Root):
		e.warn(q.Root, "only-not")
	case e.broad(q.Root):
		e.warn(q.Root, "everything", q.Root.String())
	}
	return r, e.warnings
}

type explainer struct {
	stop     func(string) bool
	warnings []Warning
}

func (e *explainer) warn(n Node, code string, words ...string) {
	s, t := n.At()
	e.warnings = append(e.warnings, Warning{code, s, t, words})
}

func (e *explainer) read(n Node) Reading {
	switch n := n.(type) {
	case *Word:
		return e.word(n)
	case *Phrase:
		if !hasLetter(n.Text) {
			e.warn(n, "no-letters", n.Text)
		}
		return Reading{Kind: "phrase", Words: []string{n.Text}}
	case *And:
		e.contradiction(n)
		return Reading{Kind: "and", Kids: e.all(n.Kids...)}
	case *Or:
		return Reading{Kind: "or", Kids: e.all(n.Kids...)}
	case *Not:
		return Reading{Kind: "not", Kids: e.all(n.Kid)}
	case *Near:
		kind := "near"
		if n.Ordered {
			kind = "onear"
		}
		return Reading{Kind: kind, N: n.N, Kids: e.all(n.Left, n.Right)}
	case *Same:
		kind := "same-sentence"
		if n.Unit == 'p' {
			kind = "same-paragraph"
		}
		return Reading{Kind: kind, Kids: e.all(n.Left, n.Right)}
	case *AtLeast:
		return Reading{Kind: "atleast", N: n.N, Kids: e.all(n.Kid)}
	case *First:
		return Reading{Kind: "first", N: n.N, Kids: e.all(n.Kid)}
	case *Field:
		return Reading{Kind: "field", Words: []string{n.Name}, Kids: e.all(n.Kid)}
	case *Term:
		if n.unknownCode() {
			e.warn(n, "never", n.String())
		}
		return Reading{Kind: "term", Words: []string{n.Name, n.Op, n.Value}}
	}
	return Reading{}
}

// unknownCode tells whether a language or country is no code, so that it names none: lang:arabic.
func (n *Term) unknownCode() bool {
	code := primary(n.Value)
	switch n.Name {
	case "lang":
		return !letters(code) || len(code) < 2 || len(code) > 3
	case "country":
		return !letters(n.Value) || len(n.Value) != 2
	}
	return false
}

func (e *explainer) all(kids ...Node) []Reading {
	rs := make([]Reading, len(kids))
	for i, k := range kids {
		rs[i] = e.read(k)
	}
	return rs
}

func (e *explainer) word(n *Word) Reading {
	kind := "word"
	switch {
	case n.Exact:
		kind = "exact"
	case n.Prefix:
		kind = "prefix"
	case hasWildcard(n.Text):
		kind = "pattern"
	}
	if !hasLetter(n.Text) {
		e.warn(n, "no-letters", n.Text)
	}
	return Reading{Kind: kind, Words: []string{n.Text}}
}

// broad tells whether a node is satisfied by almost every article, as far as its words show.
func (e *explainer) broad(n Node) bool {
	switch n := n.(type) {
	case *Word:
		return !n.Prefix && !n.Exact && e.stop(n.Text)
	case *Phrase:
		words := strings.Fields(n.Text)
		return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !e.stop(w) })
	case *And:
		return !slices.ContainsFunc(n.Kids, func(k Node) bool { return !e.broad(k) && !negative(k) })
	case *Or:
		return slices.ContainsFunc(n.Kids, func(k Node) bool { return e.broad(k) || negative(k) })
	case *Field:
		return n.Name == "text" && e.broad(n.Kid)
	case *Term:
		return n.Op == ">=" && strings.Trim(n.Value, "0") == "" && (n.Name == "words" || n.Name == "sources")
	}
	return false
}

// negative tells whether a query asks only for what must be absent, so that it matches almost everything.
func negative(n Node) bool {
	switch n := n.(type) {
	case *Not:
		return !negative(n.Kid)
	case *And:
		for _, k := range n.Kids {
			if !negative(k) {
				return false
			}
		}
		return true
	case *Or:
		for _, k := range n.Kids {
			if negative(k) {
				return true
			}
		}
	}
	return false
}

func hasLetter(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

func hasWildcard(s string) bool {
	for _, r := range s {
		if r == '?' {
			return true
		}
	}
	return false
}
