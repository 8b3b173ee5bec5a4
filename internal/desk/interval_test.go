package desk

import (
	"testing"
	"time"

	"marsad/news"
)

func TestIntervalFollowsTheFeed(t *testing.T) {
	now := time.Date(2024, 6, 18, 12, 0, 0, 0, time.UTC)
	i := Interval{}.orDefault()
	f := news.Feed{URL: "https://a.example/feed"}
	for range 50 {
		i.next(&f, 5, now)
	}
	if f.Every != i.Min {
		t.Errorf("a busy feed is asked every %v", f.Every)
	}
	for range 50 {
		i.next(&f, 0, now)
	}
	if f.Every != i.Max {
		t.Errorf("a quiet feed is asked every %v", f.Every)
	}
	if wait := f.Due.Sub(now); wait < i.Max*9/10 || wait > i.Max*11/10 {
		t.Errorf("due in %v", wait)
	}
}

func TestFailuresWaitLonger(t *testing.T) {
	now := time.Date(2024, 6, 18, 12, 0, 0, 0, time.UTC)
	i := Interval{}.orDefault()
	f := news.Feed{URL: "https://a.example/feed", Every: 10 * time.Minute}
	last := time.Duration(0)
	for n := range 6 {
		i.failed(&f, time.Time{}, now)
		if wait := f.Due.Sub(now); f.Failures != n+1 || wait <= last {
			t.Errorf("failure %d: due in %v after %v", f.Failures, wait, last)
		} else {
			last = wait
		}
	}
	for range 50 {
		i.failed(&f, time.Time{}, now)
	}
	if wait := f.Due.Sub(now); wait > 48*time.Hour {
		t.Errorf("never again before %v", wait)
	}
	i.failed(&f, now.Add(100*time.Hour), now)
	if !f.Due.Equal(now.Add(100 * time.Hour)) {
		t.Errorf("the server asked for later: due %v", f.Due)
	}
}

func TestBackoff(t *testing.T) {
	now := time.Date(2024, 6, 18, 12, 0, 0, 0, time.UTC)
	for attempts, want := range map[int]time.Duration{0: 30 * time.Second, 1: 30 * time.Second, 2: time.Minute, 5: 8 * time.Minute, 1000: 4 * time.Hour} {
		if got := backoff("n", attempts, now); got < want*3/4 || got > want*5/4 {
			t.Errorf("after %d attempts: %v, want about %v", attempts, got, want)
		}
	}
	if backoff("a", 5, now) == backoff("b", 5, now) {
		t.Error("two notices come at the same moment")
	}
}

func TestOldestFirst(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2024, 6, d, 0, 0, 0, 0, time.UTC) }
	items := []news.Item{{GUID: "d", Published: day(4)}, {GUID: "b", Published: day(2)}, {GUID: "c", Published: day(3)}, {GUID: "a", Published: day(1)}}
	undated := []news.Item{{GUID: "b"}, {GUID: "a"}}
	for _, list := range [][]news.Item{items, undated} {
		oldestFirst(list)
		for i, it := range list {
			if it.GUID != string(rune('a'+i)) {
				t.Errorf("place %d has %s", i, it.GUID)
			}
		}
	}
}

func TestEventsSumUp(t *testing.T) {
	d := New(Options{})
	slow, quick := d.Events(t.Context()), d.Events(t.Context())
	d.events.tell(Event{Stories: 2})
	if e := <-quick; e.Stories != 2 || e.Breaking {
		t.Errorf("got %+v", e)
	}
	d.events.tell(Event{Stories: 3, Breaking: true})
	if e := <-slow; e.Stories != 5 || !e.Breaking {
		t.Errorf("a slow listener got %+v, want the sum", e)
	}
}

func TestHistoryLetsOldNoticesGo(t *testing.T) {
	now := time.Date(2024, 6, 18, 12, 0, 0, 0, time.UTC)
	var h history
	for n := range 5 * fewNotices {
		at := now.Add(time.Duration(n) * time.Minute)
		h.add([]news.Notice{{Recipient: int64(n % 7), Watch: 1, Planned: at}}, at.Add(-100*time.Minute))
	}
	if h.size > 2*fewNotices {
		t.Errorf("%d notices are held", h.size)
	}
	got := append(h.about(1, 1, 9, nil), h.about(2, 1, 9, nil)...)
	late := 0
	for _, n := range got {
		if n.Recipient != 1 && n.Recipient != 2 {
			t.Fatalf("a notice of recipient %d", n.Recipient)
		}
		if n.Planned.After(now.Add((5*fewNotices - 70) * time.Minute)) {
			late++
		}
	}
	if late < 18 {
		t.Errorf("%d of the last notices are held", late)
	}
}

func TestAnIntervalThatIsSetStays(t *testing.T) {
	now := time.Date(2024, 6, 18, 12, 0, 0, 0, time.UTC)
	i := Interval{}.orDefault()
	for _, c := range []struct{ set, want time.Duration }{{6 * time.Hour, 6 * time.Hour}, {time.Second, i.Min}} {
		f := news.Feed{URL: "https://a.example/feed", Fixed: c.set}
		for fresh := range 4 {
			if i.next(&f, fresh, now); f.Every != c.want {
				t.Errorf("set to %v, and asked every %v after %d new items", c.set, f.Every, fresh)
			}
		}
	}
}
