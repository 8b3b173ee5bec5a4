package fetch

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"marsad/internal/desk"
	"marsad/internal/fault"
)

// longest is the longest that a server can keep us away at once.
const longest = 7 * 24 * time.Hour

// answer reads what a host said.
func (c *Client) answer(u *url.URL, r desk.Request, got *http.Response, first int64) (resp desk.Response, next string, err error) {
	resp = desk.Response{Status: got.StatusCode, ContentType: got.Header.Get("Content-Type"), ETag: got.Header.Get("ETag"),
		LastModified: got.Header.Get("Last-Modified"), Retry: retryAfter(got.Header.Get("Retry-After"), c.o.Now())}
	switch s := got.StatusCode; {
	case s == http.StatusOK, s == http.StatusNonAuthoritativeInfo:
	case s == http.StatusNotModified:
		return resp, "", nil
	case s == http.StatusMovedPermanently, s == http.StatusFound, s == http.StatusSeeOther, s == http.StatusTemporaryRedirect, s == http.StatusPermanentRedirect:
		to, err := got.Location()
		if err != nil {
			resp.Why = desk.Circle
			return resp, "", fault.New(fault.Permanent, "fetch: %s: a redirect to nowhere", u)
		}
		return resp, to.String(), nil
	case s == http.StatusNotFound, s == http.StatusGone:
		return resp, "", fault.New(fault.NotFound, "fetch: %s: %s", u, got.Status)
	case s == http.StatusRequestTimeout, s == http.StatusTooEarly, s == http.StatusTooManyRequests, s >= 500:
		resp.Why = whyOf(s)
		return resp, "", fault.New(fault.Temporary, "fetch: %s: %s", u, got.Status)
	default:
		resp.Why = whyOf(s)
		return resp, "", fault.New(fault.Permanent, "fetch: %s: %s", u, got.Status)
	}
	if r.Page && !textual(resp.ContentType) {
		return resp, "", fault.New(fault.Permanent, "fetch: %s: %s is no page", u, resp.ContentType)
	}
	if resp.Body, err = c.body(u, got, first); err != nil {
		resp.Why = whyNot(err)
	}
	return resp, "", err
}

// whyOf gives the word for a status, "" where the kind of the error is enough.
func whyOf(status int) string {
	switch status {
	case http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusForbidden, http.StatusUnavailableForLegalReasons:
		return desk.Forbidden
	case http.StatusTooManyRequests:
		return desk.Busy
	case http.StatusRequestTimeout:
		return desk.NoAnswer
	}
	if status >= 500 {
		return desk.Faulty
	}
	return ""
}

// whyNot gives the word for an error of the network.
func whyNot(err error) string {
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	var alert tls.AlertError
	var record tls.RecordHeaderError
	var dial *net.OpError
	var slow net.Error
	switch {
	case fault.Is(err, fault.TooLarge):
		return ""
	case errors.Is(err, errNotPublic):
		return desk.Private
	case errors.As(err, &dns):
		return desk.NoName
	case errors.As(err, &cert), errors.As(err, &alert), errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return desk.NoTrust
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		return desk.NoAnswer
	case errors.As(err, &dial), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return desk.NoHost
	}
	return ""
}

// textual tells whether a page can be read from what a header names. A missing or vague name is given the benefit of the doubt.
func textual(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil || kind == "" {
		return true
	}
	return strings.HasPrefix(kind, "text/") || strings.Contains(kind, "html") || strings.Contains(kind, "xml") || strings.Contains(kind, "json")
}

// body reads a body, decompressed, up to the cap, or its first bytes where those are enough.
func (c *Client) body(u *url.URL, got *http.Response, first int64) ([]byte, error) {
	if first == 0 && got.ContentLength > c.o.Bytes {
		return nil, fault.New(fault.TooLarge, "fetch: %s: %d bytes, at most %d are taken", u, got.ContentLength, c.o.Bytes)
	}
	in, err := decompress(got.Body, got.Header.Get("Content-Encoding"))
	if err != nil {
		return nil, fault.New(fault.Temporary, "fetch: %s: %w", u, err)
	}
	if first > 0 {
		in = io.LimitReader(in, first)
	}
	b, err := io.ReadAll(io.LimitReader(in, c.o.Bytes+1))
	switch {
	case int64(len(b)) > c.o.Bytes:
		return nil, fault.New(fault.TooLarge, "fetch: %s: more than %d bytes", u, c.o.Bytes)
	case err != nil:
		return nil, refused(u, err)
	}
	return b, nil
}

// decompress undoes what the header names. Only what was asked for is undone; more than one layer was never asked for.
func decompress(in io.Reader, encoding string) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity":
		return in, nil
	case "gzip", "x-gzip":
		return gzip.NewReader(in)
	case "deflate": // zlib by the standard, but some servers send it bare
		b := bufio.NewReader(in)
		if head, err := b.Peek(2); err == nil && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			return zlib.NewReader(b)
		}
		return flate.NewReader(b), nil
	}
	return nil, errors.New("an encoding that was not asked for: " + encoding)
}

// retryAfter reads Retry-After, seconds or a date, and gives a moment in the future or the zero time.
func retryAfter(s string, now time.Time) time.Time {
	s = strings.TrimSpace(s)
	var at time.Time
	if n, err := strconv.ParseInt(s, 10, 32); err == nil {
		at = now.Add(time.Duration(n) * time.Second)
	} else if t, err := http.ParseTime(s); err == nil {
		at = t
	}
	switch {
	case !at.After(now):
		return time.Time{}
	case at.After(now.Add(longest)):
		return now.Add(longest)
	}
	return at
}

// refused gives an error of the network its kind. Most pass: a name that does not resolve today, a server that is down.
func refused(u *url.URL, err error) error {
	kind := fault.Temporary
	var dns *net.DNSError
	switch {
	case errors.Is(err, errNotPublic):
		kind = fault.Denied
	case errors.As(err, &dns) && dns.IsNotFound:
		kind = fault.Temporary // a name that is gone today is often back tomorrow
	case errors.Is(err, context.DeadlineExceeded):
		return fault.New(kind, "fetch: %s: took too long: %w", u, context.DeadlineExceeded)
	}
	var wrapped *url.Error // names the address already
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return fault.New(kind, "fetch: %s: %w", u, err)
}
