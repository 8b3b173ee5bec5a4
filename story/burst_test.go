package story

import (
	"testing"
	"time"

	"marsad/news"
)

// wire plays reports into a window without their texts: only who, when and of which story.
type wire struct {
	*Window
	start, now int64
}

func newWire() *wire {
	start := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC).Unix()
	return &wire{NewWindow(Options{}), start, start}
}

// tell adds a report of a story's and says whether the story broke by then.
func (w *wire) tell(c *cluster, source, told, arrived int64) bool {
	a := &article{id: int64(len(w.arts) + 1), source: source, story: c, told: told, arrived: arrived, number: w.base + uint32(len(w.arts)), lang: 1}
	w.arts = append(w.arts, a)
	c.members = append(c.members, a.number)
	w.watchBurst(a)
	return c.broke != 0
}

// ordinary plays days of a story every half minute, of which one in three gains a report within hours.
func (w *wire) ordinary(days float64) {
	end := w.start + int64(days*86400)
	var later []func()
	for n := int64(0); w.now < end; n++ {
		c := &cluster{id: w.now}
		w.tell(c, 1, w.now, w.now)
		if n%3 == 0 {
			at := w.now + n%97*90
			later = append(later, func() { w.tell(c, 2, at, at) })
		}
		if len(later) > 100 {
			later[0]()
			later = later[1:]
		}
		w.now += 30
	}
}

// run tells a story by so many outlets, so many seconds apart, and says with which report it broke, 0 for none.
func (w *wire) run(reports int, apart, late int64) int {
	c := &cluster{id: -w.now}
	at := 0
	for i := range reports {
		told := w.now + int64(i)*apart
		if w.tell(c, int64(i+1), told, told+late) && at == 0 {
			at = i + 1
		}
	}
	return at
}

func TestReportsWithinMinutesBreak(t *testing.T) {
	w := newWire()
	w.ordinary(2)
	for _, c := range []struct {
		reports     int
		apart, late int64
		least, most int
		what        string
	}{
		{6, 40, 0, 3, 4, "a report every 40 seconds"},
		{2, 40, 0, 0, 0, "two reports within a minute, of which there are several a day"},
		{8, 2400, 0, 0, 0, "a report every 40 minutes"},
		{8, 40, fresh + 1, 0, 0, "an archive that is read in"},
	} {
		if got := w.run(c.reports, c.apart, c.late); got < c.least || got > c.most {
			t.Errorf("%s: broke with report %d, wanted %d to %d", c.what, got, c.least, c.most)
		}
	}
}

func TestOneOutletBreaksNothing(t *testing.T) {
	w := newWire()
	w.ordinary(.5)
	c := &cluster{id: -1}
	for i := range int64(20) {
		if w.tell(c, 7, w.now+i*20, w.now+i*20) {
			t.Fatalf("its own %d reports made a story break", i+1)
		}
	}
}

func TestBreaksOnceAndSaysWhy(t *testing.T) {
	w := newWire()
	w.ordinary(1)
	c := &cluster{id: -1}
	var first int64
	var why []news.Reason
	for i := range int64(12) {
		w.tell(c, i, w.now+i*30, w.now+i*30)
		if first == 0 {
			first, why = c.broke, c.why
		}
	}
	if first == 0 || c.broke != first || len(why) != 3 || why[0].Value < 3 || why[1].Value > 300 || why[2].Value > .1 {
		t.Errorf("broke at %d, then %d: %v", first, c.broke, why)
	}
}

// TestYoungWindowHoldsBack: the same run needs more reports where what is usual was seen for minutes only.
func TestYoungWindowHoldsBack(t *testing.T) {
	young, grown := newWire(), newWire()
	young.ordinary(.02)
	grown.ordinary(2)
	if y, g := young.run(12, 60, 0), grown.run(12, 60, 0); y != 0 && y <= g || g == 0 {
		t.Errorf("young: report %d, grown: report %d", y, g)
	}
}

func TestUrgentReportsBreakSooner(t *testing.T) {
	plain := []*article{{}, {}, {}}
	urgent := []*article{{flash: true}, {flash: true}, {flash: true}}
	if urgency(plain) != 0 || urgency(urgent) <= urgency(urgent[:1]) || urgency(urgent) != urgency(urgent[:2]) {
		t.Error("two urgent reports count, and no more")
	}
}
