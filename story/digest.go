package story

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/news"
	"marsad/text"
)

// Sentence is a sentence of an article.
type Sentence struct {
	Article int64
	news.Span
}

// Digest picks the fewest sentences that cover what a story's articles tell, at most n, each from one of the articles and in its own
// words: names, days, figures and telling words count by how many independent articles have them, and sentences are taken
// greedily by what they add for their length. Only articles in lang are quoted, copies and translations where it has nothing else; all with a report of
// their own count. The sentences come in the order of
// publication, then of the text.
func Digest(entries []Entry, lang string, n int) []Sentence {
	ts := teach(byTime(entries))
	weight := weigh(ts)
	var pool []option
	reports := slices.ContainsFunc(entries, func(e Entry) bool { return e.Article.Lang == lang && !e.Follows })
	for i := range ts {
		if ts[i].Article.Lang == lang && (!ts[i].Follows || !reports) {
			pool = append(pool, ts[i].options(i)...)
		}
	}
	var total, covered float64
	for _, v := range weight {
		total += v
	}
	have := map[uint32]bool{}
	var picked []option
	for len(picked) < n && covered < enough*total {
		best, gain, value := -1, 0.0, 0.0
		for i, o := range pool {
			if g, v := o.gain(weight, have); v > value {
				best, gain, value = i, g, v
			}
		}
		if best < 0 || gain < least*total {
			break
		}
		for _, k := range pool[best].keys {
			have[k] = true
		}
		covered += gain
		picked = append(picked, pool[best])
		pool = slices.Delete(pool, best, best+1)
	}
	slices.SortFunc(picked, func(a, b option) int {
		if a.entry != b.entry {
			return a.entry - b.entry
		}
		return a.Start - b.Start
	})
	out := make([]Sentence, len(picked))
	for i, p := range picked {
		out[i] = p.Sentence
	}
	return out
}

const (
	enough = .8  // of all that is told
	least  = .03 // what a sentence has to add
)

// option is a sentence that a digest may take.
type option struct {
	Sentence
	entry  int
	keys   []uint32
	length int // tokens
}

// gain is what a sentence would add, and that for its length: twice as long must add more than half as much again.
func (o *option) gain(weight map[uint32]float64, have map[uint32]bool) (gain, value float64) {
	for _, k := range o.keys {
		if !have[k] {
			gain += weight[k]
		}
	}
	return gain, gain / math.Pow(float64(max(o.length, 8)), .6)
}

// teaching is an entry taken apart for a digest.
type teaching struct {
	*Entry
	d     *text.Doc
	facts []fact
	lore  *lore
}

func teach(entries []Entry) []teaching {
	out := make([]teaching, len(entries))
	for i := range entries {
		e := &entries[i]
		t := teaching{Entry: e, d: e.doc(), lore: plainLore}
		if t.d.Pack != nil {
			t.lore = newLore(t.d.Pack)
		}
		t.facts = factsOf(e, t.d)
		out[i] = t
	}
	return out
}

// weigh counts in how many independent articles everything is told. What one tells alone counts little, and a word less than a
// name, a day or a figure.
func weigh(ts []teaching) map[uint32]float64 {
	weight := map[uint32]float64{}
	reports := slices.ContainsFunc(ts, func(t teaching) bool { return !t.Follows })
	for i := range ts {
		if ts[i].Follows && reports {
			continue
		}
		seen := map[uint32]bool{}
		for _, k := range ts[i].keysIn(text.Range{To: len(ts[i].d.Tokens)}) {
			if !seen[k] {
				seen[k] = true
				weight[k]++
			}
		}
	}
	for k, v := range weight {
		weight[k] = v * v
		if kindOf(k) == term {
			weight[k] = v * v / 4
		}
	}
	return weight
}

// options gives the sentences of an article that can stand alone: not headings, nor a word or two, nor entries of lists and tables that
// are no whole sentences.
func (t *teaching) options(entry int) (out []option) {
	for _, r := range t.d.Sentences {
		if r.To-r.From < 6 || !t.alone(t.d.Span(r)) {
			continue
		}
		keys := t.keysIn(r)
		slices.Sort(keys)
		out = append(out, option{Sentence{t.Article.ID, t.d.Span(r)}, entry, slices.Compact(keys), r.To - r.From})
	}
	return out
}

func (t *teaching) alone(s news.Span) bool {
	i := slices.IndexFunc(t.Article.Blocks, func(b news.Block) bool { return b.Start <= s.Start && s.Start < b.End })
	if i < 0 {
		return true
	}
	switch t.Article.Blocks[i].Kind {
	case news.Heading:
		return false
	case news.List, news.Table:
		said := strings.TrimRight(t.d.Text[s.Start:s.End], " \n\"'”’»」』)）")
		last, _ := utf8.DecodeLastRuneInString(said)
		return unicode.Is(unicode.Sentence_Terminal, last)
	}
	return true
}

// keysIn gives what a range of tokens tells.
func (t *teaching) keysIn(r text.Range) (keys []uint32) {
	if r.From >= r.To {
		return nil
	}
	span := t.d.Span(r)
	for _, f := range t.facts {
		if span.Start <= f.at && f.at < span.End {
			keys = append(keys, f.key)
		}
	}
	part := &text.Doc{Text: t.d.Text, Pack: t.d.Pack, Tokens: t.d.Tokens[r.From:r.To]}
	t.lore.each(part, func(stem string, _, _ int) { keys = append(keys, key(term, stem)) })
	return keys
}
