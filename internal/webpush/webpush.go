// Package webpush tells a reader's browser of news through the push service that the browser named: one HTTP POST (RFC 8030) of a
// message that only this browser can open (RFC 8291), signed so that the service knows whose it is (RFC 8292, VAPID).
//
// It stands on the standard library alone. The known library for this (webpush-go 1.4.0) multiplies secret keys by arithmetic that is
// deprecated for not being constant in time, signs anew for each message, ignores the life it is given for a signature, and brings a
// library of web tokens along. It keeps no queue, puts nothing into words, and no error of its own holds an address or a key: whoever
// knows an endpoint can tell that browser apart from all others.
package webpush

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"marsad/internal/fault"
	"marsad/internal/post"
)

// Name is the carrier's, as recipients name it.
const Name = "webpush"

// Subscription is what a browser says of how it can be told. Its JSON is what PushSubscription.toJSON gives, and whose browser it is.
type Subscription struct {
	Endpoint string `json:"endpoint"`
	Keys     struct {
		P256dh string `json:"p256dh"`
		Auth   string `json:"auth"`
	} `json:"keys"`
	Reader int64 `json:"reader"`
}

const mostEndpoint = 2048

// Check tells what is wrong with a subscription; Invalid. Whether the endpoint is a public address is for the client that dials.
func (s Subscription) Check() error {
	u, err := url.Parse(s.Endpoint)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.Fragment != "" || len(s.Endpoint) > mostEndpoint {
		return fault.New(fault.Invalid, "webpush: the endpoint is no https address")
	}
	_, _, err = s.keys()
	return err
}

// Message is what a browser is told. Its JSON is what the service worker opens.
type Message struct {
	ID     string `json:"id"` // of the notice: a second copy takes the first one's place
	Title  string `json:"title"`
	Body   string `json:"body"`
	Link   string `json:"link"` // a path on the desk, so that it opens where the reader subscribed
	Lang   string `json:"lang"` // of the title
	Dir    string `json:"dir"`
	Urgent bool   `json:"urgent"`
}

// mostPlain is how long a message may be: with padding and sealing it stays far below the 4,096 bytes that every service takes.
const mostPlain = 2900

// Frozen gives the message as it will be sealed, its body cut so that it fits.
func (m Message) Frozen() ([]byte, error) {
	m.Title, m.Body = clip(m.Title, 300), clip(m.Body, 1000)
	for {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false) // three letters for each < would count
		if err := e.Encode(m); err != nil {
			return nil, err
		}
		out := bytes.TrimSpace(b.Bytes())
		if len(out) <= mostPlain {
			return out, nil
		}
		if m.Body == "" {
			return nil, fault.New(fault.TooLarge, "webpush: a message of %d bytes", len(out))
		}
		m.Body = clip(m.Body, len([]rune(m.Body))*2/3)
	}
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	if n < 2 {
		return ""
	}
	return strings.TrimSpace(string(r[:n-1])) + "…"
}

// life is how long a service keeps a message for a browser that is away.
const life = 24 * time.Hour

// Carrier sends. Client must refuse private addresses unless they are allowed. It is safe for concurrent use and must not be copied.
type Carrier struct {
	Client *http.Client
	Now    func() time.Time
	VAPID  *VAPID

	tokens tokens
}

// Send seals a frozen Message for the browser that secret, a Subscription as JSON, speaks of, and gives the service's status line.
// contact is whom a service may write to, a mailto: or https: address. What the answer asks for is the error's kind, as [post.Do] says:
// Permanent, that the browser is gone.
func (c *Carrier) Send(ctx context.Context, secret, contact string, frozen []byte) (reply string, err error) {
	var s Subscription
	if err := json.Unmarshal([]byte(secret), &s); err != nil || s.Check() != nil {
		return "", fault.New(fault.Permanent, "webpush: the browser has ended its subscription")
	}
	body, err := Seal(s, frozen)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	req, err := c.request(ctx, s, contact, frozen, body)
	if err != nil {
		return "", err
	}
	return post.Do(c.Client, req, Name, c.Now())
}

func (c *Carrier) request(ctx context.Context, s Subscription, contact string, frozen, body []byte) (*http.Request, error) {
	var m Message
	if err := json.Unmarshal(frozen, &m); err != nil {
		return nil, fault.New(fault.Invalid, "webpush: %w", err)
	}
	req, err := post.Request(ctx, Name, http.MethodPost, s.Endpoint, "application/octet-stream", body)
	if err != nil {
		return nil, err
	}
	token, err := c.tokens.get(c.VAPID, req.URL, contact, c.Now())
	if err != nil {
		return nil, fault.New(fault.Permanent, "webpush: %w", err)
	}
	h := req.Header
	h.Set("Authorization", "vapid t="+token+", k="+c.VAPID.Public())
	h.Set("Content-Encoding", "aes128gcm")
	h.Set("TTL", strconv.Itoa(int(life.Seconds())))
	h.Set("Topic", topic(m.ID))
	h.Set("Urgency", "normal")
	if m.Urgent {
		h.Set("Urgency", "high")
	}
	return req, nil
}

// topic makes a second attempt take the place of a first one that the service still holds. It says nothing of the notice.
func topic(id string) string {
	sum := sha256.Sum256([]byte(id))
	return base64.RawURLEncoding.EncodeToString(sum[:24]) // 32 letters, as many as there may be
}
