package desk

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// given is one address of a list, or a line that holds none.
type given struct {
	line    string // as it was given, or of a line with words around it the address alone
	at      string
	problem string // why it is not looked at: bad-address, twice
}

var (
	inText   = regexp.MustCompile("(?i)\\b(?:https?|feed)://?[^\\s\"'<>«»“”|`\\\\]+")
	hostName = regexp.MustCompile(`^(?:(?:[\pL\pN](?:[\pL\pN-]*[\pL\pN])?\.)+(?:\pL{2,}|xn--[\w-]+)|(?:\d{1,3}\.){3}\d{1,3})(?::\d+)?(?:[/?#]\S*)?$`)
	person   = regexp.MustCompile(`^@([\w.-]+)@((?:[\pL\pN-]+\.)+\pL{2,})$`) // as people on Mastodon and its kin write who they are
)

// addresses reads a list as people have them: one address a line, with numbers, names, marks or HTML around it; several on a line; a table.
// A line that holds none is an answer too, one of marks alone is not.
func addresses(list string) (out []given) {
	seen := map[string]bool{}
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if !strings.ContainsFunc(line, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			continue
		}
		at := addressesOf(line)
		if len(at) == 0 {
			out = append(out, given{line: clipLine(line), problem: "bad-address"})
		}
		for _, word := range at {
			g := given{line: word}
			if u, ok := webAddress(word); !ok {
				g.problem = "bad-address"
			} else if g.at = u; seen[u] {
				g.problem = "twice"
			}
			seen[g.at] = true
			out = append(out, g)
		}
	}
	return out
}

// clipLine bounds what an answer repeats of a line.
func clipLine(s string) string {
	if r := []rune(s); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return s
}

// addressesOf gives the addresses of a line: the whole of them if there are any, else what looks like a host.
func addressesOf(line string) (out []string) {
	for _, at := range inText.FindAllString(line, -1) {
		out = append(out, unwrapped(at))
	}
	if len(out) > 0 {
		return out
	}
	for _, word := range strings.FieldsFunc(line, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;|<>\"'«»()[]،؛", r) }) {
		if word = unwrapped(word); hostName.MatchString(word) || person.MatchString(word) {
			out = append(out, word)
		}
	}
	return out
}

// unwrapped takes off what stands behind an address and is not of it: the end of a sentence, a bracket that was opened before it.
func unwrapped(s string) string {
	for {
		short := strings.TrimRight(s, ".,;:!?*_،؛؟…»”’")
		for _, pair := range []string{"()", "[]", "{}"} {
			if strings.HasSuffix(short, pair[1:]) && strings.Count(short, pair[:1]) < strings.Count(short, pair[1:]) {
				short = short[:len(short)-1]
			}
		}
		if short == s {
			return s
		}
		s = short
	}
}

// webAddress makes an address of what people type: a host alone is taken for https.
func webAddress(s string) (string, bool) {
	if m := person.FindStringSubmatch(s); m != nil {
		s = m[2] + "/@" + m[1]
	}
	if rest, ok := strings.CutPrefix(s, "feed:"); ok {
		if s = rest; strings.HasPrefix(rest, "//") {
			s = "http:" + rest
		}
	}
	if !strings.Contains(s, "://") {
		s = "https://" + strings.TrimPrefix(s, "//")
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.Contains(u.Host, ".") {
		return "", false
	}
	if name, err := idna.Lookup.ToASCII(u.Hostname()); err == nil { // the one spelling of a name in other letters
		u.Host = strings.Replace(u.Host, u.Hostname(), name, 1)
	}
	return u.String(), true
}

func host(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return s
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
