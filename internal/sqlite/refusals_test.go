package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"marsad/internal/sqlite"
	"marsad/news"
)

// TestKeepRefusals restores a copy that is older than an unsubscription, a sent notice and a new reader.
func TestKeepRefusals(t *testing.T) {
	ctx, noon := context.Background(), time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	folder := t.TempDir()
	s, err := sqlite.Open(ctx, filepath.Join(folder, "desk.db"))
	must(err)
	reader := func(address string) int64 {
		id, err := s.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: address, State: news.Confirmed, Created: noon})
		must(err)
		return id
	}
	stays, goes := reader("stays@example.org"), reader("goes@example.org")
	must(s.AddNotices(ctx, []news.Notice{{ID: "sent", Recipient: stays, Kind: news.FirstMatch, Planned: noon, Due: noon},
		{ID: "due", Recipient: stays, Kind: news.Breaking, Planned: noon, Due: noon}, {ID: "unwanted", Recipient: goes, Kind: news.Denial, Planned: noon, Due: noon}}))
	old := filepath.Join(folder, "old.db")
	must(s.Backup(ctx, old))
	must(s.Settle(ctx, news.Delivery{Notice: news.Notice{ID: "sent"}, State: news.Sent, Attempts: 1, Done: noon, Reply: "250 ok"}))
	must(s.SetRecipientState(ctx, goes, news.Unsubscribed, "", noon))
	fresh := reader("new@example.org")
	later := filepath.Join(folder, "later.db")
	must(s.Backup(ctx, later))
	must(s.Close())

	r, err := sqlite.Open(ctx, old)
	must(err)
	defer r.Close()
	must(r.KeepRefusals(ctx, later))
	for id, want := range map[int64]news.RecipientState{stays: news.Confirmed, goes: news.Unsubscribed, fresh: news.Confirmed} {
		if got, err := r.Recipient(ctx, id); err != nil || got.State != want {
			t.Errorf("recipient %d is %q, want %s (%v)", id, got.State, want, err)
		}
	}
	for id, want := range map[string]news.DeliveryState{"sent": news.Sent, "due": news.Waiting, "unwanted": news.Cancelled} {
		if got, err := r.Delivery(ctx, id); err != nil || got.Delivery.State != want {
			t.Errorf("notice %s is %q, want %s (%v)", id, got.Delivery.State, want, err)
		}
	}
}
