package api_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"

	"marsad/internal/api"
	"marsad/internal/auth"
	"marsad/internal/sqlite"
)

// The interface answers programs with JSON, and says what is wrong as application/problem+json.
func ExampleNew() {
	dir, err := os.MkdirTemp("", "marsad-example")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	store, err := sqlite.Open(context.Background(), filepath.Join(dir, "desk.db"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer store.Close()
	h := api.New(api.Options{Store: store, Auth: auth.New(auth.Options{Store: store})})
	for _, path := range []string{"/api/v1/stories", "/api/v1/stories/7"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		fmt.Print(w.Header().Get("Content-Type"), " ", w.Body)
	}
	// Output:
	// application/json {"version":1,"stories":[],"next":null}
	// application/problem+json {"type":"urn:marsad:problem:not-found","title":"Not Found","status":404,"detail":"there is nothing of this id"}
}
