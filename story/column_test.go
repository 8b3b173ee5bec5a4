package story_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"marsad/news"
)

// letter gives a text under a headline that comes back: the same words around other figures and sentences.
func letter(headline string, r *rand.Rand) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n\nGood morning. Here is all that you need to know today.", headline)
	syllables := []string{"ba", "ko", "ri", "me", "ta", "lu", "no", "ves", "gar", "pin", "dol", "sha"}
	for range 3 {
		for range 9 {
			fmt.Fprintf(&out, " %s%s%s", syllables[r.IntN(12)], syllables[r.IntN(12)], syllables[r.IntN(12)])
		}
		fmt.Fprintf(&out, " %d.", 10+r.IntN(90))
	}
	return out.String() + " Thank you for reading; tell a friend about this letter."
}

// TestColumnOfDays sees that a letter of the morning is another story every day, and that a newer text of one day's is of its story.
func TestColumnOfDays(t *testing.T) {
	d, r := newDesk(t), rand.New(rand.NewPCG(1, 2))
	in := map[int64]bool{}
	for day := range 8 {
		at := time.Duration(day) * 24 * time.Hour
		words := letter(fmt.Sprintf("Morning briefing, %d March", 2+day), r)
		p := d.place("courier", "en", at, words)
		if in[p.Story] {
			t.Errorf("day %d is of an earlier day's story", day)
		}
		in[p.Story] = true
		if again := d.place("courier", "en", at+time.Hour, words+" One line more was added at noon."); again.Story != p.Story {
			t.Errorf("day %d: its newer text is another story", day)
		}
	}
}

// TestHeadlineToldAgain sees that a headline which only looks like one before is no column: where its figures differ, and where the text is the
// same.
func TestHeadlineToldAgain(t *testing.T) {
	d := newDesk(t)
	first := d.place("courier", "en", 0, craneEN)
	if p := d.place("courier", "en", 30*time.Hour, craneEN+"\n\nA tug was sent from Brinmouth."); p.Story != first.Story {
		t.Error("the same text a day later is another story")
	}
	for day := range 3 {
		at := time.Duration(40+24*day) * time.Hour
		d.place("gazette", "en", at, fmt.Sprintf("%d ships wait for the crane\n\nNothing moved in the harbour on this day, and %d ships lay off the breakwater.", 23+day, 23+day))
	}
	if p := d.place("gazette", "en", 13*24*time.Hour, strings.Replace(craneEN, "Crane falls", "31 ships wait as crane falls", 1)); p.Story != first.Story {
		t.Error("a report under a headline with another figure was taken for a column")
	}
}

// TestOneHeadline places thousands of texts under one headline, by as many outlets: they are not one story, nor slow.
func TestOneHeadline(t *testing.T) {
	d, r := newDesk(t), rand.New(rand.NewPCG(3, 4))
	size, most := map[int64]int{}, 0
	for i := range 2000 {
		p := d.place(fmt.Sprint("outlet", i), "en", time.Duration(i)*time.Minute, letter("Morning briefing", r))
		if size[p.Story]++; size[p.Story] > most {
			most = size[p.Story]
		}
		for _, l := range p.Links {
			if l.Kind != news.Citation && i > 100 {
				t.Fatalf("a letter is taken for a %s of another", l.Kind)
			}
		}
	}
	if most > 20 {
		t.Errorf("%d of 2,000 letters are one story", most)
	}
}
