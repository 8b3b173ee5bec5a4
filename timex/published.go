package timex

import (
	"fmt"
	"sort"
	"strings"
	"time"

	"marsad/news"
	"marsad/text"
)

// Bound is what else is known of when an article was published: the day it was fetched, the years in which the people it names
// held the offices it gives them. A zero time bounds nothing.
type Bound struct {
	NotBefore, NotAfter time.Time
	Reason              string // in the caller's terms: "fetched", "office:Belousov, minister of defence"
	Spans               []news.Span
}

// The years that are considered where neither text nor bounds narrow them.
const earliestYear, latestYear = 1990, 2039

// Published gives the days on which an undated article may have been published, the likeliest first: timexes are those of [Find]
// without an anchor. The first weekday that the text names ("on Tuesday") and the first day without a year ("18 June") belong
// to the same news, so the years in which that day falls on that weekday are the candidates. A year that the text itself looks
// back on is a lower limit: candidates after it come first, in order of time. A full date in the first sentence is a candidate of
// its own. Nothing is given where there is no such evidence.
func Published(doc *text.Doc, timexes []news.Timex, bounds ...Bound) []news.DateCandidate {
	e := gather(doc, timexes)
	var out []news.DateCandidate
	if e.full != nil {
		out = append(out, news.DateCandidate{Day: e.full.From, Reason: "date:" + doc.Text[e.full.Start:e.full.End], Spans: []news.Span{e.full.Span}})
	}
	for _, y := range e.years(bounds) {
		if c, ok := e.candidate(doc, y, bounds); ok {
			out = append(out, c)
		}
	}
	return out
}

// evidence is what the text says of its own day.
type evidence struct {
	weekday, day, full, year *news.Timex // year: the latest that stands alone
	month, dom, wd           int
}

func gather(doc *text.Doc, timexes []news.Timex) (e evidence) {
	for i := range timexes {
		t := &timexes[i]
		var month, dom, wd int
		switch first, _, _ := strings.Cut(t.Value, "/"); {
		case e.weekday == nil && scan(t.Value, "XXXX-WXX-%d", &wd):
			e.weekday = t
			if e.wd == 0 {
				e.wd = wd
			}
		case scan(first, "XXXX-%d-%d", &month, &dom):
			if scan(first, "XXXX-%d-%d-W%d", &month, &dom, &wd) && (e.day == nil || e.weekday != e.day) {
				e.day, e.weekday, e.month, e.dom, e.wd = t, t, month, dom, wd // both in one: Tuesday, 18 June
			} else if e.day == nil {
				e.day, e.month, e.dom = t, month, dom
			}
		case t.Granularity == "day" && !t.From.IsZero() && e.full == nil && doc.SentenceOf(doc.TokenAt(t.Start)) == 0:
			e.full = t
		case t.Granularity == "year" && !t.From.IsZero() && t.Certainty > 0.9 && t.From.Year() <= latestYear && (e.year == nil || t.From.After(e.year.From)):
			e.year = t
		}
	}
	return e
}

func scan(s, format string, into ...any) bool {
	n, err := fmt.Sscanf(s, format, into...)
	return err == nil && n == len(into)
}

// years gives the years to consider, the likeliest first.
func (e *evidence) years(bounds []Bound) []int {
	if e.weekday == nil || e.day == nil {
		return nil
	}
	from, to := earliestYear, latestYear
	for _, b := range bounds {
		if !b.NotBefore.IsZero() {
			from = max(from, b.NotBefore.Year())
		}
		if !b.NotAfter.IsZero() {
			to = min(to, b.NotAfter.Year())
		}
	}
	looked := 0 // the year that the text looks back on
	if e.year != nil && e.year.From.Year() <= to {
		looked = e.year.From.Year()
		from = max(from, looked)
	}
	var ys []int
	for y := from; y <= to; y++ {
		ys = append(ys, y)
	}
	sort.SliceStable(ys, func(i, j int) bool { return ys[i] != looked && ys[j] == looked })
	return ys
}

// candidate gives the day of the evidence in year y if it falls on the weekday and within all bounds.
func (e *evidence) candidate(doc *text.Doc, y int, bounds []Bound) (c news.DateCandidate, ok bool) {
	if e.month < 1 || e.month > 12 || e.dom < 1 || e.dom > lastDay(gregorian, y, e.month) {
		return c, false
	}
	c.Day = day(y, time.Month(e.month), e.dom)
	if isoWeekday(c.Day) != e.wd {
		return c, false
	}
	words := func(t *news.Timex) string { return doc.Text[t.Start:t.End] }
	c.Reason = "weekday:" + words(e.weekday) + "+day:" + words(e.day)
	c.Spans = append(c.Spans, e.weekday.Span)
	if e.day != e.weekday {
		c.Spans = append(c.Spans, e.day.Span)
	}
	if e.year != nil && e.year.From.Year() <= y {
		c.Reason += "+not-before:" + words(e.year)
		c.Spans = append(c.Spans, e.year.Span)
	}
	for _, b := range bounds {
		if !b.NotBefore.IsZero() && c.Day.Before(b.NotBefore) || !b.NotAfter.IsZero() && c.Day.After(b.NotAfter) {
			return c, false
		}
		if b.Reason != "" {
			c.Reason += "+" + b.Reason
			c.Spans = append(c.Spans, b.Spans...)
		}
	}
	return c, true
}
