package timex

import (
	"strings"
	"time"

	"marsad/news"
)

// A clock time alone is one of the day of publication, unless its sentence names a day: "on Thursday, 3 December, at 10:30 (08:30 GMT)". Then
// it is one of that day.

// moor puts the clock times of a paragraph that have no day of their own on the day beside them.
func (p *parser) moor(ts []news.Timex, anchor news.Stamp) {
	if len(p.afloat) == 0 || !anchor.Known() {
		return
	}
	for i := range ts {
		if !p.floats(ts[i].Start) {
			continue
		}
		if d := p.dayBeside(ts, i); d != nil {
			onDay(&ts[i], d, anchor)
		}
	}
}

func (p *parser) floats(start int) bool {
	for _, s := range p.afloat {
		if s == start {
			return true
		}
	}
	return false
}

// dayBeside gives the day that the sentence of ts[i] names before it, or close behind it; nil where it names none.
func (p *parser) dayBeside(ts []news.Timex, i int) *news.Timex {
	const near = 80 // bytes behind
	sentence := p.doc.SentenceOf(p.doc.TokenAt(ts[i].Start))
	same := func(t *news.Timex) bool { return p.doc.SentenceOf(p.doc.TokenAt(t.Start)) == sentence }
	for k := i - 1; k >= 0 && same(&ts[k]); k-- {
		if isDay(&ts[k]) && !p.floats(ts[k].Start) {
			return &ts[k]
		}
	}
	for k := i + 1; k < len(ts) && same(&ts[k]) && ts[k].Start-ts[i].End < near; k++ {
		if isDay(&ts[k]) && !p.floats(ts[k].Start) {
			return &ts[k]
		}
	}
	return nil
}

// isDay tells whether a finding is one day, or a time of one.
func isDay(t *news.Timex) bool {
	switch t.Type {
	case news.Date:
		return t.Granularity == "day" && t.To.Sub(t.From) < 26*time.Hour
	case news.Time:
		return !t.From.IsZero() && len(t.Value) > 10
	}
	return false
}

// onDay moves a time from the day of the anchor to day d, whose certainty it takes where that is less.
func onDay(t, d *news.Timex, anchor news.Stamp) {
	zone := anchor.Time.Location()
	from, a := d.From.In(zone), anchor.Time
	days := int(civil(day(from.Year(), from.Month(), from.Day()), time.UTC).Sub(day(a.Year(), a.Month(), a.Day())).Hours() / 24)
	if days == 0 {
		return
	}
	t.From, t.To = t.From.AddDate(0, 0, days), t.To.AddDate(0, 0, days)
	if at := strings.IndexByte(t.Value, 'T'); at >= 0 {
		t.Value = day(from.Year(), from.Month(), from.Day()).Format("2006-01-02") + t.Value[at:]
	}
	t.Certainty = min(t.Certainty, d.Certainty)
}
