package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"math"
	"sort"
	"time"

	"marsad/internal/store"
	"marsad/news"
)

// LeaseNotices implements store.Deliver.
func (s *Store) LeaseNotices(ctx context.Context, now time.Time, n int, lease time.Duration) (out []news.Delivery, err error) {
	err = s.within(ctx, "lease notices", func(w writer) error {
		out, err = all(ctx, w, "notice-lease", readDelivery, micros(now), micros(now.Add(lease)), n)
		return err
	})
	if err != nil {
		return nil, err // a lease that is not on the disk is none
	}
	inOrder(out)
	return out, err
}

// LeaseThese implements store.Deliver.
func (s *Store) LeaseThese(ctx context.Context, ids []string, now time.Time, lease time.Duration) (out []news.Delivery, err error) {
	list, err := jsonOf(ids)
	if err != nil {
		return nil, wrap("lease these", err)
	}
	err = s.within(ctx, "lease these", func(w writer) error {
		out, err = all(ctx, w, "notice-lease-these", readDelivery, micros(now), micros(now.Add(lease)), list)
		return err
	})
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, id := range ids {
		at[id] = i
	}
	sort.Slice(out, func(i, j int) bool { return at[out[i].Notice.ID] < at[out[j].Notice.ID] })
	return out, err
}

// inOrder sorts deliveries as they are due.
func inOrder(out []news.Delivery) {
	sort.Slice(out, func(i, j int) bool {
		if a, b := out[i].Notice, out[j].Notice; !a.Due.Equal(b.Due) {
			return a.Due.Before(b.Due)
		} else if !a.Planned.Equal(b.Planned) {
			return a.Planned.Before(b.Planned)
		} else {
			return a.ID < b.ID
		}
	})
}

// EndLeases implements store.Deliver.
func (s *Store) EndLeases(ctx context.Context) error {
	return s.within(ctx, "end leases", func(w writer) error {
		if _, err := w.exec(ctx, "feed-end-leases"); err != nil {
			return err
		}
		_, err := w.exec(ctx, "notice-end-leases")
		return err
	})
}

// Freeze implements store.Deliver.
func (s *Store) Freeze(ctx context.Context, notice string, message []byte) ([]byte, error) {
	stored, err := s.FreezeAll(ctx, []store.Composed{{Notice: notice, Message: message}})
	if err == nil && stored[0] == nil {
		err = wrap("freeze", sql.ErrNoRows)
	}
	if err != nil {
		return nil, err
	}
	return stored[0], nil
}

// FreezeAll implements store.Deliver.
func (s *Store) FreezeAll(ctx context.Context, ms []store.Composed) ([][]byte, error) {
	bodies, stored := make([][]byte, len(ms)), make([][]byte, len(ms))
	for i, m := range ms {
		bodies[i] = deflate(m.Message)
	}
	err := s.within(ctx, "freeze", func(w writer) error {
		for i, m := range ms {
			n, err := w.exec(ctx, "notice-freeze", m.Notice, bodies[i])
			if err != nil {
				return err
			}
			if stored[i] = bytes.Clone(m.Message); n == 1 {
				continue
			}
			stored[i], err = one(ctx, w, "notice-message", func(sc scan) (b []byte, err error) { return b, sc(packed{&b}) }, m.Notice)
			if err != nil && !errors.Is(err, sql.ErrNoRows) {
				return err
			}
		}
		return nil
	})
	return stored, err
}

// Together implements store.Deliver.
func (s *Store) Together(ctx context.Context, n news.Notice, now time.Time) (waiting, told []news.Notice, err error) {
	rows, err := all(ctx, reader{s}, "notice-together", func(sc scan) (d news.Delivery, err error) {
		return d, sc(append(noticeInto(&d.Notice), &d.State)...)
	}, n.ID, n.Recipient, n.Story, micros(now))
	for _, r := range rows {
		if r.State == news.Told {
			told = append(told, r.Notice)
		} else {
			waiting = append(waiting, r.Notice)
		}
	}
	return waiting, told, wrap("together", err)
}

// TellIn implements store.Deliver.
func (s *Store) TellIn(ctx context.Context, letter string, notices []string, now time.Time) error {
	return s.within(ctx, "tell in", func(w writer) error {
		for _, id := range notices {
			n, err := w.exec(ctx, "notice-tell-in", id, letter, micros(now))
			if err != nil {
				return err
			}
			if n == 0 {
				continue
			}
			if _, err := w.exec(ctx, "notice-tell-on", id, letter); err != nil {
				return err
			}
		}
		return nil
	})
}

// Because implements store.Deliver.
func (s *Store) Because(ctx context.Context, notice string, because []news.Reason) error {
	text, err := jsonOf(because)
	if err != nil {
		return wrap("because", err)
	}
	n, err := s.exec(ctx, "because", "notice-because", notice, text)
	return missing(n, err, "notice %s that is not composed", notice)
}

// Settle implements store.Deliver.
func (s *Store) Settle(ctx context.Context, d news.Delivery) error {
	n, err := s.exec(ctx, "settle", "notice-settle", settling(d)...)
	return missing(n, err, "notice %s", d.Notice.ID)
}

// AddNotices implements store.Deliver.
func (s *Store) AddNotices(ctx context.Context, ns []news.Notice) error {
	return s.within(ctx, "add notices", func(w writer) error { return addNotices(ctx, w, ns) })
}

func addNotices(ctx context.Context, w writer, ns []news.Notice) error {
	for _, n := range ns {
		because, err := jsonOf(n.Because)
		if err != nil {
			return err
		}
		if _, err := w.exec(ctx, "notice-add", n.ID, n.Recipient, n.Watch, n.Story, n.Article, string(n.Kind), n.Fact, because,
			micros(n.Planned), micros(n.Due), n.List, n.Cause); err != nil {
			return err
		}
	}
	return nil
}

// Release implements store.Deliver.
func (s *Store) Release(ctx context.Context, notice string, since time.Time) (released int, err error) {
	err = s.within(ctx, "release", func(w writer) error {
		var n int64
		var err error
		if notice != "" {
			n, err = w.exec(ctx, "notice-release", notice, micros(since), micros(s.now()))
		} else {
			n, err = w.exec(ctx, "notice-release-all", micros(since))
		}
		released = int(n)
		return err
	})
	return released, err
}

// DropHeld implements store.Deliver.
func (s *Store) DropHeld(ctx context.Context, before time.Time) (int, error) {
	n, err := s.exec(ctx, "drop held", "notice-drop-held", micros(before), micros(s.now()))
	return int(n), err
}

// Held implements store.Deliver.
func (s *Store) Held(ctx context.Context) (int, error) {
	n, err := one(ctx, reader{s}, "notice-held", column[int])
	return n, wrap("held", err)
}

// Cancel implements store.Deliver.
func (s *Store) Cancel(ctx context.Context, notice, why string) error {
	n, err := s.exec(ctx, "cancel", "notice-cancel", notice, micros(s.now()), why)
	return missing(n, err, "notice %s that waits", notice)
}

// Retry implements store.Deliver.
func (s *Store) Retry(ctx context.Context, notice string) error {
	n, err := s.exec(ctx, "retry", "notice-retry", notice, micros(s.now()))
	return missing(n, err, "failed notice %s", notice)
}

// Outbox implements store.Deliver.
func (s *Store) Outbox(ctx context.Context, before time.Time, n int) ([]store.OutboxRow, error) {
	at := int64(math.MaxInt64)
	if !before.IsZero() {
		at = micros(before)
	}
	const last = "\U0010FFFF" // no notice of that moment follows
	rows, err := all(ctx, reader{s}, "outbox", readOutbox, at, n, last)
	return rows, wrap("outbox", err)
}

// OutboxBehind implements store.Deliver.
func (s *Store) OutboxBehind(ctx context.Context, last news.Notice, n int) ([]store.OutboxRow, error) {
	rows, err := all(ctx, reader{s}, "outbox", readOutbox, micros(last.Planned), n, last.ID)
	return rows, wrap("outbox", err)
}

// Delivery implements store.Deliver.
func (s *Store) Delivery(ctx context.Context, notice string) (store.OutboxRow, error) {
	if notice == "" {
		return store.OutboxRow{}, wrap("delivery", sql.ErrNoRows)
	}
	row, err := one(ctx, reader{s}, "delivery", readOutbox, notice)
	return row, wrap("delivery", err)
}

func noticeInto(n *news.Notice) []any {
	return []any{&n.ID, &n.Recipient, &n.Watch, &n.Story, &n.Article, &n.Kind, &n.Fact, object{&n.Because}, moment{&n.Planned}, moment{&n.Due},
		&n.List, &n.Cause}
}

func deliveryInto(d *news.Delivery) []any {
	return append(noticeInto(&d.Notice), &d.State, packed{&d.Message}, &d.Attempts, &d.Repeats, moment{&d.Next}, moment{&d.Leased},
		moment{&d.Done}, &d.Reply, moment{&d.Released})
}

func readNotice(s scan) (n news.Notice, err error) { return n, s(noticeInto(&n)...) }

func readDelivery(s scan) (d news.Delivery, err error) { return d, s(deliveryInto(&d)...) }

func readOutbox(s scan) (o store.OutboxRow, err error) {
	var to struct { // a recipient that is gone leaves NULLs
		id, consented, created                                sql.NullInt64
		carrier, address, lang, zone, state, secret, consents sql.NullString
	}
	into := append(deliveryInto(&o.Delivery), &to.id, &to.carrier, &to.address, &to.lang, &to.zone, &to.state, &to.secret,
		&to.consents, &to.consented, &to.created, &o.Watch, &o.Headline)
	if err := s(into...); err != nil {
		return o, err
	}
	r := &o.Recipient
	r.ID, r.Carrier, r.Address, r.Lang, r.Zone = to.id.Int64, to.carrier.String, to.address.String, to.lang.String, to.zone.String
	r.State, r.Secret, r.Consent = news.RecipientState(to.state.String), to.secret.String, to.consents.String
	return o, firstError(moment{&r.Consented}.Scan(to.consented.Int64), moment{&r.Created}.Scan(to.created.Int64))
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
