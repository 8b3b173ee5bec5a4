package page

import (
	"time"

	"marsad/news"
)

// clock reads the clock that stands behind a date, among the tokens up to next, else the one before it, from token after on.
func (d *dateReader) clock(st *news.Stamp, f dayFound, after, next int) {
	for i := f.to; i < next; i++ {
		if d.clockAt(st, i, true) {
			return
		}
	}
	for i := after; i < f.from; i++ {
		if d.clockAt(st, i, false) {
			return
		}
	}
}

// clockMarks stand between hours and minutes: 10:30, 10h30, 10時30分.
var clockMarks = map[string]bool{"h": true, "時": true, "时": true, "点": true, "點": true, "시": true}

// clockAt reads a clock at token i. Behind a date a full stop may part hours and minutes.
func (d *dateReader) clockAt(st *news.Stamp, i int, stops bool) bool {
	h, c, m := d.tok(i), d.tok(i+1), d.tok(i+2)
	if h.kind != 'n' || h.size > 2 || m.kind != 'n' || m.size != 2 || h.num > 23 || m.num > 59 || i > 0 && d.tok(i-1).kind == c.kind {
		return false
	}
	if c.kind != ':' && !(c.kind == '.' && stops && d.tok(i+3).kind != '.') && !(c.kind == 'w' && clockMarks[c.word]) {
		return false
	}
	j, hour, sec := i+3, h.num, 0
	if d.tok(j).kind == ':' && d.tok(j+1).kind == 'n' && d.tok(j+1).size == 2 && d.tok(j+1).num < 60 {
		sec = d.tok(j + 1).num
		j += 2
	}
	switch d.tok(j).word {
	case "pm", "p", "م", "مساء":
		hour = hour%12 + 12
		j++
	case "am", "a", "ص", "صباحا":
		hour %= 12
		j++
	}
	if i > 1 && d.afternoon(i) {
		hour = hour%12 + 12
	}
	zone, known := d.zoneAt(j)
	y, mo, day := st.Time.Date()
	st.Time, st.DayOnly, st.Zoned = time.Date(y, mo, day, hour, m.num, sec, 0, zone), false, known
	return true
}

// zoneAt reads a zone at token j: its name, or an offset.
func (d *dateReader) zoneAt(j int) (zone *time.Location, known bool) {
	t := d.tok(j)
	if t.kind == 'w' {
		hours, ok := zones[t.word]
		if !ok || hours == 0 {
			return time.UTC, ok
		}
		return time.FixedZone("", hours*3600), true
	}
	n := d.tok(j + 1)
	if t.kind != '+' && t.kind != '-' || n.kind != 'n' || n.space {
		return time.UTC, false
	}
	off := n.num * 3600
	if n.size == 4 {
		off = n.num/100*3600 + n.num%100*60
	}
	if t.kind == '-' {
		off = -off
	}
	if off > 14*3600 || off < -12*3600 {
		return time.UTC, false
	}
	return time.FixedZone("", off), true
}

// afternoon tells whether the words before an hour say so: 오후 3:10, 下午3:10, 午後3:10.
func (d *dateReader) afternoon(i int) bool {
	one, two := d.tok(i-1).word, d.tok(i-2).word
	return one == "오후" || two == "下" && one == "午" || two == "午" && (one == "後" || one == "后")
}
