// Package match tells which of many standing queries an article satisfies, and by which words. An [Index] files each query under
// words that it cannot match without (Lucene's monitor calls that a presearcher) and verifies the few candidates exactly on word
// positions. The same verification serves the search over the archive, so that a watch means the same looking back as looking
// forward.
//
// It knows nothing of stories by itself: what a query asks of the story (sources:, is:, nodup:) is answered from [State], which the
// caller gives and may give again when the story changes.
package match

import (
	"net/url"
	"sort"
	"strings"

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
	forms    map[string][]int32 // form -> positions, ascending
	at       []news.Span        // of each position that lies in the text; the zero Span elsewhere
	exact    []string           // the words as written, by position
	sentence []int32
	para     []int32
	from, to [sections]int32 // positions of each section
	lead     int32           // end of the lead
}

// NewDoc prepares an article. doc is the analyzed Article.Text.
func NewDoc(a news.Article, n news.Analysis, doc *text.Doc, s news.Source) *Doc {
	d := &Doc{Article: a, Analysis: n, Source: s, forms: make(map[string][]int32, len(doc.Tokens)*2)}
	d.add(title, text.Analyze(a.Headline+"\n"+a.Subtitle, doc.Pack), false)
	d.add(body, doc, true)
	d.lead = min(d.from[body]+leadWords, d.to[body])
	var captions []string
	for _, m := range a.Media {
		captions = append(captions, m.Caption)
	}
	d.add(caption, text.Analyze(strings.Join(captions, "\n"), doc.Pack), false)
	return d
}

// SetState says what is known of the article's story.
func (d *Doc) SetState(s State) { d.state = s }

func (d *Doc) add(s section, doc *text.Doc, inText bool) {
	if len(d.exact) > 0 {
		for range gap {
			d.at, d.exact = append(d.at, news.Span{}), append(d.exact, "")
			d.sentence, d.para = append(d.sentence, -1), append(d.para, -1)
		}
	}
	d.from[s] = int32(len(d.exact))
	base := int32(len(d.exact)) // keeps sentence numbers of sections apart
	var buf []string
	sentence, para := 0, 0
	for i, t := range doc.Tokens {
		for sentence < len(doc.Sentences) && i >= doc.Sentences[sentence].To {
			sentence++
		}
		for para < len(doc.Paragraphs) && i >= doc.Paragraphs[para].To {
			para++
		}
		if t.Kind == text.Mark {
			continue
		}
		p := int32(len(d.exact))
		buf = Forms(buf[:0], t, doc.Pack.Text)
		for _, f := range buf {
			if ps := d.forms[f]; len(ps) == 0 || ps[len(ps)-1] != p {
				d.forms[f] = append(ps, p)
			}
		}
		span := news.Span{}
		if inText {
			span = t.Span
		}
		d.at, d.exact = append(d.at, span), append(d.exact, doc.Text[t.Start:t.End])
		d.sentence, d.para = append(d.sentence, base+int32(sentence)), append(d.para, base+int32(para))
	}
	d.to[s] = int32(len(d.exact))
}

// Words gives the number of words of the text.
func (d *Doc) Words() int { return int(d.to[body] - d.from[body]) }

// Tokens gives the analyzed words of the whole article in order, space between, as a store's full text index wants them: every
// form of a word that a query may ask for.
func (d *Doc) Tokens() string {
	byPosition := make([][]string, len(d.exact))
	for f, ps := range d.forms {
		for _, p := range ps {
			byPosition[p] = append(byPosition[p], f)
		}
	}
	var b strings.Builder
	for _, fs := range byPosition {
		sort.Strings(fs) // the map's order must not show
		for _, f := range fs {
			b.WriteString(f)
			b.WriteByte(' ')
		}
	}
	return strings.TrimRight(b.String(), " ")
}

// host gives the article's host without "www.".
func (d *Doc) host() string {
	u, err := url.Parse(d.Article.URL)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
