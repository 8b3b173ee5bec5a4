package desk

import (
	"context"
	"fmt"
	"sync"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/text"
)

// Reprocess reads again what an older program read: every article whose analysis is of a lower version, from its kept page or, where
// that was let go, from its own text. An article stays in its story with its links, nobody is told anything, and matches are those
// of the present watches. It may run beside the desk, be cut off, and go on where it was. each is told how far it is, and how many
// articles were read again since it was told before; nil tells nobody.
func (d *Desk) Reprocess(ctx context.Context, version int, each func(page, last int64, read int)) error {
	if err := d.Reload(ctx); err != nil {
		return err
	}
	cursor := fmt.Sprint("version ", version)
	at, err := d.Store.Cursor(ctx, cursor)
	if err != nil {
		return err
	}
	last, err := d.Store.Cursor(ctx, store.MainCursor)
	if err != nil {
		return err
	}
	for at < last && ctx.Err() == nil {
		pages, err := d.Store.PagesAfter(ctx, at, 8*d.Cores)
		if err != nil {
			return err
		}
		for len(pages) > 0 && pages[len(pages)-1].ID > last {
			pages = pages[:len(pages)-1]
		}
		if len(pages) == 0 {
			return nil
		}
		n, err := d.reread(ctx, cursor, version, pages)
		if err != nil {
			return err
		}
		if at = pages[len(pages)-1].ID; each != nil {
			each(at, last, n)
		}
	}
	return ctx.Err()
}

// reread reads some pages on all cores and commits them in order. It tells of how many there was something to do.
func (d *Desk) reread(ctx context.Context, cursor string, version int, pages []news.Page) (n int, err error) {
	results, errs := make([]*store.Result, len(pages)), make([]error, len(pages))
	var all sync.WaitGroup
	for core := range d.Cores {
		all.Go(func() {
			for i := core; i < len(pages); i += d.Cores {
				results[i], errs[i] = d.anew(ctx, version, pages[i])
			}
		})
	}
	all.Wait()
	for i, r := range results {
		if errs[i] != nil {
			return n, errs[i]
		}
		if r == nil {
			continue
		}
		r.Cursor, r.Page = cursor, pages[i].ID
		if err := d.persist(ctx, "committing again", func(ctx context.Context) error { return d.Store.Commit(ctx, *r) }); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// anew gives the new result of one page, nil where there is nothing to do: a page without an article keeps having none here, because
// its place among the stories is in the past.
func (d *Desk) anew(ctx context.Context, version int, p news.Page) (*store.Result, error) {
	e, err := d.Store.Entry(ctx, p.ID)
	if fault.Is(err, fault.NotFound) || err == nil && e.Analysis.Version >= version {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	r := &reading{page: p, done: make(chan struct{})}
	if p.Body != nil {
		d.read(ctx, r)
	}
	if p.Body == nil || r.rejected != "" {
		r.article, r.doc = e.Article, text.Analyze(e.Article.Text, pack.For(e.Article.Lang))
		r.analysis = d.Analyse(r.article, r.doc)
	}
	s, err := d.Store.Story(ctx, e.Placement.Story)
	if err != nil {
		return nil, err
	}
	doc := match.NewDoc(r.article, r.analysis, r.doc, e.Source)
	doc.SetState(state(r.article, e.Placement, s))
	matches, _ := d.orders.Load().index.Match(doc)
	res := &store.Result{Article: r.article, Analysis: r.analysis, Tokens: doc.Tokens(), Placement: e.Placement, Matches: matches}
	return res, d.remark(ctx, r, res)
}
