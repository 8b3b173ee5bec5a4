package desk

import (
	"cmp"
	"context"
	"slices"

	"marsad/feed"
	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

// Adding is what somebody gives to have sources made of it.
type Adding struct {
	Given  string      // addresses of sites or feeds, one a line and with other words around them if need be, or an OPML list
	Reader int64       // whose folders those of a list become; 0: nobody's
	Each   func(Added) // told what became of each as soon as that is known, one at a time; may be nil
}

// Added is what became of one address that somebody gave.
type Added struct {
	Line    string
	Source  int64 // that has it now; 0: none
	Name    string
	Problem string // "", known, or why there is none: bad-address, twice, no-feed, closed, denied, not-found, refused, unreachable, too-large, failed; of a list: short, cut
	Detail  string
}

// AddSources adds sources by whatever somebody has of them, and says in the order of what was given what became of each. What was added
// stays added when ctx ends in between. The error is the store's, or Invalid where it is too much at once.
func (d *Desk) AddSources(ctx context.Context, in Adding) ([]Added, error) {
	if in.Each == nil {
		in.Each = func(Added) {}
	}
	if feed.IsOPML([]byte(in.Given)) {
		return d.addOPML(ctx, in)
	}
	return d.addPasted(ctx, in)
}

// offersAtOnce is how many sources are kept in one transaction: others write in between.
const offersAtOnce = 1000

// addOPML adds a list without asking the feeds first: the list was used, and a thousand feeds would take their time.
func (d *Desk) addOPML(ctx context.Context, in Adding) ([]Added, error) {
	list, err := feed.ReadOPML([]byte(in.Given))
	if err != nil {
		return nil, fault.New(fault.Invalid, "desk: %w", err)
	}
	all := d.outlets(list.Feeds)
	var out []Added
	folders := map[int64][]string{}
	for part := range slices.Chunk(all, offersAtOnce) {
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		offers := make([]store.Offer, len(part))
		for i, o := range part {
			offers[i] = o.Offer
		}
		kept, err := d.Store.AddSources(ctx, offers)
		if err != nil {
			return out, err
		}
		for i, k := range kept {
			out = append(out, part[i].became(k, folders)...)
		}
	}
	if in.Reader != 0 && len(folders) > 0 {
		if err := d.Store.FileAll(ctx, in.Reader, folders); err != nil {
			return out, err
		}
	}
	out = append(out, leftOut(list)...)
	for _, a := range out {
		in.Each(a)
	}
	return out, nil
}

// leftOut tells what of a list is no feed, and what of it could not be read.
func leftOut(list feed.Subscriptions) (out []Added) {
	for _, l := range list.Left {
		out = append(out, Added{Line: cmp.Or(l.Address, l.Title), Name: l.Title, Problem: "bad-address"})
	}
	if list.Cut {
		out = append(out, Added{Problem: "cut"})
	}
	if list.Short {
		out = append(out, Added{Problem: "short"})
	}
	return out
}

// outlet is a source that a list offers, with the entries that it was made of.
type outlet struct {
	store.Offer
	entries []feed.Outline
}

// outlets makes sources of a list's feeds.
func (d *Desk) outlets(list []feed.Outline) (all []outlet) {
	now := d.Now()
	for len(list) > 0 {
		n := 1
		for n < len(list) && ofOne(list[0], list[n]) {
			n++
		}
		o := list[0]
		made := outlet{entries: list[:n]}
		made.Source = news.Source{Name: cmp.Or(o.Title, host(o.Feed)), Home: o.Home, Lang: o.Lang, Country: o.Country, Licence: o.Licence, Every: o.Every, Muted: o.Paused, Created: now}
		for _, e := range list[:n] {
			made.Feeds = append(made.Feeds, news.Feed{URL: e.Feed, Every: cmp.Or(o.Every, d.Every.First), Due: now})
		}
		all, list = append(all, made), list[n:]
	}
	return all
}

// ofOne tells whether two entries of a list are feeds of one outlet, as a list that was saved here has them.
func ofOne(a, b feed.Outline) bool {
	if a.Outlet != "" || b.Outlet != "" {
		return a.Outlet == b.Outlet && a.Title == b.Title
	}
	return a.Title != "" && a.Home != "" && a.Title == b.Title && a.Home == b.Home && a.Lang == b.Lang && a.Folder == b.Folder
}

// became says what became of an outlet's feeds, and notes the folders of the sources that have them.
func (o outlet) became(k store.Kept, folders map[int64][]string) (out []Added) {
	for i, e := range o.entries {
		a := Added{Line: e.Feed, Source: k.Of[i], Name: o.Source.Name}
		if a.Source != k.Source {
			a.Problem = "known"
		}
		out = append(out, a)
		for _, f := range append([]string{e.Folder}, e.Also...) {
			if f != "" && !slices.Contains(folders[a.Source], f) {
				folders[a.Source] = append(folders[a.Source], f)
			}
		}
	}
	return out
}
