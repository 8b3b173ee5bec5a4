package smtp

import (
	"strings"
	"sync"
	"time"
)

// Gate keeps the desk from pressing one domain: so many deliveries at once, so many a minute, and none for a while after the domain
// said that it does not want us (5.7.x), which says nothing of the person. It is safe for concurrent use.
type Gate struct {
	AtOnce    int // deliveries to one domain at once; 0: any number
	PerMinute int // 0: any number
	Now       func() time.Time

	mu      sync.Mutex
	domains map[string]*domain
}

// domain is how the desk stands with one domain.
type domain struct {
	under    int       // way
	tokens   float64   // deliveries that may begin at once
	counted  time.Time // tokens are as of then
	refusals int
	until    time.Time // nothing begins before
}

const (
	firstPause  = 15 * time.Minute
	longPause   = 6 * time.Hour
	mostDomains = 100_000
)

// Domain gives the part of an address that a gate counts by.
func Domain(address string) string {
	return strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
}

// Enter tells whether a delivery to a domain may begin. If so, leave is to be called when it has ended; if not, it may be asked for
// again at until, and why says what stands against it.
func (g *Gate) Enter(name string) (leave func(), until time.Time, why string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	d, now := g.domain(name), g.Now()
	switch {
	case now.Before(d.until):
		return nil, d.until, name + " does not want the desk's mail for now"
	case g.AtOnce > 0 && d.under >= g.AtOnce:
		return nil, now.Add(2 * time.Second), "enough is under way to " + name
	case g.PerMinute > 0:
		most := float64(g.PerMinute)
		d.tokens = min(most, d.tokens+now.Sub(d.counted).Minutes()*most)
		d.counted = now
		if d.tokens < 1 {
			return nil, now.Add(time.Duration((1 - d.tokens) / most * float64(time.Minute))), "enough was sent to " + name + " in this minute"
		}
		d.tokens--
	}
	d.under++
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		d.under--
	}, time.Time{}, ""
}

func (g *Gate) domain(name string) *domain {
	if g.domains == nil || len(g.domains) > mostDomains {
		g.domains = map[string]*domain{}
	}
	d := g.domains[name]
	if d == nil {
		d = &domain{tokens: float64(g.PerMinute), counted: g.Now()}
		g.domains[name] = d
	}
	return d
}

// Unwanted closes the gate to a domain for a while, longer each time. Welcome opens it.
func (g *Gate) Unwanted(name string) (until time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	d := g.domain(name)
	if now := g.Now(); !now.Before(d.until) { // many deliveries under way are refused at once: that is one refusal
		d.until = now.Add(min(firstPause<<min(d.refusals, 10), longPause))
		d.refusals++
	}
	return d.until
}

// Welcome notes that a domain took a message.
func (g *Gate) Welcome(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	d := g.domain(name)
	d.refusals, d.until = 0, time.Time{}
}

// Closed lists the domains that do not want the desk's mail for now, and until when.
func (g *Gate) Closed() map[string]time.Time {
	g.mu.Lock()
	defer g.mu.Unlock()
	out := map[string]time.Time{}
	for name, d := range g.domains {
		if g.Now().Before(d.until) {
			out[name] = d.until
		}
	}
	return out
}
