package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/i18n"
)

// visit is one request with all that its answer needs.
type visit struct {
	s      *site
	w      http.ResponseWriter
	r      *http.Request
	who    auth.Visitor
	words  *i18n.Printer
	theme  string // "", light, dark
	plain  bool   // keyboard shortcuts are switched off
	status int
	need   auth.Role // what the route asks for
	act    string    // what was done, for the audit, where the route does several things
	about  string    // whom or what it was done to, where the address does not say it
}

func (s *site) visit(w http.ResponseWriter, r *http.Request) *visit {
	v := &visit{s: s, w: w, r: r, who: s.Auth.Visitor(r), status: http.StatusOK}
	lang := v.cookie("lang")
	if !i18n.Known(lang) && v.who.Account != nil {
		lang = v.who.Account.Lang
	}
	if !i18n.Known(lang) {
		lang = preferred(r.Header.Get("Accept-Language"))
	}
	zone, err := time.LoadLocation(v.cookie("zone"))
	if err != nil || v.cookie("zone") == "" {
		zone = homeZone()
	}
	v.words = i18n.New(i18n.Options{Lang: lang, Zone: zone, Digits: v.cookie("digits"), Now: s.Now()})
	if t := v.cookie("theme"); t == "light" || t == "dark" {
		v.theme = t
	}
	v.plain = v.cookie("keys") == "off"
	return v
}

func (v *visit) cookie(name string) string {
	c, err := v.r.Cookie("marsad-" + name)
	if err != nil {
		return ""
	}
	return c.Value
}

// preferred gives the first language of an Accept-Language header that the interface speaks whole; English where it speaks none.
func preferred(header string) string {
	finished := map[string]bool{}
	for _, l := range i18n.Languages() {
		finished[l.Tag] = !l.Draft
	}
	best, weight := "en", 0.0
	for i, part := range strings.Split(header, ",") {
		if i == 20 {
			break
		}
		tag, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		q := 1.0
		if s, ok := strings.CutPrefix(strings.TrimSpace(params), "q="); ok {
			q, _ = strconv.ParseFloat(s, 64)
		}
		primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if finished[primary] && q > weight {
			best, weight = primary, q
		}
	}
	return best
}

// id reads the number in the path.
func (v *visit) id() (int64, error) {
	id, err := strconv.ParseInt(v.r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, fault.New(fault.NotFound, "no such address")
	}
	return id, nil
}

func (v *visit) form(name string) string { return strings.TrimSpace(v.r.PostFormValue(name)) }
func (v *visit) query(name string) string {
	return strings.TrimSpace(v.r.URL.Query().Get(name))
}

// redirect sends the browser on with GET.
func (v *visit) redirect(to string) {
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
}

// done sends the browser on and has the next page say what happened: key is a phrase under "done.".
func (v *visit) done(to, key string) error {
	u, err := url.Parse(local(to))
	if err != nil {
		return err
	}
	q := u.Query()
	q.Set("done", key)
	u.RawQuery = q.Encode()
	v.redirect(u.String())
	return nil
}

// remember keeps a choice of the reader in the browser.
func (v *visit) remember(name, value string) {
	age := 365 * 24 * 3600
	if value == "" {
		age = -1
	}
	http.SetCookie(v.w, auth.Cookie(v.r, "marsad-"+name, value, age))
}
