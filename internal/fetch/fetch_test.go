package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"marsad/internal/desk"
	"marsad/internal/fault"
)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// host serves a handler and gives a client that may dial it.
func host(t *testing.T, h http.HandlerFunc, o Options) (*Client, string) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	o.Allow = loopback
	set(&o.Pause, time.Microsecond)
	return New(o), s.URL
}

func TestConditional(t *testing.T) {
	c, base := host(t, func(w http.ResponseWriter, r *http.Request) {
		if ua := r.Header.Get("User-Agent"); ua != "Marsad/0.1 (+https://desk.example/)" {
			t.Errorf("User-Agent %q", ua)
		}
		if r.Header.Get("If-None-Match") == `"v1"` && r.Header.Get("If-Modified-Since") == "then" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Last-Modified", "then")
		io.WriteString(w, "body")
	}, Options{About: "https://desk.example/"})
	first, err := c.Get(context.Background(), desk.Request{URL: base})
	if err != nil || string(first.Body) != "body" || first.ETag != `"v1"` || first.LastModified != "then" {
		t.Fatalf("%+v %v", first, err)
	}
	again, err := c.Get(context.Background(), desk.Request{URL: base, ETag: first.ETag, LastModified: first.LastModified})
	if err != nil || again.Status != http.StatusNotModified || again.Body != nil {
		t.Fatalf("%+v %v", again, err)
	}
}

func TestKinds(t *testing.T) {
	c, base := host(t, func(w http.ResponseWriter, r *http.Request) {
		var status int
		fmt.Sscanf(r.URL.Path, "/%d", &status)
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(status)
	}, Options{})
	for status, want := range map[int]fault.Kind{404: fault.NotFound, 410: fault.NotFound, 401: fault.Permanent, 403: fault.Permanent, 451: fault.Permanent,
		408: fault.Temporary, 429: fault.Temporary, 500: fault.Temporary, 503: fault.Temporary} {
		resp, err := c.Get(context.Background(), desk.Request{URL: fmt.Sprintf("%s/%d", base, status)})
		if !fault.Is(err, want) || resp.Status != status {
			t.Errorf("%d: %v, status %d", status, err, resp.Status)
		}
		if d := time.Until(resp.Retry); d < 110*time.Second || d > 130*time.Second {
			t.Errorf("%d: retry in %v", status, d)
		}
	}
	for _, bad := range []string{"", "ftp://a.example/", "file:///etc/passwd", "http://", "javascript:1", "http://[::1"} {
		if _, err := c.Get(context.Background(), desk.Request{URL: bad}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2024, 6, 18, 12, 0, 0, 0, time.UTC)
	for s, want := range map[string]time.Time{"": {}, "x": {}, "-5": {}, "0": {}, "60": now.Add(time.Minute), "99999999": now.Add(longest), "99999999999999": {},
		"Tue, 18 Jun 2024 13:00:00 GMT": now.Add(time.Hour), "Tue, 18 Jun 2024 11:00:00 GMT": {}} {
		if got := retryAfter(s, now); !got.Equal(want) {
			t.Errorf("%q: %v, want %v", s, got, want)
		}
	}
}

func TestRedirects(t *testing.T) {
	c, base := host(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/moved2", http.StatusMovedPermanently)
		case "/moved2":
			http.Redirect(w, r, "/here", http.StatusPermanentRedirect)
		case "/mixed":
			http.Redirect(w, r, "/moved", http.StatusFound)
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/out":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/here":
			if r.Header.Get("If-None-Match") != "" {
				t.Error("another address was asked with this one's ETag")
			}
			io.WriteString(w, "here")
		}
	}, Options{})
	ask := func(path string) (desk.Response, error) {
		return c.Get(context.Background(), desk.Request{URL: base + path, ETag: `"x"`})
	}
	if r, err := ask("/moved"); err != nil || r.Final != base+"/here" || r.Moved != base+"/here" || string(r.Body) != "here" {
		t.Errorf("moved: %+v %v", r, err)
	}
	if r, err := ask("/mixed"); err != nil || r.Final != base+"/here" || r.Moved != "" {
		t.Errorf("moved behind a temporary redirect: %+v %v", r, err)
	}
	if _, err := ask("/loop"); !fault.Is(err, fault.Permanent) {
		t.Errorf("loop: %v", err)
	}
	if _, err := ask("/out"); !fault.Is(err, fault.Invalid) {
		t.Errorf("out of the web: %v", err)
	}
}

func TestCaps(t *testing.T) {
	zeros := bytes.Repeat([]byte{0}, 1<<20)
	h := func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/large":
			w.Write(zeros)
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for range 1000 {
				if _, err := z.Write(zeros); err != nil {
					return
				}
			}
			z.Close()
		case "/slow":
			for r.Context().Err() == nil {
				io.WriteString(w, "x")
				w.(http.Flusher).Flush()
				time.Sleep(10 * time.Millisecond)
			}
		case "/header":
			w.Header().Set("X", strings.Repeat("x", 1<<20))
		}
	}
	// Only what is slow is to meet the limit of time, however slow the machine is.
	hasty, base := host(t, h, Options{Bytes: 100 << 10, Time: 1500 * time.Millisecond})
	patient, _ := host(t, h, Options{Bytes: 100 << 10, Time: time.Minute})
	for path, want := range map[string]fault.Kind{"/large": fault.TooLarge, "/bomb": fault.TooLarge, "/slow": fault.Temporary, "/header": fault.Temporary} {
		c := patient
		if path == "/slow" {
			c = hasty
		}
		began := time.Now()
		if _, err := c.Get(context.Background(), desk.Request{URL: base + path}); !fault.Is(err, want) {
			t.Errorf("%s: %v", path, err)
		}
		if took := time.Since(began); took > 30*time.Second {
			t.Errorf("%s: took %v", path, took)
		}
	}
}

func TestEncodings(t *testing.T) {
	packs := map[string]func(io.Writer) io.WriteCloser{
		"gzip": func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
		"zlib": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
		"bare": func(w io.Writer) io.WriteCloser { z, _ := flate.NewWriter(w, 6); return z },
	}
	c, base := host(t, func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Path[1:]
		encoding := map[string]string{"gzip": "gzip", "zlib": "deflate", "bare": "deflate", "br": "br"}[name]
		w.Header().Set("Content-Encoding", encoding)
		if p := packs[name]; p != nil {
			z := p(w)
			io.WriteString(z, "words")
			z.Close()
		}
	}, Options{})
	for name := range packs {
		if r, err := c.Get(context.Background(), desk.Request{URL: base + "/" + name}); err != nil || string(r.Body) != "words" {
			t.Errorf("%s: %q %v", name, r.Body, err)
		}
	}
	if _, err := c.Get(context.Background(), desk.Request{URL: base + "/br"}); !fault.Is(err, fault.Temporary) {
		t.Errorf("an encoding that was not asked for: %v", err)
	}
}

// TestOneAtATime asks two hosts for several things at once.
func TestOneAtATime(t *testing.T) {
	var at, most atomic.Int32
	const pause = 20 * time.Millisecond
	c, base := host(t, func(w http.ResponseWriter, r *http.Request) {
		most.Store(max(most.Load(), at.Add(1)))
		time.Sleep(2 * time.Millisecond)
		at.Add(-1)
	}, Options{Pause: pause})
	began := time.Now()
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			if _, err := c.Get(context.Background(), desk.Request{URL: base}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if most.Load() != 1 {
		t.Errorf("%d requests at once", most.Load())
	}
	if took := time.Since(began); took < 4*pause {
		t.Errorf("five requests in %v", took)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if _, err := c.Get(ctx, desk.Request{URL: base}); !fault.Is(err, fault.Temporary) {
		t.Errorf("gave up waiting: %v", err)
	}
}

func TestRobotsForPages(t *testing.T) {
	var robots atomic.Int32
	c, base := host(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			robots.Add(1)
			io.WriteString(w, "User-agent: *\nDisallow: /no\n")
		case "/to-no":
			http.Redirect(w, r, "/no/x", http.StatusFound)
		case "/picture":
			w.Header().Set("Content-Type", "image/png")
		}
	}, Options{})
	for path, want := range map[string]fault.Kind{"/yes": "", "/no/x": fault.Denied, "/to-no": fault.Denied, "/picture": fault.Permanent} {
		if _, err := c.Get(context.Background(), desk.Request{URL: base + path, Page: true}); fault.KindOf(err) != want {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := c.Get(context.Background(), desk.Request{URL: base + "/no/feed"}); err != nil {
		t.Errorf("a feed: %v", err)
	}
	if robots.Load() != 1 {
		t.Errorf("robots.txt was asked for %d times", robots.Load())
	}
}

func TestRobotsMissingOrBroken(t *testing.T) {
	for status, want := range map[int]fault.Kind{404: "", 403: "", 500: fault.Temporary, 429: fault.Temporary} {
		c, base := host(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				w.WriteHeader(status)
			}
		}, Options{})
		if _, err := c.Get(context.Background(), desk.Request{URL: base + "/x", Page: true}); fault.KindOf(err) != want {
			t.Errorf("robots.txt answers %d: %v", status, err)
		}
	}
}

// TestNotPublic finds every way to name an address that is not public refused before the first packet.
func TestNotPublic(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	met := make(chan struct{}, 100)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			met <- struct{}{}
			conn.Close()
		}
	}()
	port := l.Addr().(*net.TCPAddr).Port
	c := New(Options{Pause: time.Microsecond, Time: 2 * time.Second})
	for _, ip := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "[::]", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
		"100.64.0.1", "[fe80::1]", "[fc00::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001:db8::1]", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"} {
		for _, u := range []string{fmt.Sprintf("http://%s:%d/", ip, port), fmt.Sprintf("http://%s/", ip)} {
			if _, err := c.Get(context.Background(), desk.Request{URL: u}); !fault.Is(err, fault.Denied) {
				t.Errorf("%s: %v", u, err)
			}
		}
	}
	if len(met) > 0 {
		t.Errorf("%d connections reached a private address", len(met))
	}
}

// TestRedirectToPrivate follows no public host to a private one.
func TestRedirectToPrivate(t *testing.T) {
	private := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("reached") }))
	defer private.Close()
	public := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, private.URL, http.StatusFound) }))
	defer public.Close()
	c := New(Options{Pause: time.Microsecond, Hosts: map[string]string{"outlet.test": public.Listener.Addr().String()}})
	if _, err := c.Get(context.Background(), desk.Request{URL: "http://outlet.test/"}); !fault.Is(err, fault.Denied) {
		t.Errorf("got %v", err)
	}
}

func TestHosts(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Host) }))
	defer s.Close()
	c := New(Options{Pause: time.Microsecond, Hosts: map[string]string{"a.demo.test": s.Listener.Addr().String(), "b.demo.test": s.Listener.Addr().String()}})
	for _, h := range []string{"a.demo.test", "b.demo.test"} {
		if r, err := c.Get(context.Background(), desk.Request{URL: "http://" + h + "/x"}); err != nil || string(r.Body) != h {
			t.Errorf("%s: %q %v", h, r.Body, err)
		}
	}
}

// Of a robots.txt without end its beginning holds: a host does not open itself by saying too much.
func TestRobotsTooLong(t *testing.T) {
	c, base := host(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			return
		}
		io.WriteString(w, "User-agent: *\nDisallow: /no\n")
		line := strings.Repeat("#", 1<<16) + "\n"
		for range 1 << 10 {
			if _, err := io.WriteString(w, line); err != nil {
				return
			}
		}
	}, Options{Bytes: 1 << 20})
	for path, want := range map[string]fault.Kind{"/no/x": fault.Denied, "/yes": ""} {
		if _, err := c.Get(context.Background(), desk.Request{URL: base + path, Page: true}); fault.KindOf(err) != want {
			t.Errorf("%s: %v", path, err)
		}
	}
}
