package web

import (
	"net"
	"net/http"
	"strings"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/store"
)

// setup takes the token from the address that the start printed, keeps it in a cookie and takes it out of the address.
func (s *site) setup(v *visit) error {
	if s.Auth.Claimed(v.r.Context()) {
		return fault.New(fault.NotFound, "the desk is set up already")
	}
	p := setupPage{Holds: v.who.Setup, Next: local(v.query("next")), Clean: s.Desk.StartClean != nil}
	if t := v.query("token"); t != "" {
		return v.taken(t, p)
	}
	return v.showSetup(p)
}

func (s *site) takeSetup(v *visit) error {
	return v.taken(v.form("token"), setupPage{Next: local(v.form("next")), Clean: s.Desk.StartClean != nil})
}

func (v *visit) taken(token string, p setupPage) error {
	cookie, err := v.s.Auth.TakeSetup(v.r.Context(), strings.TrimSpace(token))
	if err != nil {
		p.Problem, v.status = v.words.Text("setup.wrong-token"), http.StatusForbidden
		v.show("setup", v.words.Text("setup.title"), "", p)
		return nil
	}
	http.SetCookie(v.w, auth.Cookie(v.r, auth.SetupCookie, cookie, 0))
	if p.Next == "/" {
		p.Next = "/setup"
	}
	v.redirect(p.Next)
	return nil
}

func (s *site) firstAccount(v *visit) error {
	if s.Auth.Claimed(v.r.Context()) {
		return fault.New(fault.Conflict, "the desk has an account already")
	}
	name, password := v.form("name"), v.r.PostFormValue("password")
	id, err := s.Auth.Create(v.r.Context(), name, password, auth.Admin, v.words.Lang())
	if err != nil {
		if !fault.Is(err, fault.Invalid) {
			return err
		}
		v.status = http.StatusUnprocessableEntity
		return v.showSetup(setupPage{Holds: true, Step: stepAccount, Name: name, Problem: v.words.Text("setup.account-rules"), Clean: s.Desk.StartClean != nil})
	}
	if err := s.Store.Adopt(v.r.Context(), store.Local, id); err != nil { // stars and lists of the desk's first days
		return err
	}
	if err := v.ownWatches(id); err != nil {
		return err
	}
	http.SetCookie(v.w, auth.Cookie(v.r, auth.SetupCookie, "", -1))
	return v.enter(name, password, "/")
}

// ownWatches gives an account the watches that are nobody's: whoever set the desk up made them.
func (v *visit) ownWatches(account int64) error {
	ws, err := v.s.Store.Watches(v.r.Context())
	if err != nil {
		return err
	}
	for _, w := range ws {
		if w.By != 0 {
			continue
		}
		w.By = account
		if _, err := v.s.Store.SaveWatch(v.r.Context(), w); err != nil {
			return err
		}
	}
	return v.reload()
}

// enter signs in and starts a new session, so that no token from before lives on.
func (v *visit) enter(name, password, next string) error {
	token, err := v.s.Auth.SignInWith(v.r.Context(), name, password, remote(v.r), agentName(v.r.UserAgent()))
	if err != nil {
		return err
	}
	if old, err := v.r.Cookie(auth.SessionCookie); err == nil {
		_ = v.s.Auth.SignOut(v.r.Context(), old.Value) // it may have ended already
	}
	http.SetCookie(v.w, auth.Cookie(v.r, auth.SessionCookie, token, int(auth.SessionLife.Seconds())))
	if a, err := v.s.Store.Account(v.r.Context(), strings.TrimSpace(name)); err == nil {
		v.who.Account = &a
		v.note("signin", "")
	}
	v.redirect(local(next))
	return nil
}

// remote tells the visitor's address for the limit on tries: behind a proxy on this machine the one that the proxy saw, so that one
// visitor's guesses keep nobody else out.
func remote(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	seen := r.Header.Values("X-Forwarded-For")
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() || len(seen) == 0 {
		return host
	}
	all := strings.Split(seen[len(seen)-1], ",")
	if ip := net.ParseIP(strings.TrimSpace(all[len(all)-1])); ip != nil { // the last is the proxy's word, those before are the visitor's
		return ip.String()
	}
	return host
}

type signinPage struct {
	Next, Name, Problem string
}

func (s *site) signinForm(v *visit) error {
	if !s.Auth.Claimed(v.r.Context()) {
		v.redirect("/setup")
		return nil
	}
	v.show("signin", v.words.Text("signin.title"), "", signinPage{Next: local(v.query("next"))})
	return nil
}

func (s *site) signin(v *visit) error {
	name := v.form("name")
	err := v.enter(name, v.r.PostFormValue("password"), v.form("next"))
	key := ""
	switch fault.KindOf(err) {
	case "":
		return nil
	case fault.Denied:
		key, v.status = "signin.wrong", http.StatusForbidden
		v.note("signin-failed", clip(name, 64))
	case fault.Temporary:
		key, v.status = "signin.wait", http.StatusTooManyRequests
	default:
		return err
	}
	v.show("signin", v.words.Text("signin.title"), "", signinPage{Next: local(v.form("next")), Name: name, Problem: v.words.Text(key)})
	return nil
}

func (s *site) signout(v *visit) error {
	if c, err := v.r.Cookie(auth.SessionCookie); err == nil {
		if err := s.Auth.SignOut(v.r.Context(), c.Value); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	http.SetCookie(v.w, auth.Cookie(v.r, auth.SessionCookie, "", -1))
	v.redirect("/signin")
	return nil
}

func (s *site) startClean(v *visit) error {
	if !s.Demo || s.Desk.StartClean == nil {
		return fault.New(fault.Conflict, "this is no demo")
	}
	if err := s.Desk.StartClean(v.r.Context()); err != nil {
		return err
	}
	v.redirect("/setup")
	return nil
}
