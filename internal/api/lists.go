package api

import (
	"slices"
	"time"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/list"
	"marsad/internal/store"
	"marsad/news"
	"marsad/wire"
)

// listRoutes are the public lists for programs. What touches single people is for admins, as on the pages.
func (s *server) listRoutes() []route {
	if s.Lists == nil {
		return nil
	}
	settings := `{"name", "about", "imprint": string, "langs": [string], "at_once", "send_late", "off": boolean, "time_out": minutes, "releaser", "delegate": recipient, "cap": sign-ups an hour}`
	return []route{
		{"GET", "/lists", auth.Editor, "Public lists with how many they have and what waits for release", nil, "", js, false, s.lists},
		{"POST", "/lists", auth.Editor, "Makes a public list with the watch that feeds it", nil, settings + ` and {"slug": string, "query": string, "breaking": boolean, "zone": string}; name, slug and langs are needed`, js, false, s.makeList},
		{"GET", "/lists/{slug}", auth.Editor, "A public list", nil, "", js, false, s.list},
		{"PATCH", "/lists/{slug}", auth.Editor, "Changes what the body names of a list", nil, settings, js, false, s.changeList},
		{"DELETE", "/lists/{slug}", auth.Admin, "Deletes a list and its watch; who left it stays known by their hash", nil, "", js, false, s.deleteList},
		{"POST", "/lists/{slug}/hold", auth.Editor, "Keeps everything of a list back, or with an empty reason lets it go on", nil, `{"why": string}`, js, false, s.holdList},
		{"POST", "/lists/{slug}/release", auth.Editor, "Sends a letter that waits for release, or cancels it", nil, `{"notice": string, "cancel": boolean}`, js, false, s.releaseLetter},
		{"POST", "/lists/{slug}/import", auth.Admin, "Subscribes people on a legal basis that the caller states and answers for", nil, `{"basis": string, "rows": [string]}, a row being an address or an address, a comma and a language`, js, false, s.importPeople},
		{"GET", "/lists/{slug}/subscribers", auth.Admin, "Everybody who agreed to a list, one JSON object a line, streamed; that it was asked for is written down", nil, "", "application/jsonl", false, s.exportPeople},
		{"POST", "/people/export", auth.Admin, "All that the lists know of one address, for the person", nil, `{"address": string}`, js, false, s.exportPerson},
		{"POST", "/people/erase", auth.Admin, "Forgets one person; the keyed hash stays, so that nobody writes to them again", nil, `{"address": string}`, js, false, s.erasePerson},
	}
}

// listNotes are the routes that are written down once they have done it; the export of a list is before it begins.
var listNotes = []string{"POST /lists", "PATCH /lists/{slug}", "DELETE /lists/{slug}", "POST /lists/{slug}/hold", "POST /lists/{slug}/release", "POST /lists/{slug}/import",
	"POST /people/export", "POST /people/erase"}

type listsAnswer struct {
	Version int         `json:"version"`
	Hold    string      `json:"hold"` // why nothing goes out to any list
	Lists   []wire.List `json:"lists"`
}

// by names the caller, for the ledger.
func (c *call) by() string {
	if c.who.Account != nil {
		return c.who.Account.Name
	}
	return "whoever set the desk up"
}

// listsWith gives lists with their numbers and what waits.
func (c *call) listsWith(ls ...news.PublicList) (out []wire.List, err error) {
	ctx := c.r.Context()
	tallies, err := c.Lists.Store.Tallies(ctx)
	if err != nil {
		return nil, err
	}
	held, err := c.Lists.Store.Unreleased(ctx)
	if err != nil {
		return nil, err
	}
	out = []wire.List{}
	for _, l := range ls {
		w := wire.ListOf(l, list.TimeOut(l), tallies[l.ID])
		for _, h := range held {
			if h.Recipient.ID == l.Recipient {
				n := h.Delivery.Notice
				w.Waiting = append(w.Waiting, wire.Waiting{Notice: n.ID, Headline: h.Headline, Since: stamp(n.Due), Until: stamp(n.Due.Add(list.TimeOut(l)))})
			}
		}
		out = append(out, w)
	}
	return out, nil
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func (s *server) lists(c *call) error {
	ls, err := s.Lists.Store.Lists(c.r.Context())
	if err != nil {
		return err
	}
	a := listsAnswer{Version: wire.Version, Hold: s.Lists.OnHold(c.r.Context())}
	if a.Lists, err = c.listsWith(ls...); err != nil {
		return err
	}
	return c.json(a)
}

// theList gives the list that the path names.
func (c *call) theList() (news.PublicList, error) {
	return c.Lists.BySlug(c.r.Context(), c.r.PathValue("slug"))
}

// answer gives one list as it now is.
func (c *call) answer(l news.PublicList) error {
	out, err := c.listsWith(l)
	if err != nil {
		return err
	}
	return c.json(out[0])
}

func (s *server) list(c *call) error {
	l, err := c.theList()
	if err != nil {
		return err
	}
	return c.answer(l)
}

// listRequest is what a body may say of a list; what it does not name stays.
type listRequest struct {
	Slug     *string  `json:"slug"`
	Query    string   `json:"query"`
	Breaking bool     `json:"breaking"`
	Zone     string   `json:"zone"`
	Name     *string  `json:"name"`
	About    *string  `json:"about"`
	Imprint  *string  `json:"imprint"`
	Langs    []string `json:"langs"`
	AtOnce   *bool    `json:"at_once"`
	SendLate *bool    `json:"send_late"`
	Off      *bool    `json:"off"`
	TimeOut  *int     `json:"time_out"`
	Releaser *int64   `json:"releaser"`
	Delegate *int64   `json:"delegate"`
	Cap      *int     `json:"cap"`
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

const mostMinutes = 7 * 24 * 60

// apply changes what the request names. The error is Invalid.
func (in listRequest) apply(c *call, l *news.PublicList) error {
	set(&l.Name, in.Name)
	set(&l.About, in.About)
	set(&l.Imprint, in.Imprint)
	set(&l.AtOnce, in.AtOnce)
	set(&l.SendLate, in.SendLate)
	set(&l.Off, in.Off)
	set(&l.Releaser, in.Releaser)
	set(&l.Delegate, in.Delegate)
	set(&l.SubscriberCap, in.Cap)
	if in.Langs != nil {
		l.Langs = in.Langs
	}
	if in.TimeOut != nil {
		l.TimeOut = time.Duration(*in.TimeOut) * time.Minute
	}
	for _, tag := range l.Langs {
		if !i18n.Known(tag) {
			return fault.New(fault.Invalid, "the mails of a list cannot be worded in %q", tag)
		}
	}
	if l.TimeOut < 0 || l.TimeOut > mostMinutes*time.Minute || l.SubscriberCap < 0 {
		return fault.New(fault.Invalid, "time_out is of minutes from 0 to %d, cap is not negative", mostMinutes)
	}
	for _, id := range []int64{l.Releaser, l.Delegate} {
		if err := c.mayRelease(id); err != nil {
			return err
		}
	}
	return list.Check(*l)
}

// mayRelease tells whether a recipient can be asked to release letters: one of the desk's own, confirmed, by mail; 0 for nobody.
func (c *call) mayRelease(id int64) error {
	if id == 0 {
		return nil
	}
	r, err := c.People.Recipient(c.r.Context(), id)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if err != nil || r.Carrier != "mail" || r.State != news.Confirmed {
		return fault.New(fault.Invalid, "recipient %d is nobody of the desk's own who has confirmed a mail address", id)
	}
	return nil
}

func (s *server) makeList(c *call) error {
	var in listRequest
	if err := c.body(&in); err != nil {
		return err
	}
	var l news.PublicList
	set(&l.Slug, in.Slug)
	if err := in.apply(c, &l); err != nil {
		return err
	}
	if in.Zone == "" {
		in.Zone = "UTC"
	}
	if _, err := time.LoadLocation(in.Zone); err != nil {
		return fault.New(fault.Invalid, "%q is no time zone", in.Zone)
	}
	l, err := s.Lists.Make(c.r.Context(), s.People, l, in.Query, in.Breaking, in.Zone, c.by())
	if err != nil {
		return err
	}
	if err := c.reload(); err != nil {
		return err
	}
	return c.answer(l)
}

func (s *server) changeList(c *call) error {
	var in listRequest
	if err := c.body(&in); err != nil {
		return err
	}
	if in.Slug != nil || in.Query != "" || in.Breaking || in.Zone != "" {
		return fault.New(fault.Invalid, "slug, query, breaking and zone are given when a list is made; its watch can be changed as any other")
	}
	l, err := c.theList()
	if err != nil {
		return err
	}
	if err := in.apply(c, &l); err != nil {
		return err
	}
	if err := s.Lists.Store.SaveList(c.r.Context(), l); err != nil {
		return err
	}
	return c.answer(l)
}

func (s *server) deleteList(c *call) error {
	l, err := c.theList()
	if err != nil {
		return err
	}
	if err := s.Lists.Delete(c.r.Context(), s.People, l); err != nil {
		return err
	}
	if err := c.reload(); err != nil {
		return err
	}
	return c.json(deletedList{l.Slug})
}

type deletedList struct {
	Deleted string `json:"deleted"`
}

type holdRequest struct {
	Why *string `json:"why"`
}

type releaseRequest struct {
	Notice string `json:"notice"`
	Cancel bool   `json:"cancel"`
}

func (s *server) holdList(c *call) error {
	var in holdRequest
	if err := c.body(&in); err != nil {
		return err
	}
	if in.Why == nil {
		return fault.New(fault.Invalid, `say {"why": "…"}, empty to let the list go on`)
	}
	l, err := c.theList()
	if err != nil {
		return err
	}
	if l, err = s.Lists.HoldList(c.r.Context(), l, *in.Why); err != nil {
		return err
	}
	return c.answer(l)
}

// releaseLetter decides about a letter that waits; one that waits no longer, or is of another list, is NotFound.
func (s *server) releaseLetter(c *call) error {
	var in releaseRequest
	if err := c.body(&in); err != nil {
		return err
	}
	l, err := c.theList()
	if err != nil {
		return err
	}
	held, err := s.Lists.Store.Unreleased(c.r.Context())
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(held, func(h store.OutboxRow) bool {
		return h.Delivery.Notice.ID == in.Notice && h.Recipient.ID == l.Recipient
	}) {
		return fault.New(fault.NotFound, "nothing of this id waits")
	}
	do := s.Release
	if in.Cancel {
		do = s.Cancel
	}
	if do == nil {
		return fault.New(fault.Invalid, "this desk releases nothing by hand")
	}
	if err := do(c.r.Context(), in.Notice); err != nil {
		return err
	}
	return c.answer(l)
}
