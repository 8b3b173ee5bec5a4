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
	Why          string    // with an error: what stood in the way, one of the words below; "" where the error's kind says it
}

// What can stand in the way of an answer, where there is more to say than the kind of the error.
const (
	NoName    = "dns"       // the host's name leads nowhere
	NoTrust   = "tls"       // no safe connection: a certificate that has ended or is another's
	NoAnswer  = "timeout"   // nothing came in time
	NoHost    = "no-host"   // the host takes no connection, or breaks it off
	Private   = "private"   // its address is not public
	Robots    = "robots"    // robots.txt forbids it
	Forbidden = "forbidden" // 401, 402, 403, 451
	Busy      = "busy"      // 429
	Faulty    = "server"    // 5xx
	Circle    = "redirects" // it sends on and on, or nowhere
)

// Fetcher fetches politely. The kind of its error says whether to come back: Denied by robots.txt or because the address is not
// public, NotFound (404, 410), Permanent, TooLarge, Temporary. The Response that comes with an error holds what is known.
type Fetcher interface {
	Get(ctx context.Context, r Request) (Response, error)
}
