package dkim_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"strings"
	"testing"

	"marsad/internal/dkim"
	"marsad/internal/fault"
)

func TestReadRecord(t *testing.T) {
	k, err := dkim.Generate("desk.example", "m1")
	if err != nil {
		t.Fatal(err)
	}
	rs, err := k.Records()
	if err != nil {
		t.Fatal(err)
	}
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	old := base64.StdEncoding.EncodeToString(x509.MarshalPKCS1PublicKey(&small.PublicKey))
	for record, want := range map[string]struct {
		bits          int
		weak, revoked bool
		testing       bool
	}{
		rs[0].Value: {2048, false, false, false}, rs[1].Value: {256, false, false, false}, "p=" + old: {1024, true, false, false},
		"v=DKIM1;t=s:y;p= " + old[:20] + " " + old[20:]: {1024, true, false, true}, "v=DKIM1; p=": {0, true, true, false},
	} {
		p, err := dkim.ReadRecord(record)
		if err != nil || p.Bits != want.bits || p.Weak() != want.weak || p.Revoked != want.revoked || p.Testing != want.testing {
			t.Errorf("%.60s: %+v %v", record, p, err)
		}
	}
	for _, record := range []string{"", "v=DKIM1", "k=rsa; v=DKIM1; p=" + old, "v=DKIM1; p=" + old[:40], "v=DKIM1; p=***", "v=DKIM1; k=ed25519; p=" + old, "v=DKIM1; k=dsa; p=" + old} {
		if p, err := dkim.ReadRecord(record); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %+v %v", record, p, err)
		}
	}
}

func FuzzReadRecord(f *testing.F) {
	f.Add("v=DKIM1; k=rsa; t=y; p=AAAA")
	f.Add("p=;;=;p")
	f.Fuzz(func(t *testing.T, record string) {
		if p, err := dkim.ReadRecord(record); err == nil && !p.Revoked && p.Bits == 0 || strings.Contains(p.Public, " ") {
			t.Errorf("%q: %+v %v", record, p, err)
		}
	})
}
