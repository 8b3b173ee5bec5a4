package desk

import (
	"context"
	"sync"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/story"
	"marsad/text"
)

// rebuild makes the window and the history of notices from what is stored. Texts are taken apart on all cores, a few at a time, and
// put back in the order in which they came first.
func (d *Desk) rebuild(ctx context.Context) error {
	last, err := d.Store.LastStory(ctx)
	if err != nil {
		return err
	}
	since := d.Now().Add(-d.Span)
	d.window = story.NewWindow(story.Options{NextStory: last + 1, Span: d.Span, Names: d.Names})
	batch := make([]store.Entry, 0, 16*d.Cores)
	stories := map[int64]bool{}
	err = d.Store.Replay(ctx, since, func(e store.Entry) bool {
		stories[e.Placement.Story] = true
		if batch = append(batch, e); len(batch) == cap(batch) {
			d.restore(batch)
			batch = batch[:0]
		}
		return ctx.Err() == nil
	})
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return err
	}
	d.restore(batch)
	if err := d.recall(ctx, stories); err != nil {
		return err
	}
	if err := d.remember(ctx); err != nil {
		return err
	}
	notices, err := d.Store.History(ctx, since)
	if err != nil {
		return err
	}
	strayed, err := d.Store.Strayed(ctx, since)
	if err != nil {
		return err
	}
	d.told = history{}
	d.told.add(notices, since)
	d.told.list(strayed)
	d.stale = false
	return nil
}

// recall gives the window's stories back what their articles alone do not tell: that they broke, so that none breaks again.
func (d *Desk) recall(ctx context.Context, stories map[int64]bool) error {
	for id := range stories {
		s, err := d.Store.Story(ctx, id)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		d.window.RestoreStory(s)
	}
	return nil
}

// restore puts entries back into the window.
func (d *Desk) restore(entries []store.Entry) {
	docs := make([]*text.Doc, len(entries))
	var all sync.WaitGroup
	for core := range d.Cores {
		all.Go(func() {
			for i := core; i < len(entries); i += d.Cores {
				docs[i] = text.Analyze(entries[i].Article.Text, pack.For(entries[i].Article.Lang))
			}
		})
	}
	all.Wait()
	for i, e := range entries {
		d.window.Restore(story.Input{Article: e.Article, Analysis: e.Analysis, Doc: docs[i], Source: e.Source, Arrived: e.Arrived}, e.Placement)
	}
}
