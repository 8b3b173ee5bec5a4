package wire

import (
	"fmt"
	"time"

	"marsad/news"
)

// Added is what became of an address that somebody gave as a source.
type Added struct {
	Line    string `json:"line"`
	Source  int64  `json:"source"` // that has it now; 0: none
	Name    string `json:"name"`
	Problem string `json:"problem"` // "" when all went well
	Detail  string `json:"detail"`
}

// Source is an outlet with how it fares.
type Source struct {
	ID          int64   `json:"id"`
	Name        string  `json:"name"`
	Home        *string `json:"home"`
	Lang        *string `json:"lang"`
	Country     *string `json:"country"`
	Muted       bool    `json:"muted"`   // collected no more; its articles stay
	Licence     string  `json:"licence"` // "": headline and at most two sentences may leave the desk; "full": its text may be passed on
	Every       int     `json:"every"`   // minutes between askings; 0: about as often as it changes
	Articles    int     `json:"articles"`
	LastArticle *string `json:"last_article"`
	Feeds       []Feed  `json:"feeds"`
}

// Feed is an address that a source publishes on.
type Feed struct {
	URL      string  `json:"url"`
	Checked  *string `json:"checked"`
	Changed  *string `json:"changed"`
	Failures int     `json:"failures"`
	Problem  *string `json:"problem"` // in one word: not-found, forbidden, timeout, dns, tls ...; "pages-" before it: the feed is well and its pages are not
}

// SourceOf gives a source.
func SourceOf(s news.Source, feeds []news.Feed, articles int, last time.Time) Source {
	w := Source{s.ID, s.Name, some(s.Home), some(s.Lang), some(s.Country), s.Muted, s.Licence, int(s.Every / time.Minute), articles, moment(last, false), []Feed{}}
	for _, f := range feeds {
		w.Feeds = append(w.Feeds, Feed{f.URL, moment(f.Checked, false), moment(f.Changed, false), f.Failures, some(f.Problem)})
	}
	return w
}

// Watch is a standing order.
type Watch struct {
	ID         int64    `json:"id"`
	Name       string   `json:"name"`
	Query      string   `json:"query"`
	Off        bool     `json:"off"`
	Matches    int      `json:"matches"`    // in the last seven days
	Recipients []int64  `json:"recipients"` // who is told
	Tell       []string `json:"tell"`       // what besides the first match of a story is told again
	Digest     []string `json:"digest"`     // HH:MM; empty: told as it comes
	Quiet      *Hours   `json:"quiet"`      // null: none
	Zone       string   `json:"zone"`
	Cap        int      `json:"cap"` // notices a day, 0 for the desk's default
	Created    *string  `json:"created"`
	Snoozed    *string  `json:"snoozed"` // it tells nothing until then; null: it tells
	Muted      []int64  `json:"muted"`   // stories that it tells nothing more of
	Owner      *int64   `json:"owner"`   // the account whose it is; null: nobody's that is known
}

// Hours is a daily stretch of time, HH:MM.
type Hours struct {
	From string `json:"from"`
	To   string `json:"to"`
}

func owner(account int64) *int64 {
	if account == 0 {
		return nil
	}
	return &account
}

// WatchOf gives a watch.
func WatchOf(w news.Watch, matches int) Watch {
	out := Watch{w.ID, w.Name, w.Query, w.Off, matches, append([]int64{}, w.Recipients...), []string{}, []string{}, nil, w.Zone, w.Cap, moment(w.Created, false), moment(w.Snoozed, false), append([]int64{}, w.Muted...), owner(w.By)}
	for _, k := range w.Tell {
		out.Tell = append(out.Tell, string(k))
	}
	for _, m := range w.Digest {
		out.Digest = append(out.Digest, clock(m))
	}
	if w.Quiet.From != w.Quiet.To {
		out.Quiet = &Hours{clock(w.Quiet.From), clock(w.Quiet.To)}
	}
	return out
}

// clock writes minutes after midnight.
func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// Recipient is somebody who may be told.
type Recipient struct {
	ID      int64  `json:"id"`
	Carrier string `json:"carrier"`
	Address string `json:"address"`
	State   string `json:"state"`
	Lang    string `json:"lang"`
}

// RecipientOf gives a recipient without what opens their address.
func RecipientOf(r news.Recipient) Recipient {
	return Recipient{r.ID, r.Carrier, r.Address, string(r.State), r.Lang}
}

// Trial is what a watch would have done about a story.
type Trial struct {
	At       string   `json:"at"`
	Story    int64    `json:"story"`
	Headline string   `json:"headline"`
	Outcome  string   `json:"outcome"` // told, digest, held (by the quiet hours), later (when its turn came), letter (in that of another notice), silent
	Because  []string `json:"because"`
	Due      *string  `json:"due"` // when the letter went; null for silence
}

// TrialOf gives what a watch would have done.
func TrialOf(at time.Time, story int64, headline, outcome string, because []news.Reason, due time.Time) Trial {
	w := Trial{at.UTC().Format(time.RFC3339), story, headline, outcome, []string{}, moment(due.UTC(), false)}
	for _, r := range because {
		w.Because = append(w.Because, r.Kind)
	}
	return w
}

// Finding is what a look at the desk found.
type Finding struct {
	OK   bool   `json:"ok"`
	What string `json:"what"`
	Do   string `json:"do"` // what to do about it, "" for nothing
}
