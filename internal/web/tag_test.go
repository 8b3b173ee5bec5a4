package web

import (
	"net/http"
	"testing"
)

// An address that is asked by a wrong method says by which it is asked; no other site is let in.
func TestMethods(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{"PUT", "/sources", 405, "GET, HEAD, POST, OPTIONS"}, {"DELETE", "/about", 405, "GET, HEAD, OPTIONS"}, {"OPTIONS", "/sources", 204, "GET, HEAD, POST, OPTIONS"},
		{"GET", "/stories/1/mark", 405, "POST, OPTIONS"}, {"GET", "/none/such", 404, ""}, {"POST", "/none", 404, ""}, {"HEAD", "/about", 200, ""},
	} {
		rec := w.with(c.method, c.path, "localhost", "127.0.0.1:1", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-origin") })
		if rec.Code != c.status || rec.Header().Get("Allow") != c.allow {
			t.Errorf("%s %s: %d, allowed %q, want %d %q", c.method, c.path, rec.Code, rec.Header().Get("Allow"), c.status, c.allow)
		}
		if rec.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s %s lets other sites read", c.method, c.path)
		}
	}
}

// A proxy that packs answers weakens their tags; they are known all the same.
func TestWeakTags(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/feed.atom", "/feed.json", "/static/app.css"} {
		tag := w.with("GET", path, "localhost", "127.0.0.1:1", nil).Header().Get("ETag")
		if tag == "" {
			t.Errorf("%s has no tag", path)
			continue
		}
		for given, want := range map[string]int{tag: 304, "W/" + tag: 304, `"x", W/` + tag: 304, "*": 304, `"x"`: 200} {
			rec := w.with("GET", path, "localhost", "127.0.0.1:1", func(r *http.Request) { r.Header.Set("If-None-Match", given) })
			if rec.Code != want {
				t.Errorf("%s with %s: %d, want %d", path, given, rec.Code, want)
			}
		}
	}
}
