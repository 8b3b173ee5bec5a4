package wire

import (
	"time"

	"marsad/news"
)

// Told is where an article of a list belongs: the story, the links to others of the list, and why. Articles are known by their place in the
// list, the first is 1.
type Told struct {
	Version   int      `json:"version"`
	N         int64    `json:"n"`
	URL       *string  `json:"url"`
	Headline  *string  `json:"headline"`
	Outlet    *string  `json:"outlet"`
	Lang      *string  `json:"lang"`
	Published *string  `json:"published"`
	Story     *int64   `json:"story"` // null where there is no article
	First     bool     `json:"first"` // the earliest report of the story in this list
	Breaking  *string  `json:"breaking"`
	Because   []Reason `json:"because"`
	Links     []Link   `json:"links"`
	Error     *Error   `json:"error"`
}

// ToldOf gives an article of a list and its story as it is once all are placed.
func ToldOf(a news.Article, outlet string, p news.Placement, s news.Story) Told {
	t := UntoldOf(a, outlet, nil)
	t.Story, t.First, t.Because = &s.ID, s.First == a.ID, ReasonsOf(p.Because)
	if !s.Breaking.IsZero() {
		t.Breaking = some(s.Breaking.UTC().Format(time.RFC3339))
	}
	for _, l := range p.Links {
		t.Links = append(t.Links, LinkOf(l))
	}
	return t
}

// UntoldOf gives a line of a list that holds no article, and why.
func UntoldOf(a news.Article, outlet string, why *Error) Told {
	r := Of(a, news.Analysis{})
	return Told{Version: Version, N: a.ID, URL: r.URL, Headline: r.Headline, Outlet: some(outlet), Lang: r.Lang, Published: r.Published,
		Because: []Reason{}, Links: []Link{}, Error: why}
}
