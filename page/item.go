package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"marsad/news"
)

// item is a block of the article's column under judgement, or a paragraph of a plain text.
type item struct {
	text   string
	folded string           // squashed
	said   *said            // never nil once the words are read
	out    news.RemovedKind // why it is left out, "" where it stays
	rule   string
	chars  int
	block  int // index in walk.blocks, -1 in plain text

	ends     int32
	digits   int32
	capitals float32 // share of letters
	links    float32 // share of bytes within links
	bold     float32
	zone     hint
	at       int32 // the node of the block-level element that holds it
	parent   int32 // the node that holds this one
	above    int32 // the node that holds that one
	group    int32 // the list or table row that holds it
	flags    uint16
	role     tag  // the block-level element that holds it
	pictured bool // a picture stands just before it
	keep     bool // the second look takes it for text
	meta     bool // it is left out because the article's metadata hold it: the headline itself
}

func (it *item) drop(kind news.RemovedKind, rule string) {
	if it.out == "" {
		it.out, it.rule = kind, rule
	}
}

// prose tells whether an item reads like running text.
func (it *item) prose() bool { return it.chars >= 60 && it.ends > 0 || it.chars > 150 }

// items makes the items of a page: the blocks of its column, and those outside that the second look takes for text.
func (s *scene) items(scores []float32, keep float32, title string) []item {
	n := 2 // a headline that is parted from its text
	for i := range s.blocks {
		n += b2i(scores[i] >= keep || s.holds(s.column, s.blocks[i].at))
	}
	out := make([]item, 0, n)
	own := s.hasOwn(scores, keep)
	for i := range s.blocks {
		b := &s.blocks[i]
		in := s.holds(s.column, b.at)
		if !in && (scores[i] < keep || own && s.zones[b.at]&hintSidebar != 0) {
			continue
		}
		it := item{text: s.of(b), folded: s.folded[i], said: &s.said[i], chars: b.chars, ends: b.ends, digits: b.digits, capitals: float32(b.capitals) / float32(b.chars+1), flags: b.flags, zone: s.zones[b.at], role: s.tree.nodes[b.at].tag, at: b.at, parent: s.tree.nodes[b.at].parent, block: i, keep: scores[i] >= keep && !s.teaser(b.at), pictured: s.pictured[i]&1 != 0}
		it.above = s.tree.nodes[it.parent].parent
		size := float32(b.end - b.start)
		it.links, it.bold = float32(b.links)/size, float32(b.bold)/size
		it.group = groupOf(s.tree, b.at)
		s.unglue(&it, b)
		if title != "" && strings.HasPrefix(it.folded, title) && strings.Contains(it.text, "\n") {
			out = append(out, s.split(it, title)...)
		} else {
			out = append(out, it)
		}
	}
	return s.splitEnd(out)
}

// hasOwn tells whether the column and what else is no side column hold an article's worth of text. Where they do, prose that stands in
// side columns and carousels outside of the column is another's: notices, teasers, obituaries.
func (s *scene) hasOwn(scores []float32, keep float32) bool {
	const enough = 500 // letters
	own := 0
	for i := range s.blocks {
		if scores[i] >= keep && s.zones[s.blocks[i].at]&hintSidebar == 0 {
			own += s.blocks[i].chars
		}
	}
	return own >= enough
}

// split parts the headline from what stands under it in the same block.
func (s *scene) split(it item, title string) []item {
	first, rest, ok := strings.Cut(it.text, "\n")
	if !ok || title == "" || squash(first) != title {
		return []item{it}
	}
	head, under := it, it
	head.text, under.text = first, rest
	for _, part := range [...]*item{&head, &under} {
		part.read(s.lex)
	}
	head.chars, head.ends, under.chars = len(title), 0, max(1, it.chars-len(title))
	return []item{head, under}
}

// read fills in what the words say. Long prose is not read: no phrase of the furniture is that long.
func (it *item) read(lex *lexicon) {
	it.said = &said{}
	if len(it.text) < 1600 {
		it.folded = squash(it.text)
		v := lex.sayAs(it.folded, it.text)
		it.said = &v
	}
}

// groupOf gives the list or the table row that a block is an entry of, 0 for none.
func groupOf(t *tree, at int32) int32 {
	switch t.nodes[at].tag {
	case tagTr:
		for at > 0 && t.nodes[at].tag != tagTable {
			at = t.nodes[at].parent
		}
		return at
	case tagLi, tagDd, tagDt:
		return t.nodes[at].parent
	}
	p := t.nodes[at].parent
	if t.nodes[p].tag == tagLi && t.nodes[t.nodes[p].first].next == 0 {
		return t.nodes[p].parent
	}
	return 0
}

// render makes the article's text of the items that stay, and the list of those that do not.
func render(a *news.Article, items []item) {
	var b strings.Builder
	size, stay := 0, 0
	for i := range items {
		if items[i].stays() {
			size += len(items[i].text) + 2
			stay++
		}
	}
	b.Grow(size)
	a.Blocks = slices.Grow(a.Blocks, stay)
	a.Removed = slices.Grow(a.Removed, len(items)-stay)
	waiting := 0 // removed pieces that do not know their place yet
	var group int32
	for i := range items {
		it := &items[i]
		if it.out != "" || it.meta {
			if it.out != "" {
				a.Removed = append(a.Removed, news.Removed{Kind: it.out, Text: it.text, Rule: it.rule})
				waiting++
			}
			continue
		}
		kind := it.kind()
		if n := len(a.Blocks); n > 0 && it.group != 0 && it.group == group && a.Blocks[n-1].Kind == kind {
			b.WriteByte('\n')
			place(a, &waiting, b.Len())
			b.WriteString(it.text)
			a.Blocks[n-1].End = b.Len()
			continue
		}
		group = it.group
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		place(a, &waiting, b.Len())
		a.Blocks = append(a.Blocks, news.Block{Span: news.Span{Start: b.Len(), End: b.Len() + len(it.text)}, Kind: kind})
		b.WriteString(it.text)
	}
	place(a, &waiting, b.Len())
	a.Text = b.String()
}

func place(a *news.Article, waiting *int, at int) {
	for n := len(a.Removed); *waiting > 0; *waiting-- {
		a.Removed[n-*waiting].Before = at
	}
}

// kind gives an item's role in the text.
func (it *item) kind() news.BlockKind {
	switch {
	case it.role.is(isHeading) && it.chars < 300:
		return news.Heading
	case it.role == tagTr:
		return news.Table
	case it.group != 0:
		return news.List
	case it.flags&inQuote != 0:
		return news.Quote
	case it.role != tagP && it.bold > 0.99 && it.chars < 80 && it.ends == 0 && utf8.RuneCountInString(it.text) < 100:
		return news.Heading
	}
	return news.Paragraph
}
