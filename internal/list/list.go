// Package list runs public lists: sign-up with double opt-in, consent that is recorded before it is acknowledged, leaving by one click
// for ever, import on a stated legal basis, and the copies of a list's letter for its subscribers. It answers the same whether an
// address is known or not, and counts sign-ups so that nobody can flood a mailbox through it.
//
// It sends nothing and shows nothing: the desk delivers the notices that it plans, the pages call it. Nobody is owed a copy whose
// consent it has not seen in the ledger.
package list

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"marsad/internal/fault"
	"marsad/internal/ledger"
	"marsad/internal/store"
	"marsad/news"
)

// Store is what the lists ask of a store.
type Store interface {
	store.Lists
	store.Settings
	AddNotices(ctx context.Context, ns []news.Notice) error
	StoryEntries(ctx context.Context, id int64) ([]store.Entry, error)
	Recipient(ctx context.Context, id int64) (news.Recipient, error)
}

// Options join the lists to a desk.
type Options struct {
	Store  Store
	Ledger *ledger.Ledger
	Secret []byte // of the desk: hashes, seals and links hang on it
	Wake   func() // notices were planned; nil tells nobody
	Now    func() time.Time
	Log    *slog.Logger
}

// Service is the lists of one desk. It is safe for concurrent use.
type Service struct {
	Options
	keys   keys
	limits limits
	mu     sync.Mutex // an entry is followed before the next is written
}

// settingHold is the setting that says why all lists are on hold.
const settingHold = "lists-hold"

// Open makes the store follow what the ledger says behind it. Where the ledger does not fit the store, all lists are on hold until
// [Service.Adopt].
func Open(ctx context.Context, o Options) (*Service, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Wake == nil {
		o.Wake = func() {}
	}
	s := &Service{Options: o, keys: derive(o.Secret)}
	s.limits.now = o.Now
	return s, s.catchUp(ctx)
}

// batch is how many entries are followed in one transaction.
const batch = 500

func (s *Service) catchUp(ctx context.Context) error {
	at, err := s.Store.Followed(ctx)
	if err != nil {
		return err
	}
	var es []ledger.Entry
	flush := func() error {
		err := s.Store.Follow(ctx, es...)
		es = es[:0]
		return err
	}
	known, err := s.Ledger.After(at, func(e ledger.Entry) error {
		if e.Sealed != "" {
			if e.Address, err = s.keys.unseal(e.Who, e.Sealed); err != nil {
				return err
			}
		}
		if es = append(es, e); len(es) == batch {
			return flush()
		}
		return nil
	})
	if err == nil && len(es) > 0 {
		err = flush()
	}
	if err != nil || known {
		return err
	}
	why := fmt.Sprintf("the ledger of consents does not hold entry %d, which the database has followed", at.N)
	s.Log.Error("all public lists are on hold", "why", why)
	return s.Store.SetSetting(ctx, settingHold, []byte(why))
}

// OnHold gives why nothing goes out to any list, "" where nothing stands against it.
func (s *Service) OnHold(ctx context.Context) string {
	b, err := s.Store.Setting(ctx, settingHold)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return "it cannot be told whether the lists are on hold"
	}
	return string(b)
}

// Hold puts all lists on hold.
func (s *Service) Hold(ctx context.Context, why string) error {
	return s.Store.SetSetting(ctx, settingHold, []byte(why))
}

// Adopt ends the hold on all lists: an operator answers for the consents in the database.
func (s *Service) Adopt(ctx context.Context, by string) error {
	if err := s.record(ctx, ledger.Entry{Do: ledger.Adopt, By: by, Why: s.OnHold(ctx)}); err != nil {
		return err
	}
	return s.Store.SetSetting(ctx, settingHold, nil)
}

// record writes entries to the ledger and then makes the store follow. An error of the store leaves an entry that is followed at the
// next start: whoever asked was not told that it is done, and it is harmless if it is.
func (s *Service) record(ctx context.Context, es ...ledger.Entry) error {
	_, err := s.recorded(ctx, es...)
	return err
}

func (s *Service) recorded(ctx context.Context, es ...ledger.Entry) ([]ledger.Entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ctx = context.WithoutCancel(ctx) // what has begun is ended
	at, err := s.Store.Followed(ctx)
	if err != nil {
		return nil, err
	}
	if behind := s.Ledger.Head(); behind.N > at.N && s.OnHold(ctx) == "" { // an entry before this one was not followed
		if err := s.catchUp(ctx); err != nil {
			return nil, err
		}
	}
	now := s.Now()
	for i := range es {
		es[i].At = now
		if es[i].Address != "" {
			es[i].Sealed = s.keys.seal(es[i].Who, es[i].Address)
		}
	}
	es, err = s.Ledger.Append(at.N, es...)
	if err != nil {
		return nil, err
	}
	return es, s.Store.Follow(ctx, es...)
}

// BySlug gives the list at an address.
func (s *Service) BySlug(ctx context.Context, slug string) (news.PublicList, error) {
	ls, err := s.Store.Lists(ctx)
	if err != nil {
		return news.PublicList{}, err
	}
	for _, l := range ls {
		if l.Slug == slug {
			return l, nil
		}
	}
	return news.PublicList{}, fault.New(fault.NotFound, "no list %s", slug)
}

// ByRecipient gives the list that a recipient of ListCarrier stands for.
func (s *Service) ByRecipient(ctx context.Context, recipient int64) (news.PublicList, error) {
	ls, err := s.Store.Lists(ctx)
	if err != nil {
		return news.PublicList{}, err
	}
	for _, l := range ls {
		if l.Recipient == recipient {
			return l, nil
		}
	}
	return news.PublicList{}, fault.New(fault.NotFound, "no list behind recipient %d", recipient)
}

func found[T any](v T, err error) (T, bool, error) {
	if fault.Is(err, fault.NotFound) {
		return v, false, nil
	}
	return v, err == nil, err
}

// errNoToken is what a link that this desk did not make leads to.
var errNoToken = errors.New("no such link")
