package webhook_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/webhook"
)

func TestSend(t *testing.T) {
	now := time.Unix(1750000000, 0)
	status := http.StatusOK
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		h := r.Header.Get(webhook.SignatureHeader)
		if !webhook.Verify("key", h, body, now.Add(time.Minute), 5*time.Minute) {
			t.Errorf("signature %s does not verify", h)
		}
		if webhook.Verify("other", h, body, now, 5*time.Minute) || webhook.Verify("key", h, append(body, ' '), now, 5*time.Minute) || webhook.Verify("key", h, body, now.Add(time.Hour), 5*time.Minute) {
			t.Error("a wrong key, body or time verifies")
		}
		w.WriteHeader(status)
	}))
	defer srv.Close()
	c := &webhook.Carrier{Client: srv.Client(), Now: func() time.Time { return now }}
	for code, want := range map[int]fault.Kind{200: "", 204: "", 404: fault.Permanent, 410: fault.Permanent, 429: fault.Temporary, 500: fault.Temporary,
		401: fault.Temporary, 403: fault.Temporary, 302: fault.Temporary, 400: fault.Invalid, 413: fault.Invalid} {
		status = code
		if _, err := c.Send(context.Background(), srv.URL, "key", []byte(`{"a":1}`)); fault.KindOf(err) != want {
			t.Errorf("%d: %v", code, err)
		}
	}
}

// TestNoSecretInErrors looks for the address in what goes to the log and to the outbox.
func TestNoSecretInErrors(t *testing.T) {
	c := &webhook.Carrier{Client: http.DefaultClient, Now: time.Now}
	for _, to := range []string{"http://127.0.0.1:1/hooks/s3cret?key=s3cret", "http://127.0.0.1:1/s3cret\x7f", "gopher://s3cret/"} {
		if _, err := c.Send(context.Background(), to, "key", nil); err == nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%q: %v", to, err)
		}
	}
}
