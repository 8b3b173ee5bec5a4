package desk_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"marsad/alert"
	"marsad/internal/desk"
	"marsad/news"
)

// listing composes digests of the stories that it is told to.
type listing struct{ stories []int64 }

func (l listing) Stories(context.Context, news.Notice) (tells []news.Reason, err error) {
	for _, id := range l.stories {
		tells = append(tells, alert.Tells(id, fmt.Sprint("story ", id)))
	}
	return tells, nil
}

func (listing) Compose(_ context.Context, n news.Notice, _ news.Recipient) ([]byte, error) {
	return fmt.Append(nil, alert.Stories(n)), nil
}

// TestADigestIsKeptWithWhatItTells composes a digest twice, the second time when other stories match: what was to be told first is told,
// and the notice says so.
func TestADigestIsKeptWithWhatItTells(t *testing.T) {
	ctx, now := context.Background(), time.Now()
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	to, err := s.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: "x@example.org", State: news.Confirmed})
	if err != nil {
		t.Fatal(err)
	}
	n := alert.Digest(news.Watch{ID: 1}, to, now)
	n.Watch = 0
	if err := s.AddNotices(ctx, []news.Notice{n}); err != nil {
		t.Fatal(err)
	}
	if err := s.Because(ctx, n.ID, []news.Reason{alert.Tells(7, "story 7")}); err != nil { // a desk that died before it composed
		t.Fatal(err)
	}
	second := alert.Digest(news.Watch{ID: 2}, to, now)
	second.Watch = 0
	if err := s.AddNotices(ctx, []news.Notice{second}); err != nil {
		t.Fatal(err)
	}
	b := &box{}
	run(t, desk.New(desk.Options{Store: s, Fetcher: nobody{}, Analyse: analyse, Compose: listing{[]int64{8, 9}}, Tick: 5 * time.Millisecond, Carrier: func(context.Context, string) desk.Carrier { return b }}))
	until(t, "both are sent", 5*time.Second, func() bool { return b.count() == 2 })
	for id, want := range map[string]string{n.ID: "[7]", second.ID: "[8 9]"} {
		row, err := s.Delivery(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(alert.Stories(row.Delivery.Notice)); got != want || string(row.Delivery.Message) != want {
			t.Errorf("the digest tells %s and is kept as %s, want %s", row.Delivery.Message, got, want)
		}
	}
}

// TestAProgramGetsEachNotice composes of two notices on a story one letter for a person, and two bodies for a program.
func TestAProgramGetsEachNotice(t *testing.T) {
	for carrier, want := range map[string]int{"mail": 1, "webhook": 2} {
		ctx, now := context.Background(), time.Now()
		s := open(t, filepath.Join(t.TempDir(), "desk.db"))
		to, err := s.SaveRecipient(ctx, news.Recipient{Carrier: carrier, Address: "x@example.org", State: news.Confirmed})
		if err != nil {
			t.Fatal(err)
		}
		for i, kind := range []news.ReasonKind{news.Denial, news.NewNumber} {
			if err := s.AddNotices(ctx, []news.Notice{{ID: fmt.Sprint(i), Recipient: to, Story: 3, Kind: kind, Planned: now, Due: now}}); err != nil {
				t.Fatal(err)
			}
		}
		b := &box{}
		run(t, desk.New(desk.Options{Store: s, Fetcher: nobody{}, Analyse: analyse, Compose: plainly{}, Tick: 5 * time.Millisecond, Carrier: func(context.Context, string) desk.Carrier { return b }}))
		until(t, "both are settled", 10*time.Second, func() bool { return settled(t, s) })
		if b.count() != want {
			t.Errorf("%s: %d sent, want %d", carrier, b.count(), want)
		}
	}
}
