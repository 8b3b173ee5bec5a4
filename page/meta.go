package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/news"
)

// metadata fills in what the page says of its article besides headline, authors, dates and text.
func (r *reading) metadata(a *news.Article) {
	a.Lang, a.Site = r.lang, r.site
	a.Canonical = absolute(a.URL, r.head.links["canonical"])
	if a.Canonical == "" {
		a.Canonical = absolute(a.URL, r.head.get("og:url"))
	}
	a.Section = clean(r.head.get("article:section", "og:article:section", "section", "sailthru.section", "parsely-section", "dc.subject.section"))
	if a.Section == "" {
		a.Section = clean(r.ld.section)
	}
	a.Tags = r.tags()
	a.Subtitle = clean(stripTags(r.ld.alt))
	if same(a.Subtitle, a.Headline) {
		a.Subtitle = ""
	}
}

// tags collects the page's keywords, each once.
func (r *reading) tags() []string {
	var out []string
	seen := map[string]bool{}
	add := func(list string) {
		for _, t := range strings.FieldsFunc(list, func(c rune) bool { return c == ',' || c == ';' || c == '،' || c == '、' || c == '，' }) {
			t = clean(t)
			if f := squash(t); f != "" && len(t) < 100 && !seen[f] && len(out) < 40 {
				seen[f] = true
				out = append(out, t)
			}
		}
	}
	for _, name := range [...]string{"article:tag", "og:article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags"} {
		for _, s := range r.head.all(name) {
			add(s)
		}
		if len(out) > 0 {
			return out
		}
	}
	for _, s := range r.ld.keywords {
		add(s)
	}
	return out
}

// absolute resolves an address found on a page. It knows the three forms that pages use, and refuses what is no http address.
func absolute(base, ref string) string {
	ref = strings.TrimSpace(ref)
	switch {
	case ref == "":
		return ""
	case strings.HasPrefix(ref, "http://"), strings.HasPrefix(ref, "https://"):
		return ref
	case strings.Contains(ref, ":") && !strings.HasPrefix(ref, "/") && strings.IndexByte(ref, ':') < 12:
		return "" // data:, javascript:, blob:
	}
	scheme, rest, ok := strings.Cut(base, "://")
	if !ok {
		return ref
	}
	if strings.HasPrefix(ref, "//") {
		return scheme + ":" + ref
	}
	host, path, _ := strings.Cut(rest, "/")
	if strings.HasPrefix(ref, "/") {
		return scheme + "://" + host + ref
	}
	path, _, _ = strings.Cut(path, "?")
	return scheme + "://" + host + "/" + path[:strings.LastIndexByte(path, '/')+1] + strings.TrimPrefix(ref, "./")
}

// dateline reads the place before the first sentence: "MOSCOW (Reuters) -", "موسكو (رويترز) -", "Berlin (dpa) –". The words stay in
// the text, where a reader expects them; the agency is one of the page's sources.
func dateline(a *news.Article, lex *lexicon) {
	first := a.Text
	if i := strings.IndexByte(first, '\n'); i >= 0 {
		first = first[:i]
	}
	cut, width := -1, 0
	for _, mark := range [...]string{" - ", " – ", " — ", " -- ", "— ", ") -", ")- ", "):", ") "} {
		if i := strings.Index(first, mark); i > 0 && (cut < 0 || i < cut) && utf8.RuneCountInString(first[:i]) <= 60 {
			cut, width = i, 0
			if mark[0] == ')' {
				width = 1
			}
		}
	}
	if cut < 0 {
		return
	}
	head := first[:cut+width]
	place, agency := head, ""
	if i := strings.IndexAny(head, "(（"); i >= 0 {
		place = head[:i]
		agency = strings.Trim(head[i:], "()（） .:-")
	}
	named := agenciesIn(lex, agency)
	for _, n := range named {
		cite(a, n, "")
	}
	place = strings.Trim(place, " ,،.:-–—")
	if i := strings.IndexAny(place, ",،"); i > 0 && len(named) == 0 {
		place = strings.TrimSpace(place[:i])
	}
	if place != "" && len(strings.Fields(place)) <= 4 && !strings.ContainsFunc(place, unicode.IsDigit) && (len(named) > 0 || allCaps(place)) {
		a.Dateline = place
	}
}

// allCaps tells whether a word is written in capitals, as places before a text are.
func allCaps(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) || unicode.IsLetter(r) && !unicode.IsUpper(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 3
}
