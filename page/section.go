package page

import "slices"

// sections reads what the headings of the furniture say of the elements that they open: an element whose first words are "Comments" or
// "Related articles" holds nothing else, whatever its class is called.
func (s *scene) sections() {
	above := 0 // letters of prose above
	for i := range s.blocks {
		b, v := &s.blocks[i], &s.said[i]
		if b.isProse() {
			above += b.chars
		}
		if b.chars >= 60 || len(s.folded[i]) == 0 {
			continue
		}
		kind := sectionOf(v, len(s.folded[i]))
		if kind == 0 {
			continue
		}
		if at := s.opened(i); at > 0 && s.isSection(at, i, kind, above) {
			s.hints[at] |= kind
		}
	}
}

// columns takes the other cells of a table that lays out the page, beside the cell with the text, for side columns.
func (s *scene) columns() {
	nodes := s.tree.nodes
	at := s.main
	if nodes[at].tag == tagTr { // its cells hold the text directly
		best := int32(0)
		for c := nodes[at].first; c != 0; c = nodes[c].next {
			if s.prose[c] > s.prose[best] || best == 0 {
				best = c
			}
		}
		at = best
	}
	for at > 0 && nodes[at].tag != tagTd {
		at = nodes[at].parent
	}
	if at == 0 || s.prose[at]*2 < s.prose[0] {
		return
	}
	for c := nodes[nodes[at].parent].first; c != 0; c = nodes[c].next {
		if c != at && nodes[c].tag == tagTd && s.prose[c]*3 < s.prose[at] {
			s.hints[c] |= hintSidebar
		}
	}
}

// sectionOf gives the hint of the section that a heading opens, 0 for other words. A count may stand beside the phrase.
func sectionOf(v *said, size int) hint {
	if int(v.cover)*10 < size*6 {
		return 0
	}
	switch {
	case v.starts&saysComment != 0:
		return hintComment
	case v.whole&saysRelated != 0:
		return hintRelated
	}
	return 0
}

// opened gives the outermost element whose first block is block i, 0 where the block is alone in it.
func (s *scene) opened(i int) int32 {
	if i == 0 || i+1 == len(s.blocks) {
		return 0
	}
	a, b, top := s.blocks[i-1].at, s.blocks[i].at, int32(0)
	for a != b { // up to the element that holds the block before, too
		if a > b {
			a = s.tree.nodes[a].parent
		} else {
			top, b = b, s.tree.nodes[b].parent
		}
	}
	if top == 0 || !s.holds(top, s.blocks[i+1].at) {
		return 0
	}
	return top
}

// isSection tells whether the element that block i opens can be what the heading says: neither the headline nor the better part of the
// page's prose stands in it. Comments are often longer than the article, but follow it.
func (s *scene) isSection(at int32, i int, kind hint, above int) bool {
	if s.head >= 0 && (s.holds(at, s.blocks[s.head].at) || i < s.head) {
		return false
	}
	prose := s.prose[at]
	if kind == hintComment {
		return above >= 150
	}
	return prose*3 < s.prose[0]
}

// teaser tells whether an element stands in one whose name says that it shows another article, and that holds the link to it.
func (s *scene) teaser(at int32) bool {
	if s.zones[at]&hintRelated == 0 {
		return false
	}
	for ; at > 0 && !s.ofMain[at]; at = s.tree.nodes[at].parent {
		if s.hints[at]&hintRelated != 0 && s.links[at]*12 >= s.chars[at] && s.prose[at]*4 < s.prose[0] {
			return true
		}
	}
	return false
}

// unglue puts a space before a credit that markup sets apart from the caption before it, and nothing else does.
func (s *scene) unglue(it *item, b *block) {
	const most = 12 // seams that a caption may have
	if b.end-b.start > 600 || !it.pictured && it.zone&hintCaption == 0 && it.chars > 200 {
		return
	}
	k, _ := slices.BinarySearch(s.seams, int32(b.start))
	for n := 0; n < most && k < len(s.seams) && int(s.seams[k]) < b.end; k, n = k+1, n+1 {
		cut := int(s.seams[k]) - b.start
		if cut > 0 && s.lex.say(squash(it.text[cut:])).starts&saysCredit != 0 {
			it.text = it.text[:cut] + " " + it.text[cut:]
			it.read(s.lex)
			return
		}
	}
}
