// Package spf reads what a domain publishes of who may send its mail (RFC 7208), as a receiver would, and tells why one that looks right
// does not hold: several records, more than ten look-ups, names that lead nowhere. It judges no mail and expands no macros.
package spf

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
)

// Resolver is what the package asks of DNS; *net.Resolver is one.
type Resolver interface {
	LookupTXT(ctx context.Context, name string) ([]string, error)
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// What a receiver makes of a domain's record.
const (
	None      = "none"      // nothing is published
	Neutral   = "neutral"   // it says nothing of the address
	Pass      = "pass"      // the address may send
	SoftFail  = "softfail"  // it may hardly
	Fail      = "fail"      // it may not
	PermError = "permerror" // the record does not hold, and counts for nothing
)

// Most look-ups, and most of them in vain, that receivers make (RFC 7208, 4.6.4).
const (
	MostLookups = 10
	MostVoid    = 2
)

// Report is what a domain publishes. Look-ups are counted over the whole record, not to the first mechanism that matches: who sends from
// the last address of the list needs them all.
type Report struct {
	Record   string
	Lookups  int
	Void     int
	Problems []string          // why it does not hold
	Hints    []string          // what is unwise
	Of       map[string]string // by address that was asked about: what a receiver makes of it
}

// Read reads a domain's record and what it leads to, and what it makes of some addresses. An error says that DNS could not be asked.
func Read(ctx context.Context, r Resolver, domain string, ips ...netip.Addr) (out Report, err error) {
	w := &walk{ctx: ctx, dns: r, out: &out, seen: map[string]bool{}}
	for _, ip := range ips {
		w.asked = append(w.asked, &asked{ip: ip.Unmap()})
	}
	known, err := w.domain(domain, true)
	if err != nil {
		return out, err
	}
	if out.Lookups > MostLookups {
		w.problem("it takes %d look-ups, and receivers make %d", out.Lookups, MostLookups)
	}
	if out.Void > MostVoid {
		w.problem("%d of its names lead nowhere, and receivers bear %d", out.Void, MostVoid)
	}
	out.Of = map[string]string{}
	for _, a := range w.asked {
		switch {
		case !known:
			a.result = None
		case len(out.Problems) > 0:
			a.result = PermError
		case a.result == "":
			a.result = Neutral
		}
		out.Of[a.ip.String()] = a.result
	}
	return out, nil
}

// asked is an address and what the first mechanism that it matches says.
type asked struct {
	ip     netip.Addr
	result string
}

// walk goes through a record and those that it leads to.
type walk struct {
	ctx   context.Context
	dns   Resolver
	out   *Report
	asked []*asked
	seen  map[string]bool // that are being read
	read  int
}

// mostRead ends the walk through a record without an end; by then it is wrong anyhow.
const mostRead = 40

func (w *walk) problem(format string, args ...any) {
	w.out.Problems = append(w.out.Problems, fmt.Sprintf(format, args...))
}

// domain reads the record of a domain, the first one or one that it leads to. known says that there is one.
func (w *walk) domain(name string, first bool) (known bool, err error) {
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	if w.read++; w.seen[name] || w.read > mostRead {
		w.problem("%s leads on without an end", name)
		return true, nil
	}
	w.seen[name] = true
	defer delete(w.seen, name)
	texts, err := w.dns.LookupTXT(w.ctx, name)
	if err != nil && !nowhere(err) {
		return false, err
	}
	var found []string
	for _, t := range texts {
		if low := strings.ToLower(t); low == "v=spf1" || strings.HasPrefix(low, "v=spf1 ") {
			found = append(found, t)
		}
	}
	switch len(found) {
	case 0:
		if !first {
			w.problem("%s, to which it leads, publishes no SPF", name)
		}
		return false, nil
	case 1:
	default:
		w.problem("%s publishes %d records of SPF, and then none of them holds", name, len(found))
		return true, nil
	}
	if first {
		w.out.Record = found[0]
	}
	return true, w.record(name, strings.Fields(found[0])[1:], first)
}

// record goes through a record's terms.
func (w *walk) record(name string, terms []string, first bool) error {
	redirect, all := "", false
	for _, term := range terms {
		if key, value, ok := strings.Cut(term, "="); ok && !strings.ContainsAny(key, ":/") {
			if strings.EqualFold(key, "redirect") {
				redirect = value
			}
			continue
		}
		m := mechanism(term)
		if m.name == "all" {
			all = true
			if first && m.result == Pass {
				w.out.Hints = append(w.out.Hints, "+all lets everybody send in its name")
			}
			w.match(m.result, func(netip.Addr) bool { return true })
			continue
		}
		if all {
			if first {
				w.out.Hints = append(w.out.Hints, "what stands behind \"all\" is not read: "+term)
			}
			break
		}
		if err := w.mechanism(name, m, term); err != nil {
			return err
		}
	}
	if redirect == "" || all || strings.Contains(redirect, "%") {
		return nil
	}
	w.out.Lookups++
	_, err := w.domain(redirect, false)
	return err
}

// match notes a result for each address that has none yet and fits.
func (w *walk) match(result string, fits func(netip.Addr) bool) {
	for _, a := range w.asked {
		if a.result == "" && fits(a.ip) {
			a.result = result
		}
	}
}

func (w *walk) mechanism(domain string, m mech, term string) error {
	target := m.value
	if target == "" {
		target = domain
	}
	switch m.name {
	case "ip4", "ip6":
		prefix, err := network(m)
		if err != nil {
			w.problem("%q is no address", term)
			return nil
		}
		w.match(m.result, prefix.Contains)
		return nil
	case "include", "a", "mx", "ptr", "exists":
		w.out.Lookups++
	default:
		w.problem("%q is no mechanism", term)
		return nil
	}
	if m.name == "ptr" {
		w.out.Hints = append(w.out.Hints, "ptr is slow and many receivers do not ask for it (RFC 7208, 5.5)")
	}
	if m.name == "ptr" || m.name == "exists" || strings.Contains(target, "%") {
		return nil // what it says hangs on the mail
	}
	if m.name == "include" {
		return w.include(target, m.result)
	}
	addresses, err := w.addresses(m.name, target)
	if err == nil {
		w.match(m.result, func(ip netip.Addr) bool { return m.holds(addresses, ip) })
	}
	return err
}

// include reads another domain's record: whom it lets pass gets the result, and of others it says nothing.
func (w *walk) include(name, result string) error {
	outer := w.asked
	inner := make([]*asked, len(outer))
	for i, a := range outer {
		inner[i] = &asked{ip: a.ip}
	}
	w.asked = inner
	_, err := w.domain(name, false)
	w.asked = outer
	for i, a := range outer {
		if a.result == "" && inner[i].result == Pass {
			a.result = result
		}
	}
	return err
}

// addresses gives those of a host, or of a domain's mail servers.
func (w *walk) addresses(kind, name string) (all []netip.Addr, err error) {
	hosts := []string{name}
	if kind == "mx" {
		servers, err := w.dns.LookupMX(w.ctx, name)
		if err != nil && !nowhere(err) {
			return nil, err
		}
		if hosts = nil; len(servers) > MostLookups {
			w.problem("%s has more than %d mail servers", name, MostLookups)
			servers = servers[:MostLookups]
		}
		for _, s := range servers {
			hosts = append(hosts, s.Host)
		}
	}
	for _, h := range hosts {
		ips, err := w.dns.LookupNetIP(w.ctx, "ip", h)
		if err != nil && !nowhere(err) {
			return nil, err
		}
		for _, ip := range ips {
			all = append(all, ip.Unmap())
		}
	}
	if len(all) == 0 {
		w.out.Void++
		w.out.Hints = append(w.out.Hints, kind+" of "+name+" leads nowhere")
	}
	return all, nil
}

func nowhere(err error) bool {
	var dns *net.DNSError
	return errors.As(err, &dns) && dns.IsNotFound
}
