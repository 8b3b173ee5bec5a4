// Package fetch is the desk's way onto the web: polite, honest about who it is, and safe against what it meets there. One request
// at a time goes to a host, with a pause between; robots.txt is obeyed for pages; size, time, redirects and decompression are
// capped; and no address is dialled that is not public, unless the configuration allows it.
//
// It reads nothing of what it fetches but robots.txt, keeps no cookies and sends no referrer.
package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"marsad/internal/desk"
	"marsad/internal/fault"
)

// Options say how to fetch. The zero Options are good.
type Options struct {
	Name  string               // product token in User-Agent and robots.txt; "Marsad"
	About string               // address of a page, or mail address, of whoever runs the desk; stands in User-Agent
	Hosts map[string]string    // host without port -> the address to dial for it; such an address need not be public
	Allow []netip.Prefix       // networks that may be dialled though they are not public
	Pause time.Duration        // between requests to one host; 1 s
	Bytes int64                // most of a body, decompressed; 16 MiB
	Time  time.Duration        // most for one request, from dialling to the last byte; 30 s
	Now   func() time.Time     // for pauses and the age of robots.txt; the system's
	Dial  func(network string) // called before each dialling, for tests
}

const (
	version = "0.1"
	hops    = 5
)

// Client fetches. It is safe for many goroutines.
type Client struct {
	o      Options
	http   *http.Client
	agent  string
	gates  gates
	robots rulebook
}

var _ desk.Fetcher = (*Client)(nil)

// New makes a client.
func New(o Options) *Client {
	set(&o.Name, "Marsad")
	set(&o.Pause, time.Second)
	set(&o.Bytes, 16<<20)
	set(&o.Time, 30*time.Second)
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Client{o: o, agent: agent(o), http: &http.Client{
		Transport:     transport(o),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // each hop waits its turn: see Get
	}}
}

// agent says honestly who asks.
func agent(o Options) string {
	if o.About == "" {
		return fmt.Sprintf("%s/%s (news desk)", o.Name, version)
	}
	return fmt.Sprintf("%s/%s (+%s)", o.Name, version, o.About)
}

func set[T comparable](v *T, otherwise T) {
	var zero T
	if *v == zero {
		*v = otherwise
	}
}

// Get implements desk.Fetcher.
func (c *Client) Get(ctx context.Context, r desk.Request) (desk.Response, error) {
	return c.get(ctx, r, 0)
}

// get is Get; first, where it is not 0, is how many bytes of a body are enough, however long it is.
func (c *Client) get(ctx context.Context, r desk.Request, first int64) (desk.Response, error) {
	at, moved, forGood := r.URL, "", true
	for range hops + 1 {
		u, err := address(at)
		if err != nil {
			return desk.Response{Final: at}, err
		}
		pause := c.o.Pause
		if r.Page {
			wait, err := c.permitted(ctx, u)
			if err != nil {
				return desk.Response{Final: at, Why: whyForbidden(err)}, err
			}
			pause = max(pause, wait)
		}
		step := r
		if step.URL = u.String(); step.URL != r.URL {
			step.ETag, step.LastModified = "", "" // they belong to another address
		}
		resp, next, err := c.hop(ctx, u, step, pause, first)
		if resp.Moved, resp.Final = moved, u.String(); next == "" || err != nil {
			return resp, err
		}
		if at, forGood = next, forGood && permanent(resp.Status); forGood {
			moved = next
		}
	}
	return desk.Response{Final: at, Why: desk.Circle}, fault.New(fault.Permanent, "fetch: %s: more than %d redirects", r.URL, hops)
}

// whyForbidden gives the word for a page that may not be asked for.
func whyForbidden(err error) string {
	if why := whyNot(err); why != "" || !fault.Is(err, fault.Denied) {
		return why
	}
	return desk.Robots
}

func permanent(status int) bool {
	return status == http.StatusMovedPermanently || status == http.StatusPermanentRedirect
}

// address parses an address and refuses what is not the web.
func address(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return nil, fault.New(fault.Invalid, "fetch: %w", err)
	case u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return nil, fault.New(fault.Invalid, "fetch: %q is no web address: it has to begin with http:// or https://", s)
	}
	u.Fragment, u.User = "", nil
	return u, nil
}

// hop asks one host once, in its turn. next is where it redirects to, "" if it does not.
func (c *Client) hop(ctx context.Context, u *url.URL, r desk.Request, pause time.Duration, first int64) (resp desk.Response, next string, err error) {
	done, err := c.gates.enter(ctx, u.Host, c.o.Now)
	if err != nil {
		return resp, "", fault.New(fault.Temporary, "fetch: %s: %w", u, err)
	}
	defer func() { done(pause) }()
	ctx, cancel := context.WithTimeout(ctx, c.o.Time)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return resp, "", fault.New(fault.Invalid, "fetch: %w", err)
	}
	c.headers(req.Header, r)
	got, err := c.http.Do(req)
	if err != nil {
		resp.Why = whyNot(err)
		return resp, "", refused(u, err)
	}
	defer got.Body.Close()
	return c.answer(u, r, got, first)
}

func (c *Client) headers(h http.Header, r desk.Request) {
	h.Set("User-Agent", c.agent)
	h.Set("Accept-Encoding", "gzip, deflate")
	h.Set("Accept", "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5")
	if r.Page {
		h.Set("Accept", "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1")
	}
	if r.ETag != "" {
		h.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		h.Set("If-Modified-Since", r.LastModified)
	}
}
