package fetch

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"time"

	"marsad/internal/desk"
	"marsad/internal/fault"
)

// rulebook remembers each host's robots.txt.
type rulebook struct {
	mu    sync.Mutex
	hosts map[string]page
}

// page is a robots.txt as known.
type page struct {
	rules   rules
	problem bool // the host could not be asked: nothing is permitted until it can
	until   time.Time
}

const (
	robotsFresh = 24 * time.Hour  // the standard's most
	robotsAgain = 5 * time.Minute // after a host could not be asked
	manyHosts   = 4096
)

// permitted tells whether a page may be fetched, and the pause that the host asks for between requests.
func (c *Client) permitted(ctx context.Context, u *url.URL) (time.Duration, error) {
	p, err := c.rulesOf(ctx, u)
	switch {
	case err != nil:
		return 0, err
	case p.problem:
		return 0, fault.New(fault.Temporary, "fetch: %s: robots.txt of %s cannot be read", u, u.Host)
	case !p.rules.permits(u.RequestURI()):
		return 0, fault.New(fault.Denied, "fetch: %s: robots.txt forbids it", u)
	}
	return p.rules.pause, nil
}

func (c *Client) rulesOf(ctx context.Context, u *url.URL) (page, error) {
	key := u.Scheme + "://" + u.Host
	c.robots.mu.Lock()
	p, known := c.robots.hosts[key]
	c.robots.mu.Unlock()
	if known && c.o.Now().Before(p.until) {
		return p, nil
	}
	p, err := c.askRobots(ctx, key)
	if err != nil {
		return p, err
	}
	c.robots.mu.Lock()
	defer c.robots.mu.Unlock()
	if c.robots.hosts == nil || len(c.robots.hosts) > manyHosts {
		c.robots.hosts = map[string]page{}
	}
	c.robots.hosts[key] = p
	return p, nil
}

// askRobots fetches a robots.txt as the standard says: a file that is not there permits everything, a server that does not answer
// nothing. Of a long one the first 512 KiB count.
func (c *Client) askRobots(ctx context.Context, origin string) (page, error) {
	now := c.o.Now()
	resp, err := c.get(ctx, desk.Request{URL: origin + "/robots.txt"}, maxRobots)
	if ctx.Err() != nil {
		return page{}, fault.New(fault.Temporary, "fetch: %s/robots.txt: %w", origin, ctx.Err())
	}
	switch kind := fault.KindOf(err); {
	case err == nil:
		return page{rules: parseRobots(resp.Body, c.o.Name), until: now.Add(robotsFresh)}, nil
	case kind == fault.Denied:
		return page{}, err // the address itself is refused
	case resp.Status >= 400 && resp.Status < 500 && resp.Status != http.StatusTooManyRequests, resp.Status >= 300 && resp.Status < 400:
		return page{until: now.Add(robotsFresh)}, nil
	}
	return page{problem: true, until: later(resp.Retry, now.Add(robotsAgain))}, nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
