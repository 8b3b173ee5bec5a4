package fetch

import (
	"net/http"
	"time"
)

// Guarded gives a plain HTTP client that dials only where Options allow and follows no redirect: for what the desk sends, such as
// webhooks.
func Guarded(o Options) *http.Client {
	return &http.Client{
		Transport:     transport(o),
		Timeout:       time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
