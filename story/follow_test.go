package story_test

import (
	"slices"
	"testing"
	"time"

	"marsad/news"
	"marsad/story"
)

// TestCopyWithAnEarlierDate sees that a copy whose clock is wrong takes nothing from its origin, and that a story is told where only
// copies of it are left.
func TestCopyWithAnEarlierDate(t *testing.T) {
	d := newDesk(t)
	d.place("mirror", "en", 0, craneEN)
	d.place("courier", "en", time.Hour, craneEN)
	both := d.entries(0)
	if s := story.Timeline(both); len(s) != 1 || s[0].Article != both[1].Article.ID {
		t.Errorf("told by %+v", s)
	}
	if s := story.Timeline(d.entries(0, 1)); len(s) != 1 || s[0].Article != both[0].Article.ID {
		t.Errorf("of copies alone, told by %+v", s)
	}
	for _, follows := range [][]int{{0}, {0, 1}} {
		if len(story.Digest(d.entries(follows...), "en", 2)) == 0 {
			t.Errorf("nothing is quoted where %v follow", follows)
		}
	}
}

// TestLateIsNew sees that what came in after somebody looked is new for him, however old its date.
func TestLateIsNew(t *testing.T) {
	d := newDesk(t)
	d.place("courier", "en", 0, craneEN)
	d.place("gazette", "en", time.Hour, craneOwn)
	late := d.entries()
	late[1].Article.Published = news.Stamp{Time: late[0].Arrived.Add(-time.Hour)}
	steps := story.Since(story.Timeline(late), late[0].Arrived)
	if !slices.ContainsFunc(steps, func(s story.Step) bool { return s.Article == late[1].Article.ID }) {
		t.Errorf("the late report is not new: %+v", steps)
	}
}
