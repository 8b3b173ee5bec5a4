package timex

// opIn puts the finer of two times into the coarser, where the one wants what the other is.
func opIn(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 || a[0].node == nil || a[1].node == nil {
		return no()
	}
	if n := into(a[0].node, a[1].node); n != nil {
		return time_(n)
	}
	return time_(into(a[1].node, a[0].node))
}

// opListed is opIn over a comma. A time of the day there begins another item: "yesterday at noon, tomorrow".
func opListed(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 || a[0].node == nil || a[1].node == nil || a[0].node.kind == kDaytime && a[0].node.in == nil || a[1].node.kind == kDaytime {
		return no()
	}
	return opIn(a, arg)
}

// opInUnit puts a time into the present unit: the third week of the month.
func opInUnit(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 || a[0].node == nil || a[1].set || a[0].node.kind != kNth && a[0].node.kind != kQuarter && a[0].node.kind != kHalf {
		return no()
	}
	return time_(into(a[0].node, &node{kind: kRel, gran: a[1].unit, unit: a[1].unit}))
}

// opDayIn puts a day of the month into a month: 20th of next month. With argument "after" the month stands first.
func opDayIn(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 || a[0].node == nil || a[1].node == nil {
		return no()
	}
	d, m := a[0].node, a[1].node
	if arg.part == pAfter {
		d, m = m, d
	}
	if d.kind != kDOM || d.in != nil {
		return no()
	}
	return time_(into(d, m))
}

// into puts n into c, nil where it does not go.
func into(n, c *node) *node {
	if n.open == uNone || c.kind == kNth && c.in == nil && c.n < 0 || c.kind == kEach || n.kind == kEach || c.kind == kLength {
		return nil
	}
	switch {
	case n.kind == kWeekday && n.in == nil && c.gran == uDay && c.kind != kWeekday && c.kind != kRelDay && c.kind != kNow && c.kind != kShift && !(c.kind == kDOM && c.in == nil):
		m := *c // the weekday only checks the day
		m.wd, m.weak = n.n, c.weak && c.decimal
		return &m
	case n.open == uWeek:
		if c.gran != uWeek && c.gran != uWeekend {
			return nil
		}
	case n.kind == kClock && c.kind == kDaytime && c.n != nightTo && c.in != nil && n.in == nil:
		return inside(inHalf(n, c.n), c.in)
	case n.open == uDay:
		if c.gran != uDay || c.kind == kRange || c.kind == kNow || c.weak && c.decimal {
			return nil
		}
	case n.kind == kNth:
		if !holdsNth(n, c) {
			return nil
		}
	case n.kind == kRange && n.pair && c.kind == kYear && c.cal == gregorian:
	case n.open == uCentury:
		if c.gran != uCentury {
			return nil
		}
	case n.open != c.gran && !(n.open == uYear && c.gran == uYear):
		return nil
	case n.open == uMonth && !(c.kind == kMonth || c.kind == kRel || c.kind == kHold):
		return nil
	case n.open == uYear && !(c.kind == kYear || c.kind == kRel):
		return nil
	}
	if c.kind == kYear && n.open == uYear && chainCal(n) != c.cal && chainCal(n) != gregorian && c.n > 1700 && c.n < 2200 && c.cal == gregorian {
		// Ramadan 2024, or Ramadan 1445 written without an era.
		return inside(n, c)
	}
	if c.kind == kYear && c.cal == gregorian && chainCal(n) != gregorian && c.n < 1700 {
		c = yearOf(chainCal(n), c.n)
	}
	if n.kind == kPart || n.kind == kRange {
		return deepInside(n, c)
	}
	return inside(n, c)
}

// inHalf moves a clock into the half of the day that a daytime beside it names: 8:30 on Tuesday evening.
func inHalf(clock *node, daytime int) *node {
	const noon = 12 * 3600
	if clock.n >= noon || daytimeHours[daytime][0] < 12 && !(daytime == 2 && clock.n < 4*3600) || clock.n == 0 || clock.halved {
		return clock
	}
	m := *clock
	m.n, m.halved = m.n+noon, true
	return &m
}

func chainCal(n *node) calendar {
	for ; n != nil; n = n.in {
		if n.kind == kMonth {
			return n.cal
		}
	}
	return gregorian
}

// deepInside puts the operands of a range or part into a container.
func deepInside(n, c *node) *node {
	m := *n
	if n.a != nil && n.a.open != uNone {
		m.a = into(n.a, c)
	}
	if n.b != nil && n.b.open != uNone {
		m.b = into(n.b, c)
	}
	if m.a == nil || n.b != nil && m.b == nil {
		return nil
	}
	m.open = m.a.open
	if m.b != nil {
		m.open = max(m.a.open, m.b.open)
	}
	m.weak = false
	return &m
}

func holdsNth(n, c *node) bool {
	if n.in != nil {
		return n.open == uYear && c.gran == uYear && (c.kind == kYear || c.kind == kRel)
	}
	if c.weak && c.kind != kYear || c.kind == kNow || c.kind == kLast {
		return false
	}
	switch {
	case n.unit == uNone: // weekday
		return c.gran >= uMonth && c.gran <= uYear
	case n.unit == uDay, n.unit == uWeek, n.unit == uWeekend:
		return c.gran > n.unit && c.gran <= uYear && c.gran >= uWeek && !(n.unit != uDay && c.gran < uMonth)
	}
	return c.gran > n.unit && c.gran <= uCentury
}

// opRange joins two ends. What one end lacks it takes from the other: from 4 to 22 January 1995.
func opRange(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 || a[0].node == nil || a[1].node == nil {
		return no()
	}
	x, y := a[0].node, a[1].node
	if x.kind == kRange || y.kind == kRange || x.kind == kEach || y.kind == kEach || arg.n != 1 && (x.decimal || y.decimal) {
		return no()
	}
	if (x.gran < uDay) != (y.gran < uDay) || x.kind == kLast || y.kind == kLast {
		return no()
	}
	if arg.n == 1 && x.decimal && y.decimal && x.in != nil && y.in != nil { // from 1-10 to 7-11
		p, q := *x, *y
		p.weak, p.decimal, q.weak, q.decimal = false, false, false, false
		x, y = &p, &q
	}
	if x.decimal || y.decimal {
		return no()
	}
	if x.kind == kClock && y.kind == kClock && y.halved && !x.halved && x.n+12*3600 < y.n { // from 4 to 6 pm
		p := *x
		p.n, p.halved = p.n+12*3600, true
		x = &p
	}
	if x.kind == kWeekday && x.open == uWeek && y.kind == kRelDay && y.m-x.n == 1 { // next Wednesday and Thursday
		x = &node{kind: kRelDay, gran: uDay, n: y.n, m: x.n}
		if y.n == coming {
			y = &node{kind: kWeekday, gran: uDay, open: uWeek, n: y.m}
		}
	}
	x, y = complete(x, y), complete(y, x)
	if x.open == uMonth && y.open == uMonth && x.kind == kDOM && y.kind == kDOM {
		if x.n >= y.n {
			return no()
		}
		return time_(&node{kind: kRange, gran: uDay, open: uMonth, a: x, b: y})
	}
	if x.kind == kDOM && x.in == nil && x.wd == 0 && x.open != uNone || y.kind == kDOM && y.in == nil && y.wd == 0 && y.open != uNone {
		return no()
	}
	if x.weak && x.kind != kYear || y.weak && y.kind != kYear || x.weak && y.weak && arg.n == 0 && !(x.digits && y.digits) {
		return no()
	}
	if x.kind == kYear && y.kind == kYear && (x.n >= y.n || y.n-x.n > 500) {
		return no()
	}
	open := uNone
	if x.open == y.open {
		open = x.open
	}
	return time_(&node{kind: kRange, gran: max(x.gran, y.gran), open: open, a: x, b: y, whole: arg.n == 4 || arg.n == 2 && x.gran == uMonth && y.gran == uMonth})
}

// complete gives x the containers that it wants and y has.
func complete(x, y *node) *node {
	if x.open == uNone {
		return x
	}
	for c := y; c != nil; c = c.in {
		if c != y && x.open == uDay && c.gran == uDay && x.kind == kClock {
			return inside(x, c)
		}
		if c != y && x.open == c.gran && (c.kind == kYear || c.kind == kMonth || c.kind == kRel || c.kind == kHold) {
			return inside(x, c)
		}
	}
	return x
}

// opWeekdayPair is two weekdays that follow each other: Monday and Tuesday.
func opWeekdayPair(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 || a[1].n-a[0].n != 1 {
		return no()
	}
	at := func(n int) *node { return &node{kind: kWeekday, gran: uDay, open: uWeek, n: n} }
	return time_(&node{kind: kRange, gran: uDay, open: uWeek, a: at(a[0].n), b: at(a[1].n)})
}

// opYearPair is two years that follow each other: 2014 and 2015. They are one interval, as two such days are.
func opYearPair(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 || a[0].node == nil || a[1].node == nil {
		return no()
	}
	x, y := a[0].node, a[1].node
	if x.kind != kYear || y.kind != kYear || x.cal != y.cal || y.n-x.n != 1 || x.n < 1000 || x.digits != y.digits {
		return no()
	}
	return time_(&node{kind: kRange, gran: uYear, a: x, b: y, whole: true, digits: true})
}

// opNightTo is the night that ends on a day: в ночь на 18 июня.
func opNightTo(a []val, arg val) (cat, val, bool) {
	if len(a) == 0 && arg.set { // overnight
		return time_(&node{kind: kDaytime, gran: uDaytime, n: nightTo, a: &node{kind: kRel, gran: uDay, unit: uDay, n: arg.n}})
	}
	if len(a) == 0 || a[len(a)-1].node == nil {
		return no()
	}
	t := a[len(a)-1].node
	if t.gran != uDay || t.kind == kRange || t.weak {
		return no()
	}
	return time_(&node{kind: kDaytime, gran: uDaytime, n: nightTo, a: t})
}

// opDays is a range of two days without a month: 4-23, from 4 to 22.
func opDays(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 {
		return no()
	}
	return days(a[0].node, a[1].node, arg)
}

func days(x, y *node, arg val) (cat, val, bool) {
	if x == nil || y == nil || x.n >= y.n {
		return no()
	}
	return cDays, val{node: &node{kind: kRange, gran: uDay, open: uMonth, a: x, b: y, weak: true, pair: arg.n == 3}}, true
}

// opPair is two days of a month joined by "and". Days that follow each other are one interval; others are only where the rule
// says that such a pair is a range (between).
func opPair(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 || a[0].node == nil || a[1].node == nil {
		return no()
	}
	x, y := a[0].node, a[1].node
	if y.kind == kDOM && x.kind == kDOM && y.in == nil && x.in != nil {
		y = inside(&node{kind: kDOM, gran: uDay, open: uMonth, n: y.n}, x.in) // 18 June and 19
	}
	x = complete(x, y)
	if x.kind != kDOM || y.kind != kDOM || x.in == nil || y.in == nil || x.in.n != y.in.n || x.in.kind != kMonth || y.n-x.n != 1 {
		return no()
	}
	return time_(&node{kind: kRange, gran: uDay, open: y.open, a: x, b: y, pair: true})
}
