package web

import (
	"net/http"
	"slices"
	"strings"

	"marsad/internal/fault"
)

// unchanged tells whether whoever asks has what a tag names already, however a proxy on the way may have weakened it.
func unchanged(r *http.Request, tag string) bool {
	for _, h := range r.Header.Values("If-None-Match") {
		for part := range strings.SplitSeq(h, ",") {
			if part = strings.TrimSpace(part); part == "*" || strings.TrimPrefix(part, "W/") == tag {
				return true
			}
		}
	}
	return false
}

// nowhere answers what none of the routes does: an address that is none of ours, or one of ours by another method.
func (s *site) nowhere(v *visit) error {
	var allowed []string
	for _, m := range []string{http.MethodGet, http.MethodPost} {
		try := v.r.Clone(v.r.Context())
		try.Method = m
		if _, pattern := s.mux.Handler(try); strings.HasPrefix(pattern, m+" ") {
			allowed = append(allowed, m)
		}
	}
	none := fault.New(fault.NotFound, "no such address")
	if len(allowed) == 0 || slices.Contains(allowed, v.r.Method) {
		return none
	}
	if allowed[0] == http.MethodGet {
		allowed = slices.Insert(allowed, 1, http.MethodHead)
	}
	v.w.Header().Set("Allow", strings.Join(append(allowed, http.MethodOptions), ", "))
	if v.r.Method == http.MethodOptions {
		v.w.WriteHeader(http.StatusNoContent)
		return nil
	}
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	v.w.WriteHeader(http.StatusMethodNotAllowed)
	_, _ = v.w.Write([]byte(v.words.Text("error.not-found") + "\n")) // the caller may have gone
	return nil
}
