package timex

import (
	"fmt"
	"strings"
	"time"

	"marsad/news"
)

func typeOf(n *node) news.TimexType {
	switch {
	case n.kind == kEach:
		return news.Set
	case n.gran < uDay:
		return news.Time
	}
	return news.Date
}

// relative tells whether a node, or what it hangs on, needs the anchor.
func relative(n *node) bool {
	for ; n != nil; n = n.in {
		switch n.kind {
		case kRel, kRelDay, kRelMonth, kLast, kNow:
			return true
		case kShift, kWithin:
			return n.a == nil || relative(n.a)
		case kPart, kHold, kRange:
			if n.a != nil && (n.a.open != uNone || relative(n.a)) || n.b != nil && (n.b.open != uNone || relative(n.b)) || n.part >= pRest {
				return true
			}
		}
	}
	return false
}

// certainty is a judgement by kind of evidence, not a measured probability: a full date, a relation, an inferred container.
func certainty(n *node, thin, found bool) float64 {
	switch {
	case !found:
		return 0.3
	case thin, n.weak && n.decimal:
		return 0.5
	case n.kind == kShift && n.dur.vague:
		return 0.5
	case n.kind == kShift && n.dur.unit > uWeek:
		return 0.7
	case n.kind == kPart, n.kind == kLast, n.kind == kWithin:
		return 0.75
	case n.open != uNone:
		return 0.85
	case relative(n):
		return 0.92
	}
	return 0.98
}

// value writes a node as TIMEX3 does. What was not resolved keeps X in the places that are open.
func value(n *node, iv interval, found bool) string {
	if n.kind == kEach {
		return each(n)
	}
	if !found {
		return unresolved(n)
	}
	switch n.gran {
	case uSecond, uMinute, uHour:
		if n.kind == kRange || n.kind == kLast {
			return iv.from.Format("2006-01-02T15:04") + "/" + iv.to.Format("2006-01-02T15:04")
		}
		return iv.from.Format("2006-01-02T15:04")
	case uDaytime:
		if n.kind == kPart {
			return iv.from.Format("2006-01-02T15:04") + "/" + iv.to.Format("2006-01-02T15:04")
		}
		return iv.from.Format("2006-01-02") + "T" + [...]string{"MO", "MO", "MI", "AF", "EV", "NI", "NI"}[daytimeAt(iv.from.Hour())]
	}
	whole := holder(iv.from, n.gran)
	if n.kind == kRange || n.kind == kLast || n.kind == kWithin || n.kind == kPart || n.kind != kShift && whole != iv {
		if iv == oneDay(iv.from) {
			return iv.from.Format(time.DateOnly)
		}
		return iv.from.Format(time.DateOnly) + "/" + iv.to.Format(time.DateOnly)
	}
	g := n.gran
	if n.kind == kShift && n.dur.unit > g {
		g = min(n.dur.unit, uYear)
	}
	return unitValue(iv.from, g)
}

func daytimeAt(hour int) int {
	for i, h := range daytimeHours {
		if h[0] == hour {
			return i
		}
	}
	return 0
}

func unitValue(t time.Time, g unit) string {
	switch g {
	case uWeek, uFortnight:
		y, w := t.ISOWeek()
		return fmt.Sprintf("%04d-W%02d", y, w)
	case uWeekend:
		y, w := t.ISOWeek()
		return fmt.Sprintf("%04d-W%02d-WE", y, w)
	case uMonth:
		return t.Format("2006-01")
	case uQuarter, uSeason:
		return fmt.Sprintf("%04d-Q%d", t.Year(), (int(t.Month())+2)/3)
	case uHalf:
		return fmt.Sprintf("%04d-H%d", t.Year(), (int(t.Month())+5)/6)
	case uYear:
		return fmt.Sprintf("%04d", t.Year())
	case uDecade:
		return fmt.Sprintf("%03d", t.Year()/10)
	case uCentury:
		return fmt.Sprintf("%02d", t.Year()/100)
	}
	return t.Format(time.DateOnly)
}

// unresolved writes what is known of a time without an anchor: XXXX-06-18, XXXX-WXX-2.
func unresolved(n *node) string {
	switch n.kind {
	case kWeekday:
		return fmt.Sprintf("XXXX-WXX-%d", n.n)
	case kDOM:
		if n.in != nil && n.in.kind == kMonth && n.in.cal == gregorian {
			v := fmt.Sprintf("XXXX-%02d-%02d", n.in.n, n.n)
			if n.wd > 0 {
				v += fmt.Sprintf("-W%d", n.wd)
			}
			return v
		}
		return fmt.Sprintf("XXXX-XX-%02d", n.n)
	case kMonth:
		if n.cal == gregorian {
			return fmt.Sprintf("XXXX-%02d", n.n)
		}
	case kRange:
		return unresolved(n.a) + "/" + unresolved(n.b)
	case kPart:
		return unresolved(n.a)
	case kRelMonth:
		return unresolved(n.a)
	case kShift:
		if n.n < 0 {
			return "PAST_REF"
		}
		return "FUTURE_REF"
	case kRel, kNow:
		switch {
		case n.n < 0:
			return "PAST_REF"
		case n.n > 0:
			return "FUTURE_REF"
		}
		return "PRESENT_REF"
	}
	return "XXXX"
}

func each(n *node) string {
	if n.a != nil {
		return unresolved(n.a)
	}
	if n.dur.unit != uNone {
		return n.dur.value()
	}
	return durOf(1, n.unit).value()
}

// value writes a length as TIMEX3 does: P1Y2M, PT2H, P3W.
func (d dur) value() string {
	if d.days != 0 && d.days%7 == 0 && d.unit >= uWeek && d.years+d.months+d.seconds == 0 {
		return fmt.Sprintf("P%dW", d.days/7)
	}
	var b strings.Builder
	b.WriteByte('P')
	part := func(n int32, c byte) {
		if n != 0 {
			fmt.Fprintf(&b, "%d%c", n, c)
		}
	}
	part(d.years, 'Y')
	part(d.months, 'M')
	part(d.days+d.workdays, 'D')
	if d.seconds != 0 {
		b.WriteByte('T')
		part(d.seconds/3600, 'H')
		part(d.seconds%3600/60, 'M')
		part(d.seconds%60, 'S')
	}
	return b.String()
}
