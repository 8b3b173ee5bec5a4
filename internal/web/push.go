package web

import (
	"encoding/json"
	"errors"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/webpush"
	"marsad/news"
)

// pushRoutes are how a reader's browsers come to be told of news (Web Push). What a reader does here is theirs: it changes whom a watch
// tells by their own browser and nothing else.
func (s *site) pushRoutes() []route {
	return []route{
		{"GET /settings/push", auth.Reader, false, s.pushPage},
		{"GET /settings/push/key", auth.Reader, false, s.pushKey},
		{"POST /settings/push", auth.Reader, false, s.subscribe},
		{"POST /settings/push/end", auth.Reader, false, s.endPush},
		{"POST /settings/push/test", auth.Reader, false, s.testPush},
		{"POST /settings/push/watches", auth.Reader, false, s.pushWatches},
	}
}

type pushPage struct {
	Key      string // the desk's public key, "" where there is none
	Mine     bool   // the reader has a name here, to whom a browser can belong
	Here     bool   // this browser is subscribed
	Desk     string
	Browsers []pushed
	Problem  string
}

// pushed is one browser of the reader's.
type pushed struct {
	news.Recipient
	Here    bool
	Watches []choice
}

// book keeps the browsers of the desk's readers.
func (s *site) book() webpush.Book { return webpush.Book{Store: s.Store, Now: s.Now} }

// browsers gives all browsers that are told, the reader's or everybody's (0), with what each said of itself.
func (v *visit) browsers(reader int64) ([]news.Recipient, []webpush.Subscription, error) {
	return v.s.book().Of(v.r.Context(), reader)
}

// endBrowser stops telling a browser, and forgets what it said of itself.
func (v *visit) endBrowser(r news.Recipient) error {
	if err := v.s.book().End(v.r.Context(), r); err != nil {
		return err
	}
	return v.reload()
}

func (s *site) pushPage(v *visit) error { return v.showPush("") }

func (v *visit) showPush(problem string) error {
	p := pushPage{Key: v.s.Push, Mine: v.reader() != 0, Desk: v.deskName(), Problem: problem}
	if p.Mine {
		rs, _, err := v.browsers(v.reader())
		if err != nil {
			return err
		}
		ws, err := v.s.Store.Watches(v.r.Context())
		if err != nil {
			return err
		}
		for _, r := range rs {
			b := pushed{Recipient: r, Here: v.cookie("push") == i18n.ID(r.ID)}
			for _, w := range ws {
				b.Watches = append(b.Watches, choice{i18n.ID(w.ID), run(w.Name, "").HTML(), contains(w.Recipients, r.ID), template.HTML("")})
			}
			p.Here = p.Here || b.Here
			p.Browsers = append(p.Browsers, b)
		}
	}
	if problem != "" {
		v.status = 422
	}
	v.show("push", v.words.Text("push.title"), "settings", p)
	return nil
}

// pushKey gives a service worker what it needs to subscribe anew when the browser's own subscription ends.
func (s *site) pushKey(v *visit) error {
	b, err := json.Marshal(map[string]string{"key": s.Push, "csrf": v.who.CSRF})
	if err != nil {
		return err
	}
	v.send("application/json", b)
	return nil
}

// subscribe keeps a browser.
func (s *site) subscribe(v *visit) error {
	reader, err := v.own()
	if err != nil {
		return err
	}
	if s.Push == "" {
		return v.showPush(v.words.Text("push.problem"))
	}
	a := webpush.Asked{Was: v.form("was"), Name: browserName(v.r.UserAgent()), By: v.by(), Lang: v.words.Lang(), Zone: v.words.Zone().String(),
		Consent: plainWords(v.words.Text("push.consent", "desk", v.deskName()))}
	a.Endpoint, a.Reader, a.Keys.P256dh, a.Keys.Auth = v.form("endpoint"), reader, v.form("p256dh"), v.form("auth")
	a.Before, _ = strconv.ParseInt(v.cookie("push"), 10, 64) // 0 for none
	r, err := s.book().Subscribe(v.r.Context(), a)
	switch {
	case errors.Is(err, webpush.ErrMany):
		return v.showPush(v.words.Text("push.many", "n", webpush.MostBrowsers))
	case fault.Is(err, fault.Invalid):
		return v.showPush(v.words.Text("push.problem"))
	case err != nil:
		return err
	}
	v.remember("push", i18n.ID(r.ID))
	if err := v.reload(); err != nil {
		return err
	}
	return v.done("/settings/push", "settings-saved")
}

// myBrowser gives the browser that a form names, if it is the reader's.
func (v *visit) myBrowser() (news.Recipient, error) {
	reader, err := v.own()
	if err != nil {
		return news.Recipient{}, err
	}
	id, _ := strconv.ParseInt(v.form("browser"), 10, 64) // 0 is nobody's
	return v.s.book().Mine(v.r.Context(), reader, id)
}

func (s *site) endPush(v *visit) error {
	r, err := v.myBrowser()
	if err != nil {
		return err
	}
	if err := v.endBrowser(r); err != nil {
		return err
	}
	if v.cookie("push") == i18n.ID(r.ID) {
		v.remember("push", "")
	}
	return v.done("/settings/push", "settings-saved")
}

func (s *site) testPush(v *visit) error {
	r, err := v.myBrowser()
	if err != nil {
		return err
	}
	if s.Desk.TestMail == nil {
		return fault.New(fault.Invalid, "this desk sends no tests")
	}
	if err := s.Desk.TestMail(v.r.Context(), r.ID); err != nil {
		return err
	}
	return v.done("/settings/push", "test-planned")
}

// pushWatches sets which watches tell one of the reader's browsers.
func (s *site) pushWatches(v *visit) error {
	r, err := v.myBrowser()
	if err != nil {
		return err
	}
	ws, err := s.Store.Watches(v.r.Context())
	if err != nil {
		return err
	}
	for _, w := range ws {
		on := contains(v.r.PostForm["watch"], strconv.FormatInt(w.ID, 10))
		if on == contains(w.Recipients, r.ID) {
			continue
		}
		if w.Recipients = slices.DeleteFunc(w.Recipients, func(id int64) bool { return id == r.ID }); on {
			w.Recipients = append(w.Recipients, r.ID)
		}
		if _, err := s.Store.SaveWatch(v.r.Context(), w); err != nil {
			return err
		}
	}
	if err := v.reload(); err != nil {
		return err
	}
	return v.done("/settings/push", "settings-saved")
}

// makers and systems are how browsers give themselves away, the most particular first.
var (
	makers  = [][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"}, {"Chrom", "Chrome"}, {"Safari", "Safari"}}
	systems = [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"}}
)

// browserName names a browser as its owner would.
func browserName(agent string) string {
	name := func(of [][2]string, otherwise string) string {
		for _, p := range of {
			if strings.Contains(agent, p[0]) {
				return p[1]
			}
		}
		return otherwise
	}
	return strings.TrimSuffix(name(makers, "Browser")+", "+name(systems, ""), ", ")
}
