package page

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

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

// dayFound is a date in words or figures, with the tokens and the bytes that it takes.
type dayFound struct {
	day      time.Time
	from, to int  // tokens
	at       int  // where the first one begins in the text
	changed  bool // the words before it say that it is a time of change
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

// days finds the dates in s, the first eight of them.
func (d *dateReader) days(s string) []dayFound {
	d.cut(s)
	var out []dayFound
	behind := 0
	for i := 0; i < len(d.tokens) && len(out) < 8; i++ {
		if t, next, ok := d.dayAt(i); ok {
			at := d.tokens[i].at
			out = append(out, dayFound{day: t, from: i, to: next, at: at, changed: d.saysChanged(s[behind:at])})
			behind = d.behind(s, next)
			i = next - 1
		}
	}
	return out
}

// behind gives where the text goes on after the token before next.
func (d *dateReader) behind(s string, next int) int {
	if next < len(d.tokens) {
		return d.tokens[next].at
	}
	return len(s)
}

// saysChanged tells whether the words before a date call it a time of change: the last word that says anything decides.
func (d *dateReader) saysChanged(words string) bool {
	changed := false
	d.lex.find(squash(words), func(p phrase, _ int) {
		if p.kind&(saysUpdated|saysPublished) != 0 {
			changed = p.kind&saysUpdated != 0
		}
	})
	return changed
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
		case r == '〇' || unicode.IsLetter(r):
			if loose(r) || r == '〇' {
				if next := d.cutCount(s, i, space); next > i {
					i = next
					break
				}
			}
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
	word := squash(s[i:j])
	t := dateToken{kind: 'w', word: word, at: i, space: space}
	if m, words := d.month(word, s[j:]); m > 0 {
		t.kind, t.num = 'm', m
		for ; words > 1; words-- {
			rest := strings.TrimLeft(s[j:], " \u00A0")
			j = len(s) - len(rest)
			j += len(firstWord(rest))
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
		second := squash(firstWord(r))
		if p.words == word+" "+second {
			return p.month, 2
		}
	}
	return month, words
}

// firstWord gives the letters or the digits that begin s.
func firstWord(s string) string {
	if n := len(s) - len(strings.TrimLeftFunc(s, unicode.IsLetter)); n > 0 {
		return s[:n]
	}
	return s[:len(s)-len(strings.TrimLeftFunc(s, unicode.IsDigit))]
}

func (d *dateReader) tok(i int) dateToken {
	if i >= 0 && i < len(d.tokens) {
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
		case t.kind == ',' || t.kind == '.' || t.kind == '-' || t.kind == '/' || t.kind == '|' || t.kind == '\'' || t.kind == '?':
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
		if m.size > 2 || j != i+2 || k != j+2 || (sep.kind != '.' && sep.kind != '/' && sep.kind != '-' && sep.kind != '|') || d.tok(j+1).kind != sep.kind {
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
		if thai(m.word) && y.num >= 33 { // the years of the Thai calendar are cut to two figures as well
			year += 500
		}
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
