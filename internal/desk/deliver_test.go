package desk_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"marsad/alert"
	"marsad/internal/desk"
	"marsad/internal/fault"
	"marsad/internal/sqlite"
	"marsad/news"
)

// answers is a carrier that answers as it is told, one attempt after the other.
type answers struct {
	box
	errs []error
}

func (a *answers) Send(ctx context.Context, d news.Delivery, to news.Recipient) (string, error) {
	reply, _ := a.box.Send(ctx, d, to)
	if n := a.count(); n <= len(a.errs) && a.errs[n-1] != nil {
		return "no", a.errs[n-1]
	}
	return reply, nil
}

// counted composes, and counts how often.
type counted struct {
	n    atomic.Int32
	errs int32
}

func (c *counted) Compose(_ context.Context, n news.Notice, _ news.Recipient) ([]byte, error) {
	if c.n.Add(1) <= c.errs {
		return nil, fault.New(fault.Temporary, "not yet")
	}
	return fmt.Appendf(nil, "message %d", c.n.Load()), nil
}

// delivery runs a desk with one notice until it is settled as want, and gives its row.
func delivery(t *testing.T, kind news.ReasonKind, state news.RecipientState, c desk.Carrier, compose desk.Composer, want news.DeliveryState) (news.Delivery, *sqlite.Store) {
	t.Helper()
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	to, err := s.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: "x@example.org", State: state})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	if err := s.AddNotices(ctx, []news.Notice{{ID: "n", Recipient: to, Kind: kind, Planned: now, Due: now}}); err != nil {
		t.Fatal(err)
	}
	var hours atomic.Int64 // the clock runs ahead a minute a look, so that no backoff is waited for
	d := desk.New(desk.Options{Store: s, Fetcher: nobody{}, Analyse: analyse, Compose: compose, Tick: 5 * time.Millisecond, NoticeLease: 1000 * time.Hour,
		Now:     func() time.Time { return now.Add(time.Duration(hours.Add(1)) * time.Minute) },
		Carrier: func(context.Context, string) desk.Carrier { return c }})
	stop := run(t, d)
	var v news.Delivery
	until(t, "settled as "+string(want), time.Minute, func() bool {
		row, err := s.Delivery(ctx, "n")
		v = row.Delivery
		return err == nil && v.State == want && v.Leased.IsZero()
	})
	stop()
	return v, s
}

func TestDeliveries(t *testing.T) {
	later, never := fault.New(fault.Temporary, "451 later"), fault.New(fault.Permanent, "550 no such user")
	for name, c := range map[string]struct {
		kind     news.ReasonKind
		state    news.RecipientState
		answers  []error
		want     news.DeliveryState
		attempts int
		repeats  int
		after    news.RecipientState
	}{
		"taken at once":            {news.FirstMatch, news.Confirmed, nil, news.Sent, 1, 0, news.Confirmed},
		"taken at the third time":  {news.FirstMatch, news.Confirmed, []error{later, later}, news.Sent, 3, 0, news.Confirmed},
		"an error without a kind":  {news.FirstMatch, news.Confirmed, []error{errors.New("?")}, news.Sent, 2, 0, news.Confirmed},
		"the answer was lost":      {news.FirstMatch, news.Confirmed, []error{fmt.Errorf("%w: %w", desk.ErrUnanswered, later)}, news.Sent, 2, 1, news.Confirmed},
		"refused for good":         {news.FirstMatch, news.Confirmed, []error{never}, news.Failed, 1, 0, news.Bounced},
		"this message is refused":  {news.FirstMatch, news.Confirmed, []error{fault.New(fault.TooLarge, "552 too big")}, news.Failed, 1, 0, news.Confirmed},
		"not confirmed":            {news.FirstMatch, news.Unconfirmed, nil, news.Cancelled, 0, 0, news.Unconfirmed},
		"unsubscribed":             {news.FirstMatch, news.Unsubscribed, nil, news.Cancelled, 0, 0, news.Unsubscribed},
		"asked whether to be told": {news.Optin, news.Unconfirmed, nil, news.Sent, 1, 0, news.Unconfirmed},
		"not asked again":          {news.Optin, news.Unsubscribed, nil, news.Cancelled, 0, 0, news.Unsubscribed},
	} {
		t.Run(name, func(t *testing.T) {
			a, compose := &answers{errs: c.answers}, &counted{}
			v, s := delivery(t, c.kind, c.state, a, compose, c.want)
			if v.Attempts != c.attempts || v.Repeats != c.repeats || a.count() != c.attempts {
				t.Errorf("%d attempts, %d seen by the carrier, %d repeats: %s", v.Attempts, a.count(), v.Repeats, v.Reply)
			}
			for _, sent := range a.sent {
				if string(sent.Message) != "message 1" {
					t.Errorf("sent %q: a message is composed once", sent.Message)
				}
			}
			to, err := s.Recipient(context.Background(), v.Notice.Recipient)
			if err != nil || to.State != c.after {
				t.Errorf("the recipient is %s (%v)", to.State, err)
			}
		})
	}
}

// TestTellCorrection tells those who were sent the story, once, and nobody else.
func TestTellCorrection(t *testing.T) {
	ctx, now := context.Background(), time.Now()
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	var ns []news.Notice
	for i, story := range []int64{3, 3, 4} {
		n := news.Notice{ID: fmt.Sprint("n", i), Recipient: int64(i + 1), Watch: 1, Story: story, Kind: news.Breaking, Planned: now, Due: now}
		ns = append(ns, n)
	}
	if err := s.AddNotices(ctx, ns); err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{0, 2} { // the second never arrived
		if err := s.Settle(ctx, news.Delivery{Notice: ns[i], State: news.Sent, Done: now}); err != nil {
			t.Fatal(err)
		}
	}
	d := desk.New(desk.Options{Store: s})
	for range 2 {
		if n, err := d.TellCorrection(ctx, 3, "said it was another ship"); n != 1 || err != nil {
			t.Fatal(n, err)
		}
	}
	if all, _ := s.History(ctx, time.Time{}); len(all) != 4 {
		t.Fatalf("%d notices", len(all))
	}
}

// TestTellCorrectionToWhoeverWasTold tells those who had the story in a digest, in a summary or inside another letter, where that was
// sent, and nobody else.
func TestTellCorrectionToWhoeverWasTold(t *testing.T) {
	ctx, now := context.Background(), time.Now()
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	w := news.Watch{ID: 1, Zone: "UTC", Digest: []int{480}}
	digest := func(id string, to int64, stories ...int64) news.Notice {
		n := alert.Digest(w, to, now.Add(-time.Hour))
		n.ID, n.Planned = id, now.Add(-2*time.Hour)
		for _, story := range stories {
			n.Because = append(n.Because, alert.Tells(story, "headline"))
		}
		return n
	}
	summary := alert.Rest(w, 2, now)
	summary.ID, summary.Planned, summary.Because = "summary", now, []news.Reason{alert.Tells(3, "headline")}
	of := func(id string, to int64, kind news.ReasonKind) news.Notice {
		return news.Notice{ID: id, Recipient: to, Watch: 1, Story: 3, Kind: kind, Fact: id, Planned: now, Due: now}
	}
	ns := []news.Notice{digest("digest", 1, 2, 3), summary, digest("other stories", 3, 4, 5), digest("never sent", 4, 3),
		of("inside", 5, news.NewNumber), of("letter", 5, news.Denial), of("inside what failed", 6, news.NewNumber), of("failed", 6, news.Denial)}
	if err := s.AddNotices(ctx, ns); err != nil {
		t.Fatal(err)
	}
	for inside, letter := range map[string]string{"inside": "letter", "inside what failed": "failed"} {
		if err := s.TellIn(ctx, letter, []string{inside}, now); err != nil {
			t.Fatal(err)
		}
	}
	for id, state := range map[string]news.DeliveryState{"digest": news.Sent, "summary": news.Sent, "other stories": news.Sent, "never sent": news.Failed, "letter": news.Sent, "failed": news.Failed} {
		if err := s.Settle(ctx, news.Delivery{Notice: news.Notice{ID: id}, State: state, Done: now}); err != nil {
			t.Fatal(err)
		}
	}
	d := desk.New(desk.Options{Store: s})
	if n, err := d.TellCorrection(ctx, 3, "said it was another ship"); n != 3 || err != nil {
		t.Error(n, err)
	}
	all, err := s.History(ctx, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range all {
		if n.Kind == news.Correction && (n.Recipient != 1 && n.Recipient != 2 && n.Recipient != 5 || n.Story != 3) {
			t.Errorf("a correction of story %d goes to %d", n.Story, n.Recipient)
		}
	}
}

// TestOvertaken does not send a first match that waited while its story was told as breaking news.
func TestOvertaken(t *testing.T) {
	ctx, now := context.Background(), time.Now()
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	to, err := s.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: "x@example.org", State: news.Confirmed})
	if err != nil {
		t.Fatal(err)
	}
	var ns []news.Notice
	for i, k := range []news.ReasonKind{news.Breaking, news.FirstMatch} {
		n := news.Notice{Recipient: to, Story: 3, Kind: k, Planned: now, Due: now.Add(time.Duration(i) * 50 * time.Millisecond)}
		n.ID = alert.ID(n)
		ns = append(ns, n)
	}
	if err := s.AddNotices(ctx, ns); err != nil {
		t.Fatal(err)
	}
	b := &box{}
	run(t, desk.New(desk.Options{Store: s, Fetcher: nobody{}, Analyse: analyse, Compose: plainly{}, Tick: 5 * time.Millisecond, Carrier: func(context.Context, string) desk.Carrier { return b }}))
	until(t, "both are settled", time.Minute, func() bool {
		for _, n := range ns {
			if row, err := s.Delivery(ctx, n.ID); err != nil || row.Delivery.State == news.Waiting {
				return false
			}
		}
		return true
	})
	if row, _ := s.Delivery(ctx, ns[1].ID); b.count() != 1 || row.Delivery.State != news.Told || row.Delivery.Reply != ns[0].ID {
		t.Fatalf("%d sent, the first match is %s: %s", b.count(), row.Delivery.State, row.Delivery.Reply)
	}
}

func TestHeldWithoutACarrier(t *testing.T) {
	v, s := delivery(t, news.FirstMatch, news.Confirmed, nil, &counted{}, news.Held)
	if string(v.Message) != "message 1" || v.Attempts != 0 {
		t.Fatalf("held with %q after %d attempts: it stands in the outbox complete", v.Message, v.Attempts)
	}
	b := &box{}
	d := desk.New(desk.Options{Store: s, Fetcher: nobody{}, Analyse: analyse, Compose: &counted{}, Tick: 5 * time.Millisecond, Carrier: func(context.Context, string) desk.Carrier { return b },
		Now: func() time.Time { return time.Now().Add(24 * time.Hour) }})
	run(t, d)
	if n, err := d.ReleaseSince(context.Background(), v.Notice.Planned.Add(-time.Second)); n != 1 || err != nil {
		t.Fatalf("released %d: %v", n, err)
	}
	until(t, "sent", time.Minute, func() bool { return b.count() == 1 })
}

func TestComposingIsTriedAgain(t *testing.T) {
	v, _ := delivery(t, news.FirstMatch, news.Confirmed, &answers{}, &counted{errs: 2}, news.Sent)
	if v.Attempts != 1 {
		t.Errorf("%d attempts: composing is none", v.Attempts)
	}
}

func TestAskedOnceAnHour(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	to, err := s.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: "x@example.org", State: news.Unconfirmed})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2024, 6, 18, 12, 0, 0, 0, time.UTC)
	d := desk.New(desk.Options{Store: s, Now: func() time.Time { return now }})
	for range 3 {
		if err := d.Ask(ctx, to); err != nil {
			t.Fatal(err)
		}
	}
	now = now.Add(2 * time.Hour)
	if err := d.Ask(ctx, to); err != nil {
		t.Fatal(err)
	}
	if ns, _ := s.History(ctx, time.Time{}); len(ns) != 2 {
		t.Errorf("asked %d times", len(ns))
	}
	if err := d.TestMail(ctx, 99); !fault.Is(err, fault.NotFound) {
		t.Errorf("a mail to nobody: %v", err)
	}
}

// tripping fails as no composer should.
type tripping struct{}

func (tripping) Compose(context.Context, news.Notice, news.Recipient) ([]byte, error) {
	panic("index out of range")
}

func TestAFaultInComposingEndsOneNotice(t *testing.T) {
	v, s := delivery(t, news.FirstMatch, news.Confirmed, &answers{}, tripping{}, news.Failed)
	if to, err := s.Recipient(context.Background(), v.Notice.Recipient); err != nil || to.State != news.Confirmed {
		t.Errorf("the recipient is %s (%v)", to.State, err)
	}
}

// TestAProgramIsNotAsked holds the question for a person of the desk: nobody reads it at the other end of a webhook.
func TestAProgramIsNotAsked(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	to, err := s.SaveRecipient(ctx, news.Recipient{Carrier: "webhook", Address: "https://hook.example/", State: news.Unconfirmed})
	if err != nil {
		t.Fatal(err)
	}
	b := &box{}
	d := desk.New(desk.Options{Store: s, Fetcher: nobody{}, Analyse: analyse, Compose: plainly{}, Tick: 5 * time.Millisecond, Carrier: func(context.Context, string) desk.Carrier { return b }})
	if err := d.Ask(ctx, to); err != nil {
		t.Fatal(err)
	}
	run(t, d)
	until(t, "held", time.Minute, func() bool {
		rows, err := s.Outbox(ctx, time.Time{}, 9)
		return err == nil && len(rows) == 1 && rows[0].Delivery.State == news.Held
	})
	if b.count() != 0 {
		t.Error("a program was asked")
	}
}

// TestUnwantedByNow changes a watch while its notices wait.
func TestUnwantedByNow(t *testing.T) {
	for name, c := range map[string]struct {
		change func(s *sqlite.Store, w news.Watch) error
		want   news.DeliveryState
	}{
		"as it was": {func(*sqlite.Store, news.Watch) error { return nil }, news.Sent},
		"switched off": {func(s *sqlite.Store, w news.Watch) error {
			w.Off = true
			_, err := s.SaveWatch(t.Context(), w)
			return err
		}, news.Cancelled},
		"tells others": {func(s *sqlite.Store, w news.Watch) error {
			w.Recipients = nil
			_, err := s.SaveWatch(t.Context(), w)
			return err
		}, news.Cancelled},
		"deleted": {func(s *sqlite.Store, w news.Watch) error { return s.DeleteWatch(t.Context(), w.ID) }, news.Cancelled},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, now := context.Background(), time.Now()
			s := open(t, filepath.Join(t.TempDir(), "desk.db"))
			to, err := s.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: "x@example.org", State: news.Confirmed})
			if err != nil {
				t.Fatal(err)
			}
			w := news.Watch{Name: "Ports", Query: "port", Recipients: []int64{to}, Created: now}
			if w.ID, err = s.SaveWatch(ctx, w); err != nil {
				t.Fatal(err)
			}
			if err := s.AddNotices(ctx, []news.Notice{{ID: "n", Recipient: to, Watch: w.ID, Story: 3, Kind: news.FirstMatch, Planned: now, Due: now}}); err != nil {
				t.Fatal(err)
			}
			if err := c.change(s, w); err != nil {
				t.Fatal(err)
			}
			b := &box{}
			run(t, desk.New(desk.Options{Store: s, Fetcher: nobody{}, Analyse: analyse, Compose: plainly{}, Tick: 5 * time.Millisecond, Carrier: func(context.Context, string) desk.Carrier { return b }}))
			until(t, string(c.want), time.Minute, func() bool {
				row, err := s.Delivery(ctx, "n")
				return err == nil && row.Delivery.State == c.want
			})
		})
	}
}
