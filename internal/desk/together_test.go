package desk

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"marsad/alert"
	"marsad/internal/sqlite"
	"marsad/news"
)

// TestOneLetterWhoeverAsksFirst gives a desk everything that it may find at one moment of one story for one reader: what was planned for at
// once, what was due before and waits in the store, and what a part of the story was told of before it was joined. Many workers ask for
// work, and one letter is written.
func TestOneLetterWhoeverAsksFirst(t *testing.T) {
	ctx, now := t.Context(), time.Now()
	s, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	const readers = 40
	var urgent, due []news.Notice
	for i := range readers {
		to, err := s.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: fmt.Sprint(i, "@example.org"), State: news.Confirmed})
		if err != nil {
			t.Fatal(err)
		}
		for j, kind := range []news.ReasonKind{news.Breaking, news.Denial, news.NewNumber, news.NewSources} {
			n := news.Notice{Recipient: to, Story: 7, Kind: kind, Planned: now, Due: now.Add(-time.Duration(i%3) * time.Second)}
			n.ID = alert.ID(n)
			if due = append(due, n); j < 1+i%4 {
				urgent = append(urgent, n)
			}
		}
	}
	if err := s.AddNotices(ctx, due); err != nil {
		t.Fatal(err)
	}
	d := New(Options{Store: s, Compose: lister{s}, Carrier: func(context.Context, string) Carrier { return sender{} }, Tick: time.Millisecond, Alone: true, Sends: 16})
	d.urgent.put(urgent, now)
	ctx, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- d.Run(ctx) }()
	letters := 0
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		waiting := 0
		letters = 0
		rows, err := s.Outbox(ctx, time.Time{}, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			switch r.Delivery.State {
			case news.Sent:
				letters++
			case news.Waiting:
				waiting++
			}
		}
		if waiting == 0 {
			break
		} else if time.Now().After(end) {
			t.Fatalf("%d notices wait", waiting)
		}
	}
	stop()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if letters != readers {
		t.Errorf("%d letters to %d readers", letters, readers)
	}
}
