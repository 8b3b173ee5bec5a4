package alert

import (
	"sort"
	"time"

	"marsad/news"
)

// zone gives the place of an IANA name, UTC where there is none such.
func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return z
}

// Awake gives the first moment at or after t that lies outside of the quiet hours q in zone z. The hours are read off the clock on
// the wall: on the day that the clock is put forward or back they are shorter or longer.
func Awake(q news.QuietHours, z *time.Location, t time.Time) time.Time {
	if q.From == q.To {
		return t
	}
	local := t.In(z)
	minute := local.Hour()*60 + local.Minute()
	quiet := q.From <= minute && minute < q.To
	if q.From > q.To { // over midnight
		quiet = minute >= q.From || minute < q.To
	}
	if !quiet {
		return t
	}
	day := 0
	if minute >= q.From && q.From > q.To {
		day = 1
	}
	end := wall(local, day, q.To, z)
	if !end.After(t) { // the hour of the end comes twice tonight
		return t
	}
	return end
}

// EndsQuiet tells whether a moment is the one at which a watch's quiet hours end.
func EndsQuiet(w news.Watch, at time.Time) bool {
	if w.Quiet.From == w.Quiet.To {
		return false
	}
	at = at.In(zone(w.Zone))
	return at.Hour()*60+at.Minute() == w.Quiet.To && !Awake(w.Quiet, zone(w.Zone), at.Add(-time.Second)).Equal(at.Add(-time.Second))
}

// wall gives the moment at which the clock on the wall of z shows the given minute after midnight, days after the day of t. A time
// that the day skips is the first moment after the gap.
func wall(t time.Time, days, minute int, z *time.Location) time.Time {
	y, m, d := t.Date()
	at := time.Date(y, m, d+days, minute/60, minute%60, 0, 0, z)
	if got := at.Hour()*60 + at.Minute(); got != minute {
		// time.Date moved the clock by the size of the gap, forward or back; go to the gap's end.
		want := face(time.Date(y, m, d+days, 0, minute, 0, 0, time.UTC))
		for at = at.Add(-3 * time.Hour); face(at).Before(want); at = at.Add(time.Minute) {
		}
	}
	return at
}

// face gives what the clock and the calendar on the wall show, as a moment that can be compared.
func face(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)
}

// NextSlot gives the first of the daily digest times, minutes after local midnight, that lies after now. Each slot of a day comes
// exactly once, however the clock is changed: a slot in the hour that comes twice is the first of the two, one in the hour that is
// skipped is the hour's end. No slots gives the zero time.
func NextSlot(slots []int, z *time.Location, now time.Time) time.Time {
	var best time.Time
	for day := -1; day <= 2; day++ {
		for _, s := range slots {
			at := first(wall(now.In(z), day, s, z))
			if at.After(now) && (best.IsZero() || at.Before(best)) {
				best = at
			}
		}
	}
	return best
}

// first gives the earlier of the two moments at which the wall shows the same clock, if there are two.
func first(t time.Time) time.Time {
	for _, back := range []time.Duration{time.Hour, 30 * time.Minute} {
		if e := t.Add(-back); e.Hour() == t.Hour() && e.Minute() == t.Minute() && e.Day() == t.Day() {
			return e
		}
	}
	return t
}

// Slots gives the digest times in (after, until], in order: those that a desk that was down has missed.
func Slots(slots []int, z *time.Location, after, until time.Time) (due []time.Time) {
	for t := NextSlot(slots, z, after); !t.IsZero() && !t.After(until); t = NextSlot(slots, z, t) {
		due = append(due, t)
	}
	sort.Slice(due, func(i, j int) bool { return due[i].Before(due[j]) })
	return due
}
