package desk

import (
	"context"
	"errors"
	"runtime/debug"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

// deliver sends the notices that are due, several at once, until ctx ends: first what was planned a moment ago for at once, a letter of each
// story in turn, then all others as they are due.
func (d *Desk) deliver(ctx context.Context) error {
	const ahead = 2 // leased for each worker: what breaks meanwhile waits behind them
	return d.drive(ctx, lane{workers: d.Sends, most: d.NoticeLease / 2, bell: d.due, lease: func(ctx context.Context) (vs []news.Delivery, err error) {
		if ids := d.urgent.take(ahead * d.Sends); len(ids) > 0 {
			if vs, err = d.Store.LeaseThese(ctx, ids, d.Now(), d.NoticeLease); err != nil || len(vs) > 0 {
				return vs, err
			}
		}
		return d.Store.LeaseNotices(ctx, d.Now(), ahead*d.Sends, d.NoticeLease)
	}})
}

// attempt makes one attempt at a delivery and stores how it ended.
func (d *Desk) attempt(ctx context.Context, v news.Delivery, most time.Duration, settle func(context.Context, news.Delivery) error) {
	limited, cancel := grace(ctx, most, 10*time.Second)
	defer cancel()
	to, err := d.Store.Recipient(limited, v.Notice.Recipient)
	if err == nil {
		err = d.safely(limited, &v, to)
	}
	if ctx.Err() != nil && limited.Err() != nil {
		return // the desk stops: the lease runs out by itself, and what may have been sent is counted then
	}
	if err != nil {
		d.failed(&v, err)
	}
	ctx, done := finish(ctx)
	defer done()
	if v.State == news.Failed && fault.Is(err, fault.Permanent) {
		if err := d.refused(ctx, to, v.Reply); err != nil {
			d.Log.Error("a recipient that refuses could not be marked", "recipient", v.Notice.Recipient, "err", err)
		}
	}
	if err := d.persist(ctx, "the outcome of a delivery", func(ctx context.Context) error { return settle(ctx, v) }); err != nil {
		d.Log.Error("the outcome of a delivery could not be stored", "notice", v.Notice.ID, "state", v.State, "err", err)
	}
}

func (d *Desk) refused(ctx context.Context, to news.Recipient, reply string) error {
	if d.Refused != nil {
		return d.Refused(ctx, to, reply)
	}
	return d.Store.SetRecipientState(ctx, to.ID, news.Bounced, "", d.Now())
}

// grace gives work that has begun until most to end, but no longer than a while once ctx has ended: a message that is half sent is
// better sent whole than twice.
func grace(ctx context.Context, most, after time.Duration) (context.Context, context.CancelFunc) {
	out, cancel := context.WithTimeout(context.WithoutCancel(ctx), most)
	timer := time.AfterFunc(most, cancel)
	stop := context.AfterFunc(ctx, func() { timer.Reset(after) })
	return out, func() { stop(); timer.Stop(); cancel() }
}

// safely keeps a notice that trips over a fault of ours from taking the desk down with it, now and after every start.
func (d *Desk) safely(ctx context.Context, v *news.Delivery, to news.Recipient) (err error) {
	defer func() {
		if r := recover(); r != nil {
			d.Log.Error("a notice could not be sent for a fault of ours", "notice", v.Notice.ID, "panic", r, "stack", string(debug.Stack()))
			err = fault.New(fault.Invalid, "a fault of the desk's own; its log says more")
		}
	}()
	return d.send(ctx, v, to)
}

// send composes the message unless that was done, and hands it over. A nil error means that v says how it ended.
func (d *Desk) send(ctx context.Context, v *news.Delivery, to news.Recipient) error {
	if !may(v.Notice, to) {
		v.State, v.Done, v.Reply = news.Cancelled, d.Now(), "the recipient is "+string(to.State)
		return nil
	}
	if by, err := d.overtaken(ctx, v.Notice); err != nil {
		return err
	} else if by != "" && v.Message == nil {
		v.State, v.Done, v.Reply = news.Told, d.Now(), by
		return nil
	}
	if why, err := d.unwanted(ctx, *v); err != nil {
		return err
	} else if why != "" {
		v.State, v.Done, v.Reply = news.Cancelled, d.Now(), why
		return nil
	}
	if err := d.freeze(ctx, v, to); err != nil {
		return err
	}
	if until := d.pauses.until(to.ID, d.Now()); !until.IsZero() {
		v.State, v.Next = news.Waiting, until.Add(5*time.Second+spread(v.Notice.ID, until, 5*time.Second))
		v.Reply = "the other side asked to be left alone until " + until.UTC().Format(time.RFC3339)
		return nil
	}
	carrier := d.Carrier(ctx, to.Carrier)
	if carrier == nil || v.Notice.Kind == news.Optin && to.Carrier != "mail" && to.Carrier != news.SubscriberCarrier { // no program can say yes: a person of the desk does
		v.State, v.Reply = news.Held, ""
		return nil
	}
	reply, err := carrier.Send(ctx, *v, to)
	var held *Held
	var later *Later
	switch {
	case errors.As(err, &held):
		v.State, v.Reply = news.Held, held.Why
		return nil
	case errors.As(err, &later):
		v.State, v.Reply, v.Next = news.Waiting, later.Why, later.Until
		return nil
	}
	v.Attempts++
	if v.Reply = reply; err != nil {
		d.pauses.put(to.ID, d.Now(), asksFor(err))
		return err
	}
	v.State, v.Done = news.Sent, d.Now()
	return nil
}

// may tells whether a recipient may be told: the confirmed everything, others only the question whether they want to be.
func may(n news.Notice, to news.Recipient) bool {
	return to.State == news.Confirmed || n.Kind == news.Optin && to.State == news.Unconfirmed
}

func (d *Desk) freeze(ctx context.Context, v *news.Delivery, to news.Recipient) error {
	if v.Message != nil {
		return nil
	}
	if d.Compose == nil {
		return fault.New(fault.Internal, "desk: nothing composes notices")
	}
	n, err := d.gather(ctx, v.Notice, to)
	if err != nil {
		return err
	}
	m, err := d.Compose.Compose(ctx, n, to)
	if err != nil {
		return err
	}
	if v.Notice.Cause != "" { // what it says is frozen with the list's notice
		v.Message = m
		return nil
	}
	v.Message, err = d.freezer.freeze(ctx, d.Store, store.Composed{Notice: v.Notice.ID, Message: m})
	return err
}

// Attempts end after this many, or after this long: whoever has not answered for days is not waited for.
const (
	attempts = 40
	patience = 4 * 24 * time.Hour
)

// failed sets what comes after an attempt that failed.
func (d *Desk) failed(v *news.Delivery, err error) {
	now := d.Now()
	if v.Reply == "" {
		v.Reply = err.Error()
	}
	if errors.Is(err, ErrUnanswered) {
		v.Repeats++
	}
	switch kind := fault.KindOf(err); {
	case kind == fault.NotFound, kind == fault.Conflict: // the recipient is gone, or what the notice tells of; or it was told already
		v.State, v.Done = news.Cancelled, now
	case kind == fault.Permanent, kind == fault.Invalid, kind == fault.TooLarge, v.Attempts >= attempts, now.Sub(v.Notice.Due) > patience:
		v.State, v.Done = news.Failed, now
	default:
		wait := backoff(v.Notice.ID, v.Attempts, now)
		if asked := asksFor(err); asked > wait {
			wait = asked + asked/16 + spread(v.Notice.ID, now, asked/16) // never earlier, and what waits does not come back all at once
		}
		v.State, v.Next = news.Waiting, now.Add(wait)
	}
	d.Log.Warn("a notice could not be delivered", "notice", v.Notice.ID, "state", v.State, "attempts", v.Attempts, "err", err)
}

// backoff gives the time until the next attempt: from half a minute, doubling, to four hours, moved by up to a quarter.
func backoff(notice string, attempts int, now time.Time) time.Duration {
	wait := 30 * time.Second
	for range min(max(attempts-1, 0), 10) {
		wait *= 2
	}
	wait = min(wait, 4*time.Hour)
	return wait + spread(notice, now, wait/4)
}
