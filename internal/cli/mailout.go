package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"time"

	"marsad/internal/desk"
	"marsad/internal/dkim"
	"marsad/internal/fault"
	"marsad/internal/list"
	"marsad/internal/smtp"
	"marsad/internal/store"
	"marsad/news"
)

// settingOut is the setting that holds an outgoing.
const settingOut = "mail-out"

// outgoing is how mail leaves besides the account: who signs it, where failures come back to, how hard a domain may be pressed.
type outgoing struct {
	DKIM      dkim.Keys `json:"dkim"`
	Bounces   string    `json:"bounces"`    // address that failures come back to; tags are put behind its local part with a +
	Mailbox   mailbox   `json:"mailbox"`    // where they can be read
	Token     string    `json:"token"`      // file with a token that stands for the account's password; "" for none
	PerDomain int       `json:"per_domain"` // deliveries to one domain at once; 0: any number
	PerMinute int       `json:"per_minute"` // deliveries to one domain a minute; 0: any number
}

// mailbox is a Maildir or mbox on this machine, or an IMAP account.
type mailbox struct {
	Path     string `json:"path"` // of a Maildir or an mbox file; "" for IMAP
	Mbox     bool   `json:"mbox"` // Path is an mbox file
	Host     string `json:"host"`
	Port     int    `json:"port"`
	Security string `json:"security"` // tls, starttls, none
	User     string `json:"user"`
	Password string `json:"password"`
	Token    string `json:"token"`  // file with a token that stands for the password
	Folder   string `json:"folder"` // INBOX if empty
}

func outOf(ctx context.Context, s store.Settings) (o outgoing) {
	setting(ctx, s, settingOut, &o)
	return o
}

func keepOut(ctx context.Context, s store.Settings, o outgoing) error {
	b, err := json.Marshal(o)
	if err != nil {
		return err
	}
	return s.SetSetting(ctx, settingOut, b)
}

// sign puts the desk's signatures before a message, where it has keys. A key that cannot be read sends nothing unsigned.
func (c *composer) sign(ctx context.Context, message []byte) ([]byte, error) {
	o := outOf(ctx, c.store)
	if o.DKIM.Domain == "" {
		return message, nil
	}
	c.mu.Lock()
	if c.signedBy != o.DKIM {
		s, err := o.DKIM.Signer()
		if err != nil {
			c.mu.Unlock()
			return nil, fault.New(fault.Temporary, "%w", err)
		}
		c.dkim, c.signedBy = s, o.DKIM
	}
	s := c.dkim
	c.mu.Unlock()
	return s.Sign(message)
}

// posts holds the carrier of the mail account, whose lines stay open from one message to the next, and the gate before it.
type posts struct {
	store store.Settings
	lists *list.Service
	demo  bool

	mu      sync.Mutex
	account smtp.Account
	carrier *smtp.Carrier
	gate    *smtp.Gate
}

// get gives the way out by mail, nil where none is set up. The demo mails nobody outside of this machine.
func (p *posts) get(ctx context.Context) desk.Carrier {
	m := mailAccount(ctx, p.store)
	if m.Host == "" || p.demo && !loopback(m.Host) {
		return nil
	}
	o := outOf(ctx, p.store)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.carrier == nil || p.account != m {
		if p.carrier != nil {
			p.carrier.Close()
		}
		p.account, p.carrier = m, &smtp.Carrier{Account: m, Helo: helo(m.From)}
	}
	if p.gate == nil {
		p.gate = &smtp.Gate{Now: time.Now}
	}
	p.gate.AtOnce, p.gate.PerMinute = o.PerDomain, o.PerMinute
	return &mailCarrier{p.carrier, p.gate, p.lists, o.Bounces}
}

// hush closes lines that nobody needed for a while.
func (p *posts) hush() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.carrier != nil {
		p.carrier.Hush()
	}
}

// helo is what the desk calls itself to mail servers: the domain that it writes from.
func helo(from string) string {
	if d := smtp.Domain(from); d != "" {
		return d
	}
	return "localhost"
}

// mailCarrier joins the SMTP carrier to the desk.
type mailCarrier struct {
	carrier *smtp.Carrier
	gate    *smtp.Gate
	lists   *list.Service
	bounces string
}

// Send implements desk.Carrier.
func (c *mailCarrier) Send(ctx context.Context, d news.Delivery, to news.Recipient) (string, error) {
	domain := smtp.Domain(to.Address)
	leave, until, why := c.gate.Enter(domain)
	if leave == nil {
		return "", &desk.Later{Until: until, Why: why}
	}
	defer leave()
	reply, err := c.carrier.SendFrom(ctx, c.sender(d.Notice.ID), to.Address, d.Message)
	var e *smtp.Error
	if !errors.As(err, &e) {
		if err == nil {
			c.gate.Welcome(domain)
		}
		return reply, err
	}
	if e.Policy() && e.Stage != smtp.Connect && e.Stage != smtp.Sign {
		c.gate.Unwanted(domain)
	}
	if e.Lost {
		err = fault.New(fault.KindOf(err), "%w: %w", desk.ErrUnanswered, err)
	}
	return told(e, err), err
}

// told gives what the outbox keeps of an attempt that failed: the server's words, or what went wrong where it said none, and behind them
// line by line what both sides said.
func told(e *smtp.Error, err error) string {
	if len(e.Dialogue) == 0 {
		return e.Reply
	}
	return cmp.Or(e.Reply, err.Error()) + "\n" + strings.Join(e.Dialogue, "\n")
}

// sender gives the address that a notice's failures come back to: one that only this desk can have made, where it reads them.
func (c *mailCarrier) sender(notice string) string {
	if c.lists == nil {
		return c.carrier.Account.From
	}
	return cmp.Or(tagged(c.bounces, c.lists.Bounce(notice)), c.carrier.Account.From)
}

// tagged puts a tag behind an address's local part; "" where there is no address, or no tag.
func tagged(address, tag string) string {
	at := strings.LastIndexByte(address, '@')
	if at < 0 || tag == "" {
		return ""
	}
	return address[:at] + "+" + tag + address[at:]
}
