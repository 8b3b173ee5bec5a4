package web

import (
	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/store"
)

// session is a sign-in or a token as the settings show it.
type session struct {
	store.Session
	Here bool // of this browser
}

// sessions gives where the visitor is signed in, and the programs that read for them.
func (v *visit) sessions() (browsers, programs []session, err error) {
	if v.who.Account == nil {
		return nil, nil, nil
	}
	list, err := v.s.Store.Sessions(v.r.Context(), v.who.Account.ID)
	for _, x := range list {
		s := session{x, x.CSRF == v.who.CSRF}
		if x.Kind == "api" {
			programs = append(programs, s)
		} else {
			browsers = append(browsers, s)
		}
	}
	return browsers, programs, err
}

// endSession ends a session or token of the visitor's own.
func (s *site) endSession(v *visit) error {
	browsers, programs, err := v.sessions()
	if err != nil {
		return err
	}
	for _, x := range append(browsers, programs...) {
		if x.TokenHash == v.form("session") {
			if err := s.Store.DeleteSession(v.r.Context(), x.TokenHash); err != nil {
				return err
			}
			return v.done("/settings", "token-ended")
		}
	}
	return fault.New(fault.NotFound, "it has ended already")
}

// changePassword takes a new password from who knows the old one, and signs everything else out.
func (s *site) changePassword(v *visit) error {
	if v.who.Account == nil {
		return fault.New(fault.Invalid, "passwords belong to accounts; make one first")
	}
	err := s.Auth.CheckPassword(v.r.Context(), v.who.Account.Name, v.r.PostFormValue("old"), remote(v.r))
	switch {
	case fault.Is(err, fault.Denied):
		return v.showSettings("", v.words.Text("account.wrong"))
	case fault.Is(err, fault.Temporary):
		return v.showSettings("", v.words.Text("signin.wait"))
	case err != nil:
		return err
	}
	keep := ""
	if c, err := v.r.Cookie(auth.SessionCookie); err == nil {
		keep = c.Value
	}
	err = s.Auth.SetPassword(v.r.Context(), v.who.Account.ID, v.r.PostFormValue("new"), keep)
	if fault.Is(err, fault.Invalid) {
		return v.showSettings("", v.words.Text("setup.account-rules"))
	} else if err != nil {
		return err
	}
	return v.done("/settings", "password-changed")
}

// asBase gives the address under which this request came, for programs to ask.
func (v *visit) asBase() string {
	scheme := "http://"
	if v.r.TLS != nil || v.r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https://"
	}
	return scheme + v.r.Host
}
