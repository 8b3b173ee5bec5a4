package fetch_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"marsad/internal/desk"
	"marsad/internal/fault"
	"marsad/internal/fetch"
)

func Example() {
	outlet := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			io.WriteString(w, "User-agent: *\nDisallow: /private/\n")
			return
		}
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, "<p>The ferry runs again.")
	}))
	defer outlet.Close()
	// The host of the example has no public address; naming it is the allowance.
	c := fetch.New(fetch.Options{Hosts: map[string]string{"post.example": outlet.Listener.Addr().String()}})
	ctx := context.Background()

	page, err := c.Get(ctx, desk.Request{URL: "http://post.example/ferry", Page: true})
	fmt.Println(string(page.Body), err)
	_, err = c.Get(ctx, desk.Request{URL: "http://post.example/private/x", Page: true})
	fmt.Println(fault.KindOf(err))
	_, err = c.Get(ctx, desk.Request{URL: "http://127.0.0.1:80/", Page: true})
	fmt.Println(fault.KindOf(err))
	// Output:
	// <p>The ferry runs again. <nil>
	// denied
	// denied
}
