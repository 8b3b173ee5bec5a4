package text

import (
	"strings"
	"sync"
	"unicode/utf8"

	"marsad/lang/pack"
	"marsad/news"
)

// space is the kind of what lies between tokens; it never leaves the package.
const space Kind = 255

// classify tells what a UAX #29 segment is. The first rune decides: segments do not mix letters with marks.
func classify(v string) (Kind, Script) {
	if c := v[0]; c < utf8.RuneSelf {
		return asciiKind(v, c), asciiScript(c)
	}
	r, _ := utf8.DecodeRuneInString(v)
	script := scriptOf(r)
	switch {
	case (script == Arabic || script == Cyrillic) && letter2(v[0], v[1]):
		return Word, script
	case isSpace(r):
		return space, NoScript
	case isDigit(r):
		return Number, script
	case script == Han || script == Kana || script == Thai:
		return Ideo, script
	case isLetter(r):
		return Word, script
	default:
		return Mark, NoScript
	}
}

func asciiKind(v string, c byte) Kind {
	switch {
	case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		return Word
	case '0' <= c && c <= '9':
		return Number
	case c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v' || c == 0:
		return space
	case c == '_' && len(v) > 1:
		return Word
	default:
		return Mark
	}
}

// breaks tells whether white space ends a paragraph: a line break does.
func breaks(v string) bool {
	if v == " " {
		return false
	}
	return strings.ContainsAny(v, "\n\r\u2028\u2029\u0085")
}

// cutter cuts words at apostrophes where the language runs two words together: l'Ukraine, Putin's.
type cutter struct {
	former
	elisions, enclitics map[string]bool
}

func newCutter(p *pack.Text) *cutter {
	l := lexiconOf(p)
	return &cutter{former: former{batch: 1024}, elisions: l.elisions, enclitics: l.enclitics}
}

// lexicon is a pack's words in normal form, made once a pack.
type lexicon struct{ elisions, enclitics, abbreviations map[string]bool }

var lexicons sync.Map // *pack.Text -> *lexicon

func lexiconOf(p *pack.Text) *lexicon {
	if p == nil {
		return &lexicon{}
	}
	if l, ok := lexicons.Load(p); ok {
		return l.(*lexicon)
	}
	l, _ := lexicons.LoadOrStore(p, &lexicon{set(p.Elisions), set(p.Enclitics), set(p.Abbreviations)})
	return l.(*lexicon)
}

func set(words []string) map[string]bool {
	if len(words) == 0 {
		return nil
	}
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[Normalize(w)] = true
	}
	return m
}

// word appends the one or two tokens of a word that stands at byte at.
func (c *cutter) word(dst []Token, v string, at int, script Script) []Token {
	i, width := apostrophe(v)
	if i <= 0 || i+width >= len(v) {
		return append(dst, c.token(v, at, Word, script))
	}
	if c.elisions[Normalize(v[:i])] {
		// The apostrophe stays with the elided word: "l'" is how it is written.
		first := c.token(v[:i+width], at, Word, script)
		first.Norm = Normalize(v[:i])
		return c.word(append(dst, first), v[i+width:], at+i+width, script)
	}
	if c.enclitics[Normalize(v[i+width:])] {
		second := Token{Span: news.Span{Start: at + i, End: at + len(v)}, Norm: "'" + Normalize(v[i+width:]), Kind: Word, Script: script}
		return append(dst, c.token(v[:i], at, Word, script), second)
	}
	return append(dst, c.token(v, at, Word, script))
}

// apostrophe finds the first ' or ’ and its width; -1 if there is none.
func apostrophe(v string) (at, width int) {
	for i := 0; i < len(v); i++ {
		switch {
		case v[i] == '\'':
			return i, 1
		case v[i] == 0xE2 && strings.HasPrefix(v[i:], "’"):
			return i, len("’")
		}
	}
	return -1, 0
}

// Bare appends to dst the shorter words that remain of norm when clitics that the pack knows are taken off its front, the
// longest remainder first: "وبالكرملين" gives "بالكرملين", "الكرملين", "كرملين". At least two letters remain. norm itself is not
// among them. A clitic "لل=ال" in the pack is taken off and leaves "ال" in its place, as the spelling hides it.
func Bare(dst []string, norm string, p *pack.Text) []string {
	if p == nil || len(p.Proclitics) == 0 {
		return dst
	}
	from := len(dst)
	for _, c := range p.Proclitics {
		c, left, hidden := strings.Cut(c, "=")
		if hidden && strings.HasPrefix(norm, c) && utf8.RuneCountInString(norm[len(c):]) >= 2 {
			dst = append(dst, left+norm[len(c):])
			continue
		}
		if len(c) < len(norm) && strings.HasPrefix(norm, c) && utf8.RuneCountInString(norm[len(c):]) >= 2 {
			dst = append(dst, norm[len(c):])
		}
	}
	// Few entries: insertion sort by length, longest first.
	for i := from + 1; i < len(dst); i++ {
		for j := i; j > from && len(dst[j]) > len(dst[j-1]); j-- {
			dst[j], dst[j-1] = dst[j-1], dst[j]
		}
	}
	return dst
}
