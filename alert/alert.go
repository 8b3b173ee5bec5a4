// Package alert decides who is owed which notice, when, and why, or why not. It is one pure function over values: the same history
// and the same now give the same decision. It sends nothing and puts nothing into words.
//
// The decision follows Alertmanager's cut (group, wait, interval, repeat), with the story in the place of the alert group: a story
// is told once to a recipient, and again only for what the watch asks.
package alert

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"marsad/news"
)

// Defaults of the desk for what a watch leaves open.
const (
	Wait       = 30 * time.Second // before the first notice of a burst, so that its story can gather
	Interval   = 5 * time.Minute  // between notices of one watch to one recipient
	DailyCap   = 40               // notices of one watch to one recipient in a local day
	Queue      = 12               // letters of one watch that may wait for one recipient; what comes then is told in one summary
	Stale      = 48 * time.Hour   // news published longer ago than this at its arrival is history
	Recent     = 2 * time.Hour    // news published longer than this before the desk began to follow its outlet is history
	NewSources = 3                // independent sources that are worth telling; then each double of it
)

// Input is one watch that an article satisfied, with all that the decision rests on.
type Input struct {
	Watch      news.Watch
	Recipients []news.Recipient // those of the watch
	Article    news.Article
	Arrived    time.Time
	Followed   time.Time  // since when the desk follows the article's outlet; zero: always
	Story      news.Story // as it is with the article in it
	Before     news.Story // as it was before; zero for a new story
	Denials    []string   // facts of the denials that the article brought, see Denials
	Figures    []string   // facts of the figures that it changed, see Figures
	Quotes     []string   // facts of the new quotes that the watch asks for, see QuoteFact
	Follows    bool       // the article does not satisfy the watch itself, but earlier ones of its story did
	Edited     bool       // those did so before the watch's query was changed, and do not satisfy it as it is
	Corrected  bool       // the article corrects an earlier one of its outlet
	Muted      bool       // nobody is told, whatever it is
	History    []news.Notice
	Now        time.Time
}

// Plan gives the notices that an article's match makes due, and for everything else the reason for silence. What it plans of one story to
// one recipient at one time is told in one letter, see Gather.
func Plan(in Input) (due []news.Notice, silent []news.Silence) {
	if why := in.quiet(); why != "" {
		return nil, []news.Silence{in.silence(0, why, "")}
	}
	if len(in.Recipients) == 0 {
		return nil, []news.Silence{in.silence(0, "no-recipient", "")}
	}
	for _, r := range in.Recipients {
		if r.State != news.Confirmed {
			silent = append(silent, in.silence(r.ID, "unconfirmed", ""))
			continue
		}
		ns, why, because := in.plan(r)
		due = append(due, ns...)
		if why != "" {
			silent = append(silent, in.silence(r.ID, why, because))
		}
	}
	return due, silent
}

// quiet gives the reason why nobody is told, "" where there is none.
func (in *Input) quiet() string {
	switch {
	case in.Watch.Off:
		return "off"
	case in.Muted:
		return "muted"
	case in.Arrived.Before(in.Watch.Created):
		return "before-watch"
	case in.Article.Published.Known() && in.Arrived.Sub(in.Article.Published.Time) > Stale:
		return "old"
	case in.Article.Published.Known() && in.Article.Published.Time.Add(Recent).Before(in.Followed):
		return "before-source" // a feed that is new to the desk brings days at once
	case in.Now.Sub(in.Arrived) > Stale:
		return "old" // catching up after a long silence must not become a storm
	}
	return ""
}

func (in *Input) silence(recipient int64, kind string, because news.ReasonKind) news.Silence {
	return news.Silence{Watch: in.Watch.ID, Recipient: recipient, Story: in.Story.ID, Article: in.Article.ID, Kind: kind, Because: because,
		First: in.Now, Last: in.Now, Times: 1}
}

// plan decides for one confirmed recipient: the notices, and why not, or not all.
func (in *Input) plan(r news.Recipient) (due []news.Notice, why string, because news.ReasonKind) {
	reasons, why := in.reasons(in.told(r.ID))
	reasons, why, because = in.hushed(reasons, why)
	for _, reason := range reasons {
		n := news.Notice{Recipient: r.ID, Watch: in.Watch.ID, Story: in.Story.ID, Article: in.Article.ID, Kind: reason.kind, Fact: reason.fact, Planned: in.Now}
		if n.Kind == news.Breaking {
			n.Because = in.Story.BreakingWhy
		} else if len(in.Watch.Digest) > 0 && n.Kind != news.Correction {
			if in.Follows {
				why, because = "told", n.Kind // the digest has had the story, or something else said why not
				continue
			}
			due = in.later(due, Digest(in.Watch, r.ID, NextSlot(in.Watch.Digest, zone(in.Watch.Zone), in.Now)))
			continue
		}
		n.Due = in.when(r.ID, n.Kind)
		if kept := in.keptBack(n); kept != "" {
			if why == "" {
				because = n.Kind
			}
			if why = kept; kept == "cap" {
				due = in.later(due, Rest(in.Watch, r.ID, n.Due))
			} else {
				due = in.later(due, Backlog(in.Watch, r.ID, in.Now))
			}
			continue // breaking news may follow, which nothing keeps back
		}
		n.ID = ID(n)
		due = append(due, n)
	}
	return due, why, because
}

// hushed leaves of what there is to tell what a watch tells that was snoozed, whose reader wants to hear no more of the story, or which asks
// for something else by now: that what they heard was wrong. It gives why the rest is not told, else the reason that it was given.
func (in *Input) hushed(reasons []reason, why string) (left []reason, _ string, because news.ReasonKind) {
	switch {
	case len(reasons) == 0:
		return nil, why, ""
	case slices.Contains(in.Watch.Muted, in.Story.ID):
		why = "muted"
	case in.Now.Before(in.Watch.Snoozed):
		why = "snoozed"
	case in.Edited:
		why = news.Edited
	default:
		return reasons, why, ""
	}
	for _, r := range reasons {
		if r.kind == news.Correction {
			return []reason{r}, "", ""
		}
	}
	return nil, why, reasons[0].kind
}

// keptBack gives why a letter of its own is not written: the day's cap, or letters that wait already. What breaks is told at once, and a
// correction is owed, however much else is.
func (in *Input) keptBack(n news.Notice) string {
	switch {
	case n.Kind == news.Breaking || n.Kind == news.Correction || in.joins(n.Recipient, n.Due):
		return ""
	case in.dueOn(n.Recipient, n.Due) >= in.cap():
		return "cap"
	case in.queued(n.Recipient) >= Queue:
		return "queue"
	}
	return ""
}

// later adds a digest that begins with the article at hand, once.
func (in *Input) later(due []news.Notice, d news.Notice) []news.Notice {
	if slices.ContainsFunc(due, func(n news.Notice) bool { return n.ID == d.ID }) {
		return due
	}
	d.Article, d.Planned = in.Article.ID, in.Now
	return append(due, d)
}

// reason is one thing to tell.
type reason struct {
	kind news.ReasonKind
	fact string
}

// Digest gives the notice of one slot of a watch's digest to one recipient.
func Digest(w news.Watch, recipient int64, slot time.Time) news.Notice {
	n := news.Notice{Recipient: recipient, Watch: w.ID, Kind: news.DigestSlot, Due: slot,
		Fact: strconv.FormatInt(w.ID, 10) + "@" + slot.UTC().Format(time.RFC3339)}
	n.ID = ID(n)
	return n
}

// restMark is in the facts of summaries and in those of no digest.
const restMark = "@rest "

// Rest gives the notice of the one summary of what a watch's daily cap kept back on the local day of at: it goes out when that day is over.
func Rest(w news.Watch, recipient int64, at time.Time) news.Notice {
	z := zone(w.Zone)
	n := news.Notice{Recipient: recipient, Watch: w.ID, Kind: news.DigestSlot, Due: Awake(w.Quiet, z, wall(at.In(z), 1, 0, z)),
		Fact: strconv.FormatInt(w.ID, 10) + restMark + at.In(z).Format(time.DateOnly)}
	n.ID = ID(n)
	return n
}

// Backlog gives the notice of the summary of what comes while Queue letters wait: after a night, or where the desk was down for hours, nobody
// is written to every five minutes until noon. It goes out at a full hour, half an hour from now or later.
func Backlog(w news.Watch, recipient int64, now time.Time) news.Notice {
	at := Awake(w.Quiet, zone(w.Zone), now.Add(90*time.Minute).Truncate(time.Hour))
	n := news.Notice{Recipient: recipient, Watch: w.ID, Kind: news.DigestSlot, Due: at, Fact: strconv.FormatInt(w.ID, 10) + restMark + at.UTC().Format(time.RFC3339)}
	n.ID = ID(n)
	return n
}

// IsRest tells whether a digest is the summary of what a cap, or letters that wait, kept back.
func IsRest(n news.Notice) bool {
	return n.Kind == news.DigestSlot && strings.Contains(n.Fact, restMark)
}

// reasons finds what there is to tell: the first match of the story, a correction, or all that is new of what the watch asks for. A story
// that stood in a digest is told again in the next one when it goes on, and told as breaking news when it breaks.
func (in *Input) reasons(told []news.Notice) (rs []reason, why string) {
	breaks := !in.Story.Breaking.IsZero()
	inDigests := !slices.ContainsFunc(told, func(n news.Notice) bool { return n.Kind != news.DigestSlot || IsRest(n) })
	if inDigests && !(in.Corrected && len(told) > 0) {
		if breaks {
			return []reason{{news.Breaking, ""}}, ""
		}
		return []reason{{news.FirstMatch, ""}}, ""
	}
	was := func(k news.ReasonKind, fact string) bool {
		for _, n := range told {
			if n.Kind == k && slices.Contains(Facts(n), fact) {
				return true
			}
		}
		return false
	}
	if in.Corrected { // whoever heard the first version hears of the correction, asked for or not
		if f := "article " + strconv.FormatInt(in.Article.ID, 10); !was(news.Correction, f) {
			return []reason{{news.Correction, f}}, ""
		}
	}
	for i, k := range in.Watch.Tell {
		fresh := slices.DeleteFunc(slices.Clone(in.changes(k, breaks)), func(fact string) bool { return was(k, fact) })
		if len(fresh) > 0 && !slices.Contains(in.Watch.Tell[:i], k) {
			rs = append(rs, reason{k, strings.Join(fresh, "\n")})
		}
	}
	switch {
	case len(rs) > 0:
		return rs, ""
	case len(in.Watch.Tell) == 0 && breaks:
		return nil, "not-asked"
	}
	return nil, "told"
}

// changes gives the facts of kind k that the article brought, none where it brought none. Whether they were told is not asked here.
func (in *Input) changes(k news.ReasonKind, breaks bool) []string {
	changed, fact := false, ""
	switch k {
	case news.Breaking:
		changed = breaks
	case news.Denial:
		return in.Denials
	case news.NewNumber:
		return in.Figures
	case news.NewQuote:
		return in.Quotes
	case news.NewHeadline:
		changed, fact = in.Before.Headline != "" && in.Before.Headline != in.Story.Headline, in.Story.Headline
	case news.NewSources:
		now := manySources(in.Story.Independent)
		changed, fact = now > 0 && manySources(in.Before.Independent) < now, strconv.Itoa(now)
	}
	if !changed {
		return nil
	}
	return []string{fact}
}

// manySources gives the last of the numbers of sources that are worth telling which n has reached: NewSources, and from there on each
// double of the one before. A story that everybody has is not news three outlets at a time.
func manySources(n int) (reached int) {
	for step := NewSources; step <= n; step *= 2 {
		reached = step
	}
	return reached
}

// told gives what the recipient was told of the story, by whichever watch.
func (in *Input) told(recipient int64) (told []news.Notice) {
	for _, n := range in.History {
		if n.Recipient == recipient && n.Story == in.Story.ID {
			told = append(told, n)
		}
	}
	return told
}

// ID gives a notice's identity: the hash of what is told to whom, so that no crash, second watch or merged story tells it twice.
// Two watches of one recipient share the notices of a story; a digest belongs to its watch through its fact.
func ID(n news.Notice) string {
	h := sha256.Sum256([]byte(strings.Join([]string{
		strconv.FormatInt(n.Recipient, 10), strconv.FormatInt(n.Story, 10), string(n.Kind), n.Fact}, "\x00")))
	return hex.EncodeToString(h[:16])
}
