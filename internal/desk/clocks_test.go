package desk_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"marsad/alert"
	"marsad/internal/desk"
	"marsad/internal/store"
	"marsad/news"
)

// TestThirtyDaysOfDigests lets a desk live through thirty days in which the clocks of five zones are changed (one by half an hour, one at
// midnight), with its own clock an hour fast or slow every other time and a new start every few days. Articles come all the time, and for
// each local day each reader gets each of their digests once, at its time.
func TestThirtyDaysOfDigests(t *testing.T) {
	for name, c := range map[string]struct {
		begin time.Time
		slots map[string][]int // minutes after local midnight: in the hour that is skipped or comes twice, and one in the morning
	}{
		"spring": {time.Date(2026, 3, 7, 0, 0, 0, 0, time.UTC), map[string][]int{"America/New_York": {150, 480}, "Europe/Berlin": {150, 480}, "Asia/Beirut": {15, 480}, "Australia/Lord_Howe": {105, 480}, "Asia/Kolkata": {0}}},
		"autumn": {time.Date(2026, 10, 3, 0, 0, 0, 0, time.UTC), map[string][]int{"America/New_York": {90, 480}, "Europe/Berlin": {150, 480}, "Asia/Beirut": {1410, 480}, "Australia/Lord_Howe": {135, 480}, "Africa/Cairo": {1410}}},
	} {
		t.Run(name, func(t *testing.T) { newMonth(t, c.begin, c.slots).live() })
	}
}

// month is a desk with a digest watch a zone.
type month struct {
	*testing.T
	begin   time.Time
	path    string
	store   store.Store
	watches []news.Watch
	readers map[int64]news.Recipient
	told    []news.Notice
	seen    atomic.Int64 // what the desk's clock shows, in minutes since begin
	out     box
	desk    *desk.Desk
	stop    func()
}

func (m *month) now() time.Time { return m.begin.Add(time.Duration(m.seen.Load()) * time.Minute) }

func newMonth(t *testing.T, begin time.Time, slots map[string][]int) *month {
	m := &month{T: t, begin: begin, path: filepath.Join(t.TempDir(), "desk.db"), readers: map[int64]news.Recipient{}}
	m.start()
	for zone, at := range slots {
		r := news.Recipient{Carrier: "mail", Address: fmt.Sprintf("reader%d@example.org", len(m.readers)), State: news.Confirmed}
		var err error
		if r.ID, err = m.store.SaveRecipient(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		w := news.Watch{Name: zone, Query: "port", Zone: zone, Digest: at, Recipients: []int64{r.ID}, Created: begin.Add(-time.Hour)}
		if w.ID, err = m.store.SaveWatch(t.Context(), w); err != nil {
			t.Fatal(err)
		}
		m.readers[w.ID], m.watches = r, append(m.watches, w)
	}
	return m
}

func (m *month) start() {
	s := open(m.T, m.path)
	m.store = s
	m.desk = desk.New(desk.Options{Store: s, Fetcher: nobody{}, Analyse: analyse, Compose: plainly{}, Now: m.now, Tick: time.Millisecond, Alone: true, Carrier: func(context.Context, string) desk.Carrier { return &m.out }})
	end := run(m.T, m.desk)
	m.stop = func() {
		end()
		if err := s.Close(); err != nil {
			m.Fatal(err)
		}
	}
}

// live passes thirty days, three hours at a time, and counts.
func (m *month) live() {
	const step, days = 3 * 60, 30
	for i := int64(0); i*step <= days*24*60; i++ {
		m.seen.Store(i*step + []int64{0, 60, 0, -60}[i%4])
		if i%50 == 49 {
			m.stop()
			m.start()
		}
		for _, w := range m.watches {
			due, _ := alert.Plan(alert.Input{Watch: w, Recipients: []news.Recipient{m.readers[w.ID]}, Article: news.Article{ID: i + 1}, Arrived: m.now(), Now: m.now(),
				Story: news.Story{ID: 100*i + w.ID, Independent: 1}, History: m.told})
			if err := m.store.AddNotices(m.Context(), due); err != nil {
				m.Fatal(err)
			}
		}
		m.desk.WakeCopies()
		until(m.T, "what is due is sent", 20*time.Second, func() bool {
			rows, err := m.store.Outbox(m.Context(), time.Time{}, 40)
			if err != nil {
				m.Fatal(err)
			}
			for _, r := range rows {
				if r.Delivery.State == news.Waiting && !r.Delivery.Notice.Due.After(m.now()) {
					return false
				}
			}
			return true
		})
	}
	m.stop()
	m.judge(days)
}

// judge finds one digest for each slot of each whole local day, due when the clock on the wall showed it.
func (m *month) judge(days int) {
	letters := map[string]int{}
	for _, d := range m.out.sent {
		letters[d.Notice.ID]++
	}
	got := map[string]int{}
	for _, d := range m.out.sent {
		for _, w := range m.watches {
			if w.ID == d.Notice.Watch {
				z, _ := time.LoadLocation(w.Zone)
				got[fmt.Sprint(w.ID, " ", d.Notice.Due.In(z).Format(time.DateOnly))]++
			}
		}
		if letters[d.Notice.ID] != 1 {
			m.Errorf("the digest %s was sent %d times", d.Notice.Fact, letters[d.Notice.ID])
		}
	}
	for _, w := range m.watches {
		for day := 1; day < days-1; day++ { // whole days in every zone
			date := m.begin.AddDate(0, 0, day).Format(time.DateOnly)
			if n := got[fmt.Sprint(w.ID, " ", date)]; n != len(w.Digest) {
				m.Errorf("%s, %s: %d digests, want %d", w.Zone, date, n, len(w.Digest))
			}
		}
	}
}
