// Package news holds the nouns that travel through the desk: what is collected, what is read from it, what is understood,
// how articles belong together, and who is owed a message. It has no behaviour and no encoding: package wire says how these
// values look as JSON, internal/store how they are kept.
//
// Every value is made by one stage and changed by none after it. Every statement about an article's words is a [Span] of
// Article.Text, so that a reader can be shown the words that it stands on.
package news

import "time"

// Span is a half-open byte range [Start, End) of Article.Text, always on rune boundaries.
type Span struct{ Start, End int }

// Evidence names what gave a moment: "json-ld", "meta", "time", "url", "text", "feed" or "job".
type Evidence string

// The kinds of evidence for a date of publication.
const (
	FromJSONLD Evidence = "json-ld"
	FromMeta   Evidence = "meta"
	FromTime   Evidence = "time"
	FromURL    Evidence = "url"
	FromText   Evidence = "text"
	FromFeed   Evidence = "feed"
	FromJob    Evidence = "job"
)

// Stamp is a moment as somebody wrote it down. The zero Stamp is "not known".
type Stamp struct {
	Time    time.Time // in the zone that the evidence named; UTC where it named none
	DayOnly bool      // only the calendar day is known: the clock in Time is 00:00
	Zoned   bool      // the evidence named a zone or offset
	From    Evidence  // what said so
}

// Known tells whether the stamp holds a moment.
func (s Stamp) Known() bool { return !s.Time.IsZero() }
