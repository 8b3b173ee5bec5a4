package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"marsad/internal/sqlite"
	"marsad/internal/web"
	"marsad/news"
)

// examineMail looks at what the world knows of the desk's mail: what DNS says against what it should.
func (rt *runtimeEnv) examineMail(s *sqlite.Store, say func(bool, string, string) error) error {
	want, err := records(s, rt)
	if err != nil || len(want) == 0 {
		return err
	}
	ctx, cancel := context.WithTimeout(rt.ctx, 20*time.Second)
	defer cancel()
	o := outOf(rt.ctx, s)
	if o.DKIM.Domain == "" {
		if err := say(false, "mail goes out unsigned", "make keys with marsad mail dkim"); err != nil {
			return err
		}
	}
	if o.Bounces == "" {
		if err := say(false, "nobody reads failed mail that comes back", "say where with marsad mail bounces"); err != nil {
			return err
		}
	}
	var m web.Mail
	setting(rt.ctx, s, web.SettingMail, &m)
	if from := domainOf(m.From); o.DKIM.Domain != "" && from != "" && !aligned(from, o.DKIM.Domain) {
		if err := say(false, "mail from "+from+" is signed by "+o.DKIM.Domain+", which DMARC does not count", "make keys for "+from+" with marsad mail dkim --again"); err != nil {
			return err
		}
	}
	for _, r := range want {
		look := rt.published
		if r.Type == "MX" {
			look = rt.receives
		}
		ok, what, todo, err := look(ctx, r)
		if err != nil {
			return say(true, "no DNS can be asked from here: SPF, DKIM and DMARC are not checked", "marsad mail records shows what to publish")
		}
		if err := say(ok || r.Optional, what, todo); err != nil {
			return err
		}
	}
	return rt.examineName(ctx, m.Host, say)
}

// aligned tells whether a signature of one domain counts for mail from another: one is the other, or stands below it (RFC 7489, relaxed).
func aligned(from, signs string) bool {
	from, signs = strings.ToLower(from), strings.ToLower(signs)
	return from == signs || strings.HasSuffix(from, "."+signs) || strings.HasSuffix(signs, "."+from)
}

// receives tells whether a domain takes mail: it has an MX record, or an address (RFC 5321, 5.1).
func (rt *runtimeEnv) receives(ctx context.Context, r record) (ok bool, what, todo string, err error) {
	var dns *net.DNSError
	mx, err := rt.resolver().LookupMX(ctx, r.Name)
	if len(mx) > 0 {
		return true, "mail to " + r.Name + " goes to " + strings.TrimSuffix(mx[0].Host, "."), "", nil
	}
	if err != nil && (!errors.As(err, &dns) || !dns.IsNotFound) {
		return false, "", "", err
	}
	if hosts, err := rt.resolver().LookupHost(ctx, r.Name); err == nil && len(hosts) > 0 {
		return true, "mail to " + r.Name + " goes to its own address", "", nil
	}
	return false, "nobody takes mail for " + r.Name + ", where failures should come back to", "publish an MX record of " + r.Name, nil
}

// published tells whether a record stands in DNS; an error says that DNS cannot be asked.
func (rt *runtimeEnv) published(ctx context.Context, r record) (ok bool, what, todo string, err error) {
	have, err := rt.resolver().LookupTXT(ctx, r.Name)
	var dns *net.DNSError
	if errors.As(err, &dns) && dns.IsNotFound {
		have, err = nil, nil
	}
	if err != nil {
		return false, "", "", err
	}
	kind, _, _ := strings.Cut(r.Value, ";")
	kind, _, _ = strings.Cut(kind, " ")
	if n := len(slices.DeleteFunc(slices.Clone(have), func(h string) bool { return !strings.HasPrefix(strings.ToLower(h), "v=spf1") })); kind == "v=spf1" && n > 1 {
		return false, fmt.Sprintf("%s publishes %d records of SPF, and then none of them holds", r.Name, n), "make one of them", nil
	}
	for _, h := range have {
		switch {
		case !strings.HasPrefix(strings.ToLower(h), strings.ToLower(kind)):
			continue
		case kind != "v=DKIM1" || bare(h) == bare(r.Value):
			return true, r.Name + " publishes " + kind, "", nil
		}
		return false, r.Name + " publishes another key", "publish: " + r.Value, nil
	}
	return false, r.Name + " publishes no " + kind, "publish: " + r.Value, nil
}

func bare(s string) string { return strings.Join(strings.Fields(strings.ReplaceAll(s, ";", " ")), " ") }

// examineName checks that a mail server's address leads back to a name that leads to the address (PTR): many refuse mail otherwise.
func (rt *runtimeEnv) examineName(ctx context.Context, host string, say func(bool, string, string) error) error {
	ips, err := rt.resolver().LookupHost(ctx, host)
	if err != nil || len(ips) == 0 || net.ParseIP(ips[0]).IsLoopback() || net.ParseIP(ips[0]).IsPrivate() {
		return nil // nothing that the world sees
	}
	names, err := rt.resolver().LookupAddr(ctx, ips[0])
	if err != nil || len(names) == 0 {
		return say(false, fmt.Sprintf("%s (%s) has no name in reverse DNS", host, ips[0]), "have whoever owns the address publish a PTR record")
	}
	back, err := rt.resolver().LookupHost(ctx, names[0])
	if err != nil || !slices.Contains(back, ips[0]) {
		return say(false, fmt.Sprintf("%s is called %s, which leads elsewhere", ips[0], names[0]), "let the PTR record and the name's own record agree")
	}
	return say(true, fmt.Sprintf("%s is called %s", ips[0], names[0]), "")
}

func (rt *runtimeEnv) resolver() *net.Resolver {
	if rt.dns != nil {
		return rt.dns
	}
	return net.DefaultResolver
}

// examineLists looks at public lists.
func (rt *runtimeEnv) examineLists(s *sqlite.Store, say func(bool, string, string) error) error {
	ls, err := s.Lists(rt.ctx)
	if err != nil || len(ls) == 0 {
		return err
	}
	if b, err := s.Setting(rt.ctx, "lists-hold"); err == nil && len(b) > 0 {
		if err := say(false, "all public lists are on hold: "+string(b), "an admin lifts the hold on the page of the lists"); err != nil {
			return err
		}
	}
	tallies, err := s.Tallies(rt.ctx)
	if err != nil {
		return err
	}
	held, err := s.Unreleased(rt.ctx)
	if err != nil {
		return err
	}
	n := 0
	for _, t := range tallies {
		n += t[news.Confirmed]
	}
	for _, l := range ls {
		if l.Imprint == "" {
			if err := say(false, "the list "+safe(l.Name)+" does not say who writes", "give it a postal address on its page: the law of many countries asks for one"); err != nil {
				return err
			}
		}
	}
	return say(true, fmt.Sprintf("%d public lists with %d subscriptions, %d letters wait for release", len(ls), n, len(held)), "")
}
