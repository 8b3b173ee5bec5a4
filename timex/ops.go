package timex

// op makes a value of what a pattern's categories found, or refuses. arg is the rule's own argument.
type op func(a []val, arg val) (cat, val, bool)

// a time, and no constituent at all: what operations return.
func time_(n *node) (cat, val, bool) { return cTime, val{node: n}, n != nil }
func no() (cat, val, bool)           { return 0, val{}, false }

var ops map[string]op

func init() {
	ops = map[string]op{
		"t": opLift, "day": opDay, "now": opNow, "unit": opUnit, "rel": opRel, "nth": opNth, "md": opMD, "wd": opWeekdayOf,
		"in": opIn, "dayin": opDayIn, "dur": opDur, "join": opJoin, "half": opHalf, "few": opFew, "shift": opShift, "last": opLast, "within": opWithin,
		"part": opPart, "decade": opDecade, "century": opCentury, "quarter": opQuarter, "halfyear": opHalfYear, "weekno": opWeekNo,
		"hold": opHold, "range": opRange, "days": opDays, "pair": opPair, "bare": opBare, "year": opYear, "each": opEach, "clock": opClock,
		"daytime": opDaytime, "strong": opStrong, "nthwd": opNthWeekday, "ymd": opYMD,
		"ordinal": opOrdinal, "month": opMonthNo, "shiftwd": opShiftWeekday, "era": opEra, "listed": opListed, "yearpair": opYearPair, "zone": opZone, "hours": opHours, "hour": opHour, "nthspan": opNthSpan, "daypart": opDaypart, "skip": opSkip, "weekend": opWeekend, "wdpair": opWeekdayPair, "clockplus": opClockPlus, "withinrel": opWithinRel, "nightto": opNightTo, "lastnur": opLastCounted, "later": opLater, "that": opThat, "pastunit": opPastUnit, "joinunit": opJoinUnit, "yearcjk": opYearCJK, "weekrel": opWeekRel, "onwd": opOnWeekday, "weekshift": opWeekShift, "kal": opEither, "inunit": opInUnit, "yy": opShortYear, "mdnum": opMDNumber, "alias": opAlias, "lastunits": opLastUnits, "lastfew": opLastFew,
	}
}

// opLift makes a time of a weekday, month or season alone.
func opLift(a []val, arg val) (cat, val, bool) {
	if len(a) != 1 {
		return no()
	}
	switch {
	case a[0].node != nil:
		return time_(a[0].node)
	case arg.unit == uWeekday:
		return time_(&node{kind: kWeekday, gran: uDay, open: uWeek, n: a[0].n})
	case arg.unit == uMonth:
		return time_(monthOf(a[0].cal, a[0].n, nil))
	case arg.unit == uSeason:
		return time_(&node{kind: kSeason, gran: uSeason, open: uYear, n: a[0].n})
	}
	return no()
}

func opDay(a []val, arg val) (cat, val, bool) {
	return time_(&node{kind: kRel, gran: uDay, unit: uDay, n: arg.n})
}

// opEither is a day that is as far before the anchor as after it; the sentence's tense decides: कल.
func opEither(a []val, arg val) (cat, val, bool) {
	return time_(&node{kind: kRel, gran: uDay, unit: uDay, n: max(arg.n, 1), either: true})
}

// opWeekend is the weekend of this week, or the one before it where the sentence tells of the past.
func opWeekend(a []val, arg val) (cat, val, bool) {
	return time_(&node{kind: kRel, gran: uWeekend, unit: uWeekend, either: true})
}

func opNow(a []val, arg val) (cat, val, bool) { return time_(&node{kind: kNow, gran: uDay}) }

// opUnit is a unit related to the anchor: last week. Relation from the words, or from the rule.
func opUnit(a []val, arg val) (cat, val, bool) {
	n, u, many := arg.n, arg.unit, false
	for _, v := range a {
		if v.unit != uNone {
			u, many = v.unit, v.set
		} else {
			n = v.n
			if n == coming {
				n = 1
			}
		}
	}
	if many { // the past days: a few
		if n != 1 && n != -1 {
			return no()
		}
		d := durOf(3, u)
		d.vague = true
		return time_(&node{kind: kLast, gran: d.unit, n: n, dur: d})
	}
	if u == uNone || u < uDay && u != uHour || u == uWorkday {
		return no()
	}
	return time_(&node{kind: kRel, gran: u, unit: u, n: n})
}

// opRel relates a weekday, month or season to the anchor: last Sunday, next June.
func opRel(a []val, arg val) (cat, val, bool) {
	if len(a) == 0 || len(a) > 2 {
		return no()
	}
	r, x := arg.n, a[0]
	if len(a) == 2 {
		r = a[0].n
		x = a[1]
		if arg.part == pAfter { // pattern has them the other way round
			r, x = a[1].n, a[0]
		}
	}
	if x.node == nil {
		return no()
	}
	t := *x.node
	switch {
	case t.kind == kWeekday && t.in == nil:
		return time_(&node{kind: kRelDay, gran: uDay, n: r, m: t.n})
	case (t.kind == kMonth || t.kind == kSeason) && t.in == nil:
		return time_(&node{kind: kRelMonth, gran: t.gran, n: r, m: t.n, a: &t})
	case t.kind == kRange && t.open == uWeek && t.a.kind == kWeekday && t.b.kind == kWeekday: // the next Wednesday and Thursday
		t.a, t.open = &node{kind: kRelDay, gran: uDay, n: r, m: t.a.n}, uNone
		return time_(&t)
	case t.kind == kDOM && r == 0 && arg.part != pAfter: // "об этом 18 июня"
		return no()
	case (t.kind == kDOM && t.in != nil || t.kind == kRange) && t.open == uYear:
		return time_(&node{kind: kRelMonth, gran: t.gran, n: r, m: t.n, a: &t})
	}
	return no()
}

// opNth counts units or weekdays within a container that follows: the third week of.
func opNth(a []val, arg val) (cat, val, bool) {
	n, u := arg.n, arg.unit
	for _, v := range a {
		if v.unit != uNone {
			u = v.unit
		} else {
			n = v.n
		}
	}
	if n == 0 || n > 53 || u < uDay {
		return no()
	}
	switch u {
	case uQuarter:
		if n > 4 {
			return no()
		}
		if n < 0 {
			n = 4
		}
		return time_(&node{kind: kQuarter, gran: uQuarter, open: uYear, n: n})
	case uHalf:
		if n > 2 {
			return no()
		}
		if n < 0 {
			n = 2
		}
		return time_(&node{kind: kHalf, gran: uHalf, open: uYear, n: n, weak: true})
	case uCentury:
		if n < 1 || n > 21 {
			return no()
		}
		return time_(&node{kind: kCentury, gran: uCentury, n: n})
	}
	return time_(&node{kind: kNth, gran: u, open: uMonth, unit: u, n: n, weak: true})
}

// opNthSpan is so many units at the beginning or end of a container that follows: the first three months of.
func opNthSpan(a []val, arg val) (cat, val, bool) {
	n, count, u, d := 0, 0, uNone, dur{}
	for i, v := range a {
		switch {
		case v.unit != uNone:
			u = v.unit
		case v.dur.unit != uNone:
			d = v.dur
		case arg.part == pNone && i == 0, arg.part == pMid && i == 1, arg.part == pAfter && i == len(a)-1:
			n = v.n
		default:
			count = v.n
		}
	}
	if d.unit == uNone && count > 1 {
		d = durOf(count, u)
	}
	if n != 1 && n != -1 || d.unit < uDay {
		return no()
	}
	return time_(&node{kind: kNth, gran: d.unit, open: uMonth, unit: d.unit, n: n, dur: d, weak: true})
}

func opNthWeekday(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 {
		return no()
	}
	o, w := a[0], a[1]
	if arg.part == pAfter {
		o, w = w, o
	}
	if o.n == 0 || o.n > 5 || o.n < -1 {
		return no()
	}
	return time_(&node{kind: kNth, gran: uDay, open: uMonth, n: o.n, m: w.n, weak: o.n < 0, either: arg.part == pAfter && o.n > 1})
}

// opMD joins a day and a month, in either order.
func opMD(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 {
		return no()
	}
	d, m := a[0], a[1]
	if arg.part == pAfter {
		d, m = m, d
	}
	if d.n < 1 || d.n > 31 || m.cal == gregorian && d.n > lastDay(gregorian, 2000, m.n) || m.cal != gregorian && d.n > 31 {
		return no()
	}
	day := dayOf(m.cal, d.n, monthOf(m.cal, m.n, nil))
	day.ordinal = d.set && d.dig == 0
	return time_(day)
}

// opMDNumber joins a day and a month by their numbers, where words say that they are: el 17 del 11.
func opMDNumber(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 || a[1].n < 1 || a[1].n > 12 || a[1].dig == 0 || a[0].dig == 0 {
		return no()
	}
	return opMD(a, arg)
}

// opShortYear is a month, or a day of one, with a year of two digits that can be no day: 1er avril 78.
func opShortYear(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 || a[0].node == nil || a[0].node.kind != kDOM && a[0].node.kind != kMonth || a[0].node.open != uYear || a[1].dig != 2 || a[1].n < 32 {
		return no()
	}
	return time_(into(a[0].node, yearOf(gregorian, int(century(int32(a[1].n))))))
}

// opYMD joins year, month and day in this order.
func opYMD(a []val, arg val) (cat, val, bool) {
	if len(a) != 3 {
		return no()
	}
	y, m, d := a[0], a[1], a[2]
	if arg.part == pAfter {
		y, d = d, y
	}
	if y.dig == 2 {
		y.n = int(century(int32(y.n)))
	}
	if y.n < 1000 || d.n < 1 || m.n < 1 || m.n > 12 || d.n > lastDay(m.cal, y.n, m.n) {
		return no()
	}
	return time_(dayOf(m.cal, d.n, monthOf(m.cal, m.n, yearOf(m.cal, y.n))))
}

// opMonthNo is a month by its number: 5月.
func opMonthNo(a []val, arg val) (cat, val, bool) {
	if arg.n > 0 {
		return cMonth, val{n: arg.n}, true
	}
	if len(a) != 1 || a[0].n < 1 || a[0].n > 12 {
		return no()
	}
	return cMonth, val{n: a[0].n}, true
}

// opAlias is one month under two names: يونيو/حزيران.
func opAlias(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 || a[0].n != a[1].n || a[0].cal != a[1].cal {
		return no()
	}
	return cMonth, a[0], true
}

// opWeekdayOf puts a weekday beside a day of the month: Friday the 15th.
func opWeekdayOf(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 {
		return no()
	}
	w, d := a[0], a[1]
	if arg.part == pAfter {
		w, d = d, w
	}
	if d.dig == 0 && !d.set && d.n <= 12 { // "on Sunday, three people"
		return no()
	}
	n := *d.node
	n.wd, n.weak = w.n, false
	return time_(&n)
}

// opBare makes a time of a day of the month alone, where the pattern's other words or the text beyond vouch for it.
func opBare(a []val, arg val) (cat, val, bool) {
	if len(a) != 1 || a[0].node == nil {
		return no()
	}
	if arg.n >= 2 && a[0].dig == 0 && !a[0].set { // "for the four", "يوم سبعة": a count rather than a day
		return no()
	}
	if arg.n == 4 && a[0].dig == 0 { // "the third" is rarely a day
		return no()
	}
	n := *a[0].node
	n.weak = arg.n == 0 || arg.n >= 3
	n.decimal = n.weak
	return time_(&n)
}

func opStrong(a []val, arg val) (cat, val, bool) {
	if len(a) != 1 || a[0].node == nil {
		return no()
	}
	n := *a[0].node
	if arg.n == 1 && !n.decimal || n.weak && arg.n != 1 || n.kind == kEach {
		return no()
	}
	n.weak, n.decimal = false, false
	return time_(&n)
}

// opYearCJK is a number before 年: a year where it has the digits of one, weak where two digits may as well be a length.
func opYearCJK(a []val, arg val) (cat, val, bool) {
	if len(a) != 1 || a[0].n > 2999 {
		return no()
	}
	y, dig := a[0].n, a[0].dig
	switch {
	case y >= 100:
		return time_(yearOf(gregorian, y))
	case dig != 2:
		return no()
	}
	n := yearOf(gregorian, int(century(int32(y))))
	n.weak = y >= 10
	return time_(n)
}

// opWeekRel is a weekday of the week that lies arg weeks on: 上周一.
func opWeekRel(a []val, arg val) (cat, val, bool) {
	if len(a) != 1 {
		return no()
	}
	week := &node{kind: kRel, gran: uWeek, unit: uWeek, n: arg.n}
	return time_(inside(&node{kind: kWeekday, gran: uDay, open: uWeek, n: a[0].n}, week))
}

// opWeekShift is a weekday of the week so many weeks on: 2주 후 월요일.
func opWeekShift(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 || a[0].dur.unit != uWeek {
		return no()
	}
	return opWeekRel(a[1:], val{n: int(a[0].dur.days / 7)})
}

// opOnWeekday checks a day by a weekday in brackets: 18日（火）.
func opOnWeekday(a []val, arg val) (cat, val, bool) {
	if len(a) != 1 || a[0].node.gran != uDay || a[0].node.kind == kRange {
		return no()
	}
	n := *a[0].node
	n.wd = arg.n
	return time_(&n)
}

// opYear is a year that a word announces: year 247. With arg 2, two digits are of this or the last century.
func opYear(a []val, arg val) (cat, val, bool) {
	if len(a) != 1 || a[0].n < 1 || a[0].n > 2999 {
		return no()
	}
	y := a[0].n
	if arg.n == 2 && y < 100 && a[0].dig <= 2 {
		y = int(century(int32(y)))
	}
	if arg.n == 5 && a[0].dig != 4 {
		return no()
	}
	if arg.n == 3 { // years of the Hijri era
		return time_(yearOf(hijri, y))
	}
	if arg.n == 4 || arg.n == 6 && y > 1200 && y < 1500 {
		return time_(yearOf(jalali, y))
	}
	return time_(yearOf(gregorian, y))
}

// opEra is a year of an era that began in the year before arg: 民国三年.
func opEra(a []val, arg val) (cat, val, bool) {
	if len(a) != 1 || a[0].n < 1 || a[0].n > 150 {
		return no()
	}
	return time_(yearOf(gregorian, arg.n+a[0].n))
}
