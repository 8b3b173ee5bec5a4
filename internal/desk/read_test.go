package desk

import (
	"testing"
	"time"

	"marsad/news"
)

func TestClockTakesTheFeedsZone(t *testing.T) {
	feed := time.Date(2026, 3, 2, 14, 10, 30, 0, time.UTC)
	page := news.Stamp{Time: time.Date(2026, 3, 2, 9, 10, 0, 0, time.UTC), From: news.FromMeta}
	got := onTheClock(page, feed)
	if _, offset := got.Time.Zone(); !got.Zoned || offset != -5*3600 || got.Time.UTC().Hour() != 14 || got.From != news.FromMeta {
		t.Errorf("got %+v", got)
	}
	for name, s := range map[string]news.Stamp{
		"another minute": {Time: page.Time.Add(4 * time.Minute)},
		"another day":    {Time: page.Time.Add(-24 * time.Hour)},
		"a bare day":     {Time: page.Time.Truncate(24 * time.Hour), DayOnly: true},
		"a zone":         {Time: page.Time, Zoned: true},
		"nothing":        {},
	} {
		if onTheClock(s, feed) != s {
			t.Errorf("%s: changed to %+v", name, onTheClock(s, feed))
		}
	}
	if onTheClock(page, time.Time{}) != page {
		t.Error("changed without a feed's moment")
	}
}
