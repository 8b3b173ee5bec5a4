package api

import (
	"cmp"
	"slices"
	"strings"

	"marsad/internal/fault"
	"marsad/internal/webpush"
	"marsad/news"
	"marsad/wire"
)

// browser is one that is told, as programs see it: what it said of itself stays with the desk.
type browser struct {
	ID      int64   `json:"id"`
	Name    string  `json:"name"`
	State   string  `json:"state"`
	Since   string  `json:"since"`
	Watches []int64 `json:"watches"`
}

type browsersAnswer struct {
	Version  int       `json:"version"`
	Key      *string   `json:"key"`
	Browsers []browser `json:"browsers"`
}

// browserRequest is what PushSubscription.toJSON gives, and what the desk wants to know besides.
type browserRequest struct {
	Endpoint string `json:"endpoint"`
	Expires  *int64 `json:"expirationTime"`
	Keys     struct {
		P256dh string `json:"p256dh"`
		Auth   string `json:"auth"`
	} `json:"keys"`
	Was  string `json:"was"`
	Name string `json:"name"`
	Lang string `json:"lang"`
	Zone string `json:"zone"`
}

type browserWatches struct {
	Watches []int64 `json:"watches"`
}

func (s *server) book() webpush.Book { return webpush.Book{Store: s.Store, Now: s.Now} }

func (s *server) browsers(c *call) error {
	who, err := c.me()
	if err != nil {
		return err
	}
	rs, _, err := s.book().Of(c.r.Context(), who)
	if err != nil {
		return err
	}
	out := browsersAnswer{Version: wire.Version, Browsers: []browser{}}
	if s.Push != "" {
		out.Key = &s.Push
	}
	for _, r := range rs {
		b, err := c.browser(r)
		if err != nil {
			return err
		}
		out.Browsers = append(out.Browsers, b)
	}
	return c.json(out)
}

// browser gives a browser with the watches that tell it.
func (c *call) browser(r news.Recipient) (browser, error) {
	b := browser{r.ID, r.Address, string(r.State), r.Consented.UTC().Format("2006-01-02T15:04:05Z"), []int64{}}
	ws, err := c.Store.Watches(c.r.Context())
	for _, w := range ws {
		if slices.Contains(w.Recipients, r.ID) {
			b.Watches = append(b.Watches, w.ID)
		}
	}
	return b, err
}

// consentByProgram is what is recorded of a reader whose program subscribed a browser.
const consentByProgram = "a program of the reader's asked for this browser to be told of news until it is ended"

func (s *server) addBrowser(c *call) error {
	who, err := c.me()
	if err != nil {
		return err
	}
	var in browserRequest
	if err := c.body(&in); err != nil {
		return err
	}
	if s.Push == "" {
		return fault.New(fault.Invalid, "this desk tells no browsers")
	}
	if len(in.Name) > 100 || len(in.Lang) > 35 || len(in.Zone) > 60 {
		return fault.New(fault.Invalid, "a name is of up to 100 bytes")
	}
	a := webpush.Asked{Was: in.Was, Name: cmp.Or(strings.Join(strings.Fields(in.Name), " "), "Browser"), By: c.name(), Lang: in.Lang, Zone: in.Zone, Consent: consentByProgram}
	a.Endpoint, a.Reader, a.Keys.P256dh, a.Keys.Auth = in.Endpoint, who, in.Keys.P256dh, in.Keys.Auth
	r, err := s.book().Subscribe(c.r.Context(), a)
	if err != nil {
		return err
	}
	return c.answerBrowser(r)
}

// name gives what the caller is called.
func (c *call) name() string {
	if c.who.Account != nil {
		return c.who.Account.Name
	}
	return "desk"
}

func (c *call) answerBrowser(r news.Recipient) error {
	if err := c.reload(); err != nil {
		return err
	}
	b, err := c.browser(r)
	if err != nil {
		return err
	}
	return c.json(b)
}

// mineBrowser gives the browser of the caller's that the path names.
func (c *call) mineBrowser() (news.Recipient, error) {
	who, err := c.me()
	if err != nil {
		return news.Recipient{}, err
	}
	id, err := c.id()
	if err != nil {
		return news.Recipient{}, err
	}
	return c.book().Mine(c.r.Context(), who, id)
}

// changeBrowser sets which watches tell a browser. It changes whom a watch tells by this browser and nothing else.
func (s *server) changeBrowser(c *call) error {
	r, err := c.mineBrowser()
	if err != nil {
		return err
	}
	var in browserWatches
	if err := c.body(&in); err != nil {
		return err
	}
	ws, err := s.Store.Watches(c.r.Context())
	if err != nil {
		return err
	}
	for _, id := range in.Watches {
		if !slices.ContainsFunc(ws, func(w news.Watch) bool { return w.ID == id }) {
			return fault.New(fault.Invalid, "there is no watch %d", id)
		}
	}
	for _, w := range ws {
		on := slices.Contains(in.Watches, w.ID)
		if on == slices.Contains(w.Recipients, r.ID) {
			continue
		}
		w.Recipients = slices.DeleteFunc(slices.Clone(w.Recipients), func(id int64) bool { return id == r.ID })
		if on {
			w.Recipients = append(w.Recipients, r.ID)
		}
		if _, err := s.Store.SaveWatch(c.r.Context(), w); err != nil {
			return err
		}
	}
	return c.answerBrowser(r)
}

func (s *server) deleteBrowser(c *call) error {
	r, err := c.mineBrowser()
	if err != nil {
		return err
	}
	if err := s.book().End(c.r.Context(), r); err != nil {
		return err
	}
	if err := c.reload(); err != nil {
		return err
	}
	return c.json(deleted{r.ID})
}
