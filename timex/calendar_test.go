package timex

import (
	"testing"
	"time"
)

func TestCalendars(t *testing.T) {
	for _, c := range []struct {
		cal  calendar
		y, m int
		want string // the first day of month m
	}{
		{jalali, 1399, 1, "2020-03-20"}, {jalali, 1400, 1, "2021-03-21"}, {jalali, 1403, 1, "2024-03-20"}, {jalali, 1404, 1, "2025-03-21"},
		{jalali, 1403, 7, "2024-09-22"}, {jalali, 1357, 11, "1979-01-21"},
		{hebrew, 5784, 1, "2023-09-16"}, {hebrew, 5785, 1, "2024-10-03"}, {hebrew, 5784, 8, "2024-04-09"}, {hebrew, 5785, 8, "2025-03-30"},
		{hebrew, 5784, 7, "2024-03-11"}, {hebrew, 5708, 9, "1948-05-10"},
		{hijri, 1444, 9, "2023-03-23"}, {hijri, 1445, 9, "2024-03-11"}, {hijri, 1, 1, "0622-07-19"},
		{gregorian, 2024, 2, "2024-02-01"},
	} {
		got := monthStart(c.cal, c.y, c.m)
		if s := got.Format(time.DateOnly); s != c.want {
			t.Errorf("calendar %d: month %d of %d begins on %s, want %s", c.cal, c.m, c.y, s, c.want)
		}
		if y := yearAt(c.cal, got); y != c.y {
			t.Errorf("calendar %d: %s is in year %d, want %d", c.cal, c.want, y, c.y)
		}
	}
}

func TestCalendarsHaveNoGaps(t *testing.T) {
	for _, c := range []struct {
		cal      calendar
		from, to int
		least    int // days of a month
	}{{gregorian, 1890, 2110, 28}, {hijri, 1300, 1500, 29}, {jalali, 1250, 1450, 29}, {hebrew, 5650, 5850, 0}} {
		at := monthStart(c.cal, c.from, 1)
		for y := c.from; y < c.to; y++ {
			for m := 1; m <= months(c.cal); m++ {
				if got := monthStart(c.cal, y, m); !got.Equal(at) {
					t.Fatalf("calendar %d: month %d of %d begins on %v, the one before ended on %v", c.cal, m, y, got, at)
				}
				days := lastDay(c.cal, y, m)
				if days > 31 || days < c.least {
					t.Fatalf("calendar %d: month %d of %d has %d days", c.cal, m, y, days)
				}
				at = at.AddDate(0, 0, days)
			}
		}
	}
}
