package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"marsad/news"
)

// media collects the pictures of the article with their words. A caption goes to the picture that stands just before it, or in
// the same figure; one without a picture stands alone.
func (r *reading) media(a *news.Article, items []item) {
	s := r.scene
	from, to := s.first, s.last
	for n := 0; n < 60 && s.slide(to+1); n++ {
		to++
	}
	if s.head >= 0 {
		from = min(from, s.head)
	}
	var at []int // by media: index of the block before which its picture stands
	for _, p := range s.pics {
		if p.before < from-4 || p.before > to+1 || s.zones[p.at]&(hintRelated|hintComment|hintAd|hintBio|hintShare|hintPitch|hintNav) != 0 || len(a.Media) >= 60 {
			continue
		}
		if u := r.pictureURL(p.at); u != "" && !hasMedia(a, u) {
			a.Media, at = append(a.Media, news.Media{URL: u}), append(at, p.before)
		}
	}
	if len(a.Media) == 0 {
		if u := absolute(a.URL, r.head.get("og:image", "og:image:url", "twitter:image")); u != "" {
			a.Media, at = append(a.Media, news.Media{URL: u}), append(at, from)
		}
	}
	for _, it := range r.captions(items, from-4, to+2) {
		caption, credit := r.captionOf(&it)
		if figuresMostly(credit) {
			credit = ""
		}
		if lexSays := r.scene.lex.say(squash(caption)).whole; lexSays&(saysAd|saysShare|saysCaption|saysCredit|saysPitch|saysComment|saysRelated|saysBoilerplate) != 0 {
			caption = "" // a button's words
		}
		if caption == "" && credit == "" {
			continue
		}
		best := -1
		for k := range at {
			if d := it.block - at[k]; d >= 0 && d <= 2 && (best < 0 || at[k] >= at[best]) {
				best = k
			}
		}
		r.attach(a, best, caption, credit)
	}
	r.linkedCaption(a)
}

// linkedCaption gives the first picture the words that JSON-LD has for it, where the page shows none.
func (r *reading) linkedCaption(a *news.Article) {
	if len(a.Media) == 0 || slices.ContainsFunc(a.Media, func(m news.Media) bool { return m.Caption != "" || m.Credit != "" }) {
		return
	}
	caption, credit := splitCredit(r.scene.lex, titleWords(r.ld.caption))
	if same(caption, a.Headline) || utf8.RuneCountInString(caption) > 500 {
		caption = ""
	}
	if credit == "" && !r.isOutlet(titleWords(r.ld.credit)) && !strings.Contains(r.ld.credit, "://") {
		credit = bareCredit(r.scene.lex, titleWords(r.ld.credit))
	}
	a.Media[0].Caption, a.Media[0].Credit = caption, credit
}

// captions gives the items that are captions and credits, and the blocks beside the column that markup calls so: the picture
// above the text often stands outside it.
func (r *reading) captions(items []item, from, to int) []item {
	s := r.scene
	var out []item
	known := map[int]bool{}
	for i := range items {
		known[items[i].block] = true
	}
	for i := max(0, from); i < min(len(s.blocks), to); i++ {
		b := &s.blocks[i]
		own := s.hints[b.at] | s.hints[s.tree.nodes[b.at].parent]
		apart := s.zones[b.at] & (hintRelated | hintComment | hintNav | hintSidebar)
		if s.slide(i) {
			apart = 0
		}
		if known[i] || b.chars > 500 || b.flags&(inHidden|inNoscript) != 0 || apart != 0 {
			continue
		}
		it := item{text: s.of(b), chars: b.chars, at: b.at, block: i, out: news.Caption}
		switch {
		case s.underPicture(i) && r.endsInMaker(it.text):
			out = append(out, it)
		case b.flags&inFigcaption != 0, own&hintCaption != 0:
			out = append(out, it)
		case own&hintCredit != 0 && b.chars < 100:
			it.out = news.Credit
			out = append(out, it)
		}
	}
	for i := range items {
		if it := &items[i]; it.out == news.Caption || it.out == news.Credit {
			out = append(out, *it)
		}
	}
	return out
}

// slide tells whether block i is the caption of a picture in a carousel beside the text: pictures of the article, not of others, which
// would be links.
func (s *scene) slide(i int) bool {
	if i >= len(s.blocks) {
		return false
	}
	b := &s.blocks[i]
	const apart = hintRelated | hintComment | hintNav | hintSidebar
	return b.flags&inFigcaption != 0 && b.links == 0 && s.zones[b.at]&apart == hintSidebar && s.holds(s.tree.nodes[s.column].parent, b.at)
}

// underPicture tells whether block i is the first behind a picture, in the element that holds it.
func (s *scene) underPicture(i int) bool {
	k, _ := slices.BinarySearchFunc(s.pics, i, func(p picture, i int) int { return p.before - i })
	for n := 0; n < 8 && k < len(s.pics) && s.pics[k].before == i; k, n = k+1, n+1 {
		if s.holds(s.tree.nodes[s.pics[k].at].parent, s.blocks[i].at) {
			return true
		}
	}
	return false
}

// endsInMaker tells whether a line ends in a picture's maker and not in a sentence.
func (r *reading) endsInMaker(s string) bool {
	caption, credit := splitCredit(r.scene.lex, s)
	return caption != "" && credit != "" && !figuresMostly(credit) && !endsSentence(s)
}

func hasMedia(a *news.Article, url string) bool {
	for i := range a.Media {
		if a.Media[i].URL == url {
			return true
		}
	}
	return false
}

// attach gives words to the picture k, or to a picture of their own.
func (r *reading) attach(a *news.Article, k int, caption, credit string) {
	for i := range a.Media { // the same words twice: a gallery's small and large form
		if m := &a.Media[i]; caption != "" && m.Caption == caption {
			if m.Credit == "" {
				m.Credit = credit
			}
			return
		}
	}
	if k < 0 && caption == "" && len(a.Media) > 0 {
		k = len(a.Media) - 1
	}
	if k < 0 || caption != "" && a.Media[k].Caption != "" {
		a.Media = append(a.Media, news.Media{Caption: caption, Credit: credit})
		return
	}
	if caption != "" {
		a.Media[k].Caption = caption
	}
	if a.Media[k].Credit == "" {
		a.Media[k].Credit = credit
	}
}

// captionOf takes a caption's block apart: by the element that a class calls the credit, else by its words.
func (r *reading) captionOf(it *item) (caption, credit string) {
	lex := r.scene.lex
	if it.out == news.Credit {
		if _, _, ok := bracketEnd(it.text); ok && it.chars > 60 {
			return splitCredit(lex, it.text) // a caption that stands in the credit's element
		}
		return "", bareCredit(lex, it.text)
	}
	if it.block >= 0 {
		if at := r.creditWithin(it.at); at != 0 {
			if c := r.scene.walk.within(at); c != "" && len(c) < len(it.text) && strings.HasSuffix(it.text, c) {
				return strings.TrimRight(it.text[:len(it.text)-len(c)], " |-–—/"), bareCredit(lex, c)
			}
		}
	}
	return splitCredit(lex, it.text)
}

// creditWithin finds the element within another that a class calls the credit, 0 for none.
func (r *reading) creditWithin(at int32) int32 {
	nodes := r.tree.nodes
	for c := nodes[at].first; c != 0; c = nodes[c].next {
		if nodes[c].tag == tagText {
			continue
		}
		if r.scene.hints[c]&hintCredit != 0 {
			return c
		}
		if got := r.creditWithin(c); got != 0 {
			return got
		}
	}
	return 0
}

// pictureURL gives the address of an image, from the attribute that holds it when pages load it late; "" for pixels, icons and
// what is no picture of the article.
func (r *reading) pictureURL(at int32) string {
	n := &r.tree.nodes[at]
	if n.tag == tagIframe {
		return ""
	}
	best := ""
	a := r.tree.attrs(at)
	for {
		name, v, ok := a.next()
		if !ok {
			break
		}
		switch strings.ToLower(name) {
		case "width", "height":
			if v = strings.TrimSuffix(strings.TrimSpace(v), "px"); digits(v) && len(v) < 6 && number(v) < 60 {
				return ""
			}
		case "src", "poster":
			if !strings.HasPrefix(v, "data:") && best == "" {
				best = v
			}
		case "data-src", "data-original", "data-lazy-src", "data-url", "data-image", "data-full", "data-srcset", "srcset", "data-lazy":
			v, _, _ = strings.Cut(strings.TrimSpace(v), " ")
			if v != "" && !strings.HasPrefix(v, "data:") && (best == "" || name != "srcset") {
				best = strings.TrimSuffix(v, ",")
			}
		}
	}
	best = unescape(best)
	low := strings.ToLower(best)
	if low == "" || strings.Contains(low, ".svg") || strings.Contains(low, "pixel") || strings.Contains(low, "avatar") || strings.Contains(low, "logo") || strings.Contains(low, "/icon") || strings.Contains(low, "spacer") || strings.Contains(low, "blank.gif") {
		return ""
	}
	return absolute(r.page.URL, best)
}

// agenciesIn gives the agencies that words name, as written.
func agenciesIn(lex *lexicon, s string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool {
		return r == '/' || r == ',' || r == '،' || r == '|' || r == '-' || r == '–' || r == '、' || r == ';'
	}) {
		part = strings.TrimSpace(part)
		if v := lex.say(squash(part)); v.whole&saysAgency != 0 {
			out = append(out, part)
		}
	}
	return out
}

// cite adds a source that the page names, once.
func cite(a *news.Article, name, url string) {
	if name == "" {
		return
	}
	for _, c := range a.Cites {
		if same(c.Name, name) {
			return
		}
	}
	a.Cites = append(a.Cites, news.Cite{Name: name, URL: url})
}
