package feed

import (
	"bytes"
	"strconv"
)

// mended gives a document in which two faults are put right for which a reader of XML gives up an item: a "<" that opens nothing, as in
// "< 3", and a character's number that XML has no character for, as in "&#8;". What stands in CDATA is left alone.
func mended(src []byte) []byte {
	var out []byte // nil until something is mended
	done := 0
	put := func(until int, instead string) {
		out = append(append(out, src[done:until]...), instead...)
	}
	for i := 0; i < len(src); {
		next := bytes.IndexAny(src[i:], "<&")
		if next < 0 {
			break
		}
		i += next
		switch rest := src[i:]; {
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			end := bytes.Index(rest, []byte("]]>"))
			if end < 0 {
				end = len(rest) // it has no end: it goes to the end of all
			}
			i += end
		case rest[0] == '<' && (len(rest) == 1 || !opens(rest[1])):
			put(i, "&lt;")
			i++
			done = i
		case bytes.HasPrefix(rest, []byte("&#")):
			n, ok := forbidden(rest)
			if ok {
				put(i, " ")
				done = i + n
			}
			i += max(n, 1)
		default:
			i++
		}
	}
	if out == nil {
		return src
	}
	return append(out, src[done:]...)
}

// opens tells whether markup may begin with a byte behind its "<".
func opens(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' || c == ':' || c == '/' || c == '!' || c == '?' || c >= 0x80
}

// forbidden measures a reference to a character by its number and tells whether XML has none of this number.
func forbidden(b []byte) (length int, is bool) {
	end := bytes.IndexByte(b[:min(len(b), 12)], ';')
	if end < 0 {
		return 0, false
	}
	digits, base := string(b[2:end]), 10
	if len(digits) > 1 && digits[0]|0x20 == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil {
		return end + 1, false
	}
	fine := n == '\t' || n == '\n' || n == '\r' || 0x20 <= n && n <= 0xD7FF || 0xE000 <= n && n <= 0xFFFD || 0x10000 <= n && n <= 0x10FFFF
	return end + 1, !fine
}
