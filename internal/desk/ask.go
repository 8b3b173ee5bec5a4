package desk

import (
	"context"
	"time"
)

// Request is what the desk asks of the web.
type Request struct {
	URL          string
	ETag         string // of an earlier answer: ask only for what is newer
	LastModified string
	Page         bool // a page: robots.txt decides, and only text is taken. A feed was published to be fetched.
}

// Response is what came back.
type Response struct {
	Status       int    // 304 where nothing is newer
	Final        string // the address after redirects
	Moved        string // where the address moved to for good, "" if it did not
	ContentType  string
	ETag         string
	LastModified string
	Body         []byte
	Retry        time.Time // the server asks not to come back before; zero if it does not
}

// Fetcher fetches politely. The kind of its error says whether to come back: Denied by robots.txt or because the address is not
// public, NotFound (404, 410), Permanent, TooLarge, Temporary. The Response that comes with an error holds what is known.
type Fetcher interface {
	Get(ctx context.Context, r Request) (Response, error)
}
