package page

import (
	"html"
	"strings"
)

// attrs walks the attributes of a start tag as they stand in the source. Values come as they are written, entities and all.
type attrs struct{ s string }

// next gives the next attribute; ok is false at the end.
func (a *attrs) next() (name, value string, ok bool) {
	s := a.s
	i := 0
	for i < len(s) && (isWhite(s[i]) || s[i] == '/' || s[i] == '"' || s[i] == '\'') {
		i++
	}
	if i == len(s) {
		return "", "", false
	}
	from := i
	for i++; i < len(s) && !isWhite(s[i]) && s[i] != '=' && s[i] != '/'; {
		i++
	}
	name = s[from:i]
	for i < len(s) && isWhite(s[i]) {
		i++
	}
	if i == len(s) || s[i] != '=' {
		a.s = s[i:]
		return name, "", true
	}
	for i++; i < len(s) && isWhite(s[i]); {
		i++
	}
	from = i
	if i < len(s) && (s[i] == '"' || s[i] == '\'') {
		if j := strings.IndexByte(s[i+1:], s[i]); j >= 0 {
			a.s = s[i+j+2:]
			return name, s[i+1 : i+1+j], true
		}
		from, i = i+1, i+1
	}
	for i < len(s) && !isWhite(s[i]) {
		i++
	}
	a.s = s[i:]
	return name, s[from:i], true
}

// attr gives an attribute's value, unescaped and trimmed; "" where it is missing. The first of several counts.
func (t *tree) attr(at int32, name string) string {
	v, _ := t.attrOK(at, name)
	return v
}

func (t *tree) attrOK(at int32, name string) (string, bool) {
	a := t.attrs(at)
	for {
		n, v, ok := a.next()
		if !ok {
			return "", false
		}
		if len(n) == len(name) && strings.EqualFold(n, name) {
			return strings.TrimSpace(unescape(v)), true
		}
	}
}

// unescape replaces character references. Most strings have none.
func unescape(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return html.UnescapeString(s)
}
