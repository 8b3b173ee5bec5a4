package cli

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/netip"
	"strings"
	"testing"

	"marsad/internal/dkim"

	"golang.org/x/net/dns/dnsmessage"
)

// zone is a DNS server that knows some TXT records, reached by a pipe.
type zone map[string]string

func (z zone) resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		near, far := net.Pipe()
		go z.serve(far)
		return near, nil
	}}
}

// serve answers as over TCP, each message behind its length.
func (z zone) serve(c net.Conn) {
	defer c.Close()
	for {
		var size [2]byte
		if _, err := io.ReadFull(c, size[:]); err != nil {
			return
		}
		b := make([]byte, binary.BigEndian.Uint16(size[:]))
		if _, err := io.ReadFull(c, b); err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(b) != nil || len(m.Questions) != 1 {
			return
		}
		q := m.Questions[0]
		out := dnsmessage.Message{Header: dnsmessage.Header{ID: m.ID, Response: true, Authoritative: true, RCode: dnsmessage.RCodeNameError}, Questions: m.Questions}
		if v, ok := z[q.Name.String()]; ok {
			out.RCode = dnsmessage.RCodeSuccess
			out.Answers = answer(q, v)
		}
		p, err := out.Pack()
		if err != nil {
			return
		}
		if _, err := c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(p))), p...)); err != nil {
			return
		}
	}
}

// answer gives what a zone says of a name, one record a line: a text or, behind "MX ", "A " or "PTR ", what that names.
func answer(q dnsmessage.Question, v string) (rs []dnsmessage.Resource) {
	h := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: dnsmessage.ClassINET, TTL: 60}
	for text := range strings.Lines(v) {
		kind, value, _ := strings.Cut(strings.TrimSpace(text), " ")
		var body dnsmessage.ResourceBody
		switch kind {
		case "MX":
			body = &dnsmessage.MXResource{Pref: 10, MX: dnsmessage.MustNewName(value)}
		case "PTR":
			body = &dnsmessage.PTRResource{PTR: dnsmessage.MustNewName(value)}
		case "A":
			body = &dnsmessage.AResource{A: netip.MustParseAddr(value).As4()}
		default:
			var parts []string
			for text = strings.TrimSpace(text); len(text) > 250; text = text[250:] {
				parts = append(parts, text[:250])
			}
			kind, body = "TXT", &dnsmessage.TXTResource{TXT: append(parts, text)}
		}
		if q.Type == map[string]dnsmessage.Type{"MX": dnsmessage.TypeMX, "A": dnsmessage.TypeA, "PTR": dnsmessage.TypePTR, "TXT": dnsmessage.TypeTXT}[kind] {
			rs = append(rs, dnsmessage.Resource{Header: h, Body: body})
		}
	}
	return rs
}

// sound is what DNS says of a desk whose mail is in order.
func sound(key string) zone {
	return zone{
		"desk.example.": "v=spf1 a:mail.desk.example -all\nMX mail.desk.example.", "mail.desk.example.": "A 203.0.113.5",
		"_dmarc.desk.example.": "v=DMARC1; p=reject; adkim=s; rua=mailto:dmarc@desk.example", "5.113.0.203.in-addr.arpa.": "PTR mail.desk.example.",
		"m1._domainkey.desk.example.": key,
	}
}

// TestExamineMail finds nothing to say against mail that is in order, and of each thing that is not what it is and what to publish.
func TestExamineMail(t *testing.T) {
	keys, err := dkim.Generate("desk.example", "m1")
	if err != nil {
		t.Fatal(err)
	}
	others, err := dkim.Generate("desk.example", "m1")
	if err != nil {
		t.Fatal(err)
	}
	recordOf := func(k dkim.Keys) string {
		rs, err := k.Records()
		if err != nil {
			t.Fatal(err)
		}
		return rs[0].Value
	}
	key := recordOf(keys)
	p := post{host: "mail.desk.example", from: "desk.example", out: outgoing{DKIM: keys, Bounces: "bounces@desk.example"}}
	want := []record{{Name: "desk.example", Type: "TXT", Value: "v=spf1 a:mail.desk.example ~all"}, {Name: "m1._domainkey.desk.example", Type: "TXT", Value: key},
		{Name: "_dmarc.desk.example", Type: "TXT", Value: "v=DMARC1; p=none"}, {Name: "desk.example", Type: "MX", Why: "where failures should come back to"}}
	const spfAt, keyAt, policyAt = "desk.example.", "m1._domainkey.desk.example.", "_dmarc.desk.example."
	for name, c := range map[string]struct {
		at, value  string
		mind, todo string
		change     func(*post)
	}{
		"in order":              {},
		"two records":           {at: spfAt, value: "v=spf1 mx -all\nv=spf1 a -all\nMX mail.desk.example.", mind: "publishes 2 records", todo: "make one"},
		"none":                  {at: spfAt, value: "MX mail.desk.example.", mind: "publishes no v=spf1", todo: "publish: v=spf1"},
		"another server":        {at: spfAt, value: "v=spf1 ip4:198.51.100.1 -all\nMX mail.desk.example.", mind: "203.0.113.5 says: fail", todo: "publish: v=spf1 ip4:198.51.100.1 ip4:203.0.113.5 -all"},
		"too many look-ups":     {at: spfAt, value: "v=spf1" + strings.Repeat(" a:mail.desk.example", 11) + " -all\nMX mail.desk.example.", mind: "11 look-ups", todo: "leave out"},
		"no mail server":        {at: spfAt, value: "v=spf1 a:mail.desk.example -all", mind: "nobody takes mail for desk.example", todo: "publish an MX"},
		"takes no mail":         {at: spfAt, value: "v=spf1 a:mail.desk.example -all\nMX .", mind: "takes no mail", todo: "names a server"},
		"a server without name": {at: spfAt, value: "v=spf1 a:mail.desk.example -all\nMX mx.desk.example.", mind: "has no address", todo: "publish an address"},
		"no key":                {at: keyAt, value: "v=spf1", mind: "publishes no v=DKIM1", todo: "publish: v=DKIM1"},
		"another key":           {at: keyAt, value: recordOf(others), mind: "another key", todo: "publish: " + key},
		"two keys":              {at: keyAt, value: key + "\n" + recordOf(others), mind: "2 keys", todo: "this alone"},
		"revoked":               {at: keyAt, value: "v=DKIM1; k=rsa; p=", mind: "revoked", todo: "publish: " + key},
		"a test":                {at: keyAt, value: strings.Replace(key, "; p=", "; t=y; p=", 1), mind: "a test", todo: "publish: " + key},
		"cut off":               {at: keyAt, value: key[:200], mind: "no key", todo: "publish: " + key},
		"no policy":             {at: policyAt, value: "v=spf1", mind: "no policy", todo: "publish at _dmarc.desk.example: v=DMARC1"},
		"a policy of two":       {at: policyAt, value: "v=DMARC1; p=none\nv=DMARC1; p=reject", mind: "several records", todo: "this alone"},
		"a policy of nothing":   {at: policyAt, value: "v=DMARC1; p=monitor", mind: "p=monitor", todo: "this alone"},
		"reports to nobody":     {at: policyAt, value: "v=DMARC1; p=none; rua=mailto:x@reports.example", mind: "not sent to x@reports.example", todo: "publish at desk.example._report._dmarc.reports.example"},
		"signed by another":     {mind: "is signed by other.example, which DMARC does not count since", todo: "--again", change: func(p *post) { p.out.DKIM.Domain = "other.example" }},
		"unsigned":              {mind: "goes out unsigned", todo: "marsad mail dkim", change: func(p *post) { p.out.DKIM = dkim.Keys{} }},
		"nobody reads":          {mind: "nobody reads", todo: "marsad mail bounces", change: func(p *post) { p.out.Bounces = "" }},
		"no name":               {at: "5.113.0.203.in-addr.arpa.", value: "v=spf1", mind: "no name in reverse", todo: "PTR"},
		"a name elsewhere":      {at: "5.113.0.203.in-addr.arpa.", value: "PTR nobody.example.", mind: "leads elsewhere", todo: "agree"},
	} {
		z, q := sound(key), p
		if c.at != "" {
			z[c.at] = c.value
		}
		if c.change != nil {
			c.change(&q)
		}
		rt := &runtimeEnv{dns: z.resolver()}
		q.ips = rt.public(t.Context(), q.host)
		found := q.unsaid()
		for _, r := range append(want, q.more()...) {
			fs, err := rt.examineRecord(t.Context(), q, r)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			found = append(found, fs...)
		}
		for _, ip := range q.ips {
			found = append(found, rt.examineName(t.Context(), q.host, ip.String()))
		}
		var bad []finding
		for _, f := range found {
			if !f.ok {
				bad = append(bad, f)
			}
		}
		if c.mind == "" && len(bad) > 0 || c.mind != "" && (len(bad) == 0 || !strings.Contains(bad[0].what, c.mind) || !strings.Contains(bad[0].todo, c.todo)) {
			t.Errorf("%s: %+v", name, bad)
		}
	}
}

// TestExamineWithoutDNS takes no answer for none.
func TestExamineWithoutDNS(t *testing.T) {
	down := &runtimeEnv{dns: &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) { return nil, io.ErrClosedPipe }}}
	for _, r := range []record{{Name: "desk.example", Value: "v=spf1"}, {Name: "desk.example", Type: "MX"}, {Name: "_dmarc.desk.example", Value: "v=DMARC1; p=none"}, {Name: "m._domainkey.desk.example", Value: "v=DKIM1; p="}, {Name: "_smtp._tls.desk.example", Value: "v=TLSRPTv1; rua=x"}} {
		if found, err := down.examineRecord(t.Context(), post{}, r); err == nil {
			t.Errorf("%+v: %+v", r, found)
		}
	}
}

// TestAProvidersServer says nothing of the addresses of a server that is not the sender's own.
func TestAProvidersServer(t *testing.T) {
	rt := &runtimeEnv{dns: zone{"desk.example.": "v=spf1 include:post.example ~all", "post.example.": "v=spf1 ip4:198.51.100.0/24 ~all", "smtp.post.example.": "A 203.0.113.9"}.resolver()}
	p := post{host: "smtp.post.example", from: "desk.example"}
	p.ips = rt.public(t.Context(), p.host)
	found, err := rt.examineSPF(t.Context(), p, record{Name: "desk.example", Value: "v=spf1 a:smtp.post.example ~all"})
	if err != nil || len(found) != 1 || !found[0].ok || !strings.Contains(found[0].todo, "smtp.post.example's operator") {
		t.Errorf("%+v %v", found, err)
	}
}
