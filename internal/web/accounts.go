package web

import (
	"cmp"
	"time"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/store"
)

// accountRoutes are who may sign in and how they come to.
func (s *site) accountRoutes() []route {
	return []route{
		{"GET /settings/accounts", auth.Admin, false, s.accounts},
		{"POST /settings/accounts", auth.Admin, false, s.addAccount},
		{"GET /settings/accounts/{id}", auth.Admin, false, s.account},
		{"POST /settings/accounts/{id}", auth.Admin, false, s.changeAccount},
		{"POST /settings/invitations", auth.Admin, false, s.invite},
		{"POST /settings/invitations/end", auth.Admin, false, s.endInvitation},
		{"GET /invited/{token}", auth.Nobody, false, s.invitedForm},
		{"POST /invited/{token}", auth.Nobody, false, s.acceptInvitation},
		{"GET /forgotten/{token}", auth.Nobody, false, s.forgottenForm},
		{"POST /forgotten/{token}", auth.Nobody, false, s.resetPassword},
	}
}

type accountsPage struct {
	Rows    []accountRow
	Invited []invitation
	Link    string // a new link, shown once
	For     string // whom it is for
	Problem string
}

// accountRow is somebody who may sign in, with when they were here last.
type accountRow struct {
	store.Account
	Seen time.Time
	You  bool
}

type invitation struct {
	store.Session
	By string
}

func (s *site) accounts(v *visit) error { return v.showAccounts(accountsPage{}) }

func (v *visit) showAccounts(p accountsPage) error {
	all, err := v.s.Store.Accounts(v.r.Context())
	if err != nil {
		return err
	}
	for _, a := range all {
		ss, err := v.s.Store.Sessions(v.r.Context(), a.ID)
		if err != nil {
			return err
		}
		p.Rows = append(p.Rows, accountRow{a, lastSeen(ss), v.is(a.ID)})
		for _, x := range ss {
			if auth.IsInvitation(x) {
				p.Invited = append(p.Invited, invitation{x, a.Name})
			}
		}
	}
	if p.Problem != "" {
		v.status = 422
	}
	v.show("accounts", v.words.Text("accounts.title"), "settings", p)
	return nil
}

// lastSeen gives when the latest of some sessions was used or opened.
func lastSeen(ss []store.Session) (last time.Time) {
	for _, x := range ss {
		if at := cmp.Or(x.Used, x.Created); (x.Kind == auth.Browser || x.Kind == auth.Program && !x.Used.IsZero()) && at.After(last) {
			last = at
		}
	}
	return last
}

// is tells whether the visitor is signed in to an account.
func (v *visit) is(account int64) bool { return v.who.Account != nil && v.who.Account.ID == account }

// inPerson refuses programs: a token must not make another that may more or lives longer.
func (v *visit) inPerson() error {
	if v.who.API {
		return fault.New(fault.Denied, "accounts and tokens are for people in a browser, not for programs")
	}
	return nil
}

func (s *site) addAccount(v *visit) error {
	if err := v.inPerson(); err != nil {
		return err
	}
	_, err := s.Auth.Create(v.r.Context(), v.form("name"), v.r.PostFormValue("password"), auth.ParseRole(v.form("role")), v.words.Lang())
	switch {
	case fault.Is(err, fault.Invalid):
		return v.showAccounts(accountsPage{Problem: v.words.Text("setup.account-rules")})
	case fault.Is(err, fault.Conflict):
		return v.showAccounts(accountsPage{Problem: v.words.Text("settings.account-taken")})
	case err != nil:
		return err
	}
	v.about = v.form("name")
	return v.done("/settings/accounts", "account-made")
}

// invite makes a link and shows it once.
func (s *site) invite(v *visit) error {
	if err := v.inPerson(); err != nil {
		return err
	}
	if v.who.Account == nil {
		return fault.New(fault.Invalid, "invitations come from an account; make one first")
	}
	name, role := clip(v.form("for"), 60), auth.ParseRole(v.form("role"))
	token, err := s.Auth.Invite(v.r.Context(), v.who.Account.ID, role, name)
	if err != nil {
		return err
	}
	v.about = role.String() + " " + name
	return v.showAccounts(accountsPage{Link: v.base() + "/invited/" + token, For: name})
}

func (s *site) endInvitation(v *visit) error {
	if err := v.inPerson(); err != nil {
		return err
	}
	x, err := s.Store.Session(v.r.Context(), v.form("session"))
	if err != nil {
		return err
	}
	if !auth.IsInvitation(x) {
		return fault.New(fault.NotFound, "no invitation")
	}
	if err := s.Store.DeleteSession(v.r.Context(), x.TokenHash); err != nil {
		return err
	}
	v.about = x.Name
	return v.done("/settings/accounts", "token-ended")
}

// base gives the address under which links lead here: as the desk's settings say, else as this request came.
func (v *visit) base() string { return cmp.Or(v.desk().Address, v.asBase()) }
