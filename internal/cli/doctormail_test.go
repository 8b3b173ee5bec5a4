package cli

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"strings"
	"testing"

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

// answer gives what a zone says of a name: its TXT records, one a line; or behind "MX " the server that takes its mail.
func answer(q dnsmessage.Question, v string) (rs []dnsmessage.Resource) {
	h := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: dnsmessage.ClassINET, TTL: 60}
	if host, is := strings.CutPrefix(v, "MX "); is {
		if q.Type == dnsmessage.TypeMX {
			rs = append(rs, dnsmessage.Resource{Header: h, Body: &dnsmessage.MXResource{Pref: 10, MX: dnsmessage.MustNewName(host)}})
		}
		return rs
	}
	for text := range strings.Lines(v) {
		var parts []string
		for text = strings.TrimSpace(text); len(text) > 250; text = text[250:] {
			parts = append(parts, text[:250])
		}
		if q.Type == dnsmessage.TypeTXT {
			rs = append(rs, dnsmessage.Resource{Header: h, Body: &dnsmessage.TXTResource{TXT: append(parts, text)}})
		}
	}
	return rs
}

func TestAligned(t *testing.T) {
	for _, c := range []struct {
		from, signs string
		want        bool
	}{{"desk.example", "desk.example", true}, {"news.desk.example", "Desk.example", true}, {"desk.example", "mail.desk.example", true}, {"desk.example", "provider.example", false}, {"mydesk.example", "desk.example", false}} {
		if got := aligned(c.from, c.signs); got != c.want {
			t.Errorf("%s by %s: %v", c.from, c.signs, got)
		}
	}
}

func TestReceives(t *testing.T) {
	for name, c := range map[string]struct {
		zone zone
		ok   bool
	}{"a server": {zone{"desk.example.": "MX mx.desk.example."}, true}, "none": {zone{"desk.example.": "v=spf1 mx -all"}, false}, "nothing": {zone{}, false}} {
		rt := &runtimeEnv{dns: c.zone.resolver()}
		ok, what, todo, err := rt.receives(context.Background(), record{Name: "desk.example", Type: "MX"})
		if err != nil || ok != c.ok || what == "" || (todo == "") != ok {
			t.Errorf("%s: %v %q %q %v", name, ok, what, todo, err)
		}
	}
}

// TestPublished compares what DNS says with what it should.
func TestPublished(t *testing.T) {
	key := "v=DKIM1; k=rsa; p=AAAA"
	for name, c := range map[string]struct {
		zone zone
		want record
		ok   bool
	}{
		"spf":          {zone{"desk.example.": "v=spf1 mx -all"}, record{Name: "desk.example", Type: "TXT", Value: "v=spf1 a mx ~all"}, true},
		"two of spf":   {zone{"desk.example.": "v=spf1 mx -all\nv=spf1 a -all"}, record{Name: "desk.example", Type: "TXT", Value: "v=spf1 a mx ~all"}, false},
		"no spf":       {zone{"desk.example.": "google-site-verification=x"}, record{Name: "desk.example", Type: "TXT", Value: "v=spf1 a mx ~all"}, false},
		"nothing":      {zone{}, record{Name: "_dmarc.desk.example", Type: "TXT", Value: "v=DMARC1; p=none"}, false},
		"dmarc":        {zone{"_dmarc.desk.example.": "v=DMARC1; p=reject"}, record{Name: "_dmarc.desk.example", Type: "TXT", Value: "v=DMARC1; p=none"}, true},
		"our key":      {zone{"m1._domainkey.desk.example.": "v=DKIM1;k=rsa;  p=AAAA"}, record{Name: "m1._domainkey.desk.example", Type: "TXT", Value: key}, true},
		"another's":    {zone{"m1._domainkey.desk.example.": "v=DKIM1; k=rsa; p=BBBB"}, record{Name: "m1._domainkey.desk.example", Type: "TXT", Value: key}, false},
		"a key so far": {zone{}, record{Name: "m1._domainkey.desk.example", Type: "TXT", Value: key}, false},
	} {
		rt := &runtimeEnv{dns: c.zone.resolver()}
		ok, what, todo, err := rt.published(context.Background(), c.want)
		if err != nil || ok != c.ok || what == "" || (todo == "") != ok {
			t.Errorf("%s: %v %q %q %v", name, ok, what, todo, err)
		}
	}
	down := &runtimeEnv{dns: &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) { return nil, io.ErrClosedPipe }}}
	if _, _, _, err := down.published(context.Background(), record{Name: "desk.example", Value: "v=spf1"}); err == nil {
		t.Error("no DNS counts as an answer")
	}
}
