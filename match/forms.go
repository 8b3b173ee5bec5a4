package match

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

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
	for i, bare := from, len(dst); i < bare; i++ { // what remains without clitics has a stem of its own
		w := dst[i]
		if i == from {
			w = t.Norm
		}
		if s := text.Stem(w, p.Stem); s != "" {
			if f := stemForm(p.Stem, s); !slices.Contains(dst[bare:], f) {
				dst = append(dst, f)
			}
		}
	}
	return dst
}

func stemForm(algorithm, stem string) string { return algorithm + "~" + stem }

// asked gives the forms that satisfy a word of a query, whose language is not known: its normal form, what remains of it without the
// definite article, and their stems in every language that is written in its script.
func asked(t text.Token) []string {
	fs := []string{text.Plain(t.Norm)}
	if t.Kind != text.Word {
		return fs
	}
	for _, article := range articles() {
		if rest, ok := strings.CutPrefix(t.Norm, article); ok && utf8.RuneCountInString(rest) >= leastBare {
			fs = append(fs, rest)
		}
	}
	for _, algorithm := range algorithms() {
		if !writtenIn(algorithm, t.Script) {
			continue
		}
		for i, w := range fs {
			if i == 0 {
				w = t.Norm
			}
			if isStem(w) {
				break
			}
			if s := text.Stem(w, algorithm); s != "" {
				fs = append(fs, stemForm(algorithm, s))
			}
		}
	}
	return fs
}

// leastBare is how many letters remain at least where a definite article is taken off a query's word: with fewer it mostly was none.
const leastBare = 3

// articles are the definite articles that packs write together with their words.
var articles = sync.OnceValue(func() (all []string) {
	for _, p := range pack.All() {
		if p.Text != nil {
			all = append(all, p.Text.Definite...)
		}
	}
	return all
})

// algorithms are the stemmers that packs name.
var algorithms = sync.OnceValue(func() (names []string) {
	for _, p := range pack.All() {
		if p.Text != nil && p.Text.Stem != "" && !slices.Contains(names, p.Text.Stem) {
			names = append(names, p.Text.Stem)
		}
	}
	return names
})

// writtenIn tells whether a stemmer's language is written in a script: Russian's in Cyrillic, Arabic's in its own, the others' in Latin.
func writtenIn(algorithm string, s text.Script) bool {
	switch algorithm {
	case "russian":
		return s == text.Cyrillic
	case "arabic":
		return s == text.Arabic
	}
	return s == text.Latin
}

// isStem tells stem forms from words, so that prefixes and patterns pass them over.
func isStem(form string) bool { return strings.IndexByte(form, '~') >= 0 }

// part is a word of a query as it is cut: its token, and what it asks for.
type part struct {
	text.Token
	raw      string
	pattern  string // with ? for one letter; "" for a word
	open     bool   // any letters may follow the pattern
	wildcard bool
}

// stand is a letter that stands for ? while a query's word is cut, so that the word stays whole. It is one of the few that no
// language writes any more.
const stand = "ȹ"

// cutWord takes a word or phrase of a query apart as articles are. wild says that ? is a wildcard, open that letters may follow.
func cutWord(s string, wild, open bool) (parts []part) {
	if wild {
		s = strings.ReplaceAll(s, "?", stand)
	}
	for _, t := range text.Analyze(s, typed()).Tokens {
		if t.Kind == text.Mark {
			continue
		}
		p := part{Token: t, raw: s[t.Start:t.End]}
		if wild && strings.Contains(t.Norm, stand) {
			p.wildcard, p.pattern = true, strings.ReplaceAll(text.Plain(t.Norm), text.Plain(stand), "?")
		}
		parts = append(parts, p)
	}
	if last := len(parts) - 1; open && last >= 0 && parts[last].Kind != text.Ideo {
		p := &parts[last]
		if !p.wildcard {
			p.wildcard, p.pattern = true, text.Plain(p.Norm)
		}
		p.open = true
	}
	return parts
}

// typed is the pack under which queries are cut into words: the elisions and enclitics of all languages.
var typed = sync.OnceValue(func() *pack.Pack {
	t := &pack.Text{}
	for _, p := range pack.All() {
		if p.Text != nil {
			t.Elisions = append(t.Elisions, p.Text.Elisions...)
			t.Enclitics = append(t.Enclitics, p.Text.Enclitics...)
		}
	}
	return &pack.Pack{Text: t}
})
