package story

import (
	"slices"
	"strconv"
	"time"

	"marsad/news"
)

// Step is what one article added to a story.
type Step struct {
	Article    int64
	Published  time.Time
	Arrived    time.Time        // when it came in; zero where the entry does not say
	Days       []time.Time      // the days that it dates something on, in their order
	Names      []news.Mention   // those that no article before it named; a name in another language is the same name
	Figures    []news.Span      // figures that none before it gave
	Quotations []news.Quotation // direct speech that none before it had, in its language
	Claims     []news.Claim     // claims of a party that had not claimed so
	Sentences  []news.Span      // the sentences that hold all of this, in order: what is new, in the article's own words
}

// Timeline says what each article of a story added, in the order of publication. Copies and translations add nothing and are left
// out, so that what follows the last article that somebody has read is what is new for him. A copy that carries an earlier date than
// its origin takes nothing from it: what it tells is told by the origin.
func Timeline(entries []Entry) []Step {
	var out []Step
	t := teller{facts: map[uint32]bool{}, said: map[string]bool{}}
	for _, e := range own(entries) {
		if s := t.step(&e); len(s.Sentences) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// own gives the entries with a report of their own, by time. Where the origin of all is not among them, the first stands for it.
func own(entries []Entry) []Entry {
	all := byTime(entries)
	out := slices.DeleteFunc(slices.Clone(all), func(e Entry) bool { return e.Follows })
	if len(out) == 0 && len(all) > 0 {
		all[0].Follows = false
		return all[:1]
	}
	return out
}

// teller remembers what was told.
type teller struct {
	facts map[uint32]bool
	said  map[string]bool
}

func (t *teller) step(e *Entry) Step {
	s := Step{Article: e.Article.ID, Published: e.at(), Arrived: e.Arrived}
	d := e.doc()
	var at []int
	fresh := map[news.Span]bool{}
	for _, f := range factsOf(e, d) {
		if f.kind == day {
			continue
		}
		if !t.facts[f.key] {
			t.facts[f.key] = true
			fresh[f.span] = true
			at = append(at, f.at)
			if f.kind == number {
				s.Figures = append(s.Figures, f.span)
			}
		}
	}
	for _, m := range e.Analysis.Mentions {
		if fresh[m.Span] {
			s.Names = append(s.Names, m)
		}
	}
	for _, q := range e.Analysis.Quotations {
		if q.Type != news.Indirect && inside(q.Span, d.Text) && t.first(e.Article.Lang+plainName(d.Text[q.Start:q.End])) {
			s.Quotations, at = append(s.Quotations, q), append(at, q.Start)
		}
	}
	for _, c := range e.Analysis.Claims {
		if inside(c.Span, d.Text) && t.first(claimKey(c, e.Article.Lang, d.Text)) {
			s.Claims, at = append(s.Claims, c), append(at, c.Start)
		}
	}
	for _, x := range e.Analysis.Timexes {
		if n := dayOf(x); n != 0 {
			s.Days = append(s.Days, time.Unix(int64(n)*86400, 0).UTC())
		}
	}
	slices.SortFunc(s.Days, time.Time.Compare)
	s.Days = slices.CompactFunc(s.Days, time.Time.Equal)
	slices.Sort(at)
	for _, i := range at {
		if span, ok := sentenceAt(d, i); ok && !slices.Contains(s.Sentences, span) {
			s.Sentences = append(s.Sentences, span)
		}
	}
	return s
}

func (t *teller) first(what string) bool {
	if t.said[what] {
		return false
	}
	t.said[what] = true
	return true
}

// claimKey is what makes two claims one: who takes which stance on whom; without names, the words.
func claimKey(c news.Claim, lang, s string) string {
	who := string(c.Stance)
	for _, a := range [...]*news.Actor{c.Claimant, c.Target} {
		if k := party(a, s); len(k) > 0 {
			who += "|" + strconv.FormatUint(uint64(k[0]), 36)
		}
	}
	if who == string(c.Stance) {
		return lang + who + plainName(s[c.Start:c.End])
	}
	return who
}
