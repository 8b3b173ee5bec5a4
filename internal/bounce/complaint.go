package bounce

import (
	"bufio"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"strings"
)

// unwanted are the kinds of feedback (RFC 5965, 7.3) that say that a reader does not want the mail.
var unwanted = map[string]bool{"abuse": true, "fraud": true, "opt-out": true, "opt-out-list": true}

// complaint reads what a reader's mail program reports to whoever sent (ARF). Such reports come to one address for all readers; whose
// message it is stands in the report, or in the message that it holds: there the mail server wrote the address that it came from.
func (r *Report) complaint(body io.Reader, boundary, address string) {
	local, domain, _ := strings.Cut(strings.ToLower(address), "@")
	in := multipart.NewReader(body, boundary)
	for range maxParts {
		p, err := in.NextRawPart()
		if err != nil {
			break
		}
		kind, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if kind != "message/feedback-report" && kind != "message/rfc822" && kind != "text/rfc822-headers" {
			continue
		}
		raw := io.LimitReader(decoded(p, p.Header.Get("Content-Transfer-Encoding")), maxStatus)
		h, _ := textproto.NewReader(bufio.NewReader(raw)).ReadMIMEHeader() // as much as can be read
		from := "Return-Path"
		if kind == "message/feedback-report" {
			from = "Original-Mail-From"
			if unwanted[strings.ToLower(first(h.Get("Feedback-Type")))] {
				r.Action, r.Words = Complained, line(h.Get("User-Agent"))
			}
		}
		if r.Tag == "" {
			r.Tag = tagIn(h.Get(from), local, domain)
		}
	}
}
