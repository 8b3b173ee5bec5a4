package dmarc_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"testing"

	"marsad/internal/dmarc"
	"marsad/internal/fault"
)

// zone is a DNS that knows some texts.
type zone map[string][]string

func (z zone) LookupTXT(_ context.Context, name string) ([]string, error) {
	if t, ok := z[name]; ok {
		return t, nil
	}
	return nil, &net.DNSError{IsNotFound: true, Name: name}
}

func Example() {
	dns := zone{"_dmarc.desk.example": {"v=DMARC1; p=reject; sp=quarantine; adkim=s; rua=mailto:dmarc@desk.example!10m"}}
	p, err := dmarc.Find(context.Background(), dns, "news.desk.example")
	fmt.Println(p.At, p.Request, p.Reports, err)
	fmt.Println(dmarc.Aligned("news.desk.example", "desk.example", p.StrictDKIM), dmarc.Aligned("news.desk.example", "desk.example", p.StrictSPF))
	// Output:
	// desk.example quarantine [dmarc@desk.example] <nil>
	// false true
}

func TestFind(t *testing.T) {
	for name, c := range map[string]struct {
		texts   []string
		kind    fault.Kind
		request string
	}{
		"none":             {nil, fault.NotFound, ""},
		"something else":   {[]string{"v=spf1 -all", "v=DMARC2; p=none", "DMARC1; p=none"}, fault.NotFound, ""},
		"one":              {[]string{"google-site-verification=x", "v=DMARC1;p=none"}, "", "none"},
		"spaces, capitals": {[]string{"v = DMARC1 ; P=Reject ;"}, "", "reject"},
		"two":              {[]string{"v=DMARC1; p=none", "v=DMARC1; p=reject"}, fault.Invalid, ""},
		"no request":       {[]string{"v=DMARC1; rua=mailto:x@y.example"}, fault.Invalid, ""},
		"no such request":  {[]string{"v=DMARC1; p=monitor"}, fault.Invalid, ""},
	} {
		p, err := dmarc.Find(t.Context(), zone{"_dmarc.desk.example": c.texts}, "Desk.example.")
		if fault.KindOf(err) != c.kind || err == nil && (p.Request != c.request || p.At != "desk.example") {
			t.Errorf("%s: %+v %v", name, p, err)
		}
	}
	if _, err := dmarc.Find(t.Context(), down{}, "desk.example"); !errors.Is(err, errDown) {
		t.Error("no DNS counts as an answer", err)
	}
}

var errDown = errors.New("no DNS")

type down struct{}

func (down) LookupTXT(context.Context, string) ([]string, error) { return nil, errDown }

func TestAligned(t *testing.T) {
	for _, c := range []struct {
		from, by string
		strict   bool
		want     bool
	}{
		{"desk.example", "desk.example", false, true}, {"news.desk.example", "Desk.example", false, true}, {"desk.example", "mail.desk.example", false, true},
		{"desk.example", "provider.example", false, false}, {"mydesk.example", "desk.example", false, false},
		{"desk.example", "DESK.example", true, true}, {"news.desk.example", "desk.example", true, false},
	} {
		if got := dmarc.Aligned(c.from, c.by, c.strict); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("v=DMARC1; p=none; sp=reject; adkim=s; aspf=r; rua=mailto:a@b.example,mailto:c@d.example!1m")
	f.Add("v=DMARC1;;=;p==none")
	f.Fuzz(func(t *testing.T, record string) {
		if p, err := dmarc.Parse(record); err == nil && (p.Request == "" || p.Below == "") {
			t.Errorf("%q: %+v", record, p)
		}
	})
}
