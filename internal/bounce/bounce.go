// Package bounce reads what comes back to the desk's return address: reports of failed deliveries (RFC 3464, and in free words), complaints
// of readers (RFC 5965), told apart from answers that mailboxes give by themselves. It judges bytes and follows none of them: who may act
// on a report is whoever can tell that its tag is real.
package bounce

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"

	"marsad/internal/fault"
)

// Report is what one message that came back says.
type Report struct {
	Tag    string // behind the + of the address that it came to or, in a complaint, that the message came from; "" for none
	Action string // failed, delayed, delivered, relayed, expanded; "" where nothing says
	Status string // enhanced code, such as 5.1.1
	Words  string // the other server's, for people
	Auto   bool   // a mailbox answered by itself, or a person wrote: nothing failed

	// Written: somebody wrote it, or their mail program for them; neither a server nor a mailbox that answers by itself.
	Written bool
}

// What a report asks for.
const (
	Nothing = ""
	Gone    = "gone"     // 5.1.x and 5.2.1: nobody is there
	Refused = "unwanted" // 5.7.x: the domain does not want the desk's mail, which says nothing of the person
	Failed  = "failed"   // this message did not arrive, for any other reason

	Complained = "complained" // the reader called it unwanted; Action says so too
)

// Means gives what a report asks for. Only failures for good count; a delay is the mail server's business.
func (r Report) Means() string {
	if r.Action == Complained && !r.Auto {
		return Complained
	}
	if r.Auto || r.Action != "failed" || !strings.HasPrefix(r.Status, "5.") {
		return Nothing
	}
	switch {
	case r.Status == "5.1.7" || r.Status == "5.1.8":
		return Refused // they mean the sender's address
	case strings.HasPrefix(r.Status, "5.1."), r.Status == "5.2.1":
		return Gone
	case strings.HasPrefix(r.Status, "5.7."):
		return Refused
	}
	return Failed
}

const (
	maxMessage = 10 << 20
	maxParts   = 20
	maxDepth   = 5
	maxStatus  = 64 << 10
)

// Read reads a message that came back to the local part of address, such as bounces@desk.example; tags stand behind it with a +.
func Read(message []byte, address string) (Report, error) {
	if len(message) > maxMessage {
		return Report{}, fault.New(fault.TooLarge, "bounce: a message of %d bytes", len(message))
	}
	m, err := mail.ReadMessage(bytes.NewReader(message))
	if err != nil {
		return Report{}, fault.New(fault.Invalid, "bounce: %w", err)
	}
	r := Report{Tag: tag(m.Header, address)}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	switch report := strings.ToLower(params["report-type"]); {
	case err != nil || kind != "multipart/report":
		r.loose(m, kind, params["boundary"])
	case report == "delivery-status":
		r.parts(m.Body, params["boundary"], 0)
	case report == "feedback-report":
		r.complaint(m.Body, params["boundary"], address)
	}
	r.Auto = r.Action == "" // a report without a status reports nothing
	r.Written = r.Auto && kind != "multipart/report" && written(m.Header)
	return r, nil
}

// tag finds the tag of the address that a message was delivered to. A mailing list or a forward may have changed To, so the fields that
// the last server wrote come first.
func tag(h mail.Header, address string) string {
	local, domain, ok := strings.Cut(strings.ToLower(address), "@")
	if !ok {
		return ""
	}
	for _, field := range []string{"Delivered-To", "X-Original-To", "Envelope-To", "To"} {
		for _, v := range h[textproto.CanonicalMIMEHeaderKey(field)] {
			if t := tagIn(v, local, domain); t != "" {
				return t
			}
		}
	}
	return ""
}

// tagIn finds the tag in a field that names addresses.
func tagIn(v, local, domain string) string {
	for rest := strings.ToLower(v); ; {
		_, after, found := strings.Cut(rest, local+"+")
		if !found {
			return ""
		}
		if t, at, found := strings.Cut(after, "@"); found && strings.HasPrefix(at, domain) && plain(t) {
			return t
		}
		rest = after
	}
}

func plain(t string) bool {
	return t != "" && len(t) < 100 && !strings.ContainsFunc(t, func(r rune) bool { return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z') })
}

func (r *Report) parts(body io.Reader, boundary string, depth int) {
	if depth == maxDepth {
		return
	}
	in := multipart.NewReader(body, boundary)
	for range maxParts {
		p, err := in.NextRawPart()
		if err != nil {
			return
		}
		kind, params, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
		switch {
		case kind == "message/delivery-status" || kind == "message/global-delivery-status":
			r.status(decoded(p, p.Header.Get("Content-Transfer-Encoding")))
		case strings.HasPrefix(kind, "multipart/"):
			r.parts(p, params["boundary"], depth+1)
		}
	}
}

func decoded(r io.Reader, encoding string) io.Reader {
	switch strings.ToLower(encoding) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	}
	return r
}

// status reads the groups of fields of a delivery status: the first is of the message, each other of a recipient. The desk writes to one
// at a time; of several the worst counts.
func (r *Report) status(in io.Reader) {
	t := textproto.NewReader(bufio.NewReader(io.LimitReader(in, maxStatus)))
	for range 50 {
		h, err := t.ReadMIMEHeader()
		if action := strings.ToLower(first(h.Get("Action"))); action != "" && r.Action != "failed" {
			r.Action, r.Words = action, line(h.Get("Diagnostic-Code"))
			r.Status = exact(first(h.Get("Status")), r.Words)
		}
		if err != nil {
			return
		}
	}
}

// first gives a field's first word: comments in parentheses may stand behind it.
func first(s string) string {
	if fs := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\t' || r == '(' || r == ';' }); len(fs) > 0 {
		return fs[0]
	}
	return ""
}

func line(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "?")), " ")
	if r := []rune(s); len(r) > 300 {
		return string(r[:300]) + "…"
	}
	return s
}
