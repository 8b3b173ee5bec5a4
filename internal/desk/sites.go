package desk

import (
	"context"
	"sync"

	"marsad/internal/store"
	"marsad/news"
	"marsad/page"
)

// siteBook is what page has learnt of each source, as it is after the last commit. Many read while one commits.
type siteBook struct {
	mu sync.Mutex
	by map[int64]*page.Site
}

// get gives a source's memory, nil for none. One that cannot be read is forgotten: it is learnt again from the pages to come.
func (b *siteBook) get(ctx context.Context, s Store, source int64) (*page.Site, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if site, ok := b.by[source]; ok {
		return site, nil
	}
	kept, err := s.SiteMemory(ctx, source)
	if err != nil {
		return nil, err
	}
	var site *page.Site
	if kept != nil {
		site = new(page.Site)
		if site.UnmarshalBinary(kept) != nil {
			site = nil
		}
	}
	b.put(source, site)
	return site, nil
}

// put is called with the lock held.
func (b *siteBook) put(source int64, site *page.Site) {
	if b.by == nil {
		b.by = map[int64]*page.Site{}
	}
	b.by[source] = site
}

// learnt takes in what a commit has stored.
func (b *siteBook) learnt(source int64, site *page.Site) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.put(source, site)
}

// catchUp makes a reading agree with what is known of its source by all pages before it. It was read ahead of them, so in the rare
// case that they taught something about it, it is understood again; thereby the outcome depends on the order of the pages alone.
func (d *Desk) catchUp(ctx context.Context, r *reading) (err error) {
	if r.site, err = d.sites.get(ctx, d.Store, r.page.SourceID); err != nil {
		return err
	}
	if now, _ := r.site.Without(r.whole); now.Text != r.article.Text {
		d.guarded(r, func() { d.understand(r, now) })
	}
	return nil
}

// learn puts into a result what its page teaches about the source.
func (r *reading) learn(res *store.Result) (err error) {
	next := r.site.After(&r.whole)
	if next == r.site {
		return nil
	}
	r.site = next
	res.Site, err = next.MarshalBinary()
	return err
}

// sameWords tells whether an earlier version of an article, by what is now known of its source, says what this one says.
func (r *reading) sameWords(earlier news.Article) bool {
	earlier, _ = r.site.Without(earlier)
	return earlier.Text == r.article.Text && earlier.Headline == r.article.Headline
}
