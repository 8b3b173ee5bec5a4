package page

import (
	"strings"
	"sync"
)

// Bounds that hostile pages run into. A real page of a million bytes has some 20,000 nodes, 30 levels deep.
const (
	maxBytes = 16 << 20
	maxNodes = 1 << 20
	maxDepth = 512
)

// node is an element or a text. Its words are slices of the page; nothing is copied or unescaped before it is asked for.
type node struct {
	text                string // text nodes and raw elements: the source between the tags; other elements: their attributes
	parent, first, next int32  // indices into tree.nodes; 0 = none (0 is the root and nobody's child)
	tag                 tag
}

// tree is a page in memory: nodes in the order of the page, so that a parent stands before its children.
type tree struct {
	nodes []node
	raw   map[int32]string // the attributes of raw elements
	cut   bool             // a bound was met: the rest of the page is missing
}

// parse reads a page. It never fails: what is not markup is text, and what is beyond the bounds is left out.
func parse(s string) *tree {
	b := &builder{src: s}
	b.tree.nodes = room(min(strings.Count(s, "<")+16, maxNodes))
	b.tree.raw = map[int32]string{}
	b.tree.nodes[0].tag = tagHTML
	b.open = append(make([]open, 0, 64), open{at: 0, tag: tagHTML})
	b.run()
	return &b.tree
}

// rooms are nodes of pages that were read: their memory serves the next page.
var rooms sync.Pool

const largestRoom = 1 << 17 // nodes; the memory of a larger page is not kept

// room gives the root with room for n nodes in all.
func room(n int) []node {
	if r, ok := rooms.Get().(*[]node); ok && cap(*r) >= n {
		return (*r)[:1]
	}
	return make([]node, 1, n)
}

// release gives the nodes' memory back. The tree is not to be used any more; strings taken from it stay.
func (t *tree) release() {
	if cap(t.nodes) <= largestRoom {
		clear(t.nodes)
		nodes := t.nodes[:0]
		rooms.Put(&nodes)
	}
	t.nodes = nil
}

// open is an element whose end tag has not come yet.
type open struct {
	at    int32
	last  int32 // its last child so far
	tag   tag
	ended bool // a formatting element whose end tag came inside a block that was opened within it: it ends with that block
}

// builder makes the tree after the rules of the HTML standard that matter to text: implied ends, misnested formatting,
// raw text. It neither moves misplaced table content nor clones formatting elements.
type builder struct {
	src     string
	tree    tree
	open    []open
	openP   int            // how many p are open: most start tags need not look
	tooDeep int            // elements opened beyond maxDepth, which the stack does not hold
	noEnd   [tagCount]bool // raw elements that have no end tag in the rest of the page
}

func (b *builder) run() {
	s, text := b.src, 0 // text: where the text that waits to be added begins
	for i := 0; ; {
		j := strings.IndexByte(s[i:], '<')
		if j < 0 {
			b.addText(s[text:])
			return
		}
		j += i
		if len(b.tree.nodes) >= maxNodes {
			b.tree.cut = true
			return
		}
		var c byte
		if j+1 < len(s) {
			c = s[j+1]
		}
		switch {
		case isAlpha(c):
			b.addText(s[text:j])
			i = b.startTag(j)
		case c == '/':
			b.addText(s[text:j])
			i = b.endTag(j)
		case c == '!' || c == '?':
			b.addText(s[text:j])
			i = skipMarkup(s, j)
		default: // a lone '<' is text
			i = j + 1
			continue
		}
		text = i
	}
}

// startTag takes in the start tag at s[i] and gives where the page goes on.
func (b *builder) startTag(i int) int {
	s := b.src
	name := nameEnd(s, i+1)
	end, slash := tagEnd(s, name)
	if end > len(s) {
		// An attribute whose quote never closes would swallow the page: end the tag at the next '>'.
		j := strings.IndexByte(s[name:], '>')
		if j < 0 {
			return len(s)
		}
		end = name + j
	}
	t := tagOf(s[i+1 : name])
	next := end + 1
	if t.is(isRaw) {
		return b.raw(t, s[i+1:name], s[name:end], next)
	}
	b.imply(t)
	at := b.add(t, s[name:end])
	if t.is(isVoid) || slash && (t == tagBlock || t == tagInline) {
		return next
	}
	b.push(at, t)
	return next
}

// raw takes in an element whose content is not markup.
func (b *builder) raw(t tag, name, attrs string, next int) int {
	if t == tagIframe || t == tagTextarea || t == tagSvg {
		b.imply(tagInline)
	}
	end := -1
	if !b.noEnd[t] {
		end = indexEndTag(b.src[next:], name)
	}
	at := b.add(t, "")
	b.tree.raw[at] = attrs
	if end < 0 {
		b.noEnd[t] = true // leave the rest as markup: better than to lose it
		return next
	}
	b.tree.nodes[at].text = b.src[next : next+end]
	after := next + end + 2 + len(name)
	if j := strings.IndexByte(b.src[after:], '>'); j >= 0 {
		return after + j + 1
	}
	return len(b.src)
}

// imply ends what the start tag of t ends without saying so.
func (b *builder) imply(t tag) {
	if t.is(closesP) && b.openP > 0 {
		b.closeTo(tagP)
	}
	switch t {
	case tagLi:
		b.closeItem(tagLi, tagLi)
	case tagDd, tagDt:
		b.closeItem(tagDd, tagDt)
	case tagA:
		b.close(tagA)
	case tagButton, tagOption:
		b.closeTo(t)
	case tagTr:
		b.closeUntil(tagTr, tagTbody)
	case tagTd, tagTh:
		b.closeUntil(tagTd, tagTr)
	case tagTbody, tagCaption:
		b.closeUntil(tagTbody, tagTable)
	}
	if t.is(isHeading) && b.top().tag.is(isHeading) {
		b.pop()
	}
}

func (b *builder) top() *open { return &b.open[len(b.open)-1] }

func (b *builder) pop() {
	if b.top().tag == tagP {
		b.openP--
	}
	b.open = b.open[:len(b.open)-1]
}

// popTo ends the element at depth i of the stack and all within it, and the formatting elements whose time had come.
func (b *builder) popTo(i int) {
	for len(b.open) > i {
		b.pop()
	}
	for len(b.open) > 1 && b.top().ended {
		b.pop()
	}
}

// closeTo ends the nearest open t within the present scope, if there is one.
func (b *builder) closeTo(t tag) {
	for i := len(b.open) - 1; i > 0; i-- {
		o := b.open[i].tag
		if o == t {
			b.popTo(i)
			return
		}
		if o.is(isScope) {
			return
		}
	}
}

// closeItem ends an open list item that a new one follows; a list within it stands in the way.
func (b *builder) closeItem(t, u tag) {
	for i := len(b.open) - 1; i > 0; i-- {
		switch o := b.open[i].tag; {
		case o == t || o == u:
			b.popTo(i)
			return
		case o == tagUl || o == tagOl || o == tagDl || o.is(isScope):
			return
		case o.is(isBlock) && o != tagDiv && o != tagP && o != tagAddress:
			return
		}
	}
}

// closeUntil ends table parts down to the one that may hold t; a table within a cell keeps its own.
func (b *builder) closeUntil(t, holder tag) {
	for i := len(b.open) - 1; i > 0; i-- {
		switch o := b.open[i].tag; {
		case o == tagTable || o == tagTemplate || o == holder:
			return
		case o == t, t == tagTd && o == tagTh, t == tagTbody && (o == tagCaption || o == tagTr), t == tagTr && o == tagCaption:
			b.popTo(i)
			if t != tagTbody || o != tagTr {
				return
			}
		}
	}
}

// endTag takes in the end tag at s[i].
func (b *builder) endTag(i int) int {
	s := b.src
	if i+2 >= len(s) || !isAlpha(s[i+2]) {
		return skipMarkup(s, i)
	}
	name := nameEnd(s, i+2)
	next := len(s)
	if j := strings.IndexByte(s[name:], '>'); j >= 0 {
		next = name + j + 1
	}
	t := tagOf(s[i+2 : name])
	switch {
	case t == tagBr:
		b.add(tagBr, "")
	case t == tagHTML || t == tagBody || t.is(isVoid|isRaw):
	case t == tagP && b.openP == 0:
	case b.tooDeep > 0:
		b.tooDeep--
	default:
		b.close(t)
	}
	return next
}

// close ends the nearest open t. A formatting element waits for the blocks within it.
func (b *builder) close(t tag) {
	tablePart := t == tagTable || t == tagTbody || t == tagTr || t == tagTd || t == tagTh || t == tagCaption
	crossed := false
	for i := len(b.open) - 1; i > 0; i-- {
		o := b.open[i].tag
		switch {
		case o == t || t.is(isHeading) && o.is(isHeading):
			if crossed && t.is(isPhrase) {
				b.open[i].ended = true
				return
			}
			b.popTo(i)
			return
		case o.is(isScope) && !tablePart && o != tagButton && o != tagObject:
			return
		case tablePart && o == tagTable, o == tagTemplate:
			return
		case o.is(isBlock):
			crossed = true
		}
	}
}

func (b *builder) push(at int32, t tag) {
	if len(b.open) >= maxDepth {
		b.tooDeep++
		return
	}
	if t == tagP {
		b.openP++
	}
	b.open = append(b.open, open{at: at, tag: t})
}

func (b *builder) add(t tag, attrs string) int32 {
	at := int32(len(b.tree.nodes))
	b.tree.nodes = append(b.tree.nodes, node{tag: t, text: attrs})
	b.hang(at)
	return at
}

func (b *builder) addText(s string) {
	if s == "" {
		return
	}
	at := b.add(tagText, "")
	b.tree.nodes[at].text = s
}

// attrs gives the attributes of an element, as written.
func (t *tree) attrs(at int32) attrs {
	n := &t.nodes[at]
	switch {
	case n.tag == tagText:
		return attrs{}
	case n.tag.is(isRaw):
		return attrs{t.raw[at]}
	}
	return attrs{n.text}
}

// hang makes at the last child of the innermost open element.
func (b *builder) hang(at int32) {
	o := b.top()
	b.tree.nodes[at].parent = o.at
	if o.last == 0 {
		b.tree.nodes[o.at].first = at
	} else {
		b.tree.nodes[o.last].next = at
	}
	o.last = at
}

// words gives the bytes of the page's texts, at least as many as a walk finds.
func (t *tree) words() int {
	n := 0
	for i := range t.nodes {
		if t.nodes[i].tag == tagText {
			n += len(t.nodes[i].text) + 1
		}
	}
	return n
}
