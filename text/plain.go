package text

import (
	"math/bits"
	"unicode/utf8"
)

// Words of plain ASCII letters and digits are most of the words of Latin scripts. They are cut eight bytes at a time, without branching
// upon their length. Words of Arabic or Cyrillic letters alone are most of the words of theirs; what a letter is stands in a table.
// Whatever is not certain is left to the segmenter's longer ways.

// each repeats a byte in all eight.
const each = 0x0101010101010101

// plain gives the end of a word of ASCII letters and digits at the place of the segmenter, where what follows surely ends it; 0 where it
// does not, or where there is no such word. It tells whether there is upper case in the word.
func (g *segmenter) plain() (end int, upper bool) {
	s, j := g.s, g.at
	capitals := uint64(0)
	for ; j+8 <= len(s); j += 8 {
		x := load8(s[j : j+8])
		low := x &^ (each << 7)
		small := low | each<<5 // letters in lower case
		letters := (small + each*(0x80-'a')) &^ (small + each*(0x80-'z'-1))
		digits := (low + each*(0x80-'0')) &^ (low + each*(0x80-'9'-1))
		rest := ^(letters|digits)&(each<<7) | x&(each<<7) // the top bit of each byte that is neither
		capital := letters &^ (x << 2) & (each << 7)
		if rest == 0 {
			capitals |= capital
			continue
		}
		capitals |= capital & (rest&-rest - 1) // those before the end
		if j += bits.TrailingZeros64(rest) / 8; j == g.at {
			return 0, false
		}
		return g.ends(j, s[j-1] <= '9'), capitals != 0
	}
	return 0, false
}

// What is known of a rune that takes two bytes.
const (
	letterOf2 uint8 = 1 << iota
	vowelOf2
	foldedOf2 // it is not its own normal form
)

var of2 = func() (table [1 << 11]uint8) {
	for r := rune(0x400); r < foldsLen; r++ {
		a, b := byte(0xC0|r>>6), byte(0x80|r&0x3F)
		switch {
		case !letter2(a, b):
			continue
		case a == 0xD9 && vowel(b):
			table[r] = vowelOf2
		default:
			table[r] = letterOf2
		}
		if rune(folds[r]) != r {
			table[r] |= foldedOf2
		}
	}
	return table
}()

// at2 says what is known of the Arabic or Cyrillic letter or vowel point at byte j; 0 where there is none.
func (g *segmenter) at2(j int) uint8 {
	if s := g.s; j+1 < len(s) && s[j]>>5 == 6 && s[j+1]>>6 == 2 {
		return of2[int(s[j]&0x1F)<<6|int(s[j+1]&0x3F)]
	}
	return 0
}

// plain2 gives the end of a word of Arabic or Cyrillic letters at the place of the segmenter, where what follows surely ends it; 0 where it
// does not, or where there is no such word.
func (g *segmenter) plain2() (end int, f form) {
	seen := g.at2(g.at)
	if seen&letterOf2 == 0 {
		return 0, 0
	}
	j := g.at + 2
	for {
		is := g.at2(j)
		if is == 0 {
			break
		}
		seen |= is
		j += 2
	}
	f = wide
	if seen&foldedOf2 != 0 {
		f |= changed
	}
	return g.ends(j, false), f
}

// script2 gives the script of a letter that at2 knows by its first byte.
func script2(c byte) Script {
	if c < 0xD8 {
		return Cyrillic
	}
	return Arabic
}

// folded gives the normal form of letters that at2 knows. Where one of them has to be seen by NFKC, ok is false.
func (f *former) folded(s string) (norm string, ok bool) {
	f.room(len(s))
	from := f.b.Len()
	for j := 0; j+1 < len(s); j += 2 {
		switch to := rune(folds[int(s[j]&0x1F)<<6|int(s[j+1]&0x3F)]); {
		case to == rune(full):
			return "", false
		case to < 0: // left out
		case to >= utf8.RuneSelf:
			f.b.WriteByte(byte(0xC0 | to>>6))
			f.b.WriteByte(byte(0x80 | to&0x3F))
		default:
			f.b.WriteByte(byte(to))
		}
	}
	return f.b.String()[from:], true
}

func load8(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// plain fills in the token of a word that the segmenter's plain found.
func (f *former) plain(t *Token, s string, at, end int, upper bool) {
	t.fill(at, end, s[at:end], Word, Latin)
	if s[at] <= '9' {
		t.Kind, t.Script = Number, NoScript
	}
	if upper {
		t.Norm = f.lower(t.Norm)
	}
}

// plain2 fills in the token of a word that the segmenter's plain2 found.
func (f *former) plain2(t *Token, s string, at, end int, seen form) {
	t.fill(at, end, s[at:end], Word, script2(s[at]))
	if seen&changed != 0 {
		norm, ok := f.folded(t.Norm)
		if !ok {
			norm = f.normalize(t.Norm)
		}
		t.Norm = norm
	}
}

// lower gives plain ASCII in lower case.
func (f *former) lower(s string) string {
	f.room(len(s))
	from := f.b.Len()
	for i := range len(s) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		f.b.WriteByte(c)
	}
	return f.b.String()[from:]
}
