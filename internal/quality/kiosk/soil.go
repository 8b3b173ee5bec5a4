package kiosk

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// soil puts characters into a text that nobody sees, or writes its letters in another form: what a reader of the page reads is the same.
func (p *press) soil(s string) string {
	switch p.grime {
	case 1:
		p.drawn("soft-hyphens")
		return everyWord(s, func(w string) string { return cut(w, 5, "\u00ad") })
	case 2:
		p.drawn("zero-width")
		return everyWord(s, func(w string) string { return w + "\u200b" })
	case 3:
		p.drawn("bidi-marks")
		return "\u202b" + everyWord(s, func(w string) string { return cut(w, 40, "") + "\u200f" }) + "\u202c"
	case 4:
		p.drawn("forms")
		return formed.Replace(s)
	case 5:
		p.drawn("joined")
		return "\ufeff" + everyWord(s, func(w string) string { return cut(w, 6, "\u2060") })
	}
	return s
}

// formed writes letters in the forms that typesetting programs leave in a text.
var formed = strings.NewReplacer("لا", "\ufefb", "fi", "\ufb01", "fl", "\ufb02", "من ", "\ufee3\ufee6 ")

func everyWord(s string, f func(string) string) string {
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = f(w)
	}
	return strings.Join(words, " ")
}

// cut puts a mark into a word of letters behind its n-th.
func cut(w string, n int, mark string) string {
	if utf8.RuneCountInString(w) <= n+1 || strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return w
	}
	r := []rune(w)
	return string(r[:n]) + mark + string(r[n:])
}

// coat is how a page is written as bytes.
type coat struct {
	enc      encoding.Encoding // nil = UTF-8
	declared string
}

// legacies are the encodings that papers of a language used.
var legacies = map[string][]encoding.Encoding{
	"ar": {charmap.Windows1256}, "fa": {charmap.Windows1256}, "ru": {charmap.Windows1251, charmap.KOI8R}, "zh": {simplifiedchinese.GBK, simplifiedchinese.GB18030},
	"ja": {japanese.ShiftJIS, japanese.EUCJP}, "ko": {korean.EUCKR}, "tr": {charmap.Windows1254},
	"de": {charmap.Windows1252}, "fr": {charmap.Windows1252}, "es": {charmap.Windows1252}, "pt": {charmap.Windows1252}, "en": {charmap.Windows1252},
}

// encoding draws how the page is written, and what it says of that; only templates without a charset of their own ask.
func (p *press) encoding() coat {
	p.Charset = "utf-8"
	var c coat
	old := legacies[p.Lang][p.lot.IntN(len(legacies[p.Lang]))]
	switch name, _ := htmlindex.Name(old); p.lot.IntN(5) {
	case 0:
		c.declared = "utf-8"
	case 1: // nothing said
	case 2:
		c.enc, c.declared = old, name
	case 3:
		c.enc = old
	case 4:
		c.enc, c.declared = old, "utf-8"
	}
	p.declared = c.declared
	return c
}

// MetaCharset declares the encoding, rightly or not.
func (p *press) MetaCharset() string {
	if p.declared == "" {
		return ""
	}
	return `<meta http-equiv="Content-Type" content="text/html; charset=` + p.declared + `">`
}

// write gives the page as bytes.
func (c coat) write(s string, free bool) ([]byte, error) {
	if c.enc == nil || !free {
		return []byte(s), nil
	}
	return encoding.HTMLEscapeUnsupported(c.enc.NewEncoder()).Bytes([]byte(s))
}
