package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"marsad/internal/auth"
	"marsad/news"
)

// with sends a request straight to the handler, as from an address.
func (w *world) with(method, path, host, remote string, change func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	r.Host, r.RemoteAddr = host, remote
	if change != nil {
		change(r)
	}
	rec := httptest.NewRecorder()
	w.site.ServeHTTP(rec, r)
	return rec
}

func TestHostAndLoopback(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		host, remote string
		want         int
	}{
		{"localhost:8080", "127.0.0.1:5000", 200}, {"127.0.0.1", "127.0.0.1:5000", 200}, {"[::1]:8080", "[::1]:5000", 200}, {"desk.example.org", "127.0.0.1:5000", 200},
		{"LOCALHOST.", "127.0.0.1:5000", 200}, {"evil.example", "127.0.0.1:5000", 421}, {"localhost.evil.example", "127.0.0.1:5000", 421}, {"", "127.0.0.1:5000", 421},
		{"localhost", "192.0.2.7:5000", 403}, {"localhost", "[::ffff:192.0.2.7]:5000", 403}, {"localhost", "[::ffff:127.0.0.1]:5000", 200},
	} {
		if got := w.with("GET", "/", c.host, c.remote, nil).Code; got != c.want {
			t.Errorf("Host %q from %s: %d, want %d", c.host, c.remote, got, c.want)
		}
	}
	proxied := func(r *http.Request) { r.Header.Set("X-Forwarded-For", "192.0.2.7") }
	if got := w.with("GET", "/", "localhost", "127.0.0.1:5000", proxied).Code; got != 403 {
		t.Errorf("through a proxy before an account exists: %d", got)
	}
	if _, err := w.keeper.Create(t.Context(), "anna", "a long password", auth.Admin, "en"); err != nil {
		t.Fatal(err)
	}
	if got := w.with("GET", "/signin", "desk.example.org", "192.0.2.7:5000", nil).Code; got != 200 {
		t.Errorf("from elsewhere once an account exists: %d", got)
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/", "/static/app.css", "/nowhere", "/setup", "/articles/1/page"} {
		h := w.with("GET", path, "localhost", "127.0.0.1:5000", nil).Header()
		csp := h.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") {
			t.Errorf("%s has the policy %q", path, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Frame-Options") != "DENY" || h.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%s lacks a header: %v", path, h)
		}
	}
}

// TestFormAfterTheSession sends a form once the session is over: after signing in its reader is on the page that it stood on.
func TestFormAfterTheSession(t *testing.T) {
	w := newWorld(t)
	w.signedIn(t, auth.Admin) // somebody owns the desk
	for referer, next := range map[string]string{"http://localhost/watches/1?x=1": "/watches/1?x=1", "https://elsewhere.example/watches/1": "/", "": "/"} {
		rec := w.with("POST", "/watches/1", "localhost", "127.0.0.1:1", func(r *http.Request) { r.Header.Set("Referer", referer) })
		if got, want := rec.Header().Get("Location"), "/signin?next="+url.QueryEscape(next); rec.Code != 303 || got != want {
			t.Errorf("from %q: %d %q, want %q", referer, rec.Code, got, want)
		}
	}
}

// signedIn gives a browser with an account of a role.
func (w *world) signedIn(t *testing.T, role auth.Role) *browser {
	t.Helper()
	name := "the " + role.String()
	if _, err := w.keeper.Create(t.Context(), name, "a long password", role, "en"); err != nil {
		t.Fatal(err)
	}
	b := w.serve(t)
	b.post("/signin", url.Values{"name": {name}, "password": {"a long password"}, "next": {"/"}}).wants(303)
	return b
}

func (b *browser) csrf() string {
	b.t.Helper()
	return attr(b.get("/settings").wants(200).all("input[name=csrf]")[0], "value")
}

// The table of routes, roles and methods: who lacks the role gets nowhere, and nobody changes anything without the form's token.
func TestRoutesByRole(t *testing.T) {
	w := newWorld(t)
	visitors := map[auth.Role]*browser{auth.Nobody: w.serve(t)}
	tokens := map[auth.Role]string{}
	for _, role := range []auth.Role{auth.Reader, auth.Editor, auth.Admin} {
		visitors[role] = w.signedIn(t, role)
		tokens[role] = visitors[role].csrf()
	}
	open := []string{"GET /invited/{token}", "POST /invited/{token}", "GET /forgotten/{token}", "POST /forgotten/{token}", "GET /sw.js", "GET /app.webmanifest", "GET /f/{id}/{token}/feed.atom", "GET /f/{id}/{token}/feed.json", "GET /prefs", "GET /setup", "POST /setup", "GET /signin", "POST /signin", "GET /unsubscribe/{token}", "POST /unsubscribe/{token}", "GET /confirm/{token}", "POST /confirm/{token}", "GET /healthz", "/",
		"GET /lists/{slug}", "POST /lists/{slug}/join"}
	for _, do := range []string{"confirm", "leave", "prefs", "never", "release"} {
		open = append(open, "GET /l/"+do+"/{token}", "POST /l/"+do+"/{token}")
	}
	s := &site{Options: w.options}
	for _, rt := range s.routes() {
		if rt.need == auth.Nobody && !slices.Contains(open, rt.pattern) {
			t.Errorf("%s is open and not on the list", rt.pattern)
		}
		method, path, ok := strings.Cut(rt.pattern, " ")
		if !ok || rt.pattern == "POST /signout" || rt.pattern == "GET /events" {
			continue
		}
		path = strings.NewReplacer("{id}", "999999", "{$}", "", "{token}", "x", "{slug}", "x").Replace(path)
		for role, b := range visitors {
			b.t = t
			if role < rt.need {
				a := b.do(method, path, url.Values{"csrf": {tokens[role]}})
				sent := a.status == 303 && strings.HasPrefix(a.header.Get("Location"), "/signin?")
				if !sent && a.status != 403 {
					t.Errorf("%s as %s: status %d, want a refusal", rt.pattern, role, a.status)
				}
				continue
			}
			if method == "GET" || rt.need == auth.Nobody || rt.pure {
				continue
			}
			for _, csrf := range []string{"", "wrong", tokens[auth.Admin] + "x"} {
				if a := b.do(method, path, url.Values{"csrf": {csrf}}); a.status != 403 {
					t.Errorf("%s as %s with the form token %q: status %d, want 403", rt.pattern, role, csrf, a.status)
				}
			}
		}
	}
}

// A form on another site reaches nothing, even with the right token.
func TestForeignForms(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Admin)
	form := url.Values{"csrf": {b.csrf()}, "q": {"flood"}}
	for name, value := range map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"} {
		r, err := http.NewRequest("POST", b.url+"/watches", strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set(name, value)
		if a := b.send(r); a.status != 403 {
			t.Errorf("with %s: %s: status %d", name, value, a.status)
		}
	}
	if ws, err := w.store.Watches(t.Context()); err != nil || len(ws) != 1 {
		t.Errorf("%d watches, %v", len(ws), err)
	}
}

func TestFirstRun(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t).speak("en")
	b.get("/").wants(200) // reading needs nothing on this machine
	refused := b.post("/watches", url.Values{"q": {"flood"}}).wants(303)
	if to := refused.header.Get("Location"); !strings.HasPrefix(to, "/setup?") {
		t.Fatalf("changing something without the token leads to %s", to)
	}
	b.post("/setup", url.Values{"token": {"guessed"}}).wants(403).one(".problem")
	b.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
	page := b.get("/setup").wants(200)
	csrf := attr(page.all("input[name=csrf]")[0], "value")
	if strings.Contains(page.body, secret) {
		t.Error("the set-up token stands in the page")
	}
	saved := b.post("/watches", url.Values{"csrf": {csrf}, "q": {"flood"}, "name": {"Water"}, "zone": {"UTC"}}).wants(303)
	if !strings.HasPrefix(saved.header.Get("Location"), "/watches/") {
		t.Errorf("saving leads to %s", saved.header.Get("Location"))
	}
	b.post("/setup/account", url.Values{"csrf": {csrf}, "name": {"anna"}, "password": {"short"}}).wants(422).one(".problem")
	b.post("/setup/account", url.Values{"csrf": {csrf}, "name": {"anna"}, "password": {"a long password"}}).wants(303)
	b.get("/settings").wants(200)
	b.get("/setup").wants(404)
	b.get("/setup?token=" + url.QueryEscape(secret)).wants(404)
	stranger := w.serve(t)
	if to := stranger.get("/").wants(303).header.Get("Location"); !strings.HasPrefix(to, "/signin?next=") {
		t.Errorf("a stranger is led to %s", to)
	}
}

func TestSessionsCannotBeFixedOrKept(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Reader)
	u, err := url.Parse(b.url)
	if err != nil {
		t.Fatal(err)
	}
	session := func() string {
		for _, c := range b.Jar.Cookies(u) {
			if c.Name == auth.SessionCookie {
				return c.Value
			}
		}
		return ""
	}
	first := session()
	b.post("/signin", url.Values{"name": {"the reader"}, "password": {"a long password"}}).wants(303)
	second := session()
	if first == second || first == "" || second == "" {
		t.Fatal("signing in keeps the session")
	}
	use := func(value string) int {
		return w.with("GET", "/", "localhost", "127.0.0.1:1", func(r *http.Request) { r.AddCookie(&http.Cookie{Name: auth.SessionCookie, Value: value}) }).Code
	}
	if use(first) == 200 || use(second) != 200 || use("planted") == 200 {
		t.Errorf("old session %d, new %d, planted %d", use(first), use(second), use("planted"))
	}
	b.post("/signout", url.Values{"csrf": {b.csrf()}}).wants(303)
	if use(second) == 200 {
		t.Error("the session outlives signing out")
	}
}

func TestSignInIsLimited(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Reader)
	for i := range 5 {
		if a := b.post("/signin", url.Values{"name": {"the reader"}, "password": {"wrong"}}); a.status != 403 {
			t.Fatalf("try %d: %d", i, a.status)
		}
	}
	b.post("/signin", url.Values{"name": {"the reader"}, "password": {"a long password"}}).wants(429)
}

func TestUnsubscribe(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Admin) // there is an account: the page must work logged out
	stranger := w.serve(t)
	path := "/unsubscribe/" + w.signer.Sign("unsubscribe", 1)
	state := func() news.RecipientState {
		r, err := w.store.Recipient(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		return r.State
	}
	for range 2 {
		stranger.get(path).wants(200).one("main form button")
	}
	if state() != news.Confirmed {
		t.Fatal("GET changes something")
	}
	stranger.post(path, url.Values{"x": {"y"}}).wants(422)
	stranger.post("/unsubscribe/"+w.signer.Sign("confirm", 1), url.Values{"List-Unsubscribe": {"One-Click"}}).wants(404)
	r, err := http.NewRequest("POST", stranger.url+path, strings.NewReader("List-Unsubscribe=One-Click"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "https://mail.example") // a mail program in a browser
	stranger.send(r).wants(200)
	if state() != news.Unsubscribed {
		t.Fatal("one click does not unsubscribe")
	}
	stranger.post("/confirm/"+w.signer.Sign("confirm", 1), url.Values{}).wants(200)
	if state() != news.Unsubscribed {
		t.Error("an old mail brings back who has left")
	}
	b.get("/").wants(200)
}

func TestConfirm(t *testing.T) {
	w := newWorld(t)
	id, err := w.store.SaveRecipient(t.Context(), news.Recipient{Carrier: "mail", Address: "new@example.org", State: news.Unconfirmed, Created: start})
	if err != nil {
		t.Fatal(err)
	}
	b := w.serve(t)
	path := "/confirm/" + w.signer.Sign("confirm", id)
	b.get(path).wants(200).one("main form button")
	if r, _ := w.store.Recipient(t.Context(), id); r.State != news.Unconfirmed {
		t.Fatal("GET confirms")
	}
	b.post(path, url.Values{}).wants(200)
	r, err := w.store.Recipient(t.Context(), id)
	if err != nil || r.State != news.Confirmed || r.Consent == "" || r.Consented.IsZero() {
		t.Errorf("after the button: %+v, %v", r, err)
	}
}

func TestConfirmInTheOutbox(t *testing.T) {
	w := newWorld(t)
	id, err := w.store.SaveRecipient(t.Context(), news.Recipient{Carrier: "mail", Address: "new@example.org", State: news.Unconfirmed, Created: start})
	if err != nil {
		t.Fatal(err)
	}
	n := news.Notice{ID: "optin-1", Recipient: id, Kind: news.Optin, Planned: start, Due: start}
	if err := w.store.AddNotices(t.Context(), []news.Notice{n}); err != nil {
		t.Fatal(err)
	}
	message := "From: a@example.org\r\nTo: new@example.org\r\nSubject: =?utf-8?q?=D8=B3=D8=A4=D8=A7=D9=84?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n2LPYpNin2YQ=\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<script>alert(1)</script>\r\n--b--\r\n"
	if _, err := w.store.Freeze(t.Context(), "optin-1", []byte(message)); err != nil {
		t.Fatal(err)
	}
	if err := w.store.Settle(t.Context(), news.Delivery{Notice: n, State: news.Held}); err != nil {
		t.Fatal(err)
	}
	b := w.serve(t).speak("en")
	b.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
	a := b.get("/outbox/optin-1").wants(200)
	if got := words(a.one("h1")); got != "سؤال" {
		t.Errorf("the subject reads %q", got)
	}
	if pre := a.one(".letter pre"); words(pre) != "سؤال" || attr(pre, "dir") != "rtl" {
		t.Errorf("the letter reads %q, dir %s", words(pre), attr(pre, "dir"))
	}
	csrf := attr(a.all("form[action$=confirm] input[name=csrf]")[0], "value")
	b.post("/outbox/optin-1/confirm", url.Values{"csrf": {csrf}}).wants(303)
	if r, _ := w.store.Recipient(t.Context(), id); r.State != news.Confirmed || r.Consent == "" {
		t.Errorf("the recipient is %+v", r)
	}
	b.post("/outbox/optin-1/confirm", url.Values{"csrf": {csrf}}).wants(409)
}

func TestWatchForm(t *testing.T) {
	asked := int64(0)
	w := newWorld(t, func(o *Options) {
		o.Desk.Ask = func(_ context.Context, id int64) error { asked = id; return nil }
	})
	b := w.serve(t).speak("en")
	b.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
	csrf := attr(b.get("/watches/new").wants(200).all("input[name=csrf]")[0], "value")
	form := url.Values{"csrf": {csrf}, "name": {"ماء"}, "q": {"harbour OR ميناء"}, "zone": {"Asia/Riyadh"}, "quiet-from": {"22:00"}, "quiet-to": {"07:00"}, "digest": {"07:00، 17:00"}, "cap": {"6"},
		"tell": {"breaking", "denial"}, "address": {"desk2@example.org"}}
	tried := url.Values{"do": {"try"}}
	for k, v := range form {
		tried[k] = v
	}
	a := b.post("/watches", tried).wants(200)
	if len(a.all(".hist svg")) != 1 || len(a.all("table tbody tr")) == 0 {
		t.Error("trying shows nothing")
	}
	if asked != 0 {
		t.Error("trying asks a recipient")
	}
	b.post("/watches", form).wants(303)
	ws, err := w.store.Watches(t.Context())
	if err != nil || len(ws) != 2 {
		t.Fatalf("%d watches, %v", len(ws), err)
	}
	got := ws[slices.IndexFunc(ws, func(x news.Watch) bool { return x.Name == "ماء" })]
	if got.Quiet != (news.QuietHours{From: 22 * 60, To: 7 * 60}) || !slices.Equal(got.Digest, []int{420, 1020}) || got.Cap != 6 || len(got.Tell) != 2 || len(got.Recipients) != 1 {
		t.Errorf("saved %+v", got)
	}
	if asked != got.Recipients[0] {
		t.Error("the new recipient was not asked")
	}
	for field, bad := range map[string]string{"q": "a AND b OR c", "zone": "Nowhere/Land", "digest": "sometimes", "quiet-from": "late", "address": "not an address"} {
		wrong := url.Values{}
		for k, v := range form {
			wrong[k] = v
		}
		wrong.Set(field, bad)
		b.post("/watches", wrong).wants(422).all(".problem")
	}
	if ws, _ := w.store.Watches(t.Context()); len(ws) != 2 {
		t.Error("a wrong form was saved")
	}
	b.get("/watches/1/feed.atom").wants(200)
	b.post("/watches/2/delete", url.Values{"csrf": {csrf}}).wants(303)
	if ws, _ := w.store.Watches(t.Context()); len(ws) != 1 {
		t.Error("the watch is not deleted")
	}
}

func TestEvents(t *testing.T) {
	events := make(chan Event, 1)
	w := newWorld(t, func(o *Options) { o.Desk.Events = func(context.Context) <-chan Event { return events } })
	b := w.serve(t)
	events <- Event{Stories: 2, Breaking: true}
	close(events)
	a := b.get("/events?next=%2F%3Fin%3Dar").wants(200)
	if !strings.Contains(a.body, "data: <a href=\"/?in=ar\">Breaking news has come in: show it</a>\n\n") || a.header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("%s %q", a.header.Get("Content-Type"), a.body)
	}
	events = make(chan Event)
	close(events)
	if a := b.get("/events?next=" + url.QueryEscape(`//evil.example/"><script>`)); strings.Contains(a.body, "evil") {
		t.Errorf("the button leads elsewhere: %q", a.body)
	}
}

func TestStartClean(t *testing.T) {
	called := false
	w := newWorld(t, func(o *Options) { o.Desk.StartClean = func(context.Context) error { called = true; return nil } })
	b := w.serve(t)
	b.post("/setup/clean", url.Values{}).wants(303)
	if called {
		t.Fatal("anybody may throw the demo away")
	}
	b.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
	csrf := attr(b.get("/").all(".demo input[name=csrf]")[0], "value")
	b.post("/setup/clean", url.Values{"csrf": {csrf}}).wants(303)
	if !called {
		t.Error("one click does not start a clean desk")
	}
}
