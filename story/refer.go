package story

import (
	"slices"
	"time"

	"marsad/news"
	"marsad/text"
)

// Past is a story of the archive that a later article may refer back to.
type Past struct {
	Story    int64
	From, To time.Time // first and last report
	facts    map[uint32]bool
	words    map[string]bool // of its headlines
}

// PastOf makes one of a story's articles.
func PastOf(story int64, entries []Entry) Past {
	p := Past{Story: story, facts: map[uint32]bool{}, words: map[string]bool{}}
	for _, e := range byTime(entries) {
		if p.From.IsZero() {
			p.From = e.at()
		}
		p.To = e.at()
		d := e.doc()
		for _, f := range factsOf(&e, d) {
			if f.kind == name {
				p.facts[f.key] = true
			}
		}
		l := newLore(d.Pack)
		l.each(text.Analyze(e.Article.Headline, d.Pack), func(stem string, _, _ int) { p.words[stem] = true })
	}
	return p
}

// Reference is words of an article that speak of an earlier story.
type Reference struct {
	Span  news.Span // the sentence
	When  news.Span // its date
	Story int64
	Names int // whom or what the sentence names that the story names too
	Words int // words of the story's headlines in it, apart from names
}

// What a reference takes: the date lies before the article's own week, the story was told at that date, and of the date's sentence the
// story has so much.
const (
	refersAfter = 5 * 24 * time.Hour
	refersNames = 2
	refersWords = 1
)

// References finds where an article speaks of earlier stories ("the September summit"): a date that is over, and in its sentence two
// names of a story that was told then, or one and a word of its headlines. Where two stories fit equally well it says none.
func References(e Entry, past []Past) (out []Reference) {
	d := e.doc()
	facts := factsOf(&e, d)
	l := newLore(d.Pack)
	for _, t := range e.Analysis.Timexes {
		if t.Type != news.Date || t.To.IsZero() || t.Certainty < .5 || !t.To.Before(e.at().Add(-refersAfter)) || t.To.Sub(t.From) > 100*24*time.Hour {
			continue
		}
		span, ok := sentenceAt(d, t.Start)
		if !ok {
			continue
		}
		stems := stemsOf(l, text.Analyze(nameless(d.Text, span, e.Analysis.Mentions), d.Pack))
		best, tied := Reference{}, false
		for _, p := range past {
			if p.From.Before(t.From.Add(-24*time.Hour)) || !p.From.Before(t.To.Add(24*time.Hour)) {
				continue
			}
			r := Reference{Span: span, When: t.Span, Story: p.Story}
			r.Names, r.Words = p.named(facts, span), p.worded(stems)
			if r.Names >= refersNames || r.Names >= 1 && r.Words >= refersWords {
				switch s := r.Names + r.Words; {
				case s > best.Names+best.Words:
					best, tied = r, false
				case s == best.Names+best.Words:
					tied = true
				}
			}
		}
		if best.Story != 0 && !tied && !slices.ContainsFunc(out, func(o Reference) bool { return o.Story == best.Story }) {
			out = append(out, best)
		}
	}
	return out
}

// nameless gives a stretch of a text with spaces for the names in it: that two texts name somebody is counted as such, and says nothing of
// the matter.
func nameless(s string, span news.Span, names []news.Mention) string {
	b := []byte(s[span.Start:span.End])
	for _, m := range names {
		for i := max(m.Start, span.Start); i < min(m.End, span.End); i++ {
			b[i-span.Start] = ' '
		}
	}
	return string(b)
}

func stemsOf(l *lore, d *text.Doc) map[string]bool {
	out := map[string]bool{}
	l.each(d, func(stem string, _, _ int) { out[stem] = true })
	return out
}

// named counts the names of a sentence that the story has.
func (p *Past) named(facts []fact, in news.Span) int {
	seen := map[uint32]bool{}
	for _, f := range facts {
		if f.kind == name && f.at >= in.Start && f.at < in.End && p.facts[f.key] {
			seen[f.key] = true
		}
	}
	return len(seen)
}

func (p *Past) worded(stems map[string]bool) (n int) {
	for s := range stems {
		if p.words[s] {
			n++
		}
	}
	return n
}
