package page

import (
	"strings"

	"marsad/news"
)

// bylines collects the authors from the page's metadata and its byline.
func bylines(a *news.Article, w *walk, h *head, ld linked, items []item, lex *lexicon) {
	names := append([]string{}, ld.authors...)
	if len(names) == 0 {
		names = append(names, h.all("author")...)
	}
	for _, s := range names {
		for _, n := range strings.Split(s, ",") {
			n = strings.TrimSpace(clean(n))
			if n == "" || same(n, a.Site) || strings.HasPrefix(n, "http") {
				continue
			}
			if v := lex.say(squash(n)); v.whole&saysAgency != 0 {
				cite(a, n, "")
				continue
			} else if v.whole&(saysStaff|saysJob) != 0 {
				continue
			}
			a.Byline = append(a.Byline, n)
		}
	}
}
