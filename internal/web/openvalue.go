package web

import (
	"html/template"
	"regexp"
	"strconv"
	"time"

	"marsad/internal/i18n"
)

var (
	openWeekday = regexp.MustCompile(`^XXXX-WXX-([1-7])$`)
	openDay     = regexp.MustCompile(`^XXXX-(\d\d)-(\d\d)$`)
	openMonth   = regexp.MustCompile(`^XXXX-(\d\d)$`)
	oneLength   = regexp.MustCompile(`^P(T?)(\d{1,6})([YMWDHS])$`)
	openRefs    = map[string]string{"PAST_REF": "mark.past", "FUTURE_REF": "mark.future", "PRESENT_REF": "mark.present"}
)

// open says a TIMEX3 value that no calendar day answers to: a weekday of no week, a day of no year, a length of time. A value that it
// does not know is shown as it is.
func open(w *i18n.Printer, value string) string {
	plain := func(s string) template.HTML { return template.HTML(s) }
	if m := openWeekday.FindStringSubmatch(value); m != nil {
		d, _ := strconv.Atoi(m[1]) // a digit
		return w.Text("mark.weekday", "day", plain(w.Weekday(time.Weekday(d%7))))
	}
	if m := openDay.FindStringSubmatch(value); m != nil {
		month, _ := strconv.Atoi(m[1])
		day, _ := strconv.Atoi(m[2])
		if month >= 1 && month <= 12 && day >= 1 && day <= 31 {
			return w.Text("mark.no-year", "date", plain(w.DayOf(time.Month(month), day)))
		}
	}
	if m := openMonth.FindStringSubmatch(value); m != nil {
		if month, _ := strconv.Atoi(m[1]); month >= 1 && month <= 12 {
			return w.Text("mark.no-year", "date", plain(w.MonthName(time.Month(month))))
		}
	}
	if m := oneLength.FindStringSubmatch(value); m != nil {
		n, _ := strconv.Atoi(m[2]) // at most six digits
		unit := map[string]string{"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}[m[1]+m[3]]
		if unit != "" {
			return w.Text("length."+unit, "n", n)
		}
	}
	if key := openRefs[value]; key != "" {
		return w.Text(key)
	}
	return w.Text("mark.open", "value", value)
}
