package text

import (
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
	at = g.at
	if at >= len(g.s) {
		return "", at, false
	}
	if end := g.fast(at); end > 0 {
		g.at = end
		return g.s[at:end], at, true
	}
	it := words.FromString(g.s[at:])
	it.Next()
	g.at = at + len(it.Value())
	return g.s[at:g.at], at, true
}

// fast gives the end of the segment at i where it is certain, 0 where it is not.
func (g *segmenter) fast(i int) int {
	s := g.s
	c := s[i]
	if c < utf8.RuneSelf {
		switch asciiClass[c] {
		case alnum:
			j := i + 1
			for j < len(s) && asciiClass[s[j]] == alnum {
				j++
			}
			return g.ends(j, s[j-1] <= '9')
		case blank:
			// Only a single space between words: longer runs have rules of their own.
			if c == ' ' && i+1 < len(s) && asciiClass[s[i+1]] == alnum {
				return i + 1
			}
		case other:
			if i+1 >= len(s) || s[i+1] < utf8.RuneSelf {
				return i + 1
			}
		}
		return 0
	}
	j := i
	for j+1 < len(s) && letter2(s[j], s[j+1]) {
		j += 2
	}
	if j == i {
		return 0
	}
	return g.ends(j, false)
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
		if !digit && boundary2(s[j:]) {
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
		if j+1 >= len(s) || s[j+1] < utf8.RuneSelf && asciiClass[s[j+1]] != alnum && asciiClass[s[j+1]] != hard {
			return j
		}
	}
	return 0
}

const (
	other uint8 = iota // punctuation and symbols
	alnum
	blank
	hard // controls, the underscore: left to the full rules
)

var asciiClass = func() (class [256]uint8) {
	for c := range class {
		switch {
		case c >= utf8.RuneSelf:
			class[c] = hard
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
			class[c] = alnum
		case c == ' ', c == '\n', c == '\r', c == '\t':
			class[c] = blank
		case c < ' ', c == '_', c == 0x7f:
			class[c] = hard
		}
	}
	return class
}()

// letter2 tells whether two bytes are an Arabic or Cyrillic letter, or an Arabic vowel point, which extends the letter before it.
func letter2(a, b byte) bool {
	if b < 0x80 || b > 0xBF {
		return false
	}
	switch a {
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

// boundary2 tells whether a rune beyond ASCII surely ends a word of letters before it.
func boundary2(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	switch r {
	case '،', '؛', '؟', '«', '»', '“', '”', '„', '–', '—', '…', '\u00a0', '‹', '›':
		return true
	}
	return false
}
