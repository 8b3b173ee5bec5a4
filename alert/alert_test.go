package alert_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"marsad/alert"
	"marsad/news"

	"pgregory.net/rapid"
)

var t0 = time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)

func input() alert.Input {
	return alert.Input{
		Watch:      news.Watch{ID: 1, Zone: "UTC", Created: t0.Add(-time.Hour)},
		Recipients: []news.Recipient{{ID: 5, State: news.Confirmed}},
		Article:    news.Article{ID: 9}, Arrived: t0, Now: t0,
		Story: news.Story{ID: 3, Headline: "Harbour opens", Independent: 1},
	}
}

func ExamplePlan() {
	in := input()
	due, _ := alert.Plan(in)
	fmt.Println(due[0].Kind, due[0].Due.Sub(in.Now))
	in.History = due
	_, silent := alert.Plan(in)
	fmt.Println(silent[0].Kind)
	// Output:
	// first-match 30s
	// told
}

func TestSilences(t *testing.T) {
	for want, change := range map[string]func(*alert.Input){
		"off":          func(in *alert.Input) { in.Watch.Off = true },
		"muted":        func(in *alert.Input) { in.Muted = true },
		"before-watch": func(in *alert.Input) { in.Watch.Created = t0.Add(time.Minute) },
		"old":          func(in *alert.Input) { in.Article.Published.Time = t0.Add(-72 * time.Hour) },
		"before-source": func(in *alert.Input) {
			in.Followed, in.Article.Published.Time = t0.Add(-time.Minute), t0.Add(-time.Minute-alert.Recent-time.Second)
		},
		"unconfirmed":  func(in *alert.Input) { in.Recipients[0].State = news.Unconfirmed },
		"no-recipient": func(in *alert.Input) { in.Recipients = nil },
		"cap": func(in *alert.Input) {
			in.Watch.Cap = 1
			in.History = []news.Notice{{Recipient: 5, Watch: 1, Story: 8, Kind: news.FirstMatch, Due: t0}}
		},
	} {
		in := input()
		change(&in)
		due, silent := alert.Plan(in)
		if want == "cap" && len(due) == 1 && alert.IsRest(due[0]) {
			due = nil // told in the day's summary
		}
		if len(due) != 0 || len(silent) != 1 || silent[0].Kind != want {
			t.Errorf("%s: got %v %v", want, due, silent)
		}
	}
}

func TestToldAgainOnlyForWhatIsAsked(t *testing.T) {
	in := input()
	in.History = []news.Notice{{Recipient: 5, Watch: 1, Story: 3, Kind: news.FirstMatch, Due: t0.Add(-time.Hour)}}
	in.Before = in.Story
	in.Story.Breaking = t0
	in.Denials = []string{"ministry: no damage"}
	if due, _ := alert.Plan(in); len(due) != 0 {
		t.Fatal("told again unasked", due)
	}
	in.Watch.Tell = []news.ReasonKind{news.Denial, news.Breaking}
	due, _ := alert.Plan(in)
	if len(due) != 2 || due[0].Kind != news.Denial || due[1].Kind != news.Breaking || !due[1].Due.Equal(t0) {
		t.Fatal(due)
	}
	in.History = append(in.History, due...)
	if due, _ = alert.Plan(in); len(due) != 0 {
		t.Fatal(due)
	}
	in.Denials = []string{"mayor: no delay"}
	if due, _ = alert.Plan(in); len(due) != 1 || due[0].Fact != "mayor: no delay" {
		t.Fatal("a second denial is another fact", due)
	}
}

// TestEachDenialIsAFact finds a denial told that stands beside one that was told already.
func TestEachDenialIsAFact(t *testing.T) {
	in := input()
	in.Watch.Tell = []news.ReasonKind{news.Denial}
	in.History = []news.Notice{
		{Recipient: 5, Watch: 1, Story: 3, Kind: news.FirstMatch, Due: t0.Add(-time.Hour)},
		{Recipient: 5, Watch: 1, Story: 3, Kind: news.Denial, Fact: "ministry", Due: t0.Add(-time.Hour)},
	}
	in.Denials = []string{"ministry", "mayor"}
	due, _ := alert.Plan(in)
	if len(due) != 1 || due[0].Fact != "mayor" {
		t.Fatal("the mayor's denial stands second and is not told", due)
	}
	in.History = append(in.History, due...)
	if due, _ = alert.Plan(in); len(due) != 0 {
		t.Fatal("told twice", due)
	}
	in.Denials = []string{"bank", "mayor", "union"}
	due, _ = alert.Plan(in)
	in.History = append(in.History, due...)
	in.Denials = []string{"union"}
	if again, _ := alert.Plan(in); len(due) != 1 || len(again) != 0 {
		t.Fatal("the letter told both, and one is told again", due, again)
	}
}

// TestCapHoldsOverTheNight fills a night of quiet hours: what waits for the morning counts on the morning's day.
func TestCapHoldsOverTheNight(t *testing.T) {
	in := input()
	in.Watch.Quiet, in.Watch.Cap = news.QuietHours{From: 22 * 60, To: 7 * 60}, 3
	for i := range 20 {
		in.Story.ID = int64(100 + i)
		in.Now = t0.Add(13*time.Hour + time.Duration(i)*time.Minute)
		in.Arrived = in.Now
		due, _ := alert.Plan(in)
		in.History = append(in.History, due...)
	}
	letters, rest := 0, map[string]time.Time{}
	for _, n := range in.History {
		if alert.IsRest(n) {
			rest[n.ID] = n.Due
		} else {
			letters++
		}
	}
	if letters != 3 {
		t.Errorf("%d notices for one morning, at most 3 a day", letters)
	}
	if len(rest) != 1 {
		t.Errorf("%d summaries of what the cap of one day kept back", len(rest))
	}
	for _, due := range rest {
		if want := t0.AddDate(0, 0, 2).Truncate(24 * time.Hour).Add(7 * time.Hour); !due.Equal(want) {
			t.Errorf("the summary is due at %v, want %v: when the capped day is over and the night too", due, want)
		}
	}
}

// TestDigestOfAStoryThatGoesOn finds a digest planned once a slot, and none by an article that only follows one that matched, unless
// the story breaks.
func TestDigestOfAStoryThatGoesOn(t *testing.T) {
	in := input()
	in.Watch.Digest = []int{8 * 60, 18 * 60}
	due, _ := alert.Plan(in)
	if len(due) != 1 || due[0].Kind != news.DigestSlot || !due[0].Due.Equal(t0.Add(9*time.Hour)) || due[0].Article != 9 || !due[0].Planned.Equal(t0) {
		t.Fatal(due)
	}
	in.Now, in.Article.ID = t0.Add(time.Hour), 10
	if again, _ := alert.Plan(in); len(again) != 1 || again[0].ID != due[0].ID {
		t.Fatal("one slot, two notices", again)
	}
	in.Follows = true
	if due, _ = alert.Plan(in); len(due) != 0 {
		t.Fatal("a digest of nothing that matched", due)
	}
	in.Story.Breaking = t0
	if due, _ = alert.Plan(in); len(due) != 1 || due[0].Kind != news.Breaking {
		t.Fatal(due)
	}
}

// TestSourcesAreToldAtEachDouble does not write to anybody for every third outlet that takes a story up.
func TestSourcesAreToldAtEachDouble(t *testing.T) {
	in := input()
	in.Watch.Tell = []news.ReasonKind{news.NewSources}
	in.History = []news.Notice{{Recipient: 5, Watch: 1, Story: 3, Kind: news.FirstMatch, Due: t0.Add(-time.Hour)}}
	var told []string
	for n := 2; n < 100; n++ {
		in.Before = in.Story
		in.Story.Independent = n
		due, _ := alert.Plan(in)
		in.History = append(in.History, due...)
		for _, n := range due {
			told = append(told, n.Fact)
		}
	}
	if got := fmt.Sprint(told); got != "[3 6 12 24 48 96]" {
		t.Error(got)
	}
}

// TestACorrectionGoesToWhoReadTheDigest has a story corrected that a reader had in a digest or a summary alone, and one that was in none.
func TestACorrectionGoesToWhoReadTheDigest(t *testing.T) {
	in := input()
	in.Watch.Digest = []int{8 * 60}
	in.Corrected = true
	slot := alert.Digest(in.Watch, 5, t0.Add(-time.Hour))
	rest := alert.Rest(in.Watch, 5, t0.Add(-24*time.Hour))
	for _, digest := range []news.Notice{slot, rest} {
		digest.Because = []news.Reason{alert.Tells(2, "Another"), alert.Tells(3, "Harbour opens")}
		if got := alert.Stories(digest); !slices.Equal(got, []int64{2, 3}) {
			t.Fatal(got)
		}
		told := digest
		told.Story = 3 // as the history gives it for the story at hand
		in.History = []news.Notice{told}
		due, _ := alert.Plan(in)
		if len(due) != 1 || due[0].Kind != news.Correction || !due[0].Due.Equal(t0.Add(alert.Wait)) {
			t.Errorf("after a digest that told it: %v", due)
		}
	}
	in.History = []news.Notice{slot}
	if due, _ := alert.Plan(in); len(due) != 1 || due[0].Kind != news.DigestSlot {
		t.Errorf("nobody was told: %v", due)
	}
	in.Corrected, in.Watch.Digest = false, nil
	rest.Story = 3
	in.History = []news.Notice{rest}
	if due, silent := alert.Plan(in); len(due) != 0 || silent[0].Kind != "told" {
		t.Errorf("a story that stood in a summary was told: %v", due)
	}
}

func TestIntervalAndQuietHours(t *testing.T) {
	in := input()
	in.History = []news.Notice{{Recipient: 5, Watch: 1, Story: 8, Kind: news.FirstMatch, Due: t0}}
	due, _ := alert.Plan(in)
	if want := t0.Add(alert.Interval); !due[0].Due.Equal(want) {
		t.Errorf("interval: %v", due[0].Due)
	}
	in.Watch.Quiet = news.QuietHours{From: 8 * 60, To: 10 * 60}
	due, _ = alert.Plan(in)
	if want := t0.Add(time.Hour); !due[0].Due.Equal(want) {
		t.Errorf("quiet: %v", due[0].Due)
	}
	in.Story.Breaking = t0
	if due, _ = alert.Plan(in); !due[0].Due.Equal(t0) {
		t.Errorf("breaking waits for nothing: %v", due[0].Due)
	}
}

func TestAwakeOverMidnightAndClockChange(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	q := news.QuietHours{From: 22 * 60, To: 7 * 60}
	for in, want := range map[string]string{
		"2026-03-28T23:30:00+01:00": "2026-03-29T07:00:00+02:00", // the night of the lost hour
		"2026-10-24T23:30:00+02:00": "2026-10-25T07:00:00+01:00", // the night of the double hour
		"2026-06-01T03:00:00+02:00": "2026-06-01T07:00:00+02:00",
		"2026-06-01T12:00:00+02:00": "2026-06-01T12:00:00+02:00",
	} {
		at, _ := time.Parse(time.RFC3339, in)
		if got := alert.Awake(q, berlin, at).In(berlin).Format(time.RFC3339); got != want {
			t.Errorf("%s: got %s want %s", in, got, want)
		}
	}
}

// TestDigestSlotsComeOnce walks a year in three zones by uneven steps and counts the slots of each local day.
func TestDigestSlotsComeOnce(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Beirut"} {
		z, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		slots := []int{30, 90, 2*60 + 30, 18 * 60}
		from := time.Date(2026, 1, 1, 0, 0, 0, 0, z)
		due := alert.Slots(slots, z, from, from.AddDate(0, 0, 365))
		if len(due) != 365*len(slots) {
			t.Errorf("%s: %d slots in a year, want %d", name, len(due), 365*len(slots))
		}
		for i := 1; i < len(due); i++ {
			if !due[i].After(due[i-1]) {
				t.Errorf("%s: %v after %v", name, due[i], due[i-1])
			}
		}
	}
}

func TestSameHistorySameDecision(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := input()
		in.Watch.Tell = rapid.SliceOf(rapid.SampledFrom([]news.ReasonKind{news.Breaking, news.Denial, news.NewSources, news.NewHeadline})).Draw(t, "tell")
		in.Watch.Quiet = news.QuietHours{From: rapid.IntRange(0, 1439).Draw(t, "from"), To: rapid.IntRange(0, 1439).Draw(t, "to")}
		in.Story.Independent = rapid.IntRange(1, 20).Draw(t, "independent")
		if rapid.Bool().Draw(t, "breaks") {
			in.Story.Breaking = t0
		}
		told := map[string]bool{}
		for range 6 {
			a, _ := alert.Plan(in)
			b, _ := alert.Plan(in)
			if fmt.Sprint(a) != fmt.Sprint(b) {
				t.Fatal("two decisions")
			}
			for _, n := range a {
				if told[n.ID] {
					t.Fatalf("told twice: %+v", n)
				}
				told[n.ID] = true
				if n.Due.Before(in.Now) {
					t.Fatalf("due in the past: %+v", n)
				}
			}
			in.History = append(in.History, a...)
		}
	})
}

// TestSlotInASkippedMidnight puts a digest of the first quarter of an hour of a day that begins at one o'clock where the day begins, not
// into the evening before.
func TestSlotInASkippedMidnight(t *testing.T) {
	beirut, err := time.LoadLocation("Asia/Beirut")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 28, 12, 0, 0, 0, beirut)
	for slot, want := range map[int]string{0: "2026-03-29T01:00:00+03:00", 15: "2026-03-29T01:00:00+03:00", 60: "2026-03-29T01:00:00+03:00", 75: "2026-03-29T01:15:00+03:00", 1425: "2026-03-28T23:45:00+02:00"} {
		if got := alert.NextSlot([]int{slot}, beirut, now).In(beirut).Format(time.RFC3339); got != want {
			t.Errorf("slot %d: %s, want %s", slot, got, want)
		}
	}
}
