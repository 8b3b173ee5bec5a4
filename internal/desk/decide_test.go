package desk

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"marsad/alert"
	"marsad/news"

	"pgregory.net/rapid"
)

// TestWhoeverWasToldOfAPart merges a story that a reader was told of into one that they were not.
func TestWhoeverWasToldOfAPart(t *testing.T) {
	now := time.Date(2024, 6, 18, 12, 0, 0, 0, time.UTC)
	reader := []news.Recipient{{ID: 5, State: news.Confirmed}}
	var told history
	told.add([]news.Notice{{Recipient: 5, Watch: 1, Story: 7, Kind: news.FirstMatch, Planned: now, Due: now}}, now.Add(-time.Hour))
	changed := []news.Story{{ID: 3}, {ID: 7, Merged: 3}}
	plan := func() int {
		due, _ := alert.Plan(alert.Input{Watch: news.Watch{ID: 1}, Recipients: reader, Article: news.Article{ID: 9}, Arrived: now, Story: changed[0],
			History: told.about(5, 1, changed[0].ID, merged(changed)), Now: now})
		return len(due)
	}
	if n := plan(); n != 0 {
		t.Error("told again by the article that merges")
	}
	told.move(changed)
	changed = changed[:1]
	if n := plan(); n != 0 {
		t.Error("told again later")
	}
}

// TestHistoryAsItWasKept compares what a plan is told of the past with all notices of its reader, by a dumb search.
func TestHistoryAsItWasKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2024, 6, 18, 12, 0, 0, 0, time.UTC)
		var h history
		var all []news.Notice
		for i := range rapid.IntRange(0, 30).Draw(t, "steps") {
			if rapid.IntRange(0, 4).Draw(t, "merge") == 0 {
				part, whole := rapid.Int64Range(1, 4).Draw(t, "part"), rapid.Int64Range(5, 6).Draw(t, "whole")
				h.move([]news.Story{{ID: whole}, {ID: part, Merged: whole}})
				for j := range all {
					if all[j].Story == part {
						all[j].Story = whole
					}
				}
				continue
			}
			n := news.Notice{ID: fmt.Sprint(i), Recipient: rapid.Int64Range(1, 2).Draw(t, "to"), Watch: rapid.Int64Range(1, 2).Draw(t, "watch"), Story: rapid.Int64Range(0, 6).Draw(t, "story"), Planned: now}
			h.add([]news.Notice{n}, now.Add(-time.Hour))
			all = append(all, n)
		}
		into := map[int64]int64{1: 5} // a story that this very article shows to be part of another
		var want, got []string
		for _, n := range all {
			if s := into[n.Story]; s != 0 {
				n.Story = s
			}
			if n.Recipient == 1 && (n.Watch == 1 || n.Story == 5) {
				want = append(want, fmt.Sprint(n.ID, " ", n.Story == 5))
			}
		}
		for _, n := range h.about(1, 1, 5, into) {
			got = append(got, fmt.Sprint(n.ID, " ", n.Story == 5 || into[n.Story] == 5))
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Fatalf("kept %v, asked for %v", want, got)
		}
	})
}

// TestWhoeverWasToldOfWhatWasTakenApart splits a story of which readers were told by different articles, and joins it again: what somebody read
// is not told to them as new, by whichever story it is in.
func TestWhoeverWasToldOfWhatWasTakenApart(t *testing.T) {
	now := time.Date(2024, 6, 18, 12, 0, 0, 0, time.UTC)
	var told history
	by := func(recipient, article int64) news.Notice {
		return news.Notice{ID: fmt.Sprint(recipient), Recipient: recipient, Watch: 1, Story: 3, Article: article, Kind: news.FirstMatch, Planned: now, Due: now}
	}
	told.add([]news.Notice{by(5, 8), by(6, 9)}, now.Add(-time.Hour))
	plan := func(recipient, story int64) int {
		due, _ := alert.Plan(alert.Input{Watch: news.Watch{ID: 1}, Recipients: []news.Recipient{{ID: recipient, State: news.Confirmed}}, Article: news.Article{ID: 10}, Arrived: now,
			Story: news.Story{ID: story}, History: told.about(recipient, 1, story, nil), Now: now})
		return len(due)
	}
	split := []news.Placement{{Article: 9, Story: 4, New: true}}
	told.moved(split, []news.Story{{ID: 3}, {ID: 4}})
	told.move([]news.Story{{ID: 3}, {ID: 4}})
	for _, c := range []struct {
		recipient, story int64
		want             int
	}{{5, 3, 0}, {5, 4, 1}, {6, 3, 0}, {6, 4, 0}} {
		if got := plan(c.recipient, c.story); got != c.want {
			t.Errorf("after the split %d is told %d times of story %d, want %d", c.recipient, got, c.story, c.want)
		}
	}
	joined := []news.Story{{ID: 3}, {ID: 4, Merged: 3}}
	told.moved([]news.Placement{{Article: 9, Story: 3}}, joined)
	told.move(joined)
	told.moved(split, []news.Story{{ID: 3}, {ID: 4}}) // the joining is taken back
	for _, recipient := range []int64{5, 6} {
		if plan(recipient, 3) != 0 || plan(recipient, 4) != int(6-recipient) {
			t.Errorf("after it was joined and taken apart again %d is told %d and %d times", recipient, plan(recipient, 3), plan(recipient, 4))
		}
	}
	if n := len(told.told[[2]int64{6, 4}]); n != 1 {
		t.Errorf("one notice is remembered %d times", n)
	}
}

// TestUrgentTakesTurns gives each story its turn, however many readers another has.
func TestUrgentTakesTurns(t *testing.T) {
	now := time.Date(2024, 6, 18, 12, 0, 0, 0, time.UTC)
	var u urgent
	of := func(story int64, n int, due time.Duration) (ns []news.Notice) {
		for i := range n {
			ns = append(ns, news.Notice{ID: fmt.Sprint(story, ".", i), Story: story, Due: now.Add(due)})
		}
		return ns
	}
	u.put(of(1, 1000, 0), now)
	first := u.take(2)
	u.put(append(of(2, 2, 0), of(3, 5, time.Minute)...), now)
	if got := fmt.Sprint(first, u.take(5)); got != "[1.0 1.1] [1.2 2.0 1.3 2.1 1.4]" {
		t.Error(got)
	}
	if rest := u.take(5000); len(rest) != 995 || u.size != 0 || len(u.by) != 0 || u.take(1) != nil {
		t.Errorf("%d more, %d are said to be left", len(rest), u.size)
	}
}
