// Package text knows what all languages need before they can be understood: normal forms, tokens with their places, sentences,
// paragraphs, scripts and directions. [Analyze] makes all of it in one pass, and every later stage reads that one result.
//
// Words are found by UAX #29, normal forms are NFKC with case, Arabic letter variants and vowel points folded. What a single
// language adds (abbreviations, elisions, clitics) comes from its pack.
package text

import (
	"slices"
	"strings"

	"marsad/lang/pack"
	"marsad/news"
)

// Kind is what a token is made of.
type Kind uint8

// The kinds of token.
const (
	Word   Kind = iota // letters, perhaps with digits among them
	Number             // begins with a digit: 18, 1,000.5, 18.06.2024, 3rd
	Ideo               // one ideograph or kana: scripts that are written without spaces give one token a character
	Mark               // punctuation and symbols, one a token
)

// Token is a word, number, ideograph or mark.
type Token struct {
	news.Span
	Norm   string // the normal form, see Normalize; shares memory with the text where it can
	Kind   Kind
	Script Script
}

// Range is a half-open range of token indices.
type Range struct{ From, To int }

// Doc is a text taken apart. Its slices lie in order of the text.
type Doc struct {
	Text       string
	Lang       string
	Pack       *pack.Pack
	Tokens     []Token
	Sentences  []Range // without overlap; every token is in one
	Paragraphs []Range // split at line breaks; every token is in one
}

// Analyze takes a text apart in the language of p. It never fails: bytes that are not UTF-8 become marks.
func Analyze(s string, p *pack.Pack) *Doc { return analyze(s, p, true) }

// analyze is Analyze; without blocks each token is cut by itself, which gives the same.
func analyze(s string, p *pack.Pack, blocks bool) *Doc {
	d := &Doc{Text: s, Lang: p.Lang, Pack: p, Tokens: make([]Token, 0, expected(s))}
	cut := newCutter(p.Text)
	paragraph := 0
	segments := segmenter{s: s}
	for {
		if blocks && segments.ascii() && d.blocks(&segments, &cut.former, &paragraph) {
			segments.blank()
			continue
		}
		if end, upper := segments.plain(); end > 0 {
			cut.plain(d.next(), s, segments.at, end, upper)
			segments.at = end
			segments.blank()
			continue
		}
		if end, f := segments.plain2(); end > 0 {
			cut.plain2(d.next(), s, segments.at, end, f)
			segments.at = end
			segments.blank()
			continue
		}
		v, at, f, ok := segments.nextForm()
		if !ok {
			break
		}
		kind, script := classify(v)
		switch {
		case kind <= Number && f&apostrophes == 0:
			d.next().fill(at, at+len(v), cut.formed(v, f), kind, script)
		case kind == space:
			if breaks(v) && len(d.Tokens) > paragraph {
				d.Paragraphs = append(d.Paragraphs, Range{paragraph, len(d.Tokens)})
				paragraph = len(d.Tokens)
			}
		case kind == Word:
			d.Tokens = cut.word(d.Tokens, v, at, script)
		default:
			d.next().fill(at, at+len(v), cut.normalize(v), kind, script)
		}
		segments.blank()
	}
	if len(d.Tokens) > paragraph {
		d.Paragraphs = append(d.Paragraphs, Range{paragraph, len(d.Tokens)})
	}
	d.Sentences = sentences(d, p.Text)
	return d
}

// next appends a token to be filled in where it will stay: one that is made elsewhere and moved in one piece costs several times as much.
func (d *Doc) next() *Token {
	n := len(d.Tokens)
	if n == cap(d.Tokens) {
		d.Tokens = slices.Grow(d.Tokens, n+8)
	}
	d.Tokens = d.Tokens[:n+1]
	return &d.Tokens[n]
}

func (t *Token) fill(start, end int, norm string, kind Kind, script Script) {
	t.Start, t.End, t.Norm, t.Kind, t.Script = start, end, norm, kind, script
}

// expected gives about how many tokens a text has, rather too many than too few: it costs less to leave room than to move.
func expected(s string) int {
	spaces := strings.Count(s, " ")
	if spaces < len(s)/16 { // ideographs
		return len(s)/3 + 4
	}
	return spaces + spaces/4 + 8
}

// Of gives the text of tokens r, from the first byte of the first to the last byte of the last; "" for an empty range.
func (d *Doc) Of(r Range) string {
	if r.From >= r.To {
		return ""
	}
	s := d.Span(r)
	return d.Text[s.Start:s.End]
}

// Span gives the bytes that tokens r cover. The range must not be empty.
func (d *Doc) Span(r Range) news.Span {
	return news.Span{Start: d.Tokens[r.From].Start, End: d.Tokens[r.To-1].End}
}

// SentenceOf gives the index of the sentence that holds token i.
func (d *Doc) SentenceOf(i int) int { return find(d.Sentences, i) }

// ParagraphOf gives the index of the paragraph that holds token i.
func (d *Doc) ParagraphOf(i int) int { return find(d.Paragraphs, i) }

// TokenAt gives the index of the first token that ends after byte offset at, len(Tokens) if there is none.
func (d *Doc) TokenAt(at int) int {
	lo, hi := 0, len(d.Tokens)
	for lo < hi {
		if mid := (lo + hi) / 2; d.Tokens[mid].End <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

func find(rs []Range, i int) int {
	lo, hi := 0, len(rs)
	for lo < hi {
		if mid := (lo + hi) / 2; rs[mid].To <= i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

func (f *former) token(v string, at int, kind Kind, script Script) Token {
	return Token{Span: news.Span{Start: at, End: at + len(v)}, Norm: f.normalize(v), Kind: kind, Script: script}
}
