package i18n

import (
	"fmt"
	"html/template"
	"time"
)

// Clock gives hours and minutes in the reader's zone: 08:45.
func (p *Printer) Clock(t time.Time) string { return p.digits(t.In(p.zone).Format("15:04")) }

// Day gives weekday and date: "Tuesday 18 June 2024". For a moment take it In the reader's zone first, which Date does.
func (p *Printer) Day(t time.Time) string { return p.date("date.full", t) }

// ShortDay gives day and month, with the year where it is not this one.
func (p *Printer) ShortDay(t time.Time) string {
	if t.Year() != p.now.In(p.zone).Year() {
		return p.date("date.year", t)
	}
	return p.date("date.short", t)
}

// Days gives the first and the last of some days in one month: "8–9 March 2026".
func (p *Printer) Days(first, last time.Time) string {
	span := fmt.Sprintf("%d–%d", first.Day(), last.Day()) // in a line from right to left the first stands to the right, as it is read
	return p.pattern("date.year", first.Weekday(), span, first.Month(), first.Year())
}

// Weekday gives the name of a weekday.
func (p *Printer) Weekday(d time.Weekday) string { return p.c.lists["date.weekdays"][int(d)] }

// MonthName gives the name of a month where it stands alone.
func (p *Printer) MonthName(m time.Month) string {
	if alone := p.c.lists["date.months-alone"]; alone != nil {
		return alone[int(m)-1]
	}
	return p.c.lists["date.months"][int(m)-1]
}

// DayOf gives a day of no year: "24 February".
func (p *Printer) DayOf(m time.Month, day int) string {
	return p.pattern("date.short", 0, p.dayNumber(day), m, 0)
}

// Month gives month and year.
func (p *Printer) Month(t time.Time) string { return p.date("date.month", t) }

// DateAs gives a day by a pattern of the locale's: a phrase with the holes weekday, day, month, alone and year.
func (p *Printer) DateAs(pattern string, t time.Time) string { return p.date(pattern, t) }

func (p *Printer) date(pattern string, t time.Time) string {
	return p.pattern(pattern, t.Weekday(), p.dayNumber(t.Day()), t.Month(), t.Year())
}

// pattern fills a pattern of dates. A language whose months have a form of their own where they stand alone has both: {month} is the
// form within a date, {alone} the other.
func (p *Printer) pattern(key string, weekday time.Weekday, day string, m time.Month, year int) string {
	h := func(s string) template.HTML { return template.HTML(s) } // plain text: written as it is
	within := p.c.lists["date.months"]
	return p.Text(key, "weekday", h(p.Weekday(weekday)), "day", h(p.digits(day)), "month", h(within[int(m)-1]), "alone", h(p.MonthName(m)),
		"year", h(p.digits(fmt.Sprint(year))))
}

// dayNumber gives the number of a day: 18, in French 1er for the first.
func (p *Printer) dayNumber(day int) string {
	if day == 1 && p.c.Tag == "fr" {
		return "1er"
	}
	return fmt.Sprint(day)
}

// ZoneName gives the offset of the reader's zone at a moment: UTC, UTC+3, UTC+5:30. It reads the same in both directions when isolated.
func (p *Printer) ZoneName(t time.Time) string { return p.digits(offset(t.In(p.zone))) }

func offset(t time.Time) string {
	_, seconds := t.Zone()
	if seconds == 0 {
		return "UTC"
	}
	sign := "+"
	if seconds < 0 {
		sign, seconds = "\u2212", -seconds
	}
	if m := seconds % 3600 / 60; m != 0 {
		return fmt.Sprintf("UTC%s%d:%02d", sign, seconds/3600, m)
	}
	return fmt.Sprintf("UTC%s%d", sign, seconds/3600)
}

// Full gives a moment with day, clock and zone: "Tuesday 18 June 2024, 08:45 (UTC+3)".
func (p *Printer) Full(t time.Time) string {
	return p.moment(t.In(p.zone))
}

// Source gives a moment in the zone that it was written in, as the publisher saw it.
func (p *Printer) Source(t time.Time) string { return p.moment(t) }

func (p *Printer) moment(t time.Time) string {
	h := func(s string) template.HTML { return template.HTML(s) }
	return p.Text("date.moment", "day", h(p.Day(t)), "clock", h(p.digits(t.Format("15:04"))), "zone", h(Isolate(p.digits(offset(t)))))
}

// Short gives what a list needs of a moment: the clock today, day and clock otherwise.
func (p *Printer) Short(t time.Time) string {
	l, now := t.In(p.zone), p.now.In(p.zone)
	if l.YearDay() == now.YearDay() && l.Year() == now.Year() {
		return p.Clock(t)
	}
	return p.Text("date.brief", "day", template.HTML(p.ShortDay(l)), "clock", template.HTML(p.Clock(t)))
}

// Time gives a moment as an HTML time element: short to see, whole in its title.
func (p *Printer) Time(t time.Time) template.HTML { return p.element(t, p.Short(t)) }

// ClockTime gives the clock alone as an HTML time element.
func (p *Printer) ClockTime(t time.Time) template.HTML { return p.element(t, p.Clock(t)) }

// AgoTime gives the age of a moment as an HTML time element.
func (p *Printer) AgoTime(t time.Time) template.HTML { return p.element(t, p.Ago(t)) }

func (p *Printer) element(t time.Time, shown string) template.HTML {
	if t.IsZero() {
		return p.T("date.never")
	}
	return template.HTML(fmt.Sprintf(`<time datetime="%s" title="%s">%s</time>`, t.UTC().Format(time.RFC3339),
		template.HTMLEscapeString(p.Full(t)), template.HTMLEscapeString(shown)))
}

// Ago says how long a moment is past, or "now" within half a minute either way, or how long it is ahead.
func (p *Printer) Ago(t time.Time) string {
	switch d := p.now.Sub(t); {
	case t.IsZero():
		return p.Text("date.never")
	case d > 30*time.Second:
		return p.Text("date.ago", "span", template.HTML(p.Length(d)))
	case d < -30*time.Second:
		return p.Text("date.ahead", "span", template.HTML(p.Length(-d)))
	}
	return p.Text("date.now")
}

// Length says a duration in its largest fitting unit, rounded: 22 minutes, 3 hours, 2 days.
func (p *Printer) Length(d time.Duration) string {
	if d < 0 {
		d = -d
	}
	unit, size := "second", time.Second
	switch {
	case d >= 48*time.Hour:
		unit, size = "day", 24*time.Hour
	case d >= 100*time.Minute:
		unit, size = "hour", time.Hour
	case d >= 90*time.Second:
		unit, size = "minute", time.Minute
	}
	n := int((d + size/2) / size)
	if n == 60 && unit != "hour" {
		unit, n = map[string]string{"second": "minute", "minute": "hour"}[unit], 1
	}
	return p.Text("length."+unit, "n", n)
}
