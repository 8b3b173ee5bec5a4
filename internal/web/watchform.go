package web

import (
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"marsad/internal/carrier"
	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/news"
)

func contains[T comparable](list []T, x T) bool {
	for _, e := range list {
		if e == x {
			return true
		}
	}
	return false
}

// clock writes minutes after midnight as the form takes them.
func clock(minutes int) string {
	return time.Date(2000, 1, 1, 0, minutes, 0, 0, time.UTC).Format("15:04")
}

func parseClock(s string) (int, bool) {
	t, err := time.Parse("15:04", s)
	return t.Hour()*60 + t.Minute(), err == nil
}

func (s *site) saveWatch(v *visit) error {
	w := news.Watch{Created: v.words.Now(), By: v.account()}
	if v.r.PathValue("id") != "" {
		id, err := v.id()
		if err != nil {
			return err
		}
		if w, err = s.Store.Watch(v.r.Context(), id); err != nil {
			return err
		}
	}
	if err := v.readWatch(&w); err != nil {
		return v.showWatch(w, v.words.Text("watch.problem."+err.Error()))
	}
	if v.form("do") == "try" {
		return v.showWatch(w, "")
	}
	if !v.explain(w.Query).OK {
		return v.showWatch(w, v.words.Text("watch.problem.query"))
	}
	if address := v.form("address"); address != "" {
		id, err := v.addRecipient(address)
		if fault.Is(err, fault.Invalid) {
			return v.showWatch(w, v.words.Text("watch.problem.address"))
		}
		if err != nil {
			return err
		}
		if !contains(w.Recipients, id) {
			w.Recipients = append(w.Recipients, id)
		}
	}
	id, err := s.Store.SaveWatch(v.r.Context(), w)
	if err != nil {
		return err
	}
	if err := v.reload(); err != nil {
		return err
	}
	return v.done("/watches/"+i18n.ID(id), "watch-saved")
}

// readWatch takes a watch's fields from the form. The error's text is a key under "watch.problem.".
func (v *visit) readWatch(w *news.Watch) error {
	w.Name, w.Query, w.Zone, w.Off = v.form("name"), v.form("q"), v.form("zone"), v.form("off") != ""
	if w.Name == "" {
		w.Name = clip(w.Query, 40)
	}
	w.Tell, w.Recipients, w.Digest = nil, nil, nil
	for _, k := range v.r.PostForm["tell"] {
		w.Tell = append(w.Tell, news.ReasonKind(k))
	}
	for _, id := range v.r.PostForm["to"] {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil {
			w.Recipients = append(w.Recipients, n)
		}
	}
	w.Cap, _ = strconv.Atoi(v.form("cap")) // empty: the desk's default
	w.Cap = max(0, min(w.Cap, 1000))
	if _, err := time.LoadLocation(w.Zone); err != nil {
		return errors.New("zone")
	}
	w.Quiet = news.QuietHours{}
	if from, to := v.form("quiet-from"), v.form("quiet-to"); from != "" || to != "" {
		a, ok1 := parseClock(from)
		b, ok2 := parseClock(to)
		if !ok1 || !ok2 {
			return errors.New("quiet")
		}
		w.Quiet = news.QuietHours{From: a, To: b}
	}
	for _, s := range strings.FieldsFunc(v.form("digest"), func(r rune) bool { return r == ' ' || r == ',' || r == '،' || r == ';' }) {
		m, ok := parseClock(s)
		if !ok || len(w.Digest) == 24 {
			return errors.New("digest")
		}
		w.Digest = append(w.Digest, m)
	}
	return nil
}

func (v *visit) reload() error {
	if v.s.Desk.Reload == nil {
		return nil
	}
	return v.s.Desk.Reload(v.r.Context())
}

func (s *site) deleteWatch(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.Store.DeleteWatch(v.r.Context(), id); err != nil {
		return err
	}
	if err := v.reload(); err != nil {
		return err
	}
	return v.done("/watches", "watch-deleted")
}

// addRecipient finds or makes the recipient of an address and asks whether they want to be told.
func (v *visit) addRecipient(address string) (int64, error) {
	name, address, secret, err := carrierOf(address)
	if err != nil {
		return 0, err
	}
	ctx := v.r.Context()
	rs, err := v.s.Store.Recipients(ctx)
	if err != nil {
		return 0, err
	}
	for _, r := range rs {
		if r.Carrier == name && strings.EqualFold(r.Address, address) {
			return r.ID, nil
		}
	}
	r := news.Recipient{Carrier: name, Address: address, Secret: secret, Lang: v.words.Lang(), Zone: v.words.Zone().String(), State: news.Unconfirmed, Created: v.words.Now()}
	id, err := v.s.Store.SaveRecipient(ctx, r)
	if err != nil || v.s.Desk.Ask == nil {
		return id, err
	}
	return id, v.s.Desk.Ask(ctx, id)
}

// carrierOf tells how an address is reached: by mail, for an https address by webhook, or by what it names itself, such as ntfy:https://….
// A token that opens it is taken out of the address.
func carrierOf(typed string) (name, address, secret string, err error) {
	if name, address, secret, ok, err := carrier.Of(typed); ok {
		return name, address, secret, err
	}
	if u, err := url.Parse(typed); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		return "webhook", typed, "", nil
	}
	return "mail", typed, "", checkMail(typed)
}
