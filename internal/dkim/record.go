package dkim

import (
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"strings"

	"marsad/internal/fault"
)

// Published is a key as DNS has it.
type Published struct {
	Kind    string // rsa or ed25519
	Bits    int
	Public  string // in base64
	Revoked bool   // there was a key, and it is not to be believed any more
	Testing bool   // receivers may take what it signs for unsigned
}

// enough is how many bits an RSA key should have (RFC 8301).
const enough = 2048

// Weak tells whether receivers think little of the key.
func (p Published) Weak() bool { return p.Kind == "rsa" && p.Bits < enough }

// ReadRecord reads what DNS has of a key (RFC 6376, 3.6.1). What is no key is Invalid.
func ReadRecord(record string) (p Published, err error) {
	p.Kind = "rsa"
	key, found := "", false
	for i, tag := range strings.Split(record, ";") {
		name, value, _ := strings.Cut(tag, "=")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(name) {
		case "v":
			if value != "DKIM1" || i > 0 {
				return p, fault.New(fault.Invalid, "it does not begin with v=DKIM1")
			}
		case "k":
			p.Kind = strings.ToLower(value)
		case "t":
			for _, flag := range strings.Split(value, ":") {
				p.Testing = p.Testing || strings.TrimSpace(flag) == "y"
			}
		case "p":
			key, found = strings.Join(strings.Fields(value), ""), true
		}
	}
	if p.Public, p.Revoked = key, found && key == ""; p.Revoked {
		return p, nil
	}
	b, err := base64.StdEncoding.DecodeString(key)
	if err != nil || len(b) == 0 {
		return p, fault.New(fault.Invalid, "its p= cannot be read")
	}
	if p.Kind == "ed25519" {
		if p.Bits = 8 * len(b); len(b) != ed25519.PublicKeySize {
			return p, fault.New(fault.Invalid, "its p= is no key of Ed25519")
		}
		return p, nil
	}
	public, err := x509.ParsePKIXPublicKey(b)
	if err != nil { // as some write it (RFC 8017 alone)
		public, err = x509.ParsePKCS1PublicKey(b)
	}
	big, ok := public.(*rsa.PublicKey)
	if err != nil || !ok || p.Kind != "rsa" {
		return p, fault.New(fault.Invalid, "its p= is no key of %s", p.Kind)
	}
	p.Bits = big.N.BitLen()
	return p, nil
}
