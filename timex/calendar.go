package timex

import "time"

// calendar is a way of counting days.
type calendar uint8

const (
	gregorian calendar = iota
	hijri              // tabular, civil epoch, leap years 2 5 7 10 13 16 18 21 24 26 29 of thirty: within a day of what is seen
	jalali             // solar Hijri, by the 33-year cycle that holds from 1799 to 2256
	hebrew             // by the molad and its postponements
)

// months tells how many months a year can have.
func months(c calendar) int {
	if c == hebrew {
		return 13
	}
	return 12
}

// monthStart gives the first day of month m of year y. The Hebrew year begins with Tishri and always counts 13 months, Adar I of a
// common year being its only Adar.
func monthStart(c calendar, y, m int) time.Time {
	switch c {
	case hijri:
		return fromJulian(hijriDay(y, m))
	case jalali:
		return fromJulian(jalaliDay(y, m))
	case hebrew:
		return fromJulian(hebrewDay(y, m))
	}
	return day(y, time.Month(m), 1)
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// lastDay gives the number of days of a month.
func lastDay(c calendar, y, m int) int {
	from := monthStart(c, y, m)
	to := monthStart(c, y, m+1)
	if m == months(c) {
		to = monthStart(c, y+1, 1)
	}
	return int(to.Sub(from).Hours()+12) / 24
}

// yearAt gives the year of a calendar in which a day falls.
func yearAt(c calendar, t time.Time) int {
	y := t.Year()
	switch c {
	case gregorian:
		return y
	case hijri:
		y = (y - 622) * 33 / 32
	case jalali:
		y -= 622
	case hebrew:
		y += 3760
	}
	for !monthStart(c, y+1, 1).After(t) {
		y++
	}
	for monthStart(c, y, 1).After(t) {
		y--
	}
	return y
}

const unixJulian = 2440588 // Julian day number of 1 January 1970

func fromJulian(n int) time.Time { return day(1970, 1, 1).AddDate(0, 0, n-unixJulian) }

func hijriDay(y, m int) int {
	return 1 + (59*(m-1)+1)/2 + (y-1)*354 + floorDiv(3+11*y, 30) + 1948439
}

func jalaliDay(y, m int) int {
	days := 31 * (m - 1)
	if m > 7 {
		days = 186 + 30*(m-7)
	}
	// Leap years of the 33-year cycle: 1 5 9 13 17 22 26 30 of (y mod 33); 1 Farvardin 1403 was 20 March 2024.
	leaps := func(y int) int { return y/33*8 + leapsIn(y%33) }
	return 2460390 + (y-1403)*365 + leaps(y-1) - leaps(1402) + days
}

func leapsIn(r int) int {
	n := 0
	for _, l := range []int{1, 5, 9, 13, 17, 22, 26, 30} {
		if r >= l {
			n++
		}
	}
	return n
}

func hebrewElapsed(y int) int {
	months := floorDiv(235*y-234, 19)
	parts := 12084 + 13753*months
	d := 29*months + floorDiv(parts, 25920)
	if (3*(d+1))%7 < 3 {
		d++
	}
	return d
}

func hebrewNewYear(y int) int {
	last, this, next := hebrewElapsed(y-1), hebrewElapsed(y), hebrewElapsed(y+1)
	d := this + 347997 // day number of the epoch, less one
	switch {
	case next-this == 356:
		d += 2
	case this-last == 382:
		d++
	}
	return d + 1
}

func hebrewDay(y, m int) int {
	d := hebrewNewYear(y)
	length := hebrewNewYear(y+1) - d
	leap := length > 370
	for i := 1; i < m; i++ {
		switch i {
		case 2: // Heshvan
			d += 29
			if length%10 == 5 {
				d++
			}
		case 3: // Kislev
			d += 30
			if length%10 == 3 {
				d--
			}
		case 6: // Adar I of a leap year, else none
			if leap {
				d += 30
			}
		case 4, 7, 9, 11, 13:
			d += 29
		default:
			d += 30
		}
	}
	return d
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}
