package story

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"marsad/text"
)

// A name's skeleton is the consonants that survive being written in another alphabet: Kuznetsov, Кузнецов, كوزنيتسوف and 库兹涅佐夫
// all give KSNS. Sounds that alphabets confuse fall together (b p, t th, s z sh ch j, k g kh q), vowels and what is written as a vowel
// somewhere (w v y h) fall out, v and f only where enough remains. Han characters do not tell l from r: both are tried.

// skeleton gives the skeleton of a word in normal form, "" for scripts without letters for sounds and where fewer than two
// consonants are left.
func skeleton(norm string) string { return bones(Consonants(norm)) }

// bones is what is kept of consonants.
func bones(s string) string {
	if bare := strings.ReplaceAll(s, "F", ""); len(bare) >= 2 {
		s = squeeze(bare)
	}
	if len(s) < 2 {
		return ""
	}
	return s
}

// Consonants gives the classes of a word's consonants in order, as skeletons are made of, v and f among them.
func Consonants(norm string) string {
	norm = text.Plain(text.Normalize(norm))
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

// squeeze makes one of a repeated class, and S of the TS and DS that some alphabets need for ch, ts and j.
func squeeze(s string) string {
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		if n := len(out); n > 0 && (out[n-1] == s[i] || s[i] == 'S' && (out[n-1] == 'T' || out[n-1] == 'D')) {
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
	case 't', 'т', 'ت', 'ط', 'ث', 'ט', 'ת', 'τ', 'θ':
		return "T"
	case 'd', 'д', 'د', 'ض', 'ذ', 'ד', 'δ':
		return "D"
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

//go:embed data/han.txt
var hanTable string

// hanSounds tells which consonants a Han character writes in foreign names; made by tools/storyweights.
var hanSounds = sync.OnceValue(func() map[rune]string {
	m := map[rune]string{}
	for line := range strings.Lines(hanTable) {
		group, chars, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if chars == "" { // vowels alone
			group, chars = "", group
		}
		for _, r := range chars {
			m[r] = group
		}
	}
	return m
})
