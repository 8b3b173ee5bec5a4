package desk

import (
	"context"

	"marsad/lang/pack"
	"marsad/story"
	"marsad/text"
)

// rebuild makes the window and the history of notices from what is stored.
func (d *Desk) rebuild(ctx context.Context) error {
	last, err := d.Store.LastStory(ctx)
	if err != nil {
		return err
	}
	since := d.Now().Add(-d.Span)
	d.window = story.NewWindow(story.Options{NextStory: last + 1, Span: d.Span})
	entries, err := d.Store.Window(ctx, since)
	if err != nil {
		return err
	}
	for _, e := range entries {
		doc := text.Analyze(e.Article.Text, pack.For(e.Article.Lang))
		d.window.Restore(story.Input{Article: e.Article, Analysis: e.Analysis, Doc: doc, Source: e.Source, Arrived: e.Arrived}, e.Placement)
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	notices, err := d.Store.History(ctx, since)
	if err != nil {
		return err
	}
	d.told = history{}
	d.told.add(notices)
	return nil
}
