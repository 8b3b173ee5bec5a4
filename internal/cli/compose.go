package cli

import (
	"context"
	"encoding/json"
	"net/mail"
	"slices"
	"sync"

	"marsad/internal/auth"
	"marsad/internal/carrier"
	"marsad/internal/dkim"
	"marsad/internal/fault"
	"marsad/internal/letter"
	"marsad/internal/list"
	"marsad/internal/store"
	"marsad/internal/web"
	"marsad/internal/webhook"
	"marsad/internal/webpush"
	mailpkg "marsad/mail"
	"marsad/news"
	"marsad/wire"
)

// composer puts notices into messages: letters for mail, JSON for webhooks.
type composer struct {
	store  store.Store
	signer auth.Signer
	base   string
	name   string // of the desk, where its settings have none
	demo   bool
	lists  *list.Service // nil: none

	mu       sync.Mutex
	dkim     *dkim.Signer
	signedBy dkim.Keys
	letters  map[string]mailpkg.Letter  // frozen letters of lists, of late
	copies   map[string]*mailpkg.Copies // what their copies have in common
}

// Compose implements desk.Composer.
func (c *composer) Compose(ctx context.Context, n news.Notice, to news.Recipient) ([]byte, error) {
	d := c.desk(ctx)
	if c.lists != nil && (n.List != 0 || to.Carrier == news.ListCarrier || n.Kind == news.Release) {
		return c.ofList(ctx, d, n, to)
	}
	about, err := c.about(ctx, n, to)
	if err != nil {
		return nil, err
	}
	if to.Carrier == "webhook" && n.Kind == news.Optin {
		return json.Marshal(introduction{wire.Version, n.ID, string(n.Kind), to.Address, webhook.SignatureHeader, hookSecret(c.signer, to)})
	}
	if to.Carrier == "webhook" {
		out := wire.NoticeOf(n, about.Watch.Name, about.Story, d.Base, wire.Of(about.Entry.Article, about.Entry.Analysis))
		for _, l := range about.Digest {
			out.Stories = append(out.Stories, wire.HeadOf(l.Of, d.Base))
		}
		return json.Marshal(out)
	}
	if to.Carrier == webpush.Name {
		return pushMessage(about, d.For(about), d.Base).Frozen()
	}
	if slices.Contains(carrier.Names, to.Carrier) {
		return json.Marshal(chatMessage(d.For(about), n, about.Watch, d.Base))
	}
	return c.written(ctx, d.For(about))
}

// written gives a letter as a signed message.
func (c *composer) written(ctx context.Context, l mailpkg.Letter) ([]byte, error) {
	m, err := mailpkg.Compose(l)
	if err != nil {
		return nil, fault.New(fault.Invalid, "%w", err) // the same tomorrow
	}
	return c.sign(ctx, m)
}

// introduction stands in the outbox for whoever sets a webhook up and says yes to it. It is never sent.
type introduction struct {
	Version int    `json:"version"`
	ID      string `json:"id"`
	Kind    string `json:"kind"`
	Address string `json:"address"`
	Header  string `json:"signature_header"`
	Secret  string `json:"secret"` // what the receiver checks signatures with
}

// hookSecret gives the key of a webhook's signatures: its own or, where none was set, one that only this desk can make.
func hookSecret(s auth.Signer, to news.Recipient) string {
	if to.Secret != "" {
		return to.Secret
	}
	return s.Sign("webhook", to.ID)
}

// desk gives what all letters share, from the settings as they are now.
func (c *composer) desk(ctx context.Context) letter.Desk {
	var own web.DeskSettings
	var out web.Mail
	setting(ctx, c.store, web.SettingDesk, &own)
	setting(ctx, c.store, web.SettingMail, &out)
	d := letter.Desk{Base: c.base, Name: own.Name, Demo: c.demo, Token: c.signer.Sign}
	if own.Address != "" {
		d.Base = own.Address
	}
	if d.Name == "" {
		d.Name = c.name
	}
	if d.Name == "" {
		d.Name = "Marsad"
	}
	if bounces := outOf(ctx, c.store).Bounces; bounces != "" && c.lists != nil {
		d.StopMail = func(recipient int64) string { return tagged(bounces, c.lists.OwnExit(recipient)) }
	}
	d.From = mail.Address{Name: d.Name, Address: out.From}
	if out.From == "" {
		d.From.Address = "desk@localhost"
	}
	return d
}

func setting(ctx context.Context, s store.Settings, key string, into any) {
	if b, err := s.Setting(ctx, key); err == nil {
		_ = json.Unmarshal(b, into) // an unreadable setting counts as unset; the settings page shows it empty
	}
}

// about gathers what a notice tells of. What is gone meanwhile is left out, for the notice is owed all the same.
func (c *composer) about(ctx context.Context, n news.Notice, to news.Recipient) (a letter.About, err error) {
	a.Notice, a.Recipient = n, to
	if a.Watch, err = known(c.store.Watch(ctx, n.Watch)); err != nil {
		return a, err
	}
	if n.Kind == news.DigestSlot {
		a.Digest, err = c.digest(ctx, n, a.Watch)
		return a, err
	}
	if a.Story, err = known(c.store.Story(ctx, n.Story)); err != nil {
		return a, err
	}
	if a.Entry, err = known(c.store.Entry(ctx, n.Article)); err != nil {
		return a, err
	}
	for _, also := range n.Also {
		t := letter.Told{Notice: also}
		if t.Entry, err = known(c.store.Entry(ctx, also.Article)); err != nil {
			return a, err
		}
		a.Also = append(a.Also, t)
	}
	first, err := known(c.store.Entry(ctx, a.Story.First))
	a.First, a.Original = first.Source.Name, letter.Address(first.Article)
	return a, err
}

func known[T any](v T, err error) (T, error) {
	if fault.Is(err, fault.NotFound) {
		return v, nil
	}
	return v, err
}

// hookCarrier joins the webhook carrier to the desk.
type hookCarrier struct {
	webhook.Carrier
	signer auth.Signer
}

// Send implements desk.Carrier.
func (c *hookCarrier) Send(ctx context.Context, d news.Delivery, to news.Recipient) (string, error) {
	return c.Carrier.Send(ctx, to.Address, hookSecret(c.signer, to), d.Message)
}
