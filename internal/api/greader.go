package api

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/i18n"
)

// The Google Reader API lets existing programs read the desk: each source is a subscription, and so is each watch. It was never
// described by its makers; what is answered here is what the programs that outlived it ask for, as FreshRSS, Miniflux and FeedHQ
// answer them. Programs ask below the address that they were given, so it is answered at the root and where FreshRSS has it.
var greaderRoots = []string{"", "/api/greader.php"}

// greaderRoute is an operation of the Google Reader API.
type greaderRoute struct {
	pattern string // method and path below a root
	need    auth.Role
	do      func(*call) error
}

func (s *server) greaderRoutes() []greaderRoute {
	const at = "/reader/api/0/"
	return []greaderRoute{
		{"POST /accounts/ClientLogin", auth.Nobody, s.clientLogin},
		{"GET " + at + "token", auth.Reader, s.editToken},
		{"GET " + at + "user-info", auth.Reader, s.userInfo},
		{"GET " + at + "subscription/list", auth.Reader, s.subscriptions},
		{"GET " + at + "subscription/export", auth.Reader, s.subscriptionExport},
		{"POST " + at + "subscription/edit", auth.Reader, s.subscriptionEdit},
		{"POST " + at + "subscription/quickadd", auth.Editor, s.quickAdd},
		{"GET " + at + "tag/list", auth.Reader, s.tags},
		{"GET " + at + "unread-count", auth.Reader, s.unreadCount},
		{"GET " + at + "stream/contents/{stream...}", auth.Reader, s.streamContents},
		{"GET " + at + "stream/contents", auth.Reader, s.streamContents},
		{"GET " + at + "stream/items/ids", auth.Reader, s.itemIDs},
		{"GET " + at + "stream/items/count", auth.Reader, s.itemCount},
		{"GET " + at + "stream/items/contents", auth.Reader, s.itemContents},
		{"POST " + at + "stream/items/contents", auth.Reader, s.itemContents},
		{"GET /reader/atom/{stream...}", auth.Reader, s.streamAtom},
		{"POST " + at + "edit-tag", auth.Reader, s.editTag},
		{"POST " + at + "mark-all-as-read", auth.Reader, s.markAllRead},
		{"POST " + at + "rename-tag", auth.Reader, s.renameTag},
		{"POST " + at + "disable-tag", auth.Reader, s.disableTag},
		{"GET " + at + "preference/list", auth.Reader, s.noPreferences},
		{"GET " + at + "preference/stream/list", auth.Reader, s.noStreamPreferences},
		{"GET " + at + "friend/list", auth.Reader, s.noFriends},
	}
}

// greader puts the operations into the mux.
func (s *server) greader(mux *http.ServeMux) {
	for _, root := range greaderRoots {
		for _, r := range s.greaderRoutes() {
			method, path, _ := strings.Cut(r.pattern, " ")
			mux.Handle(method+" "+root+path, s.handleGreader(r))
			if asked := strings.Contains(path, "/stream/") && method == "GET" && !strings.HasSuffix(path, "/items/contents"); asked {
				mux.Handle("POST "+root+path, s.handleGreader(r)) // some put a long question into a form
			}
		}
		for _, below := range []string{"/reader/", "/accounts/"} {
			mux.HandleFunc(root+below, otherwise(mux, func(w http.ResponseWriter, _ *http.Request, status int) {
				http.Error(w, http.StatusText(status), status)
			}))
		}
	}
}

// changes tells whether an operation changes something; that of asking for items by POST does not.
func changes(pattern string) bool {
	return strings.HasPrefix(pattern, "POST ") && !strings.HasSuffix(pattern, "/items/contents")
}

// handleGreader lets in whoever shows the token that ClientLogin gave. Its errors are a word, as the programs expect.
func (s *server) handleGreader(rt greaderRoute) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		c := &call{s, w, r, s.Auth.Visitor(r)}
		if wait := s.limits.take(c.key()); wait > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(wait.Seconds())+1))
			http.Error(w, "Too Many Requests", http.StatusTooManyRequests)
			return
		}
		switch {
		case rt.need != auth.Nobody && (!c.who.API || c.who.Account == nil):
			w.Header().Set("Google-Bad-Token", "true") // programs look for either
			w.Header().Set("X-Reader-Google-Bad-Token", "true")
			w.Header().Set("WWW-Authenticate", `GoogleLogin realm="marsad", service="reader"`)
			http.Error(w, "Unauthorized", http.StatusUnauthorized)
			return
		case c.who.Role < rt.need, c.who.Scope == auth.Reads && changes(rt.pattern):
			http.Error(w, "Forbidden", http.StatusForbidden)
			return
		}
		if err := rt.do(c); err != nil {
			c.plainly(err)
		}
	})
}

// plainly answers an error by its status and a word.
func (c *call) plainly(err error) {
	status := statuses[fault.KindOf(err)]
	switch status {
	case http.StatusUnprocessableEntity:
		status = http.StatusBadRequest
	case 0:
		c.Log.Error("request failed", "path", c.r.URL.Path, "err", err)
		status = http.StatusInternalServerError
	}
	http.Error(c.w, http.StatusText(status), status)
}

func (c *call) ok() error {
	c.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = c.w.Write([]byte("OK")) // without a line's end: newsboat compares the whole
	return nil
}

// plainJSON answers a value without the envelope of the desk's own interface.
func (c *call) plainJSON(v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = c.w.Write(body) // the caller may have gone
	return nil
}

// clientLogin gives a token for a name and a password; an API token of the account will do for a password, and is better.
func (s *server) clientLogin(c *call) error {
	name, pass := c.r.PostFormValue("Email"), c.r.PostFormValue("Passwd")
	token, err := s.Auth.ReaderLogin(c.r.Context(), name, pass, c.key(), clipped(c.r.PostFormValue("source"), 60))
	c.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	switch fault.KindOf(err) {
	case "":
	case fault.Denied:
		c.w.WriteHeader(http.StatusUnauthorized)
		_, _ = c.w.Write([]byte("Error=BadAuthentication\n"))
		return nil
	case fault.Temporary:
		c.w.WriteHeader(http.StatusTooManyRequests)
		_, _ = c.w.Write([]byte("Error=ServiceUnavailable\n"))
		return nil
	default:
		return err
	}
	if c.r.FormValue("output") == "json" {
		return c.plainJSON(map[string]string{"SID": token, "LSID": token, "Auth": token})
	}
	_, _ = c.w.Write([]byte("SID=" + token + "\nLSID=" + token + "\nAuth=" + token + "\n"))
	return nil
}

func clipped(s string, n int) string { return strings.ToValidUTF8(s[:min(len(s), n)], "") }

// editToken answers what programs send along as T. Their Authorization header already proves that no other site made the request, so
// it is not looked at again; some send none, or "x".
func (s *server) editToken(c *call) error {
	c.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = c.w.Write([]byte(strings.Repeat("Z", 57))) // programs expect 57 characters
	return nil
}

func (s *server) userInfo(c *call) error {
	id := i18n.ID(c.who.Account.ID)
	return c.plainJSON(map[string]any{"userId": id, "userProfileId": id, "userName": c.who.Account.Name, "userEmail": c.who.Account.Name, "isBloggerUser": false,
		"signupTimeSec": c.who.Account.Created.Unix(), "isMultiLoginEnabled": false})
}

func (s *server) noPreferences(c *call) error { return c.plainJSON(map[string]any{"prefs": []int{}}) }
func (s *server) noStreamPreferences(c *call) error {
	return c.plainJSON(map[string]any{"streamprefs": struct{}{}})
}
func (s *server) noFriends(c *call) error { return c.plainJSON(map[string]any{"friends": []int{}}) }
