package match

import (
	"strings"

	"marsad/lang/pack"
	"marsad/text"
)

// Forms appends to dst every form under which a word of an article can be asked for: its normal form with Latin diacritics off,
// what remains without clitics, and its stem, marked with the stemmer's name because a stem is no word.
func Forms(dst []string, t text.Token, p *pack.Text) []string {
	from := len(dst)
	dst = append(dst, text.Plain(t.Norm))
	if p == nil || t.Kind != text.Word {
		return dst
	}
	if len(p.Proclitics) > 0 {
		dst = text.Bare(dst, t.Norm, p)
		for i := from + 1; i < len(dst); i++ {
			dst[i] = text.Plain(dst[i])
		}
	}
	if s := text.Stem(t.Norm, p.Stem); s != "" {
		dst = append(dst, stemForm(p.Stem, s))
	}
	return dst
}

func stemForm(algorithm, stem string) string { return algorithm + "~" + stem }

// asked gives the forms that satisfy a word of a query, whose language is not known: its normal form and its stem in every
// language that is written in its script.
func asked(t text.Token) []string {
	fs := []string{text.Plain(t.Norm)}
	if t.Kind != text.Word {
		return fs
	}
	for _, p := range pack.All() {
		if p.Text == nil || p.Text.Stem == "" || !writtenIn(p.Text.Stem, t.Script) {
			continue
		}
		if s := text.Stem(t.Norm, p.Text.Stem); s != "" {
			fs = append(fs, stemForm(p.Text.Stem, s))
		}
	}
	return fs
}

// writtenIn tells whether a stemmer's language is written in a script: Russian's in Cyrillic, the others' in Latin.
func writtenIn(algorithm string, s text.Script) bool {
	if algorithm == "russian" {
		return s == text.Cyrillic
	}
	return s == text.Latin
}

// plainPrefix is the form under which a prefix or pattern is compared.
func plainPrefix(s string) string { return text.Plain(text.Normalize(s)) }

// isStem tells stem forms from words, so that prefixes and patterns pass them over.
func isStem(form string) bool { return strings.Contains(form, "~") }
