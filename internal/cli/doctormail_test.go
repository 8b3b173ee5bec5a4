package cli

import (
	"context"
	"encoding/binary"
	"io"
	"net"
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
			var parts []string
			for ; len(v) > 250; v = v[250:] {
				parts = append(parts, v[:250])
			}
			out.RCode = dnsmessage.RCodeSuccess
			out.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: dnsmessage.TypeTXT, Class: dnsmessage.ClassINET, TTL: 60}, Body: &dnsmessage.TXTResource{TXT: append(parts, v)}}}
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

// TestPublished compares what DNS says with what it should.
func TestPublished(t *testing.T) {
	key := "v=DKIM1; k=rsa; p=AAAA"
	for name, c := range map[string]struct {
		zone zone
		want record
		ok   bool
	}{
		"spf":          {zone{"desk.example.": "v=spf1 mx -all"}, record{Name: "desk.example", Type: "TXT", Value: "v=spf1 a mx ~all"}, true},
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
