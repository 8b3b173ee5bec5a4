package cli

import (
	"context"
	"os"
	"strings"
	"time"

	"marsad/corpus"
	"marsad/internal/demo"
	"marsad/internal/i18n"
	"marsad/news"
)

// furnish fills the demo's house: its outlets, the pages of the days before today, and a watch with a reader.
func furnish(ctx context.Context, h *house, w *demo.Wire) error {
	outlets := w.Sources()
	ids := make([]int64, len(outlets))
	for i, o := range outlets {
		id, err := h.store.AddSource(ctx, o.Source, []news.Feed{o.Feed})
		if err != nil {
			return err
		}
		ids[i] = id
	}
	feeds := make([]int64, len(outlets))
	for i, id := range ids {
		s, err := h.store.Source(ctx, id)
		if err != nil {
			return err
		}
		feeds[i] = s.Feeds[0].ID
	}
	for _, p := range w.Archive() {
		p.SourceID, p.FeedID = ids[p.SourceID-1], feeds[p.FeedID-1]
		if _, err := h.store.KeepPage(ctx, p); err != nil {
			return err
		}
	}
	return welcome(ctx, h)
}

// welcome sets up a watch whose mails a visitor finds in the outbox. The reader is as invented as the rest. The watch's name is the
// place in four scripts, since it is the same in every language of the pages.
func welcome(ctx context.Context, h *house) error {
	now := time.Now()
	id, err := h.store.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: "reader@demo.test", Lang: spoken(os.Getenv), State: news.Unconfirmed, Created: now})
	if err != nil {
		return err
	}
	if err := h.store.SetRecipientState(ctx, id, news.Confirmed, "The demo's invented reader agrees to everything.", now); err != nil {
		return err
	}
	_, err = h.store.SaveWatch(ctx, news.Watch{
		Name: "Valletta · فاليتا · Валлетта · 瓦莱塔", Query: "where:Valletta OR Valletta", Recipients: []int64{id},
		Tell: []news.ReasonKind{news.Breaking, news.Denial, news.NewSources}, Zone: "UTC", Created: now,
	})
	return err
}

// spoken gives the language that the terminal speaks (POSIX: LC_ALL before LC_MESSAGES before LANG), English where mails are not written
// in it.
func spoken(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := getenv(name); value != "" {
			tag, _, _ := strings.Cut(strings.ToLower(value), "_")
			tag, _, _ = strings.Cut(tag, ".")
			if i18n.Known(tag) && tag != i18n.Pseudo {
				return tag
			}
			return "en"
		}
	}
	return "en"
}

// samplePage gives the text that the demo's lead story was translated into and republished as, with everything that goes wrong on
// the way.
func samplePage() ([]byte, error) {
	world, err := corpus.Load()
	if err != nil {
		return nil, err
	}
	ps, err := world.At(time.Now())
	if err != nil {
		return nil, err
	}
	for _, p := range ps {
		if p.Item.ID == "harbour-visit/twin" {
			return p.Body, nil
		}
	}
	return ps[0].Body, nil
}
