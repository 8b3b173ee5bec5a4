package cli

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"marsad/internal/auth"
	"marsad/internal/fetch"
	"marsad/internal/webhook"
	"marsad/news"
)

// TestHookSecret finds notices signed with the secret that the outbox shows, and not with none.
func TestHookSecret(t *testing.T) {
	ctx, signer := context.Background(), auth.NewSigner(make([]byte, 32))
	a := newArchive(t)
	to := news.Recipient{ID: 7, Carrier: "webhook", State: news.Unconfirmed}
	b, err := (&composer{store: a.Store, signer: signer}).Compose(ctx, news.Notice{ID: "n", Kind: news.Optin, Recipient: 7}, to)
	var intro introduction
	if err != nil || json.Unmarshal(b, &intro) != nil || len(intro.Secret) < 20 {
		t.Fatalf("%s %v", b, err)
	}
	var signed, forged bool
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		h := r.Header.Get(webhook.SignatureHeader)
		signed = webhook.Verify(intro.Secret, h, body, time.Now(), time.Minute)
		forged = webhook.Verify("", h, body, time.Now(), time.Minute)
	}))
	defer srv.Close()
	to.Address = srv.URL
	loop := fetch.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
	hook := &hookCarrier{webhook.Carrier{Client: fetch.Guarded(loop), Now: time.Now}, signer}
	if _, err := hook.Send(ctx, news.Delivery{Message: []byte("{}")}, to); err != nil || !signed || forged {
		t.Errorf("signed %v, by the empty secret %v: %v", signed, forged, err)
	}
}

// TestTheDemoTellsNobody finds no way from the demo to anybody outside of this machine.
func TestTheDemoTellsNobody(t *testing.T) {
	asked := false
	c := &http.Client{Transport: onlyHere{roundTrip(func(r *http.Request) (*http.Response, error) {
		asked = true
		return nil, io.EOF
	})}}
	for _, to := range []string{"http://203.0.113.7/", "https://hooks.slack.com/x", "http://localhost.example/", "http://[2001:db8::1]/"} {
		if _, err := c.Get(to); err == nil || asked {
			t.Errorf("%s was asked: %v", to, err)
		}
	}
	if _, _ = c.Get("http://127.0.0.1:1/"); !asked {
		t.Error("nor is this machine")
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
