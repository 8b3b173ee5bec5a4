package cli

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"marsad/internal/fault"
	"marsad/internal/letter"
	"marsad/internal/store"
	"marsad/internal/web"
	"marsad/internal/webpush"
	mailpkg "marsad/mail"
	"marsad/news"
	"marsad/text"
)

// settingPush is the setting that holds the key pair by which push services know the desk.
const settingPush = "vapid"

// pushKeys gives the desk's pair, made once and kept for ever: browsers subscribe for its public half.
func (h *house) pushKeys(ctx context.Context) (*webpush.VAPID, error) {
	b, err := h.store.Setting(ctx, settingPush)
	if fault.Is(err, fault.NotFound) {
		fresh, e := webpush.NewVAPID()
		if e != nil {
			return nil, e
		}
		b, err = []byte(fresh), h.store.SetSetting(ctx, settingPush, []byte(fresh))
	}
	if err != nil {
		return nil, err
	}
	return webpush.ReadVAPID(string(b))
}

// pushCarrier joins Web Push to the desk.
type pushCarrier struct {
	webpush.Carrier
	store store.Settings
}

func newPush(c *http.Client, keys *webpush.VAPID, s store.Settings) *pushCarrier {
	return &pushCarrier{webpush.Carrier{Client: c, VAPID: keys, Now: time.Now}, s}
}

// Send implements desk.Carrier.
func (c *pushCarrier) Send(ctx context.Context, d news.Delivery, to news.Recipient) (string, error) {
	return c.Carrier.Send(ctx, to.Secret, c.contact(ctx), d.Message)
}

// contact gives whom a push service may write to about the desk, "" where nothing is set up.
func (c *pushCarrier) contact(ctx context.Context) string {
	var out web.Mail
	var own web.DeskSettings
	setting(ctx, c.store, web.SettingMail, &out)
	setting(ctx, c.store, web.SettingDesk, &own)
	switch {
	case out.From != "":
		return "mailto:" + out.From
	case strings.HasPrefix(own.Address, "https://"):
		return own.Address
	}
	return ""
}

// forget ends a browser's subscription: what it said of itself is kept no longer.
func (h *house) forget(ctx context.Context, to news.Recipient) error {
	if err := h.store.SetRecipientState(ctx, to.ID, news.Bounced, "", time.Now()); err != nil {
		return err
	}
	r, err := h.store.Recipient(ctx, to.ID)
	if err != nil || r.Secret != to.Secret { // it subscribed again meanwhile
		return err
	}
	r.Secret = ""
	_, err = h.store.SaveRecipient(ctx, r)
	return err
}

// pushMessage puts a letter into a few lines: the headline, what kind of news it is and whose, and why this reader gets it.
func pushMessage(a letter.About, l mailpkg.Letter, base string) webpush.Message {
	m := webpush.Message{ID: l.ID, Title: l.Headline, Link: strings.TrimPrefix(l.Link, base), Lang: l.Lang, Urgent: a.Notice.Kind == news.Breaking}
	var lines []string
	switch a.Notice.Kind {
	case news.DigestSlot, news.TestMail, news.Optin:
		if l.Subject != l.Headline {
			lines = append(lines, l.Subject)
		}
		lines = append(lines, l.Summary...)
	default:
		if m.Lang = a.Story.Lang; m.Lang == "" || l.Headline == a.Entry.Article.Headline {
			m.Lang = a.Entry.Article.Lang
		}
		lines = append(lines, l.Kicker)
		if said := letter.Said(a.Notice); said != "" {
			lines = append(lines, said)
		}
		for _, f := range slices.Concat(l.Facts, l.By) {
			if f.Label != "" {
				lines = append(lines, f.Label+": "+isolated(f.Value))
			}
		}
	}
	lines = append(lines, l.Why)
	m.Dir = text.Dir(m.Title)
	for _, s := range lines {
		if s = strings.TrimSpace(s); s != "" {
			m.Body += isolated(s) + "\n"
		}
	}
	m.Body = strings.TrimSpace(m.Body)
	return m
}

// isolated holds words of any direction apart from those around them (FSI, PDI).
func isolated(s string) string { return "\u2068" + s + "\u2069" }
