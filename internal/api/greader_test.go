package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/internal/auth"
	"marsad/internal/store"
	"marsad/news"
)

// app is a reading program that has signed in.
type app struct {
	*desk
	root, token string
}

func (d *desk) app(name, password string) *app {
	d.t.Helper()
	a := &app{desk: d}
	w := a.do("POST", "/accounts/ClientLogin", url.Values{"Email": {name}, "Passwd": {password}, "source": {"test"}})
	for line := range strings.Lines(w.Body.String()) {
		if t, ok := strings.CutPrefix(strings.TrimSpace(line), "Auth="); ok {
			a.token = t
		}
	}
	if w.Code != 200 || a.token == "" {
		d.t.Fatalf("signing in: %d %s", w.Code, w.Body)
	}
	return a
}

func (a *app) do(method, path string, form url.Values) *httptest.ResponseRecorder {
	a.t.Helper()
	r := httptest.NewRequest(method, a.root+path, strings.NewReader(form.Encode()))
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if a.token != "" {
		r.Header.Set("Authorization", "GoogleLogin auth="+a.token)
	}
	w := httptest.NewRecorder()
	a.http.ServeHTTP(w, r)
	return w
}

func (a *app) get(path string, into any) {
	a.t.Helper()
	w := a.do("GET", path, nil)
	if w.Code != 200 {
		a.t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
		a.t.Fatalf("%s: %v: %s", path, err, w.Body)
	}
}

func (a *app) ok(path string, kv ...string) {
	a.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(kv); i += 2 {
		form.Add(kv[i], kv[i+1])
	}
	if w := a.do("POST", "/reader/api/0/"+path, form); w.Code != 200 || w.Body.String() != "OK" {
		a.t.Fatalf("%s %v: %d %q", path, kv, w.Code, w.Body)
	}
}

// ids gives the numbers of a stream.
func (a *app) ids(query string) (ids []string) {
	a.t.Helper()
	var got struct {
		ItemRefs []struct{ ID string }
	}
	a.get("/reader/api/0/stream/items/ids?"+query, &got)
	for _, r := range got.ItemRefs {
		ids = append(ids, r.ID)
	}
	return ids
}

const unreadOnly = "s=user/-/state/com.google/reading-list&xt=user/-/state/com.google/read"

func TestGoogleReader(t *testing.T) {
	for _, root := range greaderRoots {
		d := newDesk(t)
		if _, err := d.store.SaveWatch(t.Context(), news.Watch{Name: "Ports", Query: "harbour", Created: day}); err != nil {
			t.Fatal(err)
		}
		a := d.app("reader", "a long password")
		a.root = root
		var subs struct{ Subscriptions []subscription }
		a.get("/reader/api/0/subscription/list?output=json", &subs)
		if len(subs.Subscriptions) != 2 || subs.Subscriptions[0].ID != "feed/1" || subs.Subscriptions[1].ID != "feed/watch-1" || subs.Subscriptions[1].Categories[0].Label != "Watches" {
			t.Fatalf("subscriptions %+v", subs)
		}
		if got := a.ids(unreadOnly); !slices.Equal(got, []string{"2", "1"}) {
			t.Fatalf("unread %v", got)
		}
		if got := a.ids(unreadOnly + "&r=o&n=1"); !slices.Equal(got, []string{"1"}) {
			t.Errorf("the oldest is %v", got)
		}
		a.ok("edit-tag", "i", "tag:google.com,2005:reader/item/0000000000000001", "a", "user/-/state/com.google/read", "r", "user/-/state/com.google/kept-unread", "ac", "edit", "T", "x")
		a.ok("edit-tag", "i", "2", "a", "user/-/state/com.google/starred", "a", "user/1/label/ميناء")
		if got := a.ids(unreadOnly); !slices.Equal(got, []string{"2"}) {
			t.Errorf("after reading one, unread are %v", got)
		}
		if got := a.ids("s=user/-/state/com.google/starred"); !slices.Equal(got, []string{"2"}) {
			t.Errorf("starred %v", got)
		}
		if got := a.ids("s=" + url.QueryEscape("user/-/label/ميناء")); !slices.Equal(got, []string{"2"}) {
			t.Errorf("tagged %v", got)
		}
		var page struct {
			Items        []grItem
			Continuation string
		}
		a.get("/reader/api/0/stream/contents/feed/1?n=1", &page)
		if len(page.Items) != 1 || page.Continuation == "" || page.Items[0].ID != longItemID(2) || page.Items[0].Origin.StreamID != "feed/1" || page.Items[0].Published != day.Add(-time.Hour).Unix() {
			t.Fatalf("contents %+v", page)
		}
		if c := page.Items[0].Categories; !slices.Contains(c, "user/-/state/com.google/starred") || slices.Contains(c, "user/-/state/com.google/read") || !slices.Contains(c, "user/-/label/ميناء") {
			t.Errorf("categories %v", c)
		}
		next := page.Continuation
		page.Items, page.Continuation = nil, ""
		a.get("/reader/api/0/stream/contents/feed%2F1?n=1&c="+next, &page)
		if len(page.Items) != 1 || page.Items[0].ID != longItemID(1) || !slices.Contains(page.Items[0].Categories, "user/-/state/com.google/read") {
			t.Errorf("the second page is %+v", page)
		}
		a.get("/reader/api/0/stream/items/contents?i=2&i=0000000000000001", &page)
		if len(page.Items) != 2 || page.Items[0].ID != longItemID(2) {
			t.Errorf("by id: %+v", page.Items)
		}
		var counts struct {
			Max          int
			UnreadCounts []struct {
				ID    string
				Count int
			}
		}
		a.get("/reader/api/0/unread-count?output=json", &counts)
		if counts.Max != 1 || len(counts.UnreadCounts) != 2 {
			t.Errorf("counts %+v", counts)
		}
		a.ok("subscription/edit", "s", "feed/1", "ac", "edit", "a", "user/-/label/Wires")
		if got := a.ids("s=user/-/label/Wires"); len(got) != 2 {
			t.Errorf("in the folder: %v", got)
		}
		a.ok("mark-all-as-read", "s", "feed/1", "ts", "1")
		if got := a.ids(unreadOnly); len(got) != 1 {
			t.Errorf("marking what came before 1970 leaves %v unread", got)
		}
		a.ok("mark-all-as-read", "s", "user/-/state/com.google/reading-list")
		if got := a.ids(unreadOnly); len(got) != 0 {
			t.Errorf("after all was marked: %v", got)
		}
		a.ok("edit-tag", "i", "1", "r", "user/-/state/com.google/read", "a", "user/-/state/com.google/kept-unread", "a", "user/-/state/com.google/tracking-kept-unread")
		if got := a.ids(unreadOnly); !slices.Equal(got, []string{"1"}) {
			t.Errorf("kept unread: %v", got)
		}
		a.ok("subscription/edit", "s", "feed/1", "ac", "unsubscribe")
		a.get("/reader/api/0/subscription/list", &subs)
		if len(subs.Subscriptions) != 1 {
			t.Errorf("left, it is still subscribed: %+v", subs)
		}
		if got := a.ids(unreadOnly); len(got) != 0 {
			t.Errorf("of a source that was left: %v", got)
		}
		a.ok("subscription/edit", "s", "feed/1", "ac", "subscribe")
		a.ok("rename-tag", "s", "user/-/label/ميناء", "dest", "user/-/label/port")
		a.ok("disable-tag", "s", "user/-/label/port")
		var tags struct{ Tags []struct{ ID, Type string } }
		a.get("/reader/api/0/tag/list", &tags)
		if len(tags.Tags) != 3 || tags.Tags[2].ID != "user/-/label/Wires" || tags.Tags[2].Type != "folder" {
			t.Errorf("tags %+v", tags)
		}
	}
}

func TestGoogleReaderRefuses(t *testing.T) {
	d := newDesk(t)
	a := &app{desk: d}
	if w := a.do("POST", "/accounts/ClientLogin", url.Values{"Email": {"reader"}, "Passwd": {"wrong"}}); w.Code != 401 || w.Body.String() != "Error=BadAuthentication\n" {
		t.Errorf("a wrong password: %d %q", w.Code, w.Body)
	}
	s := &server{}
	for _, rt := range s.greaderRoutes() {
		method, path, _ := strings.Cut(rt.pattern, " ")
		if rt.need == auth.Nobody && path != "/accounts/ClientLogin" {
			t.Errorf("%s is open", rt.pattern)
		}
		if w := a.do(method, strings.Replace(path, "{stream...}", "feed/1", 1), url.Values{}); rt.need != auth.Nobody && w.Code != 401 {
			t.Errorf("%s without a token: %d", rt.pattern, w.Code)
		}
	}
	a = d.app("reader", d.tokens[auth.Reader])
	if a.token != d.tokens[auth.Reader] {
		t.Error("an API token is not the program's token")
	}
	for _, bad := range []string{"s=feed/x", "s=feed/0", "s=nonsense", "s=feed/1&c=z"} {
		if w := a.do("GET", "/reader/api/0/stream/items/ids?"+bad, nil); w.Code != 400 {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
	for path, form := range map[string]url.Values{"edit-tag": {"i": {"-5"}, "a": {"x"}}, "rename-tag": {"s": {"x"}}, "subscription/edit": {"s": {"feed/1"}, "ac": {"burn"}}} {
		if w := a.do("POST", "/reader/api/0/"+path, form); w.Code != 400 {
			t.Errorf("%s %v: %d", path, form, w.Code)
		}
	}
	if w := a.do("POST", "/reader/api/0/subscription/quickadd", url.Values{"quickadd": {"https://example.org/"}}); w.Code != 403 {
		t.Errorf("a reader adds a source: %d", w.Code)
	}
	r := httptest.NewRequest("GET", "/reader/api/0/user-info", nil)
	session, err := d.keeper.SignIn(t.Context(), "reader", "a long password", "x")
	if err != nil {
		t.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: auth.SessionCookie, Value: session})
	w := httptest.NewRecorder()
	d.http.ServeHTTP(w, r)
	if w.Code != 401 {
		t.Errorf("a browser's session is let in, so that another site could use it: %d", w.Code)
	}
}

func FuzzGoogleReaderNames(f *testing.F) {
	for _, s := range []string{"tag:google.com,2005:reader/item/000000000000002a", "42", "000000000000002a", "user/1/label/x", "user/-/state/com.google/read", "feed/watch-3", "feed/", "user/", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if id, err := itemID(s); err == nil {
			if back, err := itemID(longItemID(id)); err != nil || back != id || id < 1 {
				t.Errorf("%q is %d, written and read %d, %v", s, id, back, err)
			}
		}
		if e := everyone(everyone(s)); e != everyone(s) {
			t.Errorf("%q becomes %q, then %q", s, everyone(s), e)
		}
	})
}

// TestNewsboat has Debian's newsboat sync with the desk over HTTP, read an article's text, and mark.
func TestNewsboat(t *testing.T) {
	newsboat, err := exec.LookPath("newsboat")
	if err != nil {
		t.Skip("newsboat is not installed")
	}
	d := newDesk(t)
	srv := httptest.NewServer(d.http)
	defer srv.Close()
	dir := t.TempDir()
	config := "urls-source \"feedhq\"\nfeedhq-url \"" + srv.URL + "\"\nfeedhq-login \"reader\"\nfeedhq-password \"a long password\"\nfeedhq-flag-star \"s\"\n"
	if err := os.WriteFile(filepath.Join(dir, "config"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) string {
		t.Helper()
		at := []string{"-C", filepath.Join(dir, "config"), "-c", filepath.Join(dir, "cache.db"), "-u", filepath.Join(dir, "urls")}
		cmd := exec.CommandContext(t.Context(), newsboat, append(at, args...)...)
		cmd.Env = append(os.Environ(), "HOME="+dir, "LC_ALL=C.UTF-8", "TERM=xterm")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("newsboat %v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	run("-x", "reload")
	if got := strings.TrimSpace(run("-x", "print-unread")); !strings.HasPrefix(got, "2 unread") {
		t.Errorf("after the first sync: %q", got)
	}
	reader, err := d.store.Account(t.Context(), "reader")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.store.SetRead(t.Context(), reader.ID, []int64{1}, true); err != nil {
		t.Fatal(err)
	}
	run("-x", "reload")
	if got := strings.TrimSpace(run("-x", "print-unread")); !strings.HasPrefix(got, "1 unread") {
		t.Errorf("after one was read on the desk: %q", got)
	}
	if sqlite := dump(t, filepath.Join(dir, "cache.db")); !strings.Contains(sqlite, "The harbour reopens at noon.") {
		t.Error("the article's text did not come over")
	}
	t.Run("keys", func(t *testing.T) { newsboatKeys(t, d, newsboat, dir, reader.ID) })
}

func dump(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// newsboatKeys types into newsboat as a person does: into the feed, open the article, quit. Then the desk knows that it was read.
func newsboatKeys(t *testing.T, d *desk, newsboat, dir string, reader int64) {
	script, err := exec.LookPath("script")
	if err != nil {
		t.Skip("script, which gives newsboat a terminal, is not installed")
	}
	line := strings.Join([]string{newsboat, "-q", "-C", dir + "/config", "-c", dir + "/cache.db", "-u", dir + "/urls"}, " ")
	cmd := exec.CommandContext(t.Context(), script, "-qec", line, "/dev/null")
	cmd.Env = append(os.Environ(), "HOME="+dir, "LC_ALL=C.UTF-8", "TERM=xterm", "LINES=24", "COLUMNS=80")
	var screen bytes.Buffer
	cmd.Stdout = &screen
	keys, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	unread := func() int {
		items, err := d.store.Stream(t.Context(), reader, store.Stream{Unread: true})
		if err != nil {
			t.Fatal(err)
		}
		return len(items)
	}
	for range 60 { // it reads no key before it has drawn itself
		_, _ = keys.Write([]byte("\rn")) // into what is selected, then to what is unread
		time.Sleep(250 * time.Millisecond)
		if unread() == 0 {
			break
		}
	}
	_, _ = keys.Write([]byte("QQQQyyyy"))
	_ = keys.Close()
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		_ = cmd.Process.Kill()
		<-done
	}
	if n := unread(); n != 0 {
		t.Errorf("after newsboat opened the article, %d are unread; it drew:\n%q", n, screen.Bytes())
	}
}
