package story

import (
	"strings"
	"unicode/utf8"

	"marsad/text"
)

// skeleton reduces a name's word to the consonants that survive being written in another alphabet: Kuznetsov, Кузнецов and
// كوزنيتسوف all give KSNS. Sounds that alphabets confuse fall together (b p, d t th, s z sh ch j, k g kh q), vowels and what is
// written as a vowel somewhere (w v y h) fall out, v and f only where enough remains. It is "" for scripts without letters for
// sounds, and where fewer than two consonants are left.
func skeleton(norm string) string {
	s := consonants(text.Plain(norm))
	if bare := strings.ReplaceAll(s, "F", ""); len(bare) >= 2 {
		s = squeeze(bare)
	}
	if len(s) < 2 {
		return ""
	}
	return s
}

// consonants gives the classes of a word's consonants in order.
func consonants(norm string) string {
	var b [24]byte
	out := b[:0]
	for i := 0; i < len(norm) && len(out) < 20; {
		r, n := utf8.DecodeRuneInString(norm[i:])
		rest := norm[i+n:]
		i += n
		switch {
		case r == 'c' && strings.HasPrefix(rest, "h"):
			out = append(out, 'S')
		case (r == 'c' || r == 'g') && startsFront(rest):
			out = append(out, 'S')
		case r == 'p' && strings.HasPrefix(rest, "h"):
			out = append(out, 'F')
			i++
		case r == 's' && strings.HasPrefix(rest, "ch"):
			out = append(out, 'S')
			i++
		default:
			out = append(out, sound(r)...)
		}
	}
	return squeeze(string(out))
}

// startsFront tells whether a front vowel follows, before which Latin c and g are soft.
func startsFront(s string) bool { return s != "" && strings.IndexByte("eiy", s[0]) >= 0 }

// squeeze makes one of a repeated class, and S of the TS that some alphabets need for ch, ts and j.
func squeeze(s string) string {
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		if n := len(out); n > 0 && (out[n-1] == s[i] || out[n-1] == 'T' && s[i] == 'S') {
			out[n-1] = s[i]
			continue
		}
		out = append(out, s[i])
	}
	return string(out)
}

// sound gives the class of a letter, "" for a vowel and for what is no letter.
func sound(r rune) string {
	switch r {
	case 'b', 'p', 'б', 'п', 'ب', 'پ', 'ב', 'פ', 'β', 'π':
		return "P"
	case 'f', 'v', 'ф', 'в', 'ف', 'ڤ', 'ו', 'φ':
		return "F"
	case 'd', 't', 'д', 'т', 'د', 'ت', 'ط', 'ض', 'ذ', 'ث', 'ד', 'ט', 'ת', 'δ', 'τ', 'θ':
		return "T"
	case 's', 'z', 'j', 'ш', 'щ', 'с', 'з', 'ж', 'ч', 'ц', 'س', 'ص', 'ش', 'ز', 'ظ', 'ج', 'چ', 'ژ', 'ס', 'ש', 'ז', 'צ', 'ץ', 'σ', 'ζ':
		return "S"
	case 'k', 'g', 'q', 'c', 'к', 'г', 'х', 'ґ', 'ك', 'ق', 'غ', 'خ', 'گ', 'ק', 'כ', 'ך', 'ג', 'κ', 'γ', 'χ':
		return "K"
	case 'x', 'ξ':
		return "KS"
	case 'l', 'л', 'ل', 'ל', 'λ':
		return "L"
	case 'r', 'р', 'ر', 'ר', 'ρ':
		return "R"
	case 'm', 'м', 'م', 'מ', 'ם', 'μ':
		return "M"
	case 'n', 'н', 'ن', 'נ', 'ן', 'ν':
		return "N"
	}
	return ""
}
