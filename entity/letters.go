package entity

import (
	"strings"
	"unicode"

	"marsad/text"

	"golang.org/x/text/unicode/norm"
)

// Letters gives the letters of a name as the model reads them: normal form, Hangul taken apart, letters of sister alphabets
// written by those that the model knows.
func Letters(s string) []rune {
	s = text.Normalize(s)
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if r >= 0xAC00 && r <= 0xD7A3 {
			out = append(out, []rune(norm.NFD.String(string(r)))...)
			continue
		}
		if unicode.IsLetter(r) {
			out = append(out, sister(r))
		}
	}
	return out
}

// sister gives for a letter that one language of a script adds the nearest that all have.
func sister(r rune) rune {
	switch r {
	case 'і', 'ї':
		return 'и'
	case 'є':
		return 'е'
	case 'ґ', 'ғ':
		return 'г'
	case 'ў', 'ү', 'ұ':
		return 'у'
	case 'қ':
		return 'к'
	case 'گ', 'ڭ':
		return 'غ'
	case 'پ':
		return 'ب'
	case 'چ', 'ژ':
		return 'ج'
	case 'ڤ', 'ۋ':
		return 'ف'
	case 'ٹ':
		return 'ت'
	case 'ڈ':
		return 'د'
	case 'ڑ':
		return 'ر'
	case 'ں':
		return 'ن'
	case 'ے':
		return 'ي'
	case 'ך':
		return 'כ'
	case 'ם':
		return 'מ'
	case 'ן':
		return 'נ'
	case 'ף':
		return 'פ'
	case 'ץ':
		return 'צ'
	}
	return r
}

// LatinLetters gives a Latin name as the model reads it: lower case, a to z, no marks, doubled consonants once, as scripts without
// vowels write them.
func LatinLetters(s string) string {
	s = text.Plain(text.Normalize(s))
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if 'a' <= s[i] && s[i] <= 'z' && !(i > 0 && s[i] == s[i-1] && !latinVowel(s[i])) {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
