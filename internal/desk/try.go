package desk

import (
	"context"
	"slices"
	"time"

	"marsad/alert"
	"marsad/internal/fault"
	"marsad/news"
	"marsad/query"
)

// Trial is what a watch would have done about a story at a moment.
type Trial struct {
	At       time.Time
	Story    int64
	Headline string
	Lang     string
	Outcome  string // "told", "digest", "held" by the quiet hours, "later" when its turn came, "letter": in that of another notice; "silent"
	Because  []news.Reason
	Due      time.Time // when the letter went that told it; zero for silence
}

// mostTrials bounds how many articles a trial finds.
const mostTrials = 500

// TryWatch says what a watch that had been made at a time would have told since, newest first: by the function that plans its notices, on
// the stories as they grew, without telling anybody. Also, whether that is only a part: more articles satisfy the query than a trial
// goes through, or than could be looked at. A query that cannot be read is Invalid and wraps the *query.Error.
//
// It is what the desk would have done but for this: an article is decided on when it arrives, not a moment later; stories that were
// joined since are one from the beginning, and those that were taken apart are two; outlets were followed from the beginning; and the reader is told nothing by other watches.
func (d *Desk) TryWatch(ctx context.Context, w news.Watch, since time.Time) (trials []Trial, partial bool, err error) {
	q, err := query.Parse(w.Query)
	if err != nil {
		return nil, false, fault.New(fault.Invalid, "desk: %w", err)
	}
	steps, partial, err := d.rehearse(ctx, w, q, since)
	if err != nil {
		return nil, false, err
	}
	letters := lettersOf(steps)
	for _, s := range steps {
		if !s.follow || len(s.due) > 0 {
			trials = append(trials, trial(s, w, letters))
		}
	}
	slices.SortStableFunc(trials, func(a, b Trial) int { return b.At.Compare(a.At) })
	return trials, partial, nil
}

// lettersOf gives for each notice that another's letter tells that one, as the desk joins them when a letter is due.
func lettersOf(steps []rehearsed) map[string]news.Notice {
	var waiting []news.Notice
	for _, s := range steps {
		for _, n := range s.due {
			if n.Kind != news.DigestSlot {
				waiting = append(waiting, n)
			}
		}
	}
	slices.SortStableFunc(waiting, func(a, b news.Notice) int {
		if c := a.Due.Compare(b.Due); c != 0 {
			return c
		}
		return a.Planned.Compare(b.Planned)
	})
	in := map[string]news.Notice{}
	for _, letter := range waiting {
		if _, told := in[letter.ID]; told {
			continue
		}
		for _, n := range alert.Gather(letter, waiting) {
			if _, told := in[n.ID]; !told && !n.Due.Before(letter.Due) && (n.Planned.Before(letter.Due) || n.Planned.Equal(letter.Planned)) {
				in[n.ID] = letter
			}
		}
		in[letter.ID] = letter
	}
	return in
}

func trial(s rehearsed, w news.Watch, letters map[string]news.Notice) Trial {
	t := Trial{At: s.entry.Arrived, Story: s.story.ID, Headline: s.entry.Article.Headline, Lang: s.entry.Article.Lang, Outcome: "silent"}
	for _, n := range s.due {
		t.Because = append(append(t.Because, n.Because...), news.Reason{Kind: string(n.Kind)})
		outcome, due := "told", n.Due
		letter, known := letters[n.ID]
		switch {
		case n.Kind == news.DigestSlot:
			outcome = "digest"
		case known && letter.ID != n.ID && letter.Article != n.Article:
			outcome, due = "letter", letter.Due
		case n.Due.Sub(t.At) <= alert.Wait:
		case alert.EndsQuiet(w, n.Due):
			outcome = "held"
		default:
			outcome = "later"
		}
		if t.Outcome == "silent" || outcome == "told" {
			t.Outcome, t.Due = outcome, due
		}
	}
	for _, v := range s.silent {
		if v.Kind != string(news.DigestSlot) {
			t.Because = append(t.Because, news.Reason{Kind: v.Kind})
		}
	}
	return t
}
