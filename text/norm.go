package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normalize gives the form under which words are compared: NFKC, lower case, Arabic alef, ya, ta marbuta and Persian letter
// variants unified, tatweel, vowel points and invisible characters gone, digits of every script as ASCII, Chinese and Japanese
// characters simplified. It returns s itself where nothing changes.
func Normalize(s string) string {
	var f former
	return f.normalize(s)
}

// former makes normal forms. The changed ones of one text share a buffer, so that a text costs a few allocations and not one a word.
type former struct {
	b     strings.Builder
	batch int // bytes of a buffer, where many forms will come
}

// formed is normalize for a segment of which the segmenter saw what it is made of.
func (f *former) formed(s string, seen form) string {
	switch {
	case seen&changed == 0:
		return s
	case seen&wide != 0:
		return f.normalize(s)
	}
	return f.lower(s)
}

// room makes place for n bytes. A full buffer is left to the forms that live in it.
func (f *former) room(n int) {
	if f.b.Cap()-f.b.Len() < n {
		f.b = strings.Builder{}
		f.b.Grow(max(n, f.batch))
	}
}

func (f *former) normalize(s string) string {
	i := unchanged(s)
	if i == len(s) {
		return s
	}
	for j := i; j < len(s); {
		r, n := rune(s[j]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[j:])
			if r >= foldsLen && !composed(r) || r < foldsLen && folds[r] == full {
				s, i = norm.NFKC.String(s), 0
				break
			}
		}
		j += n
	}
	f.room(3 * len(s))
	from := f.b.Len()
	f.b.WriteString(s[:i])
	for _, r := range s[i:] {
		to := r
		if r < foldsLen && folds[r] != full {
			to = rune(folds[r])
		} else {
			to = fold(r)
		}
		if to >= 0 {
			f.b.WriteRune(to)
		}
	}
	return f.b.String()[from:]
}

// unchanged gives how many bytes of s, from its front, are their own normal form for sure.
func unchanged(s string) int {
	i := 0
	for i < len(s) {
		c := s[i]
		switch {
		case c < utf8.RuneSelf:
			if 'A' <= c && c <= 'Z' || c == '`' {
				return i
			}
			i++
		case c >= 0xC2 && c < 0xDC && i+1 < len(s):
			r := rune(c&0x1F)<<6 | rune(s[i+1]&0x3F)
			if s[i+1]&0xC0 != 0x80 || rune(folds[r]) != r {
				return i
			}
			i += 2
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if !composed(r) || fold(r) != r {
				return i
			}
			i += n
		}
	}
	return i
}

// folds is fold for the runes that take two bytes; full marks those that NFKC has to see.
const (
	foldsLen       = 0x700
	full     int16 = -2
)

var folds = func() (table [foldsLen]int16) {
	for r := range rune(foldsLen) {
		table[r] = int16(fold(r))
		if r >= utf8.RuneSelf && !composed(r) {
			table[r] = full
		}
	}
	return table
}()

// composed tells whether a rune is its own NFKC form and can join nothing before it. Cheap ranges; false sends the word to NFKC.
func composed(r rune) bool {
	switch {
	case r >= 0x00C0 && r <= 0x017E && r != 0x0132 && r != 0x0133 && r != 0x013F && r != 0x0140 && r != 0x0149:
		return true
	case r >= 0x0400 && r <= 0x0482, r >= 0x048A && r <= 0x04FF:
		return true
	case r >= 0x0620 && r <= 0x0652, r >= 0x0660 && r <= 0x0674, r >= 0x0679 && r <= 0x06D3, r >= 0x06F0 && r <= 0x06F9:
		return true
	case r >= 0x05D0 && r <= 0x05EA, r >= 0x4E00 && r <= 0x9FFF, r >= 0xAC00 && r <= 0xD7A3, r >= 0x3041 && r <= 0x3096, r >= 0x30A1 && r <= 0x30FA:
		return true
	case r == '’', r == '‘', r >= 0x200C && r <= 0x200F:
		return true
	}
	return false
}

// fold gives the folded form of a rune, -1 where it is left out.
func fold(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	case r >= 0x0600 && r <= 0x06FF:
		return foldArabic(r)
	case r >= 0x0591 && r <= 0x05C7 && r != 0x05BE: // Hebrew points
		return -1
	case r == 'ё' || r == 'Ё':
		return 'е'
	case r == '’', r == '‘', r == 'ʼ', r == '`':
		return '\''
	case r == 'İ', r == 'ı':
		return 'i'
	case r == 'ς':
		return 'σ'
	case ignorable(r):
		return -1
	case r >= 0x0966 && r <= 0x1049:
		return foldDigit(r)
	case r >= hanFrom && r < hanTo:
		return foldHan(r)
	}
	return unicode.ToLower(r)
}

// foldDigit gives the ASCII digit of a digit of South and Southeast Asia, and the letters between them in lower case.
func foldDigit(r rune) rune {
	for _, zero := range [...]rune{0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0, 0x0F20, 0x1040} {
		if r >= zero && r <= zero+9 {
			return r - zero + '0'
		}
	}
	return unicode.ToLower(r)
}

func foldArabic(r rune) rune {
	switch {
	case r == 'أ' || r == 'إ' || r == 'آ' || r == 'ٱ':
		return 'ا'
	case r == 'ى' || r == 'ی' || r == 'ې':
		return 'ي'
	case r == 'ة' || r == 'ۀ' || r == 'ہ' || r == 'ھ' || r == 'ە':
		return 'ه'
	case r == 'ک':
		return 'ك'
	case r == 'ؤ':
		return 'و'
	case r == 'ئ':
		return 'ي'
	case r >= 0x064B && r <= 0x065F || r == 0x0670 || r == 0x0640 || r >= 0x06D6 && r <= 0x06ED || r >= 0x0610 && r <= 0x061A:
		return -1
	case r >= 0x0660 && r <= 0x0669:
		return r - 0x0660 + '0'
	case r >= 0x06F0 && r <= 0x06F9:
		return r - 0x06F0 + '0'
	}
	return r
}

// Plain takes the diacritics off Latin letters of a normal form: "erdoğan" gives "erdogan". Other scripts stay as they are.
func Plain(s string) string {
	ascii := true
	for i := 0; i < len(s) && ascii; i++ {
		ascii = s[i] < utf8.RuneSelf
	}
	if ascii {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if scriptOf(r) != Latin || r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		if t := undiacritic(r); t != "" {
			b.WriteString(t)
		}
	}
	return b.String()
}

func undiacritic(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	case 'ħ':
		return "h"
	}
	base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	return string(base)
}
