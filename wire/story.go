package wire

import (
	"time"

	"marsad/news"
)

// Story is a story as a list gives it.
type Story struct {
	StoryHead
	Lang    string   `json:"lang"`  // of the headline
	Langs   []string `json:"langs"` // of its articles
	Sources int      `json:"sources"`
	Copies  int      `json:"copies"`
	Lead    int64    `json:"lead"`  // article
	First   int64    `json:"first"` // article
	Lag     int      `json:"lag"`   // seconds from the first report to the second independent outlet, 0 where there is none
	Opened  string   `json:"opened"`
	Changed string   `json:"changed"`
	Why     []Reason `json:"breaking_why"`
}

// Reason is a named piece of evidence.
type Reason struct {
	Kind  string   `json:"kind"`
	Words []string `json:"words"`
	Value float64  `json:"value"`
}

// Link ties an article to another.
type Link struct {
	Article   int64    `json:"article"`
	Other     int64    `json:"other"`
	Kind      string   `json:"kind"`
	Direction string   `json:"direction"`
	Score     float64  `json:"score"`
	Evidence  []Reason `json:"evidence"`
}

// Entry is an article of the archive: where it belongs, and its record.
type Entry struct {
	ID      int64    `json:"id"`
	Story   int64    `json:"story"`
	Outlet  string   `json:"outlet"`
	Arrived string   `json:"arrived"`
	Because []Reason `json:"because"`
	Links   []Link   `json:"links"`
	Article Record   `json:"article"`

	References []Reference `json:"references"` // to earlier stories that the text speaks of
}

// Reference is words of an article that speak of an earlier story.
type Reference struct {
	Words
	When    Words    `json:"when"`    // the date in them
	Story   int64    `json:"story"`   // spoken of
	Article int64    `json:"article"` // the earliest article of that story
	Because []Reason `json:"because"`
}

// Referral is an article of another story that speaks of this one.
type Referral struct {
	Article   int64     `json:"article"`
	Story     int64     `json:"story"`
	Outlet    string    `json:"outlet"`
	Headline  string    `json:"headline"`
	Reference Reference `json:"reference"`
}

// Lesson is what a person said of two groups of articles: every article of the one beside every article of the other tells the same
// happening, or another. A line of `marsad export --lessons`, to learn from.
type Lesson struct {
	Version    int     `json:"version"`
	Correction int64   `json:"correction"`
	Kind       string  `json:"kind"` // merge, split, apart; undone-split where somebody took back what the desk had done by itself
	By         string  `json:"by"`
	Said       string  `json:"said"`
	Same       bool    `json:"same"`
	Left       []Entry `json:"left"`
	Right      []Entry `json:"right"`
}

// StoryOf gives a story; copies is how many of its articles follow another.
func StoryOf(s news.Story, copies int, base string) Story {
	return Story{HeadOf(s, base), s.Lang, append([]string{}, s.Langs...), s.Sources, copies, s.Lead, s.First, int(s.Lag / time.Second),
		s.Opened.UTC().Format(time.RFC3339), s.Changed.UTC().Format(time.RFC3339), ReasonsOf(s.BreakingWhy)}
}

// EntryOf gives an article of the archive.
func EntryOf(a news.Article, n news.Analysis, p news.Placement, outlet string, arrived time.Time) Entry {
	e := Entry{a.ID, p.Story, outlet, arrived.UTC().Format(time.RFC3339), ReasonsOf(p.Because), []Link{}, Of(a, n), []Reference{}}
	for _, r := range p.References {
		e.References = append(e.References, ReferenceOf(r, a.Text))
	}
	for _, l := range p.Links {
		e.Links = append(e.Links, LinkOf(l))
	}
	return e
}

// ReferenceOf gives a reference from an article with a text.
func ReferenceOf(r news.Reference, text string) Reference {
	return Reference{words(text, r.Span), words(text, r.When), r.Story, r.Other, ReasonsOf(r.Because)}
}

// ReferralsOf gives an article's references to a story.
func ReferralsOf(a news.Article, p news.Placement, outlet string, story int64) (out []Referral) {
	for _, r := range p.References {
		if r.Story == story {
			out = append(out, Referral{a.ID, p.Story, outlet, a.Headline, ReferenceOf(r, a.Text)})
		}
	}
	return out
}

// LinkOf gives a link.
func LinkOf(l news.Link) Link {
	return Link{l.Article, l.Other, string(l.Kind), string(l.Direction), l.Score, ReasonsOf(l.Evidence)}
}

// ReasonsOf gives pieces of evidence.
func ReasonsOf(rs []news.Reason) []Reason {
	out := []Reason{}
	for _, r := range rs {
		out = append(out, Reason{r.Kind, append([]string{}, r.Words...), r.Value})
	}
	return out
}
