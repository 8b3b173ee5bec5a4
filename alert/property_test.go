package alert_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"marsad/alert"
	"marsad/news"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var zones = []string{"Europe/Berlin", "America/New_York", "Africa/Cairo", "Asia/Beirut", "Australia/Lord_Howe", "Asia/Kolkata"}

// drawn gives any input that could come about.
func drawn(t *rapid.T) alert.Input {
	base := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	minutes := func(name string) time.Time {
		return base.Add(time.Duration(rapid.IntRange(0, 60*24*60).Draw(t, name)) * time.Minute)
	}
	in := alert.Input{Now: minutes("now")}
	in.Arrived = in.Now.Add(-time.Duration(rapid.IntRange(0, 60).Draw(t, "waited")) * time.Minute)
	in.Watch = news.Watch{ID: 1, Zone: rapid.SampledFrom(zones).Draw(t, "zone"), Cap: rapid.IntRange(0, 4).Draw(t, "cap"), Created: base,
		Quiet: news.QuietHours{From: rapid.IntRange(0, 1439).Draw(t, "from"), To: rapid.IntRange(0, 1439).Draw(t, "to")}}
	if rapid.Bool().Draw(t, "digest") {
		in.Watch.Digest = []int{rapid.IntRange(0, 1439).Draw(t, "slot")}
	}
	in.Watch.Tell = rapid.SliceOfN(rapid.SampledFrom([]news.ReasonKind{news.Breaking, news.Denial, news.NewSources, news.NewHeadline, news.NewNumber, news.Correction}), 0, 4).Draw(t, "tell")
	in.Recipients = []news.Recipient{{ID: 5, State: rapid.SampledFrom([]news.RecipientState{news.Confirmed, news.Confirmed, news.Unconfirmed, news.Unsubscribed, news.Bounced}).Draw(t, "state")}}
	in.Article = news.Article{ID: 9, Published: news.Stamp{Time: in.Arrived}}
	in.Story = news.Story{ID: 3, Headline: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "headline"), Independent: rapid.IntRange(1, 9).Draw(t, "independent")}
	if rapid.Bool().Draw(t, "breaks") {
		in.Story.Breaking = in.Now
	}
	in.Before = news.Story{ID: 3, Headline: "a", Independent: rapid.IntRange(0, in.Story.Independent).Draw(t, "before")}
	in.Corrected = rapid.Bool().Draw(t, "corrected")
	if in.Follows = rapid.Bool().Draw(t, "follows"); in.Follows {
		in.Edited = rapid.IntRange(0, 3).Draw(t, "edited") == 0
	}
	in.Followed = in.Arrived.Add(time.Duration(rapid.IntRange(-600, 180).Draw(t, "followed")) * time.Minute)
	in.Denials = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"denial x", "denial y"}), 0, 2, rapid.ID[string]).Draw(t, "denials")
	in.Figures = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"number 1 2", "number 3 4"}), 0, 2, rapid.ID[string]).Draw(t, "figures")
	for i := range rapid.IntRange(0, 6).Draw(t, "history") {
		at := in.Now.Add(-time.Duration(rapid.IntRange(0, 36*60).Draw(t, fmt.Sprint("told", i))) * time.Minute)
		n := news.Notice{Recipient: 5, Watch: 1, Story: rapid.Int64Range(2, 3).Draw(t, "of"), Kind: rapid.SampledFrom([]news.ReasonKind{news.FirstMatch, news.Breaking, news.Denial}).Draw(t, "kind"), Planned: at, Due: at.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, fmt.Sprint("waits", i))) * time.Minute)}
		n.ID = alert.ID(n)
		in.History = append(in.History, n)
	}
	return in
}

// TestPlanHolds says what is true of every decision, whatever came before.
func TestPlanHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		due, silent := alert.Plan(in)
		again, silentAgain := alert.Plan(in)
		if diff := cmp.Diff([]any{due, silent}, []any{again, silentAgain}); diff != "" {
			t.Fatalf("the same history, another decision:\n%s", diff)
		}
		if len(due)+len(silent) == 0 || len(silent) > 1 {
			t.Fatalf("%d notices and %d silences for one recipient", len(due), len(silent))
		}
		if len(due) == 0 {
			return
		}
		if in.Recipients[0].State != news.Confirmed {
			t.Fatal("somebody was told who has not agreed")
		}
		if in.Edited && (len(due) > 1 || due[0].Kind != news.Correction) {
			t.Fatalf("%s is told of what only an earlier query found", due[0].Kind)
		}
		if in.Article.Published.Time.Add(alert.Recent).Before(in.Followed) {
			t.Fatal("told of what an outlet published before it was followed")
		}
		oneLetter(t, in, due)
		n := due[0]
		if slices.ContainsFunc(in.History, func(h news.Notice) bool { return h.ID == n.ID }) {
			t.Fatal("told twice")
		}
		if n.Due.Before(in.Now) {
			t.Fatal("due in the past")
		}
		z, _ := time.LoadLocation(in.Watch.Zone)
		if q := in.Watch.Quiet; n.Kind != news.Breaking && n.Kind != news.DigestSlot && !alert.Awake(q, z, n.Due).Equal(n.Due) {
			t.Fatalf("due at %v, in the quiet hours", n.Due.In(z))
		}
		// What was planned is part of the history from then on, and nothing is planned a second time.
		in.History = append(in.History, n)
		in.History = append(in.History, due[1:]...)
		next, _ := alert.Plan(in)
		for _, again := range next {
			if again.Kind != news.DigestSlot && slices.ContainsFunc(due, func(n news.Notice) bool { return n.ID == again.ID }) {
				t.Fatal("planned again")
			}
		}
	})
}

// oneLetter finds all that is planned of a story at once due at one time, and with what waits already, so that it is one letter; but
// breaking news, which waits for nothing, and digests.
func oneLetter(t *rapid.T, in alert.Input, due []news.Notice) {
	for _, n := range due {
		if n.Kind == news.Breaking || n.Kind == news.DigestSlot {
			continue
		}
		for _, o := range append(slices.Clone(in.History), due...) {
			waits := o.Story == n.Story && o.Due.After(in.Now) && len(alert.Gather(n, []news.Notice{o})) > 0 && o.Kind != news.Breaking
			z, _ := time.LoadLocation(in.Watch.Zone)
			if waits && alert.Awake(in.Watch.Quiet, z, o.Due).Before(n.Due) {
				t.Fatalf("%s is due at %v, though a letter waits that goes at %v", n.Kind, n.Due, o.Due)
			}
		}
		if n.Kind != news.Correction && len(due) > 1 && due[0].Kind != news.Breaking && due[0].Kind != news.DigestSlot && !n.Due.Equal(due[0].Due) {
			t.Fatalf("what one article brought is due at %v and %v", due[0].Due, n.Due)
		}
	}
}

// TestSlotsThroughTheYear walks a year in zones whose clocks change, in steps, with a clock that jumps by an hour either way and a desk
// that is down for days: each local day has each slot once.
func TestSlotsThroughTheYear(t *testing.T) {
	for _, zone := range []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "Africa/Cairo"} {
		z, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		for _, slot := range []int{0, 90, 150, 155, 480, 1439} {
			begin := time.Date(2026, 1, 1, 12, 0, 0, 0, z)
			planned := map[string]time.Time{}
			now := begin
			for step := 0; now.Before(begin.AddDate(1, 0, 0)); step++ {
				seen := now.Add([]time.Duration{0, time.Hour, 0, -time.Hour}[step%4])
				at := alert.NextSlot([]int{slot}, z, seen)
				id := alert.Digest(news.Watch{ID: 1}, 5, at).ID
				if was, ok := planned[id]; ok && !was.Equal(at) {
					t.Fatalf("%s: one identity for %v and %v", zone, was, at)
				}
				planned[id] = at
				now = now.Add([]time.Duration{7 * time.Hour, 30 * time.Minute, 5 * time.Hour, 11 * time.Hour}[step%4])
			}
			days := map[string]int{}
			for _, at := range planned {
				days[at.In(z).Format(time.DateOnly)]++
			}
			for day, n := range days {
				if n != 1 {
					t.Errorf("%s, slot %d: %s has %d digests", zone, slot, day, n)
				}
			}
			if len(days) < 360 {
				t.Errorf("%s, slot %d: %d days of the year have one", zone, slot, len(days))
			}
			if got := len(alert.Slots([]int{slot}, z, begin, begin.AddDate(0, 0, 30))); got != 30 {
				t.Errorf("%s, slot %d: %d slots in thirty days of being down", zone, slot, got)
			}
		}
	}
}
