package web

import (
	"html/template"
	"strconv"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

// accountPage is one account, and what would become of everything of theirs if it were removed.
type accountPage struct {
	accountRow
	Link    string
	Last    bool // the only admin
	Open    int  // browsers and programs signed in
	Watches []news.Watch
	Heirs   []store.Account
	Loses   []template.HTML // what they did as a reader
	Told    int             // browsers of theirs that are told of news
	Problem string
	Invited int
}

func (s *site) account(v *visit) error { return v.showAccount("", "") }

func (v *visit) showAccount(link, problem string) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	p, err := v.accountPage(id)
	if err != nil {
		return err
	}
	p.Link, p.Problem = link, problem
	if problem != "" {
		v.status = 409
	}
	v.show("account", i18n.Isolate(p.Name), "settings", p)
	return nil
}

// accountPage gathers what is an account's.
func (v *visit) accountPage(id int64) (p accountPage, err error) {
	ctx, st := v.r.Context(), v.s.Store
	all, err := st.Accounts(ctx)
	if err != nil {
		return p, err
	}
	admins := 0
	for _, a := range all {
		switch {
		case a.ID == id:
			p.Account, p.You = a, v.is(id)
		case auth.ParseRole(a.Role) >= auth.Editor:
			p.Heirs = append(p.Heirs, a)
		}
		if auth.ParseRole(a.Role) == auth.Admin {
			admins++
		}
	}
	if p.ID == 0 {
		return p, fault.New(fault.NotFound, "no account %d", id)
	}
	p.Last = admins == 1 && auth.ParseRole(p.Role) == auth.Admin
	ss, err := st.Sessions(ctx, id)
	if err != nil {
		return p, err
	}
	p.Seen = lastSeen(ss)
	for _, x := range ss {
		switch {
		case auth.IsInvitation(x):
			p.Invited++
		case x.Kind == auth.Browser || x.Kind == auth.Program:
			p.Open++
		}
	}
	if p.Watches, err = v.watchesOf(id); err != nil {
		return p, err
	}
	return p, p.count(v)
}

// mostStars is up to how many stars are counted.
const mostStars = 1000

// count counts what the account did as a reader.
func (p *accountPage) count(v *visit) error {
	ctx, st := v.r.Context(), v.s.Store
	stars, err := st.Stream(ctx, p.ID, store.Stream{Starred: true, N: mostStars})
	if err != nil {
		return err
	}
	tags, err := st.Labels(ctx, p.ID)
	if err != nil {
		return err
	}
	of, err := st.Folders(ctx, p.ID)
	if err != nil {
		return err
	}
	folders := map[string]bool{}
	for _, names := range of {
		for _, n := range names {
			folders[n] = true
		}
	}
	choices, err := st.Choices(ctx, p.ID)
	if err != nil {
		return err
	}
	told, _, err := v.browsers(p.ID)
	p.Told = len(told)
	for _, x := range []struct {
		key string
		n   int
	}{{"stars", len(stars)}, {"tags", len(tags)}, {"folders", len(folders)}, {"choices", len(choices)}} {
		if x.n > 0 {
			p.Loses = append(p.Loses, v.words.T("accounts."+x.key, "n", x.n))
		}
	}
	return err
}

// watchesOf gives the watches that an account made or took over.
func (v *visit) watchesOf(account int64) (out []news.Watch, err error) {
	all, err := v.s.Store.Watches(v.r.Context())
	for _, w := range all {
		if w.By == account {
			out = append(out, w)
		}
	}
	return out, err
}

func (s *site) changeAccount(v *visit) error {
	if err := v.inPerson(); err != nil {
		return err
	}
	id, err := v.id()
	if err != nil {
		return err
	}
	a, err := s.Store.AccountByID(v.r.Context(), id)
	if err != nil {
		return err
	}
	switch v.form("do") {
	case "role":
		return v.changeRole(a)
	case "reset":
		token, err := s.Auth.ResetLink(v.r.Context(), id)
		if err != nil {
			return err
		}
		v.act, v.about = "account-reset", a.Name
		return v.showAccount(v.base()+"/forgotten/"+token, "")
	case "remove":
		return v.removeAccount(a)
	}
	return fault.New(fault.Invalid, "an account cannot be %q", v.form("do"))
}

func (v *visit) changeRole(a store.Account) error {
	role := auth.ParseRole(v.form("role"))
	if role < auth.Reader {
		return fault.New(fault.Invalid, "unknown role")
	}
	err := v.s.Store.SetRole(v.r.Context(), a.ID, role.String())
	if fault.Is(err, fault.Conflict) {
		return v.showAccount("", v.words.Text("accounts.last"))
	}
	if err != nil {
		return err
	}
	v.act, v.about = "account-role", a.Name+": "+a.Role+" → "+role.String()
	if v.is(a.ID) && role < auth.Admin {
		return v.done("/settings", "account-changed")
	}
	return v.done("/settings/accounts/"+i18n.ID(a.ID), "account-changed")
}

// removeAccount hands over or pauses what watches the account made, ends what tells its browsers, and removes it. It begins with what can
// be done again: cut off half-way, it is done once more and nothing is lost.
func (v *visit) removeAccount(a store.Account) error {
	p, err := v.accountPage(a.ID)
	if err != nil {
		return err
	}
	if p.Last {
		return v.showAccount("", v.words.Text("accounts.last"))
	}
	heir, _ := strconv.ParseInt(v.form("heir"), 10, 64) // "pause" is none
	if heir != 0 && (heir == a.ID || !contains(ids(p.Heirs), heir)) || heir == 0 && v.form("heir") != "pause" && len(p.Watches) > 0 {
		return fault.New(fault.Invalid, "say what becomes of the watches")
	}
	for _, w := range p.Watches {
		if w.By = heir; heir == 0 {
			w.Off = true
		}
		if _, err := v.s.Store.SaveWatch(v.r.Context(), w); err != nil {
			return err
		}
	}
	told, _, err := v.browsers(a.ID)
	if err != nil {
		return err
	}
	for _, r := range told {
		if err := v.endBrowser(r); err != nil {
			return err
		}
	}
	if err := v.s.Store.RemoveAccount(v.r.Context(), a.ID); err != nil {
		return err
	}
	v.act, v.about = "account-removed", a.Name
	if len(p.Watches) > 0 {
		if err := v.reload(); err != nil {
			return err
		}
	}
	if v.is(a.ID) {
		v.redirect("/signin")
		return nil
	}
	return v.done("/settings/accounts", "account-removed")
}

func ids(as []store.Account) (out []int64) {
	for _, a := range as {
		out = append(out, a.ID)
	}
	return out
}
