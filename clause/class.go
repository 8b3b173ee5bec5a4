package clause

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/text"
)

// classify gives every token its roles.
func (r *Reading) classify() {
	d, g := r.Doc, r.Grammar
	whole := 0 // where the word ends whose characters have no roles
	for i, t := range d.Tokens {
		if i < whole {
			continue
		}
		if t.Norm == "" { // a stroke that lengthens letters, standing alone as a dash
			r.Class[i] |= Dash
			continue
		}
		if t.Kind == text.Mark {
			if !r.hyphen(i) {
				r.Class[i] |= markClass(d.Text[t.Start:t.End])
				if r.Class[i]&Colon != 0 && r.clock(i) {
					r.Class[i] &^= Colon
				}
			}
			continue
		}
		if c, _ := utf8.DecodeRuneInString(d.Text[t.Start:]); unicode.IsUpper(c) {
			r.Class[i] |= Upper
		}
		if hasSuffix(t.Norm, g.adverbs) && len(t.Norm) > 5 && r.Class[i]&Upper == 0 {
			r.Class[i] |= Adv
		}
		if hasPrefix(t.Norm, g.of) {
			r.Class[i] |= OfWord
		}
		if hasPrefix(t.Norm, g.to) {
			r.Class[i] |= ToWord
		}
		if hasSuffix(t.Norm, g.infinit) {
			r.Class[i] |= Infinit
		}
		e, prefixed := g.look(t.Norm)
		if e == nil {
			r.Class[i] |= g.headed(t.Norm)
			continue
		}
		if len(g.unlike) > 0 && slices.Contains(g.unlike, d.Text[t.Start:t.End]) {
			continue
		}
		if whole = r.wholeAt(i, e); whole > i {
			continue
		}
		r.Class[i] |= e.class
		if prefixed {
			r.Class[i] |= Prefix
		}
		for _, s := range e.seqs {
			if s.verb == nil && r.follows(i, s.rest) {
				for j := i; j <= i+len(s.rest); j++ {
					r.Class[j] |= s.class
				}
			}
		}
	}
}

// wholeAt gives the end of a word of several characters that begins at token i and has no roles, 0 for none.
func (r *Reading) wholeAt(i int, e *entry) int {
	for _, s := range e.seqs {
		if s.whole && r.follows(i, s.rest) {
			return i + 1 + len(s.rest)
		}
	}
	return 0
}

// headed gives Head for a kind of name behind a preposition that is written together with it: لصحيفة.
func (g *Grammar) headed(norm string) Class {
	for _, list := range [2][]string{g.to, g.of} {
		for _, p := range list {
			if len(norm) > len(p)+2 && strings.HasPrefix(norm, p) {
				if e := g.words[norm[len(p):]]; e != nil {
					return e.class & Head
				}
			}
		}
	}
	return 0
}

// clock tells whether the colon at token i stands in a time or an address: 10:30, https://.
func (r *Reading) clock(i int) bool {
	t := r.Doc.Tokens
	return i+1 < len(t) && t[i].End == t[i+1].Start && (t[i+1].Kind == text.Number || t[i+1].Norm == "/")
}

// hyphen tells whether the mark at token i joins two words: vice-president.
func (r *Reading) hyphen(i int) bool {
	t := r.Doc.Tokens
	return i > 0 && i+1 < len(t) && t[i-1].End == t[i].Start && t[i].End == t[i+1].Start &&
		t[i-1].Kind != text.Mark && t[i+1].Kind != text.Mark && markClass(r.Doc.Text[t[i].Start:t[i].End]) == Dash
}

func hasPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if len(s) > len(p)+2 && strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

func hasSuffix(s string, suffixes []string) bool {
	for _, p := range suffixes {
		if len(s) > len(p) && strings.HasSuffix(s, p) {
			return true
		}
	}
	return false
}

// follows tells whether the tokens after i are those of rest.
func (r *Reading) follows(i int, rest []string) bool {
	if i+len(rest) >= len(r.Doc.Tokens) {
		return false
	}
	for k, w := range rest {
		if r.Doc.Tokens[i+1+k].Norm != w {
			return false
		}
	}
	return true
}

func markClass(s string) Class {
	switch s {
	case ",", "،", "、", "，":
		return Comma
	case ":", "：", "؛:":
		return Colon
	case "-", "–", "—", "―", "−":
		return Dash
	case ".", "!", "?", "؟", "。", "！", "？", "…", "।", "۔", ";", "؛", "；":
		return Stop
	}
	return 0
}
