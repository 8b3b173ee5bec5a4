package query

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

type lexkind uint8

const (
	_ lexkind = iota
	word
	phrase
	field // name: with Op and value still to be read by the parser
	opening
	closing
	minus
	end
)

// lexeme is a piece of a query.
type lexeme struct {
	kind       lexkind
	start, end int
	text       string // of a word or phrase, without marks; a field's name
	op, arg    string // AND OR NOT NEAR ONEAR SAME ATLEAST FIRST; what the slash says
	n          int
	unit       byte
	exact      bool
	small      string // the operator that a word in small letters may be
	split      int    // used by the parser for AND beside OR
}

func (t lexeme) fail(code, format string, args ...any) error {
	return &Error{Start: t.start, End: t.end, Code: code, Message: fmt.Sprintf(format, args...)}
}

// closers gives for each opening quotation mark the marks that may close it.
var closers = map[rune]string{'"': `"`, '“': `”“"`, '„': `“”"`, '«': `»`, '»': `«`, '「': `」`, '『': `』`, '”': `”`, '＂': `＂`, '‹': `›`}

func marks(s string) bool { return strings.ContainsAny(s, `"“”„«»「」『』＂‹›`) }

func separator(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(",،;؛、，；\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff\x00", r)
}

func lex(s string) ([]lexeme, error) {
	var toks []lexeme
	for i := 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		switch {
		case separator(r):
			i += w
		case r == '(' || r == '（':
			toks = append(toks, lexeme{kind: opening, start: i, end: i + w})
			i += w
		case r == ')' || r == '）':
			toks = append(toks, lexeme{kind: closing, start: i, end: i + w})
			i += w
		case r == '-' || r == '−' || r == '–' || r == '—' || r == '－':
			// A hyphen that nothing follows directly is punctuation between words.
			if next, _ := utf8.DecodeRuneInString(s[i+w:]); i+w < len(s) && !separator(next) && next != ')' && (r == '-' || r == '−' || r == '－') {
				toks = append(toks, lexeme{kind: minus, start: i, end: i + w})
			}
			i += w
		case apostrophe(r) && !opens(s, i): // in front of a word it says nothing
			i += w
		case r == '[' && measured(toks, i) && stretch(s[i:]) > 0:
			to := i + stretch(s[i:])
			toks = append(toks, lexeme{kind: word, start: i, end: to, text: between(s[i+1 : to-1])})
			i = to
		default:
			t, to, err := lexTerm(s, i)
			if err != nil {
				return nil, err
			}
			toks = append(toks, t)
			i = to
		}
	}
	return append(toks, lexeme{kind: end, start: len(s), end: len(s)}), nil
}

// lexTerm reads a word, an operator, a phrase or a field's name, with a leading =.
func lexTerm(s string, at int) (t lexeme, to int, err error) {
	i, exact := at, false
	if s[i] == '=' {
		exact = true
		i++
	}
	if i < len(s) {
		r, w := utf8.DecodeRuneInString(s[i:])
		if closers[r] != "" {
			return lexPhrase(s, at, i+w, closers[r], exact)
		}
		if end, to := apostrophes(s, i); to > 0 {
			return lexeme{kind: phrase, start: at, end: to, text: s[i+w : end], exact: exact}, to, nil
		}
		for ; apostrophe(r); r, w = utf8.DecodeRuneInString(s[i:]) {
			i += w
		}
	}
	j := i
	for j < len(s) {
		r, w := utf8.DecodeRuneInString(s[j:])
		if separator(r) && !thousands(s, j) || r == '(' || r == ')' || r == '（' || r == '）' || closers[r] != "" && !gershayim(s, j) {
			break
		}
		j += w
		if r == ':' || r == '：' {
			if name := strings.TrimRight(s[i:j], ":："); letters(name) && !exact {
				return lexeme{kind: field, start: at, end: j, text: strings.ToLower(name)}, j, nil
			}
		}
	}
	t = lexeme{kind: word, start: at, end: j, text: s[i:j], exact: exact}
	if t.text == "" {
		return t, j, t.fail("bare-equals", "= needs a word right after it")
	}
	if exact {
		return t, j, nil
	}
	t.small = small(t.text)
	t.op, t.arg = operator(t.text)
	if n := inBrackets(t.text, s[j:]); n != "" {
		t.op, t.arg = "NEAR", n
		j += len(n) + 2
		t.end = j
	}
	return t, j, t.arguments()
}

// inBrackets gives the number in NEAR(5) and AROUND(5), "" for none.
func inBrackets(name, rest string) string {
	n, _, closed := strings.Cut(strings.TrimPrefix(rest, "("), ")")
	if !strings.HasPrefix(rest, "(") || !closed || n == "" || !digits(n) || name != "NEAR" && name != "AROUND" && name != "WITHIN" {
		return ""
	}
	return n
}

// measured tells whether a field that takes days or numbers ends at i.
func measured(toks []lexeme, i int) bool {
	if len(toks) == 0 {
		return false
	}
	t := toks[len(toks)-1]
	k := fields[fieldOf(t.text)]
	return t.kind == field && t.end == i && (k == day || k == number)
}

// stretch is how long [a TO b] is at the start of s, 0 for none.
func stretch(s string) int {
	if end := strings.IndexByte(s, ']'); end > 0 && strings.Contains(s[:end], " TO ") {
		return end + 1
	}
	return 0
}

// between writes a TO b as it is written here, with * for an open end.
func between(s string) string {
	a, b, _ := strings.Cut(s, " TO ")
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	switch {
	case a == "*":
		return "<=" + b
	case b == "*":
		return ">=" + a
	}
	return a + ".." + b
}

func lexPhrase(s string, at, from int, close string, exact bool) (lexeme, int, error) {
	for j := from; j < len(s); {
		r, w := utf8.DecodeRuneInString(s[j:])
		if strings.ContainsRune(close, r) {
			return lexeme{kind: phrase, start: at, end: j + w, text: strings.ReplaceAll(s[from:j], `"`, " "), exact: exact}, j + w, nil
		}
		j += w
	}
	if close == `"` && strings.ContainsAny(s[from:], "”“") { // the keyboard made the second one pretty
		return lexPhrase(s, at, from, "”“", exact)
	}
	t := lexeme{start: at, end: len(s)}
	return t, 0, t.fail("unclosed-quote", "this quotation mark is never closed; add one at the end of the phrase")
}

func apostrophe(r rune) bool { return r == '‘' || r == '\'' || r == '‚' || r == '’' }

func opens(s string, at int) bool {
	_, to := apostrophes(s, at)
	return to > 0
}

// apostrophes finds where a phrase of several words in single quotation marks ends, and what follows; nothing for an apostrophe.
func apostrophes(s string, at int) (end, to int) {
	r, w := utf8.DecodeRuneInString(s[at:])
	if !apostrophe(r) || r == '’' {
		return 0, 0
	}
	spaced := false
	for j := at + w; j < len(s); {
		c, n := utf8.DecodeRuneInString(s[j:])
		next, _ := utf8.DecodeRuneInString(s[j+n:])
		switch {
		case c == '"' || c == '(' || c == ')':
			return 0, 0
		case separator(c):
			spaced = true
		case (c == '\'' && r == '\'' || c == '’' || c == '‘' && r == '‚') && (j+n == len(s) || separator(next) || next == ')'):
			if spaced {
				return j, j + n
			}
			return 0, 0
		}
		j += n
	}
	return 0, 0
}

// thousands tells whether the comma at i stands within a number: 1,000.
func thousands(s string, i int) bool {
	digit := func(j int) bool { return j >= 0 && j < len(s) && s[j] >= '0' && s[j] <= '9' }
	return s[i] == ',' && digit(i-1) && digit(i+1) && digit(i+2) && digit(i+3) && !digit(i+4)
}

// gershayim tells whether the quotation mark at i is part of a Hebrew abbreviation: צה"ל.
func gershayim(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	return s[i] == '"' && unicode.Is(unicode.Hebrew, before) && unicode.Is(unicode.Hebrew, after)
}

func letters(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return s != ""
}

// arguments reads what follows the slash of an operator.
func (t *lexeme) arguments() error {
	switch t.op {
	case "SAME":
		if t.arg != "s" && t.arg != "p" {
			return t.fail("same-unit", "write SAME/s for one sentence or SAME/p for one paragraph")
		}
		t.unit = t.arg[0]
	case "NEAR", "ONEAR", "ATLEAST", "FIRST":
		n, err := strconv.Atoi(t.arg)
		if err != nil || n < 1 || n > MaxNear {
			return t.fail("count", "%s needs a number from 1 to %d after a slash: %s/5", t.op, MaxNear, t.op)
		}
		t.n = n
	}
	return nil
}

func itoa(n int) string { return strconv.Itoa(n) }
