package feed

import (
	"bytes"
	"compress/gzip"
	"io"
	"mime"
	"regexp"
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
	body = unpacked(body)
	if e := byMark(body); e != nil {
		body = convert(e, body)
	} else if !utf8.Valid(body) || bytes.IndexByte(body, 0x1b) >= 0 {
		body = convert(byLabel(body, contentType), body)
	}
	return bytes.Map(allowed, bytes.TrimPrefix(body, []byte("\ufeff")))
}

// Text gives a file that people keep lists in as text, whatever its encoding.
func Text(body []byte) string {
	return string(decode(body[:min(len(body), MaxBytes)], ""))
}

// unpacked undoes gzip, in which sitemaps are often kept, up to the most that a feed may hold.
func unpacked(body []byte) []byte {
	if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		return body
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return body
	}
	out, _ := io.ReadAll(io.LimitReader(z, MaxBytes)) // of one that breaks off, what there is
	return out
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

// byLabel finds the encoding that the bytes claim, or look like; nil where nothing is known. What the document says of itself goes before
// a header that names Latin letters, which many servers name for whatever they send.
func byLabel(b []byte, contentType string) encoding.Encoding {
	var labels []string
	if m := declared.FindSubmatch(b[:min(len(b), 1024)]); m != nil {
		labels = append(labels, string(m[1]))
	}
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		if _, name := charset.Lookup(params["charset"]); name == "windows-1252" {
			labels = append(labels, params["charset"])
		} else {
			labels = append([]string{params["charset"]}, labels...)
		}
	}
	for _, l := range labels {
		e, name := charset.Lookup(l)
		switch {
		case e == nil:
		case name != "utf-8":
			return e
		case mostlyUTF8(b):
			return nil
		}
	}
	if r, err := chardet.NewTextDetector().DetectBest(letters(b)); err == nil {
		e, _ := charset.Lookup(r.Charset)
		return e
	}
	return nil
}

// mostlyUTF8 tells damaged UTF-8 from what is something else.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good += n
		}
		b = b[n:]
	}
	return good > bad
}

// letters gives the stretches that are not plain ASCII, with a little around each, so that a guess goes by the words and not by the markup.
func letters(b []byte) []byte {
	const most, around = 32 << 10, 2
	var out []byte
	for i := 0; i < len(b) && len(out) < most; i++ {
		if b[i] < 0x80 && b[i] != 0x1b {
			continue
		}
		from := max(0, i-around)
		for i < len(b) && (b[i] >= 0x80 || i+1 < len(b) && b[i+1] >= 0x80) {
			i++
		}
		out = append(append(out, b[from:min(len(b), i)]...), ' ')
	}
	if len(out) == 0 {
		return b[:min(len(b), most)]
	}
	return out[:min(len(out), most)]
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
