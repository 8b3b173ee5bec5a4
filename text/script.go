package text

import (
	"unicode"
	"unicode/utf8"
)

// Script is the writing system of a token.
type Script uint8

// The scripts that stages tell apart.
const (
	NoScript Script = iota
	Latin
	Arabic
	Cyrillic
	Greek
	Hebrew
	Han
	Kana
	Hangul
	Devanagari
	Thai
	Other
)

func asciiScript(c byte) Script {
	if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' {
		return Latin
	}
	return NoScript
}

// ScriptOf gives the script of a rune, NoScript where it is no letter.
func ScriptOf(r rune) Script { return scriptOf(r) }

// scriptOf gives the script of a rune by ranges, most frequent in the news first.
func scriptOf(r rune) Script {
	switch {
	case r < 0x80:
		return asciiScript(byte(r))
	case r >= 0x0600 && r <= 0x06FF, r >= 0x0750 && r <= 0x077F, r >= 0x08A0 && r <= 0x08FF, r >= 0xFB50 && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFC:
		return Arabic
	case r >= 0x0400 && r <= 0x052F:
		return Cyrillic
	case r >= 0x4E00 && r <= 0x9FFF, r >= 0x3400 && r <= 0x4DBF, r >= 0x20000 && r <= 0x2FA1F, r >= 0xF900 && r <= 0xFAFF, r == 0x3005, r == 0x3007:
		return Han
	case r >= 0x3041 && r <= 0x30FF, r >= 0x31F0 && r <= 0x31FF, r >= 0xFF66 && r <= 0xFF9D:
		return Kana
	case r >= 0xAC00 && r <= 0xD7A3, r >= 0x1100 && r <= 0x11FF, r >= 0x3130 && r <= 0x318F:
		return Hangul
	case r >= 0x0590 && r <= 0x05FF, r >= 0xFB1D && r <= 0xFB4F:
		return Hebrew
	case r >= 0x0370 && r <= 0x03FF, r >= 0x1F00 && r <= 0x1FFF:
		return Greek
	case r >= 0x0900 && r <= 0x097F:
		return Devanagari
	case r >= 0x0E00 && r <= 0x0E7F:
		return Thai
	case r >= 0x00C0 && r <= 0x024F && r != 0xD7 && r != 0xF7, r >= 0x1E00 && r <= 0x1EFF, r >= 0xFF21 && r <= 0xFF5A, r == 0xAA, r == 0xBA:
		return Latin
	case unicode.IsLetter(r):
		return Other
	default:
		return NoScript
	}
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }
func isDigit(r rune) bool  { return unicode.IsDigit(r) }

// isSpace counts as space also what has no width and no meaning of its own: byte order marks, bidi controls, joiners standing alone.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || ignorable(r)
}

func ignorable(r rune) bool {
	switch {
	case r == 0x00AD, r == 0x061C, r == 0x180E, r == 0xFEFF:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	case r >= 0xFE00 && r <= 0xFE0F:
		return true
	}
	return false
}

// RTL tells whether most letters of s belong to a script that is written from right to left. A text without letters is not.
func RTL(s string) bool {
	right, left := 0, 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch scriptOf(r) {
		case Arabic, Hebrew:
			if unicode.IsLetter(r) {
				right++
			}
		case NoScript:
		default:
			left++
		}
	}
	return right > left
}

// Dir gives "rtl" or "ltr" for s, by RTL.
func Dir(s string) string {
	if RTL(s) {
		return "rtl"
	}
	return "ltr"
}
