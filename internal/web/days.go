package web

import (
	"strings"
	"time"
	"unicode/utf8"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
	"marsad/timex"
)

// mostDay is how long a day in words may be.
const mostDay = 80

// typedDays reads days that somebody typed, as an ISO date, month or year, or in the words of the interface's language or in English:
// "2026-03-01", "yesterday", "last week". They are whole days of the reader's zone, half open.
func (v *visit) typedDays(typed string) (from, to time.Time, ok bool) {
	typed = strings.TrimSpace(plainDigits(typed))
	if typed == "" || len(typed) > mostDay {
		return from, to, false
	}
	zone := v.words.Zone()
	for layout, next := range map[string][3]int{time.DateOnly: {0, 0, 1}, "2006-01": {0, 1, 0}, "2006": {1, 0, 0}} {
		if t, err := time.ParseInLocation(layout, typed, zone); err == nil {
			return t, t.AddDate(next[0], next[1], next[2]), true
		}
	}
	for _, lang := range []string{v.words.Lang(), "en"} {
		if from, to, ok = daysInWords(typed, lang, v.words.Now().In(zone)); ok {
			return from, to, true
		}
	}
	return from, to, false
}

// preposition is how long a word before the days may be, such as "on", "im" or "на".
const preposition = 3

// daysInWords reads days in the words of a language. They must be all that was typed: who typed more means something else.
func daysInWords(typed, lang string, now time.Time) (from, to time.Time, ok bool) {
	found := timex.Find(text.Analyze(typed, pack.For(lang)), news.Stamp{Time: now, Zoned: true})
	if len(found) != 1 {
		return from, to, false
	}
	x := found[0]
	before := strings.TrimSpace(typed[:x.Start])
	if x.From.IsZero() || x.To.IsZero() || x.Type == news.Time || strings.TrimSpace(typed[x.End:]) != "" || utf8.RuneCountInString(before) > preposition {
		return from, to, false
	}
	day := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, now.Location())
	}
	from, to = day(x.From), day(x.To)
	if x.To.Hour()+x.To.Minute() > 0 || !to.After(from) { // it ends within a day
		to = to.AddDate(0, 0, 1)
	}
	return from, to, true
}

// plainDigits writes Arabic and Persian digits as European ones.
func plainDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		}
		return r
	}, s)
}
