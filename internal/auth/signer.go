package auth

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"

	"marsad/internal/fault"
)

// Signer makes the tokens that stand in mails: whoever holds one may do one thing for one recipient, logged out and for ever. The
// tokens need no row in a store.
type Signer struct{ secret []byte }

// NewSigner makes a signer. The secret is at least 32 random bytes and is kept for ever: old mails must still unsubscribe.
func NewSigner(secret []byte) Signer { return Signer{secret} }

// Sign gives the token for a purpose ("unsubscribe", "confirm") and an id.
func (s Signer) Sign(purpose string, id int64) string {
	b := binary.BigEndian.AppendUint64(nil, uint64(id))
	return base64.RawURLEncoding.EncodeToString(append(b, s.mac(purpose, b)...))
}

// Open gives the id that a token of a purpose was made for. The error is NotFound: a wrong token is no such page.
func (s Signer) Open(purpose, token string) (int64, error) {
	b, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(b) != 8+16 || !hmac.Equal(b[8:], s.mac(purpose, b[:8])) {
		return 0, fault.New(fault.NotFound, "no such token")
	}
	return int64(binary.BigEndian.Uint64(b[:8])), nil
}

func (s Signer) mac(purpose string, id []byte) []byte {
	m := hmac.New(sha256.New, s.secret)
	m.Write([]byte("marsad " + purpose + "\x00"))
	m.Write(id)
	return m.Sum(nil)[:16]
}
