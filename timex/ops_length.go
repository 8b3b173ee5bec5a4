package timex

// opDur is so many of a unit; one where no number stands.
func opDur(a []val, arg val) (cat, val, bool) {
	n, u, zero := 1, arg.unit, false
	if arg.n != 0 {
		n = arg.n
	}
	for _, v := range a {
		if v.unit != uNone {
			u = v.unit
		} else {
			n, zero = v.n, v.dig == 2 && v.n < 10 // 07年 is no length
		}
	}
	if u == uNone || n < 1 || n > 10000 || u == uWeekend || u == uHalf || u == uQuarter && n == 1 || u >= uYear && n >= 1000 || zero {
		return no()
	}
	return cDur, val{dur: durOf(n, u), n: n}, true
}

// opFew is a vague number of a unit: three.
func opFew(a []val, arg val) (cat, val, bool) {
	n := max(arg.n, 2)
	u := arg.unit
	if len(a) == 1 {
		u = a[0].unit
	}
	if u == uNone {
		return no()
	}
	d := durOf(n, u)
	d.vague = n > 2
	return cDur, val{dur: d, n: n}, true
}

func opJoin(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 || a[0].dur.unit == a[1].dur.unit {
		return no()
	}
	return cDur, val{dur: a[0].dur.plus(a[1].dur)}, true
}

// opJoinUnit joins one of a unit and a length: شهر و21 يوما.
func opJoinUnit(a []val, arg val) (cat, val, bool) {
	if len(a) != 2 {
		return no()
	}
	u, d := a[0], a[1]
	if arg.part == pAfter {
		u, d = d, u
	}
	if u.unit == uNone || u.set || d.dur.unit == uNone || (arg.part == pAfter) != (u.unit < d.dur.unit) {
		return no()
	}
	return opJoin([]val{{dur: durOf(1, u.unit)}, d}, val{})
}

// opHalf adds half a unit: two and a half years.
func opHalf(a []val, arg val) (cat, val, bool) {
	d, n := dur{}, 0
	for _, v := range a {
		switch {
		case v.unit != uNone:
			d = durOf(n, v.unit)
			d.unit = v.unit
		case v.dur.unit != uNone:
			d = v.dur
		default:
			n = v.n
		}
	}
	switch d.unit {
	case uYear:
		d.months += 6
	case uMonth:
		d.days += 15
	case uHour:
		d.seconds += 1800
	case uDay:
		d.seconds += 43200
	case uWeek:
		d.days += 3
	default:
		return no()
	}
	return cDur, val{dur: d}, true
}
