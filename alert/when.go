package alert

import (
	"slices"
	"time"

	"marsad/news"
)

func (in *Input) cap() int {
	if in.Watch.Cap > 0 {
		return in.Watch.Cap
	}
	return DailyCap
}

// dueOn counts the watch's letters to the recipient that are due on the local day of a moment: what the quiet hours put off counts on
// the day on which it goes out, and what one letter tells of a story is counted once.
func (in *Input) dueOn(recipient int64, at time.Time) int {
	z := zone(in.Watch.Zone)
	y, m, d := at.In(z).Date()
	from, to := time.Date(y, m, d, 0, 0, 0, 0, z), time.Date(y, m, d+1, 0, 0, 0, 0, z)
	var today []news.Notice
	for _, h := range in.History {
		if h.Recipient == recipient && h.Watch == in.Watch.ID && h.Kind != news.DigestSlot && !h.Due.Before(from) && h.Due.Before(to) {
			today = append(today, h)
		}
	}
	letters := 0
	for i, h := range today {
		if !slices.ContainsFunc(today[:i], func(o news.Notice) bool { return oneLetter(o, h) }) &&
			!slices.ContainsFunc(today[i+1:], func(o news.Notice) bool { return oneLetter(o, h) && !o.Due.Equal(h.Due) }) {
			letters++
		}
	}
	return letters
}

// oneLetter tells whether the letter of the first of two notices tells the second as well, which waits when that is composed.
func oneLetter(first, n news.Notice) bool {
	return first.Story == n.Story && gathers(first) && gathers(n) && !first.Due.After(n.Due) && !first.Due.Before(n.Planned)
}

// queued counts the watch's letters that wait for the recipient.
func (in *Input) queued(recipient int64) int {
	type letter struct {
		story, due int64
		alone      bool
	}
	letters := map[letter]bool{}
	for _, h := range in.History {
		if h.Recipient == recipient && h.Watch == in.Watch.ID && h.Kind != news.DigestSlot && h.Due.After(in.Now) {
			letters[letter{h.Story, h.Due.UnixMicro(), h.Kind == news.Correction}] = true
		}
	}
	return len(letters)
}

// joins tells whether a letter on the story waits for the recipient and is due at a moment: what is due with it is told in it.
func (in *Input) joins(recipient int64, due time.Time) bool {
	return slices.ContainsFunc(in.History, func(h news.Notice) bool {
		return h.Recipient == recipient && h.Story == in.Story.ID && gathers(h) && h.Due.Equal(due) && h.Due.After(in.Now)
	})
}

// when gives the moment at which a notice is due: breaking news at once, the rest after a short wait, not closer than the interval
// to the one before, and none in the quiet hours; but where a letter on the story waits already, with that.
func (in *Input) when(recipient int64, kind news.ReasonKind) time.Time {
	if kind == news.Breaking {
		return in.Now
	}
	if waits := in.waits(recipient); !waits.IsZero() && kind != news.Correction {
		return Awake(in.Watch.Quiet, zone(in.Watch.Zone), waits) // it may be that of another watch, which knows no quiet hours
	}
	due := in.Now.Add(Wait)
	if in.Watch.Snoozed.After(due) { // a correction
		due = in.Watch.Snoozed
	}
	every := in.Watch.Every
	if every == 0 {
		every = Interval
	}
	for _, h := range in.History {
		if h.Recipient == recipient && h.Watch == in.Watch.ID && h.Kind != news.Breaking && h.Kind != news.DigestSlot {
			if next := h.Due.Add(every); next.After(due) {
				due = next
			}
		}
	}
	return Awake(in.Watch.Quiet, zone(in.Watch.Zone), due)
}

// waits gives when the next letter on the story to the recipient is due that can tell more, the zero time where none waits.
func (in *Input) waits(recipient int64) (due time.Time) {
	for _, h := range in.History {
		if h.Recipient == recipient && h.Story == in.Story.ID && gathers(h) && h.Due.After(in.Now) && (due.IsZero() || h.Due.Before(due)) {
			due = h.Due
		}
	}
	return due
}
