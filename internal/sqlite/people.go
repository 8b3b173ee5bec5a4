package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

// SaveRecipient implements store.Recipients.
func (s *Store) SaveRecipient(ctx context.Context, r news.Recipient) (int64, error) {
	columns := []any{r.Carrier, r.Address, r.Lang, r.Zone, string(r.State), r.Secret, r.Consent, micros(r.Consented)}
	return s.save(ctx, "recipient", r.ID, append(columns, micros(r.Created)), columns)
}

// Recipients implements store.Recipients.
func (s *Store) Recipients(ctx context.Context) ([]news.Recipient, error) {
	rs, err := all(ctx, reader{s}, "recipients", readRecipient)
	return rs, wrap("recipients", err)
}

// Recipient implements store.Recipients.
func (s *Store) Recipient(ctx context.Context, id int64) (news.Recipient, error) {
	if id == 0 {
		return news.Recipient{}, fault.New(fault.NotFound, "store: no recipient 0")
	}
	r, err := one(ctx, reader{s}, "recipient", readRecipient, id)
	return r, wrap("recipient", err)
}

// SetRecipientState implements store.Recipients. Whoever may not be told any more has their waiting notices cancelled with it.
func (s *Store) SetRecipientState(ctx context.Context, id int64, to news.RecipientState, consent string, at time.Time) error {
	return s.within(ctx, "recipient state", func(w writer) error {
		n, err := w.exec(ctx, "recipient-state", id, string(to), consent, micros(at))
		if err := missing(n, err, "recipient %d", id); err != nil {
			return err
		}
		if to == news.Unsubscribed || to == news.Bounced {
			_, err = w.exec(ctx, "recipient-cancel", id, micros(at))
		}
		return err
	})
}

func readRecipient(s scan) (r news.Recipient, err error) {
	return r, s(&r.ID, &r.Carrier, &r.Address, &r.Lang, &r.Zone, &r.State, &r.Secret, &r.Consent, moment{&r.Consented}, moment{&r.Created})
}

// Setting implements store.Settings.
func (s *Store) Setting(ctx context.Context, key string) ([]byte, error) {
	v, err := one(ctx, reader{s}, "setting", column[[]byte], key)
	return v, wrap("setting "+key, err)
}

// SetSetting implements store.Settings.
func (s *Store) SetSetting(ctx context.Context, key string, value []byte) error {
	if value == nil {
		value = []byte{}
	}
	_, err := s.exec(ctx, "set "+key, "setting-save", key, value)
	return err
}

// SaveAccount implements store.Accounts.
func (s *Store) SaveAccount(ctx context.Context, a store.Account) (int64, error) {
	columns := []any{a.Name, a.Hash, a.Role, a.Lang}
	return s.save(ctx, "account", a.ID, append(columns, micros(a.Created)), columns)
}

// Account implements store.Accounts.
func (s *Store) Account(ctx context.Context, name string) (store.Account, error) {
	return s.account(ctx, name, 0)
}

// AccountByID implements store.Accounts.
func (s *Store) AccountByID(ctx context.Context, id int64) (store.Account, error) {
	return s.account(ctx, "", id)
}

func (s *Store) account(ctx context.Context, name string, id int64) (store.Account, error) {
	a, err := one(ctx, reader{s}, "accounts", readAccount, name, id)
	if name == "" && id == 0 {
		a, err = store.Account{}, errors.Join(err, sql.ErrNoRows)
	}
	return a, wrap("account", err)
}

// Accounts implements store.Accounts.
func (s *Store) Accounts(ctx context.Context) ([]store.Account, error) {
	as, err := all(ctx, reader{s}, "accounts", readAccount, "", 0)
	return as, wrap("accounts", err)
}

func readAccount(s scan) (a store.Account, err error) {
	return a, s(&a.ID, &a.Name, &a.Hash, &a.Role, &a.Lang, moment{&a.Created})
}

// SaveSession implements store.Accounts. Sessions that have ended go.
func (s *Store) SaveSession(ctx context.Context, v store.Session) error {
	return s.within(ctx, "save session", func(w writer) error {
		if _, err := w.exec(ctx, "sessions-ended", micros(s.now().Add(-24*time.Hour))); err != nil {
			return err
		}
		_, err := w.exec(ctx, "session-save", v.TokenHash, v.Account, v.Kind, v.Name, v.CSRF, micros(v.Created), micros(v.Expires), v.Scope, micros(v.Used))
		return err
	})
}

// Sessions implements store.Accounts.
func (s *Store) Sessions(ctx context.Context, account int64) ([]store.Session, error) {
	vs, err := all(ctx, reader{s}, "sessions", readSession, account, micros(s.now()))
	return vs, wrap("sessions", err)
}

// DeleteSessions implements store.Accounts.
func (s *Store) DeleteSessions(ctx context.Context, account int64, keep string) error {
	_, err := s.exec(ctx, "delete sessions", "sessions-delete", account, keep)
	return err
}

func readSession(sc scan) (v store.Session, err error) {
	return v, sc(&v.TokenHash, &v.Account, &v.Kind, &v.Name, &v.CSRF, moment{&v.Created}, moment{&v.Expires}, &v.Scope, moment{&v.Used})
}

// Session implements store.Accounts.
func (s *Store) Session(ctx context.Context, tokenHash string) (store.Session, error) {
	v, err := one(ctx, reader{s}, "session", readSession, tokenHash)
	return v, wrap("session", err)
}

// DeleteSession implements store.Accounts. A session that is gone already is no error.
func (s *Store) DeleteSession(ctx context.Context, tokenHash string) error {
	_, err := s.exec(ctx, "delete session", "session-delete", tokenHash)
	return err
}

// TakeSession implements store.Accounts.
func (s *Store) TakeSession(ctx context.Context, tokenHash string) (v store.Session, err error) {
	err = s.within(ctx, "take session", func(w writer) (err error) {
		v, err = one(ctx, w, "session-take", readSession, tokenHash)
		return err
	})
	return v, err
}

// UseSession implements store.Accounts.
func (s *Store) UseSession(ctx context.Context, tokenHash string, at time.Time) error {
	_, err := s.exec(ctx, "use session", "session-used", tokenHash, micros(at))
	return err
}

// SetRole implements store.Accounts.
func (s *Store) SetRole(ctx context.Context, account int64, role string) error {
	return s.within(ctx, "set role", func(w writer) error {
		if err := notLast(ctx, w, account, role); err != nil {
			return err
		}
		n, err := w.exec(ctx, "account-role", account, role)
		return missing(n, err, "account %d", account)
	})
}

// RemoveAccount implements store.Accounts. Sessions, tokens and links go with the row that they refer to.
func (s *Store) RemoveAccount(ctx context.Context, account int64) error {
	return s.within(ctx, "remove account", func(w writer) error {
		if err := notLast(ctx, w, account, ""); err != nil {
			return err
		}
		for _, what := range []string{"articles", "caught", "choices", "folders", "labels", "stories"} {
			if _, err := w.exec(ctx, "reader-forget-"+what, account); err != nil {
				return err
			}
		}
		n, err := w.exec(ctx, "account-remove", account)
		return missing(n, err, "account %d", account)
	})
}

// notLast refuses what would leave the desk without anybody who may run it.
func notLast(ctx context.Context, w writer, account int64, role string) error {
	others, err := one(ctx, w, "account-last", column[int64], account)
	if err == nil && others == 0 && role != "admin" {
		err = fault.New(fault.Conflict, "the desk needs an administrator")
	}
	return err
}

// Note implements store.Audits.
func (s *Store) Note(ctx context.Context, a store.Audit) error {
	_, err := s.exec(ctx, "audit", "audit-note", micros(a.At), a.Account, a.Name, a.Action, a.Object)
	return err
}

// Audit implements store.Audits.
func (s *Store) Audit(ctx context.Context, below int64, n int) ([]store.Audit, error) {
	as, err := all(ctx, reader{s}, "audit", func(sc scan) (a store.Audit, err error) {
		return a, sc(&a.ID, moment{&a.At}, &a.Account, &a.Name, &a.Action, &a.Object)
	}, below, n)
	return as, wrap("audit", err)
}
