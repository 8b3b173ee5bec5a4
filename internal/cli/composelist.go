package cli

import (
	"context"
	"encoding/json"
	"time"

	"marsad/internal/fault"
	"marsad/internal/letter"
	"marsad/internal/list"
	mailpkg "marsad/mail"
	"marsad/news"
)

// ofList composes what has to do with a public list: the question to a new subscriber, a subscriber's copy, the preview of what waits
// for release, and the letter that says that it waits.
func (c *composer) ofList(ctx context.Context, d letter.Desk, n news.Notice, to news.Recipient) ([]byte, error) {
	switch {
	case n.Kind == news.Release:
		return c.toRelease(ctx, d, n, to)
	case to.Carrier == news.ListCarrier:
		l, err := c.lists.ByRecipient(ctx, to.ID)
		if err != nil {
			return nil, err
		}
		preview, err := c.shared(ctx, d, n, l, first(l.Langs, "en"))
		if err != nil {
			return nil, err
		}
		preview.ID, preview.To = n.ID, d.From.Address
		m, err := mailpkg.Compose(preview)
		if err != nil {
			return nil, fault.New(fault.Invalid, "%w", err)
		}
		return m, nil
	}
	l, err := c.store.List(ctx, n.List)
	if err != nil {
		return nil, err
	}
	sub, err := c.store.Subscription(ctx, n.List, to.ID)
	if err != nil {
		return nil, err
	}
	links := c.links(ctx, d.Base, l, to.Address)
	if n.Kind == news.Optin {
		return c.written(ctx, d.AskFor(n, l, to, sub.Lang, links))
	}
	lang := first([]string{sub.Lang}, first(l.Langs, "en"))
	out, err := c.shared(ctx, d, n, l, lang)
	if err != nil {
		return nil, err
	}
	return c.copied(ctx, n.Cause+" "+lang, d.Personal(out, n, to, links))
}

// copied gives a subscriber's copy as a signed message. What all copies of a letter have in common, which key names, is written once.
func (c *composer) copied(ctx context.Context, key string, l mailpkg.Letter) ([]byte, error) {
	c.mu.Lock()
	copies := c.copies[key]
	c.mu.Unlock()
	if copies == nil {
		made, err := mailpkg.NewCopies(l)
		if err != nil {
			return nil, fault.New(fault.Invalid, "%w", err)
		}
		c.mu.Lock()
		if copies = made; c.copies == nil || len(c.copies) >= fewLetters {
			c.copies = map[string]*mailpkg.Copies{}
		}
		c.copies[key] = made
		c.mu.Unlock()
	}
	m, err := copies.Compose(l)
	if err != nil {
		return nil, fault.New(fault.Invalid, "%w", err) // the same tomorrow
	}
	return c.sign(ctx, m)
}

func first(of []string, or string) string {
	if len(of) > 0 && of[0] != "" {
		return of[0]
	}
	return or
}

func (c *composer) links(ctx context.Context, base string, l news.PublicList, address string) letter.Links {
	at := func(path, purpose string) string {
		return base + "/l/" + path + "/" + c.lists.Link(purpose, l.ID, address)
	}
	return letter.Links{Confirm: at("confirm", list.Confirm), Leave: at("leave", list.Leave), Prefs: at("prefs", list.Prefs), Never: at("never", list.Never),
		LeaveMail: tagged(outOf(ctx, c.store).Bounces, c.lists.Exit(l.ID, address))}
}

// fewLetters is how many frozen letters are kept at hand.
const fewLetters = 64

// shared gives what a list's notice says in one language, frozen the first time that anybody asks: whoever is written to tomorrow reads
// what the others read today, and what the preview showed is what is sent.
func (c *composer) shared(ctx context.Context, d letter.Desk, n news.Notice, l news.PublicList, lang string) (out mailpkg.Letter, err error) {
	cause := n.Cause
	if cause == "" {
		cause = n.ID
	}
	key := cause + " " + lang
	c.mu.Lock()
	out, ok := c.letters[key]
	c.mu.Unlock()
	if ok {
		return out, nil
	}
	frozen, err := c.store.FreezeLetter(ctx, cause, lang, nil)
	if fault.Is(err, fault.NotFound) {
		n, e := c.whole(ctx, n)
		if e != nil {
			return out, e
		}
		about, e := c.about(ctx, n, news.Recipient{Lang: lang})
		if e != nil {
			return out, e
		}
		b, e := json.Marshal(d.ForList(about, l, lang))
		if e != nil {
			return out, e
		}
		frozen, err = c.store.FreezeLetter(ctx, cause, lang, b)
	}
	if err == nil {
		err = json.Unmarshal(frozen, &out)
	}
	if err != nil {
		return out, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.letters == nil || len(c.letters) >= fewLetters {
		c.letters = map[string]mailpkg.Letter{}
	}
	c.letters[key] = out
	return out, nil
}

// whole gives a subscriber's copy what the list's own letter tells besides.
func (c *composer) whole(ctx context.Context, n news.Notice) (news.Notice, error) {
	if n.Cause == "" {
		return n, nil
	}
	row, err := c.store.Delivery(ctx, n.Cause)
	if err != nil {
		return n, err
	}
	n.Because = row.Delivery.Notice.Because
	if n.Story != 0 {
		_, n.Also, err = c.store.Together(ctx, row.Delivery.Notice, time.Time{})
	}
	return n, err
}

// toRelease tells somebody of the desk that a letter waits for their word. The fact of such a notice begins with the notice that waits.
func (c *composer) toRelease(ctx context.Context, d letter.Desk, n news.Notice, to news.Recipient) ([]byte, error) {
	row, err := c.store.Delivery(ctx, list.Asked(n))
	if err != nil {
		return nil, err
	}
	held := row.Delivery.Notice
	l, err := c.lists.ByRecipient(ctx, held.Recipient)
	if err != nil {
		return nil, err
	}
	about, err := c.about(ctx, held, to)
	if err != nil {
		return nil, err
	}
	about.Notice, about.Recipient = n, to
	tallies, err := c.store.Tallies(ctx)
	if err != nil {
		return nil, err
	}
	until := held.Due.Add(list.TimeOut(l))
	return c.written(ctx, d.ToRelease(about, l, tallies[l.ID][news.Confirmed], until, d.Base+"/l/release/"+c.lists.ReleaseLink(held.ID)))
}
