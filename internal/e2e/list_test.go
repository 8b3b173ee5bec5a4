package e2e

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	netmail "net/mail"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// editor is somebody of the desk with a browser's cookies and no scripts.
type editor struct {
	t testing.TB
	http.Client
	base string
}

var token = regexp.MustCompile(`name="csrf" value="([^"]+)"`)

func newEditor(t testing.TB, p *program) *editor {
	jar, err := cookiejar.New(nil)
	must(t, err)
	e := &editor{t, http.Client{Jar: jar}, p.base}
	eventually(t, "the desk opens", func() bool {
		e.get(strings.TrimPrefix(p.setup, p.base))
		return token.MatchString(e.get("/settings"))
	})
	return e
}

func (e *editor) get(path string) string {
	e.t.Helper()
	r, err := e.Get(e.base + path)
	must(e.t, err)
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	must(e.t, err)
	return string(b)
}

// post fills the form of a page in and sends it.
func (e *editor) post(page, to string, values url.Values) string {
	e.t.Helper()
	m := token.FindStringSubmatch(e.get(page))
	if m == nil {
		e.t.Fatalf("%s has no form", page)
	}
	values.Set("csrf", m[1])
	r, err := e.PostForm(e.base+to, values)
	must(e.t, err)
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	must(e.t, err)
	if r.StatusCode >= 400 {
		e.t.Fatalf("%s: %s\n%s", to, r.Status, b)
	}
	return string(b)
}

// form posts without cookies, as a stranger's browser or a form on another site does.
func form(t testing.TB, address string, values url.Values) (int, string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodPost, address, strings.NewReader(values.Encode()))
	must(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", "https://newsroom.example")
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	r, err := http.DefaultClient.Do(req)
	must(t, err)
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	must(t, err)
	return r.StatusCode, string(b)
}

// main is what a page says to its visitor.
var main = regexp.MustCompile(`(?s)<main.*</main>`)

var anyLink = regexp.MustCompile(`https?://[^\s<>"]+`)

// scan follows every link of a letter, as mail scanners do.
func scan(t testing.TB, letter string) {
	m, err := netmail.ReadMessage(strings.NewReader(letter))
	must(t, err)
	links := anyLink.FindAllString(m.Header.Get("List-Unsubscribe"), -1)
	for _, path := range []string{"/l/confirm/", "/l/leave/", "/l/prefs/", "/l/never/"} {
		if l := link(t, letter, path); l != "" {
			links = append(links, l)
		}
	}
	for _, l := range links {
		get(t, l)
		req, err := http.NewRequest(http.MethodHead, l, nil)
		must(t, err)
		if r, err := http.DefaultClient.Do(req); err == nil {
			r.Body.Close()
		}
	}
}

// arrives waits for a letter that holds all of the words in its head or body.
func (p *postfix) arrives(t testing.TB, what string, words ...string) (letter string) {
	t.Helper()
	eventually(t, what, func() bool {
	next:
		for _, l := range p.letters(t) {
			for _, w := range words {
				if strings.HasPrefix(w, "/") && link(t, l, w) == "" || !strings.HasPrefix(w, "/") && !strings.Contains(l, w) {
					continue next
				}
			}
			letter = l
			return true
		}
		return false
	})
	return letter
}

// TestPublicList is the way of a reader outside of the desk: a form on another site, a mail that asks, a letter that a person released,
// signed and with a return path of its own, one click out; and what comes back because nobody is there.
func TestPublicList(t *testing.T) {
	post := startPostfix(t)
	bin, data := build(t), t.TempDir()
	p := start(t, bin, data, "MARSAD_DEMO_WITHIN=60s")
	e := newEditor(t, p)
	e.post("/settings", "/settings/mail", url.Values{"host": {"127.0.0.1"}, "port": {fmt.Sprint(post.port)}, "security": {"none"}, "from": {"desk@desk.example"}})
	maildir := filepath.Join(data, "returned")
	for _, d := range []string{"new", "cur", "tmp"} {
		must(t, os.MkdirAll(filepath.Join(maildir, d), 0o700))
	}
	marsad := func(args ...string) string {
		out, err := exec.Command(bin, append([]string{"--data", data}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("marsad %v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	if out := marsad("mail", "dkim", "--selector", "m1"); !strings.Contains(out, "m1._domainkey.desk.example. IN TXT") {
		t.Errorf("no record to publish:\n%s", out)
	}
	marsad("mail", "bounces", "bounces@desk.example", "--maildir", maildir)

	page := e.post("/lists", "/lists", url.Values{"name": {"Valletta أخبار"}, "slug": {"valletta"}, "about": {"What happens there."}, "q": {"where:Valletta"}, "langs": {"ar", "en"}, "imprint": {"Harbour House, 1 Quay"}})
	if !strings.Contains(page, "valletta/join") {
		t.Fatalf("no form to embed:\n%s", page)
	}
	join := p.base + "/lists/valletta/join"
	status, first := form(t, join, url.Values{"address": {"lina@" + domain}, "lang": {"ar"}})
	if status != http.StatusOK {
		t.Fatal(status, first)
	}
	form(t, join, url.Values{"address": {"gone@" + domain}, "lang": {"en"}})
	ask := post.arrives(t, "the mail that asks", "/l/confirm/", "To: <lina@"+domain)
	scan(t, ask)
	confirm := link(t, ask, "/l/confirm/")
	if !strings.Contains(get(t, confirm), `class="main"`) {
		t.Fatal("a scanner's GET answered for a person")
	}
	if status, body := form(t, confirm, url.Values{}); status == http.StatusOK {
		t.Error("another site may answer for a person", body)
	}
	for _, to := range []string{"lina", "gone"} {
		l := link(t, post.arrives(t, "the mail that asks", "/l/confirm/", "To: <"+to+"@"+domain), "/l/confirm/")
		r, err := http.PostForm(l, nil)
		must(t, err)
		r.Body.Close()
	}
	_, again := form(t, join, url.Values{"address": {"lina@" + domain}, "lang": {"ar"}})
	if main.FindString(again) != main.FindString(first) {
		t.Error("the answer tells whether an address is known")
	}

	// Nothing goes out until a person says so.
	var release string
	eventually(t, "a letter that waits for release", func() bool {
		m := regexp.MustCompile(`/l/release/[^"]+`).FindString(e.get("/lists"))
		release = p.base + m
		return m != ""
	})
	for _, l := range post.letters(t) {
		if strings.Contains(l, "List-ID: <valletta.") {
			t.Fatal("mailed before anybody released it")
		}
	}
	if b := get(t, release); !strings.Contains(b, "Valletta") || !strings.Contains(b, `value="send"`) {
		t.Fatalf("no preview:\n%s", b)
	}
	r, err := http.PostForm(release, url.Values{"do": {"send"}})
	must(t, err)
	r.Body.Close()
	letter := post.arrives(t, "the letter to the list", "List-ID: <valletta.", "To: <lina@"+domain)
	check(t, letter)

	scan(t, letter)
	ways := twoWays.FindStringSubmatch(header(t, letter, "List-Unsubscribe"))
	if ways == nil {
		t.Fatalf("List-Unsubscribe: %s", header(t, letter, "List-Unsubscribe"))
	}
	stop := ways[1]
	if !strings.Contains(get(t, stop), `value="leave"`) {
		t.Error("a GET changed something")
	}
	for range 2 {
		if status, _ := form(t, stop, url.Values{"List-Unsubscribe": {"One-Click"}}); status != http.StatusOK {
			t.Errorf("one click answers %d", status)
		}
	}
	if strings.Contains(get(t, stop), `value="leave"`) {
		t.Error("one click changed nothing")
	}
	returned(t, post, maildir, e)
}

// twoWays is List-Unsubscribe with the page that takes the one click, and the address that takes a mail.
var twoWays = regexp.MustCompile(`^<(http\S+)>, <mailto:(bounces\+[0-9a-z]{45}@desk\.example)\?subject=unsubscribe>$`)

func header(t testing.TB, letter, name string) string {
	m, err := netmail.ReadMessage(strings.NewReader(letter))
	must(t, err)
	return m.Header.Get(name)
}

// check looks at what a subscriber gets.
func check(t testing.TB, letter string) {
	t.Helper()
	for name, want := range map[string]string{"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Auto-Submitted": "auto-generated", "Precedence": "list"} {
		if got := header(t, letter, name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if f := header(t, letter, "Feedback-Id"); !strings.HasSuffix(f, ":valletta:marsad:deskexample") {
		t.Errorf("Feedback-ID: %q", f)
	}
	if s := header(t, letter, "Dkim-Signature"); !strings.Contains(s, "s=m1") {
		t.Errorf("DKIM-Signature: %q", s)
	}
	if r := header(t, letter, "Return-Path"); !regexp.MustCompile(`^<bounces\+[0-9a-f]{44}@desk\.example>$`).MatchString(r) {
		t.Errorf("Return-Path: %q", r)
	}
	for _, no := range []string{"gone@", "/stories/", "where:Valletta"} {
		if link(t, letter, no) != "" || strings.Contains(letter, no) {
			t.Errorf("the letter holds %q", no)
		}
	}
	if _, err := exec.LookPath("dkimverify"); err == nil {
		cmd := exec.Command("dkimverify")
		cmd.Stdin = strings.NewReader(letter)
		out, _ := cmd.CombinedOutput() // there is no DNS here: it must fail for the key alone
		if !bytes.Contains(out, []byte("signature")) {
			t.Logf("dkimverify: %s", out)
		}
	}
}

// returned lays reports of the second reader's letter into the return path: a forged one does nothing, the true one ends it.
func returned(t *testing.T, post *postfix, maildir string, e *editor) {
	l := post.arrives(t, "the second reader's letter", "List-ID: <valletta.", "To: <gone@"+domain)
	to := strings.Trim(header(t, l, "Return-Path"), "<>")
	forged := "bounces+" + strings.Repeat("0", 44) + "@desk.example"
	for i, to := range []string{forged, to} {
		report := strings.ReplaceAll("To: "+to+"\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 nobody\n\n--b--\n", "\n", "\r\n")
		must(t, os.WriteFile(filepath.Join(maildir, "new", fmt.Sprint(i)), []byte(report), 0o600))
	}
	eventually(t, "who is not there is noted", func() bool {
		r := e.post("/lists", "/lists/person", url.Values{"address": {"gone@" + domain}, "do": {"export"}})
		return strings.Contains(r, `"suppressed": "bounced"`)
	})
}
