package page

import (
	"strings"
	"time"

	"marsad/news"
)

// A page speaks of no day outside these years.
const firstYear, lastYear = 1990, 2099

// dateReader reads moments from machine stamps and from dates in words.
type dateReader struct {
	lex      *lexicon
	monthDay bool // 6/7/2020 is the seventh of June
	tokens   []dateToken
	changed  news.Stamp // the time of change that the last text gave
}

// stamp reads the moment of publication in s: the first that its words do not call a time of change. Of the latter the first stays
// in d.changed.
func (d *dateReader) stamp(s string, from news.Evidence) (news.Stamp, bool) {
	d.changed = news.Stamp{}
	s = strings.TrimSpace(s)
	if len(s) > 400 {
		s = s[:400]
	}
	if st, ok := isoStamp(s); ok {
		st.From = from
		if st.DayOnly && len(s) > len("2006-01-02+") {
			d.cut(s)
			d.clock(&st, dayFound{}, 0, len(d.tokens))
		}
		return st, true
	}
	if st, ok := epochStamp(s); ok {
		st.From = from
		return st, true
	}
	found := d.days(s)
	for k, f := range found {
		st := news.Stamp{Time: f.day, DayOnly: true, From: from}
		after, next := 0, len(d.tokens)
		if k > 0 {
			after = found[k-1].to
		}
		if k+1 < len(found) {
			next = found[k+1].from
		}
		d.clock(&st, f, after, next)
		if !f.changed {
			return st, true
		}
		if !d.changed.Known() {
			d.changed = st
		}
	}
	return news.Stamp{}, false
}

// isoStamp reads 2020-06-07, 2020-06-07T10:00:00Z and their relatives at the beginning of s.
func isoStamp(s string) (news.Stamp, bool) {
	if len(s) < 8 || !digits(s[:4]) {
		return news.Stamp{}, false
	}
	y, rest := number(s[:4]), s[4:]
	var m, day int
	switch {
	case len(rest) >= 6 && (rest[0] == '-' || rest[0] == '/' || rest[0] == '.') && rest[3] == rest[0] && digits(rest[1:3]) && digits(rest[4:6]):
		m, day, rest = number(rest[1:3]), number(rest[4:6]), rest[6:]
	case len(rest) >= 4 && digits(rest[:4]) && (len(rest) == 4 || !digits(rest[4:5]) || len(rest) == 10 && digits(rest)):
		m, day, rest = number(rest[:2]), number(rest[2:4]), rest[4:]
	default:
		return news.Stamp{}, false
	}
	date, ok := makeDay(y, m, day)
	if !ok || rest != "" && digits(rest[:1]) && len(rest) != 6 {
		return news.Stamp{}, false
	}
	st := news.Stamp{Time: date, DayOnly: true}
	isoClock(&st, strings.TrimLeft(rest, "Tt ,-+"), rest)
	return st, true
}

// isoClock reads the clock and zone that follow an ISO date.
func isoClock(st *news.Stamp, s, whole string) {
	if len(s) < 5 || !digits(s[:2]) || s[2] != ':' || !digits(s[3:5]) {
		return
	}
	if strings.HasPrefix(whole, "-") || strings.HasPrefix(whole, "+") {
		return // 2020-06-07+02:00 is a zone, not a clock
	}
	h, m, sec := number(s[:2]), number(s[3:5]), 0
	s = s[5:]
	if len(s) >= 3 && s[0] == ':' && digits(s[1:3]) {
		sec, s = number(s[1:3]), s[3:]
	} else if len(s) >= 2 && s[0] == ':' && digits(s[1:2]) {
		sec, s = number(s[1:2]), s[2:]
	}
	if len(s) > 1 && (s[0] == '.' || s[0] == ',') {
		s = strings.TrimLeft(s[1:], "0123456789")
	}
	if h > 23 || m > 59 || sec > 60 {
		return
	}
	if t := strings.TrimSpace(s); len(t) >= 2 && (t[0]|0x20 == 'p' || t[0]|0x20 == 'a') && t[1]|0x20 == 'm' {
		h = h%12 + 12*b2i(t[0]|0x20 == 'p')
	}
	zone, known := zoneOf(strings.TrimSpace(s))
	y, mo, d := st.Time.Date()
	st.Time, st.DayOnly, st.Zoned = time.Date(y, mo, d, h, m, sec, 0, zone), false, known
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// zones are the abbreviations that name one offset wherever news is written, in hours.
var zones = map[string]int{"z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "et": -5, "cet": 1, "cest": 2, "msk": 3, "eet": 2, "eest": 3, "kst": 9, "jst": 9, "wib": 7}

// zoneOf reads an offset at the beginning of s; known is false where there is none, and the zone UTC.
func zoneOf(s string) (zone *time.Location, known bool) {
	low := strings.ToLower(s)
	word := low[:len(low)-len(strings.TrimLeft(low, "abcdefghijklmnopqrstuvwxyz"))]
	if hours, ok := zones[word]; ok && word != "" {
		rest := low[len(word):]
		if hours != 0 || rest == "" || rest[0] != '+' && rest[0] != '-' {
			if hours == 0 {
				return time.UTC, true
			}
			return time.FixedZone("", hours*3600), true
		}
		s = rest
	}
	if len(s) < 3 || s[0] != '+' && s[0] != '-' || !digits(s[1:2]) {
		return time.UTC, false
	}
	sign := 1
	if s[0] == '-' {
		sign = -1
	}
	s = s[1:]
	n := 0
	for n < len(s) && n < 2 && digits(s[n:n+1]) {
		n++
	}
	h, m := number(s[:n]), 0
	s = strings.TrimPrefix(s[n:], ":")
	if len(s) >= 2 && digits(s[:2]) {
		m = number(s[:2])
	}
	if h > 14 || m > 59 {
		return time.UTC, false
	}
	if h == 0 && m == 0 {
		return time.UTC, true
	}
	return time.FixedZone("", sign*(h*3600+m*60)), true
}

// epochStamp reads seconds or milliseconds since 1970.
func epochStamp(s string) (news.Stamp, bool) {
	if (len(s) != 10 && len(s) != 13) || !digits(s) || s[0] == '0' || s[0] > '3' {
		return news.Stamp{}, false
	}
	var n int64
	for _, c := range []byte(s[:10]) {
		n = n*10 + int64(c-'0')
	}
	t := time.Unix(n, 0).UTC()
	return news.Stamp{Time: t, Zoned: true}, t.Year() >= firstYear && t.Year() <= lastYear
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func number(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

func makeDay(y, m, d int) (time.Time, bool) {
	if y >= 1340 && y <= 1440 { // the Persian calendar
		y, m, d = fromPersian(y, m, d)
	}
	if y >= 2533 && y <= 2643 { // the Thai calendar
		y -= 543
	}
	if y < firstYear || y > lastYear || m < 1 || m > 12 || d < 1 || d > 31 {
		return time.Time{}, false
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == d
}

// fromPersian turns a day of the Persian calendar (Solar Hijri) into a Gregorian one, by the 33-year rule that holds from 1244
// to 1472.
func fromPersian(y, m, d int) (int, int, int) {
	days := 365*(y-1) + (8*(y-1)+29)/33 + d - 1
	if m <= 7 {
		days += 31 * (m - 1)
	} else {
		days += 186 + 30*(m-7)
	}
	// 1 Farvardin 1399 was 20 March 2020.
	const anchorYear = 1399
	anchor := 365*(anchorYear-1) + (8*(anchorYear-1)+29)/33
	t := time.Date(2020, 3, 20, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days-anchor)
	return t.Year(), int(t.Month()), t.Day()
}
