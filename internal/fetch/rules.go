package fetch

import (
	"strconv"
	"strings"
	"time"
)

// rules are what a robots.txt says to one robot (RFC 9309).
type rules struct {
	rules []rule
	pause time.Duration // Crawl-delay, no part of the standard but widely said
}

type rule struct {
	path  string // normalised
	allow bool
}

// maxRobots is how much of a robots.txt is read; the standard asks for 500 KiB at least.
const maxRobots = 512 << 10

// parseRobots gives the rules for a product token: those of all groups that name it, else those of the groups for "*". It never
// fails: what it does not understand it passes over.
func parseRobots(body []byte, token string) rules {
	var named, anyone rules
	var found, inNamed, inAny, inAgents bool
	text := strings.TrimPrefix(string(body[:min(len(body), maxRobots)]), "\ufeff")
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if key == "user-agent" {
			if !inAgents { // a new group begins
				inNamed, inAny = false, false
			}
			inAgents = true
			if value == "*" {
				inAny = true
			} else if strings.EqualFold(product(value), token) {
				inNamed, found = true, true
			}
			continue
		}
		if key != "allow" && key != "disallow" && key != "crawl-delay" {
			continue // other records do not end a group
		}
		inAgents = false
		if inNamed {
			named.add(key, value)
		}
		if inAny {
			anyone.add(key, value)
		}
	}
	if found {
		return named
	}
	return anyone
}

// product gives the token that a user-agent line names: letters, hyphens and underscores.
func product(s string) string {
	for i, r := range s {
		if !(r == '-' || r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z') {
			return s[:i]
		}
	}
	return s
}

func (r *rules) add(key, value string) {
	if key == "crawl-delay" {
		if f, err := strconv.ParseFloat(value, 64); err == nil && f > 0 {
			r.pause = time.Duration(min(f, 60) * float64(time.Second))
		}
		return
	}
	if value != "" { // an empty rule says nothing
		r.rules = append(r.rules, rule{octets(value), key == "allow"})
	}
}

// permits tells whether a path with its query may be fetched: the longest rule that fits decides, Allow where two are equally long.
func (r rules) permits(path string) bool {
	path = octets(path)
	if path == "/robots.txt" {
		return true
	}
	best, allow := -1, true
	for _, v := range r.rules {
		if n := len(v.path); n < best || n == best && !v.allow || !fits(v.path, path) {
			continue
		}
		best, allow = len(v.path), v.allow
	}
	return allow
}

// fits tells whether a pattern fits the beginning of a path. "*" stands for any run of octets, "$" at the end for the end.
func fits(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	for i, p := range parts[1:] {
		if i == len(parts)-2 && anchored {
			return strings.HasSuffix(path, p)
		}
		at := strings.Index(path, p)
		if at < 0 {
			return false
		}
		path = path[at+len(p):]
	}
	return !anchored || path == ""
}

// octets writes a path so that two ways of writing it compare alike: octets that are not ASCII are percent-encoded, unreserved ones
// that are encoded are decoded, hexadecimal digits are upper case.
func octets(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				if d := byte(n); unreserved(d) {
					b.WriteByte(d)
				} else {
					b.WriteString(strings.ToUpper(s[i : i+3]))
				}
				i += 2
				continue
			}
		}
		if c >= 0x80 || c <= ' ' {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
