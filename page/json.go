package page

import (
	"strings"
	"unicode/utf8"
)

// value is a JSON value. Strings stay as written until they are asked for.
type value struct {
	kind byte // 's' string, 'o' object, 'a' array, 'n' number or word, 0 nothing
	raw  string
	keys []string
	vals []value
}

const maxJSONDepth = 48

// parseJSON reads a value the way browsers' neighbours write it: line breaks inside strings, trailing commas, comments and
// CDATA marks around it are forgiven, and what cannot be read ends the reading without an error.
func parseJSON(s string) value {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, "{["); i > 0 {
		s = s[i:]
	}
	p := jsonReader{s: s}
	return p.value(0)
}

// parseAllJSON reads the values that a script holds one behind the other, at most twenty of them. CDATA marks and comments around them
// are passed over, and quotation marks that are written as references are read.
func parseAllJSON(s string) []value {
	if strings.IndexByte(s, '"') < 0 && strings.Contains(s, "&quot;") {
		s = unescape(s)
	}
	for _, mark := range [...]string{"<![CDATA[", "<!--"} {
		if i := strings.Index(s, mark); i >= 0 && i < 40 {
			s = s[i+len(mark):]
		}
	}
	var out []value
	for range 20 {
		i := strings.IndexAny(s, "{[")
		if i < 0 {
			break
		}
		p := jsonReader{s: s[i:]}
		out = append(out, p.value(0))
		s = s[min(len(s), i+max(p.i, 1)):]
	}
	return out
}

type jsonReader struct {
	s string
	i int
}

func (p *jsonReader) white() {
	for p.i < len(p.s) {
		switch c := p.s[p.i]; {
		case c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0xEF || c == 0xBB || c == 0xBF || c == 0xC2 || c == 0xA0:
			p.i++
		case c == '/' && strings.HasPrefix(p.s[p.i:], "/*"):
			j := strings.Index(p.s[p.i:], "*/")
			if j < 0 {
				p.i = len(p.s)
				return
			}
			p.i += j + 2
		default:
			return
		}
	}
}

func (p *jsonReader) value(depth int) value {
	p.white()
	if p.i >= len(p.s) || depth > maxJSONDepth {
		p.i = len(p.s)
		return value{}
	}
	switch p.s[p.i] {
	case '{':
		return p.object(depth)
	case '[':
		return p.array(depth)
	case '"':
		return value{kind: 's', raw: p.str()}
	}
	from := p.i
	for p.i < len(p.s) && strings.IndexByte(",]}\n", p.s[p.i]) < 0 {
		p.i++
	}
	if p.i == from {
		p.i++
		return value{}
	}
	return value{kind: 'n', raw: strings.TrimSpace(p.s[from:p.i])}
}

func (p *jsonReader) object(depth int) value {
	v := value{kind: 'o'}
	for p.i++; ; {
		p.white()
		if p.i >= len(p.s) {
			return v
		}
		switch p.s[p.i] {
		case '}':
			p.i++
			return v
		case ',':
			p.i++
			continue
		case '"':
			key := p.str()
			p.white()
			if p.i < len(p.s) && p.s[p.i] == ':' {
				p.i++
				v.keys = append(v.keys, key)
				v.vals = append(v.vals, p.value(depth+1))
				continue
			}
		default:
			p.i++
		}
	}
}

func (p *jsonReader) array(depth int) value {
	v := value{kind: 'a'}
	for p.i++; ; {
		p.white()
		if p.i >= len(p.s) {
			return v
		}
		switch p.s[p.i] {
		case ']':
			p.i++
			return v
		case ',', '}', ':':
			p.i++
		default:
			v.vals = append(v.vals, p.value(depth+1))
		}
	}
}

// str reads the string at the present quotation mark and gives what stands between the marks, as written.
func (p *jsonReader) str() string {
	p.i++
	from := p.i
	for p.i < len(p.s) {
		switch p.s[p.i] {
		case '\\':
			p.i += 2
			continue
		case '"':
			p.i++
			return p.s[from : p.i-1]
		}
		j := strings.IndexAny(p.s[p.i:], "\"\\")
		if j < 0 {
			break
		}
		if j == 0 {
			j = 1
		}
		p.i += j
	}
	p.i = len(p.s)
	return p.s[min(from, len(p.s)):]
}

// get gives the value of a key, nothing where it is missing.
func (v value) get(key string) value {
	for i, k := range v.keys {
		if k == key {
			return v.vals[i]
		}
	}
	return value{}
}

// text gives a string or number as a string, unescaped; of an array the first, of an object its name.
func (v value) text() string {
	switch v.kind {
	case 's':
		return strings.TrimSpace(unescape(unquote(v.raw)))
	case 'n':
		if v.raw == "null" || v.raw == "true" || v.raw == "false" {
			return ""
		}
		return v.raw
	case 'a':
		for _, x := range v.vals {
			if s := x.text(); s != "" {
				return s
			}
		}
	case 'o':
		for _, key := range [...]string{"name", "@value", "headline", "url"} {
			if s := v.get(key).text(); s != "" {
				return s
			}
		}
	}
	return ""
}

// each calls f for the members of an array, or for a value that is no array itself.
func (v value) each(f func(value)) {
	if v.kind == 'a' {
		for _, x := range v.vals {
			f(x)
		}
	} else if v.kind != 0 {
		f(v)
	}
}

// unquote takes the escapes out of a JSON string.
func unquote(s string) string {
	i := strings.IndexByte(s, '\\')
	if i < 0 {
		return s
	}
	b := make([]byte, i, len(s))
	copy(b, s)
	for i < len(s) {
		if s[i] != '\\' || i+1 >= len(s) {
			b = append(b, s[i])
			i++
			continue
		}
		i += 2
		switch c := s[i-1]; c {
		case 'n', 'r', 'f', 'b':
			b = append(b, '\n')
		case 't':
			b = append(b, ' ')
		case 'u':
			r, n := hexRune(s[i:])
			b = utf8.AppendRune(b, r)
			i += n
		default:
			b = append(b, c)
		}
	}
	return string(b)
}

// hexRune reads the four digits of \u, and those of the second half of a surrogate pair.
func hexRune(s string) (rune, int) {
	r, ok := hex4(s)
	if !ok {
		return utf8.RuneError, 0
	}
	if r >= 0xD800 && r < 0xDC00 && len(s) >= 10 && s[4] == '\\' && s[5] == 'u' {
		if low, ok := hex4(s[6:]); ok && low >= 0xDC00 && low < 0xE000 {
			return (r-0xD800)<<10 + (low - 0xDC00) + 0x10000, 10
		}
	}
	return r, 4
}

func hex4(s string) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	var r rune
	for _, c := range []byte(s[:4]) {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 + rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			r = r<<4 + rune(c|0x20-'a') + 10
		default:
			return 0, false
		}
	}
	return r, true
}
