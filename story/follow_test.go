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
	late[1].Article.Published = news.Stamp{Time: late[0].Arrived.Add(-time.Hour), Zoned: true}
	steps := story.Since(story.Timeline(late), late[0].Arrived)
	if !slices.ContainsFunc(steps, func(s story.Step) bool { return s.Article == late[1].Article.ID }) {
		t.Errorf("the late report is not new: %+v", steps)
	}
}

// TestClocksThatLie sees that no outlet becomes the first by a clock that is ahead, that has no zone, or by a bare day; nor is it said that
// another has a text from it for that.
func TestClocksThatLie(t *testing.T) {
	clock := func(hour, minute int) time.Time {
		return base.Truncate(24 * time.Hour).Add(time.Duration(hour*60+minute) * time.Minute)
	}
	for name, lie := range map[string]news.Stamp{
		"ahead":   {Time: clock(15, 0), Zoned: true},
		"no zone": {Time: clock(4, 10)}, // ten past nine in New York
		"a day":   {Time: clock(0, 0), DayOnly: true},
		"none":    {},
	} {
		d := newDesk(t)
		liar := d.input("gazette", "en", 0, craneEN)
		liar.Arrived, liar.Article.Published = clock(9, 1), lie
		honest := d.input("courier", "en", 0, craneEN)
		honest.Arrived, honest.Article.Published = clock(9, 2), news.Stamp{Time: clock(9, 0), Zoned: true}
		d.put(liar)
		p, stories := d.put(honest)
		if stories[0].First != honest.Article.ID {
			t.Errorf("%s: first is %d", name, stories[0].First)
		}
		for _, l := range p.Links {
			for _, why := range l.Evidence {
				if why.Kind == "published" {
					t.Errorf("%s: the direction rests on its clock: %+v", name, l)
				}
			}
		}
		entries := []story.Entry{
			{Article: liar.Article, Doc: liar.Doc, Analysis: liar.Analysis, Arrived: liar.Arrived},
			{Article: honest.Article, Doc: honest.Doc, Analysis: honest.Analysis, Arrived: honest.Arrived},
		}
		steps := story.Timeline(entries)
		if len(steps) == 0 || steps[0].Article != honest.Article.ID {
			t.Errorf("%s: the timeline begins with %+v", name, steps)
		}
		for _, s := range steps {
			if s.Published.After(s.Arrived) {
				t.Errorf("%s: published after it arrived: %+v", name, s)
			}
		}
	}
}
