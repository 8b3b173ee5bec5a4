package desk

import (
	"context"
	"time"

	"marsad/alert"
	"marsad/news"
)

// FetchNow makes a source's feeds due at once, also those that were given up.
func (d *Desk) FetchNow(ctx context.Context, source int64) error {
	h, err := d.Store.Source(ctx, source)
	if err != nil {
		return err
	}
	for _, f := range h.Feeds {
		f.Due, f.Gone = d.Now(), false
		if err := d.Store.SaveFeed(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// Ask plans the message that asks a recipient whether they want to be told. Within one hour it is asked once.
func (d *Desk) Ask(ctx context.Context, recipient int64) error {
	return d.tell(ctx, recipient, news.Optin, time.Hour)
}

// TestMail plans a message that shows that delivering works.
func (d *Desk) TestMail(ctx context.Context, recipient int64) error {
	return d.tell(ctx, recipient, news.TestMail, time.Second)
}

func (d *Desk) tell(ctx context.Context, recipient int64, kind news.ReasonKind, once time.Duration) error {
	if _, err := d.Store.Recipient(ctx, recipient); err != nil {
		return err
	}
	now := d.Now()
	n := news.Notice{Recipient: recipient, Kind: kind, Fact: now.UTC().Truncate(once).Format(time.RFC3339), Planned: now, Due: now}
	n.ID = alert.ID(n)
	err := d.Store.AddNotices(ctx, []news.Notice{n})
	d.due.ring()
	return err
}

// Release sends a held notice on its way.
func (d *Desk) Release(ctx context.Context, notice string) error {
	_, err := d.Store.Release(ctx, notice, time.Time{})
	d.due.ring()
	return err
}

// ReleaseSince sends all held notices on their way that were planned since, when a carrier has been set up. It tells how many.
func (d *Desk) ReleaseSince(ctx context.Context, since time.Time) (int, error) {
	n, err := d.Store.Release(ctx, "", since)
	d.due.ring()
	return n, err
}

// FreshEnough is how old a held notice may be that still goes out when a mail server was set up.
const FreshEnough = 24 * time.Hour

// ReleaseHeld sends what was held for want of a mail server on its way, and cancels what is too old by now. It tells how many of each.
func (d *Desk) ReleaseHeld(ctx context.Context) (sent, dropped int, err error) {
	since := d.Now().Add(-FreshEnough)
	if dropped, err = d.Store.DropHeld(ctx, since); err != nil {
		return 0, dropped, err
	}
	sent, err = d.ReleaseSince(ctx, since)
	return sent, dropped, err
}

// Cancel ends a notice that waits or is held; Retry lets one that failed be tried again.
func (d *Desk) Cancel(ctx context.Context, notice string) error {
	return d.Store.Cancel(ctx, notice, "cancelled by hand")
}

// Retry lets a notice that failed be tried again.
func (d *Desk) Retry(ctx context.Context, notice string) error {
	err := d.Store.Retry(ctx, notice)
	d.due.ring()
	return err
}
