package page

import (
	"slices"
	"strings"
	"unicode/utf8"
)

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
