package web

import (
	"slices"
	"strings"
	"unicode/utf8"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// passage is words of an article in their sentence: what stands before them, the words, what follows.
type passage struct {
	Before, Words, After string
	Lang                 string
	Article              int64
	Source               string
	Too                  []passage // other outlets' same sentence
}

// Text gives the whole sentence.
func (p passage) Text() string { return p.Before + p.Words + p.After }

// heard adds what an outlet says to the sentences of others, once an outlet; the same sentence of another stands once, with both. It tells
// whether the outlet is new.
func heard(said []passage, p passage) ([]passage, bool) {
	for i, have := range said {
		if have.Source == p.Source || slices.ContainsFunc(have.Too, func(o passage) bool { return o.Source == p.Source }) {
			return said, false
		}
		if have.Text() == p.Text() && have.Words == p.Words {
			said[i].Too = append(have.Too, p)
			return said, true
		}
	}
	return append(said, p), true
}

// sentence finds the sentence around a span. Only the paragraph is taken apart, since a story asks for many sentences.
func sentence(e *entry, s news.Span) passage {
	p := passage{Lang: e.Article.Lang, Article: e.Article.ID, Source: e.Source.Name}
	t := e.Article.Text
	if !inside(t, s) {
		return p
	}
	from := strings.LastIndexByte(t[:s.Start], '\n') + 1
	to := len(t)
	if i := strings.IndexByte(t[s.End:], '\n'); i >= 0 {
		to = s.End + i
	}
	doc := text.Analyze(t[from:to], pack.For(e.Article.Lang))
	start, end := s.Start, s.End
	for _, r := range doc.Sentences {
		if r.From >= r.To {
			continue
		}
		if span := doc.Span(r); span.Start+from < s.End && span.End+from > s.Start {
			start, end = min(start, span.Start+from), max(end, span.End+from)
		}
	}
	p.Before, p.Words, p.After = t[start:s.Start], t[s.Start:s.End], t[s.End:end]
	return p
}

// inside tells whether a span can be cut out of a text.
func inside(t string, s news.Span) bool {
	return s.Start >= 0 && s.Start < s.End && s.End <= len(t) && utf8.RuneStart(t[s.Start]) && (s.End == len(t) || utf8.RuneStart(t[s.End]))
}

// cut gives the words of a span, "" for one that lies outside.
func cut(t string, s news.Span) string {
	if !inside(t, s) {
		return ""
	}
	return t[s.Start:s.End]
}

// content gives the words of a text that carry meaning, for telling whether two texts say the same.
func content(s, lang string) map[string]bool {
	m := map[string]bool{}
	for _, t := range text.Analyze(s, pack.For(lang)).Tokens {
		if t.Kind != text.Mark && (utf8.RuneCountInString(t.Norm) > 3 || t.Kind != text.Word) {
			m[t.Norm] = true
		}
	}
	return m
}

// alike gives the Jaccard similarity of two sets of words.
func alike(a, b map[string]bool) float64 {
	both := 0
	for w := range a {
		if b[w] {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// clip shortens a text at a word's end.
func clip(s string, runes int) string {
	n, space := 0, 0
	for i, r := range s {
		if r == ' ' || r == '\n' {
			space = i
		}
		if n++; n > runes {
			if space < i/2 {
				space = i
			}
			return strings.TrimRight(s[:space], " ,،;:") + "…"
		}
	}
	return s
}

// opening gives the first two sentences of a text.
func opening(t, lang string) string {
	end := len(t)
	if len(t) > 4000 {
		end = 4000
		for end > 0 && !utf8.RuneStart(t[end]) {
			end--
		}
	}
	doc := text.Analyze(t[:end], pack.For(lang))
	n := min(2, len(doc.Sentences))
	if n == 0 {
		return ""
	}
	return strings.Join(strings.Fields(doc.Of(text.Range{From: doc.Sentences[0].From, To: doc.Sentences[n-1].To})), " ")
}
