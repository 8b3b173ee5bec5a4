package web

import (
	"context"
	"html/template"
	"net/http"
	"strings"
	"time"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/list"
	"marsad/news"
)

// listRoutes are the pages of public lists: those of the desk's people below /lists, and those that a mail leads to below /l, which
// anybody may open who holds the link. No GET changes anything: mail scanners follow links.
func (s *site) listRoutes() []route {
	if s.Lists == nil {
		return nil
	}
	return []route{
		{"GET /lists", auth.Editor, false, s.lists},
		{"POST /lists", auth.Editor, false, s.makeList},
		{"POST /lists/adopt", auth.Admin, false, s.adoptLists},
		{"GET /lists/{slug}", auth.Nobody, false, s.joinForm},
		{"POST /lists/{slug}/join", auth.Nobody, false, s.join},
		{"GET /lists/{slug}/edit", auth.Editor, false, s.editList},
		{"POST /lists/{slug}/edit", auth.Editor, false, s.saveList},
		{"POST /lists/{slug}/delete", auth.Admin, false, s.deleteList},
		{"POST /lists/{slug}/import", auth.Admin, false, s.importList},
		{"POST /lists/person", auth.Admin, false, s.person},
		{"GET /l/confirm/{token}", auth.Nobody, false, s.confirmListForm},
		{"POST /l/confirm/{token}", auth.Nobody, false, s.confirmList},
		{"GET /l/leave/{token}", auth.Nobody, false, s.leaveForm},
		{"POST /l/leave/{token}", auth.Nobody, false, s.leave},
		{"GET /l/prefs/{token}", auth.Nobody, false, s.prefsForm},
		{"POST /l/prefs/{token}", auth.Nobody, false, s.savePrefs},
		{"GET /l/never/{token}", auth.Nobody, false, s.neverForm},
		{"POST /l/never/{token}", auth.Nobody, false, s.never},
		{"GET /l/release/{token}", auth.Nobody, false, s.releaseForm},
		{"POST /l/release/{token}", auth.Nobody, false, s.release},
		{"POST /outbox/held", auth.Editor, false, s.releaseHeld},
		{"POST /outbox/{id}/cancel", auth.Editor, false, s.cancelNotice},
		{"POST /outbox/{id}/retry", auth.Editor, false, s.retryNotice},
		{"POST /outbox/{id}/correct", auth.Editor, false, s.tellCorrection},
	}
}

// foreignForms are the addresses that other sites' forms and mail programs may post to: a newsroom's own page, and one-click.
var foreignForms = []string{"POST /lists/{slug}/join", "POST /l/leave/{token}"}

// publicPage is what somebody sees who is not of the desk: one step of signing up, confirming, choosing or leaving.
type publicPage struct {
	Step    string // join, joined, confirm, confirmed, gone, leave, left, prefs, never, never-done, erased
	List    news.PublicList
	Person  list.Person
	Consent template.HTML // the words above the button, with names held apart from them
	Problem string
	Address string // as typed
	Prefs   string // address where they choose what they get; "" where they cannot
	Langs   []langChoice
}

type langChoice struct {
	Tag string
	On  bool
}

// Name gives the list's name, or a word for one that is gone.
func (p publicPage) Name(words *i18n.Printer) string {
	if p.List.Name == "" {
		return words.Text("lists.this-list")
	}
	return p.List.Name
}

func (v *visit) showPublic(title string, p publicPage) error {
	v.w.Header().Set("X-Robots-Tag", "noindex")
	v.show("listpublic", title, "", p)
	return nil
}

func (v *visit) deskName() string {
	if n := v.desk().Name; n != "" {
		return n
	}
	return "Marsad"
}

// speak answers in the language of a list's mail or form where the visitor chose none here: they came from there.
func (v *visit) speak(lang string) {
	if v.cookie("lang") == "" && v.who.Account == nil && i18n.Known(lang) {
		v.words = i18n.New(i18n.Options{Lang: lang, Zone: v.words.Zone(), Digits: v.cookie("digits"), Now: v.words.Now()})
	}
}

// behind gives the person that the token in the path was made for, and speaks their language.
func (v *visit) behind(purpose string) (list.Person, error) {
	p, err := v.s.Lists.Behind(v.r.Context(), purpose, v.r.PathValue("token"))
	if err == nil {
		v.speak(p.Lang)
	}
	return p, err
}

// asks gives the words above the button that subscribes to a list, as the page shows them.
func (v *visit) asks(l news.PublicList) template.HTML {
	return v.words.T("lists.consent", "desk", v.deskName(), "list", l.Name)
}

// consent gives the same words as they are recorded.
func (v *visit) consent(l news.PublicList) string {
	return plainWords(v.words.Text("lists.consent", "desk", v.deskName(), "list", l.Name))
}

// plainWords takes the isolates out of words that are kept.
func plainWords(s string) string {
	return strings.NewReplacer("\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "").Replace(s)
}

func (s *site) joinForm(v *visit) error {
	l, err := s.Lists.BySlug(v.r.Context(), v.r.PathValue("slug"))
	if err != nil {
		return err
	}
	if l.Off {
		return fault.New(fault.NotFound, "the list takes nobody")
	}
	return v.showJoin(l, "", "")
}

func (v *visit) showJoin(l news.PublicList, address, problem string) error {
	p := publicPage{Step: "join", List: l, Consent: v.asks(l), Address: address, Problem: problem}
	for _, tag := range l.Langs {
		p.Langs = append(p.Langs, langChoice{tag, tag == v.words.Lang()})
	}
	return v.showPublic(l.Name, p)
}

// pace is what the time of an answer to a sign-up is a whole number of, mostly one: what had to be done must not show in it.
const pace = 250 * time.Millisecond

// join takes a sign-up, from here or from a form on another site. Known or not, asked too often or never to be asked: the same answer.
func (s *site) join(v *visit) error {
	begun := time.Now()
	l, err := s.Lists.BySlug(v.r.Context(), v.r.PathValue("slug"))
	if err != nil {
		return err
	}
	words := v.consent(l)
	if shown := v.form("consent"); shown != "" { // a form on another site says which words it showed
		words = clip(shown, 1000)
		v.speak(v.form("lang"))
	}
	address, form := v.form("address"), "page /lists/"+l.Slug
	if o := v.r.Header.Get("Origin"); o != "" && o != "null" && !strings.HasSuffix(o, "//"+v.r.Host) {
		form = "form at " + clip(o, 150)
	}
	if v.form("website") == "" { // a field that people do not see: programs fill it in
		err = s.Lists.Join(v.r.Context(), list.Request{Slug: l.Slug, Address: address, Lang: v.form("lang"), Words: words, Form: form, Remote: remote(v.r)})
	}
	wait(v.r.Context(), begun.Add((time.Since(begun)/pace+1)*pace))
	switch fault.KindOf(err) {
	case "":
		return v.showPublic(v.words.Text("lists.joined-title"), publicPage{Step: "joined", List: l, Address: clip(address, 254)})
	case fault.Invalid:
		v.status = http.StatusUnprocessableEntity
		return v.showJoin(l, address, v.words.Text("lists.bad-address"))
	case fault.Temporary:
		v.status = http.StatusTooManyRequests
		return v.showJoin(l, address, v.words.Text("lists.later"))
	}
	return err
}

func wait(ctx context.Context, until time.Time) {
	t := time.NewTimer(time.Until(until))
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

func (s *site) confirmListForm(v *visit) error {
	p, err := v.behind(list.Confirm)
	if err != nil {
		return err
	}
	return v.showConfirm(p)
}

func (v *visit) showConfirm(p list.Person) error {
	step, title := "gone", "lists.confirm-title"
	switch {
	case p.State == news.Confirmed:
		step, title = "confirmed", "lists.confirmed-title"
	case p.State == news.Unconfirmed && p.List.Slug != "":
		step = "confirm"
	}
	prefs := ""
	if step == "confirmed" && p.Address != "" {
		prefs = "/l/prefs/" + v.s.Lists.Link(list.Prefs, p.List.ID, p.Address)
	}
	return v.showPublic(v.words.Text(title), publicPage{Step: step, List: p.List, Person: p, Consent: v.asks(p.List), Prefs: prefs})
}

func (s *site) confirmList(v *visit) error {
	p, err := v.behind(list.Confirm)
	if err != nil {
		return err
	}
	if p, err = s.Lists.Confirm(v.r.Context(), v.r.PathValue("token"), v.consent(p.List), "page /l/confirm"); err != nil {
		return err
	}
	return v.showConfirm(p)
}

func (s *site) leaveForm(v *visit) error {
	p, err := v.behind(list.Leave)
	if err != nil {
		return err
	}
	if p.State == news.Unsubscribed {
		return v.showPublic(v.words.Text("lists.left-title"), publicPage{Step: "left", List: p.List})
	}
	return v.showPublic(v.words.Text("lists.leave-title"), publicPage{Step: "leave", List: p.List, Person: p})
}

// leave ends a subscription: RFC 8058's one click, or the button on the page.
func (s *site) leave(v *visit) error {
	form := "page /l/leave"
	if v.form("List-Unsubscribe") == "One-Click" {
		form = "one-click"
	} else if v.form("do") != "leave" {
		return fault.New(fault.Invalid, "the request must say List-Unsubscribe=One-Click")
	}
	p, err := s.Lists.Leave(v.r.Context(), v.r.PathValue("token"), form)
	if err != nil {
		return err
	}
	v.speak(p.Lang)
	return v.showPublic(v.words.Text("lists.left-title"), publicPage{Step: "left", List: p.List})
}

func (s *site) neverForm(v *visit) error {
	if _, err := v.behind(list.Never); err != nil {
		return err
	}
	return v.showPublic(v.words.Text("lists.never-title"), publicPage{Step: "never"})
}

func (s *site) never(v *visit) error {
	if _, err := v.behind(list.Never); err != nil {
		return err
	}
	if err := s.Lists.Refuse(v.r.Context(), v.r.PathValue("token"), "page /l/never"); err != nil {
		return err
	}
	return v.showPublic(v.words.Text("lists.never-title"), publicPage{Step: "never-done"})
}
