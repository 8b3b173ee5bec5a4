package bounce

import (
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"regexp"
	"strings"
)

// Some mail servers report in free words, or write 5.0.0 for whatever the other server said. What they quote of it is read then: an
// enhanced code (RFC 3463) behind the code of SMTP, or in the parentheses of qmail.
var (
	quotedCode = regexp.MustCompile(`\b([45])[0-9][0-9][- ]+#?([45]\.[0-9]{1,3}\.[0-9]{1,3})\b|\(#([45]\.[0-9]{1,3}\.[0-9]{1,3})\)`)
	bareCode   = regexp.MustCompile(`(?:^|[^0-9.])(5[0-9][0-9])[- :]`)
)

// codeIn gives the first enhanced code that words quote, "" for none.
func codeIn(words string) string {
	m := quotedCode.FindStringSubmatch(words)
	switch {
	case m == nil:
		return ""
	case m[3] != "":
		return m[3]
	case m[1] != m[2][:1]:
		return ""
	}
	return m[2]
}

// exact gives a status or, for one that says no more than that it failed, what the other server's words say of it.
func exact(status, words string) string {
	if class, rest, _ := strings.Cut(status, "."); rest == "0.0" {
		if c := codeIn(words); strings.HasPrefix(c, class+".") {
			return c
		}
	}
	return status
}

// daemons are the local parts that mail servers report from. A person's own mailbox, which may be on holiday, has another.
var daemons = map[string]bool{"mailer-daemon": true, "postmaster": true, "mailerdaemon": true, "mail-daemon": true}

// ofDaemon tells whether a message comes from a mail server that reports, not from a mailbox.
func ofDaemon(h mail.Header) bool {
	if path := strings.TrimSpace(h.Get("Return-Path")); path != "" && path != "<>" {
		return false
	}
	from, err := mail.ParseAddress(h.Get("From"))
	if err != nil {
		return false
	}
	local, _, _ := strings.Cut(strings.ToLower(from.Address), "@")
	return daemons[local]
}

// loose reads a report in free words. Without a code of the other server's it reports nothing.
func (r *Report) loose(m *mail.Message, kind, boundary string) {
	if !ofDaemon(m.Header) {
		return
	}
	words := ownWords(m, kind, boundary)
	for l := range strings.Lines(words) {
		status := codeIn(l)
		if status == "" && bareCode.MatchString(l) {
			status = "5.0.0"
		}
		if status == "" || r.Action == "failed" && !strings.HasSuffix(r.Status, ".0.0") {
			continue
		}
		r.Action = "delayed"
		if status[0] == '5' {
			r.Action = "failed"
		}
		r.Status, r.Words = status, line(l)
	}
}

// copies begin the lines behind which a report holds the message itself.
var copies = []string{"--- below this line", "------ this is a copy", "--- original message", "-----original", "--- undelivered message", "return-path:", "received:", "message-id:"}

// ownWords gives what a report says itself: its first part that is text, to where the message begins that came back.
func ownWords(m *mail.Message, kind, boundary string) string {
	body := decoded(m.Body, m.Header.Get("Content-Transfer-Encoding"))
	if strings.HasPrefix(kind, "multipart/") {
		in := multipart.NewReader(m.Body, boundary)
		p, err := in.NextRawPart()
		if err != nil {
			return ""
		}
		if part, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type")); part != "" && part != "text/plain" {
			return ""
		}
		body = decoded(p, p.Header.Get("Content-Transfer-Encoding"))
	}
	b, _ := io.ReadAll(io.LimitReader(body, maxStatus)) // what can be read of it
	var own strings.Builder
	for l := range strings.Lines(string(b)) {
		low := strings.ToLower(strings.TrimSpace(l))
		for _, c := range copies {
			if strings.HasPrefix(low, c) {
				return own.String()
			}
		}
		own.WriteString(l)
	}
	return own.String()
}
