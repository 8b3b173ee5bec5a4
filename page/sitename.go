package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// siteName gives the site's own name: of what the page calls itself, the first that is one, without the slogan and the section that
// it may stand beside. Section names and whole titles, which some programs write in their place, give way to what agrees with the
// host.
func siteName(h *head, ld linked, url string) string {
	n := namer{host: hostOf(url), path: pathOf(url)}
	titles := []string{h.get("og:title"), ld.headline, h.get("twitter:title")}
	said := []string{h.get("og:site_name"), h.get("application-name"), h.get("apple-mobile-web-app-title"), h.get("dc.publisher"), h.get("publisher"), h.get("twitter:app:name:iphone"), ld.site, titleTail(h.title, titles...)}
	best := ""
	for _, s := range said {
		s = n.short(clean(s), h.title)
		switch {
		case s == "" || strings.HasPrefix(s, "http") || n.section(s):
		case best == "":
			best = s
		case n.agrees(s) && latin(best) && !n.agrees(best) && (dotted(best) || utf8.RuneCountInString(best) < 8):
			best = s
		}
	}
	if end := n.titleEnd(h.title); end != "" && (best == "" || latin(best) && !n.agrees(best) && utf8.RuneCountInString(best) < 8) {
		return end
	}
	return best
}

// namer knows what of an address tells a site's name from a section's.
type namer struct{ host, path string }

// nameBreaks are the marks between a site's name, its slogan and its sections.
var nameBreaks = [...]string{" | ", " - ", " – ", " — ", " :: ", " » ", " > ", " • ", " · ", "｜", "|", " / ", " ~ "}

// partsOf cuts a title or a name at its marks.
func partsOf(s string) []string {
	for _, mark := range nameBreaks {
		s = strings.ReplaceAll(s, mark, "\n")
	}
	return strings.Split(s, "\n")
}

// short takes slogans and sections off a name: of the parts between its marks, the one that agrees with the host; the last part of
// what repeats the page's title; the first sentence of a long one.
func (n namer) short(s, title string) string {
	s = strings.TrimPrefix(s, "www.")
	if i := strings.LastIndexByte(s, ' '); i > 0 && legalForms[s[i+1:]] {
		s = strings.TrimRight(s[:i], " ,")
	}
	parts := partsOf(s)
	long := utf8.RuneCountInString(s) > 40
	if len(parts) > 1 {
		best := ""
		for _, p := range parts {
			if p = strings.TrimSpace(p); n.agrees(p) && (best == "" || len(p) < len(best)) && utf8.RuneCountInString(p) <= 40 {
				best = p
			}
		}
		switch last := strings.TrimSpace(parts[len(parts)-1]); {
		case best != "":
			return best
		case same(s, title):
			return last
		case long || strings.Contains(s, " > "):
			return strings.TrimSpace(parts[0])
		}
	}
	if i := strings.Index(s, ". "); long && i > 0 {
		return s[:i]
	}
	if long && same(s, title) {
		return ""
	}
	return s
}

// agrees tells whether a name and the host hold the same word.
func (n namer) agrees(s string) bool {
	f := flat(s)
	if len(f) < 3 || n.host == "" || !isASCII(f) {
		return false
	}
	if label := hostLabel(n.host); len(label) >= 2 && strings.Contains(f, label) {
		return true
	}
	return len(f) >= 4 && strings.Contains(strings.NewReplacer(".", "", "-", "").Replace(n.host), f)
}

// section tells whether a name is a part of the address that is no site's: the first folder, or what stands before the host's own
// name.
func (n namer) section(s string) bool {
	f := flat(s)
	if f == "" || n.host == "" || f == hostLabel(n.host) {
		return false
	}
	folder, _, _ := strings.Cut(strings.Trim(n.path, "/"), "/")
	if f == flat(folder) {
		return true
	}
	labels := strings.Split(n.host, ".")
	for _, l := range labels[:max(0, len(labels)-2)] {
		if f == flat(l) && len(f) > 3 {
			return true
		}
	}
	return false
}

// titleEnd gives the first or last part of a page's title where it agrees with the host.
func (n namer) titleEnd(title string) string {
	parts := partsOf(title)
	if len(parts) < 2 {
		return ""
	}
	for _, p := range [...]string{parts[len(parts)-1], parts[0]} {
		if p = strings.TrimSpace(p); n.agrees(p) && utf8.RuneCountInString(p) <= 30 {
			return p
		}
	}
	return ""
}

// flat writes a name the way hosts do: small letters and digits, no accents.
func flat(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r) || !unicode.IsLetter(r) && !unicode.IsDigit(r):
			return -1
		case r == 'ı':
			return 'i'
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s[:min(len(s), 200)]))
}

// latin tells whether a name is written in the letters of hosts.
func latin(s string) bool { return isASCII(flat(s)) }

// dotted tells whether a name is an address.
func dotted(s string) bool { return strings.Contains(s, ".") && !strings.Contains(s, " ") }

// pathOf gives what stands behind the host of an address.
func pathOf(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	_, path, _ := strings.Cut(rest, "/")
	path, _, _ = strings.Cut(path, "?")
	return path
}
