package match

import (
	"cmp"
	"slices"
	"strings"

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
	opAll                 // n leaves, all of them
	opAny                 // n leaves, one of them
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

// compiler turns queries into programs over one dictionary.
type compiler struct {
	dictionary
	namer   Namer
	code    []uint32
	terms   []term
	termsOf map[string]int // number of each statement by its text
	asks    asks
	memo    map[string]leaf // of words that were cut before
}

func newCompiler(o Options) compiler {
	return compiler{dictionary: newDictionary(o.Share), namer: o.Names, termsOf: map[string]int{}, memo: map[string]leaf{}}
}

func (c *compiler) head(op kind, n int) { c.code = append(c.code, op|uint32(n)<<8) }

// compile appends the program of a node.
func (c *compiler) compile(n query.Node) {
	switch n := n.(type) {
	case *query.Word:
		if n.Exact || n.Prefix || !c.remembered(n.Text) {
			c.row(cutWord(n.Text, !n.Exact, n.Prefix), n.Exact)
		}
	case *query.Phrase:
		if n.Exact || !c.remembered(n.Text) {
			c.row(cutWord(n.Text, false, false), n.Exact)
		}
	case *query.And:
		c.parts(opAnd, opAll, n.Kids)
	case *query.Or:
		c.parts(opOr, opAny, n.Kids)
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
		if k := within(n.Name, n.Kid); k != nil {
			c.compile(k)
		} else {
			c.over(opField, sectionsOf(n.Name), n.Kid)
		}
	case *query.Term:
		c.term(n)
	default:
		c.head(opNever, 0)
	}
}

// within brings a field down to words and phrases, so that a group is satisfied in the field's part of the article alone: title:(a b) asks
// for both in the title. nil for what is a word or phrase already.
func within(field string, n query.Node) query.Node {
	in := func(k query.Node) query.Node { return &query.Field{Name: field, Kid: k} }
	all := func(ks []query.Node) []query.Node {
		out := make([]query.Node, len(ks))
		for i, k := range ks {
			out[i] = in(k)
		}
		return out
	}
	switch n := n.(type) {
	case *query.And:
		return &query.And{Kids: all(n.Kids)}
	case *query.Or:
		return &query.Or{Kids: all(n.Kids)}
	case *query.Near:
		return &query.Near{N: n.N, Ordered: n.Ordered, Left: in(n.Left), Right: in(n.Right)}
	case *query.Same:
		return &query.Same{Unit: n.Unit, Left: in(n.Left), Right: in(n.Right)}
	case *query.AtLeast:
		return &query.AtLeast{N: n.N, Kid: in(n.Kid)}
	case *query.First:
		return &query.First{N: n.N, Kid: in(n.Kid)}
	}
	return nil
}

func (c *compiler) over(op kind, n int, kids ...query.Node) {
	c.head(op, n)
	for _, k := range kids {
		c.compile(k)
	}
}

// remembered compiles words of plain ASCII letters, which need no cutting but at their spaces, and tells whether it could. Most
// queries are made of such words, and of the same ones.
func (c *compiler) remembered(s string) bool {
	for i := range len(s) {
		if ch := s[i] | 0x20; s[i] != ' ' && (ch < 'a' || ch > 'z') {
			return false
		}
	}
	at := len(c.code)
	c.head(opNever, 0)
	for w := range strings.SplitSeq(s, " ") {
		if w == "" {
			continue
		}
		l, known := c.memo[w]
		if !known {
			l = c.word(text.Token{Norm: strings.ToLower(w), Kind: text.Word, Script: text.Latin})
			c.memo[w] = l
		}
		c.code = append(c.code, l)
	}
	c.ended(at)
	return true
}

// row compiles words that follow each other.
func (c *compiler) row(parts []part, exact bool) {
	at := len(c.code)
	c.head(opNever, 0)
	for _, p := range parts {
		switch {
		case exact:
			c.code = append(c.code, c.exact(p.raw))
		case p.wildcard:
			c.code = append(c.code, c.pattern(p))
		default:
			c.code = append(c.code, c.word(p.Token))
		}
	}
	c.ended(at)
}

// ended writes the head of a row that began at a place.
func (c *compiler) ended(at int) {
	switch n := len(c.code) - at - 1; n {
	case 0:
	case 1:
		c.code[at] = opWord
	default:
		c.code[at] = opPhrase | uint32(n)<<8
	}
}

// parts compiles an AND or OR. Its single words become one list, which is tried first.
func (c *compiler) parts(op, list kind, kids []query.Node) {
	at := len(c.code)
	c.code = append(c.code, op, 0)
	var rest []query.Node
	c.code = append(c.code, list)
	n := 0
	for _, k := range kids {
		if !single(k) {
			rest = append(rest, k)
			continue
		}
		from := len(c.code)
		if c.compile(k); c.code[from] == opWord {
			c.code = slices.Delete(c.code, from, from+1)
		} else { // it has no letter, or several words
			c.code = c.code[:from]
			rest = append(rest, k)
		}
	}
	leaves := c.arranged(c.code[at+3:], list)
	c.code = c.code[:at+3+len(leaves)]
	c.code[at+2] |= uint32(len(leaves)) << 8
	switch {
	case len(leaves) > 0 && len(rest) == 0:
		c.code = slices.Delete(c.code, at, at+2)
		return
	case len(leaves) == 0:
		c.code = c.code[:at+2]
	default:
		n = 1
	}
	for _, k := range rest {
		c.compile(k)
	}
	c.code[at] |= uint32(n+len(rest)) << 8
	c.code[at+1] = uint32(len(c.code) - at - 2)
}

// single tells whether a node may be a leaf.
func single(n query.Node) bool {
	switch n := n.(type) {
	case *query.Word:
		return true
	case *query.Term:
		return n.Name == "lang"
	}
	return false
}

// arranged puts the leaves that decide soonest first: the rarest of an AND, the most frequent of an OR.
func (c *compiler) arranged(ls []leaf, list kind) []leaf {
	slices.SortFunc(ls, func(a, b leaf) int {
		order := cmp.Or(cmp.Compare(c.weight[a], c.weight[b]), cmp.Compare(a, b))
		if list == opAny {
			return -order
		}
		return order
	})
	return slices.Compact(ls)
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

// skip gives the place behind the node at pc.
func skip(code []uint32, pc int) int {
	for parts := 1; parts > 0; parts-- {
		switch h := code[pc]; h & 0xff {
		case opWord:
			pc += 2
		case opPhrase, opAll, opAny:
			pc += 1 + int(h>>8)
		case opAnd, opOr:
			pc += 2 + int(code[pc+1])
		case opNot, opAtLeast, opFirst, opField:
			pc, parts = pc+1, parts+1
		case opNear, opSame:
			pc, parts = pc+1, parts+2
		default:
			pc++
		}
	}
	return pc
}
