package query

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Limits on a query, so that a clumsy one costs its owner and not the desk.
const (
	MaxBytes = 256 << 10
	MaxNodes = 20000
	MaxDepth = 60
	MaxNear  = 1000
	// MaxPhrase is of bytes: each word of a phrase is compared at each place where the one before it stands.
	MaxPhrase = 2 << 10
)

// Error says where a query is wrong and what to do about it. Code is a key for the rim's own words; Message is English.
type Error struct {
	Start, End int // bytes of the text that was parsed
	Code       string
	Args       []string
	Message    string
}

func (e *Error) Error() string { return fmt.Sprintf("at %d: %s", e.Start, e.Message) }

// Parse reads a query. The error is an *Error.
func Parse(s string) (Query, error) {
	if len(s) > MaxBytes {
		return Query{}, &Error{0, len(s), "too-long", nil, fmt.Sprintf("the query has more than %d bytes; split it into several", MaxBytes)}
	}
	toks, err := lex(s)
	if err != nil {
		return Query{}, err
	}
	p := &parser{src: s, toks: toks}
	if p.peek().kind == end {
		return Query{}, &Error{0, len(s), "empty", nil, "the query is empty; type a word"}
	}
	root, err := p.list(0)
	if err != nil {
		return Query{}, err
	}
	if t := p.peek(); t.kind != end {
		return Query{}, t.fail("close-unopened", "this ) closes nothing; take it away or open a ( before it")
	}
	return Query{Root: root, Text: s}, nil
}

type parser struct {
	src   string
	toks  []lexeme
	i     int
	nodes int
}

func (p *parser) peek() lexeme { return p.toks[p.i] }

func (p *parser) next() lexeme {
	t := p.toks[p.i]
	if t.kind != end {
		p.i++
	}
	return t
}

// list reads a run of operands joined by AND (said or not) or by OR, up to a ) or the end.
func (p *parser) list(depth int) (Node, error) {
	if depth > MaxDepth {
		return nil, p.peek().fail("too-deep", "the query nests more than %d deep; simplify it", MaxDepth)
	}
	first, err := p.proximity(depth)
	if err != nil {
		return nil, err
	}
	kids, joined, mixed := []Node{first}, "", lexeme{}
	for {
		t := p.peek()
		op := "AND"
		switch {
		case t.kind == end || t.kind == closing:
			return joinUp(kids, joined), p.refuseMixed(kids, mixed)
		case p.meant(t) == "OR":
			return nil, t.foreign(t.text, "OR")
		case t.kind == word && (t.op == "AND" || t.op == "OR") || p.meant(t) == "AND":
			if t.op != "" {
				op = t.op
			}
			p.next()
			if n := p.peek(); n.kind == end || n.kind == closing || n.kind == word && (n.op == "AND" || n.op == "OR") {
				return nil, t.fail("dangling", "%s needs something after it", t.op)
			}
		}
		for op == "AND" && p.meant(p.peek()) == "AND" { // once is enough
			p.next()
		}
		if n := p.peek(); n.kind == word && n.text == "BUT" && (p.after().kind == minus || p.after().op == "NOT") {
			p.next()
		}
		if joined == "" {
			joined = op
		} else if joined != op && mixed.kind == 0 {
			mixed = t
			mixed.split = len(kids)
			mixed.op = op
		}
		kid, err := p.proximity(depth)
		if err != nil {
			return nil, err
		}
		kids = append(kids, kid)
	}
}

// after is the lexeme behind the next one.
func (p *parser) after() lexeme { return p.toks[min(p.i+1, len(p.toks)-1)] }

// meant gives the operator that a word in small letters is meant as: one between two others.
func (p *parser) meant(t lexeme) string {
	if n := p.after(); t.kind == word && (n.kind == end || n.kind == closing) {
		return ""
	}
	return t.small
}

func joinUp(kids []Node, op string) Node {
	if len(kids) == 1 {
		return kids[0]
	}
	from, _ := kids[0].At()
	_, to := kids[len(kids)-1].At()
	if op == "OR" {
		return &Or{place{from, to}, kids}
	}
	return &And{place{from, to}, kids}
}

// refuseMixed makes the error for AND and OR side by side, with the two readings.
func (p *parser) refuseMixed(kids []Node, at lexeme) error {
	if at.kind == 0 {
		return nil
	}
	before := "OR"
	if at.op == "OR" {
		before = "AND"
	}
	left, right := joinUp(kids[:at.split], before), joinUp(kids[at.split:], at.op)
	last, rest := kids[at.split-1], kids[at.split:]
	one := joinUp([]Node{left, right}, at.op).String()
	two := joinUp([]Node{joinUp(kids[:at.split-1:at.split-1], before), joinUp(append([]Node{last}, rest...), at.op)}, before).String()
	if at.split == 1 {
		two = joinUp(append([]Node{last}, rest...), at.op).String()
	}
	e := at.fail("mixed", "AND and OR stand side by side; say which you mean with parentheses: %s   or   %s", one, two).(*Error)
	e.Args = []string{one, two}
	return e
}

// proximity reads operand (NEAR/n operand)*.
func (p *parser) proximity(depth int) (Node, error) {
	left, err := p.operand(depth)
	if err != nil {
		return nil, err
	}
	for {
		t := p.peek()
		if t.kind != word || t.op != "NEAR" && t.op != "ONEAR" && t.op != "SAME" {
			return left, nil
		}
		p.next()
		right, err := p.operand(depth)
		if err != nil {
			return nil, err
		}
		if err := positional(left, t); err != nil {
			return nil, err
		}
		if err := positional(right, t); err != nil {
			return nil, err
		}
		from, _ := left.At()
		_, to := right.At()
		if t.op == "SAME" {
			left = &Same{place{from, to}, t.unit, left, right}
		} else {
			left = &Near{place{from, to}, t.n, t.op == "ONEAR", left, right}
		}
	}
}

// positional refuses operands that have no place in the text: statements and negations.
func positional(n Node, op lexeme) (err error) {
	Walk(n, func(k Node) bool {
		switch k.(type) {
		case *Not, *Term, *Field:
			if err == nil {
				s, e := k.At()
				err = &Error{s, e, "no-place", []string{op.op, k.String()}, fmt.Sprintf("%s compares places in the text, and %s has none; move it outside", op.op, k.String())}
			}
		}
		return err == nil
	})
	return err
}

func (p *parser) operand(depth int) (Node, error) {
	if p.nodes++; p.nodes > MaxNodes {
		return nil, p.peek().fail("too-many", "the query has more than %d parts; split it into several", MaxNodes)
	}
	if t := p.peek(); p.meant(t) == "NOT" {
		return nil, t.foreign(t.text, "NOT")
	}
	t := p.next()
	switch {
	case t.kind == end:
		return nil, t.fail("unfinished", "the query ends too early; something has to follow")
	case t.kind == closing:
		return nil, t.fail("empty-group", "these parentheses hold nothing")
	case t.kind == opening:
		return p.parenthesis(t, depth)
	case t.kind == minus || t.kind == word && t.op == "NOT":
		return p.prefixed(t, depth, func(at place, k Node) Node { return &Not{at, k} })
	case t.kind == word && t.op == "ATLEAST":
		return p.counted(t, depth, func(at place, k Node) Node { return &AtLeast{at, t.n, k} })
	case t.kind == word && t.op == "FIRST":
		return p.counted(t, depth, func(at place, k Node) Node { return &First{at, t.n, k} })
	case t.kind == field:
		return p.field(t, depth)
	case t.kind == word && t.op != "":
		return nil, t.fail("misplaced", "%s stands where a word should; put a word before it, or write it in quotation marks to search for it", t.op)
	case t.kind == phrase:
		return p.phrase(t)
	}
	if n := p.peek(); n.kind == opening && n.start == t.end && fieldOf(t.text) != "" && !t.exact {
		return nil, t.foreign(t.text+"(…)", fieldOf(t.text)+":(…)")
	}
	return wordNode(t)
}

func (p *parser) parenthesis(open lexeme, depth int) (Node, error) {
	n, err := p.list(depth + 1)
	if err != nil {
		return nil, err
	}
	if t := p.next(); t.kind != closing {
		return nil, open.fail("unclosed", "this ( is never closed; add a )")
	}
	return n, nil
}

func (p *parser) prefixed(op lexeme, depth int, make func(place, Node) Node) (Node, error) {
	if depth > MaxDepth {
		return nil, op.fail("too-deep", "the query nests more than %d deep; simplify it", MaxDepth)
	}
	kid, err := p.operand(depth + 1)
	if err != nil {
		return nil, err
	}
	_, to := kid.At()
	return make(place{op.start, to}, kid), nil
}

func (p *parser) counted(op lexeme, depth int, make func(place, Node) Node) (Node, error) {
	n, err := p.prefixed(op, depth, make)
	if err != nil {
		return nil, err
	}
	switch k := n.(type) {
	case *AtLeast:
		err = positional(k.Kid, op)
	case *First:
		err = positional(k.Kid, op)
	}
	return n, err
}

// phrase reads a phrase. Wildcards in it make it words that follow each other.
func (p *parser) phrase(t lexeme) (Node, error) {
	if strings.TrimSpace(t.text) == "" {
		return nil, t.fail("empty-phrase", "these quotation marks hold nothing")
	}
	if len(t.text) > MaxPhrase {
		return nil, t.fail("too-long", "a phrase has at most %d bytes; a part of it finds the same", MaxPhrase)
	}
	words := strings.Fields(t.text)
	if n := p.peek(); n.kind == word && n.start == t.end && len(n.text) > 1 && n.text[0] == '~' && digits(n.text[1:]) {
		n.start = t.start
		return nil, n.foreign(p.src[n.start:n.end], strings.Join(words, " NEAR/"+n.text[1:]+" "))
	}
	if !t.exact && slices.ContainsFunc(words, wild) {
		return wildPhrase(t, words)
	}
	return &Phrase{place{t.start, t.end}, t.text, t.exact}, nil
}

// wild tells a word of a phrase that has a wildcard from one that a question or a footnote ends, and from an address.
func wild(w string) bool {
	star := strings.IndexByte(w, '*')
	q := strings.IndexByte(w, '?')
	return plain(w) && (star > 0 || q > 0 && q+1 < len(w) && hasLetter(w[q+1:]))
}

// plain tells a word of letters, digits and wildcards alone.
func plain(w string) bool {
	return !strings.ContainsFunc(w, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '*' && r != '?'
	})
}

// wildPhrase reads "prime minist*" as prime ONEAR/1 minist*.
func wildPhrase(t lexeme, words []string) (row Node, err error) {
	at := place{t.start, t.end}
	for len(words) > 0 {
		n := slices.IndexFunc(words, wild)
		if n < 0 {
			n = len(words)
		}
		var part Node = &Phrase{at, strings.Join(words[:n], " "), false}
		if n == 0 {
			n = 1
			if part, err = wordNode(lexeme{kind: word, start: t.start, end: t.end, text: words[0]}); err != nil {
				return nil, err
			}
		}
		if words = words[n:]; row == nil {
			row = part
		} else {
			row = &Near{at, 1, true, row, part}
		}
	}
	return row, nil
}

func wordNode(t lexeme) (Node, error) {
	if instead, is := foreignWord(t.text); is && !t.exact {
		return nil, t.foreign(t.text, instead)
	}
	if t.small != "" { // where it is no operator it is as good as in quotation marks, and prints so
		return &Phrase{place: place{t.start, t.end}, Text: t.text}, nil
	}
	w := &Word{place: place{t.start, t.end}, Text: t.text, Exact: t.exact}
	if strings.HasSuffix(w.Text, "*") {
		w.Text, w.Prefix = strings.TrimRight(w.Text, "*"), true
	}
	switch {
	case strings.HasPrefix(w.Text, "?") || strings.HasPrefix(w.Text, "*") || w.Text == "":
		return nil, t.fail("leading-wildcard", "a word cannot begin with a wildcard; begin with at least one letter")
	case strings.ContainsRune(w.Text, '*'):
		return nil, t.fail("inner-star", "a * stands at the end of a word only; inside, use ? for one letter")
	case w.Exact && (w.Prefix || strings.ContainsRune(w.Text, '?')):
		return nil, t.fail("exact-wildcard", "= asks for exactly this form, so it cannot go with * or ?")
	}
	return w, nil
}
