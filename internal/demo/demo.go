// Package demo is the wire of the demo: it publishes the invented world of package corpus on loopback, through real HTTP, as feeds
// and pages, every outlet a host of its own.
//
// One listener serves all outlets by the Host header. Their names lie under demo.test and resolve nowhere, so whoever fetches from
// the wire is given [Wire.Hosts] and dials the address found there. The world's tenth day is the day on which the wire starts: the
// days before it are handed over at once as kept pages ([Wire.Archive]), the tenth comes out live within a few minutes, its morning
// first. Nothing here reaches any other machine.
package demo

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"marsad/corpus"
	"marsad/news"
)

// Options say when the wire publishes. The zero value is the demo's: it starts now and takes ten minutes.
type Options struct {
	Now    func() time.Time // the clock; nil is time.Now
	Start  time.Time        // begin of the live day; zero is the moment of New
	Within time.Duration    // the live day is squeezed into this; 0 is ten minutes
}

// Wire is the invented world on its last day.
type Wire struct {
	now     func() time.Time
	start   time.Time
	past    []corpus.Publication // days before the last, in order
	live    []corpus.Publication // the last day, in order of release
	outlets []corpus.Outlet
	pages   map[string]*corpus.Publication // by host and path
	server  server
}

// New renders the world so that its last day is the start's calendar day in UTC. It opens nothing: see [Wire.Listen].
func New(c *corpus.Corpus, o Options) (*Wire, error) {
	w := &Wire{now: o.Now, start: o.Start, outlets: c.Outlets, pages: map[string]*corpus.Publication{}}
	if w.now == nil {
		w.now = time.Now
	}
	if w.start.IsZero() {
		w.start = w.now()
	}
	within := cmp.Or(o.Within, 10*time.Minute)
	first, last := liveHours(c)
	base := w.start.UTC().AddDate(0, 0, -(corpus.Days - 1))
	pubs, err := c.Schedule(base, func(it *corpus.Item, at time.Time) time.Time {
		if !isLive(it) {
			return at
		}
		share := float64(it.Clock-first) / float64(max(last-first, 1))
		return w.start.Add(within/40 + time.Duration(share*float64(within-within/20))).Truncate(time.Millisecond)
	})
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	for i := range pubs {
		w.pages[pubs[i].Outlet.Host+pubs[i].Path] = &pubs[i]
		if isLive(pubs[i].Item) {
			w.live = append(w.live, pubs[i])
		} else {
			w.past = append(w.past, pubs[i])
		}
	}
	return w, nil
}

func isLive(it *corpus.Item) bool { return it.Happening.Day+it.Day >= corpus.Days-1 }

// liveHours are the first and the last clock of the live day.
func liveHours(c *corpus.Corpus) (first, last time.Duration) {
	first = 24 * time.Hour
	for _, h := range c.Happenings {
		for _, it := range h.Items {
			if isLive(it) {
				first, last = min(first, it.Clock), max(last, it.Clock)
			}
		}
	}
	return first, last
}

// Outlet is an invented source with its feed. Neither has an id yet.
type Outlet struct {
	Source news.Source
	Feed   news.Feed
}

// Sources are the invented outlets, in the order that Archive's SourceID and FeedID count.
func (w *Wire) Sources() []Outlet {
	all := make([]Outlet, len(w.outlets))
	for i, o := range w.outlets {
		all[i] = Outlet{
			Source: news.Source{Name: o.Name, Home: "http://" + o.Host + "/", Lang: o.Lang, Country: o.Country, Licence: "full"},
			Feed:   news.Feed{URL: "http://" + o.Host + feedPath(o.Feed)},
		}
	}
	return all
}

// Archive gives the days before the live one as kept pages, in the order in which a desk would have fetched them. SourceID and
// FeedID are places in Sources, counted from 1; the caller puts its own ids there.
func (w *Wire) Archive() []news.Page {
	pages := make([]news.Page, len(w.past))
	for i, p := range w.past {
		id := int64(1 + slices.IndexFunc(w.outlets, func(o corpus.Outlet) bool { return o.ID == p.Outlet.ID }))
		pages[i] = news.Page{
			SourceID: id, FeedID: id, URL: p.URL, Final: p.URL, Status: 200, ContentType: p.ContentType, Body: p.Body,
			Fetched: p.Published.UTC().Add(lag(p.Path)), Item: p.Entry,
		}
	}
	slices.SortStableFunc(pages, func(a, b news.Page) int { return a.Fetched.Compare(b.Fetched) })
	return pages
}

// lag is how long after publication the desk would have come by: half a minute to four minutes, fixed for each page.
func lag(path string) time.Duration {
	sum := 0
	for _, b := range []byte(path) {
		sum = sum*31%211 + int(b)
	}
	return 30*time.Second + time.Duration(sum%210)*time.Second
}

// Schedule gives the live day's publications in the order of their release; Published is the moment of release.
func (w *Wire) Schedule() []corpus.Publication { return w.live }

// released tells whether the wire shows a publication by now.
func (w *Wire) released(p *corpus.Publication) bool { return !p.Published.After(w.now()) }
