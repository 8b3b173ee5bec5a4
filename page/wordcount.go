package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/text"
)

// cutCount reads what begins at s[i] and is not parted by spaces: the name of a Thai month, a year of another count (令和6年,
// 民國113年), a number written out (二〇二四年). It gives where the text goes on, i where there is none of them.
func (d *dateReader) cutCount(s string, i int, space bool) int {
	rest := s[i:]
	if r, n := utf8.DecodeRuneInString(rest); thai(rest) {
		for _, p := range d.lex.first[rest[:n]] {
			if w := gluedMonth(rest, p.words); p.kind == saysMonth && w > 0 && unicode.IsLetter(r) {
				d.tokens = append(d.tokens, dateToken{kind: 'm', num: p.month, word: p.words, at: i, space: space})
				return i + w
			}
		}
		return i
	}
	plain := ""
	if r, _ := utf8.DecodeRuneInString(rest); len(d.lex.eras) > 0 && loose(r) {
		plain = simplified(rest)
	}
	for name, before := range d.lex.eras {
		if after := rest[min(len(name), len(rest)):]; strings.HasPrefix(plain, name) {
			after = strings.TrimLeft(after, " \u3000")
			if n, w := yearOfEra(after); n > 0 && strings.HasPrefix(after[w:], "年") {
				d.tokens = append(d.tokens, dateToken{kind: 'n', num: before + n, size: 4, at: i, space: space})
				return i + len(rest) - len(after) + w
			}
		}
	}
	if n, size, w := writtenOut(rest); w > 0 {
		d.tokens = append(d.tokens, dateToken{kind: 'n', num: n, size: size, at: i, space: space})
		return i + w
	}
	return i
}

// thai tells whether a word begins in the Thai script.
func thai(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= 0x0E00 && r <= 0x0E7F
}

// gluedMonth gives how much of s the name of a month takes, whose short form may hold full stops: ม.ค.; 0 for none.
func gluedMonth(s, words string) int {
	i := 0
	for _, want := range words {
		r, n := utf8.DecodeRuneInString(s[i:])
		if want == ' ' {
			if r != '.' {
				return 0
			}
		} else if r != want {
			return 0
		}
		i += n
	}
	if strings.HasPrefix(s[i:], ".") {
		i++
	}
	return i
}

// yearOfEra reads a year of an era, the first of which has a name of its own: 元.
func yearOfEra(s string) (year, width int) {
	if strings.HasPrefix(s, "元") {
		return 1, len("元")
	}
	w := len(s) - len(strings.TrimLeftFunc(s, unicode.IsDigit))
	if plain := text.Normalize(s[:w]); digits(plain) && len(plain) <= 3 {
		return number(plain), w
	}
	return 0, 0
}

var figures = map[rune]int{'〇': 0, '零': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '十': 10}

// writtenOut reads a number in Chinese figures before the word for year, month or day.
func writtenOut(s string) (num, size, width int) {
	n, tens := 0, false
	for i, r := range s {
		f, ok := figures[r]
		switch {
		case !ok:
			if n > 0 && (r == '年' || r == '月' || r == '日') {
				return num, max(size, len("0")), i
			}
			return 0, 0, 0
		case n >= 4:
			return 0, 0, 0
		case f == 10 && num == 0:
			num, tens = 10, true
		case f == 10:
			num, tens = num*10, true
		case tens:
			num += f
		default:
			num = num*10 + f
		}
		n++
		if size = n; tens {
			size = 2
		}
	}
	return 0, 0, 0
}
