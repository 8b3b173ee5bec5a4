package page

import (
	"strings"
	"unicode/utf8"
)

// titleMarks are the marks that sites put between a headline and their name, as written, the surest first.
var titleMarks = [...]string{" | ", " :: ", " » ", " « ", " — ", " – ", " - ", " · ", " • ", " / ", " ~ ", " ‹ ", " › ", " ⋆ ", " ǀ ", " │ ", " // ", "|", "｜", "_", " -- ", "：", " : ", ": "}

// isSiteName tells whether words name the site and nothing else.
func (r *reading) isSiteName(s string) bool {
	if r.site != "" && same(s, r.site) {
		return true
	}
	host := hostOf(r.page.URL)
	if host == "" || len(s) > 2*len(host)+8 {
		return false
	}
	f := strings.ReplaceAll(squash(s), " ", "")
	if f == "" {
		return false
	}
	return f == strings.ReplaceAll(strings.ReplaceAll(host, ".", ""), "-", "") || f == hostLabel(host)
}

// hostLabel gives the name within a host: "bbc" of www.bbc.co.uk.
func hostLabel(host string) string {
	parts := strings.Split(host, ".")
	n := len(parts) - 2
	if n > 0 && len(parts[n]) <= 3 {
		n--
	}
	return strings.ReplaceAll(parts[max(n, 0)], "-", "")
}

// bare takes the site's names and sections off a title.
func (r *reading) bare(title string) string {
	title = r.withoutTail(title)
	title = withoutSite(title, r.site)
	if host := hostOf(r.page.URL); host != "" {
		title = withoutSite(title, host)
		if label := hostLabel(host); len(label) > 3 {
			title = withoutSite(title, label)
		}
	}
	for _, mark := range [...]string{" | ", " :: ", " » ", " « ", " ⋆ ", " › "} { // marks that no headline has
		if i := strings.LastIndex(title, mark); i > 0 && len(strings.Fields(title[i:])) <= 6 && 2*i > len(title) && !quoting(title[:i], mark, title[i+len(mark):]) {
			title = strings.TrimSpace(title[:i])
		}
	}
	return cutTail(cutTail(title))
}

// quoting tells whether an angle mark opens or closes a quotation, as in French, where spaces stand inside: it has its other half.
func quoting(before, mark, after string) bool {
	switch strings.TrimSpace(mark) {
	case "«":
		return strings.Contains(after, "»")
	case "»":
		return strings.LastIndex(before, "«") > strings.LastIndex(before, "»")
	}
	return false
}

// withoutTail takes off what a title has behind the words of an h1, or of JSON-LD's headline, and a mark: section and site.
func (r *reading) withoutTail(title string) string {
	for _, other := range append(r.h1s(), titleWords(r.ld.headline)) {
		f := squash(other)
		if len(f) < 10 || len(f)*2 < len(title) || r.isSiteName(other) || !strings.HasPrefix(squash(title), f) {
			continue
		}
		for _, mark := range titleMarks {
			if strings.TrimSpace(mark) == ":" || mark == "：" || mark == "/ " {
				continue
			}
			for i := 0; ; {
				j := strings.Index(title[i:], mark)
				if j < 0 {
					break
				}
				if i += j; squash(title[:i]) == f {
					return strings.TrimSpace(title[:i])
				}
				i += len(mark)
			}
		}
	}
	return title
}

// withoutSite takes the site's name off either end of a title.
func withoutSite(title, site string) string {
	title = strings.TrimSpace(title)
	for again := 0; again < 3; again++ {
		next := cutSite(title, site)
		if next == title {
			break
		}
		title = next
	}
	return title
}

func cutSite(title, site string) string {
	for _, mark := range titleMarks {
		if i := strings.LastIndex(title, mark); i > 0 {
			if tail := title[i+len(mark):]; isSite(tail, site, mark) {
				return strings.TrimSpace(title[:i])
			}
		}
		if i := strings.Index(title, mark); i > 0 && i+len(mark) < len(title) {
			if head := title[:i]; isSite(head, site, mark) && mark != ": " {
				return strings.TrimSpace(title[i+len(mark):])
			}
		}
	}
	return title
}

// cutTail takes a short tail off a title in a script without spaces: there sites set their name behind a bare hyphen.
func cutTail(title string) string {
	i := strings.LastIndexAny(title, "-_|－")
	if i <= 0 {
		return title
	}
	head, tail := strings.TrimSpace(title[:i]), title[i:]
	last, _ := utf8.DecodeLastRuneInString(title)
	if !loose(last) || utf8.RuneCountInString(tail) > 12 || utf8.RuneCountInString(head) < 8 {
		return title
	}
	return head
}

// isSite tells whether part of a title is the site's name.
func isSite(part, site, mark string) bool {
	a, b := squash(part), squash(site)
	if a == "" {
		return true
	}
	if b == "" {
		return false
	}
	a, b = strings.ReplaceAll(a, " ", ""), strings.ReplaceAll(b, " ", "")
	if a == b {
		return true
	}
	if mark == ": " || mark == " : " || mark == "：" {
		return false
	}
	return len(a) >= 3 && len(b) >= 3 && len(a) <= len(b)+12 && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a) || strings.HasSuffix(a, b) || strings.HasSuffix(b, a))
}

// titleTail gives what the page's title adds to the headline that its metadata give: the site's name.
func titleTail(title string, headlines ...string) string {
	for _, s := range headlines {
		s = clean(s)
		rest, ok := strings.CutPrefix(title, s)
		if s == "" || !ok {
			continue
		}
		tail := strings.TrimLeft(rest, " |-–—:·»«/_")
		if tail != "" && tail != rest && utf8.RuneCountInString(tail) < 40 {
			if i := strings.LastIndexAny(tail, "|»"); i >= 0 {
				tail = strings.TrimLeft(tail[i:], "|» ")
			}
			return tail
		}
	}
	return ""
}

// stripTags takes markup out of a string that should not have any.
func stripTags(s string) string {
	if strings.IndexByte(s, '<') < 0 {
		return s
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		j := strings.IndexByte(s[i:], '>')
		if j < 0 || i+1 < len(s) && !isAlpha(s[i+1]) && s[i+1] != '/' {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		b.WriteByte(' ')
		s = s[i+j+1:]
	}
}
