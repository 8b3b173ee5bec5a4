package text

import (
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// segmenter walks a text by the word boundaries of UAX #29. Runs of ASCII, Arabic and Cyrillic letters whose end is certain are cut
// here, at several times the speed; everything else goes through the full rules. Both give the same boundaries, which a fuzz test
// holds.
type segmenter struct {
	s  string
	at int
}

// next gives the next segment and its place; ok is false at the end.
func (g *segmenter) next() (v string, at int, ok bool) {
	v, at, _, ok = g.nextForm()
	return v, at, ok
}

// blank passes over a single space before a letter or digit, which is what most spaces are.
func (g *segmenter) blank() {
	if i := g.at; i+1 < len(g.s) && g.s[i] == ' ' {
		if k := asciiClass[g.s[i+1]]; k == alnum || k == upper || k == two && g.at2(i+1)&letterOf2 != 0 {
			g.at++
		}
	}
}

// ascii tells whether an ASCII letter or digit stands at the place of the segmenter.
func (g *segmenter) ascii() bool {
	if g.at >= len(g.s) {
		return false
	}
	class := asciiClass[g.s[g.at]]
	return class == alnum || class == upper
}

// form is what the fast way saw of a segment while it cut it.
type form uint8

const (
	changed     form = 1 << iota // it is not its own normal form, or that is not known
	wide                         // it has letters beyond ASCII
	apostrophes                  // it has one inside
)

// nextForm is next, and says what it saw of the segment.
func (g *segmenter) nextForm() (v string, at int, f form, ok bool) {
	at = g.at
	if at >= len(g.s) {
		return "", at, 0, false
	}
	end, f := g.fast(at)
	if end > 0 {
		g.at = end
		return g.s[at:end], at, f, true
	}
	it := words.FromString(g.s[at:])
	it.Next()
	g.at = at + len(it.Value())
	return g.s[at:g.at], at, changed | wide | apostrophes, true
}

// fast gives the end of the segment at i where it is certain, 0 where it is not.
func (g *segmenter) fast(i int) (end int, f form) {
	s := g.s
	switch c := s[i]; asciiClass[c] {
	case alnum, upper, two:
		if c == 0xD9 && i+1 < len(s) && vowel(s[i+1]) {
			return 0, 0 // a vowel point without a letter
		}
		return g.letters(i)
	case blank:
		// Only a line break, or a single space, before a letter: longer runs have rules of their own.
		if (c == ' ' || c == '\n') && i+1 < len(s) {
			switch d := s[i+1]; asciiClass[d] {
			case alnum, upper:
				return i + 1, 0
			case blank:
				if c == '\n' {
					return i + 1, 0
				}
			case two:
				if i+2 < len(s) && letter2(d, s[i+2]) && !(d == 0xD9 && vowel(s[i+2])) {
					return i + 1, 0
				}
			}
		}
	case other:
		if i+1 >= len(s) || s[i+1] < utf8.RuneSelf {
			return i + 1, changed
		}
	}
	return 0, 0
}

// letters gives the end of the letters and digits from i on, with apostrophes between letters.
func (g *segmenter) letters(i int) (end int, f form) {
	s, j := g.s, i
	letter := false // what stands before j, vowel points aside
	for j < len(s) {
		c := s[j]
		switch asciiClass[c] {
		case alnum:
			for j++; j < len(s) && asciiClass[s[j]] == alnum; j++ {
			}
			letter = s[j-1] > '9'
			continue
		case upper:
			f |= changed
			letter = true
			j++
			continue
		case two:
			if j+1 < len(s) && letter2(c, s[j+1]) {
				if r := rune(c&0x1F)<<6 | rune(s[j+1]&0x3F); rune(folds[r]) != r {
					f |= changed
				}
				f |= wide
				letter = letter || c != 0xD9 || !vowel(s[j+1])
				j += 2
				continue
			}
		case other:
			if c == '\'' && letter && g.letterAt(j+1) {
				f |= apostrophes
				j++
				continue
			}
		case hard:
			if c == 0xE2 && letter && strings.HasPrefix(s[j:], "’") && g.letterAt(j+3) {
				f |= apostrophes | changed | wide
				j += 3
				continue
			}
		}
		break
	}
	if j == i {
		return 0, 0
	}
	return g.ends(j, !letter), f
}

// letterAt tells whether a letter surely stands at byte j.
func (g *segmenter) letterAt(j int) bool {
	s := g.s
	if j >= len(s) {
		return false
	}
	switch asciiClass[s[j]] {
	case alnum, upper:
		return s[j] > '9'
	case two:
		return j+1 < len(s) && letter2(s[j], s[j+1]) && !(s[j] == 0xD9 && vowel(s[j+1]))
	}
	return false
}

// ends gives j where a word surely ends before byte j: what follows is no letter, digit, joiner or combining mark, nor something that
// joins the word to what stands behind it.
func (g *segmenter) ends(j int, digit bool) int {
	s := g.s
	if j >= len(s) {
		return j
	}
	c := s[j]
	if c >= utf8.RuneSelf {
		if boundary2(s[j:], digit) {
			return j
		}
		return 0
	}
	switch asciiClass[c] {
	case blank:
		return j
	case other:
		if c != '.' && c != ':' && c != '\'' && c != '"' && !(digit && (c == ',' || c == ';')) {
			return j
		}
		// A joiner joins only what a letter or digit follows.
		if j+1 >= len(s) || s[j+1] < utf8.RuneSelf && (asciiClass[s[j+1]] == other || asciiClass[s[j+1]] == blank) {
			return j
		}
	}
	return 0
}

const (
	other uint8 = iota // punctuation and symbols
	alnum              // lower case and digits
	upper
	blank
	two  // the first byte of a letter of two bytes
	hard // controls, the underscore, longer runes: left to the full rules
)

var asciiClass = func() (class [256]uint8) {
	for c := range class {
		switch {
		case c >= 0xC3 && c <= 0xC5 || c >= 0xD0 && c <= 0xD3 || c >= 0xD8 && c <= 0xDB:
			class[c] = two
		case c >= utf8.RuneSelf:
			class[c] = hard
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			class[c] = alnum
		case 'A' <= c && c <= 'Z':
			class[c] = upper
		case c == ' ', c == '\n', c == '\r', c == '\t':
			class[c] = blank
		case c < ' ', c == '_', c == 0x7f:
			class[c] = hard
		}
	}
	return class
}()

// letter2 tells whether two bytes are a Latin, Arabic or Cyrillic letter, or an Arabic vowel point, which extends the letter before it.
func letter2(a, b byte) bool {
	if b < 0x80 || b > 0xBF {
		return false
	}
	switch a {
	case 0xC3:
		return b != 0x97 && b != 0xB7
	case 0xC4, 0xC5:
		return true
	case 0xD0, 0xD1, 0xD3:
		return true
	case 0xD2:
		return b >= 0x8A || b <= 0x81
	case 0xD8:
		return b >= 0xA0
	case 0xD9:
		return b <= 0x92 || b >= 0xB1
	case 0xDA:
		return true
	case 0xDB:
		return b <= 0x93
	}
	return false
}

// vowel tells whether a byte after 0xD9 makes an Arabic vowel point.
func vowel(b byte) bool { return b >= 0x8B && b <= 0x92 }

// boundary2 tells whether a rune beyond ASCII surely ends a word of letters, or a number, before it.
func boundary2(s string, digit bool) bool {
	r, _ := utf8.DecodeRuneInString(s)
	switch r {
	case '،', '؛', '؟':
		return !digit
	case '«', '»', '“', '”', '„', '–', '—', '…', '\u00a0', '‹', '›':
		return true
	}
	return false
}
