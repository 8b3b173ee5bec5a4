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
}

// StoryOf gives a story; copies is how many of its articles follow another.
func StoryOf(s news.Story, copies int, base string) Story {
	return Story{HeadOf(s, base), s.Lang, append([]string{}, s.Langs...), s.Sources, copies, s.Lead, s.First, int(s.Lag / time.Second),
		s.Opened.UTC().Format(time.RFC3339), s.Changed.UTC().Format(time.RFC3339), ReasonsOf(s.BreakingWhy)}
}

// EntryOf gives an article of the archive.
func EntryOf(a news.Article, n news.Analysis, p news.Placement, outlet string, arrived time.Time) Entry {
	e := Entry{a.ID, p.Story, outlet, arrived.UTC().Format(time.RFC3339), ReasonsOf(p.Because), []Link{}, Of(a, n)}
	for _, l := range p.Links {
		e.Links = append(e.Links, LinkOf(l))
	}
	return e
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
