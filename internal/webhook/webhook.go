// Package webhook carries notices as HTTP POSTs of JSON, signed so that the receiver can tell that they come from this desk and are
// not replayed: the header X-Marsad-Signature holds t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">.
package webhook

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"marsad/internal/post"
)

// Carrier posts to the recipients' addresses. Client must be one that refuses private addresses unless they are allowed.
type Carrier struct {
	Client *http.Client
	Now    func() time.Time
}

// SignatureHeader is the header that holds the signature.
const SignatureHeader = "X-Marsad-Signature"

// Send posts a frozen body to an address, signed with the recipient's secret, and gives the other side's words. What its answer asks for is
// the error's kind, as [post.Do] says. No error holds the address: those who use webhooks put secrets into it.
func (c *Carrier) Send(ctx context.Context, to, secret string, body []byte) (reply string, err error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	req, err := post.Request(ctx, "webhook", http.MethodPost, to, "application/json", body)
	if err != nil {
		return "", err
	}
	now := c.Now()
	req.Header.Set(SignatureHeader, Sign(secret, now, body))
	return post.Do(c.Client, req, "webhook", now)
}

// Sign gives the value of the signature header.
func Sign(secret string, at time.Time, body []byte) string {
	t := strconv.FormatInt(at.Unix(), 10)
	return fmt.Sprintf("t=%s,v1=%s", t, mac(secret, t, body))
}

// Verify tells whether a signature header fits the body and is younger than the given age: what a receiver does.
func Verify(secret, header string, body []byte, now time.Time, age time.Duration) bool {
	var t, sum string
	if _, err := fmt.Sscanf(header, "t=%10s,v1=%64s", &t, &sum); err != nil {
		return false
	}
	at, err := strconv.ParseInt(t, 10, 64)
	if err != nil || now.Sub(time.Unix(at, 0)).Abs() > age {
		return false
	}
	return hmac.Equal([]byte(sum), []byte(mac(secret, t, body)))
}

func mac(secret, t string, body []byte) string {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte(t + "."))
	m.Write(body)
	return hex.EncodeToString(m.Sum(nil))
}
