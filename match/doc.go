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
	words    []word
	from, to [sections]int32 // positions of each section
	first    [sections]int32 // index in words of each section's first
}

// word is a token with a place. Positions count words within a section; between sections they leave a gap.
type word struct {
	text.Token
	raw            string
	at             news.Span // in Article.Text; zero for words of title and captions
	sentence, para int32     // numbers that no two sections share
}

// NewDoc prepares an article. doc is the analyzed Article.Text.
func NewDoc(a news.Article, n news.Analysis, doc *text.Doc, s news.Source) *Doc {
	d := &Doc{Article: a, Analysis: n, Source: s, pack: doc.Pack.Text, words: make([]word, 0, len(doc.Tokens)+40)}
	d.add(title, text.Analyze(a.Headline+"\n"+a.Subtitle, doc.Pack))
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
	d.from[s], d.first[s] = at, int32(len(d.words))
	base := at // keeps the numbers of sentences apart
	sentence, para := 0, 0
	for i := range doc.Tokens {
		t := &doc.Tokens[i]
		if t.Kind == text.Mark {
			continue
		}
		for sentence < len(doc.Sentences) && i >= doc.Sentences[sentence].To {
			sentence++
		}
		for para < len(doc.Paragraphs) && i >= doc.Paragraphs[para].To {
			para++
		}
		w := word{Token: *t, raw: doc.Text[t.Start:t.End], sentence: base + int32(sentence), para: base + int32(para)}
		if s == body {
			w.at = t.Span
		}
		d.words = append(d.words, w)
	}
	d.to[s] = at + int32(len(d.words)) - d.first[s]
	for next := s + 1; next < sections; next++ { // sections that are never added are empty
		d.from[next], d.to[next], d.first[next] = d.to[s]+gap, d.to[s]+gap, int32(len(d.words))
	}
}

// at gives the word at a position that a word has.
func (d *Doc) at(pos int32) *word {
	s := title
	for s < caption && pos >= d.to[s] {
		s++
	}
	return &d.words[d.first[s]+pos-d.from[s]]
}

// Words gives the number of words of the text.
func (d *Doc) Words() int { return int(d.to[body] - d.from[body]) }

// Tokens gives the analyzed words of the whole article in order, space between, as a store's full text index wants them: every
// form of a word that a query may ask for.
func (d *Doc) Tokens() string {
	var b strings.Builder
	var buf []string
	for i := range d.words {
		buf = Forms(buf[:0], d.words[i].Token, d.pack)
		for _, f := range buf {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(f)
		}
	}
	return b.String()
}

// host gives the article's host without "www.".
func (d *Doc) host() string {
	u, err := url.Parse(d.Article.URL)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
