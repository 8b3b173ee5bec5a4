package dkim

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"strconv"
	"strings"
	"time"

	"marsad/internal/fault"
)

// signed are the fields that a signature covers, in small letters. Those that must not be added are named once more than they stand
// there. RFC 8058 asks for both of List-Unsubscribe.
var signed = []string{
	"from", "from", "to", "to", "cc", "subject", "subject", "date", "date", "reply-to", "message-id", "message-id", "references", "auto-submitted", "feedback-id", "list-id",
	"list-unsubscribe", "list-unsubscribe", "list-unsubscribe-post", "list-unsubscribe-post", "mime-version", "content-type", "content-type",
}

// covered is signed as a signature names it, on lines of a mail's length.
var covered = func() string {
	var b strings.Builder
	width := 0
	for i, name := range signed {
		if i > 0 {
			b.WriteByte(':')
		}
		if width += len(name) + 1; width > 70 {
			b.WriteString("\r\n\t")
			width = len(name)
		}
		b.WriteString(name)
	}
	return b.String()
}()

// Sign gives the message, whose line ends are CRLF, with its signatures before it. Header and body are brought into their canonical form
// (relaxed, RFC 6376, 3.4) and the body is hashed once for both.
func (s *Signer) Sign(message []byte) ([]byte, error) {
	header, body, ok := bytes.Cut(message, []byte("\r\n\r\n"))
	if !ok {
		return nil, fault.New(fault.Invalid, "dkim: a message without a body")
	}
	sum := bodySum(body)
	fields := chosen(header)
	var out bytes.Buffer
	out.Grow(len(message) + 2048)
	for _, by := range []struct {
		selector, algorithm string
		key                 crypto.Signer
	}{{s.keys.Selector, "rsa-sha256", s.rsa}, {s.keys.Selector + "-ed", "ed25519-sha256", s.ed}} {
		if err := sign(&out, fields, sum, s.keys.Domain, by.selector, by.algorithm, by.key); err != nil {
			return nil, err
		}
	}
	out.Write(message)
	return out.Bytes(), nil
}

// sign writes one signature's field.
func sign(out *bytes.Buffer, fields []byte, sum [sha256.Size]byte, domain, selector, algorithm string, key crypto.Signer) error {
	const name = "DKIM-Signature: "
	value := "v=1; a=" + algorithm + "; c=relaxed/relaxed; d=" + domain + "; s=" + selector + ";\r\n\tt=" + strconv.FormatInt(time.Now().Unix(), 10) +
		";\r\n\th=" + covered + ";\r\n\tbh=" + base64.StdEncoding.EncodeToString(sum[:]) + ";\r\n\tb="
	h := sha256.New()
	h.Write(fields)
	h.Write(bytes.TrimSuffix(relaxed([]byte(name+value)), []byte("\r\n"))) // as it stands, b= empty (RFC 6376, 3.7)
	how := crypto.Hash(crypto.SHA256)
	if algorithm == "ed25519-sha256" {
		how = 0 // what is signed is the sum itself (RFC 8463, 3)
	}
	b, err := key.Sign(rand.Reader, h.Sum(nil), how)
	if err != nil {
		return fault.New(fault.Internal, "dkim: %w", err)
	}
	out.WriteString(name + value)
	text := base64.StdEncoding.EncodeToString(b)
	for len(text) > 72 {
		out.WriteString(text[:72] + "\r\n\t")
		text = text[72:]
	}
	out.WriteString(text + "\r\n")
	return nil
}

// chosen gives the canonical form of the fields that are signed, in the order in which they are named: of several of one name the last
// comes first, and one that is named but not there is nothing (RFC 6376, 5.4.2).
func chosen(header []byte) []byte {
	by := map[string][][]byte{}
	for len(header) > 0 {
		var field []byte
		field, header = firstField(header)
		name, _, _ := bytes.Cut(field, []byte(":"))
		key := strings.ToLower(string(bytes.TrimRight(name, " \t")))
		by[key] = append(by[key], field)
	}
	var out []byte
	for _, name := range signed {
		if n := len(by[name]); n > 0 {
			out = append(out, relaxed(by[name][n-1])...)
			by[name] = by[name][:n-1]
		}
	}
	return out
}

// firstField gives the first field of a header with the lines that continue it, and what stands behind.
func firstField(header []byte) (field, rest []byte) {
	for i := 0; i < len(header); {
		end := bytes.Index(header[i:], []byte("\r\n"))
		if end < 0 {
			return header, nil
		}
		if i += end + 2; i == len(header) || header[i] != ' ' && header[i] != '\t' {
			return header[:i], header[i:]
		}
	}
	return header, nil
}

// relaxed gives a field's canonical form: its name in small letters, its value on one line with single spaces and none at its ends.
func relaxed(field []byte) []byte {
	name, value, _ := bytes.Cut(field, []byte(":"))
	out := append(bytes.ToLower(bytes.TrimRight(name, " \t")), ':')
	begun, space := false, false
	for _, c := range value {
		switch c {
		case '\r', '\n':
		case ' ', '\t':
			space = true
		default:
			if space && begun {
				out = append(out, ' ')
			}
			out = append(out, c)
			begun, space = true, false
		}
	}
	return append(out, "\r\n"...)
}

// bodySum gives the sum of a body's canonical form: single spaces, none at a line's end, no empty lines at its end.
func bodySum(body []byte) (sum [sha256.Size]byte) {
	h := sha256.New()
	empty := 0
	var line []byte
	for len(body) > 0 {
		var raw []byte
		raw, body, _ = bytes.Cut(body, []byte("\r\n"))
		line = line[:0]
		space := false
		for _, c := range raw {
			if c == ' ' || c == '\t' {
				space = true
				continue
			}
			if space {
				line = append(line, ' ')
			}
			line, space = append(line, c), false
		}
		if len(line) == 0 {
			empty++
			continue
		}
		writeEmpty(h, empty)
		empty = 0
		h.Write(append(line, "\r\n"...))
	}
	h.Sum(sum[:0])
	return sum
}

func writeEmpty(h hash.Hash, n int) {
	for range n {
		h.Write([]byte("\r\n"))
	}
}
