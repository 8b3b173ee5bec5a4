// Package e2e holds no code: its tests run the real program beside a real browser and a real mail server.
package e2e

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/http"
	netmail "net/mail"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	cdp "github.com/chromedp/chromedp"
)

// program is a running marsad.
type program struct {
	base, setup string
	cmd         *exec.Cmd
}

// build compiles the program once a test run.
func build(t testing.TB) string {
	bin := filepath.Join(t.TempDir(), "marsad")
	cmd := exec.Command("go", "build", "-o", bin, "marsad/cmd/marsad")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return bin
}

var setupLine = regexp.MustCompile(`(http://[^/\s]+)/setup\?token=\w+`)

// start runs the program on a free port, as a newcomer does who types its name, and waits for the address that it prints.
func start(t testing.TB, bin, data string, env ...string) *program {
	cmd := exec.Command(bin, "--data", data, "serve", "--listen", "127.0.0.1:0")
	cmd.Env = append(cmd.Environ(), env...)
	out, err := cmd.StdoutPipe()
	must(t, err)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	must(t, cmd.Start())
	t.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the program ended badly: %v\n%s", err, complaints.String())
		}
	})
	p := &program{cmd: cmd}
	for s := bufio.NewScanner(out); s.Scan(); {
		if m := setupLine.FindStringSubmatch(s.Text()); m != nil {
			p.setup, p.base = m[0], m[1]
			go io.Copy(io.Discard, out)
			return p
		}
	}
	t.Fatalf("no address was printed\n%s", complaints.String())
	return nil
}

// browser opens Chromium; without it the test is skipped and says so.
func browser(t testing.TB) context.Context {
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("needs Chromium (Debian package chromium)")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = cdp.NewExecAllocator(ctx, append(cdp.DefaultExecAllocatorOptions[:], cdp.ExecPath(path), cdp.NoSandbox, cdp.Flag("disable-quic", true), cdp.Flag("disable-background-networking", true))...)
	t.Cleanup(cancel)
	ctx, cancel = cdp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

func run[T any](t testing.TB, ctx context.Context, a cdp.Action[T]) T {
	t.Helper()
	v, err := cdp.Run(ctx, a)
	must(t, err)
	return v
}

// patience is how long a test waits for what must come: a busy machine is no fault.
const patience = 3 * time.Minute

// eventually asks again until yes.
func eventually(t testing.TB, what string, yes func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if yes() {
			return
		}
	}
	t.Fatalf("%s: not within %v", what, patience)
}

// TestFromFirstRunToTheMail is the way of a newcomer: the first page has stories, a watch is made, the wire publishes, the mail
// arrives, its link opens the story, and its one click stops it.
func TestFromFirstRunToTheMail(t *testing.T) {
	ctx := browser(t)
	post := startPostfix(t)
	bin := build(t)
	began := time.Now()
	p := start(t, bin, t.TempDir(), "MARSAD_DEMO_WITHIN=90s")
	run(t, ctx, cdp.Navigate(p.base))
	eventually(t, "a first page with stories on it", func() bool {
		n := run(t, ctx, cdp.Evaluate[int](`document.querySelectorAll("main a[href^='/stories/']").length`))
		if n < 5 {
			run(t, ctx, cdp.Reload())
		}
		return n >= 5
	})
	t.Logf("first page with stories: %v after the start", time.Since(began).Round(10*time.Millisecond))

	run(t, ctx, cdp.Navigate(p.setup))
	fill(t, ctx, p.base+"/settings", `form[action="/settings/mail"]`, map[string]string{"host": "127.0.0.1", "port": fmt.Sprint(post.port), "security": "none", "from": "desk@desk.example"})
	fill(t, ctx, p.base+"/watches/new", `form[action="/watches"]`, map[string]string{"name": "Valletta", "q": "where:Valletta", "address": "lina@" + domain})

	// The address confirms itself by mail before it hears anything.
	var ask string
	eventually(t, "the mail that asks", func() bool {
		for _, l := range post.letters(t) {
			if strings.Contains(link(t, l, "/confirm/"), "/confirm/") {
				ask = link(t, l, "/confirm/")
			}
		}
		return ask != ""
	})
	if body := get(t, ask); !strings.Contains(body, "<button") {
		t.Error("the page behind the mail's link has no button")
	}
	run(t, ctx, cdp.Navigate(ask))
	submit(t, ctx, "main form")

	var told string
	eventually(t, "the mail that tells", func() bool {
		for _, l := range post.letters(t) {
			if strings.Contains(link(t, l, "/stories/"), "/stories/") {
				told = l
			}
		}
		return told != ""
	})
	t.Logf("the mail that tells came %v after the start", time.Since(began).Round(100*time.Millisecond))
	run(t, ctx, cdp.Navigate(link(t, told, "/stories/")))
	if h := run(t, ctx, cdp.Text("h1")); h == "" {
		t.Error("the mail's link opens no story")
	}
	oneClick(t, told, p)
}

// oneClick checks RFC 8058: GET changes nothing, POST unsubscribes without signing in.
func oneClick(t *testing.T, letter string, p *program) {
	m, err := netmail.ReadMessage(strings.NewReader(letter))
	must(t, err)
	if m.Header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
		t.Error("no one-click header")
	}
	stop := strings.Trim(m.Header.Get("List-Unsubscribe"), "<>")
	button := `value="unsubscribe"`
	for range 2 { // mail scanners follow links
		if !strings.Contains(get(t, stop), button) {
			t.Error("a GET changed something")
		}
	}
	r, err := http.PostForm(stop, url.Values{"List-Unsubscribe": {"One-Click"}})
	must(t, err)
	r.Body.Close()
	if r.StatusCode != http.StatusOK {
		t.Errorf("one click answers %s", r.Status)
	}
	if strings.Contains(get(t, stop), button) {
		t.Error("one click changed nothing")
	}
}

func get(t testing.TB, address string) string {
	r, err := http.Get(address)
	must(t, err)
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	must(t, err)
	return string(b)
}

// fill fills a form in and sends it, and waits until the next page stands.
func fill(t testing.TB, ctx context.Context, page, form string, values map[string]string) {
	t.Helper()
	run(t, ctx, cdp.Navigate(page))
	for name, v := range values {
		run(t, ctx, cdp.SetValue(form+` [name="`+name+`"]`, v))
	}
	submit(t, ctx, form)
}

func submit(t testing.TB, ctx context.Context, form string) {
	t.Helper()
	run(t, ctx, cdp.Evaluate[bool](`(window.here = true, true)`))
	run(t, ctx, cdp.Evaluate[bool](fmt.Sprintf(`(f => (f.requestSubmit(f.querySelector("button.main") || f.querySelector("button")), true))(document.querySelector(%q))`, form)))
	eventually(t, "the page after "+form, func() bool {
		gone, err := cdp.Run(ctx, cdp.Evaluate[bool](`!window.here && document.readyState == "complete"`))
		return err == nil && gone
	})
	if problem := run(t, ctx, cdp.Evaluate[string](`(document.querySelector(".problem") || {textContent: ""}).textContent`)); problem != "" {
		t.Fatalf("%s: %s", form, problem)
	}
}

// link gives the first address in a letter's text part that holds a path, "" for none.
func link(t testing.TB, letter, path string) string {
	m, err := netmail.ReadMessage(strings.NewReader(letter))
	must(t, err)
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	must(t, err)
	part, err := multipart.NewReader(m.Body, params["boundary"]).NextRawPart()
	must(t, err)
	body, err := io.ReadAll(quotedprintable.NewReader(part))
	must(t, err)
	for _, w := range strings.Fields(string(body)) {
		if strings.HasPrefix(w, "http") && strings.Contains(w, path) {
			return w
		}
	}
	return ""
}
