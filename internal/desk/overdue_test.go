package desk

import (
	"testing"
	"time"

	"marsad/alert"
	"marsad/news"
)

// TestNewsThatWaitedForDays sends no old news as news when a desk that was down runs again, but what is owed however late.
func TestNewsThatWaitedForDays(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	d := New(Options{Now: func() time.Time { return now }})
	of := func(kind news.ReasonKind, due time.Time) news.Delivery {
		return news.Delivery{State: news.Waiting, Notice: news.Notice{ID: "n", Story: 3, Watch: 1, Kind: kind, Planned: due, Due: due}}
	}
	old, late := now.Add(-alert.Stale-time.Minute), now.Add(-alert.Stale+time.Minute)
	digest, asked, released, tried, copied := of(news.DigestSlot, old), of(news.Optin, old), of(news.Breaking, old), of(news.Breaking, old), of(news.Breaking, old)
	digest.Notice.Story, asked.Notice.Story = 0, 0
	released.Released, tried.Attempts, copied.Notice.List = now, 1, 9
	for want, vs := range map[bool][]news.Delivery{
		true:  {of(news.Breaking, old), of(news.FirstMatch, old), of(news.Denial, old)},
		false: {of(news.Breaking, late), of(news.Correction, old), digest, asked, released, tried, copied},
	} {
		for i, v := range vs {
			if got := d.overdue(v); got != want {
				t.Errorf("%d of those that are too old = %v: %s due %v: %v", i, want, v.Notice.Kind, now.Sub(v.Notice.Due), got)
			}
		}
	}
}
