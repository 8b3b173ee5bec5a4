package web

import (
	"net/http/httptest"
	"testing"
)

func TestRemote(t *testing.T) {
	for _, c := range []struct{ from, seen, want string }{
		{"203.0.113.9:5", "", "203.0.113.9"},
		{"203.0.113.9:5", "198.51.100.1", "203.0.113.9"}, // no proxy of ours: the header is the visitor's own word
		{"127.0.0.1:5", "", "127.0.0.1"},
		{"127.0.0.1:5", "198.51.100.1", "198.51.100.1"},
		{"[::1]:5", "10.0.0.1, 198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:5", "nonsense", "127.0.0.1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.from
		if c.seen != "" {
			r.Header.Set("X-Forwarded-For", c.seen)
		}
		if got := remote(r); got != c.want {
			t.Errorf("%s via %q: %s, want %s", c.from, c.seen, got, c.want)
		}
	}
}
