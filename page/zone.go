package page

import (
	"strings"
	"time"
)

// country is the time that a country's clocks show: minutes east of Greenwich at its western and at its eastern end, summer time
// included. Where the two differ only by the European summer time, europe is set.
type country struct {
	west, east int
	europe     bool
}

// countries are the times of countries by the end of their hosts' names. Ends that are sold to everybody (.tv, .co, .io, .me) are left
// out.
var countries = clocks(map[string]string{
	"0 60 europe":    "uk ie pt",
	"60 120 europe":  "de at ch it fr es nl be lu pl cz sk hu si hr rs ba mk al no se dk mt xk",
	"120 180 europe": "fi ee lv lt ua ro bg gr cy",
	"120 180":        "il lb md eg",
	"0 0":            "is gh sn ci ml bf gm sl",
	"0 60":           "ma",
	"60 60":          "dz tn ng cm ga ao td ne bj",
	"120 120":        "za zm zw mz bw rw ly sd na mw",
	"180 180":        "tr by sa iq kw qa bh ye jo sy et ke tz ug so",
	"120 720":        "ru",
	"210 270":        "ir",
	"240 240":        "ae om am az ge",
	"270 270":        "af",
	"300 300":        "pk uz tj tm",
	"300 360":        "kz",
	"330 330":        "in lk",
	"345 345":        "np",
	"360 360":        "bd kg bt",
	"390 390":        "mm",
	"420 420":        "th vn kh",
	"420 540":        "id",
	"480 480":        "cn tw hk sg my ph mo bn",
	"540 540":        "jp kr kp",
	"480 660":        "au",
	"720 780":        "nz",
	"-480 -150":      "ca",
	"-600 -240":      "us",
	"-480 -300":      "mx",
	"-300 -120":      "br",
	"-180 -180":      "ar uy",
	"-240 -180":      "cl py",
	"-240 -240":      "bo ve do",
	"-300 -300":      "pe ec pa jm",
	"-360 -360":      "gt cr sv hn ni",
	"-300 -240":      "cu",
})

func clocks(lists map[string]string) map[string]country {
	table := map[string]country{}
	for times, ends := range lists {
		f := strings.Fields(times)
		c := country{minutes(f[0]), minutes(f[1]), len(f) == 3}
		for _, end := range strings.Fields(ends) {
			table[end] = c
		}
	}
	return table
}

func minutes(s string) int {
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		return -number(rest)
	}
	return number(s)
}

// countryDay gives the moment t on the clocks of the country that a host belongs to; ok where all of its clocks show the same day.
// Where they do not show the same time, only the day is meant.
func countryDay(host string, t time.Time) (local time.Time, exact, ok bool) {
	c, known := countries[host[strings.LastIndexByte(host, '.')+1:]]
	if !known {
		return t, false, false
	}
	if c.europe {
		if summer(t) {
			c.west = c.east
		} else {
			c.east = c.west
		}
	}
	a := t.In(time.FixedZone("", c.west*60))
	b := t.In(time.FixedZone("", c.east*60))
	return a, c.west == c.east, dayOf(a).Equal(dayOf(b))
}

// summer tells whether Europe has summer time at t: from the last Sunday of March to that of October, at one o'clock in UTC.
func summer(t time.Time) bool {
	t = t.UTC()
	return !t.Before(lastSunday(t.Year(), time.March)) && t.Before(lastSunday(t.Year(), time.October))
}

func lastSunday(year int, month time.Month) time.Time {
	t := time.Date(year, month+1, 0, 1, 0, 0, 0, time.UTC)
	return t.AddDate(0, 0, -int(t.Weekday()))
}

// pageDay gives the moment t on the clock that the page's own scripts show beside other moments: 23:00:00 -0400. ok where all clocks
// that they show give the same day.
func pageDay(t *tree, at time.Time) (local time.Time, ok bool) {
	left, days := maxScriptBytes, 0
	for i := range t.nodes {
		n := &t.nodes[i]
		if n.tag != tagScript || left <= 0 {
			continue
		}
		s := n.text[:min(len(n.text), left)]
		left -= len(s)
		for j := 0; ; {
			k := strings.IndexByte(s[j:], ':')
			if k < 0 {
				break
			}
			j += k + 1
			off, found := offsetBehind(s[max(0, j-3):min(len(s), j+14)])
			if !found {
				continue
			}
			u := at.In(time.FixedZone("", off*60))
			if days > 0 && !dayOf(u).Equal(dayOf(local)) {
				return at, false
			}
			local, days = u, days+1
		}
	}
	return local, days > 0
}

// offsetBehind reads the offset from UTC behind a clock that s begins with (23:00 -0400, 00:00.000-04:00), in minutes. UTC itself tells
// nothing.
func offsetBehind(s string) (minutes int, ok bool) {
	if len(s) < 10 || !digits(s[:2]) || s[2] != ':' || !digits(s[3:5]) {
		return 0, false
	}
	s = s[5:]
	if s[0] == '.' {
		s = strings.TrimLeft(s[1:], "0123456789")
	}
	s = strings.TrimPrefix(s, " ")
	if len(s) < 5 || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	z := strings.Replace(s[1:], ":", "", 1)
	if len(z) < 4 || !digits(z[:4]) || number(z[:2]) > 14 || number(z[2:4]) > 59 {
		return 0, false
	}
	minutes = number(z[:2])*60 + number(z[2:4])
	if s[0] == '-' {
		minutes = -minutes
	}
	return minutes, minutes != 0
}
