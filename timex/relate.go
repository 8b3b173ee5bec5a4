package timex

import "time"

// related gives what stands in relation to the anchor.
func (r *resolver) related(n *node) (iv interval, ok bool) {
	switch n.kind {
	case kNow:
		return interval{r.now, r.now.AddDate(0, 0, 1)}, true
	case kRel:
		if n.back {
			if r.last == nil || r.last.from.IsZero() || n.unit < uWeek && r.last.to.Sub(r.last.from) > 48*time.Hour {
				r.thin = n.n == 0
				return shiftUnit(r.today, n.unit, n.n), true
			}
			return shiftUnit(r.last.from, n.unit, n.n), true
		}
		if n.either && n.n == 0 && r.dir < 0 && shiftUnit(r.today, n.unit, 0).from.After(r.today) {
			return shiftUnit(r.today, n.unit, -1), true
		}
		if n.either && r.dir <= 0 {
			return shiftUnit(r.today, n.unit, -n.n), true
		}
		return shiftUnit(r.today, n.unit, n.n), true
	case kRelDay:
		return r.relatedDay(n), true
	case kRelMonth:
		return r.relatedMonth(n)
	case kLast:
		return r.lastOf(n)
	}
	return iv, false
}

// holder gives the unit that holds a day.
func holder(d time.Time, u unit) interval {
	y, m := d.Year(), d.Month()
	switch u {
	case uWeek:
		d = monday(d)
		return interval{d, d.AddDate(0, 0, 7)}
	case uFortnight:
		d = monday(d)
		return interval{d, d.AddDate(0, 0, 14)}
	case uWeekend:
		d = monday(d).AddDate(0, 0, 5)
		return interval{d, d.AddDate(0, 0, 2)}
	case uMonth:
		return interval{day(y, m, 1), day(y, m+1, 1)}
	case uQuarter, uSeason:
		m = (m-1)/3*3 + 1
		return interval{day(y, m, 1), day(y, m+3, 1)}
	case uHalf:
		m = (m-1)/6*6 + 1
		return interval{day(y, m, 1), day(y, m+6, 1)}
	case uYear:
		return interval{day(y, 1, 1), day(y+1, 1, 1)}
	case uDecade:
		return interval{day(y/10*10, 1, 1), day(y/10*10+10, 1, 1)}
	case uCentury:
		return interval{day(y/100*100, 1, 1), day(y/100*100+100, 1, 1)}
	}
	return oneDay(d)
}

// shiftUnit gives the unit n after the one that holds d.
func shiftUnit(d time.Time, u unit, n int) interval {
	from := holder(d, u).from
	switch u {
	case uWeekend:
		return holder(from.AddDate(0, 0, 7*n), u)
	case uHour:
		from = d.Add(time.Duration(n) * time.Hour)
		return interval{from, from.Add(time.Hour)}
	}
	return holder(add(from, durOf(1, u), n), u)
}

// relatedDay gives a weekday: the last one before the anchor, the one of this week, the one of next week, the first to come, or
// the n-th after.
func (r *resolver) relatedDay(n *node) interval {
	this := monday(r.today).AddDate(0, 0, n.m-1)
	ahead := r.today.AddDate(0, 0, (n.m-isoWeekday(r.today)+6)%7+1)
	switch {
	case n.unit == uWeekday:
		return oneDay(ahead.AddDate(0, 0, 7*(n.n-1)))
	case n.n == coming:
		return oneDay(ahead)
	case n.n == -1:
		return oneDay(r.today.AddDate(0, 0, -((isoWeekday(r.today)-n.m+6)%7 + 1)))
	}
	if n.n == 0 && r.dir < 0 && this.After(r.today) { // "flew this very Sunday"
		this = this.AddDate(0, 0, -7)
	}
	return oneDay(this.AddDate(0, 0, 7*n.n))
}

// relatedMonth gives a month, season or day of a month: the last one that is over, the one of this year, the first to come.
func (r *resolver) relatedMonth(n *node) (interval, bool) {
	y := r.today.Year()
	if n.a.cal != gregorian || n.a.kind == kDOM || n.a.kind == kRange {
		s := *r
		s.dir = sign(n.n)
		return s.choose(n.a, 1)
	}
	at := func(y int) interval {
		c := interval{day(y, 1, 1), day(y+1, 1, 1)}
		iv, _ := ofYear(n.a, &c)
		return iv
	}
	k := n.n
	switch {
	case k == 0:
		return at(y), true
	case k < 0:
		iv := at(y)
		for i := 0; iv.to.After(r.today) && i < 2; i++ {
			y--
			iv = at(y)
		}
		return at(y + k + 1), true
	case k == coming:
		k = 1
	}
	if !at(y).from.After(r.today) {
		y++
	}
	return at(y + k - 1), true
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

// lastOf gives a stretch before or after the anchor. The anchor's own day belongs to neither; decades are whole ones.
func (r *resolver) lastOf(n *node) (iv interval, ok bool) {
	if n.dur.unit == uDecade || n.dur.unit == uCentury {
		this := holder(r.today, n.dur.unit)
		if n.n < 0 {
			return interval{this.from.AddDate(-int(n.dur.years), 0, 0), this.from}, true
		}
		return interval{this.to, this.to.AddDate(int(n.dur.years), 0, 0)}, true
	}
	if n.dur.unit < uDay {
		if n.n < 0 {
			return interval{add(r.now, n.dur, -1), r.now}, true
		}
		return interval{r.now, add(r.now, n.dur, 1)}, true
	}
	if n.n < 0 {
		return interval{add(r.today, n.dur, -1), r.today}, true
	}
	from := r.today.AddDate(0, 0, 1)
	return interval{from, add(from, n.dur, 1)}, true
}

// add moves t by n times d; a day that the month lacks becomes its last.
func add(t time.Time, d dur, n int) time.Time {
	if d.years != 0 || d.months != 0 {
		m := int(t.Month()) - 1 + n*int(12*d.years+d.months)
		y := t.Year() + floorDiv(m, 12)
		m = m - 12*floorDiv(m, 12)
		dom := min(t.Day(), lastDay(gregorian, y, m+1))
		t = time.Date(y, time.Month(m+1), dom, t.Hour(), t.Minute(), t.Second(), 0, t.Location())
	}
	t = t.AddDate(0, 0, n*int(d.days))
	for k := d.workdays; k > 0 && k < 4000; {
		t = t.AddDate(0, 0, sign(n))
		if isoWeekday(t) < 6 {
			k--
		}
	}
	return t.Add(time.Duration(n*int(d.seconds)) * time.Second)
}

// choose finds the container that an open node wants near the anchor. The news tells of the past unless it says otherwise; a
// coming date is taken where it is much nearer than the past one. A weekday beside the date settles it.
func (r *resolver) choose(n *node, depth int) (iv interval, ok bool) {
	if !r.known {
		return iv, false
	}
	if (n.kind == kNth || n.kind == kWeekNo || n.kind == kClock || n.kind == kDaytime) && n.in == nil { // the second Sunday: of this month; week 31: of this year
		return r.readIn(n, r.container(n, n.open, 0), depth)
	}
	if n.kind == kRange && (n.a.kind == kWeekNo || n.a.kind == kClock && n.open == uDay) && n.in == nil {
		return r.readIn(n, r.container(n, n.open, 0), depth)
	}
	if c, ok := r.said(n); ok {
		return r.readIn(n, c, depth)
	}
	past, future, hit := r.neighbours(n, depth)
	if hit != nil {
		return *hit, true
	}
	if past == nil || future == nil {
		if past == nil {
			past = future
		}
		if past == nil {
			return iv, false
		}
		r.thin = true
		return *past, true
	}
	if past.from.Equal(future.from) {
		return *past, true
	}
	back, ahead := r.today.Sub(past.from), future.from.Sub(r.today)
	switch {
	case r.dir > 0 && n.open == uYear && back < 60*24*time.Hour && ahead > 180*24*time.Hour && n.gran <= uDay:
		r.thin = true // "said on 2 November that it would"
		return *past, true
	case r.dir > 0:
		r.thin = n.open == uYear && back*6 < ahead
		return *future, true
	case r.dir < 0:
		r.thin = n.open == uYear && ahead*6 < back
		return *past, true
	case n.open == uYear && ahead*6 < back, n.open == uMonth && ahead*3 < back:
		r.thin = true
		return *future, true
	}
	r.thin = n.open == uYear && back > 200*24*time.Hour
	return *past, true
}

// said gives the year of a month that the text placed in a year before.
func (r *resolver) said(n *node) (c interval, ok bool) {
	m := n
	for m.in != nil {
		m = m.in
	}
	if n.open != uYear || m.kind != kMonth || m.cal != gregorian || n.kind == kRange || n.wd > 0 || r.dir > 0 || r.years[m.n] == 0 {
		return c, false
	}
	y := r.years[m.n]
	if r.dir < 0 && day(y, time.Month(m.n), 1).After(r.today) {
		return c, false // "since March", and March 2027 is to come
	}
	return interval{day(y, 1, 1), day(y+1, 1, 1)}, true
}

// remember notes the year of a month that the text itself says.
func (r *resolver) remember(n *node, iv interval) {
	if n.open == uNone && n.gran <= uMonth && n.gran >= uDay && (n.kind == kRelMonth || n.kind == kMonth || n.kind == kDOM && n.in != nil && n.in.kind == kMonth) {
		r.years[int(iv.from.Month())] = iv.from.Year()
	}
}

// neighbours gives the last reading that has begun and the first that has not ended, and the one that a named weekday picks.
// Some days are not in every year: 29 February is looked for in four.
func (r *resolver) neighbours(n *node, depth int) (past, future, hit *interval) {
	past, future = r.around(n, 1, depth)
	if n.open == uYear && (past == nil || future == nil) {
		past, future = r.around(n, 4, depth)
	}
	if n.wd > 0 {
		hit = r.onWeekday(n, past, future)
	}
	return past, future, hit
}

// around tries the containers from reach before the anchor's to reach after it.
func (r *resolver) around(n *node, reach, depth int) (past, future *interval) {
	top := n
	for top.in != nil {
		top = top.in
	}
	for k := -reach; k <= reach; k++ {
		iv, ok := r.readIn(n, r.container(top, n.open, k), depth)
		if !ok {
			continue
		}
		switch {
		case iv.to.After(r.today) && iv.from.Before(r.today.AddDate(0, 0, 1)): // holds the anchor's day, or lies in it
			return &iv, &iv
		case !iv.from.After(r.today):
			if past == nil || past.from.Before(iv.from) {
				past = &iv
			}
		case future == nil:
			future = &iv
		}
	}
	return past, future
}

// onWeekday picks the one reading that falls on the weekday that the text names.
func (r *resolver) onWeekday(n *node, past, future *interval) *interval {
	fits := func(iv *interval) bool { return iv != nil && isoWeekday(iv.from) == n.wd }
	switch {
	case fits(past) && (r.dir <= 0 || !fits(future)):
		return past
	case fits(future):
		return future
	}
	r.thin = true
	return nil
}

// container gives the k-th year, month, week, day or century after that of the anchor, in the calendar that n counts by.
func (r *resolver) container(n *node, open unit, k int) interval {
	switch open {
	case uYear:
		if c := chainCal(n); c != gregorian {
			y := yearAt(c, r.today) + k
			return interval{monthStart(c, y, 1), monthStart(c, y+1, 1)}
		}
	case uCentury:
		return shiftUnit(r.today, uCentury, k)
	}
	return shiftUnit(r.today, open, k)
}

// readIn resolves n with its outermost open container taken to be c.
func (r *resolver) readIn(n *node, c interval, depth int) (iv interval, ok bool) {
	if depth > maxDepth {
		return iv, false
	}
	switch {
	case n.kind == kRange:
		return r.rangeIn(n, c, depth)
	case n.kind == kPart && n.in == nil:
		base, ok := r.readIn(n.a, c, depth+1)
		if !ok {
			return iv, false
		}
		return r.partOf(n, base)
	case n.in == nil:
		return r.place(n, &c, depth+1)
	}
	outer, ok := r.readIn(n.in, c, depth+1)
	if !ok {
		return iv, false
	}
	return r.place(n, &outer, depth+1)
}

func (r *resolver) rangeIn(n *node, c interval, depth int) (iv interval, ok bool) {
	a, ok := r.readIn(n.a, c, depth+1)
	if !ok {
		return iv, false
	}
	b, ok := r.after(n.b, a, depth+1)
	if !ok {
		return iv, false
	}
	to := r.end(n, a, b)
	return interval{a.from, to}, to.After(a.from)
}
