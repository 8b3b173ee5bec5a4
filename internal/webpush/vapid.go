package webpush

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"sync"
	"time"

	"marsad/internal/fault"
)

// VAPID is the key pair by which push services know the desk. A browser subscribes for its public half: with another pair, every
// browser would have to subscribe again.
type VAPID struct{ key *ecdsa.PrivateKey }

// NewVAPID makes a pair and gives it as a string that ReadVAPID reads.
func NewVAPID() (string, error) {
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", err
	}
	b, err := k.Bytes()
	return base64.RawURLEncoding.EncodeToString(b), err
}

// ReadVAPID reads a pair; Invalid where it is none.
func ReadVAPID(s string) (*VAPID, error) {
	b, err := decode(s)
	if err == nil {
		k, e := ecdsa.ParseRawPrivateKey(elliptic.P256(), b)
		if e == nil {
			return &VAPID{k}, nil
		}
		err = e
	}
	return nil, fault.New(fault.Invalid, "webpush: the desk's key cannot be read: %w", err)
}

// Public gives the public half as browsers and services take it.
func (v *VAPID) Public() string {
	b, err := v.key.PublicKey.Bytes()
	if err != nil {
		panic(err) // the curve is one that it knows
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// tokenLife is how long a signature holds; services take a day at the most.
const tokenLife = 12 * time.Hour

// sign gives the token for one service: who it is for, until when, and whom to write to (RFC 7519, ES256).
func (v *VAPID) sign(audience, contact string, until time.Time) (string, error) {
	claims, err := json.Marshal(struct {
		Aud string `json:"aud"`
		Exp int64  `json:"exp"`
		Sub string `json:"sub,omitempty"`
	}{audience, until.Unix(), contact})
	if err != nil {
		return "", err
	}
	text := base64.RawURLEncoding.EncodeToString([]byte(`{"typ":"JWT","alg":"ES256"}`)) + "." + base64.RawURLEncoding.EncodeToString(claims)
	sum := sha256.Sum256([]byte(text))
	r, s, err := ecdsa.Sign(rand.Reader, v.key, sum[:])
	if err != nil {
		return "", err
	}
	var raw [64]byte
	r.FillBytes(raw[:32])
	s.FillBytes(raw[32:])
	return text + "." + base64.RawURLEncoding.EncodeToString(raw[:]), nil
}

// tokens keeps the token of each service until half of its life is over, as services like it.
type tokens struct {
	mu  sync.Mutex
	all map[string]token
}

type token struct {
	text  string
	until time.Time
}

// mostTokens bounds how many services are remembered: endpoints come from readers.
const mostTokens = 100

func (t *tokens) get(v *VAPID, endpoint *url.URL, contact string, now time.Time) (string, error) {
	audience := endpoint.Scheme + "://" + endpoint.Host
	t.mu.Lock()
	defer t.mu.Unlock()
	key := audience + " " + contact
	if k := t.all[key]; k.until.Sub(now) > tokenLife/2 {
		return k.text, nil
	}
	k := token{until: now.Add(tokenLife)}
	var err error
	if k.text, err = v.sign(audience, contact, k.until); err != nil {
		return "", err
	}
	if t.all == nil || len(t.all) >= mostTokens {
		t.all = map[string]token{}
	}
	t.all[key] = k
	return k.text, nil
}
