package desk

import (
	"cmp"
	"context"
	"iter"
	"net/url"
	"sync"
	"time"

	"marsad/feed"
	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

// Bounds on what is looked at in one go: each address takes seconds.
const (
	mostLines   = 5000
	looksAtOnce = 16
	lookTime    = time.Minute // for one address, with all that is tried of its site
	mostTries   = 14          // addresses of a site that are asked whether they are a feed
)

// found is what there is at an address: an offer, or in the answer why there is none.
type found struct {
	at     int // its place among the answers
	answer Added
	offer  store.Offer
}

// addPasted looks at every address of a pasted list, many at once, and keeps together what is found together.
func (d *Desk) addPasted(ctx context.Context, in Adding) ([]Added, error) {
	lines := addresses(feed.Text([]byte(in.Given)))
	if len(lines) > mostLines {
		return nil, fault.New(fault.Invalid, "desk: %d addresses at once; at most %d are looked at, and an OPML list may hold more", len(lines), mostLines)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	out := make([]Added, len(lines))
	for some := range d.lookAtAll(ctx, lines) {
		d.keepFound(ctx, some)
		for _, f := range some {
			out[f.at] = f.answer
			in.Each(f.answer)
		}
	}
	return out, ctx.Err()
}

// lookAtAll gives what is found, as it is found, in parts. It ends early with ctx, and has stopped all that it started when it ends.
func (d *Desk) lookAtAll(ctx context.Context, lines []given) iter.Seq[[]*found] {
	return func(yield func([]*found) bool) {
		var all sync.WaitGroup
		defer all.Wait()
		free, done := make(chan struct{}, looksAtOnce), make(chan *found, len(lines)) // nobody waits for room in done
		all.Go(func() {
			for i, g := range lines {
				select {
				case free <- struct{}{}:
				case <-ctx.Done():
					return
				}
				all.Go(func() {
					f := d.look(ctx, g)
					f.at = i
					done <- f
					<-free
				})
			}
		})
		for left := len(lines); left > 0; {
			var some []*found
			select {
			case f := <-done:
				some = append(some, f)
			case <-ctx.Done():
				return
			}
			for len(done) > 0 && len(some) < offersAtOnce {
				some = append(some, <-done)
			}
			left -= len(some)
			if !yield(some) {
				return
			}
		}
	}
}

// keepFound keeps what was found in one transaction and completes the answers.
func (d *Desk) keepFound(ctx context.Context, some []*found) {
	var offers []store.Offer
	var of []*found
	for _, f := range some {
		if len(f.offer.Feeds) > 0 {
			offers, of = append(offers, f.offer), append(of, f)
		}
	}
	if len(offers) == 0 {
		return
	}
	kept, err := d.Store.AddSources(ctx, offers)
	for i, f := range of {
		if err != nil {
			f.answer.Problem, f.answer.Detail = "failed", err.Error()
			continue
		}
		f.answer.Source, f.answer.Name = kept[i].Of[0], f.offer.Source.Name
		if kept[i].Source == 0 {
			f.answer.Problem = "known"
		}
	}
}

// look finds the feed of an address: by what is known of its site, there itself, or where its page points to.
func (d *Desk) look(ctx context.Context, g given) *found {
	f := &found{answer: Added{Line: g.line, Problem: g.problem}}
	if g.problem == "" && feed.Closed(g.at) {
		f.answer.Problem = "closed"
	}
	if f.answer.Problem != "" {
		return f
	}
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	if u, ok := feed.Known(g.at); ok {
		if resp, err := d.Fetcher.Get(ctx, Request{URL: u}); err == nil && d.offered(f, u, resp) {
			return f
		}
	}
	page, err := d.Fetcher.Get(ctx, Request{URL: g.at})
	if err != nil {
		f.answer.Problem, f.answer.Detail = trouble(page, err), err.Error()
		return f
	}
	if d.offered(f, g.at, page) {
		return f
	}
	for _, u := range d.feedsOf(ctx, page) {
		if resp, err := d.Fetcher.Get(ctx, Request{URL: u}); err == nil && d.offered(f, u, resp) {
			return f
		}
	}
	f.answer.Problem = "no-feed"
	return f
}

// offered makes an offer of what an address gave, if that is a feed.
func (d *Desk) offered(to *found, asked string, resp Response) bool {
	f, err := feed.Parse(resp.Body, resp.ContentType, resp.Final)
	if err != nil {
		return false
	}
	at := cmp.Or(resp.Moved, asked) // where it moved to for good
	to.offer = store.Offer{
		Source: news.Source{Name: cmp.Or(f.Title, host(at)), Home: cmp.Or(f.Home, origin(at)), Lang: f.Lang, Created: d.Now()},
		Feeds:  []news.Feed{{URL: at, Every: d.Every.First, Due: d.Now()}},
	}
	return true
}

func origin(at string) string {
	u, err := url.Parse(at)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host + "/"
}

// feedsOf gives the addresses at which a site may keep a feed: those that its page points to, then the sitemaps that its robots.txt names,
// the usual places last.
func (d *Desk) feedsOf(ctx context.Context, page Response) (all []string) {
	for _, l := range feed.Discover(page.Body, page.Final) {
		all = append(all, l.URL)
	}
	if at := origin(page.Final); len(all) == 0 && at != "" {
		if resp, err := d.Fetcher.Get(ctx, Request{URL: at + "robots.txt"}); err == nil {
			sitemaps := feed.Sitemaps(resp.Body)
			all = append(all, sitemaps[:min(len(sitemaps), 3)]...)
		}
	}
	all = append(all, feed.Guesses(page.Final)...)
	return all[:min(len(all), mostTries)]
}
