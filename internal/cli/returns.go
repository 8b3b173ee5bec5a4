package cli

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"time"

	"marsad/internal/bounce"
	"marsad/internal/fault"
	"marsad/internal/list"
	"marsad/internal/smtp"
	"marsad/news"
)

// returnsEvery is how often the mailbox that failures come back to is looked into.
const returnsEvery = 20 * time.Second

// returns reads what comes back and does what it asks for. Only a chore calls it, one at a time.
type returns struct {
	house *house
	log   *slog.Logger
	next  time.Time
}

func (r *returns) read(ctx context.Context) error {
	if now := time.Now(); now.Before(r.next) {
		return nil
	} else {
		r.next = now.Add(returnsEvery)
	}
	o := outOf(ctx, r.house.store)
	each := func(message []byte) error { return r.take(ctx, o.Bounces, message) }
	switch m := o.Mailbox; {
	case o.Bounces == "":
		return nil
	case m.Mbox:
		return r.mbox(ctx, m.Path, each)
	case m.Path != "":
		return bounce.Maildir(m.Path, each)
	case m.Host != "":
		return bounce.IMAP(ctx, bounce.Account{Host: m.Host, Port: m.Port, Security: m.Security, User: m.User, Password: m.Password, TokenFile: m.Token, Folder: m.Folder}, each)
	}
	return nil
}

// settingRead is the setting that holds how far the mbox file was read.
const settingRead = "mail-read"

// mbox reads an mbox file from where it was read the last time, and remembers how far it came, also where it came to a stop.
func (r *returns) mbox(ctx context.Context, path string, each func([]byte) error) error {
	var from, to bounce.Mark
	setting(ctx, r.house.store, settingRead, &from)
	to, err := bounce.Mbox(path, from, each)
	if to == from {
		return err
	}
	b, e := json.Marshal(to)
	if e == nil {
		e = r.house.store.SetSetting(ctx, settingRead, b)
	}
	return errors.Join(err, e)
}

// take judges one message. Who forges one knows no tag, and a tag says only what happened to its own notice.
func (r *returns) take(ctx context.Context, address string, message []byte) error {
	report, err := bounce.Read(message, address)
	if err != nil {
		r.log.Info("a message that came back cannot be read", "err", err)
		return nil // it will not be readable tomorrow
	}
	if exit, ok := r.house.lists.OpenExit(report.Tag); ok {
		return r.leave(ctx, exit, report)
	}
	notice, ok := r.house.lists.OpenBounce(report.Tag)
	if !ok || report.Means() == bounce.Nothing {
		return nil
	}
	row, err := r.house.store.Delivery(ctx, notice)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return r.act(ctx, report, row.Delivery, row.Recipient)
}

// leave does for somebody who wrote to their way out what the page does. Mail programs write such a mail, and providers report a reader's
// complaint there; what answers by itself is not the reader's word.
func (r *returns) leave(ctx context.Context, exit list.Exit, report bounce.Report) error {
	if !report.Written && report.Means() != bounce.Complained {
		return nil
	}
	if exit.Recipient == 0 {
		return r.house.lists.LeaveBy(ctx, exit, "mail")
	}
	to, err := r.house.store.Recipient(ctx, exit.Recipient)
	if fault.Is(err, fault.NotFound) || err == nil && to.State == news.Unsubscribed {
		return nil
	}
	if err != nil {
		return err
	}
	return r.house.store.SetRecipientState(ctx, to.ID, news.Unsubscribed, "", time.Now())
}

// cameBack begins the reply of a delivery that came back.
const cameBack = "came back: "

// act does what a report asks for, once: an mbox file that was rewritten is read again, and who has agreed anew since is not marked again.
func (r *returns) act(ctx context.Context, report bounce.Report, d news.Delivery, to news.Recipient) error {
	if d.State == news.Failed && strings.HasPrefix(d.Reply, cameBack) {
		return nil
	}
	r.log.Info("a message came back", "notice", d.Notice.ID, "status", report.Status, "means", report.Means())
	switch report.Means() {
	case bounce.Gone:
		if to.ID != 0 && to.State != news.Unsubscribed {
			if err := r.house.refused(ctx, to, report.Words); err != nil {
				return err
			}
		}
	case bounce.Complained:
		return r.complained(ctx, report, d, to)
	case bounce.Refused:
		r.house.posts.unwanted(smtp.Domain(to.Address))
	}
	if d.State != news.Sent {
		return nil
	}
	d.State, d.Reply = news.Failed, cameBack+report.Status+" "+report.Words
	return r.house.store.Settle(ctx, d)
}

// complaint begins the reply of a delivery that its reader complained of.
const complaint = "complained of: "

// complained ends what goes to somebody who called a message unwanted, once for each message: it arrived, and stays sent.
func (r *returns) complained(ctx context.Context, report bounce.Report, d news.Delivery, to news.Recipient) error {
	if strings.HasPrefix(d.Reply, complaint) {
		return nil
	}
	if to.ID != 0 {
		if err := r.house.unwelcome(ctx, to, report.Words); err != nil {
			return err
		}
	}
	if d.State != news.Sent {
		return nil
	}
	d.Reply = complaint + report.Words
	return r.house.store.Settle(ctx, d)
}

// unwanted closes the gate to a domain that sent mail back because it does not want it.
func (p *posts) unwanted(domain string) {
	p.mu.Lock()
	gate := p.gate
	p.mu.Unlock()
	if gate != nil {
		gate.Unwanted(domain)
	}
}
