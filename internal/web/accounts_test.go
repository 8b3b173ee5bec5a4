package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/internal/auth"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

// accountOf gives the number of the account of a name, by its address, as the page of accounts links to it.
func (b *browser) accountOf(name string) string {
	b.t.Helper()
	for _, n := range b.get("/settings/accounts").wants(200).all("ul.people a") {
		if words(n) == name {
			return attr(n, "href")
		}
	}
	b.t.Fatalf("no account %q", name)
	return ""
}

func TestRolesAreChanged(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Admin)
	other := w.signedIn(t, auth.Reader)
	csrf := b.csrf()
	at := b.accountOf("the reader")
	for _, d := range directions {
		a := b.speak(d.lang).get(at).wants(200)
		a.wellMade(d.lang, d.dir)
		a.one(`select[name=role] option[value=reader][selected]`)
		b.get("/settings/accounts").wants(200).wellMade(d.lang, d.dir)
	}
	b.speak("en")
	other.post("/watches", url.Values{"csrf": {other.csrf()}, "q": {"flood"}, "zone": {"UTC"}}).wants(403)
	b.post(at, url.Values{"csrf": {csrf}, "do": {"role"}, "role": {"root"}}).wants(422)
	b.post(at, url.Values{"csrf": {csrf}, "do": {"fly"}}).wants(422)
	b.post(at, url.Values{"csrf": {csrf}, "do": {"role"}, "role": {"editor"}}).wants(303)
	other.post("/watches", url.Values{"csrf": {other.csrf()}, "q": {"flood"}, "zone": {"UTC"}}).wants(303)

	own := b.accountOf("the admin")
	a := b.get(own).wants(200)
	if len(a.all("select[name=role]")) != 0 || len(a.all("form.danger")) != 0 {
		t.Error("the last administrator may be changed or removed by the page")
	}
	b.post(own, url.Values{"csrf": {csrf}, "do": {"role"}, "role": {"reader"}}).wants(409).one(".problem")
	b.post(own, url.Values{"csrf": {csrf}, "do": {"remove"}}).wants(409).one(".problem")
	b.get("/audit").wants(200)
	b.post(at, url.Values{"csrf": {csrf}, "do": {"role"}, "role": {"admin"}}).wants(303)
	b.post(own, url.Values{"csrf": {csrf}, "do": {"role"}, "role": {"reader"}}).wants(303)
	b.get("/settings/accounts").wants(403)
	if got := words(other.speak("en").get("/audit").wants(200).all("tbody tr")[0]); !strings.Contains(got, "changed a role") || !strings.Contains(got, "the admin: admin → reader") {
		t.Errorf("the audit reads %q", got)
	}
}

// What an account leaves behind is said before it is removed, and then becomes what was said.
func TestAccountIsRemoved(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Admin).speak("en")
	gone := w.signedIn(t, auth.Editor)
	for _, name := range []string{"Floods", "Fires"} {
		gone.post("/watches", url.Values{"csrf": {gone.csrf()}, "q": {"flood"}, "name": {name}, "zone": {"UTC"}}).wants(303)
	}
	story, _ := w.richest(t)
	gone.post(story+"/mark", url.Values{"csrf": {gone.csrf()}, "do": {"star"}}).wants(303)
	gone.post("/sources/1/mark", url.Values{"csrf": {gone.csrf()}, "do": {"file"}, "folder": {"river"}}).wants(303)
	token := words(gone.post("/settings/tokens", url.Values{"csrf": {gone.csrf()}, "name": {"phone"}}).wants(200).one(".done code"))

	csrf, at := b.csrf(), b.accountOf("the editor")
	page := b.get(at).wants(200)
	said := words(page.one("form.danger"))
	for _, want := range []string{"2 watches", "1 star", "1 folder", "2 browsers and programs"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said: %s", want, said)
		}
	}
	b.post(at, url.Values{"csrf": {csrf}, "do": {"remove"}}).wants(422) // what becomes of the watches was not said
	b.post(at, url.Values{"csrf": {csrf}, "do": {"remove"}, "heir": {"999"}}).wants(422)
	heir := attr(page.one("#heir option[selected]"), "value")
	if to := b.post(at, url.Values{"csrf": {csrf}, "do": {"remove"}, "heir": {heir}}).wants(303).header.Get("Location"); !strings.HasPrefix(to, "/settings/accounts?") {
		t.Errorf("removal leads to %s", to)
	}
	b.get(at).wants(404)
	gone.get("/").wants(303)
	if code := w.with("GET", "/", "localhost", "127.0.0.1:1", func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }).Code; code == 200 {
		t.Error("the token outlives the account")
	}
	ws, err := w.store.Watches(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Floods", "Fires"} {
		i := slices.IndexFunc(ws, func(x news.Watch) bool { return x.Name == name })
		if i < 0 || ws[i].Off || len(ws[i].Recipients) != 0 || i18n.ID(ws[i].By) != heir {
			t.Errorf("the watch %s became %+v", name, ws)
		}
	}
	if got := words(b.get("/audit").wants(200).all("tbody tr")[0]); !strings.Contains(got, "removed an account") || !strings.Contains(got, "the editor") {
		t.Errorf("the audit reads %q", got)
	}
	// The same name again is another account, and finds nothing of the first.
	again := w.signedIn(t, auth.Editor)
	if n := len(again.get("/mylist").wants(200).all(".story")); n != 0 {
		t.Errorf("a new account of an old name finds %d stories", n)
	}
	own := again.get("/settings").wants(200)
	if n := len(own.all(`form[action="/settings/tokens/end"]`)); n != 0 {
		t.Errorf("and %d sessions", n)
	}
}

func TestRemovedAccountsWatchesArePaused(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Admin)
	gone := w.signedIn(t, auth.Editor)
	gone.post("/watches", url.Values{"csrf": {gone.csrf()}, "q": {"flood"}, "name": {"Floods"}, "zone": {"UTC"}}).wants(303)
	b.post(b.accountOf("the editor"), url.Values{"csrf": {b.csrf()}, "do": {"remove"}, "heir": {"pause"}}).wants(303)
	ws, err := w.store.Watches(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range ws {
		if x.Off != (x.Name == "Floods") {
			t.Errorf("%s: off %v", x.Name, x.Off)
		}
	}
}

func TestInvitations(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Admin).speak("en")
	csrf := b.csrf()
	invite := func() string {
		t.Helper()
		link := words(b.post("/settings/invitations", url.Values{"csrf": {csrf}, "role": {"editor"}, "for": {"Badr"}}).wants(200).one(".done code"))
		u, err := url.Parse(link)
		if err != nil || !strings.HasPrefix(link, b.url) {
			t.Fatalf("the link is %q", link)
		}
		return u.Path
	}
	at := invite()
	guest := w.serve(t)
	for _, d := range directions {
		for range 2 { // looking changes nothing
			a := guest.speak(d.lang).get(at).wants(200)
			a.wellMade(d.lang, d.dir)
			a.one("main form")
			if a.header.Get("Cache-Control") != "no-store" {
				t.Error("the page of a link may be kept")
			}
		}
	}
	guest.post(at, url.Values{"name": {"badr"}, "password": {"short"}}).wants(422).one(".problem")
	guest.post(at, url.Values{"name": {"the admin"}, "password": {"a long password"}}).wants(422).one(".problem")
	guest.post(at, url.Values{"name": {"badr"}, "password": {"a long password"}}).wants(303)
	guest.get("/watches/new").wants(200)
	guest.get("/audit").wants(403)
	guest.get(at).wants(404).wellMade("ar", "rtl")
	w.serve(t).post(at, url.Values{"name": {"carla"}, "password": {"a long password"}}).wants(404)

	end := invite()
	list := b.get("/settings/accounts").wants(200)
	forms := list.all(`form[action="/settings/invitations/end"] input[name=session]`)
	if len(forms) != 1 {
		t.Fatalf("%d invitations wait", len(forms))
	}
	b.post("/settings/invitations/end", url.Values{"csrf": {csrf}, "session": {attr(forms[0], "value")}}).wants(303)
	w.serve(t).get(end).wants(404)
	for _, row := range b.get("/audit").wants(200).all("tbody tr") {
		if strings.Contains(words(row), strings.TrimPrefix(at, "/invited/")) {
			t.Errorf("the audit gives a link away: %s", words(row))
		}
	}
	b.post("/settings/invitations", url.Values{"csrf": {csrf}, "role": {"emperor"}}).wants(422)
}

func TestForgottenPassword(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Admin).speak("en")
	lost := w.signedIn(t, auth.Reader)
	account := b.accountOf("the reader")
	link := func() string {
		t.Helper()
		u, err := url.Parse(words(b.post(account, url.Values{"csrf": {b.csrf()}, "do": {"reset"}}).wants(200).one(".done code")))
		if err != nil {
			t.Fatal(err)
		}
		return u.Path
	}
	first := link()
	at := link()
	other := w.serve(t)
	other.get(first).wants(404)
	for _, d := range directions {
		other.speak(d.lang).get(at).wants(200).wellMade(d.lang, d.dir)
	}
	lost.get("/").wants(200) // making the link changes nothing
	other.post(at, url.Values{"password": {"short"}}).wants(422).one(".problem")
	other.post(at, url.Values{"password": {"another password"}}).wants(303)
	lost.get("/").wants(303)
	other.post(at, url.Values{"password": {"a third password"}}).wants(404)
	other.post("/signin", url.Values{"name": {"the reader"}, "password": {"another password"}}).wants(303)
	other.get("/").wants(200)
}

// A program does what its token is for, and makes no other token of it.
func TestTokenScopes(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Admin).speak("en")
	csrf := b.csrf()
	story, _ := w.richest(t)
	for scope, want := range map[string]struct{ star, watch int }{"read": {403, 403}, "mark": {303, 403}, "": {303, 303}} {
		page := b.post("/settings/tokens", url.Values{"csrf": {csrf}, "name": {"x" + scope}, "scope": {scope}, "days": {"7"}}).wants(200)
		token := words(page.one(".done code"))
		as := func(method, path string, form url.Values) int {
			r, err := http.NewRequest(method, b.url+path, strings.NewReader(form.Encode()))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Authorization", "Bearer "+token)
			return w.serve(t).send(r).status
		}
		if got := as("GET", "/", nil); got != 200 {
			t.Errorf("scope %q reads: %d", scope, got)
		}
		if got := as("POST", story+"/mark", url.Values{"do": {"star"}}); got != want.star {
			t.Errorf("scope %q stars: %d, want %d", scope, got, want.star)
		}
		if got := as("POST", "/watches", url.Values{"q": {"flood"}, "zone": {"UTC"}}); got != want.watch {
			t.Errorf("scope %q makes a watch: %d, want %d", scope, got, want.watch)
		}
		for path, form := range map[string]url.Values{
			"/settings/tokens": {"name": {"more"}, "scope": {""}}, "/settings/tokens/end": {"session": {"others"}}, "/settings/password": {"old": {"a long password"}, "new": {"another password"}},
			"/settings/accounts": {"name": {"evil"}, "password": {"a long password"}, "role": {"admin"}}, "/settings/invitations": {"role": {"admin"}}, "/settings/accounts/1": {"do": {"reset"}},
		} {
			if got := as("POST", path, form); got != 403 {
				t.Errorf("scope %q: POST %s %d, want 403", scope, path, got)
			}
		}
	}
	b.post("/settings/tokens", url.Values{"csrf": {csrf}, "name": {"x"}, "scope": {"everything"}}).wants(422)
	a, err := w.store.Account(t.Context(), "the admin")
	if err != nil {
		t.Fatal(err)
	}
	ss, err := w.store.Sessions(t.Context(), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range ss {
		if x.Kind == auth.Program && (x.Expires.Sub(x.Created) != 7*24*time.Hour || x.Used.IsZero()) {
			t.Errorf("a token for a week: %+v", x)
		}
	}
}

func TestOtherBrowsersAreSignedOut(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Reader)
	if n := len(b.get("/settings").all(`input[value=others]`)); n != 0 {
		t.Error("one browser alone can sign out others")
	}
	others := []*browser{w.serve(t), w.serve(t)}
	for _, o := range others {
		r, err := http.NewRequest("POST", o.url+"/signin", strings.NewReader(url.Values{"name": {"the reader"}, "password": {"a long password"}}.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
		o.send(r).wants(303)
	}
	page := b.speak("en").get("/settings").wants(200)
	if !strings.Contains(page.body, "Firefox, Linux") {
		t.Error("the other browser has no name")
	}
	b.post("/settings/tokens/end", url.Values{"csrf": {b.csrf()}, "session": {"others"}}).wants(303)
	b.get("/").wants(200)
	for _, o := range others {
		o.get("/").wants(303)
	}
}

func TestAgentName(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0": "Edge, Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1": "Safari, iPhone",
		"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36":              "Chrome, Android",
		"<script>alert(1)</script>": "", "": "",
	} {
		if got := agentName(agent); got != want {
			t.Errorf("%s: %q, want %q", agent, got, want)
		}
	}
}

// lastSeen passes over links and tokens that were never used.
func TestLastSeen(t *testing.T) {
	at := start
	ss := []store.Session{{Kind: auth.Browser, Created: at, Used: at.Add(time.Hour)}, {Kind: auth.Program, Created: at.Add(9 * time.Hour)}, {Kind: "reset", Created: at.Add(9 * time.Hour)}}
	if got := lastSeen(ss); !got.Equal(at.Add(time.Hour)) {
		t.Errorf("last seen %s", got)
	}
}
