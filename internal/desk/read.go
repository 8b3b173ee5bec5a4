package desk

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/page"
	"marsad/text"
)

// reading is a page with what one article alone can tell.
type reading struct {
	page     news.Page
	whole    news.Article // as the page gives it
	site     *page.Site   // what is known of its source
	article  news.Article // the whole without what is the site's own
	analysis news.Analysis
	doc      *text.Doc
	source   news.Source
	words    *match.Doc
	tokens   string        // of words, for the index
	rejected string        // why there is no article
	failed   error         // the store would not answer: the page is read again
	done     chan struct{} // closed when all of the above is set
}

// longestText is how many bytes of text an article has at most: some two hundred thousand words. What is longer is a book or an attack, and
// to understand it would take a hundred times its length in memory.
const longestText = 1 << 20

// read extracts and analyses the reading's page: all that can be done on many pages at once.
func (d *Desk) read(ctx context.Context, r *reading) {
	defer close(r.done)
	d.guarded(r, func() {
		a, err := page.Extract(r.page, nil)
		var none *page.NoArticle
		if errors.As(err, &none) {
			r.rejected = string(none.Reason)
			return
		} else if err != nil {
			r.rejected = err.Error()
			return
		}
		if len(a.Text) > longestText {
			r.rejected = string(page.TooLong)
			return
		}
		r.whole = completed(a, r.page)
		if r.source, r.failed = d.sources.get(ctx, r.page.SourceID); r.failed != nil {
			return
		}
		if r.site, r.failed = d.sites.get(ctx, d.Store, r.page.SourceID); r.failed != nil {
			return
		}
		now, _ := r.site.Without(r.whole)
		d.understand(r, now)
	})
}

// guarded works on a reading and ends however hostile its page is: a fault of ours rejects the page, is logged, and the desk goes on.
func (d *Desk) guarded(r *reading, work func()) {
	defer func() {
		if v := recover(); v != nil {
			r.rejected = "fault"
			d.Log.Error("a page could not be read for a fault of ours", "page", r.page.ID, "url", r.page.URL, "panic", v, "stack", string(debug.Stack()))
		}
	}()
	work()
}

// understand sets all that is said of a reading's article.
func (d *Desk) understand(r *reading, a news.Article) {
	r.article = a
	r.doc = text.Analyze(a.Text, pack.For(a.Lang))
	r.analysis = d.Analyse(a, r.doc)
	r.analysis.ArticleID = a.ID
	r.words = match.NewDoc(a, r.analysis, r.doc, r.source)
	r.tokens = r.words.Tokens()
}

// completed adds what the page's feed said where the page itself is silent, and the ids. A page gives at most one article, so the article
// bears the page's number: whoever processes the page again makes the same article.
func completed(a news.Article, p news.Page) news.Article {
	a.ID, a.PageID, a.SourceID = p.ID, p.ID, p.SourceID
	// What stands in prose may be the day of anything; the feed's clock is the outlet's own.
	if prose := a.Published.From == news.FromText; (prose || !a.Published.Known()) && !p.Item.Published.IsZero() {
		a.Published = news.Stamp{Time: p.Item.Published, Zoned: true, From: news.FromFeed}
	}
	a.Published = onTheClock(a.Published, p.Item.Published)
	if a.Headline == "" {
		a.Headline = p.Item.Title
	}
	return a
}

// onTheClock gives a clock time without a zone the one that the feed's moment tells: both must show the same minute, some quarters of an
// hour apart.
func onTheClock(page news.Stamp, feed time.Time) news.Stamp {
	const quarter, farthest = 15 * time.Minute, 14 * time.Hour
	if page.Zoned || page.DayOnly || !page.Known() || feed.IsZero() {
		return page
	}
	ahead := page.Time.Sub(feed)
	zone := ahead.Round(quarter)
	if (ahead-zone).Abs() >= time.Minute || zone.Abs() > farthest {
		return page
	}
	page.Time, page.Zoned = page.Time.Add(-zone).In(time.FixedZone("", int(zone.Seconds()))), true
	return page
}

// feedPages puts the pages after a number into order and work, both bounded, until ctx ends.
func (d *Desk) feedPages(ctx context.Context, after int64, order, work chan<- *reading) {
	defer close(order)
	defer close(work)
	for ctx.Err() == nil {
		pages, err := d.Store.PagesAfter(ctx, after, 4*d.Cores)
		if err != nil && ctx.Err() == nil {
			d.Log.Error("no pages could be read", "err", err)
		}
		for _, p := range pages {
			r := &reading{page: p, done: make(chan struct{})}
			for _, to := range []chan<- *reading{order, work} {
				select {
				case to <- r:
				case <-ctx.Done():
					return
				}
			}
			after = p.ID
		}
		if len(pages) == 0 {
			d.rest(ctx, d.Tick, d.pages)
		}
	}
}

// poison says why a page was rejected whose result no store takes.
func poison(err error) string { return fmt.Sprintf("fault: %v", err) }
