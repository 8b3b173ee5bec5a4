package timex

import "time"

// interval is [from, to), days or moments.
type interval struct{ from, to time.Time }

// resolver finds intervals at an anchor. All its arithmetic is done on the civil clock of the anchor's zone, written as UTC.
type resolver struct {
	now   time.Time // civil clock of the anchor; a day only has 00:00
	today time.Time
	dir   int // 1 where the sentence tells of the future, -1 of the past, 0 where it does not say
	known bool
	last  *interval // the time that the text named last
	years *[13]int  // by month: the year that the text placed it in
	thin  bool      // set where a container was chosen on thin evidence
}

const maxDepth = 24

// of gives the interval of n, ok false where the anchor or the calendar leaves none.
func (r *resolver) of(n *node, depth int) (iv interval, ok bool) {
	if depth > maxDepth || n == nil {
		return iv, false
	}
	if n.open != uNone {
		return r.choose(n, depth)
	}
	if n.in != nil {
		c, ok := r.of(n.in, depth+1)
		if !ok {
			return iv, false
		}
		return r.place(n, &c, depth)
	}
	return r.place(n, nil, depth)
}

// place gives the interval of n within c, or by itself.
func (r *resolver) place(n *node, c *interval, depth int) (iv interval, ok bool) {
	switch n.kind {
	case kYear:
		return r.year(n)
	case kMonth, kQuarter, kHalf, kSeason, kWeekNo:
		return ofYear(n, c)
	case kDOM:
		return domIn(n, c)
	case kWeekday:
		return weekdayIn(n.n, c)
	case kNth:
		return nthIn(n, c)
	case kClock, kDaytime:
		if n.n == nightTo && n.a != nil {
			return r.nightTo(n, depth)
		}
		return clockIn(n, c)
	case kDecade:
		y := n.n
		if c != nil {
			y += c.from.Year()
		}
		return interval{day(y, 1, 1), day(y+10, 1, 1)}, true
	case kCentury:
		y := (n.n - 1) * 100
		return interval{day(y, 1, 1), day(y+100, 1, 1)}, true
	case kRange:
		return r.between(n, depth)
	case kPart, kHold, kWithin, kShift:
		return r.derived(n, depth)
	}
	if !r.known {
		return iv, false
	}
	return r.related(n)
}

func (r *resolver) year(n *node) (interval, bool) {
	y := n.n
	if n.cal != gregorian {
		return interval{monthStart(n.cal, y, 1), monthStart(n.cal, y+1, 1)}, true
	}
	return interval{day(y, 1, 1), day(y+1, 1, 1)}, true
}

// ofYear places a month, quarter, half, season or week in the year that c begins with.
func ofYear(n *node, c *interval) (iv interval, ok bool) {
	if c == nil {
		return iv, false
	}
	y := c.from.Year()
	switch n.kind {
	case kQuarter:
		return interval{day(y, time.Month(3*n.n-2), 1), day(y, time.Month(3*n.n+1), 1)}, true
	case kHalf:
		return interval{day(y, time.Month(6*n.n-5), 1), day(y, time.Month(6*n.n+1), 1)}, true
	case kSeason:
		from := day(y, time.Month(3*n.n), 1)
		return interval{from, from.AddDate(0, 3, 0)}, true
	case kWeekNo:
		from := monday(day(y, 1, 4)).AddDate(0, 0, 7*(n.n-1))
		return interval{from, from.AddDate(0, 0, 7)}, true
	}
	if n.cal == gregorian {
		return interval{day(y, time.Month(n.n), 1), day(y, time.Month(n.n+1), 1)}, true
	}
	for y := yearAt(n.cal, c.from); y <= yearAt(n.cal, c.to); y++ {
		from := monthStart(n.cal, y, n.n)
		if !from.Before(c.from) && from.Before(c.to) {
			return interval{from, from.AddDate(0, 0, lastDay(n.cal, y, n.n))}, true
		}
	}
	return iv, false
}

func domIn(n *node, c *interval) (iv interval, ok bool) {
	if c == nil {
		return iv, false
	}
	from := c.from.AddDate(0, 0, n.n-1)
	if !from.Before(c.to) || n.n < 1 {
		return iv, false
	}
	if n.wd > 0 && n.in != nil && n.in.cal == hijri { // the month begins when the moon is seen: a weekday beside the date tells
		for _, off := range [...]int{0, -1, 1} {
			if d := from.AddDate(0, 0, off); isoWeekday(d) == n.wd {
				return oneDay(d), true
			}
		}
	}
	return oneDay(from), true
}

func weekdayIn(wd int, c *interval) (iv interval, ok bool) {
	if c == nil {
		return iv, false
	}
	d := c.from.AddDate(0, 0, (wd-isoWeekday(c.from)+7)%7)
	return oneDay(d), d.Before(c.to)
}

// nthIn counts units or weekdays in c. Weeks belong to the container that holds their Thursday (ISO 8601).
func nthIn(n *node, c *interval) (iv interval, ok bool) {
	if c == nil {
		return iv, false
	}
	switch {
	case n.dur.unit != uNone && n.n > 0:
		return interval{c.from, add(c.from, n.dur, 1)}, true
	case n.dur.unit != uNone:
		return interval{add(c.to, n.dur, -1), c.to}, true
	case n.unit == uNone && n.either && isoWeekday(c.from.AddDate(0, 0, n.n-1)) == n.m: // الأحد الثاني من يونيو, which is a Sunday
		return oneDay(c.from.AddDate(0, 0, n.n-1)), true
	case n.unit == uNone:
		first, _ := weekdayIn(n.m, c)
		d := first.from.AddDate(0, 0, 7*(n.n-1))
		if n.n < 0 {
			d = c.to.AddDate(0, 0, -7)
			d = d.AddDate(0, 0, (n.m-isoWeekday(d)+7)%7)
		}
		return oneDay(d), !d.Before(c.from) && d.Before(c.to)
	case n.unit == uWeek || n.unit == uWeekend:
		var from time.Time
		if n.n < 0 {
			from = monday(c.to.AddDate(0, 0, -4)).AddDate(0, 0, 7)
			from = from.AddDate(0, 0, 7*n.n)
		} else {
			if isoWeekday(c.from) > 4 {
				from = monday(c.from).AddDate(0, 0, 7)
			} else {
				from = monday(c.from)
			}
			from = from.AddDate(0, 0, 7*(n.n-1))
		}
		if n.unit == uWeekend {
			return interval{from.AddDate(0, 0, 5), from.AddDate(0, 0, 7)}, true
		}
		return interval{from, from.AddDate(0, 0, 7)}, from.Before(c.to)
	}
	d := durOf(1, n.unit)
	from := c.from
	if n.n < 0 {
		from = add(c.to, d, n.n)
	} else {
		from = add(from, d, n.n-1)
	}
	return interval{from, add(from, d, 1)}, !from.Before(c.from) && from.Before(c.to)
}

func clockIn(n *node, c *interval) (iv interval, ok bool) {
	if c == nil {
		return iv, false
	}
	if n.kind == kDaytime {
		h := daytimeHours[n.n]
		return interval{c.from.Add(time.Duration(h[0]) * time.Hour), c.from.Add(time.Duration(h[1]) * time.Hour)}, true
	}
	from := c.from.Add(time.Duration(n.n) * time.Second)
	to := from.Add(time.Hour)
	if n.gran == uMinute {
		to = from.Add(time.Minute)
	}
	return interval{from, to}, true
}

// between gives a range. Days and weekdays belong to it to their end; of coarser ends only the beginning is taken, unless both
// are months of one dash.
func (r *resolver) between(n *node, depth int) (iv interval, ok bool) {
	a, ok := r.of(n.a, depth+1)
	if !ok {
		return iv, false
	}
	b, ok := r.after(n.b, a, depth)
	if !ok {
		return iv, false
	}
	to := r.end(n, a, b)
	if !to.After(a.from) {
		return iv, false
	}
	return interval{a.from, to}, true
}

// end gives where a range from a ends whose last unit is b.
func (r *resolver) end(n *node, a, b interval) time.Time {
	switch {
	case n.a.kind == kClock && n.b.kind == kClock && !b.from.After(a.from):
		return b.from.AddDate(0, 0, 1) // from eight in the evening to six
	case n.b.kind == kNow && r.today.Before(r.now):
		return r.today
	case n.b.kind == kNow || n.b.kind == kShift || n.b.kind == kClock:
		return b.from
	case n.b.gran <= uDay || n.whole || n.b.gran == uWeekend || n.b.kind == kPart:
		return b.to
	}
	return b.from
}

// after gives the interval of an open end at or after a.
func (r *resolver) after(n *node, a interval, depth int) (interval, bool) {
	if n.open == uNone {
		return r.of(n, depth+1)
	}
	s := resolver{now: a.from, today: day(a.from.Year(), a.from.Month(), a.from.Day()), dir: 1, known: true, years: new([13]int)}
	return s.of(n, depth+1)
}

// derived gives what hangs on another interval: part, holder, stretch, shift.
func (r *resolver) derived(n *node, depth int) (iv interval, ok bool) {
	base := oneDay(r.today)
	if n.a != nil {
		if base, ok = r.of(n.a, depth+1); !ok {
			return iv, false
		}
	} else if !r.known {
		return iv, false
	}
	switch n.kind {
	case kPart:
		return r.partOf(n, base)
	case kHold:
		return holder(base.from, n.unit), true
	case kWithin:
		return interval{base.from, add(base.from, n.dur, 1)}, true
	}
	if n.dur.unit < uDay {
		from := r.now
		if n.a != nil {
			from = base.from
		}
		from = add(from, n.dur, n.n)
		return interval{from, from.Add(time.Hour)}, true
	}
	return oneDay(add(base.from, n.dur, n.n)), true
}

// nightTo gives the night that ends on the day a.
func (r *resolver) nightTo(n *node, depth int) (iv interval, ok bool) {
	c, ok := r.of(n.a, depth+1)
	if !ok {
		return iv, false
	}
	return interval{c.from.Add(-4 * time.Hour), c.from.Add(6 * time.Hour)}, true
}

func (r *resolver) partOf(n *node, c interval) (interval, bool) {
	switch n.part {
	case pRest, pAfter:
		return interval{r.today, c.to}, r.known && r.today.Before(c.to)
	case pBefore:
		if c.from.Equal(r.today) {
			return interval{c.from, c.from.AddDate(0, 0, 1)}, true
		}
		return interval{c.from, r.today}, r.known && c.from.Before(r.today)
	}
	var one, two time.Time // where the first third or half ends, where the last begins
	mid := [2]time.Time{}
	switch {
	case n.a.gran == uDay: // early on Friday, late on Friday
		one, two = c.from.Add(12*time.Hour), c.from.Add(18*time.Hour)
	case n.a.gran == uWeek:
		one, two = c.from.AddDate(0, 0, 3), c.from.AddDate(0, 0, 3)
		mid = [2]time.Time{c.from.AddDate(0, 0, 1), c.from.AddDate(0, 0, 5)}
	case n.a.gran == uMonth && n.a.cal == gregorian:
		one, two = c.from.AddDate(0, 0, 15), c.from.AddDate(0, 0, 15)
		mid = [2]time.Time{c.from.AddDate(0, 0, 10), c.from.AddDate(0, 0, 20)}
	case n.a.gran == uYear && n.a.kind == kYear:
		one, two = c.from.AddDate(0, 4, 0), c.from.AddDate(0, 8, 0)
		mid = [2]time.Time{one, two}
	case n.a.gran == uDecade:
		one, two = c.from.AddDate(4, 0, 0), c.from.AddDate(6, 0, 0)
		mid = [2]time.Time{c.from.AddDate(3, 0, 0), c.from.AddDate(7, 0, 0)}
	case n.a.gran == uCentury:
		one, two = c.from.AddDate(33, 0, 0), c.from.AddDate(67, 0, 0)
		mid = [2]time.Time{one, two}
	case n.a.gran == uYear:
		one, two = c.from.AddDate(0, 6, 0), c.from.AddDate(0, 6, 0)
		mid = [2]time.Time{c.from.AddDate(0, 4, 0), c.from.AddDate(0, 8, 0)}
	default:
		third := c.to.Sub(c.from) / 3 / (24 * time.Hour) * (24 * time.Hour)
		one, two = c.from.Add(third), c.to.Add(-third)
		mid = [2]time.Time{one, two}
	}
	switch n.part {
	case pEarly:
		return interval{c.from, one}, c.from.Before(one)
	case pMid:
		return interval{mid[0], mid[1]}, mid[0].Before(mid[1])
	}
	return interval{two, c.to}, two.Before(c.to)
}

func oneDay(d time.Time) interval { return interval{d, d.AddDate(0, 0, 1)} }

func isoWeekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

func monday(t time.Time) time.Time { return t.AddDate(0, 0, 1-isoWeekday(t)) }
