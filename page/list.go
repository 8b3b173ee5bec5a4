package page

import (
	"strings"

	"marsad/news"
)

// A front page, a section, a tag, a search or an author's page shows other articles, each in an element of its own: elements of one look,
// with the link to the article and a few words of it. Where the text lies in such cards, the page has no article.
const (
	cardLeast   = 3    // cards that make a list
	cardLetters = 1500 // a longer element is no card
	cardDepth   = 6    // elements between the words and their card
	besideCards = 450  // letters beside the cards that a list may have: who the author is, what the section is about
)

// dropList drops all the text of a page that lists other articles.
func (r *reading) dropList(a *news.Article, items []item) {
	if r.moved || r.saysArticle() {
		return
	}
	cards := map[int32]bool{}
	within, headed, beside := 0, 0, 0
	for i := range items {
		it := &items[i]
		if !it.stays() || it.block < 0 {
			continue
		}
		if c := r.cardOf(it.block); c > 0 {
			cards[c] = true
			within += it.chars
		} else if it.prose() && r.headedByLink(it.block) {
			headed += it.chars
		} else if it.prose() {
			beside += it.chars
		}
	}
	if within+headed == 0 || beside > besideCards || beside > (within+headed)*2 {
		return
	}
	if !r.several(cards) && (headed == 0 || r.headedCards() < cardLeast) {
		return
	}
	if own := r.headCard(cards, a.Headline); own > 0 {
		r.dropBeside(items, own)
		return
	}
	dropAll(items, news.Related, "list-of-articles")
}

// headCard gives the card that holds the page's own headline, 0 for none: an article that is shown as the first of a list is one.
func (r *reading) headCard(cards map[int32]bool, headline string) int32 {
	s := r.scene
	title := squash(headline)
	for i := range s.blocks {
		if i != s.head && (title == "" || s.folded[i] != title) {
			continue
		}
		for up := s.blocks[i].at; up > 0; up = s.tree.nodes[up].parent {
			if cards[up] {
				return up
			}
		}
	}
	return 0
}

// dropBeside drops what stands in other cards than the article's own.
func (r *reading) dropBeside(items []item, own int32) {
	for i := range items {
		if it := &items[i]; it.stays() && it.block >= 0 && !r.scene.holds(own, r.scene.blocks[it.block].at) {
			it.drop(news.Related, "list-of-articles")
		}
	}
}

// saysArticle tells whether the metadata say that the page is an article.
func (r *reading) saysArticle() bool {
	return r.ld.rank >= articleRank || r.head.get("article:published_time", "og:article:published_time") != "" || strings.EqualFold(r.head.get("og:type"), "article")
}

// headedByLink tells whether a heading stands right above block i that is a link to another page of the site.
func (r *reading) headedByLink(i int) bool {
	s := r.scene
	if i == 0 || i-1 == s.head {
		return false
	}
	b := &s.blocks[i-1]
	if !s.tree.nodes[b.at].tag.is(isHeading) || int(b.links)*5 < (b.end-b.start)*4 {
		return false
	}
	a := r.linkOf(b.at, b.at)
	return a > 0 && r.leadsHere(a)
}

// headedCards counts the blocks of words on the page that stand under such headings.
func (r *reading) headedCards() int {
	n := 0
	for i := range r.scene.blocks {
		if b := &r.scene.blocks[i]; b.chars >= 30 && int(b.links)*5 < b.end-b.start && r.headedByLink(i) {
			n++
		}
	}
	return n
}

// several tells whether the cards that the text lies in, with their siblings that are cards too, are a list: three at least, and none holds
// more than half of all, as the element of an article does beside boxes of its look.
func (r *reading) several(cards map[int32]bool) bool {
	s := r.scene
	nodes := s.tree.nodes
	type family struct {
		parent int32
		tag    tag
		look   uint32
	}
	seen := map[family]bool{}
	n, sum, most := 0, int32(0), int32(0)
	for c := range cards {
		f := family{nodes[c].parent, nodes[c].tag, s.looks[c]}
		if seen[f] {
			continue
		}
		seen[f] = true
		for sib := nodes[nodes[c].parent].first; sib != 0; sib = nodes[sib].next {
			if nodes[sib].tag == nodes[c].tag && s.looks[sib] == s.looks[c] && s.isCard(sib) {
				n++
				sum, most = sum+s.chars[sib], max(most, s.chars[sib])
			}
		}
	}
	return n >= cardLeast && most*2 <= sum
}

// isCard tells whether an element has a link and words beside it, which a menu has not, or is a link as a whole.
func (s *scene) isCard(at int32) bool {
	beside := s.chars[at] - s.links[at]
	return s.chars[at] <= cardLetters && s.links[at] > 0 && (beside >= 30 && beside*5 >= s.chars[at]*2 || s.tree.nodes[at].tag == tagA && s.count[at] > 1)
}

// cardOf gives the card that holds block i, 0 for none: an element with siblings of the same look, with a link to a page of the same
// site that is a title, or that is a link as a whole.
func (r *reading) cardOf(i int) int32 {
	s := r.scene
	at := s.blocks[i].at
	for range cardDepth {
		if at <= 0 || s.chars[at] > cardLetters {
			return 0
		}
		if s.kin[at] >= cardLeast && r.hasTitleLink(at, i) {
			return at
		}
		at = s.tree.nodes[at].parent
	}
	return 0
}

// hasTitleLink tells whether an element that holds block i has a title that is a link, or lies in a link itself.
func (r *reading) hasTitleLink(at int32, i int) bool {
	s := r.scene
	if s.tree.nodes[at].tag == tagA {
		return r.leadsHere(at) && s.count[at] > 1
	}
	for j := max(0, i-3); j < min(len(s.blocks), i+4); j++ {
		b := &s.blocks[j]
		if b.chars < 8 || int(b.links)*5 < (b.end-b.start)*4 || !s.holds(at, b.at) {
			continue
		}
		if a := r.linkOf(b.at, at); a > 0 && r.leadsHere(a) {
			return true
		}
	}
	return false
}

// linkOf gives the link around or within the element of a block, up to the element top.
func (r *reading) linkOf(at, top int32) int32 {
	nodes := r.tree.nodes
	for up := at; up > 0; up = nodes[up].parent {
		if nodes[up].tag == tagA {
			return up
		}
		if up == top {
			break
		}
	}
	return r.firstLink(at, 0)
}

func (r *reading) firstLink(at int32, depth int) int32 {
	nodes := r.tree.nodes
	for c := nodes[at].first; c != 0 && depth < 6; c = nodes[c].next {
		if nodes[c].tag == tagA {
			return c
		}
		if a := r.firstLink(c, depth+1); a > 0 {
			return a
		}
	}
	return 0
}

// leadsHere tells whether a link leads to another page of the same site.
func (r *reading) leadsHere(a int32) bool {
	href := strings.TrimSpace(r.tree.attr(a, "href"))
	if href == "" || href[0] == '#' || strings.HasPrefix(href, "mailto:") || strings.HasPrefix(href, "javascript:") {
		return false
	}
	host := hostOf(absolute(r.page.URL, href))
	return host == "" || host == hostOf(r.page.URL)
}
