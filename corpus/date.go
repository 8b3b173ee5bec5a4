package corpus

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"marsad/news"
)

// almanac renders dates for one item: the happening's first day, the day of publication, the outlet's language and habits.
type almanac struct {
	day0 time.Time // midnight of the happening's day, as a date in UTC
	pub  time.Time // midnight of the day of publication, as a date in UTC
	zone *time.Location
	lang string
	out  *Outlet
}

// said is a date in words: what stands before it without being part of it, its words, and what it means.
type said struct {
	before, words string
	means         news.Timex
}

// slot renders a {d FORM …} mark. Numbers count days, months or years from the happening's day.
func (a *almanac) slot(form string, args []string) (said, error) {
	n, m, style, err := slotArgs(args)
	if err != nil {
		return said{}, err
	}
	day := a.day0.AddDate(0, 0, n)
	w := wordsOf[a.lang]
	switch form {
	case "wd", "lwd", "nwd", "full":
		return a.weekday(form, day), nil
	case "bwd": // bare, without the preposition or article that wd brings along
		s := a.weekday("wd", day)
		s.before = ""
		return s, nil
	case "day", "dayy":
		words := w.day(a, day, style)
		if form == "dayy" {
			words = w.year(words, day)
		}
		return said{words: words, means: a.days(day, 1)}, nil
	case "num":
		return said{words: fmt.Sprintf("%02d/%02d/%d", day.Day(), int(day.Month()), day.Year()), means: a.days(day, 1)}, nil
	case "and":
		return a.twoDays(day, a.day0.AddDate(0, 0, m), style), nil
	case "mon", "lmon", "mony":
		return a.month(form, time.Date(a.day0.Year(), a.day0.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC), style), nil
	case "year":
		y := a.day0.Year() + n
		words := strconv.Itoa(y)
		if a.lang == "zh" {
			words += "年"
		}
		return said{words: words, means: a.span("DATE", strconv.Itoa(y), "year", date(y, 1, 1), date(y+1, 1, 1))}, nil
	case "hij":
		return said{words: hijriWords(day), means: a.days(day, 1)}, nil
	}
	return said{}, fmt.Errorf("date form %q", form)
}

func slotArgs(args []string) (n, m int, style string, err error) {
	for i, arg := range args {
		v, e := strconv.Atoi(arg)
		switch {
		case e != nil && i == len(args)-1 && i > 0:
			style = arg
		case e != nil:
			return 0, 0, "", e
		case i == 0:
			n = v
		default:
			m = v
		}
	}
	return n, m, style, nil
}

// weekday renders a bare, past, coming or full weekday. Where the week of publication holds the day already, it is called neither last
// nor next, save in Arabic and Spanish, where that can only be the nearest one.
func (a *almanac) weekday(form string, day time.Time) said {
	w := wordsOf[a.lang]
	sameWeek := week(day).Equal(week(a.pub))
	s := said{means: a.days(day, 1)}
	s.before, s.words = w.weekday(form, int(day.Weekday()), sameWeek)
	if form == "full" {
		s.words = w.full(a, s.words, day)
	}
	return s
}

func (a *almanac) twoDays(from, to time.Time, style string) said {
	s := said{words: wordsOf[a.lang].and(a, from, to, style), means: a.days(from, int(to.Sub(from).Hours()/24)+1)}
	s.means.Value = from.Format(time.DateOnly) + "/" + to.AddDate(0, 0, 1).Format(time.DateOnly) // half open, as From and To are
	return s
}

func (a *almanac) month(form string, first time.Time, style string) said {
	s := said{means: a.span("DATE", first.Format("2006-01"), "month", first, first.AddDate(0, 1, 0))}
	s.before, s.words = wordsOf[a.lang].month(a, form, first, style)
	return s
}

// relative resolves the value of a {=VALUE:words} mark, counted from the day of publication:
// day±n week±n month±n year±n weekend±n, Pnx (a duration), set VALUE, time N HH.MM and part N MO|AF|EV|NI (N days from the happening's day).
func (a *almanac) relative(args []string) (news.Timex, error) {
	if len(args) == 0 {
		return news.Timex{}, fmt.Errorf("no value")
	}
	switch {
	case args[0] == "set" && len(args) == 2:
		return news.Timex{Type: news.Set, Value: args[1], Certainty: 1}, nil
	case args[0] == "time" && len(args) == 3, args[0] == "part" && len(args) == 3:
		return a.clock(args)
	case strings.HasPrefix(args[0], "P"):
		return news.Timex{Type: news.Duration, Value: args[0], Certainty: 1}, nil
	}
	i := strings.IndexAny(args[0], "+-")
	if i < 0 {
		return news.Timex{}, fmt.Errorf("value %q", args[0])
	}
	n, err := strconv.Atoi(args[0][i:])
	if err != nil {
		return news.Timex{}, err
	}
	return a.calendar(args[0][:i], n)
}

func (a *almanac) calendar(unit string, n int) (news.Timex, error) {
	y, m := a.pub.Year(), a.pub.Month()
	switch unit {
	case "day":
		return a.days(a.pub.AddDate(0, 0, n), 1), nil
	case "week", "weekend":
		monday := week(a.pub).AddDate(0, 0, 7*n)
		wy, wn := monday.ISOWeek()
		value := fmt.Sprintf("%04d-W%02d", wy, wn)
		if unit == "weekend" {
			saturday := monday.AddDate(0, 0, 5)
			return a.span("DATE", value+"-WE", "weekend", saturday, saturday.AddDate(0, 0, 2)), nil
		}
		return a.span("DATE", value, "week", monday, monday.AddDate(0, 0, 7)), nil
	case "month":
		first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		return a.span("DATE", first.Format("2006-01"), "month", first, first.AddDate(0, 1, 0)), nil
	case "year":
		return a.span("DATE", strconv.Itoa(y+n), "year", date(y+n, 1, 1), date(y+n+1, 1, 1)), nil
	}
	return news.Timex{}, fmt.Errorf("unit %q", unit)
}

func (a *almanac) clock(args []string) (news.Timex, error) {
	n, err := strconv.Atoi(args[1])
	if err != nil {
		return news.Timex{}, err
	}
	day := a.day0.AddDate(0, 0, n)
	t := news.Timex{Type: news.Time, Certainty: 1, Granularity: "minute"}
	if args[0] == "part" {
		hours, ok := map[string][2]int{"MO": {5, 12}, "AF": {12, 18}, "EV": {18, 22}, "NI": {20, 29}}[args[2]]
		if !ok {
			return t, fmt.Errorf("part %q", args[2])
		}
		t.Value, t.Granularity = day.Format(time.DateOnly)+"T"+args[2], "hour"
		t.From, t.To = a.at(day, hours[0], 0), a.at(day, hours[1], 0)
		return t, nil
	}
	var h, m int
	if _, err := fmt.Sscanf(args[2], "%d.%d", &h, &m); err != nil {
		return t, err
	}
	t.From = a.at(day, h, m)
	t.To = t.From.Add(time.Minute)
	t.Value = t.From.Format("2006-01-02T15:04")
	return t, nil
}

func (a *almanac) at(day time.Time, h, m int) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), h, m, 0, 0, a.zone)
}

func (a *almanac) days(from time.Time, n int) news.Timex {
	return a.span("DATE", from.Format(time.DateOnly), "day", from, from.AddDate(0, 0, n))
}

func (a *almanac) span(typ news.TimexType, value, grain string, from, to time.Time) news.Timex {
	return news.Timex{Type: typ, Value: value, From: a.at(from, 0, 0), To: a.at(to, 0, 0), DayOnly: true, Granularity: grain, Certainty: 1}
}

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// week gives the Monday of a day's ISO week.
func week(day time.Time) time.Time { return day.AddDate(0, 0, -(int(day.Weekday())+6)%7) }

// hijriWords gives a day in the tabular Islamic calendar (Thursday epoch, leap years 2 5 7 10 13 16 18 21 24 26 29 of 30). Sighting
// may move a real month by a day; the invented world keeps the table.
func hijriWords(day time.Time) string {
	const epoch = 1948439 // Julian day number of 1 Muharram 1
	jd := int(day.Unix()/86400) + 2440588
	year := (30*(jd-epoch) + 10646) / 10631
	start := func(y, m int) int { return epoch + (59*(m-1)+1)/2 + (y-1)*354 + (3+11*y)/30 }
	month := 12
	for month > 1 && start(year, month) > jd {
		month--
	}
	return fmt.Sprintf("%d %s %d", jd-start(year, month)+1, hijriMonths[month-1], year)
}
