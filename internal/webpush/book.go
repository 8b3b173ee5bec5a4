package webpush

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"marsad/internal/fault"
	"marsad/news"
)

// Recipients is what a Book asks of a store.
type Recipients interface {
	Recipients(ctx context.Context) ([]news.Recipient, error)
	SaveRecipient(ctx context.Context, r news.Recipient) (int64, error)
	SetRecipientState(ctx context.Context, id int64, to news.RecipientState, consent string, at time.Time) error
}

// Book keeps the browsers of a desk's readers, as recipients of this carrier.
type Book struct {
	Store Recipients
	Now   func() time.Time
}

// MostBrowsers is how many of one reader's may be told.
const MostBrowsers = 10

// ErrMany says that a reader has as many browsers as there may be; Conflict.
var ErrMany = fault.New(fault.Conflict, "%d browsers are told already: end one of them first", MostBrowsers)

// Of gives the browsers of a reader, or of everybody (0), with what each said of itself. Those that were ended are not among them.
func (b Book) Of(ctx context.Context, reader int64) (rs []news.Recipient, subs []Subscription, err error) {
	all, err := b.Store.Recipients(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range all {
		var sub Subscription
		if r.Carrier != Name || json.Unmarshal([]byte(r.Secret), &sub) != nil || reader != 0 && sub.Reader != reader {
			continue
		}
		rs, subs = append(rs, r), append(subs, sub)
	}
	return rs, subs, nil
}

// Mine gives one browser of a reader's; NotFound where it is not theirs.
func (b Book) Mine(ctx context.Context, reader, id int64) (news.Recipient, error) {
	rs, _, err := b.Of(ctx, reader)
	if err != nil {
		return news.Recipient{}, err
	}
	for _, r := range rs {
		if r.ID == id {
			return r, nil
		}
	}
	return news.Recipient{}, fault.New(fault.NotFound, "no such browser of yours")
}

// Asked is a browser that wants to be told.
type Asked struct {
	Subscription
	Was      string // the endpoint that it had before, "" for none
	Before   int64  // the recipient that it knows itself to be, 0 for none
	Name, By string // of the browser and of its reader, for people
	Lang     string
	Zone     string
	Consent  string // the words that the reader agreed to
}

// Subscribe keeps a browser. One that subscribes again, by its reader or by its service worker, stays the recipient that it was, so that
// the watches go on telling it; one that another reader used before is theirs no longer. What is no subscription is Invalid.
func (b Book) Subscribe(ctx context.Context, a Asked) (news.Recipient, error) {
	if err := a.Check(); err != nil {
		return news.Recipient{}, err
	}
	r, err := b.same(ctx, a)
	if err != nil {
		return r, err
	}
	secret, err := json.Marshal(a.Subscription)
	if err != nil {
		return r, err
	}
	now := b.Now()
	if r.ID == 0 {
		sum := sha256.Sum256([]byte(a.Endpoint))
		r = news.Recipient{Carrier: Name, Address: strings.Join([]string{a.Name, a.By, hex.EncodeToString(sum[:4])}, " · "), Created: now}
	}
	r.Secret, r.Lang, r.Zone = string(secret), a.Lang, a.Zone
	r.State, r.Consent, r.Consented = news.Confirmed, a.Consent, now
	r.ID, err = b.Store.SaveRecipient(ctx, r)
	return r, err
}

// same gives the recipient that a subscription belongs to already, the zero one for none.
func (b Book) same(ctx context.Context, a Asked) (same news.Recipient, err error) {
	rs, subs, err := b.Of(ctx, 0)
	if err != nil {
		return same, err
	}
	n := 0
	for i, r := range rs {
		mine := subs[i].Reader == a.Reader
		switch {
		case mine && (subs[i].Endpoint == a.Endpoint || a.Was != "" && subs[i].Endpoint == a.Was || a.Before != 0 && a.Before == r.ID):
			same = r
		case subs[i].Endpoint == a.Endpoint:
			if err := b.End(ctx, r); err != nil {
				return same, err
			}
		case mine && r.State == news.Confirmed:
			n++
		}
	}
	if same.ID == 0 && n >= MostBrowsers {
		return same, ErrMany
	}
	return same, nil
}

// End stops telling a browser, and forgets what it said of itself.
func (b Book) End(ctx context.Context, r news.Recipient) error {
	if err := b.Store.SetRecipientState(ctx, r.ID, news.Unsubscribed, "", b.Now()); err != nil {
		return err
	}
	r.State, r.Secret = news.Unsubscribed, ""
	_, err := b.Store.SaveRecipient(ctx, r)
	return err
}
