package api

import (
	"net/http"
	"slices"
	"strings"
)

// methods gives the methods by which an address can be asked, none for an address that is nowhere.
func methods(mux *http.ServeMux, r *http.Request) (all []string) {
	for _, m := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		try := r.Clone(r.Context())
		try.Method = m
		if _, pattern := mux.Handler(try); !strings.HasPrefix(pattern, m+" ") {
			continue
		}
		if all = append(all, m); m == http.MethodGet {
			all = append(all, http.MethodHead)
		}
	}
	return all
}

// otherwise answers what no route does: OPTIONS by the methods that there are, another method by 405 with them, the rest as not found. It
// names no other site that might ask: browsers let none.
func otherwise(mux *http.ServeMux, refuse func(w http.ResponseWriter, r *http.Request, status int)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		all := methods(mux, r)
		if len(all) == 0 {
			refuse(w, r, http.StatusNotFound)
			return
		}
		w.Header().Set("Allow", strings.Join(append(slices.Clone(all), http.MethodOptions), ", "))
		if r.Method == http.MethodOptions {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		refuse(w, r, http.StatusMethodNotAllowed)
	}
}
