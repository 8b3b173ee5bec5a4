package page

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"marsad/news"
	"marsad/text"
)

// dateToken is a number, a word or a mark of a date in words.
type dateToken struct {
	kind  byte // 'n' number, 'm' month, 'w' word, or the mark itself
	num   int
	size  int    // digits of a number
	word  string // normal form
	at    int    // byte offset in the text
	space bool   // white space stands before it
}

// day finds the first date in words or figures, and the index of the token behind it.
func (d *dateReader) day(s string) (time.Time, int, bool) {
	d.cut(s)
	for i := range d.tokens {
		if t, next, ok := d.dayAt(i); ok {
			return t, next, true
		}
	}
	return time.Time{}, 0, false
}

// cut takes s apart. Months that take two words become one token.
func (d *dateReader) cut(s string) {
	d.tokens = d.tokens[:0]
	space := true
	for i := 0; i < len(s) && len(d.tokens) < 64; {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r) || r == 0x200F || r == 0x200E || r == 0x200C || r == 0x200B:
			space = true
			i += n
			continue
		case unicode.IsDigit(r):
			j := i
			for j < len(s) {
				q, m := utf8.DecodeRuneInString(s[j:])
				if !unicode.IsDigit(q) {
					break
				}
				j += m
			}
			plain := text.Normalize(s[i:j])
			t := dateToken{kind: 'n', size: len(plain), at: i, space: space}
			if len(plain) <= 4 {
				t.num = number(plain)
			}
			d.tokens = append(d.tokens, t)
			i = j
		case unicode.IsLetter(r):
			i = d.cutWord(s, i, space)
		default:
			k := byte('?')
			if r < utf8.RuneSelf {
				k = byte(r)
			} else if r == '،' || r == '、' {
				k = ','
			} else if r == '：' {
				k = ':'
			}
			d.tokens = append(d.tokens, dateToken{kind: k, at: i, space: space})
			i += n
		}
		space = false
	}
}

func (d *dateReader) cutWord(s string, i int, space bool) int {
	j := i
	for j < len(s) {
		q, m := utf8.DecodeRuneInString(s[j:])
		if !unicode.IsLetter(q) && !unicode.IsMark(q) {
			break
		}
		j += m
		if loose(q) && q < 0xAC00 {
			break
		}
	}
	word := text.Normalize(s[i:j])
	t := dateToken{kind: 'w', word: word, at: i, space: space}
	if m, words := d.month(word, s[j:]); m > 0 {
		t.kind, t.num = 'm', m
		for ; words > 1; words-- {
			rest := strings.TrimLeft(s[j:], " \u00A0")
			j = len(s) - len(rest)
			j += len(rest) - len(strings.TrimLeftFunc(rest, unicode.IsLetter))
		}
	}
	d.tokens = append(d.tokens, t)
	return j
}

// month gives the month that a word names, alone or with the word after it, and how many words that took.
func (d *dateReader) month(word, rest string) (month, words int) {
	for _, p := range d.lex.first[word] {
		if p.kind != saysMonth {
			continue
		}
		if p.words == word {
			if words == 0 {
				month, words = p.month, 1
			}
			continue
		}
		r := strings.TrimLeft(rest, " \u00A0")
		second := text.Normalize(r[:len(r)-len(strings.TrimLeftFunc(r, unicode.IsLetter))])
		if p.words == word+" "+second {
			return p.month, 2
		}
	}
	return month, words
}

func (d *dateReader) tok(i int) dateToken {
	if i < len(d.tokens) {
		return d.tokens[i]
	}
	return dateToken{}
}

// dayAt reads a date that begins at token i.
func (d *dateReader) dayAt(i int) (time.Time, int, bool) {
	t := d.tok(i)
	switch {
	case t.kind == 'n' && t.size == 4:
		return d.yearFirst(i)
	case t.kind == 'n' && t.size <= 2:
		return d.dayFirst(i)
	case t.kind == 'm':
		return d.monthFirst(i)
	}
	return time.Time{}, 0, false
}

// skip passes over marks and the small words that dates hold: "of", "de", ordinal endings.
func (d *dateReader) skip(i int) int {
	for n := 0; n < 3; n++ {
		t := d.tok(i)
		switch {
		case t.kind == ',' || t.kind == '.' || t.kind == '-' || t.kind == '/' || t.kind == '\'' || t.kind == '?':
		case t.kind == 'w' && len(t.word) <= 4:
		default:
			return i
		}
		i++
	}
	return i
}

// yearFirst reads 2020-06-07, 2020/6/7, 2020年6月7日, 2020년 6월 7일, 2020 June 7.
func (d *dateReader) yearFirst(i int) (time.Time, int, bool) {
	j := d.skip(i + 1)
	m := d.tok(j)
	if m.kind != 'm' && (m.kind != 'n' || m.size > 2) || j == i+1 && m.kind == 'n' {
		return time.Time{}, 0, false
	}
	k := d.skip(j + 1)
	n := d.tok(k)
	if m.kind == 'n' && n.kind == 'm' { // 2020. gada 7. jūnijs
		m, n = n, m
	}
	if n.kind != 'n' || n.size > 2 {
		return time.Time{}, 0, false
	}
	day, ok := makeDay(d.tok(i).num, m.num, n.num)
	return day, k + 1, ok
}

// dayFirst reads 7.6.2020, 7/6/2020, 7 June 2020, 7/June/2020.
func (d *dateReader) dayFirst(i int) (time.Time, int, bool) {
	j := d.skip(i + 1)
	m := d.tok(j)
	k := d.skip(j + 1)
	if m.kind == 'm' && d.tok(k).kind == 'm' { // Levant and Gulf names side by side: حزيران/يونيو
		k = d.skip(k + 1)
	}
	y := d.tok(k)
	if y.kind != 'n' || (y.size != 4 && y.size != 2) || m.kind != 'm' && m.kind != 'n' {
		return time.Time{}, 0, false
	}
	year, first, second := y.num, d.tok(i).num, m.num
	if m.kind == 'n' {
		sep := d.tok(i + 1)
		if m.size > 2 || j != i+2 || k != j+2 || (sep.kind != '.' && sep.kind != '/' && sep.kind != '-') || d.tok(j+1).kind != sep.kind {
			return time.Time{}, 0, false
		}
		if second > 12 || d.monthDay && first <= 12 && sep.kind == '/' {
			first, second = second, first
		}
	}
	if y.size == 2 {
		if m.kind == 'n' && d.tok(k+1).kind == ':' || m.kind == 'm' && (d.tok(k+1).kind == ':' || year < 10) {
			return time.Time{}, 0, false
		}
		year += 2000
	}
	day, ok := makeDay(year, second, first)
	return day, k + 1, ok
}

// monthFirst reads June 7, 2020.
func (d *dateReader) monthFirst(i int) (time.Time, int, bool) {
	j := d.skip(i + 1)
	n := d.tok(j)
	if n.kind != 'n' || n.size > 2 {
		return time.Time{}, 0, false
	}
	k := d.skip(j + 1)
	y := d.tok(k)
	if y.kind != 'n' || y.size != 4 {
		return time.Time{}, 0, false
	}
	day, ok := makeDay(y.num, d.tok(i).num, n.num)
	return day, k + 1, ok
}

// clock reads the clock that stands near a date, at token at or before it.
func (d *dateReader) clock(st *news.Stamp, at int) {
	for i := range d.tokens {
		h, c, m := d.tok(i), d.tok(i+1), d.tok(i+2)
		if h.kind != 'n' || h.size > 2 || (c.kind != ':' && !(c.kind == '.' && i >= at)) || m.kind != 'n' || m.size != 2 || h.num > 23 || m.num > 59 {
			continue
		}
		if c.kind == '.' && d.tok(i+3).kind == '.' {
			continue
		}
		hour := h.num
		j := i + 3
		sec := 0
		if d.tok(j).kind == ':' && d.tok(j+1).kind == 'n' && d.tok(j+1).size == 2 && d.tok(j+1).num < 60 {
			sec = d.tok(j + 1).num
			j += 2
		}
		switch d.tok(j).word {
		case "pm", "p", "م", "مساء":
			hour = hour%12 + 12
			j++
		case "am", "a", "ص", "صباحا":
			hour %= 12
			j++
		}
		if i > 1 && d.afternoon(i) {
			hour = hour%12 + 12
		}
		zone, known := time.UTC, false
		if t := d.tok(j); t.kind == 'w' {
			if hours, ok := zones[t.word]; ok {
				zone, known = time.FixedZone("", hours*3600), true
				if hours == 0 {
					zone = time.UTC
				}
			}
		} else if (t.kind == '+' || t.kind == '-') && d.tok(j+1).kind == 'n' && !d.tok(j+1).space {
			n := d.tok(j + 1)
			off := n.num * 3600
			if n.size == 4 {
				off = n.num/100*3600 + n.num%100*60
			}
			if t.kind == '-' {
				off = -off
			}
			if off <= 14*3600 && off >= -12*3600 {
				zone, known = time.FixedZone("", off), true
			}
		}
		y, mo, day := st.Time.Date()
		st.Time, st.DayOnly, st.Zoned = time.Date(y, mo, day, hour, m.num, sec, 0, zone), false, known
		return
	}
}

// afternoon tells whether the words before an hour say so: 오후 3:10, 下午3:10, 午後3:10.
func (d *dateReader) afternoon(i int) bool {
	one, two := d.tok(i-1).word, d.tok(i-2).word
	return one == "오후" || two == "下" && one == "午" || two == "午" && (one == "後" || one == "后")
}
