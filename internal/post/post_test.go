package post_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/post"
)

var now = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func Example() {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	defer srv.Close()
	req, _ := post.Request(context.Background(), "webhook", http.MethodPost, srv.URL, "application/json", []byte("{}"))
	reply, err := post.Do(srv.Client(), req, "webhook", time.Now())
	var wait *post.Wait
	fmt.Println(reply, errors.As(err, &wait), wait.RetryAfter())
	// Output: 429 Too Many Requests (Retry-After: 120) true 2m0s
}

// TestAnswers reads what answers ask for, however they say it.
func TestAnswers(t *testing.T) {
	for _, c := range []struct {
		status      int
		after, body string
		kind        fault.Kind
		wait        time.Duration
		reply       string
	}{
		{200, "9", "", "", 0, "200 OK"}, {204, "", "", "", 0, "204 No Content"},
		{404, "60", "", fault.Permanent, 0, "404 Not Found"}, {410, "", "", fault.Permanent, 0, "410 Gone"},
		{400, "60", "", fault.Invalid, 0, "400 Bad Request"}, {413, "", "", fault.Invalid, 0, "413 Request Entity Too Large"},
		{415, "", "", fault.Invalid, 0, "415 Unsupported Media Type"}, {422, "", "", fault.Invalid, 0, "422 Unprocessable Entity"},
		{302, "", "", fault.Temporary, 0, "302 Found"}, {401, "", "", fault.Temporary, 0, "401 Unauthorized"}, {500, "-5", "", fault.Temporary, 0, "500 Internal Server Error"},
		{429, "120", "", fault.Temporary, 2 * time.Minute, "429 Too Many Requests (Retry-After: 120)"},
		{503, "Tue, 10 Mar 2026 12:10:00 GMT", "", fault.Temporary, 10 * time.Minute, "503 Service Unavailable (Retry-After: Tue, 10 Mar 2026 12:10:00 GMT)"},
		{503, "Tue, 10 Mar 2026 11:10:00 GMT", "", fault.Temporary, 0, "503 Service Unavailable"},
		{503, "Tue, 10 Mar 2036 11:10:00 GMT", "", fault.Temporary, 6 * time.Hour, "503 Service Unavailable (Retry-After: Tue, 10 Mar 2036 11:10:00 GMT)"},
		{429, "99999999999999999999999", "", fault.Temporary, 6 * time.Hour, "429 Too Many Requests (Retry-After: 99999999999999999999999)"},
		{429, "0", "", fault.Temporary, 0, "429 Too Many Requests"}, {429, "soon", "", fault.Temporary, 0, "429 Too Many Requests"},
		{429, "", `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 35","parameters":{"retry_after":35}}`, fault.Temporary, 35 * time.Second,
			"429 Too Many Requests: Too Many Requests: retry after 35 (Retry-After: 35)"},
		{429, "", `{"errcode":"M_LIMIT_EXCEEDED","error":"Too many requests","retry_after_ms":2001}`, fault.Temporary, 3 * time.Second,
			"429 Too Many Requests: Too many requests (Retry-After: 3)"},
		{400, "", `{"ok":false,"description":"Bad Request: chat not found"}`, fault.Invalid, 0, "400 Bad Request: Bad Request: chat not found"},
		{400, "", `{"error":{"deep":1}}`, fault.Invalid, 0, "400 Bad Request"}, {400, "", `{"error":`, fault.Invalid, 0, "400 Bad Request"},
		{400, "", `{"error":"no\r\nline \u202e turned"}`, fault.Invalid, 0, "400 Bad Request: no line turned"},
		{400, "", `{"error":"there is no s3cret"}`, fault.Invalid, 0, "400 Bad Request"},
		{400, "", `{"error":"no such hook: http://HOST/x"}`, fault.Invalid, 0, "400 Bad Request"},
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if c.after != "" {
				w.Header().Set("Retry-After", c.after)
			}
			if c.body != "" {
				w.Header().Set("Content-Type", "application/json; charset=utf-8")
			}
			w.WriteHeader(c.status)
			fmt.Fprint(w, strings.ReplaceAll(c.body, "HOST", r.Host))
		}))
		req, err := post.Request(t.Context(), "hook", http.MethodPost, srv.URL+"/s3cret", "text/plain", nil)
		if err != nil {
			t.Fatal(err)
		}
		reply, err := post.Do(srv.Client(), req, "hook", now)
		var w *post.Wait
		if fault.KindOf(err) != c.kind || errors.As(err, &w) != (c.wait > 0) || w != nil && w.RetryAfter() != c.wait || reply != c.reply {
			t.Errorf("%d %s %s: %q %v %v", c.status, c.after, c.body, reply, err, w)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("the error holds the address: %v", err)
		}
		srv.Close()
		req, _ = post.Request(t.Context(), "hook", http.MethodPost, srv.URL+"/s3cret", "text/plain", nil)
		if _, err := post.Do(srv.Client(), req, "hook", now); !fault.Is(err, fault.Temporary) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("nobody there: %v", err)
		}
	}
}

func TestRequest(t *testing.T) {
	if _, err := post.Request(t.Context(), "hook", http.MethodPost, "http://127.0.0.1:1/s3cret\x7f", "text/plain", nil); !fault.Is(err, fault.Permanent) || strings.Contains(err.Error(), "s3cret") {
		t.Error(err)
	}
}
