package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"marsad/internal/desk"
	"marsad/internal/fault"
	"marsad/internal/ledger"
	"marsad/internal/list"
	"marsad/internal/webpush"
	"marsad/news"
)

// consentsFile is the ledger's name beside the desk's file.
const consentsFile = "consents.jsonl"

// openLists opens the ledger beside the store and the lists on it. A ledger that was changed is laid aside and all lists are put on hold:
// the desk goes on, nobody is mailed.
func (h *house) openLists(ctx context.Context, p plan, secret []byte) error {
	path := filepath.Join(filepath.Dir(p.file), consentsFile)
	l, err := ledger.Open(path)
	broken := ""
	if fault.Is(err, fault.Invalid) {
		broken = err.Error()
		if err = os.Rename(path, path+".broken-"+time.Now().UTC().Format("20060102T150405")); err == nil {
			l, err = ledger.Open(path)
		}
	}
	if err != nil {
		return err
	}
	h.ledger = l
	h.lists, err = list.Open(ctx, list.Options{Store: h.store, Ledger: l, Secret: secret, Log: p.log, Wake: func() { h.desk.WakeCopies() }})
	if err == nil && broken != "" {
		p.log.Error("the ledger of consents was changed and is laid aside: all public lists are on hold", "why", broken)
		err = h.lists.Hold(ctx, broken)
	}
	return err
}

// Close closes what the house stands on.
func (h *house) Close() error {
	err := h.store.Close()
	if h.ledger != nil {
		err = errors.Join(err, h.ledger.Close())
	}
	if h.posts != nil && h.posts.carrier != nil {
		h.posts.carrier.Close()
	}
	return err
}

func (h *house) wanted() func(context.Context, news.Notice) (string, error) {
	if h.lists == nil {
		return nil
	}
	return h.lists.Wanted
}

// refused notes that the other side says that nobody is there: of a subscriber in the ledger, of the desk's own people in the store.
func (h *house) refused(ctx context.Context, to news.Recipient, reply string) error {
	if to.Carrier == news.SubscriberCarrier && h.lists != nil {
		return h.lists.Bounced(ctx, to.Address, reply)
	}
	if to.Carrier == webpush.Name {
		return h.forget(ctx, to)
	}
	return h.store.SetRecipientState(ctx, to.ID, news.Bounced, "", time.Now())
}

// unwelcome notes that somebody told their mail provider that the desk's mail is unwanted: they get no more of it.
func (h *house) unwelcome(ctx context.Context, to news.Recipient, words string) error {
	if to.Carrier == news.SubscriberCarrier && h.lists != nil {
		return h.lists.Complained(ctx, to.Address, words)
	}
	return h.store.SetRecipientState(ctx, to.ID, news.Unsubscribed, "", time.Now())
}

// chore looks after what waits for release, lines that lie idle, and mail that comes back.
func (h *house) chore(p plan) func(context.Context) error {
	if h.lists == nil {
		return nil
	}
	back := &returns{house: h, log: p.log}
	return func(ctx context.Context) error {
		h.posts.hush()
		err := h.lists.Attend(ctx, list.Desk{Release: h.desk.Release, Cancel: func(ctx context.Context, notice string) error {
			return h.store.Cancel(ctx, notice, "nobody released it in time")
		}})
		return errors.Join(err, back.read(ctx))
	}
}

// listCarrier turns a list's notice into its subscribers' copies.
type listCarrier struct{ lists *list.Service }

// Send implements desk.Carrier.
func (c *listCarrier) Send(ctx context.Context, d news.Delivery, to news.Recipient) (string, error) {
	if d.Notice.Kind == news.TestMail || d.Notice.Kind == news.Optin {
		return "", fault.New(fault.Invalid, "a list gets news alone")
	}
	l, err := c.lists.ByRecipient(ctx, to.ID)
	if err != nil {
		return "", err
	}
	if l.Off {
		return "", fault.New(fault.NotFound, "the list is switched off")
	}
	if why := c.lists.Waits(ctx, l, d); why != "" {
		return "", &desk.Held{Why: why}
	}
	n, err := c.lists.Expand(ctx, d.Notice)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d subscribers", n), nil
}
