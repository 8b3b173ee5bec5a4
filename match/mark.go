package match

import (
	"strings"
	"time"

	"marsad/entity"
	"marsad/news"
	"marsad/text"
)

// Statements about an article are found like words: the article carries marks, and a query is filed under the marks of which it
// needs one. A mark may say less than the statement, which is judged exactly afterwards.

// asks are the kinds of marks that any query of an index asks for, so that an article is not given the others.
type asks uint16

const (
	asksLang asks = 1 << iota
	asksName
	asksSource
	asksDomain
	asksCountry
	asksDay
	asksStory
)

// months is how many months an interval may touch to be marked one by one.
const months = 60

// marksOf gives the marks of which an article that satisfies t carries at least one; nil where nothing is known.
func (c *compiler) marksOf(t *term) (ls []leaf) {
	one := func(kind asks, share float32, names ...string) []leaf {
		c.asks |= kind
		for _, n := range names {
			ls = append(ls, c.mark(n, share))
		}
		return ls
	}
	switch t.Name {
	case "who", "org", "where", "speaker", "denies":
		for _, id := range t.ids {
			one(asksName, 0.003, "e="+id)
		}
		if w := longest(t.norm); w != "" {
			one(asksName, 0.005, "n="+w)
		}
	case "source":
		if w := longest(t.norm); w != "" {
			return one(asksSource, 0.02, "s="+w)
		}
	case "domain":
		return one(asksDomain, 0.01, "d="+strings.TrimPrefix(t.norm, "www."))
	case "country":
		return one(asksCountry, 0.1, "c="+countryCode(t.Value))
	case "is":
		return one(asksStory, 0.1, "is="+t.norm)
	case "nodup":
		return one(asksStory, 0.7, "nodup")
	case "on":
		if ms := monthsOf(t.day[0], t.day[1]); t.Op == "" && len(ms) > 0 {
			return one(asksDay, 0.1, append(ms, "on=long")...)
		}
	}
	return ls
}

// longest gives the longest of the words between spaces.
func longest(s string) (w string) {
	for p := range strings.SplitSeq(s, " ") {
		if len(p) > len(w) {
			w = p
		}
	}
	return w
}

// monthsOf names the months that [from, to) touches; nil for more than a few years.
func monthsOf(from, to time.Time) (names []string) {
	if !to.After(from) {
		return nil
	}
	last := to.Add(-1)
	for m := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC); !m.After(last); m = m.AddDate(0, 1, 0) {
		if len(names) == months {
			return nil
		}
		names = append(names, "on="+m.Format("2006-01"))
	}
	return names
}

// note gives an article the marks that the queries of x ask for.
func (s *scanner) note(d *Doc) {
	x, a := s.x, &d.Article
	if x.asks&asksLang != 0 {
		s.carry("lang=", primary(a.Lang))
	}
	if x.asks&asksCountry != 0 {
		s.carry("c=", countryCode(d.Source.Country))
	}
	if x.asks&asksDomain != 0 {
		for h := d.host(); h != ""; _, h, _ = strings.Cut(h, ".") {
			s.carry("d=", h)
		}
	}
	if x.asks&asksSource != 0 {
		s.carryWords("s=", d.Source.Name)
		s.carryWords("s=", a.Site)
	}
	if x.asks&asksName != 0 {
		s.noteNames(d)
	}
	if x.asks&asksDay != 0 {
		s.noteDays(d.Analysis.Timexes)
	}
	if x.asks&asksStory != 0 {
		s.carryIf(d.state.Breaking, "is=breaking")
		s.carryIf(d.state.First, "is=first")
		s.carryIf(!d.state.Copy, "nodup")
	}
}

func (s *scanner) noteNames(d *Doc) {
	for i := range d.Analysis.Mentions {
		m := &d.Analysis.Mentions[i]
		s.carry("e=", entity.ID(m.Entity))
		s.carryWords("n=", m.Name)
		s.carryWords("n=", d.Article.Text[m.Start:m.End])
	}
	actor := func(a *news.Actor) {
		if a != nil {
			s.carry("e=", entity.ID(a.Entity))
			s.carryWords("n=", d.Article.Text[a.Start:a.End])
		}
	}
	for i := range d.Analysis.Quotations {
		actor(d.Analysis.Quotations[i].Speaker)
	}
	for i := range d.Analysis.Claims {
		actor(d.Analysis.Claims[i].Claimant)
	}
}

func (s *scanner) noteDays(ts []news.Timex) {
	for _, t := range ts {
		if t.From.IsZero() {
			continue
		}
		from, to := wall(t.From), wall(t.To)
		if !to.After(from) {
			to = from.Add(1)
		}
		ms := monthsOf(from, to)
		if ms == nil {
			s.carry("on=long", "")
		}
		for _, m := range ms {
			s.carry(m, "")
		}
	}
}

// carryWords marks each of the words of a name.
func (s *scanner) carryWords(kind, name string) {
	for w := range strings.SplitSeq(text.Normalize(name), " ") {
		s.carry(kind, w)
	}
}

func (s *scanner) carryIf(holds bool, mark string) {
	if holds {
		s.carry(mark, "")
	}
}

// carry marks the article for the queries that ask for the mark.
func (s *scanner) carry(kind, value string) {
	s.scratch.name = append(append(append(s.scratch.name[:0], '!'), kind...), value...)
	ls := s.x.of(s.scratch.leaves[:0], string(s.scratch.name))
	s.scratch.leaves = ls
	for _, l := range ls {
		if !s.stands.has(l) { // marks alone stand here so far
			s.stands.add(l, nowhere)
			s.set(classBit(l)) // a mark is its own class
			s.find(l)
		}
	}
}

// share gives the weight of a statement: of the marks of which it needs one.
func (c *compiler) share(t *term) (w float32) {
	for _, l := range t.marks {
		w += c.weight[l]
	}
	return w
}

// countryCode is the form in which codes of countries are marked and compared.
func countryCode(s string) string { return strings.ToUpper(s) }
