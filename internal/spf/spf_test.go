package spf_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"testing"

	"marsad/internal/spf"
)

// zone is a DNS of texts ("TXT name"), mail servers ("MX name") and addresses ("A name"), values apart by |.
type zone map[string]string

func (z zone) of(kind, name string) ([]string, error) {
	if v, ok := z[kind+" "+strings.TrimSuffix(name, ".")]; ok {
		return strings.Split(v, "|"), nil
	}
	return nil, &net.DNSError{IsNotFound: true, Name: name}
}

func (z zone) LookupTXT(_ context.Context, name string) ([]string, error) { return z.of("TXT", name) }

func (z zone) LookupMX(_ context.Context, name string) (out []*net.MX, err error) {
	hosts, err := z.of("MX", name)
	for _, h := range hosts {
		out = append(out, &net.MX{Host: h})
	}
	return out, err
}

func (z zone) LookupNetIP(_ context.Context, _, name string) (out []netip.Addr, err error) {
	ips, err := z.of("A", name)
	for _, ip := range ips {
		out = append(out, netip.MustParseAddr(ip))
	}
	return out, err
}

func Example() {
	dns := zone{"TXT desk.example": "v=spf1 a:mail.desk.example include:post.example -all", "A mail.desk.example": "192.0.2.5", "TXT post.example": "v=spf1 ip4:198.51.100.0/24 -all"}
	r, err := spf.Read(context.Background(), dns, "desk.example", netip.MustParseAddr("198.51.100.7"), netip.MustParseAddr("203.0.113.1"))
	fmt.Println(r.Lookups, r.Problems, r.Of["198.51.100.7"], r.Of["203.0.113.1"], err)
	// Output: 2 [] pass fail <nil>
}

func TestRead(t *testing.T) {
	many := zone{"TXT desk.example": "v=spf1"}
	for i := range 11 {
		many["TXT desk.example"] += fmt.Sprintf(" include:i%d.example", i)
		many[fmt.Sprintf("TXT i%d.example", i)] = fmt.Sprintf("v=spf1 ip4:198.51.100.%d ?all", i)
	}
	for name, c := range map[string]struct {
		zone    zone
		of      string // of 192.0.2.5
		lookups int
		problem string
	}{
		"nothing":                    {zone{}, spf.None, 0, ""},
		"something else":             {zone{"TXT desk.example": "v=spf10 -all|google=x"}, spf.None, 0, ""},
		"an address":                 {zone{"TXT desk.example": "v=spf1 ip4:192.0.2.5 -all"}, spf.Pass, 0, ""},
		"a network":                  {zone{"TXT desk.example": "V=SPF1 IP4:192.0.2.0/24 -ALL"}, spf.Pass, 0, ""},
		"another":                    {zone{"TXT desk.example": "v=spf1 ip6:2001:db8::/32 ~all"}, spf.SoftFail, 0, ""},
		"says nothing":               {zone{"TXT desk.example": "v=spf1 ip4:203.0.113.1"}, spf.Neutral, 0, ""},
		"everybody":                  {zone{"TXT desk.example": "v=spf1 +all"}, spf.Pass, 0, ""},
		"its own servers":            {zone{"TXT desk.example": "v=spf1 mx -all", "MX desk.example": "a.example.|b.example.", "A b.example": "192.0.2.5"}, spf.Pass, 1, ""},
		"its own net":                {zone{"TXT desk.example": "v=spf1 a/24//64 -all", "A desk.example": "192.0.2.200|2001:db8::1"}, spf.Pass, 1, ""},
		"its own net, six alone":     {zone{"TXT desk.example": "v=spf1 a//64 -all", "A desk.example": "192.0.2.200|2001:db8::1"}, spf.Fail, 1, ""},
		"refused by one included":    {zone{"TXT desk.example": "v=spf1 include:p.example ?all", "TXT p.example": "v=spf1 -all"}, spf.Neutral, 1, ""},
		"another's record":           {zone{"TXT desk.example": "v=spf1 redirect=p.example", "TXT p.example": "v=spf1 ip4:192.0.2.5 -all"}, spf.Pass, 1, ""},
		"two records":                {zone{"TXT desk.example": "v=spf1 mx -all|v=spf1 ip4:192.0.2.5 -all"}, spf.PermError, 0, "2 records"},
		"eleven look-ups":            {many, spf.PermError, 11, "11 look-ups"},
		"nothing where it leads":     {zone{"TXT desk.example": "v=spf1 include:p.example -all"}, spf.PermError, 1, "publishes no SPF"},
		"two where it leads":         {zone{"TXT desk.example": "v=spf1 include:p.example -all", "TXT p.example": "v=spf1 -all|v=spf1 a -all"}, spf.PermError, 1, "2 records"},
		"in a circle":                {zone{"TXT desk.example": "v=spf1 include:desk.example -all"}, spf.PermError, 1, "without an end"},
		"three names lead nowhere":   {zone{"TXT desk.example": "v=spf1 a:x.example a:y.example mx -all"}, spf.PermError, 3, "3 of its names"},
		"an address that is none":    {zone{"TXT desk.example": "v=spf1 ip4:192.0.2 -all"}, spf.PermError, 0, "no address"},
		"a word that is none":        {zone{"TXT desk.example": "v=spf1 ipv4:192.0.2.5 -all"}, spf.PermError, 0, "no mechanism"},
		"hangs on the mail":          {zone{"TXT desk.example": "v=spf1 exists:%{i}.x.example -all"}, spf.Fail, 1, ""},
		"words of later times":       {zone{"TXT desk.example": "v=spf1 ip4:192.0.2.5 exp=why.desk.example future=1 -all"}, spf.Pass, 0, ""},
		"the first that fits counts": {zone{"TXT desk.example": "v=spf1 -ip4:192.0.2.5 +ip4:192.0.2.0/24 -all"}, spf.Fail, 0, ""},
	} {
		r, err := spf.Read(t.Context(), c.zone, "desk.example", netip.MustParseAddr("192.0.2.5"))
		if said := strings.Join(r.Problems, "; "); err != nil || r.Of["192.0.2.5"] != c.of || r.Lookups != c.lookups || (said == "") != (c.problem == "") || !strings.Contains(said, c.problem) {
			t.Errorf("%s: %+v %v", name, r, err)
		}
	}
	if _, err := spf.Read(t.Context(), down{}, "desk.example"); !errors.Is(err, errDown) {
		t.Error("no DNS counts as an answer:", err)
	}
}

var errDown = errors.New("no DNS")

type down struct{ zone }

func (down) LookupTXT(context.Context, string) ([]string, error) { return nil, errDown }

// FuzzRead reads any record, which ends.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"v=spf1 a/24//64 mx:x.example/0 ptr ip4:1.2.3.4/33 ip6:::1/129 ?all", "v=spf1 include:x.example redirect=x.example", "v=spf1 - + ~ : / // a: a/ =", "v=spf1 all all"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, record string) {
		z := zone{"TXT desk.example": record, "TXT x.example": record, "A x.example": "192.0.2.5", "MX x.example": "x.example"}
		r, err := spf.Read(t.Context(), z, "desk.example", netip.MustParseAddr("192.0.2.5"))
		if err != nil || r.Of["192.0.2.5"] == "" {
			t.Errorf("%q: %+v %v", record, r, err)
		}
	})
}
