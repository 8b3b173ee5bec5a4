// Package match tells which of many standing queries an article satisfies, and by which words. An [Index] files each query under
// words that it cannot match without (Lucene's monitor calls that a presearcher), with a small guard that rejects most candidates
// before their query is looked at, and verifies the few that remain exactly on word positions. The same verification serves the
// search over the archive, so that a watch means the same looking back as looking forward.
//
// It knows nothing of stories by itself: what a query asks of the story (sources:, is:, nodup:) is answered from [State], which the
// caller gives and may give again when the story changes.
package match

import (
	"net/url"
	"slices"
	"strings"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// section is a part of the article that a field can name.
type section uint8

const (
	title section = iota
	body
	caption
	sections
)

// gap keeps words of different parts from being neighbours.
const gap = query.MaxNear + 1

// leadWords is how many words of the text count as its lead.
const leadWords = 60

// State is what is known of the article's story when a query is asked.
type State struct {
	Sources  int  // independent sources of the story
	Breaking bool // the story breaks
	First    bool // the article is the earliest that we saw
	Copy     bool // the article copies or duplicates another
}

// Doc is an article prepared for matching. It is read-only once made, but for SetState.
type Doc struct {
	Article  news.Article
	Analysis news.Analysis
	Source   news.Source
	state    State
	pack     *pack.Text
	parts    [sections]*text.Doc
	tokens   []int32         // of every word, in order: its token in its section
	from, to [sections]int32 // positions of each section
	first    [sections]int32 // index in tokens of each section's first
}

// word is a token with a place. Positions count words within a section; between sections they leave a gap.
type word struct {
	*text.Token
	raw            string
	at             news.Span // in Article.Text; zero for words of title and captions
	sentence, para int32     // numbers that no two sections share
}

// NewDoc prepares an article. doc is the analyzed Article.Text.
func NewDoc(a news.Article, n news.Analysis, doc *text.Doc, s news.Source) *Doc {
	d := &Doc{Article: a, Analysis: n, Source: s, pack: doc.Pack.Text, tokens: make([]int32, 0, len(doc.Tokens)+40)}
	headline := a.Headline
	if a.Subtitle != "" {
		headline += "\n" + a.Subtitle
	}
	d.add(title, text.Analyze(headline, doc.Pack))
	d.add(body, doc)
	var captions []string
	for _, m := range a.Media {
		if m.Caption != "" {
			captions = append(captions, m.Caption)
		}
	}
	if len(captions) > 0 {
		d.add(caption, text.Analyze(strings.Join(captions, "\n"), doc.Pack))
	}
	return d
}

// SetState says what is known of the article's story.
func (d *Doc) SetState(s State) { d.state = s }

func (d *Doc) add(s section, doc *text.Doc) {
	var at int32
	if s > 0 {
		at = d.to[s-1] + gap
	}
	d.parts[s], d.from[s], d.first[s] = doc, at, int32(len(d.tokens))
	n := len(d.tokens)
	tokens := slices.Grow(d.tokens, len(doc.Tokens))[:n+len(doc.Tokens)]
	for i := range doc.Tokens {
		tokens[n] = int32(i) // kept or written over
		n += one(doc.Tokens[i].Kind != text.Mark)
	}
	d.tokens = tokens[:n]
	d.to[s] = at + int32(len(d.tokens)) - d.first[s]
	for next := s + 1; next < sections; next++ { // sections that are never added are empty
		d.from[next], d.to[next], d.first[next] = d.to[s]+gap, d.to[s]+gap, int32(len(d.tokens))
	}
}

// section gives the section that holds a position.
func (d *Doc) section(pos int32) section {
	s := title
	for s < caption && pos >= d.to[s] {
		s++
	}
	return s
}

// position gives the position of a word by its place in the order of all words.
func (d *Doc) position(i int32) int32 {
	s := caption
	for s > title && i < d.first[s] {
		s--
	}
	return d.from[s] + i - d.first[s]
}

// at gives the word at a position that a word has.
func (d *Doc) at(pos int32) word {
	s := d.section(pos)
	doc, i := d.parts[s], int(d.tokens[d.first[s]+pos-d.from[s]])
	t := &doc.Tokens[i]
	w := word{Token: t, raw: doc.Text[t.Start:t.End], sentence: unitBase(s) + int32(doc.SentenceOf(i)), para: unitBase(s) + int32(doc.ParagraphOf(i))}
	if s == body {
		w.at = t.Span
	}
	return w
}

// span gives where the words from one position to another stand in Article.Text; an empty span for words of title and captions.
func (d *Doc) span(from, to int32) news.Span {
	if from < d.from[body] || to >= d.to[body] {
		return news.Span{}
	}
	words := d.tokens[d.first[body]:]
	tokens := d.parts[body].Tokens
	return news.Span{Start: tokens[words[from-d.from[body]]].Start, End: tokens[words[to-d.from[body]]].End}
}

// Words gives the number of words of the text.
func (d *Doc) Words() int { return int(d.to[body] - d.from[body]) }

// host gives the article's host without "www.".
func (d *Doc) host() string {
	u, err := url.Parse(d.Article.URL)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// unitBase keeps the numbers of the sentences and paragraphs of one section from those of the others.
func unitBase(s section) int32 { return int32(s) << 28 }
