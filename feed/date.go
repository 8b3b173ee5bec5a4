package feed

import (
	"regexp"
	"strings"
	"time"
)

// layouts are the ways in which feeds write a moment, after tidy. More exact ones come first.
var layouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05.999999999-0700", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04Z07:00", "2006-01-02T15:04-0700",
	"2006-01-02T15:04", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05-07:00", "2006-01-02 15:04:05-0700", "2006-01-02 15:04:05.999999999",
	"2006-01-02 15:04", "2006-01-02", "2006-01", "2006", "20060102T150405Z0700", "20060102", "2006-002",
	"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04 -0700", "2 Jan 2006 15:04:05", "2 Jan 2006 15:04", "2 Jan 2006",
	"2 Jan 06 15:04:05 -0700", "2 Jan 06 15:04 -0700", "2 Jan 06 15:04:05", "2 Jan 06",
	"Jan 2 2006 15:04:05 -0700", "Jan 2 2006 15:04:05", "Jan 2 2006 15:04", "Jan 2 2006", "Jan 2 15:04:05 2006", "Jan 2 15:04:05 -0700 2006",
	"2 January 2006 15:04:05 -0700", "2 January 2006 15:04", "2 January 2006", "January 2 2006 15:04:05", "January 2 2006", "2006/01/02 15:04:05", "2006/01/02",
	"02.01.2006 15:04:05", "02.01.2006 15:04", "02.01.2006", "01/02/2006 15:04:05 -0700", "01/02/2006",
}

// zones are the names of zones that RFC 822 and American feeds use, and the few others that are met and mean one thing.
var zones = map[string]string{
	"UT": "+0000", "UTC": "+0000", "GMT": "+0000", "Z": "+0000", "WET": "+0000", "BST": "+0100", "WEST": "+0100", "CET": "+0100", "CEST": "+0200",
	"MEZ": "+0100", "MESZ": "+0200", "EET": "+0200", "EEST": "+0300", "MSK": "+0300", "EDT": "-0400", "EST": "-0500", "CDT": "-0500", "CST": "-0600",
	"MDT": "-0600", "MST": "-0700", "PDT": "-0700", "PST": "-0800", "AKST": "-0900", "AKDT": "-0800", "HST": "-1000", "JST": "+0900", "KST": "+0900",
	"IDT": "+0300", "GST": "+0400", "PKT": "+0500", "NZST": "+1200", "NZDT": "+1300", "AEST": "+1000", "AEDT": "+1100", "ET": "-0500", "CT": "-0600", "MT": "-0700", "PT": "-0800",
}

var (
	weekday   = regexp.MustCompile(`^(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*`)
	zoneName  = regexp.MustCompile(`\s+\(?([A-Z]{1,5})\)?(\s+\d{4})?$`)
	spacedUTC = regexp.MustCompile(`(?:GMT|UTC)\s*([+-]\d{2}):?(\d{2})`)
	colonZone = regexp.MustCompile(`(\s[+-]\d{2}):(\d{2})$`)
)

// date reads a moment as a feed writes it; the zero time where it is none, or lies where no news can be from. A time without a zone
// is UTC.
func date(s string) time.Time {
	s = tidy(s)
	if s == "" || len(s) > 64 {
		return time.Time{}
	}
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil {
			if t.Year() < 1970 || t.Year() > 2200 {
				return time.Time{}
			}
			return t
		}
	}
	return time.Time{}
}

// tidy brings the many ways of writing a date to few: no weekday, no commas, zones as numbers, single spaces.
func tidy(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = weekday.ReplaceAllString(s, "")
	s = strings.ReplaceAll(strings.ReplaceAll(s, ",", " "), " at ", " ")
	s = strings.ReplaceAll(s, "Sept ", "Sep ")
	s = spacedUTC.ReplaceAllString(s, "$1$2")
	s = colonZone.ReplaceAllString(s, "$1$2")
	if m := zoneName.FindStringSubmatchIndex(s); m != nil {
		if z, ok := zones[s[m[2]:m[3]]]; ok {
			s = s[:m[0]] + " " + z + s[m[3]:]
			s = strings.TrimSuffix(s, ")")
		}
	}
	return strings.Join(strings.Fields(s), " ")
}
