package feed

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

var declared = regexp.MustCompile(`^\s*<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// decode gives the body in UTF-8 without characters that XML forbids: by its byte order mark, else by what the header or the
// declaration names, else by guess. Bytes that are valid UTF-8 are taken for it whatever a label says: only few other texts are.
func decode(body []byte, contentType string) []byte {
	if e := byMark(body); e != nil {
		body = convert(e, body)
	} else if !utf8.Valid(body) || bytes.IndexByte(body, 0x1b) >= 0 {
		body = convert(byLabel(body, contentType), body)
	}
	return bytes.Map(allowed, bytes.TrimPrefix(body, []byte("\ufeff")))
}

func byMark(b []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}), bytes.HasPrefix(b, []byte{0, '<'}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}), bytes.HasPrefix(b, []byte{'<', 0}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	return nil
}

// byLabel finds the encoding that the bytes claim, or look like; nil where nothing is known.
func byLabel(b []byte, contentType string) encoding.Encoding {
	var labels []string
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		labels = append(labels, params["charset"])
	}
	if m := declared.FindSubmatch(b[:min(len(b), 1024)]); m != nil {
		labels = append(labels, string(m[1]))
	}
	for _, l := range labels {
		if e, name := charset.Lookup(l); e != nil && name != "utf-8" {
			return e
		}
	}
	if len(labels) > 0 && strings.Contains(strings.ToLower(strings.Join(labels, " ")), "utf-8") {
		return nil // damaged UTF-8 is still mostly UTF-8
	}
	if r, err := chardet.NewTextDetector().DetectBest(b[:min(len(b), 32<<10)]); err == nil {
		e, _ := charset.Lookup(r.Charset)
		return e
	}
	return nil
}

func convert(e encoding.Encoding, b []byte) []byte {
	if e != nil {
		if out, err := e.NewDecoder().Bytes(b); err == nil {
			b = out
		}
	}
	return b
}

// allowed turns what may not stand in XML into spaces. bytes.Map has made U+FFFD of bytes that are not UTF-8.
func allowed(r rune) rune {
	switch {
	case r < 0x20 && r != '\t' && r != '\n' && r != '\r', r == 0xFFFE, r == 0xFFFF:
		return ' '
	}
	return r
}
