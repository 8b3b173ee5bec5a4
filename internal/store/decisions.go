package store

import (
	"context"
	"time"

	"marsad/news"
	"marsad/wire"
)

// How long it can be asked why something was not told, of how many stories for each watch, and of how many in all.
const (
	KeepSilences = 30 * 24 * time.Hour
	EachSilences = 500
	MostSilences = 500_000
)

// Decisions keeps what became of each story for each watch: what was told, and what was not and why. Notices are kept by Deliver; what is
// kept here are the silences, for a while and up to a number.
type Decisions interface {
	// Decisions gives what was decided, the last first.
	Decisions(ctx context.Context, f DecisionFilter) ([]Decision, error)
	// Noise counts what some watches found, told and kept silent since.
	Noise(ctx context.Context, watches []int64, since time.Time) (map[int64]Noise, error)
	// LetSilencesGo forgets silences that last happened before a time, and of the rest the oldest: those of a watch that has more than each, and
	// those above most in all. It tells how many.
	LetSilencesGo(ctx context.Context, before time.Time, each, most int) (int, error)
}

// Edits keeps what became of what a watch found before its query was changed. A changed query makes the watch Edited.
type Edits interface {
	// MatchesEver gives the articles that any query of the watch found, of those that arrived since, the newest first, at most n.
	MatchesEver(ctx context.Context, watch int64, since time.Time, n int) ([]int64, error)
	// Outgrown says which articles the watch finds as it now is: of all others only an earlier query did.
	Outgrown(ctx context.Context, watch int64, still []int64) error
	// Unwritten gives what waits for some recipients, each with the story that its own is part of by now, but corrections and what a letter is
	// written of or under way at now.
	Unwritten(ctx context.Context, recipients []int64, now time.Time) ([]news.Notice, error)
	// Judged forgets those of some notices that still wait, as if they had never been planned, and keeps them as silences of the kind Edited; so
	// it does with what a digest of the watch would have told. The watch is Edited no more unless it was changed again. It gives what it forgot.
	Judged(ctx context.Context, w news.Watch, ns []news.Notice, now time.Time) ([]news.Notice, error)
}

// DecisionFilter narrows Decisions. Zero fields do not.
type DecisionFilter struct {
	Watch, Story int64 // one of them at the least is needed. A story is looked up by the number that it has by now
	// Watches and Recipients narrow those of a story to what some watches decided, and to whatever some recipients were to be told.
	Watches, Recipients []int64
	Only                string // "told" or "silent"
	Kind                string // of the notice or silence
	After               string // cursor: the Key of the last decision of the page before
	N                   int    // at most; 0 = 50
}

// Decision is a notice that was planned, or a silence.
type Decision struct {
	Key       string // names it in the order of Decisions
	At        time.Time
	Watch     news.Watch     // its number and name alone
	Delivery  *news.Delivery // without its message; nil for a silence
	Silence   news.Silence   // of a silence
	Recipient news.Recipient // zero where there is none, or it is gone
	Story     int64          // as it is numbered by now, 0 for a digest
	Headline  string         // of the story
	Lang      string
	Entry     *Brief // of the article; nil where it is gone
}

// Wire gives a decision as programs are told of it.
func (d Decision) Wire() wire.Decision {
	w := wire.SilenceDecision(d.Silence)
	if d.Delivery != nil {
		w = wire.NoticeDecision(*d.Delivery)
	}
	var e Brief
	if d.Entry != nil {
		e = *d.Entry
	}
	return w.About(d.Recipient.Address, d.Story, d.Headline, e.Article, e.Headline, e.Source, e.Words)
}

// Brief is an article in a line.
type Brief struct {
	Article  int64
	Headline string
	Lang     string
	Source   string
	Words    []string // of its text, by which it satisfies the watch
}

// Noise is how loud a watch is.
type Noise struct {
	Found   int // articles that satisfied it
	Letters int // planned; what another's letter tells is none
	Silent  int // stories that were not told
}
