package story

import (
	"slices"
	"strconv"
	"strings"

	"marsad/lang/pack"
	"marsad/text"
)

// A column is what an outlet brings again and again under one headline: the weather, prices, results, notices, a letter of the morning. Its
// texts are alike and tell of other days, so that they would make one story of all days, and of all that they speak of. What is a column is
// learnt from the outlet: its headline, without a date, came on other days before.

// columns knows the headlines of outlets: when each came last, on how many days, and how often.
type columns struct {
	seen table[episodes]
	week int64
}

type episodes struct {
	last        uint32 // minutes since 1970
	days, times uint8
}

const (
	anotherDay  = 12 * 60 // minutes after which one headline tells of another day
	columnDays  = 2       // on so many days before, and it is a column
	columnTimes = 8       // or so often, on whatever day
	sameEpisode = .8      // share of either text from which on the same headline later is a newer text of the same
)

// before says what is known of a headline at a moment: whether it came on another day before, and whether it is a column's.
func (c *columns) before(series uint32, told int64) (again, column bool) {
	e, ok := c.seen.get(series)
	if series == 0 || !ok {
		return false, false
	}
	days := int(e.days)
	if !e.another(told) {
		days--
	}
	return days > 0, days >= columnDays || e.times >= columnTimes
}

// another tells whether a moment is of another day than the last.
func (e episodes) another(told int64) bool { return told/60-int64(e.last) >= anotherDay }

// count adds an article.
func (c *columns) count(a *article) {
	if a.series == 0 {
		return
	}
	e := c.seen.at(a.series)
	if e.days == 0 || e.another(a.told) {
		e.days = min(e.days, 254) + 1
		e.last = uint32(a.told / 60)
	}
	e.times = min(e.times, 254) + 1
}

// age lets go, once a week, of headlines that no article of the window has.
func (c *columns) age(now, span int64) {
	if week := now / (7 * 86400); week != c.week {
		c.week = week
		c.seen.sift(func(e *episodes) bool { return int64(e.last)*60 >= now-span })
	}
}

// series gives the hash of an outlet's headline without the date that it may begin or end with; 0 where no word is left.
func (l *lore) series(d *text.Doc, source int64) uint32 {
	from, to := 0, len(d.Tokens)
	for to > 0 && l.dates(d.Tokens[to-1], true) {
		to--
	}
	for i := from; i < to && l.dates(d.Tokens[i], true); i++ {
		if l.dates(d.Tokens[i], false) {
			from = i + 1
		}
	}
	words := []string{}
	for _, t := range d.Tokens[from:to] {
		if t.Kind != text.Mark {
			words = append(words, t.Norm)
		}
	}
	if len(words) == 0 {
		return 0
	}
	return max(1, hash32(strings.Join(words, " ")+" "+strconv.FormatInt(source, 10)))
}

// dates tells whether a token may be of a date: a day of the week, a month; or a mark or figure, where such count.
func (l *lore) dates(t text.Token, figures bool) bool {
	return l.calendar[t.Norm] || figures && (t.Kind == text.Mark || t.Kind == text.Number)
}

// calendarOf gives the words of dates.
func calendarOf(p *pack.Pack) map[string]bool {
	words := map[string]bool{}
	if t := p.Timex; t != nil {
		lists := [][]string{t.Weekdays, t.Months, {t.Days["-1"], t.Days["0"], t.Days["1"]}}
		for _, list := range lists {
			for _, forms := range list {
				for _, w := range spelt(forms) {
					words[text.Normalize(w)] = true
				}
			}
		}
	}
	return words
}

// otherEpisodes takes out of the matches those with an earlier day's text of the same column.
func (w *Window) otherEpisodes(r *reading, matches []match) []match {
	if !r.again && !r.column {
		return matches
	}
	kept := matches[:0]
	for _, m := range matches {
		o := m.other
		sameDay := abs(r.told-o.told) < anotherDay*60
		if sameDay || !r.column && o.series != r.series || m.sameURL || max(m.ours, m.theirs) >= sameEpisode && !r.column {
			kept = append(kept, m)
		}
	}
	return kept
}

// tellsAnotherDay says whether a story holds an earlier day's text of the article's column, so that the article is not of it.
func (w *Window) tellsAnotherDay(c *cluster, r *reading, matches []match) bool {
	if !r.again {
		return false
	}
	const looked = 64
	return slices.ContainsFunc(c.members[max(0, len(c.members)-looked):], func(n uint32) bool {
		a := w.art(n)
		return a.series == r.series && r.told-a.told >= anotherDay*60 && !slices.ContainsFunc(matches, func(m match) bool { return m.other == a })
	})
}
