package story

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/news"
	"marsad/text"
)

// figure is a number in a text, in a form that all languages share.
type figure struct {
	news.Span
	value string
	nth   bool // an ordinal: the 12th
}

func (f figure) kind() kind {
	if f.nth {
		return ordinal
	}
	return number
}

// telling tells whether a figure says enough to be looked for: not the small ones that every text holds.
func (f figure) telling() bool { return len(f.value) > 1 || f.nth }

// surprise is the most that a figure can tell, in the units of idf: two digits are met in one text of ten, each digit more that is not
// a closing zero in a fifth of those.
func (f figure) surprise() float32 {
	n := len(strings.TrimRight(strings.ReplaceAll(f.value, ".", ""), "0"))
	return 2.3 + 1.6*float32(max(0, n-2))
}

// figures finds the numbers of a text outside of its dates: 1,200 and 1.200 and 1 200 are 1200, 3.5 and 3,5 are 3.5, 12th is 12,
// 40 thousand is 40000.
func (l *lore) figures(d *text.Doc, dated []news.Span) (out []figure) {
	for i := 0; i < len(d.Tokens); i++ {
		t := d.Tokens[i]
		if n, end := l.inWords(d, i); n > 0 {
			out = append(out, figure{news.Span{Start: t.Start, End: end}, strconv.Itoa(n), true})
			continue
		}
		if t.Kind != text.Number || slices.ContainsFunc(dated, func(s news.Span) bool { return s.Start <= t.Start && t.End <= s.End }) {
			continue
		}
		v, end := t.Norm, t.End
		for len(t.Norm) <= 3 && i+1 < len(d.Tokens) && thousands(d, v, end, d.Tokens[i+1]) {
			i++
			v, end = v+d.Tokens[i].Norm, d.Tokens[i].End
		}
		if v = canonical(v); v == "" {
			continue
		}
		for i+1 < len(d.Tokens) && l.scale[d.Tokens[i+1].Norm] > 0 {
			i++
			v, end = scaled(v, l.scale[d.Tokens[i].Norm]), d.Tokens[i].End
		}
		out = append(out, figure{news.Span{Start: t.Start, End: end}, v, nth(d, i)})
	}
	return out
}

// inWords reads an ordinal in words that begins with token i, and where it ends; 0 for none.
func (l *lore) inWords(d *text.Doc, i int) (n, end int) {
	if t := d.Tokens[i]; t.Kind == text.Number || t.Kind == text.Mark || !l.begins[t.Norm] {
		return 0, 0
	}
	words := ""
	for j := i; j < min(i+3, len(d.Tokens)); j++ {
		if j > i && d.Tokens[j].Kind != text.Ideo {
			words += " "
		}
		words += d.Tokens[j].Norm
		if n := l.nth[words]; n > 0 {
			return n, d.Tokens[j].End
		}
	}
	return 0, 0
}

// nth tells whether a number is written as an ordinal: 12th, 12e, 12-й, 12º, 第12.
func nth(d *text.Doc, i int) bool {
	t := d.Tokens[i]
	if r := strings.TrimLeft(t.Norm, "0123456789"); r != "" && r != t.Norm {
		c, _ := utf8.DecodeRuneInString(r)
		return unicode.IsLetter(c)
	}
	if i > 0 && d.Tokens[i-1].Norm == "第" {
		return true
	}
	next := func(j int) text.Token {
		if i+j < len(d.Tokens) && d.Tokens[i+j].Start == d.Tokens[i+j-1].End {
			return d.Tokens[i+j]
		}
		return text.Token{}
	}
	if a := next(1); a.Kind == text.Mark && (a.Norm == "º" || a.Norm == "ª" || a.Norm == "°") {
		return true
	}
	b := next(2)
	return next(1).Norm == "-" && b.Kind == text.Word && b.End-b.Start <= 6 && b.Script != text.Latin
}

// thousands tells whether a token continues a number after a space: 1 200 000.
func thousands(d *text.Doc, v string, end int, next text.Token) bool {
	return next.Kind == text.Number && len(next.Norm) == 3 && digits(next.Norm) && digits(v) &&
		next.Start > end && strings.Trim(d.Text[end:next.Start], " \u00a0\u202f\u2009") == ""
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// scaled multiplies a canonical number by a power of ten.
func scaled(v string, power int) string {
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || f > 1e15 {
		return v
	}
	for range power {
		f *= 10
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// canonical gives the one form of a number, "" for what is none.
func canonical(s string) string {
	n := 0
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || strings.IndexByte(".,'", s[n]) >= 0 || strings.HasPrefix(s[n:], "٬") || strings.HasPrefix(s[n:], "٫")) {
		if s[n] >= 0x80 {
			n++
		}
		n++
	}
	rest := s[n:]
	s = strings.TrimRight(marks.Replace(s[:n]), ".,")
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == ',' })
	if len(parts) == 0 || len(rest) > 8 {
		return ""
	}
	whole := parts[0]
	for i, p := range parts[1:] {
		switch {
		case len(p) == 3 && len(parts[0]) <= 3:
			whole += p
		case i == len(parts)-2:
			if p = strings.TrimRight(p, "0"); p != "" {
				whole += "." + p
			}
		default:
			return "" // 18.06.2024, 10.0.0.1
		}
	}
	if whole = strings.TrimLeft(whole, "0"); len(whole) > 15 || strings.HasPrefix(whole, ".") {
		return ""
	}
	return whole
}

// marks gives the marks of Arabic numbers the form of the others.
var marks = strings.NewReplacer("٬", "", "'", "", "٫", ".")
