package page

import (
	"strings"
)

func isAlpha(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isWhite(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// skipMarkup gives the end of the comment, declaration or instruction at s[i].
func skipMarkup(s string, i int) int {
	if rest := s[i:]; strings.HasPrefix(rest, "<!--") {
		if strings.HasPrefix(rest, "<!-->") {
			return i + 5
		}
		if strings.HasPrefix(rest, "<!--->") {
			return i + 6
		}
		if j := strings.Index(rest[4:], "-->"); j >= 0 {
			return i + 4 + j + 3
		}
		// A comment that never ends would hide the whole page: take it for a declaration, as a careless author's slip.
	} else if strings.HasPrefix(rest, "<![CDATA[") {
		return i + len("<![CDATA[") // its content is text for our purpose
	}
	if j := strings.IndexByte(s[i:], '>'); j >= 0 {
		return i + j + 1
	}
	return len(s)
}

// nameEnd gives the end of the tag name that begins at s[i].
func nameEnd(s string, i int) int {
	for i < len(s) && !isWhite(s[i]) && s[i] != '>' && s[i] != '/' {
		i++
	}
	return i
}

// tagEnd gives the end of the attributes that begin at s[i], and whether a slash closes the element. It returns len(s)+1 where
// the tag never ends.
func tagEnd(s string, i int) (end int, slash bool) {
	for i < len(s) {
		switch c := s[i]; {
		case c == '>':
			return i, i > 0 && s[i-1] == '/'
		case c == '=':
			i++
			for i < len(s) && isWhite(s[i]) {
				i++
			}
			if i < len(s) && (s[i] == '"' || s[i] == '\'') {
				j := strings.IndexByte(s[i+1:], s[i])
				if j < 0 {
					return len(s) + 1, false
				}
				i += j + 2
				continue
			}
			for i < len(s) && !isWhite(s[i]) && s[i] != '>' {
				i++
			}
		default:
			i++
		}
	}
	return len(s) + 1, false
}

// indexEndTag finds "</name" in any case.
func indexEndTag(s, name string) int {
	for i := 0; ; {
		j := strings.Index(s[i:], "</")
		if j < 0 {
			return -1
		}
		i += j
		if len(s)-i-2 >= len(name) && strings.EqualFold(s[i+2:i+2+len(name)], name) {
			if k := i + 2 + len(name); k == len(s) || isWhite(s[k]) || s[k] == '>' || s[k] == '/' {
				return i
			}
		}
		i += 2
	}
}
