package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/text"
)

// squash gives the words of s in normal form with single spaces and without marks: the form in which phrases and headlines are
// compared.
func squash(s string) string {
	var b strings.Builder
	if isASCII(s) {
		b.Grow(len(s))
		squashASCII(&b, s)
		return b.String()
	}
	s = text.Normalize(s)
	b.Grow(len(s))
	gap := false
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if isAlpha(c) || '0' <= c && c <= '9' {
				if gap && b.Len() > 0 {
					b.WriteByte(' ')
				}
				b.WriteByte(c)
				gap = false
			} else if c != '\'' {
				gap = true
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r = bare(r); r == 0x307 {
			// the dot of a small İ
		} else if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) {
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
			gap = false
		} else {
			gap = true
		}
		i += n
	}
	return b.String()
}

// squashASCII writes the squashed form of a text of plain letters, which has its normal form but for capitals.
func squashASCII(b *strings.Builder, s string) {
	gap := false
	for i := range len(s) {
		c := s[i]
		switch {
		case isAlpha(c), '0' <= c && c <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			b.WriteByte(c)
			gap = false
		case c != '\'' && c != '`':
			gap = true
		}
	}
}

// bare takes off the marks that a language's own writers often leave out or write in two ways: Greek accents, which capitals do not
// have, and the comma or cedilla of Romanian and Turkish letters.
func bare(r rune) rune {
	switch {
	case r == 'ș':
		return 'ş'
	case r == 'ț':
		return 'ţ'
	case r < 'ΐ' || r > 'ώ':
		return r
	}
	switch r {
	case 'ά':
		return 'α'
	case 'έ':
		return 'ε'
	case 'ή':
		return 'η'
	case 'ί', 'ϊ', 'ΐ':
		return 'ι'
	case 'ό':
		return 'ο'
	case 'ύ', 'ϋ', 'ΰ':
		return 'υ'
	case 'ώ':
		return 'ω'
	}
	return r
}
