package page

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
)

// decode gives the page as UTF-8. Bytes that are valid UTF-8 with letters beyond ASCII are that, whatever the page declares: no
// other encoding looks like it by chance. Otherwise the declaration counts (mark, header, meta), and where it is missing or
// claims a UTF-8 that the bytes are not, statistics decide.
func decode(body []byte, contentType string) string {
	if len(body) > maxBytes {
		body = body[:maxBytes]
	}
	body = bytes.TrimPrefix(body, []byte("\xEF\xBB\xBF"))
	if bad := invalid(body); bad == 0 && (bytes.IndexByte(body, 0x1B) < 0) && !wide(body) {
		return strings.ToValidUTF8(string(body), "\uFFFD") // the last character may be cut in two
	} else if bad > 0 && bad*200 < highBytes(body) {
		return strings.ToValidUTF8(string(body), "\uFFFD") // UTF-8 with a scar: cut in the middle, or one foreign snippet
	}
	enc, name, certain := charset.DetermineEncoding(body[:min(len(body), 4096)], contentType)
	if name == "utf-8" || !certain {
		if e, _ := charset.Lookup(guess(body)); e != nil {
			enc = e
		}
	}
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		out = body
	}
	return strings.ToValidUTF8(string(out), "\uFFFD")
}

// invalid counts the bytes that break UTF-8, a cut last character aside; it stops at a thousand.
func invalid(b []byte) int {
	if utf8.Valid(b) {
		return 0
	}
	n := 0
	for i := 0; i < len(b) && n < 1000; {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 && len(b)-i > 3 {
			n++
		}
		i += size
	}
	return n
}

func highBytes(b []byte) int {
	n := 0
	for _, c := range b {
		if c >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// wide tells whether the bytes carry a UTF-16 mark.
func wide(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("\xFE\xFF"))
}

// guess names the likeliest encoding by statistics over the part of the page that has letters beyond ASCII.
func guess(b []byte) string {
	from := bytes.IndexFunc(b, func(r rune) bool { return r >= utf8.RuneSelf })
	from = max(0, min(from, len(b)-1))
	best, err := chardet.NewHtmlDetector().DetectBest(b[from:min(len(b), from+64<<10)])
	if err != nil {
		return "windows-1252"
	}
	name := strings.ToLower(best.Charset)
	if name == "iso-8859-6" && !isArabicISO(b) {
		return "windows-1256"
	}
	return name
}

// isArabicISO tells whether bytes that look Arabic are in ISO 8859-6 and not in windows-1256, which papers wrote: the first has no letters
// below A0, and writes the Arabic article by other bytes.
func isArabicISO(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 && c < 0xA0 {
			return false
		}
	}
	return bytes.Count(b, []byte("\xC7\xE4")) > 2*bytes.Count(b, []byte("\xC7\xE1"))
}
