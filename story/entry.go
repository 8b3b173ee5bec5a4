package story

import (
	"slices"
	"strconv"
	"time"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// Entry is an article of one story with what was understood of it, as [Timeline], [Digest] and [Diary] read it.
type Entry struct {
	Article  news.Article
	Analysis news.Analysis
	Doc      *text.Doc // of Article.Text; made where it is nil
	Arrived  time.Time
	Follows  bool // it copies or translates another
}

func (e *Entry) doc() *text.Doc {
	if e.Doc != nil {
		return e.Doc
	}
	return text.Analyze(e.Article.Text, pack.For(e.Article.Lang))
}

// at is when an entry says that it was published; what came in before it says so, when it came in.
func (e *Entry) at() time.Time {
	if p := e.Article.Published; p.Known() && (e.Arrived.IsZero() || !p.Time.After(e.Arrived)) {
		return p.Time
	}
	return e.Arrived
}

// told is when an entry was published, as far as that can be believed: see [told].
func (e *Entry) told() time.Time {
	if e.Arrived.IsZero() {
		return e.at()
	}
	at, _ := told(e.Article.Published, e.Arrived)
	return time.Unix(at, 0)
}

// byTime gives entries in the order of their publication; those of one moment in the order of their ids.
func byTime(entries []Entry) []Entry {
	out := slices.Clone(entries)
	slices.SortStableFunc(out, func(a, b Entry) int {
		if c := a.told().Compare(b.told()); c != 0 {
			return c
		}
		return int(a.Article.ID - b.Article.ID)
	})
	return out
}

// fact is something that a text tells and that can be told again: by another outlet, in another language.
type fact struct {
	key  uint32
	at   int // byte offset
	span news.Span
	kind kind
}

// factsOf gives the names, days and figures of an entry in the order of the text.
func factsOf(e *Entry, d *text.Doc) (out []fact) {
	add := func(k kind, s string, span news.Span) {
		out = append(out, fact{key(k, s), span.Start, span, k})
	}
	for _, m := range e.Analysis.Mentions {
		if !inside(m.Span, d.Text) {
			continue
		}
		if m.Entity != "" {
			add(name, m.Entity, m.Span)
		} else if s := soundOf(d.Text[m.Start:m.End]); s != "" {
			add(name, s, m.Span)
		}
	}
	var dated []news.Span
	for _, t := range e.Analysis.Timexes {
		dated = append(dated, t.Span)
		if n := dayOf(t); n != 0 && inside(t.Span, d.Text) {
			add(day, strconv.Itoa(int(n)), t.Span)
		}
	}
	for _, f := range plainLore.figures(d, dated) {
		if f.telling() {
			add(number, f.value, f.Span)
		}
	}
	slices.SortStableFunc(out, func(a, b fact) int { return a.at - b.at })
	return out
}

// plainLore is the lore of no language.
var plainLore = &lore{}

// sentenceAt gives the sentence that holds a byte offset.
func sentenceAt(d *text.Doc, at int) (news.Span, bool) {
	i := d.TokenAt(at)
	if i >= len(d.Tokens) {
		return news.Span{}, false
	}
	s := d.SentenceOf(i)
	if s >= len(d.Sentences) || d.Sentences[s].From >= d.Sentences[s].To {
		return news.Span{}, false
	}
	return d.Span(d.Sentences[s]), true
}
