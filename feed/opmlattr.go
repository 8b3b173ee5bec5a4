package feed

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// The namespaces of what OPML has no word for. Ours names country, licence, every (minutes), paused, outlet, and name and folder where
// the usual places, which hold HTML, would change them.
const (
	ourSpace      = "urn:x-marsad:opml"
	freshRSSSpace = "https://freshrss.org/opml"
	minifluxSpace = "https://miniflux.app/opml"
)

// shortSpaces are the prefixes under which the attributes of a namespace are kept while reading, whatever the list calls it.
var shortSpaces = map[string]string{ourSpace: "marsad", freshRSSSpace: "frss", minifluxSpace: "miniflux"}

// listed holds the attributes of an outline by their names in small letters.
type listed map[string]string

// attributes gives an outline's attributes. A prefix that nothing declares, as in a piece of a list, is taken for what it looks like.
func (r *listReader) attributes(t html.Token) listed {
	out := make(listed, len(t.Attr))
	for _, a := range t.Attr {
		key := a.Key // the tokenizer gives small letters
		if prefix, name, ok := strings.Cut(key, ":"); ok {
			if short := shortSpaces[r.prefixes[prefix]]; short != "" {
				key = short + ":" + name
			}
		}
		if _, twice := out[key]; !twice {
			out[key] = a.Val
		}
	}
	return out
}

// entry tells whether an outline wants to be a feed, or a link to something, rather than a group.
func (a listed) entry() bool {
	return a["xmlurl"] != "" || a["url"] != "" || a["htmlurl"] != "" || a["type"] == "rss" || a["type"] == "atom"
}

// title gives the outline's name. Title and text may hold HTML.
func (a listed) title() string {
	for _, s := range []string{spaced(a["marsad:name"]), plain(a["title"]), plain(a["text"])} {
		if s != "" {
			return s
		}
	}
	return ""
}

// spaced makes one line of a text and leaves its signs as they are.
func spaced(s string) string { return strings.Join(strings.Fields(strings.Map(printed, s)), " ") }

func printed(r rune) rune {
	if r < ' ' || r == 0x7f {
		return ' '
	}
	return r
}

// outline reads everything but names and folders.
func (a listed) outline() Outline {
	o := Outline{Feed: feedAddress(a["xmlurl"]), Home: absolute("", a["htmlurl"]), Outlet: clipped(a["marsad:outlet"])}
	if !isWeb(o.Home) {
		o.Home = ""
	}
	if l := strings.TrimSpace(a["language"]); IsLang(l) {
		o.Lang = l
	}
	if c := strings.ToUpper(strings.TrimSpace(a["marsad:country"])); len(c) == 2 && strings.Trim(c, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		o.Country = c
	}
	if a["marsad:licence"] == "full" {
		o.Licence = "full"
	}
	o.Every, o.Paused = a.pace()
	return o
}

// IsLang tells whether s has the form of a language's name, such as ar or zh-Hant. Some programs write "unknown".
func IsLang(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if n := len(part); n < 2 || n > 8 || i == 0 && n > 3 || i > 3 {
			return false
		}
		for _, r := range part {
			if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (i == 0 || r < '0' || r > '9') {
				return false
			}
		}
	}
	return true
}

// feedAddress reads an address as lists have them: of the feed: scheme, or without any.
func feedAddress(s string) string {
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(s, "feed:"); ok {
		s = rest
		if strings.HasPrefix(rest, "//") {
			s = "http:" + rest
		}
	}
	if host, _, _ := strings.Cut(s, "/"); strings.Contains(host, ".") && !strings.ContainsAny(host, ":@ ") {
		s = "https://" + s
	}
	return absolute("", s)
}

// pace says how often a feed is asked and whether it rests, in the words of whichever program wrote them. They count minutes, but FreshRSS
// seconds; what is below nothing means that the feed is not asked.
func (a listed) pace() (every time.Duration, paused bool) {
	for _, p := range []struct {
		key  string
		unit time.Duration
		rest int64 // at this and below, the feed rests
	}{{"marsad:every", time.Minute, -1}, {"frss:ttl", time.Second, -1}, {"ttrssupdateinterval", time.Minute, -1}, {"updateinterval", time.Minute, -2}} {
		n, err := strconv.ParseInt(strings.TrimSpace(a[p.key]), 10, 32)
		switch {
		case err != nil || n == 0:
			continue
		case n <= p.rest:
			paused = true
			n = -n
		}
		if every == 0 && n > 1 { // FreshRSS keeps the interval of a feed that rests behind the minus; 1 says nothing
			every = min(max(time.Duration(n)*p.unit, LeastEvery), MostEvery)
		}
	}
	for _, key := range []string{"marsad:paused", "miniflux:disabled"} {
		if on, err := strconv.ParseBool(a[key]); err == nil && on {
			paused = true
		}
	}
	return every, paused
}

// categories gives the folders that an entry names itself: OPML's category holds several, with commas between, each a path.
func (a listed) categories() (out []string) {
	for c := range strings.SplitSeq(a["category"], ",") {
		if c = strings.Trim(plain(c), "/ "); c != "" && len(out) < mostFolders {
			out = append(out, clipped(c))
		}
	}
	if len(out) == 0 {
		return []string{""}
	}
	return out
}
