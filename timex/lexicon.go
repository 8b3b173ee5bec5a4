package timex

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"marsad/lang/pack"
)

// lexicon enters the words of a pack.
func (g *grammar) lexicon(t *pack.Timex) error {
	for _, key := range slices.Sorted(maps.Keys(t.Numbers)) {
		words := t.Numbers[key]
		n, err := strconv.Atoi(key)
		if err != nil {
			return fmt.Errorf("numbers: %w", err)
		}
		g.teens = g.teens || n == 11
		for _, w := range spread(words) {
			g.numeral(w, numeral{value: n})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(t.Ordinals)) {
		words := t.Ordinals[key]
		n, err := strconv.Atoi(key)
		if err != nil {
			return fmt.Errorf("ordinals: %w", err)
		}
		for _, w := range spread(words) {
			g.numeral(w, numeral{value: n, ordinal: true})
		}
	}
	g.calendarNames(t)
	if err := g.units(t); err != nil {
		return err
	}
	if err := g.relations(t); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(t.Classes)) {
		words := t.Classes[name]
		for _, w := range spread(words) {
			g.entry("class", g.classes[name], w, val{})
		}
	}
	return nil
}

// calendarNames enters months, weekdays and seasons.
func (g *grammar) calendarNames(t *pack.Timex) {
	list := func(name string, c cat, cal calendar, entries []string) {
		for i, words := range entries {
			for _, w := range spread(words) {
				g.entry(name, c, w, val{n: i + 1, cal: cal})
			}
		}
	}
	list("weekday", cWeekday, gregorian, t.Weekdays)
	list("month", cMonth, gregorian, t.Months)
	list("month", cMonth, hijri, t.Hijri)
	list("month", cMonth, jalali, t.Jalali)
	list("month", cMonth, hebrew, t.Hebrew)
	list("season", cSeason, gregorian, t.Seasons)
}

// units enters the measures of time.
func (g *grammar) units(t *pack.Timex) error {
	for _, key := range slices.Sorted(maps.Keys(t.Units)) {
		words := t.Units[key]
		u, ok := unitNames[key]
		many := false
		if !ok { // days, weeks: forms that never mean one
			one := strings.TrimSuffix(key, "s")
			if key == "centuries" {
				one = "century"
			}
			u, many = unitNames[one], true
			if u == uNone {
				return fmt.Errorf("no unit %q", key)
			}
		}
		for _, w := range spread(words) {
			g.entry("unit", cUnit, w, val{unit: u, set: many})
		}
	}
	return nil
}

func (g *grammar) relations(t *pack.Timex) error {
	for _, key := range slices.Sorted(maps.Keys(t.Rel)) {
		words := t.Rel[key]
		n, err := strconv.Atoi(key)
		if key == "coming" {
			n, err = coming, nil
		}
		if err != nil {
			return fmt.Errorf("rel: %w", err)
		}
		for _, w := range spread(words) {
			g.entry("rel", cRel, w, val{n: n})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(t.Part)) {
		words := t.Part[key]
		p, ok := partNames[key]
		if !ok {
			return fmt.Errorf("no part %q", key)
		}
		for _, w := range spread(words) {
			g.entry("part", cPart, w, val{part: p})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(t.Days)) {
		words := t.Days[key]
		n, err := strconv.Atoi(key)
		if err != nil {
			return fmt.Errorf("days: %w", err)
		}
		for _, w := range spread(words) {
			g.entry("day", cTime, w, val{node: &node{kind: kRel, gran: uDay, unit: uDay, n: n}})
		}
	}
	for i, key := range daytimes {
		for _, w := range spread(t.Daytime[key]) {
			g.entry("daytime", cDaytime, w, val{n: i})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(t.Durs)) {
		words := t.Durs[key]
		d, err := parseDur(key)
		if err != nil {
			return err
		}
		for _, w := range spread(words) {
			g.entry("duration", cDur, w, val{dur: d})
		}
	}
	return nil
}

func parseDur(s string) (d dur, err error) {
	f := strings.Fields(s)
	if len(f) != 2 {
		return d, fmt.Errorf("duration %q", s)
	}
	n, err := strconv.Atoi(f[0])
	u, ok := unitNames[f[1]]
	if err != nil || !ok {
		return d, fmt.Errorf("duration %q", s)
	}
	return durOf(n, u), nil
}

// mark notes the words that the filters ask for.
func (g *grammar) mark(t *pack.Timex) {
	weak, noun, future, past, cue := spread(t.Weak), spread(t.Noun), spread(t.Future), spread(t.Past), spread(t.YearCue)
	all := func(words []string) {
		for _, w := range words {
			for _, a := range g.cut(w) {
				g.intern(a)
			}
		}
	}
	all(weak)
	bound := spread(t.Bound)
	all(bound)
	said := spread(t.Said)
	g.saidLong = said
	all(said)
	all(noun)
	all(future)
	all(past)
	all(cue)
	set := func(words []string) []bool {
		out := make([]bool, len(g.byWord))
		for _, w := range words {
			if a := g.cut(w); len(a) == 1 {
				out[g.intern(a[0])] = true
			}
		}
		return out
	}
	g.bound, g.said = set(bound), set(said)
	g.weak, g.noun, g.future, g.past, g.yearCue = set(weak), set(noun), set(future), set(past), set(cue)
}

func flagged(set []bool, p *piece) bool {
	w := p.word
	if w < 0 {
		w = p.bare
	}
	return w >= 0 && int(w) < len(set) && set[w]
}
