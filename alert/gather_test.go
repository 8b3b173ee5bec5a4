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

func ExampleGather() {
	letter := news.Notice{ID: "a", Recipient: 5, Story: 3, Kind: news.Denial, Fact: "the ministry"}
	also := alert.Gather(letter, []news.Notice{
		{ID: "b", Recipient: 5, Story: 3, Kind: news.NewSources, Fact: "6"},
		{ID: "c", Recipient: 5, Story: 4, Kind: news.Denial, Fact: "the mayor"},
	})
	letter.Also = also
	fmt.Println(len(also), also[0].Kind, alert.Kinds(letter))
	// Output: 1 new-sources [denial new-sources]
}

var kinds = []news.ReasonKind{news.FirstMatch, news.Breaking, news.NewSources, news.Denial, news.NewHeadline, news.NewQuote, news.NewNumber,
	news.Correction, news.DigestSlot, news.Optin, news.TestMail, news.Release}

// waitingNotices draws notices of a few readers and stories, no two of which tell the same to the same.
func waitingNotices(t *rapid.T) (ns []news.Notice) {
	seen := map[string]bool{}
	for i := range rapid.IntRange(1, 12).Draw(t, "waiting") {
		n := news.Notice{Recipient: rapid.Int64Range(1, 2).Draw(t, "to"), Watch: rapid.Int64Range(1, 2).Draw(t, "watch"), Story: rapid.Int64Range(0, 2).Draw(t, "story"),
			Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Fact: fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "fact")), Planned: t0.Add(time.Duration(i) * time.Minute)}
		n.Due = n.Planned.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "due")) * time.Minute)
		if n.ID = alert.ID(n); !seen[n.ID] {
			seen[n.ID] = true
			ns = append(ns, n)
		}
	}
	return ns
}

// TestGatheringTellsEverythingOnce composes what waits in any order: everything is told in exactly one letter, each letter is one
// reader's on one story, a correction and a digest stand alone, and of nothing else does a reader get two letters on one story.
func TestGatheringTellsEverythingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		waiting := rapid.Permutation(waitingNotices(t)).Draw(t, "order")
		told, letters := map[string]int{}, map[string]int{}
		for len(waiting) > 0 {
			n := waiting[0]
			waiting = waiting[1:]
			also := alert.Gather(n, waiting)
			if diff := cmp.Diff(also, alert.Gather(n, waiting)); diff != "" {
				t.Fatalf("the same, decided otherwise:\n%s", diff)
			}
			if !slices.IsSortedFunc(also, func(a, b news.Notice) int { return a.Planned.Compare(b.Planned) }) {
				t.Fatal("told in another order than it happened")
			}
			for _, w := range append(also, n) {
				if w.Recipient != n.Recipient || w.Story != n.Story {
					t.Fatalf("a letter to %d on %d tells %d of %d", n.Recipient, n.Story, w.Recipient, w.Story)
				}
				if lonely := w.Kind == news.Correction || w.Kind == news.DigestSlot || w.Story == 0; lonely && len(also) > 0 {
					t.Fatalf("%s is told among other things", w.Kind)
				}
				told[w.ID]++
			}
			if n.Story != 0 && slices.Index(kinds, n.Kind) < slices.Index(kinds, news.Correction) {
				if letters[fmt.Sprint(n.Recipient, " ", n.Story)]++; letters[fmt.Sprint(n.Recipient, " ", n.Story)] > 1 {
					t.Fatal("two letters where one would do")
				}
			}
			waiting = slices.DeleteFunc(waiting, func(w news.Notice) bool {
				return slices.ContainsFunc(also, func(a news.Notice) bool { return a.ID == w.ID })
			})
		}
		for id, n := range told {
			if n != 1 {
				t.Fatalf("%s is told %d times", id, n)
			}
		}
	})
}

// TestKindsOfALetter names a letter by the strongest thing that it tells.
func TestKindsOfALetter(t *testing.T) {
	n := news.Notice{Kind: news.NewSources, Also: []news.Notice{{Kind: news.NewNumber}, {Kind: news.Denial}, {Kind: news.NewNumber}}}
	if got, want := alert.Kinds(n), []news.ReasonKind{news.Denial, news.NewNumber, news.NewSources}; !slices.Equal(got, want) {
		t.Error(got)
	}
	if got := alert.Kinds(news.Notice{Kind: news.DigestSlot}); !slices.Equal(got, []news.ReasonKind{news.DigestSlot}) {
		t.Error(got)
	}
}
