package page

import (
	"strings"
	"unicode/utf8"
)

// titleMarks are the marks that sites put between a headline and their name, as written, the surest first.
var titleMarks = [...]string{" | ", " :: ", " » ", " « ", " — ", " – ", " - ", " · ", " • ", " / ", " ~ ", " ‹ ", " › ", "|", "｜", "_", " -- ", "：", " : ", ": "}

// headlineOf chooses the headline: the h1 that the page's other titles agree with, else the titles without the site's name.
func headlineOf(w *walk, h *head, ld linked, site string) string {
	var said []string // titles of the page's own metadata
	for _, s := range []string{h.get("og:title"), ld.headline, h.get("twitter:title"), h.title} {
		if s = strings.TrimSpace(clean(stripTags(s))); s != "" {
			said = append(said, s)
		}
	}
	best, bestScore := "", 0.0
	for i, at := range h.h1s {
		if i > 20 {
			break
		}
		s := clean(w.within(at))
		if s == "" || utf8.RuneCountInString(s) > 400 {
			continue
		}
		score := 0.0
		for _, o := range said {
			score = max(score, agreement(s, withoutSite(o, site)), agreement(s, o)*0.95)
		}
		if w.hints[at]&hintTitle != 0 {
			score += 0.02
		}
		if score > bestScore+0.001 {
			best, bestScore = s, score
		}
	}
	if bestScore >= 0.5 {
		return withoutSite(best, site)
	}
	for _, s := range said {
		if t := withoutSite(s, site); t != "" && !same(t, site) {
			return t
		}
	}
	if best == "" && len(h.h1s) > 0 {
		best = clean(w.within(h.h1s[0]))
	}
	return best
}

// agreement tells how alike two titles are: the share of words that they have in common, 1 where they are the same.
func agreement(a, b string) float64 {
	a, b = squash(a), squash(b)
	if a == b {
		return 1
	}
	if a == "" || b == "" {
		return 0
	}
	x, y := grams(a), grams(b)
	n := 0
	for g := range x {
		if y[g] {
			n++
		}
	}
	return 2 * float64(n) / float64(len(x)+len(y)) * 0.99
}

// grams gives the set of words of a squashed text, and of pairs of characters where words are not separated.
func grams(s string) map[string]bool {
	m := map[string]bool{}
	for _, f := range strings.Fields(s) {
		if r, _ := utf8.DecodeRuneInString(f); !loose(r) {
			m[f] = true
			continue
		}
		prev := 0
		for i := range f {
			if i > 0 {
				_, n := utf8.DecodeRuneInString(f[i:])
				m[f[prev:i+n]] = true
				prev = i
			}
		}
	}
	return m
}

func same(a, b string) bool { return a != "" && squash(a) == squash(b) }

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
	return len(a) >= 3 && len(b) >= 3 && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a) || strings.HasSuffix(a, b) || strings.HasSuffix(b, a))
}

// siteName gives the site's own name.
func siteName(h *head, ld linked) string {
	s := h.get("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher", "twitter:app:name:iphone")
	if s == "" || strings.HasPrefix(s, "http") {
		s = ld.site
	}
	return clean(s)
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
