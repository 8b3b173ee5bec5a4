package page

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// titleMarks are the marks that sites put between a headline and their name, as written, the surest first.
var titleMarks = [...]string{" | ", " :: ", " » ", " « ", " — ", " – ", " - ", " · ", " • ", " / ", " ~ ", " ‹ ", " › ", " ⋆ ", " ǀ ", " │ ", " // ", "|", "｜", "_", " -- ", "：", " : ", ": "}

// headline chooses the headline among the titles in the page's metadata, the h1 elements and what is set like one. What the two
// titles that are made for other machines agree on is the newsroom's own; else what a reader sees above the text counts most, what two
// places agree on more than what one says alone.
func (r *reading) headline() string {
	said := r.saidTitles()
	if s := r.agreedTitle(); s != "" {
		return s
	}
	h1, agreed := r.headlineH1(said)
	if agreed {
		return h1
	}
	if s := r.headlineBlock(said); s != "" {
		return s
	}
	if h1 != "" {
		return h1
	}
	for _, s := range said {
		if t := r.bare(s); t != "" && !r.isSiteName(t) {
			return t
		}
	}
	for _, at := range r.head.h1s {
		if s := r.scene.walk.within(at); s != "" {
			return s
		}
	}
	if len(said) > 0 {
		return said[0]
	}
	return ""
}

// saidTitles gives the titles in the page's metadata, the most reliable first.
func (r *reading) saidTitles() []string {
	var said []string
	for _, s := range [...]string{r.head.get("og:title"), r.ld.headline, r.head.get("twitter:title", "title", "headline", "dc.title", "dcterms.title", "sailthru.title", "parsely-title"), r.head.title} {
		if s = titleWords(s); s != "" && len(s) < 1000 {
			said = append(said, s)
		}
	}
	return said
}

// titleWords gives a title without the markup, and the references that were written twice.
func titleWords(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = unescape(s)
	}
	return clean(stripTags(s))
}

// agreedTitle gives the headline that JSON-LD and the preview card agree on, "" for none. Where both are cut short, an h1 has the rest.
func (r *reading) agreedTitle() string {
	og, ld := r.bare(titleWords(r.head.get("og:title"))), r.bare(titleWords(r.ld.headline))
	if r.ld.rank < articleRank || !same(og, ld) || utf8.RuneCountInString(og) < 8 || r.isSiteName(og) {
		return ""
	}
	f := squash(og)
	for i, h := range r.h1s() {
		if g := squash(h); len(g) > len(f) && strings.HasPrefix(g, f) && (cutShort(og) || !r.h1Breaks(i, f)) {
			return h
		}
	}
	return og
}

// h1Breaks tells whether an h1 holds an element or a line that ends with the squashed words f: what follows is a second line.
func (r *reading) h1Breaks(i int, f string) bool {
	if i >= len(r.head.h1s) {
		return false
	}
	nodes, so := r.tree.nodes, ""
	var walk func(at int32) bool
	walk = func(at int32) bool {
		for c := nodes[at].first; c != 0; c = nodes[c].next {
			if nodes[c].tag == tagText {
				so += " " + unescape(nodes[c].text)
				if squash(so) == f {
					return true
				}
			} else if walk(c) {
				return true
			}
		}
		return false
	}
	return walk(r.head.h1s[i])
}

// cutShort tells whether a title was cut at a length.
func cutShort(s string) bool {
	return strings.HasSuffix(s, "…") || strings.HasSuffix(s, "...") || utf8.RuneCountInString(s) >= 100
}

// h1s gives the words of the first h1 elements.
func (r *reading) h1s() []string {
	if r.head.words == nil {
		r.head.words = []string{}
		for _, at := range r.head.h1s[:min(len(r.head.h1s), 20)] {
			r.head.words = append(r.head.words, r.headText(at))
		}
	}
	return r.head.words
}

// headlineH1 looks for an h1 that a title agrees with, or that stands alone above the text.
func (r *reading) headlineH1(said []string) (headline string, agreed bool) {
	best, bestScore, bestAt := "", 0.0, 0
	alone := 0
	for i, s := range r.h1s() {
		n := utf8.RuneCountInString(s)
		if n < 2 || n > 400 || r.isSiteName(s) {
			continue
		}
		alone++
		score := 0.0
		for _, t := range said {
			score = max(score, agreement(s, r.bare(t)))
		}
		if score > bestScore+0.001 || best == "" {
			best, bestScore, bestAt = s, score, i
		}
	}
	if best == "" || bestScore < 0.45 && (alone > 1 || !r.aboveText(best)) {
		return "", false
	}
	return r.withoutKicker(r.bare(best), bestAt, said), bestScore >= 0.45
}

// headText gives the words of an h1 without the kicker, label or date that stands in it as an element of its own.
func (r *reading) headText(at int32) string {
	var parts []string
	nodes := r.tree.nodes
	for c := nodes[at].first; c != 0; c = nodes[c].next {
		if nodes[c].tag == tagText {
			parts = append(parts, clean(unescape(nodes[c].text)))
			continue
		}
		if h := r.scene.hints[c]; h&(hintTags|hintDate|hintMeta|hintHidden) != 0 && h&hintTitle == 0 {
			continue
		}
		parts = append(parts, r.scene.walk.within(c))
	}
	whole := r.scene.walk.within(at)
	s := clean(strings.Join(parts, " "))
	if len(s)*2 < len(whole) || strings.ReplaceAll(s, " ", "") == strings.ReplaceAll(whole, " ", "") {
		return whole
	}
	return s
}

// aboveText tells whether a block with these words stands shortly before the text.
func (r *reading) aboveText(words string) bool {
	s := r.scene
	f := squash(words)
	if utf8.RuneCountInString(words) < 8 {
		return false
	}
	for i := max(0, s.first-25); i < min(len(s.blocks), s.first+3); i++ {
		if s.folded[i] == f {
			return true
		}
	}
	return false
}

// withoutKicker takes a kicker or a second line off an h1 that holds it, where a title shows the headline alone.
func (r *reading) withoutKicker(s string, i int, said []string) string {
	f := squash(s)
	if slices.ContainsFunc(said, func(t string) bool { return squash(r.bare(t)) == f }) {
		return s
	}
	for _, t := range said {
		t = r.bare(t)
		g := squash(t)
		if len(g) > 15 && len(g) < len(f) && len(g)*2 > len(f) && (strings.HasSuffix(f, g) || strings.HasPrefix(f, g+" ") && !cutShort(t) && r.h1Breaks(i, g)) {
			return t
		}
	}
	return s
}

// headlineBlock looks for words on the page that are one of the parts of a title: the headline of a page whose markup does not
// show it.
func (r *reading) headlineBlock(said []string) string {
	s := r.scene
	best, bestLen := "", 0
	for i := range s.blocks {
		b, f := &s.blocks[i], s.folded[i]
		if len(f) < 10 || b.chars > 300 || !strings.Contains(s.title, f[:min(len(f), 10)]) || b.flags&(inControl|inHidden) != 0 || s.zones[b.at]&(hintNav|hintRelated|hintComment) != 0 && !s.tree.nodes[b.at].tag.is(isHeading) {
			continue
		}
		words, _, _ := strings.Cut(s.of(b), "\n") // a date may stand on its second line
		if len(words) < b.end-b.start {
			f = squash(words)
		}
		for _, t := range said {
			if len(f) > bestLen && partOf(t, f) && !r.isSiteName(words) {
				best, bestLen = words, len(f)
			}
		}
	}
	return best
}

// partOf tells whether squashed words are a title, or all of it before or behind one of its marks.
func partOf(title, f string) bool {
	g := squash(title)
	if g == f {
		return true
	}
	if len(f)*3 < len(g) || !strings.Contains(g, f) {
		return false
	}
	for _, mark := range append(titleMarks[:], "-", "–", "—", ":") {
		for i := 0; ; {
			j := strings.Index(title[i:], mark)
			if j < 0 {
				break
			}
			i += j + len(mark)
			if squash(title[:i-len(mark)]) == f || squash(title[i:]) == f {
				return true
			}
		}
	}
	return false
}

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
		if i := strings.LastIndex(title, mark); i > 0 && len(strings.Fields(title[i:])) <= 6 && 2*i > len(title) {
			title = strings.TrimSpace(title[:i])
		}
	}
	return cutTail(cutTail(title))
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

// siteName gives the site's own name.
func siteName(h *head, ld linked) string {
	s := h.get("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher", "twitter:app:name:iphone")
	if s == "" || strings.HasPrefix(s, "http") {
		s = ld.site
	}
	if s == "" {
		s = titleTail(h.title, h.get("og:title"), ld.headline, h.get("twitter:title"))
	}
	return clean(s)
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
