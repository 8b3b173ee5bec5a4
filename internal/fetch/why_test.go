package fetch

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"marsad/internal/desk"
)

// What stands in the way is said in one word, so that people can be told what to do.
func TestWhyNot(t *testing.T) {
	c, base := host(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /closed/\n")
		case r.URL.Path == "/circle":
			http.Redirect(w, r, "/circle", http.StatusFound)
		case r.URL.Path == "/slow":
			<-r.Context().Done()
		case r.URL.Path == "/large":
			w.Write(make([]byte, 2000))
		default:
			var status int
			fmt.Sscanf(r.URL.Path, "/%d", &status)
			w.WriteHeader(status)
		}
	}, Options{Bytes: 1000, Time: 3 * time.Second})
	safe := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(safe.Close)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for at, want := range map[string]string{
		base + "/401": desk.Forbidden, base + "/403": desk.Forbidden, base + "/451": desk.Forbidden, base + "/429": desk.Busy, base + "/500": desk.Faulty, base + "/503": desk.Faulty,
		base + "/404": "", base + "/418": "", base + "/large": "", base + "/circle": desk.Circle, base + "/slow": desk.NoAnswer, base + "/closed/x": desk.Robots,
		safe.URL: desk.NoTrust, strings.Replace(base, "http:", "https:", 1): desk.NoTrust, gone.URL: desk.NoHost,
	} {
		resp, err := c.Get(context.Background(), desk.Request{URL: at, Page: want == desk.Robots})
		if err == nil || resp.Why != want {
			t.Errorf("%s: %q, want %q (%v)", at, resp.Why, want, err)
		}
	}
	if resp, err := New(Options{}).Get(context.Background(), desk.Request{URL: base}); err == nil || resp.Why != desk.Private {
		t.Errorf("an address that is not public: %q %v", resp.Why, err)
	}
	for _, err := range []error{&net.DNSError{IsNotFound: true}, &net.DNSError{IsTimeout: true}} {
		if why := whyNot(&net.OpError{Op: "dial", Err: err}); why != desk.NoName {
			t.Errorf("%v: %q", err, why)
		}
	}
}
