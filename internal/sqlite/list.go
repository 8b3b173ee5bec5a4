package sqlite

import (
	"context"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

// SaveList implements store.Lists.
func (s *Store) SaveList(ctx context.Context, l news.PublicList) error {
	orders, err := jsonOf(l)
	if err != nil {
		return wrap("save list", err)
	}
	_, err = s.exec(ctx, "save list", "list-save", l.ID, l.Slug, orders)
	return err
}

// Lists implements store.Lists.
func (s *Store) Lists(ctx context.Context) ([]news.PublicList, error) {
	ls, err := all(ctx, reader{s}, "lists", readList, 0)
	return ls, wrap("lists", err)
}

// List implements store.Lists.
func (s *Store) List(ctx context.Context, id int64) (news.PublicList, error) {
	if id == 0 {
		return news.PublicList{}, fault.New(fault.NotFound, "store: no list 0")
	}
	l, err := one(ctx, reader{s}, "lists", readList, id)
	return l, wrap("list", err)
}

// DeleteList implements store.Lists.
func (s *Store) DeleteList(ctx context.Context, id int64) error {
	return s.within(ctx, "delete list", func(w writer) error {
		n, err := w.exec(ctx, "list-delete", id)
		if err := missing(n, err, "list %d", id); err != nil {
			return err
		}
		if _, err := w.exec(ctx, "list-empty", id); err != nil {
			return err
		}
		_, err = w.exec(ctx, "list-cancel", id, micros(s.now()))
		return err
	})
}

func readList(s scan) (l news.PublicList, err error) {
	var id int64
	var slug string
	if err := s(&id, &slug, object{&l}); err != nil {
		return l, err
	}
	l.ID, l.Slug = id, slug
	return l, nil
}

// Subscriber implements store.Lists.
func (s *Store) Subscriber(ctx context.Context, who string) (news.Recipient, error) {
	r, err := one(ctx, reader{s}, "subscriber", readRecipient, who)
	return r, wrap("subscriber", err)
}

// Subscriptions implements store.Lists.
func (s *Store) Subscriptions(ctx context.Context, subscriber int64) ([]news.Subscription, error) {
	out, err := all(ctx, reader{s}, "subscriptions", readSubscription, subscriber, 0)
	return out, wrap("subscriptions", err)
}

// Subscription implements store.Lists.
func (s *Store) Subscription(ctx context.Context, list, subscriber int64) (news.Subscription, error) {
	if list == 0 {
		return news.Subscription{}, fault.New(fault.NotFound, "store: no list 0")
	}
	out, err := one(ctx, reader{s}, "subscriptions", readSubscription, subscriber, list)
	return out, wrap("subscription", err)
}

func readSubscription(s scan) (v news.Subscription, err error) {
	return v, s(&v.List, &v.Subscriber, &v.State, &v.Lang, &v.Basis, &v.Consent, &v.Form, &v.Asks, moment{&v.Asked}, moment{&v.Since})
}

// Subscribed implements store.Lists.
func (s *Store) Subscribed(ctx context.Context, list, told, after int64, n int) ([]int64, error) {
	ids, err := all(ctx, reader{s}, "subscribed", column[int64], list, told, after, n)
	return ids, wrap("subscribed", err)
}

// Suppressed implements store.Lists.
func (s *Store) Suppressed(ctx context.Context, who string, list int64) (string, error) {
	whys, err := all(ctx, reader{s}, "suppressed", column[string], who, list)
	if err != nil || len(whys) == 0 {
		return "", wrap("suppressed", err)
	}
	return whys[0], nil
}

// Tallies implements store.Lists.
func (s *Store) Tallies(ctx context.Context) (map[int64]map[news.RecipientState]int, error) {
	type row struct {
		list  int64
		state news.RecipientState
		n     int
	}
	rows, err := all(ctx, reader{s}, "subscription-tallies", func(sc scan) (r row, err error) { return r, sc(&r.list, &r.state, &r.n) })
	out := map[int64]map[news.RecipientState]int{}
	for _, r := range rows {
		if out[r.list] == nil {
			out[r.list] = map[news.RecipientState]int{}
		}
		out[r.list][r.state] = r.n
	}
	return out, wrap("tallies", err)
}

// WasMailed implements store.Lists.
func (s *Store) WasMailed(ctx context.Context, list int64, urls []string) ([]string, error) {
	asked, err := jsonOf(urls)
	if err != nil {
		return nil, wrap("was mailed", err)
	}
	out, err := all(ctx, reader{s}, "mailed", column[string], list, asked)
	return out, wrap("was mailed", err)
}

// FreezeLetter implements store.Lists.
func (s *Store) FreezeLetter(ctx context.Context, cause, lang string, letter []byte) (stored []byte, err error) {
	if letter != nil {
		if _, err := s.exec(ctx, "freeze letter", "letter-freeze", cause, lang, deflate(letter)); err != nil {
			return nil, err
		}
	}
	stored, err = one(ctx, reader{s}, "letter", func(sc scan) (b []byte, err error) { return b, sc(packed{&b}) }, cause, lang)
	return stored, wrap("letter", err)
}

// LeaseCopies implements store.Lists.
func (s *Store) LeaseCopies(ctx context.Context, now time.Time, n int, lease time.Duration) (out []news.Delivery, err error) {
	err = s.within(ctx, "lease copies", func(w writer) error {
		out, err = all(ctx, w, "copy-lease", readDelivery, micros(now), micros(now.Add(lease)), n)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// SettleAll implements store.Lists.
func (s *Store) SettleAll(ctx context.Context, ds []news.Delivery) error {
	return s.within(ctx, "settle", func(w writer) error {
		for _, d := range ds {
			if _, err := w.exec(ctx, "notice-settle", settling(d)...); err != nil {
				return err
			}
		}
		return nil
	})
}

func settling(d news.Delivery) []any {
	return []any{d.Notice.ID, string(d.State), d.Attempts, micros(d.Next), micros(d.Done), d.Reply, d.Repeats}
}

// Copies implements store.Lists.
func (s *Store) Copies(ctx context.Context, cause string) (map[news.DeliveryState]int, error) {
	type row struct {
		state news.DeliveryState
		n     int
	}
	rows, err := all(ctx, reader{s}, "copies", func(sc scan) (r row, err error) { return r, sc(&r.state, &r.n) }, cause)
	out := map[news.DeliveryState]int{}
	for _, r := range rows {
		out[r.state] = r.n
	}
	return out, wrap("copies", err)
}

// Unreleased implements store.Lists.
func (s *Store) Unreleased(ctx context.Context) ([]store.OutboxRow, error) {
	rows, err := all(ctx, reader{s}, "unreleased", readOutbox)
	return rows, wrap("unreleased", err)
}

// CopiesOf implements store.Lists.
func (s *Store) CopiesOf(ctx context.Context, cause string, state news.DeliveryState, after string, n int) ([]store.OutboxRow, error) {
	rows, err := all(ctx, reader{s}, "copies-of", readOutbox, cause, string(state), after, n)
	return rows, wrap("copies", err)
}
