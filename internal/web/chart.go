package web

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"marsad/internal/i18n"
)

// spark draws articles an hour as small columns, the oldest at the side where reading begins. It says its highest value to those who
// cannot see it.
func spark(words *i18n.Printer, hourly []int) template.HTML {
	highest := 0
	for _, n := range hourly {
		highest = max(highest, n)
	}
	if highest == 0 || len(hourly) < 2 {
		return ""
	}
	const w, h = 120.0, 26.0
	var bars strings.Builder
	step := w / float64(len(hourly))
	for i, n := range hourly {
		if n > 0 {
			fmt.Fprintf(&bars, "M%.1f %.0fv%.1fh%.1fV%.0fz", float64(i)*step, h-1, -max(2.5, float64(n)*(h-2)/float64(highest)), step*.72, h-1)
		}
	}
	label := template.HTMLEscapeString(words.Text("now.spark", "n", highest))
	return template.HTML(fmt.Sprintf(`<svg class="spark flip" viewBox="0 0 120 26" role="img" aria-label="%[1]s"><title>%[1]s</title><path class="ground" d="M0 25.5h120"/><path d="%[2]s"/></svg>`, label, bars.String()))
}

// bar draws one row of a chart: a stretch of a line from 0 to 100.
func bar(from, to float64, class string) template.HTML {
	if to-from < 1.2 {
		to = from + 1.2
	}
	if to > 100 {
		from, to = from-(to-100), 100
	}
	return template.HTML(fmt.Sprintf(`<svg class="bar flip %s" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect x="%.1f" y="0" width="%.1f" height="8" rx="1" fill="currentColor"/></svg>`,
		class, from, to-from))
}

// column is one column of a histogram.
type column struct {
	Label string // a day
	N     int
	Href  string
	Title string
	Y, H  string // of a box 100 high
}

// columns scales counts to a box of height 100, leaving at least a hairline for what is not zero.
func columns(cs []column) []column {
	highest := 1
	for _, c := range cs {
		highest = max(highest, c.N)
	}
	for i := range cs {
		h := float64(cs[i].N) * 100 / float64(highest)
		if cs[i].N > 0 && h < 3 {
			h = 3
		}
		cs[i].H, cs[i].Y = fmt.Sprintf("%.1f", h), fmt.Sprintf("%.1f", 100-h)
	}
	return cs
}

// days lists the days from one to another, at most n of them, the latest kept.
func days(from, to time.Time, n int) []time.Time {
	var ds []time.Time
	for d := to; !d.Before(from) && len(ds) < n; d = d.AddDate(0, 0, -1) {
		ds = append([]time.Time{d}, ds...)
	}
	return ds
}
