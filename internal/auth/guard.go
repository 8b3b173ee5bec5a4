package auth

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"marsad/internal/fault"
)

// The names of the cookies.
const (
	SessionCookie = "marsad"
	SetupCookie   = "marsad-setup"
)

// Refusal is why a request does not reach the pages.
type Refusal struct {
	Status int
	Kind   string // "host", "loopback", "origin": keys that the rim puts into words
}

// Admit decides whether a request may come in at all: its Host must be one of ours, which stops DNS rebinding, and until an account
// exists it must come from this machine, straight. A nil Refusal admits.
func (k *Keeper) Admit(r *http.Request) *Refusal {
	if !k.hosts[hostname(r.Host)] {
		return &Refusal{http.StatusMisdirectedRequest, "host"}
	}
	if !k.Claimed(r.Context()) && (!loopback(r.RemoteAddr) || forwarded(r)) {
		return &Refusal{http.StatusForbidden, "loopback"}
	}
	return nil
}

func hostname(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

func loopback(remote string) bool {
	ap, err := netip.ParseAddrPort(remote)
	return err == nil && ap.Addr().Unmap().IsLoopback()
}

// forwarded tells whether a proxy passed the request on: then the loopback address is the proxy's, not the visitor's.
func forwarded(r *http.Request) bool {
	return r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" || r.Header.Get("X-Real-Ip") != ""
}

// bearer gives the token of an Authorization header: of OAuth's kind, or of the Google Reader API's.
func bearer(header string) (string, bool) {
	for _, kind := range []string{"Bearer ", "GoogleLogin auth="} {
		if token, ok := strings.CutPrefix(header, kind); ok {
			return strings.TrimSpace(token), true
		}
	}
	return "", false
}

// Visitor says who makes the request. A session that is unknown or has ended is nobody's.
func (k *Keeper) Visitor(r *http.Request) Visitor {
	if bearer, ok := bearer(r.Header.Get("Authorization")); ok {
		v := k.session(r, bearer, Program)
		v.API = true
		return v
	}
	if _, password, ok := r.BasicAuth(); ok { // browsers send it along unasked: it reads, and changes nothing
		v := k.session(r, password, Program)
		v.CSRF = ""
		return v
	}
	if !k.Claimed(r.Context()) {
		if c, err := r.Cookie(SetupCookie); err == nil && same(c.Value, k.holder()) {
			return Visitor{Role: Admin, CSRF: k.csrf(), Setup: true}
		}
		return Visitor{Role: Reader}
	}
	if c, err := r.Cookie(SessionCookie); err == nil {
		return k.session(r, c.Value, Browser)
	}
	return Visitor{}
}

func (k *Keeper) session(r *http.Request, token, kind string) Visitor {
	s, err := k.store.Session(r.Context(), hash(token))
	if err != nil || s.Kind != kind || !k.now().Before(s.Expires) {
		return Visitor{}
	}
	a, err := k.store.AccountByID(r.Context(), s.Account)
	if err != nil {
		return Visitor{}
	}
	if now := k.now(); now.Sub(s.Used) >= usedEvery {
		_ = k.store.UseSession(r.Context(), s.TokenHash, now) // who visits is not turned away because it cannot be noted
	}
	v := Visitor{Account: &a, Role: ParseRole(a.Role), CSRF: s.CSRF, Scope: s.Scope}
	if v.Scope != "" {
		v.Role = min(v.Role, Reader)
	}
	return v
}

// usedEvery is how exactly it is noted when a session was last used.
const usedEvery = time.Hour

// May tells whether a visitor may make a request that needs a role. One that changes something must carry the visitor's form token,
// unless it came with an API token. The error is Denied.
func (v Visitor) May(need Role, r *http.Request) error {
	if v.Role < need {
		return fault.New(fault.Denied, "this needs the role %s", need)
	}
	if safe(r.Method) || need == Nobody {
		return nil
	}
	if v.API && v.Scope == Reads {
		return fault.New(fault.Denied, "this token reads and changes nothing")
	}
	if v.API {
		return nil
	}
	given := r.Header.Get("X-CSRF-Token")
	if given == "" {
		given = r.PostFormValue("csrf")
	}
	if v.CSRF == "" || !same(given, v.CSRF) {
		return fault.New(fault.Denied, "the form is stale; load the page again")
	}
	return nil
}

func safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// Cookie makes a cookie that scripts cannot read and other sites cannot send along with a form. Where the visitor's way here is
// encrypted, to us or to a proxy that says so, it never goes another way. A negative age removes it.
func Cookie(r *http.Request, name, value string, seconds int) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: seconds, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"}
}
