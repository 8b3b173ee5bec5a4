package sqlite

import (
	"context"
	"encoding/json"
	"slices"

	"marsad/internal/fault"
	"marsad/internal/ledger"
)

// followed is the setting that holds the ledger's head as this store knows it.
const followed = "ledger"

// Followed implements store.Lists.
func (s *Store) Followed(ctx context.Context) (h ledger.Head, err error) {
	b, err := s.Setting(ctx, followed)
	if fault.Is(err, fault.NotFound) {
		return h, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &h)
	}
	return h, err
}

// Follow implements store.Lists.
func (s *Store) Follow(ctx context.Context, es ...ledger.Entry) error {
	if slices.ContainsFunc(es, func(e ledger.Entry) bool { return e.Do == ledger.Erase }) {
		defer s.wipe(ctx)()
	}
	return s.within(ctx, "follow", func(w writer) error {
		at, err := w.followed(ctx)
		if err != nil {
			return err
		}
		for _, e := range es {
			if e.N <= at.N {
				continue
			}
			if err := w.follow(ctx, e); err != nil {
				return err
			}
			at = ledger.Head{N: e.N, Sum: e.Sum}
		}
		head, err := json.Marshal(at)
		if err != nil {
			return err
		}
		_, err = w.exec(ctx, "setting-save", followed, head)
		return err
	})
}

// wipe has whole pages that are let go overwritten until the function that it gives is called. Elsewhere only what is let go within a
// page is, which costs nothing.
func (s *Store) wipe(ctx context.Context) (end func()) {
	ctx = context.WithoutCancel(ctx)
	_, _ = s.write.ExecContext(ctx, "PRAGMA secure_delete = 1") // its one failure, a closed store, shows in what follows
	return func() { _, _ = s.write.ExecContext(ctx, "PRAGMA secure_delete = fast") }
}

func (w writer) followed(ctx context.Context) (h ledger.Head, err error) {
	bs, err := all(ctx, w, "setting", column[[]byte], followed)
	if err == nil && len(bs) > 0 {
		err = json.Unmarshal(bs[0], &h)
	}
	return h, err
}

func (w writer) follow(ctx context.Context, e ledger.Entry) error {
	if e.Do == ledger.Mailed {
		for _, u := range e.URLs {
			if _, err := w.exec(ctx, "mailed-add", e.List, u); err != nil {
				return err
			}
		}
		return nil
	}
	if e.Who == "" {
		return nil // an adoption: there is nothing to do but to note it
	}
	id, err := w.subscriber(ctx, e)
	if err != nil {
		return err
	}
	switch e.Do {
	case ledger.Ask:
		return w.do(ctx, id, "subscription-ask", e.List, id, e.Lang, e.Words, e.Form, micros(e.At))
	case ledger.Confirm, ledger.Import:
		return w.agreed(ctx, e, id)
	case ledger.Unsubscribe:
		return w.left(ctx, e, id, "unsubscribed")
	case ledger.Suppress:
		if err := w.left(ctx, e, id, e.Why); err != nil || e.Why != "bounced" {
			return err
		}
		return w.do(ctx, id, "subscriber-bounced", id)
	case ledger.Erase:
		if err := w.left(ctx, e, id, "erased"); err != nil {
			return err
		}
		if err := w.do(ctx, id, "subscriber-forget", id); err != nil {
			return err
		}
		return w.do(ctx, id, "subscriber-delete", id)
	}
	return fault.New(fault.Invalid, "store: the ledger says %q, which this program does not know: use the newer program", e.Do)
}

// subscriber gives the person that an entry is about, 0 for one who is not here; an entry that brings an address makes them.
func (w writer) subscriber(ctx context.Context, e ledger.Entry) (int64, error) {
	if e.Address != "" && (e.Do == ledger.Ask || e.Do == ledger.Confirm || e.Do == ledger.Import) {
		if _, err := w.exec(ctx, "subscriber-add", e.Address, e.Lang, micros(e.At), e.Who); err != nil {
			return 0, err
		}
	}
	rs, err := all(ctx, w, "subscriber", readRecipient, e.Who)
	if err != nil || len(rs) == 0 {
		return 0, err
	}
	return rs[0].ID, nil
}

// do runs a statement about a person, if they are here.
func (w writer) do(ctx context.Context, person int64, name string, args ...any) error {
	if person == 0 {
		return nil
	}
	_, err := w.exec(ctx, name, args...)
	return err
}

func (w writer) agreed(ctx context.Context, e ledger.Entry, id int64) error {
	basis := e.Basis
	if basis == "" {
		basis = "opt-in"
	}
	if err := w.do(ctx, id, "subscription-confirm", e.List, id, e.Lang, basis, e.Words, e.Form, micros(e.At)); err != nil {
		return err
	}
	if e.Do == ledger.Confirm {
		if _, err := w.exec(ctx, "suppress-end", e.Who, e.List); err != nil {
			return err
		}
	}
	return w.do(ctx, id, "subscriber-settle", id, e.Words, micros(e.At))
}

// left ends subscriptions and what waits for them, and remembers the hash.
func (w writer) left(ctx context.Context, e ledger.Entry, id int64, why string) error {
	if _, err := w.exec(ctx, "suppress", e.Who, e.List, why, micros(e.At)); err != nil {
		return err
	}
	if err := w.do(ctx, id, "subscription-end", e.List, id, micros(e.At)); err != nil {
		return err
	}
	if err := w.do(ctx, id, "subscription-cancel", e.List, id, micros(e.At)); err != nil {
		return err
	}
	return w.do(ctx, id, "subscriber-settle", id, "", 0)
}
