package api

import (
	"slices"
	"time"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/news"
	"marsad/query"
	"marsad/wire"
)

type watchesAnswer struct {
	Version int          `json:"version"`
	Watches []wire.Watch `json:"watches"`
	Next    *string      `json:"next"`
}

func (s *server) watches(c *call) error {
	ws, err := s.Store.Watches(c.r.Context())
	if err != nil {
		return err
	}
	counts, err := s.Store.MatchCounts(c.r.Context(), s.Now().Add(-tryFor))
	if err != nil {
		return err
	}
	ws, next, err := listed(c, ws, func(w news.Watch) int64 { return w.ID })
	if err != nil {
		return err
	}
	a := watchesAnswer{wire.Version, []wire.Watch{}, next}
	for _, w := range ws {
		a.Watches = append(a.Watches, wire.WatchOf(w, counts[w.ID]))
	}
	return c.json(a)
}

// watchAnswer answers one watch as it now is.
func (c *call) watchAnswer(w news.Watch) error {
	counts, err := c.Store.MatchCounts(c.r.Context(), c.Now().Add(-tryFor))
	if err != nil {
		return err
	}
	return c.json(wire.WatchOf(w, counts[w.ID]))
}

func (c *call) theWatch() (news.Watch, error) {
	id, err := c.id()
	if err != nil {
		return news.Watch{}, err
	}
	return c.Store.Watch(c.r.Context(), id)
}

func (s *server) watch(c *call) error {
	w, err := c.theWatch()
	if err != nil {
		return err
	}
	return c.watchAnswer(w)
}

// watchRequest is what a body may say of a watch; what it does not name stays, or is as usual.
type watchRequest struct {
	Name       *string     `json:"name"`
	Query      *string     `json:"query"`
	Off        *bool       `json:"off"`
	Recipients []int64     `json:"recipients"`
	Tell       []string    `json:"tell"`
	Digest     []string    `json:"digest"`
	Quiet      *wire.Hours `json:"quiet"`
	Zone       *string     `json:"zone"`
	Cap        *int        `json:"cap"`
	Snoozed    *string     `json:"snoozed"`
	Muted      []int64     `json:"muted"`
	Owner      *int64      `json:"owner"`
}

// tellable are the reasons for which a watch may tell of a story again.
var tellable = []news.ReasonKind{news.Breaking, news.NewSources, news.Denial, news.NewHeadline, news.NewNumber, news.NewQuote, news.Correction}

// apply changes what the request names. The error is Invalid, or the query's own.
func (in watchRequest) apply(c *call, w *news.Watch) (err error) {
	if in.Name != nil {
		if w.Name, err = title(*in.Name, "a watch"); err != nil {
			return err
		}
	}
	if in.Query != nil {
		if _, err := query.Parse(*in.Query); err != nil {
			return err
		}
		w.Query = *in.Query
	}
	set(&w.Off, in.Off)
	if in.Zone != nil {
		w.Zone = *in.Zone
	}
	if _, err := time.LoadLocation(w.Zone); err != nil || w.Zone == "Local" {
		return fault.New(fault.Invalid, "%q is no time zone such as Asia/Beirut", w.Zone)
	}
	if in.Cap != nil {
		if w.Cap = *in.Cap; w.Cap < 0 || w.Cap > 1000 {
			return fault.New(fault.Invalid, "cap is a number of notices a day from 0 to 1000; 0 for the desk's default")
		}
	}
	if err := in.handing(c, w); err != nil {
		return err
	}
	if err := in.hushing(w); err != nil {
		return err
	}
	return in.telling(c, w)
}

// handing hands the watch over to another account, which is for admins to do.
func (in watchRequest) handing(c *call, w *news.Watch) error {
	if in.Owner == nil || *in.Owner == w.By {
		return nil
	}
	if c.who.Role < auth.Admin {
		return fault.New(fault.Denied, "an administrator hands a watch over")
	}
	if _, err := c.Store.AccountByID(c.r.Context(), *in.Owner); err != nil {
		return fault.New(fault.Invalid, "there is no account %d", *in.Owner)
	}
	w.By = *in.Owner
	return nil
}

// mostMuted is how many stories a watch keeps muted.
const mostMuted = 100

// hushing changes until when a watch tells nothing, and of which stories nothing more.
func (in watchRequest) hushing(w *news.Watch) (err error) {
	if in.Snoozed != nil {
		if w.Snoozed = (time.Time{}); *in.Snoozed != "" {
			if w.Snoozed, err = time.Parse(time.RFC3339, *in.Snoozed); err != nil {
				return fault.New(fault.Invalid, "snoozed is a moment in RFC 3339 until which the watch tells nothing, or empty")
			}
		}
	}
	if in.Muted != nil {
		if len(in.Muted) > mostMuted {
			return fault.New(fault.Invalid, "muted holds at most %d stories", mostMuted)
		}
		w.Muted = in.Muted
	}
	return nil
}

// telling changes whom a watch tells, of what and when.
func (in watchRequest) telling(c *call, w *news.Watch) error {
	if in.Recipients != nil {
		w.Recipients = nil
		for _, id := range in.Recipients {
			if _, err := c.Store.Recipient(c.r.Context(), id); err != nil {
				return fault.New(fault.Invalid, "there is no recipient %d; GET /recipients names them", id)
			}
			if !slices.Contains(w.Recipients, id) {
				w.Recipients = append(w.Recipients, id)
			}
		}
	}
	if in.Tell != nil {
		w.Tell = nil
		for _, k := range in.Tell {
			if !slices.Contains(tellable, news.ReasonKind(k)) {
				return fault.New(fault.Invalid, "%q cannot be told; there are %v", k, tellable)
			}
			w.Tell = append(w.Tell, news.ReasonKind(k))
		}
	}
	if in.Digest != nil {
		w.Digest = nil
		for _, s := range in.Digest {
			m, err := minutes(s)
			if err != nil || len(w.Digest) == 24 {
				return fault.New(fault.Invalid, "digest is a list of at most 24 times such as 07:30")
			}
			w.Digest = append(w.Digest, m)
		}
	}
	if in.Quiet == nil {
		return nil
	}
	from, err1 := minutes(in.Quiet.From)
	to, err2 := minutes(in.Quiet.To)
	if err1 != nil || err2 != nil {
		return fault.New(fault.Invalid, `quiet is of two times, {"from": "22:00", "to": "07:00"}; equal ones mean none`)
	}
	w.Quiet = news.QuietHours{From: from, To: to}
	return nil
}

func minutes(s string) (int, error) {
	t, err := time.Parse("15:04", s)
	return t.Hour()*60 + t.Minute(), err
}

func (s *server) addWatch(c *call) error {
	var in watchRequest
	if err := c.body(&in); err != nil {
		return err
	}
	if in.Name == nil || in.Query == nil {
		return fault.New(fault.Invalid, "a watch needs name and query")
	}
	w := news.Watch{Zone: "UTC", Created: s.Now()}
	if c.who.Account != nil {
		w.By = c.who.Account.ID
	}
	return s.saveWatch(c, in, w)
}

func (s *server) changeWatch(c *call) error {
	var in watchRequest
	if err := c.body(&in); err != nil {
		return err
	}
	w, err := c.theWatch()
	if err != nil {
		return err
	}
	return s.saveWatch(c, in, w)
}

func (s *server) saveWatch(c *call, in watchRequest, w news.Watch) (err error) {
	of := w.By
	if err := in.apply(c, &w); err != nil {
		return err
	}
	if w.ID, err = s.Store.SaveWatch(c.r.Context(), w); err != nil {
		return err
	}
	if w.By != of {
		c.write("watch-owner")
	}
	if err := c.reload(); err != nil {
		return err
	}
	return c.watchAnswer(w)
}

func (s *server) deleteWatch(c *call) error {
	w, err := c.theWatch()
	if err != nil {
		return err
	}
	if err := s.Store.DeleteWatch(c.r.Context(), w.ID); err != nil {
		return err
	}
	if err := c.reload(); err != nil {
		return err
	}
	return c.json(deleted{w.ID})
}

func (c *call) reload() error {
	if c.Reload == nil {
		return nil
	}
	return c.Reload(c.r.Context())
}

type recipientsAnswer struct {
	Version    int              `json:"version"`
	Recipients []wire.Recipient `json:"recipients"`
	Next       *string          `json:"next"`
}

func (s *server) recipients(c *call) error {
	rs, err := s.Store.Recipients(c.r.Context())
	if err != nil {
		return err
	}
	rs, next, err := listed(c, rs, func(r news.Recipient) int64 { return r.ID })
	if err != nil {
		return err
	}
	a := recipientsAnswer{wire.Version, []wire.Recipient{}, next}
	for _, r := range rs {
		a.Recipients = append(a.Recipients, wire.RecipientOf(r))
	}
	return c.json(a)
}
