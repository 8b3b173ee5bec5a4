package desk

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"marsad/feed"
	"marsad/internal/fault"
	"marsad/news"
)

// collect asks the feeds that are due, several at once, until ctx ends.
func (d *Desk) collect(ctx context.Context) error {
	free := make(chan struct{}, d.Feeds)
	var all sync.WaitGroup
	defer all.Wait()
	for ctx.Err() == nil {
		feeds, err := d.Store.LeaseFeeds(ctx, d.Now(), d.Feeds-len(free), d.FeedLease)
		if err != nil && ctx.Err() == nil {
			d.Log.Error("no feeds could be leased", "err", err)
		}
		for _, f := range feeds {
			free <- struct{}{}
			all.Go(func() {
				defer func() { <-free }()
				d.ask(ctx, f)
			})
		}
		d.rest(ctx, d.Tick, nil)
	}
	return nil
}

// ask asks one feed, keeps its new pages, and says when it is due again.
func (d *Desk) ask(ctx context.Context, f news.Feed) {
	limited, cancel := context.WithTimeout(ctx, d.FeedLease*4/5)
	defer cancel()
	url := f.URL
	d.visit(limited, &f)
	if ctx.Err() != nil {
		f.Due = d.Now() // it was cut short: begin with it next time
	}
	ctx, done := finish(ctx)
	defer done()
	err := d.Store.SaveFeed(ctx, f)
	if fault.Is(err, fault.Conflict) { // it moved to where another feed is already
		f.URL, f.Problem = url, string(fault.Conflict)
		err = d.Store.SaveFeed(ctx, f)
	}
	if err != nil && !fault.Is(err, fault.NotFound) {
		d.Log.Error("a feed's state could not be saved", "feed", f.URL, "err", err)
	}
}

// visit fetches a feed and its new items, and sets the feed's new state.
func (d *Desk) visit(ctx context.Context, f *news.Feed) {
	resp, err := d.Fetcher.Get(ctx, Request{URL: f.URL, ETag: f.ETag, LastModified: f.LastModified})
	now := d.Now()
	f.Checked = now
	if err != nil {
		f.Problem, f.Gone = trouble(resp, err), resp.Status == http.StatusGone
		d.Every.failed(f, resp.Retry, now)
		d.Log.Info("a feed could not be fetched", "feed", f.URL, "failures", f.Failures, "err", err)
		return
	}
	fresh, pages := 0, f.Problem
	if resp.Status != http.StatusNotModified {
		read, err := feed.Parse(resp.Body, resp.ContentType, resp.Final)
		if err != nil {
			f.Problem = string(fault.Invalid)
			d.Every.failed(f, resp.Retry, now)
			d.Log.Info("a feed could not be read", "feed", f.URL, "err", err)
			return
		}
		d.unfold(ctx, &read)
		got := d.keep(ctx, *f, read)
		// What was left over has to be answered again, and an index may stay the same while its sitemaps change.
		if got.retry.After(resp.Retry) {
			resp.Retry = got.retry
		}
		if got.tried > 0 {
			pages = got.pages()
		}
		if fresh = got.kept; got.all && read.Format != feed.SitemapIndex {
			f.ETag, f.LastModified = resp.ETag, resp.LastModified
		}
		if resp.Moved != "" {
			f.URL = resp.Moved
		}
	}
	f.Failures, f.Problem = 0, ""
	if strings.HasPrefix(pages, PagesFail) {
		f.Problem = pages
	}
	if fresh > 0 {
		f.Changed = now
	}
	d.Every.next(f, fresh, d.Now())
	if ctx.Err() != nil {
		f.Due = d.Now() // more waits than one lease can fetch
	}
	if resp.Retry.After(f.Due) {
		f.Due = resp.Retry
	}
}

// trouble says in one word what stood in the way.
func trouble(resp Response, err error) string {
	return cmp.Or(resp.Why, string(fault.KindOf(err)))
}

// Of a sitemap only what is new is news: the rest is the outlet's whole archive.
const (
	sitemapsAtOnce = 2
	sitemapDays    = 3 * 24 * time.Hour
)

// unfold puts the items of the latest sitemaps in the place of their index, and leaves out what is old or has no date.
func (d *Desk) unfold(ctx context.Context, read *feed.Feed) {
	for _, u := range read.More[:min(len(read.More), sitemapsAtOnce)] {
		resp, err := d.Fetcher.Get(ctx, Request{URL: u})
		if err != nil {
			d.Log.Info("a sitemap could not be fetched", "url", u, "err", err)
			continue
		}
		if part, err := feed.Parse(resp.Body, resp.ContentType, resp.Final); err == nil {
			read.Items = append(read.Items, part.Items...)
		}
	}
	if read.Format != feed.Sitemap && read.Format != feed.SitemapIndex {
		return
	}
	since := d.Now().Add(-sitemapDays)
	read.Items = slices.DeleteFunc(read.Items, func(it news.Item) bool { return it.Published.Before(since) && it.Updated.Before(since) })
}

// pagesAtOnce is how many pages one visit fetches at most; the next takes the rest.
const pagesAtOnce = 60

// PagesFail stands in a feed's Problem before what stood in the way of its pages, where none of those that are new could be had: the feed
// itself is well.
const PagesFail = "pages-"

// harvest is what came of a feed's new items.
type harvest struct {
	tried, kept int
	all         bool      // nothing was left for the next visit
	retry       time.Time // when the server wants to be asked again, where it sent us away
	why         string    // what stood in the way of the last that could not be had
}

// pages gives the Problem of a feed that is well itself.
func (h harvest) pages() string {
	if h.kept > 0 || h.why == "" {
		return ""
	}
	return PagesFail + h.why
}

// keep fetches and keeps the pages of a feed's new items, the oldest first.
func (d *Desk) keep(ctx context.Context, f news.Feed, read feed.Feed) (h harvest) {
	undated(read.Items, d.Now())
	items, err := d.Store.Unseen(ctx, f.ID, read.Items)
	if err != nil {
		d.Log.Error("new items could not be told from old", "feed", f.URL, "err", err)
		return h
	}
	oldestFirst(items)
	left := len(items) > pagesAtOnce
	failures := 0
	for _, it := range items[:min(len(items), pagesAtOnce)] {
		if it.Lang == "" {
			it.Lang = read.Lang
		}
		p, resp, err := d.fetchItem(ctx, f, it)
		if ctx.Err() != nil {
			return h
		}
		h.tried++
		if err != nil {
			h.why = trouble(resp, err)
			d.giveUp(ctx, f, it, err)
			if failures++; isTemporary(err) && (failures >= 3 || !resp.Retry.IsZero()) {
				h.retry = resp.Retry
				return h // the host is in trouble, or had enough of us: leave it alone
			}
			continue
		}
		if _, err = d.Store.KeepPage(ctx, p); err != nil {
			if ctx.Err() == nil {
				d.Log.Error("a page could not be kept", "url", p.URL, "err", err)
			}
			return h // that is our trouble, not the item's: it is fetched again
		}
		h.kept++
		d.pages.ring()
	}
	h.all = !left
	return h
}

// undated takes the dates off items that call themselves of the day after tomorrow or later: an event's day, a clock set wrong, or an
// outlet that wants to stand first. What the page says, or when it came, is better.
func undated(items []news.Item, now time.Time) {
	latest := now.Add(24 * time.Hour) // nobody's day is further ahead of ours, and clocks err
	for i := range items {
		if items[i].Published.After(latest) {
			items[i].Published = time.Time{}
		}
		if items[i].Updated.After(latest) {
			items[i].Updated = time.Time{}
		}
	}
}

// oldestFirst brings items into the order in which they were published. Those without a date keep the feed's order, which is newest
// first nearly everywhere.
func oldestFirst(items []news.Item) {
	for i, j := 0, len(items)-1; i < j; i, j = i+1, j-1 {
		items[i], items[j] = items[j], items[i]
	}
	// Insertion sort: feeds are short and nearly in order.
	for i := 1; i < len(items); i++ {
		for j := i; j > 0 && !items[j].Published.IsZero() && items[j].Published.Before(items[j-1].Published); j-- {
			items[j], items[j-1] = items[j-1], items[j]
		}
	}
}

// giveUp remembers an item that could not be fetched, and until when.
func (d *Desk) giveUp(ctx context.Context, f news.Feed, it news.Item, why error) {
	kind := fault.KindOf(why)
	wait := map[fault.Kind]time.Duration{fault.Temporary: 10 * time.Minute, fault.Internal: time.Hour}[kind]
	if wait == 0 {
		wait = 7 * 24 * time.Hour
	}
	d.Log.Info("an item is left out", "feed", f.URL, "item", it.URL, "for", wait, "err", why)
	if err := d.Store.NoteItem(ctx, f.ID, it, string(kind), d.Now().Add(wait)); err != nil {
		d.Log.Error("an item that is left out could not be noted", "item", it.URL, "err", err)
	}
}
