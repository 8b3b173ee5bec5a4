package web_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"

	"marsad/internal/auth"
	"marsad/internal/sqlite"
	"marsad/internal/web"
)

// A site is a handler over a store and whoever keeps its door. This one belongs to a desk without accounts: it answers its own
// machine alone, and no other name than its own.
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
	site := web.New(web.Options{Store: store, Auth: auth.New(auth.Options{Store: store}), Version: "example"})
	for _, from := range []string{"127.0.0.1:5000", "192.0.2.7:5000"} {
		r := httptest.NewRequest("GET", "http://localhost/", nil)
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		fmt.Println(from, w.Code)
	}
	// Output:
	// 127.0.0.1:5000 200
	// 192.0.2.7:5000 403
}
