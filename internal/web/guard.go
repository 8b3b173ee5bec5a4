package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"marsad/internal/auth"
	"marsad/internal/fault"
)

// maxBody is what a form or an uploaded page may weigh.
const maxBody = 8 << 20

// policy forbids everything that does not come from this desk; no page needs an inline script or style.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard stands before everything: who may come in, and what browsers are told about every answer.
func (s *site) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin") // other sites learn nothing; refused needs to know the page of a form
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "private, no-cache")
		if no := s.Auth.Admit(r); no != nil {
			v := s.visit(w, r)
			h.Set("Content-Type", "text/plain; charset=utf-8")
			w.WriteHeader(no.Status)
			_, _ = w.Write([]byte(v.words.Text("refused."+no.Kind) + "\n"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// foreign answers a form that another site sent.
func (s *site) foreign(w http.ResponseWriter, r *http.Request) {
	s.visit(w, r).fail(fault.New(fault.Denied, "the form came from another site"))
}

// refused sends those who lack a right where they can get it, and says so to those who cannot.
func (v *visit) refused(need auth.Role, err error) {
	back := url.Values{"next": {v.r.URL.RequestURI()}}
	if v.r.Method != http.MethodGet && v.r.Method != http.MethodHead {
		back = url.Values{"next": {v.referer()}}
	}
	switch {
	case v.r.Header.Get("HX-Request") != "": // a part of a page that is open: neither a form to sign in nor an error page may stand in it
		v.w.WriteHeader(http.StatusForbidden)
	case !v.s.Auth.Claimed(v.r.Context()) && v.who.Role < need:
		v.redirect("/setup?" + back.Encode())
	case v.who.Role == auth.Nobody:
		v.redirect("/signin?" + back.Encode())
	default:
		v.fail(err)
	}
}

// referer gives the path of the page that a form stood on, "/" where unknown or foreign.
func (v *visit) referer() string {
	u, err := url.Parse(v.r.Referer())
	if err != nil || u.Host != v.r.Host {
		return "/"
	}
	return local(u.RequestURI())
}

// local gives a path of this site, "/" for anything that could lead elsewhere.
func local(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}

var statuses = map[fault.Kind]int{
	fault.NotFound: http.StatusNotFound, fault.Invalid: http.StatusUnprocessableEntity, fault.Conflict: http.StatusConflict,
	fault.Denied: http.StatusForbidden, fault.Temporary: http.StatusServiceUnavailable, fault.Permanent: http.StatusBadGateway,
	fault.TooLarge: http.StatusRequestEntityTooLarge, fault.Internal: http.StatusInternalServerError,
}

// fail shows an error: its kind in the reader's words, its own text below unless it is a fault of ours, which goes to the log.
func (v *visit) fail(err error) {
	kind := fault.KindOf(err)
	var over *http.MaxBytesError
	if errors.As(err, &over) {
		kind = fault.TooLarge
	}
	detail := ""
	switch kind {
	case fault.Invalid, fault.Conflict, fault.Denied:
		detail = err.Error() // says what to do
	case fault.Internal:
		v.s.Log.Error("page failed", "path", v.r.URL.Path, "err", err)
	}
	v.status = statuses[kind]
	if kind == fault.Temporary {
		v.w.Header().Set("Retry-After", "5")
	}
	v.show("error", v.words.Text("error."+string(kind)), "", errorPage{string(kind), detail})
}

type errorPage struct{ Kind, Detail string }
