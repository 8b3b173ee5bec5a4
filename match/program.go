package match

import (
	"strconv"
	"strings"
	"time"

	"marsad/query"
	"marsad/text"
)

// A query is compiled to a run of 32-bit words: for each node a head (its kind in the low 8 bits, a number in the high 24), then what
// the kind needs, then its parts. Programs lie one behind the other without pointers, so that a million of them stay small and those
// that are verified together lie together.
type kind = uint32

const (
	opNever   kind = iota // something without a letter in it
	opWord                // leaf
	opPhrase              // n leaves that follow each other
	opFlag                // leaf of a mark: no place in the text
	opAnd                 // size, n parts
	opOr                  // size, n parts
	opNot                 // part
	opNear                // number: distance, ordered; two parts
	opSame                // number: 's' or 'p'; two parts
	opAtLeast             // number; part
	opFirst               // number; part
	opField               // number: sections, lead; part
	opTerm                // number: index in terms
)

const leadBit = 1 << sections

// Namer knows which entities a name in any script may mean.
type Namer interface {
	IDs(name string) []string
}

// term is a statement about the article or its story, made ready to judge.
type term struct {
	query.Term
	ids    []string // the entities that a name may mean
	norm   string   // the compared form of the value
	day    [2]time.Time
	number int
}

// compiler turns queries into programs over one dictionary.
type compiler struct {
	*dictionary
	names Namer
	code  []uint32
	terms []term
}

func (c *compiler) head(op kind, n int) { c.code = append(c.code, op|uint32(n)<<8) }

// compile appends the program of a node.
func (c *compiler) compile(n query.Node) {
	switch n := n.(type) {
	case *query.Word:
		if n.Prefix || strings.Contains(n.Text, "?") {
			c.head(opWord, 0)
			c.code = append(c.code, c.wildcardOf(n))
			return
		}
		c.phrase(n.Text, n.Exact)
	case *query.Phrase:
		c.phrase(n.Text, n.Exact)
	case *query.And:
		c.parts(opAnd, n.Kids)
	case *query.Or:
		c.parts(opOr, n.Kids)
	case *query.Not:
		c.over(opNot, 0, n.Kid)
	case *query.Near:
		number := n.N << 1
		if n.Ordered {
			number |= 1
		}
		c.over(opNear, number, n.Left, n.Right)
	case *query.Same:
		c.over(opSame, int(n.Unit), n.Left, n.Right)
	case *query.AtLeast:
		c.over(opAtLeast, n.N, n.Kid)
	case *query.First:
		c.over(opFirst, n.N, n.Kid)
	case *query.Field:
		c.over(opField, sectionsOf(n.Name), n.Kid)
	case *query.Term:
		c.term(n)
	default:
		c.head(opNever, 0)
	}
}

func (c *compiler) over(op kind, n int, kids ...query.Node) {
	c.head(op, n)
	for _, k := range kids {
		c.compile(k)
	}
}

func (c *compiler) parts(op kind, kids []query.Node) {
	c.head(op, len(kids))
	at := len(c.code)
	c.code = append(c.code, 0)
	for _, k := range kids {
		c.compile(k)
	}
	c.code[at] = uint32(len(c.code) - at - 1)
}

func sectionsOf(field string) int {
	switch field {
	case "title":
		return 1 << title
	case "caption":
		return 1 << caption
	case "lead":
		return 1<<body | leadBit
	}
	return 1 << body
}

func (c *compiler) phrase(s string, exact bool) {
	at := len(c.code)
	c.head(opPhrase, 0)
	n := 0
	for _, t := range text.Analyze(s, typed()).Tokens {
		switch {
		case t.Kind == text.Mark:
			continue
		case exact:
			c.code = append(c.code, c.exact(s[t.Start:t.End]))
		default:
			c.code = append(c.code, c.word(t))
		}
		n++
	}
	switch n {
	case 0:
		c.code[at] = opNever
	case 1:
		c.code[at] = opWord
	default:
		c.code[at] = opPhrase | uint32(n)<<8
	}
}

func (c *compiler) term(n *query.Term) {
	if n.Name == "lang" {
		c.head(opFlag, 0)
		c.code = append(c.code, c.flag("lang="+primary(n.Value), 0.2))
		return
	}
	t := term{Term: *n, norm: text.Normalize(strings.TrimSpace(n.Value))}
	switch n.Name {
	case "who", "org", "where", "speaker", "denies":
		if c.names != nil {
			t.ids = c.names.IDs(n.Value)
		}
	case "on", "published":
		t.day[0], t.day[1], _ = query.Days(n.Value)
	case "words", "sources":
		t.number, _ = strconv.Atoi(n.Value) // the parser has checked it
	}
	c.head(opTerm, len(c.terms))
	c.terms = append(c.terms, t)
}

func primary(tag string) string {
	p, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return p
}

// skip gives the place behind the node at pc.
func skip(code []uint32, pc int) int {
	h := code[pc]
	switch h & 0xff {
	case opWord, opFlag:
		return pc + 2
	case opPhrase:
		return pc + 1 + int(h>>8)
	case opAnd, opOr:
		return pc + 2 + int(code[pc+1])
	case opNot, opAtLeast, opFirst, opField:
		return skip(code, pc+1)
	case opNear, opSame:
		return skip(code, skip(code, pc+1))
	}
	return pc + 1
}
