package page

import (
	"strings"
	"unicode/utf8"

	"marsad/news"
)

// Pages that hold their text elsewhere than in the elements that a browser shows without scripts: in JSON-LD, in the state that
// a script unpacks, in noscript. They are asked only where the elements gave little.
const (
	littleText = 350 // letters: a page that gave fewer is asked again
	enoughText = 250 // letters: what another place must hold to count
)

// elsewhere gives the items of the place that holds most text, nil where no place holds clearly more than got letters.
func (r *reading) elsewhere(got int) []item {
	if got >= littleText {
		return nil
	}
	lex := r.scene.lex
	best, most := []item(nil), max(enoughText, 2*got)
	try := func(items []item) {
		n := 0
		for i := range items {
			n += items[i].chars
		}
		if n > most {
			best, most = items, n
		}
	}
	try(r.noscript())
	try(r.templates())
	try(itemsOf(r.ld.body, lex))
	for _, at := range r.head.states {
		if s := r.tree.nodes[at].text; len(s) > enoughText {
			try(stateItems(parseJSON(s), lex))
		}
	}
	for _, at := range r.head.codes {
		for _, v := range assigned(r.tree.nodes[at].text) {
			try(stateItems(v, lex))
		}
	}
	return best
}

// templates gives the words of template elements, which a script puts on the page.
func (r *reading) templates() []item {
	var out []item
	for at := range r.tree.nodes {
		if r.tree.nodes[at].tag == tagTemplate {
			sub := r.scene.sub()
			sub.children(int32(at))
			sub.flush()
			out = append(out, itemsOfWalk(&sub, r.scene.lex)...)
		}
	}
	return out
}

// noscript gives the prose that stands in noscript elements.
func (r *reading) noscript() []item {
	var out []item
	for i := range r.scene.blocks {
		b := &r.scene.blocks[i]
		if b.flags&inNoscript == 0 || !b.isProse() {
			continue
		}
		it := item{text: r.scene.of(b), chars: b.chars, ends: b.ends, role: tagP, at: b.at, block: -1}
		it.read(r.scene.lex)
		out = append(out, it)
	}
	return out
}

// itemsOf takes a string apart that should be an article: as markup where it has any, as plain text otherwise.
func itemsOf(s string, lex *lexicon) []item {
	if len(s) < enoughText {
		return nil
	}
	if !strings.Contains(s, "</") && !strings.Contains(s, "<br") && !strings.Contains(s, "<p>") {
		return plainItems(s, lex)
	}
	return itemsOfWalk(walkTree(parse(s)), lex)
}

// itemsOfWalk gives the blocks of a walk that no scene judges: all but captions, buttons and lone links.
func itemsOfWalk(w *walk, lex *lexicon) []item {
	var out []item
	for i := range w.blocks {
		b := &w.blocks[i]
		links := float32(b.links) / float32(b.end-b.start)
		if links > 0.8 || b.flags&(inFigcaption|inControl|inLifted) != 0 {
			continue
		}
		it := item{text: w.text.String()[b.start:b.end], chars: b.chars, ends: b.ends, role: w.tree.nodes[b.at].tag, links: links, block: -1}
		it.read(lex)
		out = append(out, it)
	}
	return out
}

// stringProse tells whether a string reads like running text and not like code, an address or a name.
func stringProse(s string) bool {
	if len(s) < 40 || strings.HasPrefix(s, "http") || strings.HasPrefix(s, "{") {
		return false
	}
	head := s[:min(len(s), 400)]
	spaces := strings.Count(head, " ")
	if strings.ContainsAny(head, "{}=;") && !strings.Contains(head, "<") {
		return false
	}
	wide := 0
	for i := 0; i < len(head); i++ {
		if head[i] >= 0xE0 {
			wide++
		}
	}
	return spaces*12 > utf8.RuneCountInString(head) || wide*4 > len(head)
}

// readElsewhere replaces the items of a page that gave little text by those of another place.
func (r *reading) readElsewhere(a *news.Article, items []item) []item {
	got := 0
	for i := range items {
		if items[i].stays() {
			got += items[i].chars
		}
	}
	more := r.elsewhere(got)
	if more == nil {
		return items
	}
	r.moved = true
	judge(more, a.Headline, r.scene.lex)
	for i := range items { // what the elements held is accounted for, but is no text of its own
		if items[i].stays() {
			items[i].drop(news.Boilerplate, "told-elsewhere")
		}
	}
	return append(items, more...)
}
