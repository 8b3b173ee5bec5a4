package timex

// unit is a measure of calendar or clock time, ordered by size.
type unit uint8

const (
	uNone unit = iota
	uSecond
	uMinute
	uHour
	uDaytime
	uDay
	uWorkday
	uWeekend
	uWeek
	uFortnight
	uMonth
	uSeason
	uQuarter
	uHalf
	uYear
	uDecade
	uCentury
)

var unitNames = map[string]unit{"second": uSecond, "minute": uMinute, "hour": uHour, "daytime": uDaytime, "day": uDay, "workday": uWorkday,
	"weekend": uWeekend, "week": uWeek, "fortnight": uFortnight, "month": uMonth, "season": uSeason, "quarter": uQuarter,
	"half": uHalf, "year": uYear, "decade": uDecade, "century": uCentury}

var unitWords = func() (words [uCentury + 1]string) {
	for name, u := range unitNames {
		if u <= uCentury {
			words[u] = name
		}
	}
	return words
}()

func (u unit) String() string {
	if u > uCentury {
		return ""
	}
	return unitWords[u]
}

// part is a stretch of a period.
type part uint8

const (
	pNone   part = iota
	pEarly       // its first part: early, beginning of
	pMid         // its middle
	pLate        // its last part: late, end of
	pRest        // from the anchor to its end
	pBefore      // from its beginning to the anchor: earlier this week
	pAfter       // from the anchor to its end: later this week
)

var partNames = map[string]part{"early": pEarly, "start": pEarly, "mid": pMid, "middle": pMid, "late": pLate, "end": pLate,
	"rest": pRest, "before": pBefore, "after": pAfter}

var daytimes = []string{"dawn", "morning", "noon", "afternoon", "evening", "night", "midnight"}

// hours of each of daytimes.
var daytimeHours = [][2]int{{4, 8}, {8, 12}, {11, 13}, {12, 16}, {16, 20}, {20, 24}, {0, 1}}

// nightTo is a daytime of two days: from eight in the evening of the day before to six.
const nightTo = 20

// coming is a relation: the first one after the anchor, be it in this week or the next.
const coming = 50

// kind says how a node finds its interval.
type kind uint8

const (
	kYear     kind = iota // n of cal
	kMonth                // n of cal, in a year
	kDOM                  // day n of a month
	kWeekday              // n
	kRel                  // the unit that holds the anchor, n on
	kRelDay               // weekday m of rel n, or month (kind in unit)
	kRelMonth             // month m, rel n
	kNth                  // the n-th unit or weekday (m) of its container; negative counts from the end
	kPart                 // part of a
	kRange                // from a to b
	kShift                // dur after (n=1) or before (n=-1) base a, nil = the anchor
	kLast                 // the dur before (n=-1) or after (n=1) the anchor
	kWithin               // the dur from base a on
	kDecade               // from year n on; below 100 of an open century
	kCentury              // n-th
	kQuarter              // n of a year
	kHalf                 // n of a year
	kSeason               // n of a year
	kWeekNo               // n of a year
	kHold                 // the unit that holds a: week of 16 September
	kClock                // n seconds after midnight
	kDaytime              // n of daytimes, of a day
	kNow
	kLength // a duration, nowhere on the calendar
	kEach   // a repetition of a, or of unit
)

// node is an expression of calendar time. It is never changed once made.
type node struct {
	kind    kind
	cal     calendar
	gran    unit // of the interval it denotes
	open    unit // the container it still wants, uNone for none
	unit    unit
	part    part
	n, m    int
	wd      int // weekday that was named beside it, 0 for none
	in      *node
	a, b    *node
	dur     dur
	weak    bool // no timex by itself
	decimal bool // looks like a decimal or a score
	whole   bool // of a range: the last unit belongs to it
	zoned   bool // of a clock: its zone was named
	zone    int  // minutes east of Greenwich
	halved  bool // of a clock: its half of the day was named
	pair    bool // of a range: two days joined by "and"
	digits  bool // written in digits
	ordinal bool // of a day: an ordinal in words
	either  bool // of a relation: may lie before as well as after; of a weekday with a number: the number may be the day's
	back    bool // of a relation: counts from the time last named
}

func yearOf(c calendar, y int) *node { return &node{kind: kYear, cal: c, gran: uYear, n: y} }

func monthOf(c calendar, m int, year *node) *node {
	return inside(&node{kind: kMonth, cal: c, gran: uMonth, open: uYear, n: m}, year)
}

func dayOf(c calendar, d int, month *node) *node {
	return inside(&node{kind: kDOM, cal: c, gran: uDay, open: uMonth, n: d}, month)
}

// inside puts n into a container, and wants what that still wants.
func inside(n, container *node) *node {
	if container == nil {
		return n
	}
	m := *n
	m.in, m.open = container, container.open
	if n.in != nil { // md + year: the month goes into the year
		m.in = inside(n.in, container)
		m.open = m.in.open
	}
	m.weak = false
	return &m
}

// dur is a length of time.
type dur struct {
	years, months, days, seconds, workdays int32
	unit                                   unit // the smallest that was named
	vague                                  bool // few, several
}

func durOf(count int, u unit) dur {
	d, n := dur{unit: u}, int32(count)
	switch u {
	case uSecond:
		d.seconds = n
	case uMinute:
		d.seconds = 60 * n
	case uHour:
		d.seconds = 3600 * n
	case uDay:
		d.days = n
	case uWorkday:
		d.workdays = n
	case uWeek, uWeekend:
		d.days = 7 * n
	case uFortnight:
		d.days = 14 * n
	case uMonth:
		d.months = n
	case uQuarter, uSeason:
		d.months = 3 * n
	case uHalf:
		d.months = 6 * n
	case uYear:
		d.years = n
	case uDecade:
		d.years = 10 * n
	case uCentury:
		d.years = 100 * n
	}
	return d
}

func (d dur) plus(e dur) dur {
	d.years += e.years
	d.months += e.months
	d.days += e.days
	d.seconds += e.seconds
	d.workdays += e.workdays
	d.unit = min(d.unit, e.unit)
	d.vague = d.vague || e.vague
	return d
}

// val is what a constituent means.
type val struct {
	n    int
	cal  calendar
	unit unit
	part part
	dur  dur
	node *node
	dig  int8 // digits that the number was written with, 0 = in words
	set  bool
}
