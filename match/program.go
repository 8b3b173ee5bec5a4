package match

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"marsad/lang/pack"
	"marsad/query"
	"marsad/text"
)

// op is what a step of a program does.
type op uint8

const (
	opWords op = iota // words that follow each other; one word is a phrase of one
	opPrefix
	opPattern
	opAnd
	opOr
	opNot
	opNear
	opSame
	opAtLeast
	opFirst
	opField
	opTerm
	opNever // something without a letter in it
)

// step is a node of a query made ready to run.
type step struct {
	op       op
	kids     []*step
	words    [][]string // opWords: for each word the forms that satisfy it
	exact    []string   // opWords of =word: the words as they must be written
	text     string     // opPrefix, opPattern: the compared form
	n        int32
	ordered  bool
	unit     byte
	sections [sections]bool
	leadOnly bool
	term     *query.Term
	ids      []string // opTerm of a name: the entities that it may name
	norm     string   // opTerm: the compared form of the value
	day      [2]time.Time
	number   int
}

// Namer knows which entities a name in any script may mean.
type Namer interface {
	IDs(name string) []string
}

// Program is a query made ready to run against articles. It is read-only and safe for many goroutines.
type Program struct{ root *step }

// Compile prepares a query. names may be nil: who:, org:, where:, speaker: and denies: then compare words alone.
func Compile(q query.Query, names Namer) Program {
	if q.Root == nil {
		return Program{&step{op: opNever}}
	}
	return Program{compile(q.Root, names)}
}

func compile(n query.Node, names Namer) *step {
	all := func(kids ...query.Node) []*step {
		out := make([]*step, len(kids))
		for i, k := range kids {
			out[i] = compile(k, names)
		}
		return out
	}
	switch n := n.(type) {
	case *query.Word:
		return compileWord(n)
	case *query.Phrase:
		return compilePhrase(n.Text, n.Exact)
	case *query.And:
		return &step{op: opAnd, kids: all(n.Kids...)}
	case *query.Or:
		return &step{op: opOr, kids: all(n.Kids...)}
	case *query.Not:
		return &step{op: opNot, kids: all(n.Kid)}
	case *query.Near:
		return &step{op: opNear, kids: all(n.Left, n.Right), n: int32(n.N), ordered: n.Ordered}
	case *query.Same:
		return &step{op: opSame, kids: all(n.Left, n.Right), unit: n.Unit}
	case *query.AtLeast:
		return &step{op: opAtLeast, kids: all(n.Kid), n: int32(n.N)}
	case *query.First:
		return &step{op: opFirst, kids: all(n.Kid), n: int32(n.N)}
	case *query.Field:
		s := &step{op: opField, kids: all(n.Kid)}
		switch n.Name {
		case "title":
			s.sections[title] = true
		case "caption":
			s.sections[caption] = true
		default:
			s.sections[body], s.leadOnly = true, n.Name == "lead"
		}
		return s
	case *query.Term:
		return compileTerm(n, names)
	}
	return &step{op: opNever}
}

func compileWord(n *query.Word) *step {
	switch {
	case n.Prefix && !strings.Contains(n.Text, "?"):
		return &step{op: opPrefix, text: plainPrefix(n.Text)}
	case n.Prefix || strings.Contains(n.Text, "?"):
		s := plainPrefix(n.Text)
		if n.Prefix {
			s += "*"
		}
		return &step{op: opPattern, text: s}
	}
	return compilePhrase(n.Text, n.Exact)
}

// typed is the pack under which queries are cut into words: the elisions and enclitics of all languages.
var typed = sync.OnceValue(func() *pack.Pack {
	t := &pack.Text{}
	for _, p := range pack.All() {
		if p.Text != nil {
			t.Elisions = append(t.Elisions, p.Text.Elisions...)
			t.Enclitics = append(t.Enclitics, p.Text.Enclitics...)
		}
	}
	return &pack.Pack{Text: t}
})

func compilePhrase(s string, exact bool) *step {
	p := &step{op: opWords}
	for _, t := range text.Analyze(s, typed()).Tokens {
		if t.Kind == text.Mark {
			continue
		}
		if exact {
			p.exact = append(p.exact, s[t.Start:t.End])
			p.words = append(p.words, []string{text.Plain(t.Norm)})
			continue
		}
		p.words = append(p.words, asked(t))
	}
	if len(p.words) == 0 {
		p.op = opNever
	}
	return p
}

func compileTerm(n *query.Term, names Namer) *step {
	s := &step{op: opTerm, term: n, norm: text.Normalize(strings.TrimSpace(n.Value))}
	switch n.Name {
	case "who", "org", "where", "speaker", "denies":
		if names != nil {
			s.ids = names.IDs(n.Value)
		}
	case "on", "published":
		s.day[0], s.day[1], _ = query.Days(n.Value)
	case "words", "sources":
		s.number, _ = strconv.Atoi(n.Value) // the parser has checked it
	}
	return s
}

// wildcard tells whether s fits pattern, in which ? stands for one letter and a final * for any.
func wildcard(pattern, s string) bool {
	p, w := []rune(pattern), []rune(s)
	open := len(p) > 0 && p[len(p)-1] == '*'
	if open {
		p = p[:len(p)-1]
	}
	if len(w) < len(p) || !open && len(w) != len(p) {
		return false
	}
	for i, r := range p {
		if r != '?' && r != w[i] {
			return false
		}
	}
	return true
}
