package web

import (
	"html/template"
	"strconv"
	"strings"
	"time"

	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/list"
	"marsad/news"
)

type listsPage struct {
	Rows    []listRow
	Hold    string
	Langs   []i18n.Language
	Problem string
	Form    listForm
}

type listRow struct {
	news.PublicList
	N, Unconfirmed int
	Waiting        []waiting
}

type waiting struct {
	Headline, Token string
}

// listForm is what somebody typed to make a list.
type listForm struct {
	Name, Slug, About, Query, Imprint string
	Breaking                          bool
}

type listPage struct {
	List     news.PublicList
	Minutes  int
	Langs    []langChoice
	People   []news.Recipient
	Embed    string
	Page     string
	N        int
	Imported *list.Imported
	Problem  string
	Watch    string
}

func (s *site) lists(v *visit) error { return v.showLists(listForm{}, "") }

func (v *visit) showLists(form listForm, problem string) error {
	ctx := v.r.Context()
	ls, err := v.s.Lists.Store.Lists(ctx)
	if err != nil {
		return err
	}
	tallies, err := v.s.Lists.Store.Tallies(ctx)
	if err != nil {
		return err
	}
	held, err := v.s.Lists.Store.Unreleased(ctx)
	if err != nil {
		return err
	}
	p := listsPage{Hold: v.s.Lists.OnHold(ctx), Problem: problem, Form: form, Langs: i18n.Languages()}
	for _, l := range ls {
		r := listRow{PublicList: l, N: tallies[l.ID][news.Confirmed], Unconfirmed: tallies[l.ID][news.Unconfirmed]}
		for _, h := range held {
			if h.Recipient.ID == l.Recipient {
				r.Waiting = append(r.Waiting, waiting{h.Headline, v.s.Lists.ReleaseLink(h.Delivery.Notice.ID)})
			}
		}
		p.Rows = append(p.Rows, r)
	}
	if problem != "" {
		v.status = 422
	}
	v.show("lists", v.words.Text("lists.title"), "lists", p)
	return nil
}

func (s *site) makeList(v *visit) error {
	f := listForm{clip(v.form("name"), 80), v.form("slug"), clip(v.form("about"), 500), clip(v.form("q"), 2000), clip(v.form("imprint"), 300), v.form("breaking") != ""}
	l := news.PublicList{Name: f.Name, Slug: f.Slug, About: f.About, Imprint: f.Imprint, Langs: known(v.r.PostForm["langs"])}
	l, err := s.Lists.Make(v.r.Context(), s.Store, l, f.Query, f.Breaking, v.words.Zone().String(), v.by())
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return v.showLists(f, v.words.Text("lists.problem"))
	}
	if err != nil {
		return err
	}
	if err := v.reload(); err != nil {
		return err
	}
	return v.done("/lists/"+l.Slug+"/edit", "list-saved")
}

// by names whoever is at work, for the ledger.
func (v *visit) by() string {
	if v.who.Account != nil {
		return v.who.Account.Name
	}
	return "whoever set the desk up"
}

func known(tags []string) (out []string) {
	for _, t := range tags {
		if i18n.Known(t) && !contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

func (s *site) adoptLists(v *visit) error {
	if err := s.Lists.Adopt(v.r.Context(), v.by()); err != nil {
		return err
	}
	return v.done("/lists", "list-adopted")
}

func (s *site) editList(v *visit) error {
	l, err := s.Lists.BySlug(v.r.Context(), v.r.PathValue("slug"))
	if err != nil {
		return err
	}
	return v.showList(l, nil, "")
}

func (v *visit) showList(l news.PublicList, imported *list.Imported, problem string) error {
	ctx := v.r.Context()
	p := listPage{List: l, Minutes: int(list.TimeOut(l).Minutes()), Imported: imported, Problem: problem, Page: v.home() + "/lists/" + l.Slug, Watch: i18n.ID(l.Watch)}
	for _, lang := range i18n.Languages() {
		p.Langs = append(p.Langs, langChoice{lang.Tag, contains(l.Langs, lang.Tag)})
	}
	rs, err := v.s.Store.Recipients(ctx)
	if err != nil {
		return err
	}
	for _, r := range rs {
		if r.Carrier == "mail" && r.State == news.Confirmed {
			p.People = append(p.People, r)
		}
	}
	tallies, err := v.s.Lists.Store.Tallies(ctx)
	if err != nil {
		return err
	}
	p.N = tallies[l.ID][news.Confirmed]
	p.Embed = v.embed(l)
	if problem != "" {
		v.status = 422
	}
	v.show("listedit", l.Name, "lists", p)
	return nil
}

// home gives the address of the desk's pages as mails and other sites see it.
func (v *visit) home() string {
	if a := v.desk().Address; a != "" {
		return a
	}
	scheme := "http"
	if v.r.TLS != nil || v.r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + v.r.Host
}

// embed gives the sign-up form as another site puts it into its own page: HTML alone, in the list's first language and direction.
func (v *visit) embed(l news.PublicList) string {
	words := i18n.New(i18n.Options{Lang: l.Langs[0], Now: v.words.Now()})
	consent := plainWords(words.Text("lists.consent", "desk", v.deskName(), "list", l.Name))
	var b strings.Builder
	if err := embedded.Execute(&b, map[string]any{"Action": v.home() + "/lists/" + l.Slug + "/join", "W": words, "List": l, "Desk": v.deskName(), "Consent": consent}); err != nil {
		return "" // into memory: cannot fail
	}
	return b.String()
}

var embedded = template.Must(template.New("embed").Parse(`<form action="{{.Action}}" method="post" lang="{{.W.Lang}}" dir="{{.W.Dir}}">
  <p><label>{{.W.Text "lists.address"}} <input type="email" name="address" required dir="ltr" autocomplete="email"></label></p>
  <p hidden><label>{{.W.Text "lists.honey"}} <input name="website" tabindex="-1" autocomplete="off"></label></p>
  <p>{{.W.T "lists.consent" "desk" .Desk "list" .List.Name}}<input type="hidden" name="consent" value="{{.Consent}}"><input type="hidden" name="lang" value="{{.W.Lang}}"></p>
  <p><button>{{.W.Text "lists.join"}}</button></p>
</form>
`))

func (s *site) saveList(v *visit) error {
	l, err := s.Lists.BySlug(v.r.Context(), v.r.PathValue("slug"))
	if err != nil {
		return err
	}
	l.Name, l.About, l.Imprint, l.Langs = clip(v.form("name"), 80), clip(v.form("about"), 500), clip(v.form("imprint"), 300), known(v.r.PostForm["langs"])
	l.AtOnce, l.SendLate, l.Off = v.form("at-once") != "", v.form("send-late") != "", v.form("off") != ""
	minutes, _ := strconv.Atoi(v.form("minutes")) // empty: the default
	l.TimeOut = time.Duration(max(0, min(minutes, 7*24*60))) * time.Minute
	l.Releaser, _ = strconv.ParseInt(v.form("releaser"), 10, 64) // 0: nobody
	l.Delegate, _ = strconv.ParseInt(v.form("delegate"), 10, 64)
	if err := list.Check(l); err != nil {
		return v.showList(l, nil, v.words.Text("lists.problem"))
	}
	if err := s.Lists.Store.SaveList(v.r.Context(), l); err != nil {
		return err
	}
	return v.done("/lists/"+l.Slug+"/edit", "list-saved")
}

func (s *site) deleteList(v *visit) error {
	l, err := s.Lists.BySlug(v.r.Context(), v.r.PathValue("slug"))
	if err != nil {
		return err
	}
	if err := s.Lists.Delete(v.r.Context(), s.Store, l); err != nil {
		return err
	}
	if err := v.reload(); err != nil {
		return err
	}
	return v.done("/lists", "list-deleted")
}

func (s *site) importList(v *visit) error {
	l, err := s.Lists.BySlug(v.r.Context(), v.r.PathValue("slug"))
	if err != nil {
		return err
	}
	out, err := s.Lists.Import(v.r.Context(), l.ID, strings.NewReader(v.r.PostFormValue("rows")), v.form("basis"), v.by())
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.TooLarge) {
		return v.showList(l, nil, err.Error())
	}
	if err != nil {
		return err
	}
	return v.showList(l, &out, "")
}

// person hands out or forgets what is known of an address, when somebody asks the desk for it.
func (s *site) person(v *visit) error {
	address := v.form("address")
	if v.form("do") == "erase" {
		if err := s.Lists.Erase(v.r.Context(), address, v.by()); err != nil {
			return err
		}
		return v.done("/lists", "person-erased")
	}
	r, err := s.Lists.Export(v.r.Context(), address)
	if err != nil {
		return err
	}
	return v.download("person.json", r)
}

func (s *site) releaseHeld(v *visit) error {
	if s.Desk.ReleaseHeld == nil {
		return fault.New(fault.Invalid, "this desk releases nothing by hand")
	}
	if _, _, err := s.Desk.ReleaseHeld(v.r.Context()); err != nil {
		return err
	}
	return v.done("/outbox", "held-released")
}

func (s *site) cancelNotice(v *visit) error {
	if err := s.Desk.Cancel(v.r.Context(), v.r.PathValue("id")); err != nil {
		return err
	}
	return v.done("/outbox", "notice-cancelled")
}

func (s *site) retryNotice(v *visit) error {
	if err := s.Desk.Retry(v.r.Context(), v.r.PathValue("id")); err != nil {
		return err
	}
	return v.done("/outbox", "notice-retried")
}

// tellCorrection tells everybody who was sent a notice's story what was wrong with it, in the words of whoever corrects.
func (s *site) tellCorrection(v *visit) error {
	words := clip(v.form("words"), 1000)
	if words == "" || s.Desk.TellCorrection == nil {
		return fault.New(fault.Invalid, "a correction needs words")
	}
	r, err := s.Store.Delivery(v.r.Context(), v.r.PathValue("id"))
	if err != nil {
		return err
	}
	if r.Delivery.Notice.Story == 0 {
		return fault.New(fault.Invalid, "this notice tells of no story")
	}
	if _, err := s.Desk.TellCorrection(v.r.Context(), r.Delivery.Notice.Story, words); err != nil {
		return err
	}
	return v.done("/outbox", "correction-told")
}
