package alert_test

import (
	"slices"
	"testing"
	"time"

	"marsad/alert"
	"marsad/news"
)

// TestMutedStory tells nothing more of a story that the reader muted, says what there would have been, and tells that what they heard was wrong.
func TestMutedStory(t *testing.T) {
	in := input()
	in.Watch.Tell = []news.ReasonKind{news.Denial}
	in.History = []news.Notice{{Recipient: 5, Watch: 1, Story: 3, Kind: news.FirstMatch, Due: t0.Add(-time.Hour)}}
	in.Denials = []string{"ministry"}
	in.Watch.Muted = []int64{2, 3}
	due, silent := alert.Plan(in)
	if len(due) != 0 || len(silent) != 1 || silent[0].Kind != "muted" || silent[0].Because != news.Denial {
		t.Fatal(due, silent)
	}
	in.Corrected = true
	if due, silent = alert.Plan(in); len(due) != 1 || due[0].Kind != news.Correction || len(silent) != 0 {
		t.Fatal("a correction of what they were told", due, silent)
	}
	in.Story.ID = 4
	if due, _ = alert.Plan(in); len(due) != 1 || due[0].Kind != news.FirstMatch {
		t.Fatal("another story", due)
	}
}

// TestSnoozedWatch tells nothing until the snooze ends, but that something told before was wrong: that waits.
func TestSnoozedWatch(t *testing.T) {
	in := input()
	in.Watch.Snoozed = t0.Add(5 * time.Hour)
	in.Story.Breaking = t0
	due, silent := alert.Plan(in)
	if len(due) != 0 || silent[0].Kind != "snoozed" || silent[0].Because != news.Breaking {
		t.Fatal(due, silent)
	}
	in.History = []news.Notice{{Recipient: 5, Watch: 1, Story: 3, Kind: news.FirstMatch, Due: t0.Add(-time.Hour)}}
	in.Corrected = true
	in.Watch.Quiet = news.QuietHours{From: 12 * 60, To: 15 * 60}
	if due, _ = alert.Plan(in); len(due) != 1 || !due[0].Due.Equal(t0.Add(6*time.Hour)) {
		t.Fatal("due when the snooze and the quiet hours are over", due)
	}
	in.Now = in.Watch.Snoozed
	in.Story.ID = 4
	if due, _ = alert.Plan(in); len(due) != 1 || due[0].Kind != news.Breaking {
		t.Fatal("the snooze is over", due)
	}
}

// TestNoStormAfterTheDeskWasDown has sixty stories come at once: some letters, and one summary of the rest within two hours.
func TestNoStormAfterTheDeskWasDown(t *testing.T) {
	for name, quiet := range map[string]news.QuietHours{"by day": {}, "in the quiet hours": {From: 8 * 60, To: 12 * 60}} {
		in := input()
		in.Watch.Quiet = quiet
		summaries := map[string]news.Notice{}
		for i := range 60 {
			in.Story.ID, in.Article.ID = int64(100+i), int64(100+i)
			in.Now = t0.Add(time.Duration(i) * 2 * time.Second)
			in.Arrived = in.Now
			due, silent := alert.Plan(in)
			for _, n := range due {
				if !alert.IsRest(n) {
					continue
				}
				if _, known := summaries[n.ID]; !known {
					summaries[n.ID] = n
				}
				if len(silent) != 1 || silent[0].Kind != "queue" || silent[0].Because != news.FirstMatch {
					t.Fatalf("%s: %v", name, silent)
				}
			}
			in.History = append(in.History, due...)
		}
		letters := slices.DeleteFunc(slices.Clone(in.History), alert.IsRest)
		if len(letters) > alert.Queue+1 || len(summaries) != 1 { // the first may have gone meanwhile
			t.Fatalf("%s: %d letters and %d summaries", name, len(letters), len(summaries))
		}
		for _, s := range summaries {
			if s.Article != int64(100+alert.Queue) || s.Due.Sub(t0) > 3*time.Hour {
				t.Errorf("%s: the summary begins with %d and is due at %v", name, s.Article, s.Due)
			}
		}
	}
}

// TestAnEditedWatchTellsCorrections tells of a story that only an earlier query found nothing but that what was told was wrong, and that to
// nobody who was not told.
func TestAnEditedWatchTellsCorrections(t *testing.T) {
	told := []news.Notice{{Recipient: 5, Watch: 1, Story: 3, Kind: news.FirstMatch, Due: t0.Add(-time.Hour)}}
	for name, c := range map[string]struct {
		history   []news.Notice
		corrected bool
		denials   []string
		due       news.ReasonKind
		silent    string
		because   news.ReasonKind
	}{
		"not told yet":           {nil, false, nil, "", news.Edited, news.FirstMatch},
		"goes on":                {told, false, []string{"denial ministry"}, "", news.Edited, news.Denial},
		"nothing new":            {told, false, nil, "", "told", ""},
		"was wrong":              {told, true, nil, news.Correction, "", ""},
		"was wrong, not told of": {nil, true, nil, "", news.Edited, news.FirstMatch},
	} {
		in := input()
		in.Watch.Tell = []news.ReasonKind{news.Denial}
		in.Follows, in.Edited, in.History, in.Corrected, in.Denials = true, true, c.history, c.corrected, c.denials
		due, silent := alert.Plan(in)
		if (c.due != "") != (len(due) == 1) || c.due != "" && due[0].Kind != c.due {
			t.Errorf("%s: due %v", name, due)
		}
		if (c.silent != "") != (len(silent) == 1) || c.silent != "" && (silent[0].Kind != c.silent || silent[0].Because != c.because) {
			t.Errorf("%s: silent %v", name, silent)
		}
	}
}

// TestCorrectionIsNotCapped owes a correction to whoever was told, on a day on which the cap is reached.
func TestCorrectionIsNotCapped(t *testing.T) {
	in := input()
	in.Watch.Cap, in.Corrected = 1, true
	in.History = []news.Notice{{Recipient: 5, Watch: 1, Story: 3, Kind: news.FirstMatch, Due: t0.Add(-time.Hour)}}
	if due, silent := alert.Plan(in); len(due) != 1 || due[0].Kind != news.Correction || len(silent) != 0 {
		t.Fatal(due, silent)
	}
}

// TestBreakingBesideWhatIsKeptBack tells that a story breaks at once, also where something else of it is kept back or goes into the digest.
func TestBreakingBesideWhatIsKeptBack(t *testing.T) {
	for name, change := range map[string]func(*alert.Input){
		"capped": func(in *alert.Input) { in.Watch.Cap = 1 },
		"digest": func(in *alert.Input) { in.Watch.Digest = []int{600} },
	} {
		in := input()
		change(&in)
		in.Watch.Tell = []news.ReasonKind{news.Denial, news.NewNumber, news.Breaking}
		in.History = []news.Notice{{ID: "a", Recipient: 5, Watch: 1, Story: 3, Kind: news.Correction, Planned: t0.Add(-time.Hour), Due: t0.Add(-time.Hour)}}
		in.Story.Breaking, in.Denials, in.Figures = t0, []string{"ministry"}, []string{"number 1 2"}
		due, silent := alert.Plan(in)
		if len(due) != 2 || due[0].Kind != news.DigestSlot || due[1].Kind != news.Breaking || !due[1].Due.Equal(t0) {
			t.Errorf("%s: %v", name, due)
		}
		if name == "capped" && (len(silent) != 1 || silent[0].Kind != "cap" || silent[0].Because != news.Denial) {
			t.Errorf("%s: %v", name, silent)
		}
	}
}
