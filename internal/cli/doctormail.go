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
func (rt *runtimeEnv) examineMail(s *sqlite.Store, say sayer) error {
	want, err := records(s, rt)
	if err != nil || len(want) == 0 {
		return err
	}
	ctx, cancel := context.WithTimeout(rt.ctx, 20*time.Second)
	defer cancel()
	var m web.Mail
	setting(rt.ctx, s, web.SettingMail, &m)
	p := post{host: m.Host, from: strings.ToLower(domainOf(m.From)), out: outOf(rt.ctx, s), ips: rt.public(ctx, m.Host)}
	for _, f := range p.unsaid() {
		if err := say(f.ok, f.what, f.todo); err != nil {
			return err
		}
	}
	for _, r := range append(want, p.more()...) {
		found, err := rt.examineRecord(ctx, p, r)
		if err != nil {
			return say(true, "no DNS can be asked from here: SPF, DKIM and DMARC are not checked", "marsad mail records shows what to publish")
		}
		for _, f := range found {
			if err := say(f.ok || r.Optional, f.what, f.todo); err != nil {
				return err
			}
		}
	}
	for _, ip := range p.ips {
		f := rt.examineName(ctx, m.Host, ip.String())
		if err := say(f.ok, f.what, f.todo); err != nil {
			return err
		}
	}
	return nil
}

// examineRecord holds one record to be published against what is.
func (rt *runtimeEnv) examineRecord(ctx context.Context, p post, r record) ([]finding, error) {
	switch kind, _, _ := strings.Cut(r.Value, ";"); {
	case r.Type == "MX":
		return rt.receives(ctx, r)
	case strings.HasPrefix(kind, "v=spf1"):
		return rt.examineSPF(ctx, p, r)
	case kind == "v=DKIM1":
		return rt.examineKey(ctx, r)
	case kind == "v=DMARC1":
		return rt.examinePolicy(ctx, p, r)
	}
	return rt.published(ctx, r)
}

// receives tells whether a domain takes mail: it has an MX record, or an address (RFC 5321, 5.1), and does not say that it takes none
// (RFC 7505).
func (rt *runtimeEnv) receives(ctx context.Context, r record) ([]finding, error) {
	var dns *net.DNSError
	mx, err := rt.resolver().LookupMX(ctx, r.Name)
	if err != nil && (!errors.As(err, &dns) || !dns.IsNotFound) {
		return nil, err
	}
	if len(mx) == 0 {
		if hosts, err := rt.resolver().LookupHost(ctx, r.Name); err == nil && len(hosts) > 0 {
			return []finding{{true, "mail to " + r.Name + " goes to its own address", ""}}, nil
		}
		return []finding{{false, "nobody takes mail for " + r.Name + ", " + r.Why, "publish an MX record of " + r.Name}}, nil
	}
	host := strings.TrimSuffix(mx[0].Host, ".")
	if host == "" {
		return []finding{{false, r.Name + " says that it takes no mail, " + r.Why, "publish an MX record of " + r.Name + " that names a server"}}, nil
	}
	if ips, err := rt.resolver().LookupHost(ctx, host); err != nil || len(ips) == 0 || net.ParseIP(host) != nil {
		return []finding{{false, "mail to " + r.Name + " goes to " + host + ", which has no address", "publish an address of " + host + "; an MX record names a host, not an address"}}, nil
	}
	return []finding{{true, "mail to " + r.Name + " goes to " + host, ""}}, nil
}

// texts gives the TXT records of a name; an error says that DNS cannot be asked.
func (rt *runtimeEnv) texts(ctx context.Context, name string) ([]string, error) {
	have, err := rt.resolver().LookupTXT(ctx, name)
	var dns *net.DNSError
	if errors.As(err, &dns) && dns.IsNotFound {
		return nil, nil
	}
	return have, err
}

// published tells whether a record of a kind stands in DNS.
func (rt *runtimeEnv) published(ctx context.Context, r record) ([]finding, error) {
	have, err := rt.texts(ctx, r.Name)
	if err != nil {
		return nil, err
	}
	kind, _, _ := strings.Cut(r.Value, ";")
	for _, h := range have {
		if strings.HasPrefix(strings.ToLower(h), strings.ToLower(kind)) {
			return []finding{{true, r.Name + " publishes " + kind, ""}}, nil
		}
	}
	return []finding{{false, r.Name + " publishes no " + kind, "publish: " + r.Value}}, nil
}

// examineName checks that a mail server's address leads back to a name that leads to the address (PTR): many refuse mail otherwise.
func (rt *runtimeEnv) examineName(ctx context.Context, host, ip string) finding {
	names, err := rt.resolver().LookupAddr(ctx, ip)
	if err != nil || len(names) == 0 {
		return finding{false, fmt.Sprintf("%s (%s) has no name in reverse DNS", host, ip), "have whoever owns the address publish a PTR record"}
	}
	back, err := rt.resolver().LookupHost(ctx, names[0])
	if err != nil || !slices.Contains(back, ip) {
		return finding{false, fmt.Sprintf("%s is called %s, which leads elsewhere", ip, names[0]), "let the PTR record and the name's own record agree"}
	}
	return finding{true, fmt.Sprintf("%s is called %s", ip, strings.TrimSuffix(names[0], ".")), ""}
}

func (rt *runtimeEnv) resolver() *net.Resolver {
	if rt.dns != nil {
		return rt.dns
	}
	return net.DefaultResolver
}

// examineLists looks at public lists.
func (rt *runtimeEnv) examineLists(s *sqlite.Store, say sayer) error {
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
