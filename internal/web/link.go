package web

import (
	"net/http"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/store"
)

// linkPage is what a link opens that lets somebody in once. Opening it changes nothing: programs that look links over do so.
type linkPage struct {
	Kind    string // "invited", "forgotten" or "gone"
	Role    string // of the account that an invitation makes
	Name    string
	Problem string
}

func (v *visit) showLink(p linkPage) error {
	v.w.Header().Set("Cache-Control", "no-store")
	v.show("link", v.words.Text("link."+p.Kind), "", p)
	return nil
}

// ended says that a link opens nothing, or passes an error on that says something else.
func (v *visit) ended(err error) error {
	if !fault.Is(err, fault.NotFound) {
		return err
	}
	v.status = http.StatusNotFound
	return v.showLink(linkPage{Kind: "gone"})
}

func (s *site) invitedForm(v *visit) error {
	x, err := s.Auth.Invited(v.r.Context(), v.r.PathValue("token"))
	if err != nil {
		return v.ended(err)
	}
	return v.showLink(linkPage{Kind: "invited", Role: x.Scope})
}

// acceptInvitation makes the account and signs it in.
func (s *site) acceptInvitation(v *visit) error {
	ctx, token, name, password := v.r.Context(), v.r.PathValue("token"), v.form("name"), v.r.PostFormValue("password")
	x, err := s.Auth.Invited(ctx, token)
	if err != nil {
		return v.ended(err)
	}
	id, err := s.Auth.Accept(ctx, token, name, password, v.words.Lang())
	again := func(key string) error {
		v.status = http.StatusUnprocessableEntity
		return v.showLink(linkPage{Kind: "invited", Role: x.Scope, Name: name, Problem: v.words.Text(key)})
	}
	switch fault.KindOf(err) {
	case "":
	case fault.Invalid:
		return again("setup.account-rules")
	case fault.Conflict:
		return again("settings.account-taken")
	default:
		return v.ended(err)
	}
	v.who.Account = &store.Account{ID: id, Name: name}
	v.note("invited-came", x.Scope)
	return v.enter(name, password, "/")
}

func (s *site) forgottenForm(v *visit) error {
	a, err := s.Auth.Forgotten(v.r.Context(), v.r.PathValue("token"))
	if err != nil {
		return v.ended(err)
	}
	return v.showLink(linkPage{Kind: "forgotten", Name: a.Name})
}

// resetPassword sets the password that the link is for. Whoever holds the link signs in with it afterwards, as everybody does.
func (s *site) resetPassword(v *visit) error {
	a, err := s.Auth.Reset(v.r.Context(), v.r.PathValue("token"), v.r.PostFormValue("password"))
	if fault.Is(err, fault.Invalid) {
		v.status = http.StatusUnprocessableEntity
		return v.showLink(linkPage{Kind: "forgotten", Name: a.Name, Problem: v.words.Text("setup.account-rules")})
	}
	if err != nil {
		return v.ended(err)
	}
	v.who.Account = &a
	v.note("password", "")
	http.SetCookie(v.w, auth.Cookie(v.r, auth.SessionCookie, "", -1))
	return v.done("/signin", "password-changed")
}
