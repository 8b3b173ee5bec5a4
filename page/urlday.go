package page

import (
	"strings"

	"marsad/news"
)

// urlDay finds the day that an address names: /2020/06/07/, /2020-06-07-, /20200607, /2020/jun/07/.
func urlDay(url string) (news.Stamp, bool) {
	_, path, ok := strings.Cut(url, "://")
	if !ok {
		path = url
	}
	i := strings.IndexByte(path, '/')
	if i < 0 {
		return news.Stamp{}, false
	}
	path, _, _ = strings.Cut(path[i:], "?")
	for i := 0; i+8 <= len(path); i++ {
		if i > 0 && isDigit(path[i-1]) || !isDigit(path[i]) {
			continue
		}
		if y, m, day, ok := dayFirstDay(path[i:]); ok {
			if t, ok := makeDay(y, m, day); ok && y >= 1995 {
				return news.Stamp{Time: t, DayOnly: true, From: news.FromURL}, true
			}
		}
		if y, m, day, ok := digitsDay(path[i:]); ok {
			if t, ok := makeDay(y, m, day); ok && y >= 1995 {
				return news.Stamp{Time: t, DayOnly: true, From: news.FromURL}, true
			}
		}
	}
	return news.Stamp{}, false
}

// dayFirstDay reads 29-10-2021 at the beginning of a part of an address. An address that may mean the month first tells nothing.
func dayFirstDay(s string) (y, m, d int, ok bool) {
	if len(s) < 10 || !digits(s[:2]) || s[2] != '-' || !digits(s[3:5]) || s[5] != '-' || !digits(s[6:10]) || len(s) > 10 && isDigit(s[10]) {
		return
	}
	d, m, y = number(s[:2]), number(s[3:5]), number(s[6:10])
	return y, m, d, d > 12 || d == m
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

var urlMonths = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// digitsDay reads year, month and day at the beginning of a part of an address.
func digitsDay(s string) (y, m, d int, ok bool) {
	if !digits(s[:4]) {
		return
	}
	y, s = number(s[:4]), s[4:]
	if len(s) >= 4 && digits(s[:4]) {
		return y, number(s[:2]), number(s[2:4]), len(s) == 4 || !isDigit(s[4])
	}
	sep := s[0]
	if sep != '/' && sep != '-' && sep != '_' && sep != '.' {
		return
	}
	s = s[1:]
	for k, name := range urlMonths {
		if sep == '/' && strings.HasPrefix(s, name+"/") {
			m, s = k+1, s[3:]
		}
	}
	for n := 0; m == 0 || n > 0 && n < 2; n++ {
		if n >= len(s) || !isDigit(s[n]) {
			if n == 0 {
				return
			}
			s = s[n:]
			break
		}
		m = m*10 + int(s[n]-'0')
		if n == 1 {
			s = s[2:]
			break
		}
	}
	if len(s) < 2 || s[0] != sep && s[0] != '/' || !isDigit(s[1]) {
		return
	}
	d = int(s[1] - '0')
	if len(s) > 2 && isDigit(s[2]) {
		d = d*10 + int(s[2]-'0')
		if len(s) > 3 && isDigit(s[3]) {
			return
		}
	} else if sep == '-' && len(s) > 2 && isAlpha(s[2]) {
		return
	}
	return y, m, d, true
}
