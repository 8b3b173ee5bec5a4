package web

import (
	"strings"
	"unicode"
)

// Faces names the fonts that the article's text is set in, so that they are asked for with the page.
func (p articlePage) Faces() []string { return faces(p.Entry.Article.Headline) }

// Faces names the fonts of the claims and quotations, which stand in their own languages.
func (p storyPage) Faces() []string {
	var words strings.Builder
	for _, c := range p.Main() {
		words.WriteString(c.Text)
	}
	for _, s := range p.Speakers {
		words.WriteString(s.Quotes[0].Text)
	}
	return faces(words.String())
}

// faces gives the reading faces for the scripts of a text.
func faces(s string) (names []string) {
	for _, f := range []struct {
		name string
		in   func(rune) bool
	}{
		{"source-serif-latin", func(r rune) bool { return unicode.Is(unicode.Latin, r) }},
		{"source-serif-cyrillic", func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }},
		{"noto-naskh-arabic", func(r rune) bool { return unicode.Is(unicode.Arabic, r) }},
	} {
		if strings.ContainsFunc(s, f.in) {
			names = append(names, f.name)
		}
	}
	return names
}
