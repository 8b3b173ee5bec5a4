package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// block is a run of words that stands on lines of its own: what lies between two block-level tags or two line breaks.
type block struct {
	start, end int    // of walk.text
	chars      int    // letters and digits, an ideograph counting three
	at         int32  // the nearest block-level element that holds it
	links      int32  // bytes within links
	anchors    int32  // links that begin in it
	bold       int32  // bytes within b and strong
	ends       int32  // sentence ends and commas
	digits     int32  // digits among chars
	capitals   int32  // capitals among chars
	flags      uint16 // see below
}

// Flags of blocks.
const (
	inNoscript uint16 = 1 << iota
	inControl         // a button or label: words to press, not to read
	inHidden
	inForm
	inFigure
	inFigcaption
	inTable
	inList
	inQuote
	inHead // header, nav, footer or aside elements hold it: see walk.zone
	inTime
	inCentered // from here on no features look at them
	inRight
	inLifted // words taken out of the line that they stand in
)

// picture is an image or video on the page, with the block that follows it.
type picture struct {
	at     int32
	before int // index of the next block
}

// walk is a page seen as a sequence of blocks.
type walk struct {
	tree    *tree
	text    strings.Builder // the words of all blocks, a line break behind each
	all     string          // text, once the walk is over
	blocks  []block
	hints   []hint   // by node: what its own names say
	looks   []uint32 // by node: its class string's number; elements of one look are styled alike
	pics    []picture
	dated   []picture // elements that markup calls the moment of publication
	times   []picture // time elements
	bylines []picture // elements that markup calls an author
	signed  []picture // elements that a class calls so
	hinter  hinter
	seams   []int32 // places of text where an inline element begins without a space before it

	// The state of the walk.
	cur       block
	open      bool // cur has words
	gap       bool // a space is due before the next word
	breaks    int  // br since the last word
	in        uint16
	link      int // depth of links
	boldDepth int
	inLink    bool // the last word was one of a link
	row       bool // within a table row that is one line
	seam      bool // an inline element has begun since the last word
	aside     []lifted
	flat      bool // nothing is lifted: the walk is over lifted words themselves
}

// walkTree walks the whole page once.
func walkTree(t *tree) *walk {
	w := &walk{tree: t, hints: make([]hint, len(t.nodes))}
	w.text.Grow(t.words() + 64)
	w.hinter.seen = make(map[string]named, 256)
	w.looks = make([]uint32, len(t.nodes))
	w.blocks = make([]block, 0, 64+len(t.nodes)/6)
	w.node(0)
	w.flush()
	w.all = w.text.String()
	return w
}

func (w *walk) children(at int32) {
	for c := w.tree.nodes[at].first; c != 0; c = w.tree.nodes[c].next {
		w.node(c)
	}
}

func (w *walk) node(at int32) {
	n := &w.tree.nodes[at]
	switch n.tag {
	case tagText:
		w.words(n.text)
	case tagBr:
		w.breaks++
		if w.breaks >= 2 {
			w.flush()
		}
	case tagScript, tagStyle, tagTemplate, tagSvg, tagSelect, tagTextarea, tagRaw, tagVoid, tagHead, tagTitle, tagMeta, tagLink, tagInput, tagObject, tagAudio:
		if n.tag == tagHead || n.tag == tagObject {
			w.headless(at)
		}
	case tagImg, tagIframe:
		w.pics = append(w.pics, picture{at, w.next()})
	case tagHr:
		w.flush()
	default:
		w.element(at, n)
	}
}

// headless walks a head for what does not belong there: a page may close its head late or never.
func (w *walk) headless(at int32) {
	for c := w.tree.nodes[at].first; c != 0; c = w.tree.nodes[c].next {
		if t := w.tree.nodes[c].tag; t != tagText && (t.is(isBlock) || t == tagA) {
			w.node(c)
		}
	}
}

// next is the index of the block that what comes now will be in.
func (w *walk) next() int { return len(w.blocks) }

func (w *walk) element(at int32, n *node) {
	flags := w.look(at)
	in, link, bold, row := w.in, w.link, w.boldDepth, w.row
	cur := w.cur.at
	blockLevel := (n.tag.is(isBlock) || n.tag == tagButton) && !w.row
	if !blockLevel && !w.row && !w.flat && w.in&(inFigure|inFigcaption) == 0 && (n.tag == tagRt || flags&inHidden != 0 || w.hints[at]&hintAloud != 0) {
		w.lift(at)
		return
	}
	w.in |= flags
	if w.hints[at]&hintCaption != 0 && !blockLevel && !w.row && w.in&inFigcaption == 0 && n.tag != tagA { // a caption in the flow of the text
		blockLevel = true
		w.in |= inFigcaption
	}
	if w.row {
		w.cell(n.tag)
	}
	if blockLevel {
		w.flush()
		w.cur.at = at
	} else {
		w.seam = true
	}
	switch n.tag {
	case tagNoscript:
		w.in |= inNoscript
	case tagA:
		w.link++
		w.cur.anchors++
	case tagB:
		w.boldDepth++
	case tagButton, tagOption:
		w.in |= inControl
	case tagForm:
		w.in |= inForm
	case tagFigure:
		w.in |= inFigure
	case tagFigcaption, tagCaption:
		w.in |= inFigcaption
	case tagTable:
		w.in |= inTable
	case tagTr:
		w.row = w.row || w.oneLine(at)
	case tagUl, tagOl, tagDl:
		w.in |= inList
	case tagBlockquote:
		w.in |= inQuote
	case tagTime:
		w.in |= inTime
		w.times = append(w.times, picture{at, w.next()})
	case tagVideo:
		w.pics = append(w.pics, picture{at, w.next()})
	}
	w.children(at)
	if blockLevel {
		w.flush()
		w.cur.at = cur
	}
	w.seam = true
	w.in, w.link, w.boldDepth, w.row = in, link, bold, row
}

// words adds text to the present block, with single spaces.
func (w *walk) words(s string) {
	s = visible(unescape(s))
	lines := 0 // line ends since the last word
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf && (c <= ' ' || c == 0x7F) {
			w.gap = w.open
			lines += b2i(c == '\n')
			i++
			continue
		}
		if lines > 0 && w.open && !w.row && w.newParagraph(s[i:], lines) {
			w.flush()
		}
		lines = 0
		j := wordEnd(s, i)
		if j == i { // a space or control beyond ASCII
			_, n := utf8.DecodeRuneInString(s[i:])
			w.gap = w.open
			i += n
			continue
		}
		w.word(s[i:j])
		i = j
	}
}

// newParagraph tells whether a text that styles show with its own line ends begins a paragraph here: the next line is set in as Chinese
// and Japanese paragraphs are, or an empty line follows the end of a sentence.
func (w *walk) newParagraph(next string, lines int) bool {
	return strings.HasPrefix(next, "\u3000") || lines > 1 && endsSentence(w.text.String()[max(w.cur.start, w.text.Len()-12):])
}

// wordEnd gives the end of the run without white space that begins at s[i].
func wordEnd(s string, i int) int {
	for i < len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			if c <= ' ' || c == 0x7F {
				return i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r >= 0x80 && r <= 0xA0 || r == 0xFEFF || r == 0x200B || r >= 0x2000 && (unicode.IsSpace(r)) {
			return i
		}
		i += n
	}
	return i
}

func (w *walk) word(s string) {
	from := w.text.Len()
	if !w.open {
		w.open = true
		w.cur.start = w.text.Len()
		w.cur.flags = w.in
	} else if w.breaks > 0 {
		w.text.WriteByte(lineBreak(w.text.String(), s))
		w.gap, from = false, from+b2i(w.link == 0)
	} else if w.gap {
		w.text.WriteByte(' ')
		if !w.inLink || w.link == 0 { // the space before a link or behind it is not the link's
			from++
		}
	}
	if w.seam && !w.gap && w.breaks == 0 && w.text.Len() > w.cur.start {
		w.seams = append(w.seams, int32(w.text.Len()))
	}
	w.gap, w.breaks, w.seam = false, 0, false
	w.cur.flags &= w.in
	w.inLink = w.link > 0
	w.text.WriteString(s)
	n := w.text.Len() - from
	if w.link > 0 {
		w.cur.links += int32(n)
	}
	if w.boldDepth > 0 {
		w.cur.bold += int32(n)
	}
	w.count(s)
}

// lineBreak decides what one br between two words is: the end of a line, or only of a typesetter's line.
func lineBreak(before, after string) byte {
	r, _ := utf8.DecodeRuneInString(after)
	last, _ := utf8.DecodeLastRuneInString(before)
	if (unicode.IsLetter(last) || last == ',') && unicode.IsLower(r) {
		return ' '
	}
	return '\n'
}

// count keeps the block's statistics.
func (w *walk) count(s string) {
	c := &w.cur
	if len(s) > spaceless && s[0] == 0xE0 && s[1] >= 0xB8 && s[1] <= 0xBB {
		c.ends++
	}
	for i := 0; i < len(s); {
		b := s[i]
		if b < utf8.RuneSelf {
			switch {
			case isAlpha(b):
				c.chars++
				if b < 'a' {
					c.capitals++
				}
			case '0' <= b && b <= '9':
				c.chars++
				c.digits++
			case b == ',' || b == ';' || (b == '.' || b == '?' || b == '!' || b == ':') && i+1 >= len(s):
				c.ends++
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r >= 0x3041 && r <= 0x30FF, r >= 0x4E00 && r <= 0x9FFF:
			c.chars += 3
		case r >= 0xAC00 && r <= 0xD7A3:
			c.chars += 2
		case r == '،' || r == '؟' || r == '。' || r == '、' || r == '，' || r == '।' || r == '！' || r == '？' || r == '؛' || r == '۔' || r == '։' || r == '።' || r == '။' || r == '។':
			c.ends++
		case r > 0xBF && !(r >= 0x2000 && r <= 0x2BFF):
			c.chars++
			if foreignDigit(r) {
				c.digits++
			}
			if r < 0x530 && unicode.IsUpper(r) {
				c.capitals++
			}
		}
	}
}

// foreignDigit tells whether r is a digit of a script that news writes its figures in beside the common ones.
func foreignDigit(r rune) bool {
	switch {
	case r < 0x660 || r > 0xE59 && r < 0xFF10 || r > 0xFF19:
		return false
	}
	return unicode.IsDigit(r)
}

// spaceless is the length in bytes from which on a run of Thai or Lao is a clause: both set no marks, and part clauses by spaces.
const spaceless = 45

// flush ends the present block.
func (w *walk) flush() {
	if w.open {
		w.cur.end = w.text.Len()
		w.blocks = append(w.blocks, w.cur)
		w.text.WriteByte('\n')
	}
	w.cur = block{at: w.cur.at}
	w.open, w.gap, w.breaks = false, false, 0
	for i := 0; i < len(w.aside); i++ {
		w.drop(w.aside[i])
	}
	w.aside = w.aside[:0]
}

// words of a block.
func (w *walk) of(b *block) string { return w.all[b.start:b.end] }
