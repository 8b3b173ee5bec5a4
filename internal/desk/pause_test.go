package desk_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"marsad/internal/desk"
	"marsad/internal/fault"
	"marsad/news"
)

// busy is what a carrier gives for an other side that says when to come back.
type busy struct {
	wait time.Duration
	error
}

func (b busy) RetryAfter() time.Duration { return b.wait }
func (b busy) Unwrap() error             { return b.error }

// turnstile takes one message and lets the others come back after a while; it notes when it was asked.
type turnstile struct {
	mu    sync.Mutex
	now   func() time.Time
	wait  time.Duration
	asked []time.Time
	early int
}

func (s *turnstile) Send(context.Context, news.Delivery, news.Recipient) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if n := len(s.asked); n > 0 && now.Sub(s.asked[0]) < s.wait {
		s.early++
	}
	if s.asked = append(s.asked, now); len(s.asked) == 1 {
		return "429 busy", busy{s.wait, fault.New(fault.Temporary, "busy")}
	}
	return "200 OK", nil
}

// TestAskedToWait leaves a recipient alone for as long as they ask, with that notice and with all others.
func TestAskedToWait(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	to, err := s.SaveRecipient(ctx, news.Recipient{Carrier: "webhook", Address: "https://hook.example/", State: news.Confirmed})
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Now().Truncate(time.Second)
	var mu sync.Mutex
	clock := begin
	now := func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		clock = clock.Add(time.Second)
		return clock
	}
	gate := &turnstile{now: func() time.Time { mu.Lock(); defer mu.Unlock(); return clock }, wait: time.Hour}
	for i := range 4 {
		if err := s.AddNotices(ctx, []news.Notice{{ID: fmt.Sprint("n", i), Recipient: to, Kind: news.FirstMatch, Planned: begin, Due: begin.Add(time.Duration(20*i) * time.Minute)}}); err != nil {
			t.Fatal(err)
		}
	}
	d := desk.New(desk.Options{Store: s, Fetcher: nobody{}, Analyse: analyse, Compose: &counted{}, Tick: time.Millisecond, NoticeLease: 1000 * time.Hour, Sends: 1, Now: now,
		Carrier: func(context.Context, string) desk.Carrier { return gate }})
	stop := run(t, d)
	until(t, "all sent", time.Minute, func() bool {
		n := 0
		for i := range 4 {
			row, err := s.Delivery(ctx, fmt.Sprint("n", i))
			if err == nil && row.Delivery.State == news.Sent {
				n++
			}
		}
		return n == 4
	})
	stop()
	if gate.early != 0 || len(gate.asked) != 5 {
		t.Errorf("asked %d times, %d of them too early: %v", len(gate.asked), gate.early, gate.asked)
	}
}
