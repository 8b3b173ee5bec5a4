package timex

// uWeekday names what opLift makes of a weekday; no interval has it.
const uWeekday unit = 99

func init() { unitNames["weekday"] = uWeekday }

// opShift moves a base by a duration: two weeks ago (-1), from now (+1), three days after tomorrow.
func opShift(a []val, arg val) (cat, val, bool) {
	n := &node{kind: kShift, n: arg.n, gran: uDay}
	for _, v := range a {
		switch {
		case v.node != nil:
			n.a = v.node
		case v.unit == uHalf || v.unit == uQuarter || v.unit == uWeekend:
			return no()
		case v.set: // منذ سنوات: a few
			n.dur = durOf(3, v.unit)
			n.dur.vague = true
		case v.unit != uNone: // через месяц: one
			n.dur = durOf(1, v.unit)
		default:
			n.dur = v.dur
		}
	}
	if n.dur.unit == uNone || n.a != nil && n.a.gran > uDay {
		return no()
	}
	if n.dur.unit < uDay {
		n.gran = uHour
	}
	return time_(n)
}

// opLater moves the anchor by a duration where the words may as well count from another event of the story: after two years, five
// months later. The sentence's tense decides; see parser.timex.
func opLater(a []val, arg val) (cat, val, bool) {
	c, v, ok := opShift(a, arg)
	if ok && v.node.a == nil {
		v.node.either = true
	}
	return c, v, ok
}

// opSkip is the unit so many on, whatever relation its words hold: gelecek haftadan sonraki hafta.
func opSkip(a []val, arg val) (cat, val, bool) {
	for _, v := range a {
		if v.unit != uNone {
			return opUnit([]val{v}, arg)
		}
	}
	return no()
}

// opThat is a unit that points back to the time last named: that year (0), the following day (1).
func opThat(a []val, arg val) (cat, val, bool) {
	c, v, ok := opUnit(a, arg)
	if ok && v.node.kind == kRel {
		v.node.back, v.node.n = true, arg.n
	}
	return c, v, ok
}

// opPastUnit is the stretch of one unit up to the anchor: the past year.
func opPastUnit(a []val, arg val) (cat, val, bool) {
	if len(a) != 1 || a[0].unit < uDay || a[0].set {
		return no()
	}
	d := durOf(1, a[0].unit)
	return time_(&node{kind: kLast, gran: a[0].unit, n: arg.n, dur: d})
}

// opShiftWeekday is the n-th such weekday after the anchor: two Sundays from now.
func opShiftWeekday(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 || a[0].n < 1 || a[0].n > 12 {
		return no()
	}
	return time_(&node{kind: kRelDay, unit: uWeekday, gran: uDay, n: a[0].n * arg.n, m: a[1].n})
}

// opLast is a stretch that ends or begins at the anchor: the last three weeks, the next two days.
func opLast(a []val, arg val) (cat, val, bool) {
	r, n, u, d := arg.n, 0, arg.unit, dur{}
	switch {
	case len(a) == 3 && arg.part == pNone: // relation, number, unit
		r, n, u = a[0].n, a[1].n, a[2].unit
	case len(a) == 3 && arg.part == pMid: // number, relation, unit
		r, n, u = a[1].n, a[0].n, a[2].unit
	case len(a) == 2 && arg.part == pNone:
		r, d = a[0].n, a[1].dur
	case len(a) == 2:
		r, d = a[1].n, a[0].dur
	case len(a) == 1:
		d = a[0].dur
	}
	if n > 0 {
		d = durOf(n, u)
	}
	if r == coming {
		r = 1
	}
	if d.unit == uNone || r != 1 && r != -1 {
		return no()
	}
	return time_(&node{kind: kLast, gran: d.unit, n: r, dur: d})
}

// opLastUnits is opLast with its words in the order unit, number, relation: الأيام الثلاثة الماضية.
func opLastUnits(a []val, arg val) (cat, val, bool) {
	if len(a) != 3 {
		return no()
	}
	return opLast([]val{a[2], a[1], a[0]}, val{})
}

// opLastCounted is opLast with its words in the order number, unit, relation.
func opLastCounted(a []val, arg val) (cat, val, bool) {
	if len(a) != 3 {
		return no()
	}
	return opLast([]val{a[2], a[0], a[1]}, val{})
}

// opLastFew is a stretch of a few units, with a relation among its words.
func opLastFew(a []val, arg val) (cat, val, bool) {
	u, r := uNone, 0
	for _, v := range a {
		if v.unit != uNone {
			u = v.unit
		} else {
			r = v.n
		}
	}
	d := durOf(3, u)
	d.vague = true
	return opLast([]val{{n: r}, {dur: d}}, val{})
}

// opWithin is the stretch of a length from a base on: within five days, less than two weeks from today.
func opWithin(a []val, arg val) (cat, val, bool) {
	n := &node{kind: kWithin, gran: uDay}
	for _, v := range a {
		switch {
		case v.node != nil:
			n.a = v.node
		case v.dur.unit != uNone:
			n.dur = v.dur
		case v.unit != uNone && !v.set: // within a week
			n.dur = durOf(1, v.unit)
		case v.n < 0: // within the past two decades: another thing
			return no()
		}
	}
	if n.dur.unit == uNone || n.dur.unit < uDay {
		return no()
	}
	return time_(n)
}

// opWithinRel is the stretch from the anchor on where its relation looks ahead, else the stretch up to the anchor: within the next
// three years, over the past three years. Words: a length, or a number and a unit, and a relation last.
func opWithinRel(a []val, arg val) (cat, val, bool) {
	if len(a) < 2 {
		return no()
	}
	r, d := a[len(a)-1], a[0].dur
	if len(a) == 3 {
		n, u := a[0].n, a[1].unit
		if a[0].unit != uNone {
			n, u = a[1].n, a[0].unit
		}
		d = durOf(n, u)
	}
	if d.unit == uNone || r.n < 1 {
		return opLast([]val{r, {dur: d}}, val{})
	}
	return opWithin([]val{{dur: d}}, arg)
}

// opPart is a stretch of a period: late this month, the end of next week.
func opPart(a []val, arg val) (cat, val, bool) {
	n := &node{kind: kPart, part: arg.part}
	for _, v := range a {
		switch {
		case v.node != nil:
			n.a = v.node
		case v.unit != uNone:
			if v.set {
				return no() // the early years
			}
			n.a = &node{kind: kRel, gran: v.unit, unit: v.unit}
		case v.part != pNone:
			n.part = v.part
		}
	}
	if n.a == nil && arg.unit != uNone {
		n.a = &node{kind: kRel, gran: arg.unit, unit: arg.unit}
	}
	if n.a != nil && n.a.gran == uDaytime && n.a.kind == kDaytime && n.a.in != nil {
		return time_(n.a) // late on Sunday night
	}
	if n.a != nil && arg.n == 1 && n.a.kind != kRel { // the first of: a word that means this only beside a relation
		return no()
	}
	if n.a == nil || n.part == pNone || n.a.gran < uDay || n.a.kind == kPart || n.a.kind == kRange || n.a.kind == kNow || n.a.weak && n.a.kind != kYear {
		return no()
	}
	if (n.part == pRest || n.part == pBefore || n.part == pAfter) && (n.a.kind != kRel || n.a.gran < uWeek) {
		return no()
	}
	if n.a.gran == uDay && n.part != pLate && n.part != pEarly {
		return no()
	}
	n.gran, n.open = n.a.gran, n.a.open
	if n.gran == uDay {
		n.gran = uDaytime
	}
	return time_(n)
}

func opDecade(a []val, arg val) (cat, val, bool) {
	y := arg.n
	if len(a) == 1 {
		y = a[0].n
	}
	if y%10 != 0 || y > 2100 || y >= 100 && y < 1000 || y < 0 {
		return no()
	}
	return time_(&node{kind: kDecade, gran: uDecade, open: openIf(y < 100, uCentury), n: y})
}

func openIf(b bool, u unit) unit {
	if b {
		return u
	}
	return uNone
}

func opCentury(a []val, arg val) (cat, val, bool) {
	if len(a) == 0 && arg.set { // this century, the last one
		return time_(&node{kind: kRel, gran: uCentury, unit: uCentury, n: arg.n})
	}
	if len(a) != 1 || a[0].n < 1 || a[0].n > 22 {
		return no()
	}
	return time_(&node{kind: kCentury, gran: uCentury, n: a[0].n})
}

func opQuarter(a []val, arg val) (cat, val, bool) { return numbered(a, arg, kQuarter, uQuarter, 4) }
func opHalfYear(a []val, arg val) (cat, val, bool) {
	return numbered(a, arg, kHalf, uHalf, 2)
}
func opWeekNo(a []val, arg val) (cat, val, bool) { return numbered(a, arg, kWeekNo, uWeek, 53) }

func numbered(a []val, arg val, k kind, u unit, most int) (cat, val, bool) {
	n := arg.n
	if len(a) == 1 {
		n = a[0].n
	}
	if n < 1 || n > most || k == kWeekNo && n < 10 && len(a) == 1 && a[0].dig == 0 {
		return no()
	}
	return time_(&node{kind: k, gran: u, open: uYear, n: n})
}

// opHold is the unit that holds a day: the week of 16 September.
func opHold(a []val, arg val) (cat, val, bool) {
	u := arg.unit
	var t *node
	for _, v := range a {
		if v.node != nil {
			t = v.node
		} else {
			u = v.unit
		}
	}
	if t == nil || t.gran != uDay || u < uWeek || t.kind != kDOM && t.kind != kRelMonth || t.ordinal && t.n <= 5 && t.in != nil || t.in != nil && t.in.kind == kRel {
		return no()
	}
	return time_(&node{kind: kHold, gran: u, unit: u, a: t})
}

// opEach is a repetition: every Monday, daily.
func opEach(a []val, arg val) (cat, val, bool) {
	n := &node{kind: kEach, unit: arg.unit, n: 1}
	for _, v := range a {
		switch {
		case v.node != nil:
			n.a = v.node
		case v.unit != uNone:
			n.unit = v.unit
		case v.dur.unit != uNone:
			n.dur, n.unit = v.dur, v.dur.unit
		}
	}
	n.gran = n.unit
	if n.a != nil {
		n.gran = n.a.gran
		if n.a.open == uNone {
			return no()
		}
	}
	return time_(n)
}

// opOrdinal makes an ordinal of a number that its pattern marks as one: 第三.
func opOrdinal(a []val, arg val) (cat, val, bool) {
	if arg.n != 0 {
		return cOrd, val{n: arg.n}, true
	}
	if len(a) != 1 || a[0].n < 1 {
		return no()
	}
	return cOrd, val{n: a[0].n, dig: a[0].dig}, true
}

// opClock is an hour with its half of the day: arg 12 adds noon.
func opClock(a []val, arg val) (cat, val, bool) {
	if len(a) == 0 || len(a) > 2 {
		return no()
	}
	if a[0].node != nil && len(a) == 1 && !arg.set {
		return cClock, a[0], true
	}
	s := 0
	if a[0].node != nil {
		s = a[0].node.n
	} else {
		s = a[0].n * 3600
		if len(a) == 2 && a[1].n < 60 {
			s += a[1].n * 60
		}
	}
	h := s / 3600
	if h > 24 || h > 12 && arg.set || h == 0 && arg.set && arg.n == 12 {
		return no()
	}
	if arg.set && arg.n == 12 && h < 12 {
		s += 12 * 3600
	}
	if arg.set && arg.n == 0 && h == 12 {
		s -= 12 * 3600
	}
	g := uHour
	if s%3600 != 0 {
		g = uMinute
	}
	return cClock, val{node: &node{kind: kClock, gran: g, open: uDay, n: s, halved: arg.set}}, true
}

// opHours is an hour that a later one belongs to: 20 bis 6 Uhr.
func opHours(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 || a[0].node != nil || a[1].node == nil || a[0].n > 24 || a[1].node.kind != kClock || a[1].node.in != nil {
		return no()
	}
	return opRange([]val{{node: &node{kind: kClock, gran: uHour, open: uDay, n: a[0].n * 3600}}, a[1]}, val{n: 1, set: true})
}

// opHour is an hour (arg) by its name: by noon.
func opHour(a []val, arg val) (cat, val, bool) {
	return cClock, val{node: &node{kind: kClock, gran: uHour, open: uDay, n: arg.n * 3600}}, len(a) == 0
}

// opZone is a clock with its zone, arg minutes east of Greenwich.
func opZone(a []val, arg val) (cat, val, bool) {
	if len(a) != 1 || a[0].node == nil || a[0].node.zoned {
		return no()
	}
	n := *a[0].node
	n.zoned, n.zone = true, arg.n
	return cClock, val{node: &n}, true
}

// opDaypart is a time of the day so many days from the anchor's: last night.
func opDaypart(a []val, arg val) (cat, val, bool) {
	if len(a) != 1 {
		return no()
	}
	day := &node{kind: kRel, gran: uDay, unit: uDay, n: arg.n}
	return time_(inside(&node{kind: kDaytime, gran: uDaytime, open: uDay, n: a[0].n}, day))
}

// opClockPlus is an hour and so many minutes (arg), which may be less than none: quarter to.
func opClockPlus(a []val, arg val) (cat, val, bool) {
	if len(a) != 1 || a[0].n < 1 || a[0].n > 24 {
		return no()
	}
	return cClock, val{node: &node{kind: kClock, gran: uMinute, open: uDay, n: a[0].n*3600 + arg.n*60}}, true
}

func opDaytime(a []val, arg val) (cat, val, bool) {
	if len(a) != 1 {
		return no()
	}
	return time_(&node{kind: kDaytime, gran: uDaytime, open: uDay, n: a[0].n, weak: arg.n == 0})
}
