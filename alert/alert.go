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
	Stale      = 48 * time.Hour   // news published longer ago than this at its arrival is history
	NewSources = 3                // independent sources more than at the last notice of the story
)

// Input is one watch that an article satisfied, with all that the decision rests on.
type Input struct {
	Watch      news.Watch
	Recipients []news.Recipient // those of the watch
	Article    news.Article
	Arrived    time.Time
	Story      news.Story // as it is with the article in it
	Before     news.Story // as it was before; zero for a new story
	Denials    []string   // facts of the denials that the article brought, see Denials
	Figures    []string   // facts of the figures that it changed, see Figures
	Quotes     []string   // facts of the new quotes that the watch asks for, see QuoteFact
	Follows    bool       // the article does not satisfy the watch itself, but earlier ones of its story did
	Corrected  bool       // the article corrects an earlier one of its outlet
	Muted      bool       // the reader muted the story, or notices are muted while history is reprocessed
	History    []news.Notice
	Now        time.Time
}

// Silence is a notice that was not planned, and the reason. Kind is a key that the rim puts into words.
type Silence struct {
	Watch, Recipient, Story, Article int64
	Kind                             string // off, muted, old, backdated, before-watch, unconfirmed, told, not-asked, cap, no-recipient
	Because                          news.ReasonKind
}

// Plan gives the notices that an article's match makes due, and for everything else the reason for silence.
func Plan(in Input) (due []news.Notice, silent []Silence) {
	if why := in.quiet(); why != "" {
		return nil, []Silence{in.silence(0, why, "")}
	}
	if len(in.Recipients) == 0 {
		return nil, []Silence{in.silence(0, "no-recipient", "")}
	}
	for _, r := range in.Recipients {
		if r.State != news.Confirmed {
			silent = append(silent, in.silence(r.ID, "unconfirmed", ""))
			continue
		}
		n, why := in.plan(r)
		if why != "" {
			silent = append(silent, in.silence(r.ID, why, n.Kind))
			continue
		}
		due = append(due, n)
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
	case in.Now.Sub(in.Arrived) > Stale:
		return "old" // catching up after a long silence must not become a storm
	}
	return ""
}

func (in *Input) silence(recipient int64, kind string, because news.ReasonKind) Silence {
	return Silence{in.Watch.ID, recipient, in.Story.ID, in.Article.ID, kind, because}
}

// plan decides for one confirmed recipient: the notice, or why none.
func (in *Input) plan(r news.Recipient) (news.Notice, string) {
	told := in.told(r.ID)
	kind, fact, why := in.reason(told)
	n := news.Notice{Recipient: r.ID, Watch: in.Watch.ID, Story: in.Story.ID, Article: in.Article.ID, Kind: kind, Fact: fact, Planned: in.Now}
	if why != "" {
		return n, why
	}
	n.Because = in.Story.BreakingWhy
	if kind != news.Breaking {
		n.Because = nil
	}
	if len(in.Watch.Digest) > 0 && kind != news.Breaking {
		if in.Follows {
			return n, "told" // the digest has had the story, or something else said why not
		}
		d := Digest(in.Watch, r.ID, NextSlot(in.Watch.Digest, zone(in.Watch.Zone), in.Now))
		d.Article, d.Planned = in.Article.ID, in.Now
		return d, ""
	}
	n.Due = in.when(r.ID, kind)
	if kind != news.Breaking && in.dueOn(r.ID, n.Due) >= in.cap() {
		return n, "cap"
	}
	n.ID = ID(n)
	return n, ""
}

// Digest gives the notice of one slot of a watch's digest to one recipient.
func Digest(w news.Watch, recipient int64, slot time.Time) news.Notice {
	n := news.Notice{Recipient: recipient, Watch: w.ID, Kind: news.DigestSlot, Due: slot,
		Fact: strconv.FormatInt(w.ID, 10) + "@" + slot.UTC().Format(time.RFC3339)}
	n.ID = ID(n)
	return n
}

// reason finds what there is to tell: the first match of the story, or the strongest of the changes that the watch asks for.
func (in *Input) reason(told []news.Notice) (kind news.ReasonKind, fact, why string) {
	breaks := !in.Story.Breaking.IsZero()
	if len(told) == 0 {
		if breaks {
			return news.Breaking, "", ""
		}
		return news.FirstMatch, "", ""
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
			return news.Correction, f, ""
		}
	}
	why = "told"
	for _, k := range in.Watch.Tell {
		fresh := slices.DeleteFunc(slices.Clone(in.changes(k, breaks)), func(fact string) bool { return was(k, fact) })
		if len(fresh) > 0 { // one letter tells all that is new of a kind
			return k, strings.Join(fresh, "\n"), ""
		}
	}
	if len(in.Watch.Tell) == 0 && breaks {
		why = "not-asked"
	}
	return "", "", why
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
		step := in.Story.Independent / NewSources
		changed, fact = step > 0 && in.Before.Independent/NewSources < step, strconv.Itoa(step*NewSources)
	}
	if !changed {
		return nil
	}
	return []string{fact}
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

func (in *Input) cap() int {
	if in.Watch.Cap > 0 {
		return in.Watch.Cap
	}
	return DailyCap
}

// dueOn counts the watch's notices to the recipient that are due on the local day of a moment: what the quiet hours put off counts on
// the day on which it goes out.
func (in *Input) dueOn(recipient int64, at time.Time) (n int) {
	z := zone(in.Watch.Zone)
	y, m, d := at.In(z).Date()
	for _, h := range in.History {
		hy, hm, hd := h.Due.In(z).Date()
		if h.Recipient == recipient && h.Watch == in.Watch.ID && h.Kind != news.DigestSlot && hy == y && hm == m && hd == d {
			n++
		}
	}
	return n
}

// when gives the moment at which a notice is due: breaking news at once, the rest after a short wait, not closer than the interval
// to the one before, and none in the quiet hours.
func (in *Input) when(recipient int64, kind news.ReasonKind) time.Time {
	if kind == news.Breaking {
		return in.Now
	}
	due := in.Now.Add(Wait)
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

// ID gives a notice's identity: the hash of what is told to whom, so that no crash, second watch or merged story tells it twice.
// Two watches of one recipient share the notices of a story; a digest belongs to its watch through its fact.
func ID(n news.Notice) string {
	h := sha256.Sum256([]byte(strings.Join([]string{
		strconv.FormatInt(n.Recipient, 10), strconv.FormatInt(n.Story, 10), string(n.Kind), n.Fact}, "\x00")))
	return hex.EncodeToString(h[:16])
}
