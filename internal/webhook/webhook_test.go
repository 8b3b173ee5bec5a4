package webhook_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
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
	for code, want := range map[int]fault.Kind{200: "", 204: "", 404: fault.Permanent, 410: fault.Permanent, 429: fault.Temporary, 500: fault.Temporary} {
		status = code
		if _, err := c.Send(context.Background(), srv.URL, "key", []byte(`{"a":1}`)); fault.KindOf(err) != want {
			t.Errorf("%d: %v", code, err)
		}
	}
}
