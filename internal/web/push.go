package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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
		{"GET /sw.js", auth.Nobody, false, s.worker},
	}
}

// mostBrowsers is how many of a reader's may be told.
const mostBrowsers = 10

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

// browsers gives all browsers that are told, the reader's or everybody's (0), with what each said of itself.
func (v *visit) browsers(reader int64) (rs []news.Recipient, subs []webpush.Subscription, err error) {
	all, err := v.s.Store.Recipients(v.r.Context())
	if err != nil {
		return nil, nil, err
	}
	for _, r := range all {
		var sub webpush.Subscription
		if r.Carrier != webpush.Name || json.Unmarshal([]byte(r.Secret), &sub) != nil || reader != 0 && sub.Reader != reader {
			continue
		}
		rs, subs = append(rs, r), append(subs, sub)
	}
	return rs, subs, nil
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

// worker gives the script that receives news; at the root, so that it stands for the whole site.
func (s *site) worker(v *visit) error {
	v.w.Header().Set("Cache-Control", "no-cache")
	v.send("text/javascript; charset=utf-8", s.static.byName["sw.js"].body)
	return nil
}

// subscribe keeps a browser. One that subscribes again, here or by its service worker, stays the recipient that it was, so that the
// watches go on telling it; one that another reader used before is theirs no longer.
func (s *site) subscribe(v *visit) error {
	reader, err := v.own()
	if err != nil {
		return err
	}
	sub := webpush.Subscription{Endpoint: v.form("endpoint"), Reader: reader}
	sub.Keys.P256dh, sub.Keys.Auth = v.form("p256dh"), v.form("auth")
	if sub.Check() != nil || s.Push == "" {
		return v.showPush(v.words.Text("push.problem"))
	}
	r, full, err := v.sameBrowser(sub, v.form("was"))
	if err != nil {
		return err
	}
	if full {
		return v.showPush(v.words.Text("push.many", "n", mostBrowsers))
	}
	secret, err := json.Marshal(sub)
	if err != nil {
		return err
	}
	now := v.words.Now()
	if r.ID == 0 {
		sum := sha256.Sum256([]byte(sub.Endpoint))
		r = news.Recipient{Carrier: webpush.Name, Address: strings.Join([]string{browserName(v.r.UserAgent()), v.by(), hex.EncodeToString(sum[:4])}, " · "), Created: now}
	}
	r.Secret, r.Lang, r.Zone = string(secret), v.words.Lang(), v.words.Zone().String()
	r.State, r.Consent, r.Consented = news.Confirmed, plainWords(v.words.Text("push.consent", "desk", v.deskName())), now
	id, err := s.Store.SaveRecipient(v.r.Context(), r)
	if err != nil {
		return err
	}
	v.remember("push", i18n.ID(id))
	if err := v.reload(); err != nil {
		return err
	}
	return v.done("/settings/push", "settings-saved")
}

// sameBrowser gives the recipient that a subscription belongs to already: by its endpoint, by the one that it replaces, or by what this
// browser remembers. full says that the reader has as many as there may be.
func (v *visit) sameBrowser(sub webpush.Subscription, was string) (same news.Recipient, full bool, err error) {
	rs, subs, err := v.browsers(0)
	if err != nil {
		return same, false, err
	}
	n := 0
	for i, r := range rs {
		mine := subs[i].Reader == sub.Reader
		switch {
		case mine && (subs[i].Endpoint == sub.Endpoint || was != "" && subs[i].Endpoint == was || v.cookie("push") == i18n.ID(r.ID)):
			same = r
		case subs[i].Endpoint == sub.Endpoint:
			if err := v.endBrowser(r); err != nil {
				return same, false, err
			}
		case mine && r.State == news.Confirmed:
			n++
		}
	}
	return same, same.ID == 0 && n >= mostBrowsers, nil
}

// endBrowser stops telling a browser, and forgets what it said of itself.
func (v *visit) endBrowser(r news.Recipient) error {
	if err := v.setState(r.ID, news.Unsubscribed, ""); err != nil {
		return err
	}
	r.State, r.Secret = news.Unsubscribed, ""
	_, err := v.s.Store.SaveRecipient(v.r.Context(), r)
	return err
}

// myBrowser gives the browser that a form names, if it is the reader's.
func (v *visit) myBrowser() (news.Recipient, error) {
	reader, err := v.own()
	if err != nil {
		return news.Recipient{}, err
	}
	rs, _, err := v.browsers(reader)
	if err != nil {
		return news.Recipient{}, err
	}
	for _, r := range rs {
		if i18n.ID(r.ID) == v.form("browser") {
			return r, nil
		}
	}
	return news.Recipient{}, fault.New(fault.NotFound, "no such browser of yours")
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
