// Package dkim signs the desk's mail (RFC 6376): with RSA, which everybody verifies, and with Ed25519 (RFC 8463) beside it, which
// everybody may. It makes keys and says which records to publish; it asks no DNS and sends nothing.
package dkim

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"strings"

	"marsad/internal/fault"
)

// Keys are a domain's private keys as they are kept: PKCS #8 in base64.
type Keys struct {
	Domain   string `json:"domain"`
	Selector string `json:"selector"` // of the RSA key; the other's has "-ed" behind it
	RSA      string `json:"rsa"`
	Ed25519  string `json:"ed25519"`
}

// Generate makes new keys.
func Generate(domain, selector string) (Keys, error) {
	k := Keys{Domain: strings.ToLower(domain), Selector: strings.ToLower(selector)}
	if !name(k.Domain) || !name(k.Selector) || !strings.Contains(k.Domain, ".") {
		return k, fault.New(fault.Invalid, "dkim: %q under %q is no DNS name", selector, domain)
	}
	big, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return k, fault.New(fault.Internal, "dkim: %w", err)
	}
	_, small, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return k, fault.New(fault.Internal, "dkim: %w", err)
	}
	k.RSA, k.Ed25519 = encode(big), encode(small)
	return k, nil
}

func name(s string) bool {
	return s != "" && len(s) < 200 && !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '.')
	})
}

func encode(key crypto.PrivateKey) string {
	b, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		panic(err) // both kinds of key can be written
	}
	return base64.StdEncoding.EncodeToString(b)
}

// Record is a DNS record of type TXT.
type Record struct{ Name, Value string }

// Records gives what has to be published for the signatures to verify.
func (k Keys) Records() ([]Record, error) {
	s, err := k.Signer()
	if err != nil {
		return nil, err
	}
	public, err := x509.MarshalPKIXPublicKey(s.rsa.Public())
	if err != nil {
		return nil, fault.New(fault.Internal, "dkim: %w", err)
	}
	small := s.ed.Public().(ed25519.PublicKey)
	return []Record{
		{k.Selector + "._domainkey." + k.Domain, "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(public)},
		{k.Selector + "-ed._domainkey." + k.Domain, "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(small)},
	}, nil
}

// Signer signs messages. It is safe for concurrent use.
type Signer struct {
	keys Keys
	rsa  crypto.Signer
	ed   crypto.Signer
}

// Signer reads the keys.
func (k Keys) Signer() (*Signer, error) {
	s := &Signer{keys: k}
	for text, into := range map[string]*crypto.Signer{k.RSA: &s.rsa, k.Ed25519: &s.ed} {
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil, fault.New(fault.Invalid, "dkim: a key cannot be read")
		}
		key, err := x509.ParsePKCS8PrivateKey(b)
		signer, ok := key.(crypto.Signer)
		if err != nil || !ok {
			return nil, fault.New(fault.Invalid, "dkim: a key cannot be read")
		}
		*into = signer
	}
	return s, nil
}
