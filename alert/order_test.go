package alert_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"marsad/alert"
	"marsad/news"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestHistoryInAnyOrder decides the same whatever order the history comes in: a desk that begins anew reads it in another than it was made in.
func TestHistoryInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		due, silent := alert.Plan(in)
		rnd := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		rnd.Shuffle(len(in.History), func(i, j int) { in.History[i], in.History[j] = in.History[j], in.History[i] })
		again, silentAgain := alert.Plan(in)
		if diff := cmp.Diff([]any{due, silent}, []any{again, silentAgain}); diff != "" {
			t.Fatalf("the same history in another order, another decision:\n%s", diff)
		}
	})
}

// TestAClockThatJumps lives through an evening of stories on a clock that is set forward and back by an hour: no letter twice, none before the
// clock shows it due, none in the quiet hours, and no day beyond its cap.
func TestAClockThatJumps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := input()
		in.Watch.Cap = rapid.IntRange(1, 6).Draw(t, "cap")
		in.Watch.Quiet = news.QuietHours{From: 20 * 60, To: 21*60 + 30}
		in.Watch.Tell = []news.ReasonKind{news.NewSources, news.Breaking}
		told, now := map[string]bool{}, t0.Add(9*time.Hour)
		stories := map[int64]news.Story{}
		for i := range rapid.IntRange(1, 60).Draw(t, "articles") {
			now = now.Add(time.Duration(rapid.IntRange(0, 20).Draw(t, fmt.Sprint("wait", i))) * time.Minute)
			in.Now = now.Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, fmt.Sprint("jump", i))) * time.Hour)
			in.Arrived, in.Article.ID = in.Now, int64(i+1)
			id := rapid.Int64Range(1, 9).Draw(t, fmt.Sprint("story", i))
			in.Before = stories[id]
			in.Story = in.Before
			in.Story.ID, in.Story.Independent = id, in.Before.Independent+1
			if rapid.IntRange(0, 9).Draw(t, fmt.Sprint("breaks", i)) == 0 && in.Story.Breaking.IsZero() {
				in.Story.Breaking = in.Now
			}
			stories[id] = in.Story
			due, _ := alert.Plan(in)
			for _, n := range due {
				if n.Kind == news.DigestSlot {
					continue
				}
				if told[n.ID] {
					t.Fatalf("told twice: %s of story %d", n.Kind, n.Story)
				}
				told[n.ID] = true
				if n.Due.Before(in.Now) || n.Kind != news.Breaking && !alert.Awake(in.Watch.Quiet, time.UTC, n.Due).Equal(n.Due) {
					t.Fatalf("%s is due at %v, seen at %v", n.Kind, n.Due, in.Now)
				}
			}
			in.History = append(in.History, due...)
		}
		days := map[string]int{}
		for _, n := range in.History {
			if n.Kind != news.DigestSlot && n.Kind != news.Breaking && !within(n, in.History) {
				days[n.Due.Format(time.DateOnly)]++
			}
		}
		for day, n := range days {
			if n > in.Watch.Cap {
				t.Fatalf("%d letters on %s, at most %d", n, day, in.Watch.Cap)
			}
		}
	})
}

// within tells whether a notice is told in the letter of another of a history.
func within(n news.Notice, history []news.Notice) bool {
	i := slices.IndexFunc(history, func(o news.Notice) bool { return o.ID == n.ID })
	return slices.ContainsFunc(history, func(o news.Notice) bool {
		j := slices.IndexFunc(history, func(p news.Notice) bool { return p.ID == o.ID })
		return o.ID != n.ID && o.Story == n.Story && len(alert.Gather(o, []news.Notice{n})) > 0 && !o.Due.Before(n.Planned) && (o.Due.Before(n.Due) || o.Due.Equal(n.Due) && j < i)
	})
}

// TestOneLetterIsOneOfTheCap counts a story that breaks while its first match waits as the one letter that it is.
func TestOneLetterIsOneOfTheCap(t *testing.T) {
	in := input()
	in.Watch.Cap = 2
	in.History = []news.Notice{
		{ID: "a", Recipient: 5, Watch: 1, Story: 8, Kind: news.FirstMatch, Planned: t0.Add(-time.Hour), Due: t0.Add(-time.Hour + 30*time.Second)},
		{ID: "b", Recipient: 5, Watch: 1, Story: 8, Kind: news.Breaking, Planned: t0.Add(-time.Hour + 10*time.Second), Due: t0.Add(-time.Hour + 10*time.Second)},
	}
	if due, silent := alert.Plan(in); len(due) != 1 || due[0].Kind != news.FirstMatch || len(silent) != 0 {
		t.Fatal("one letter of two went out, and the second is kept back", due, silent)
	}
}
