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
	try(itemsOf(r.ld.body, lex))
	for _, at := range r.head.states {
		if s := r.tree.nodes[at].text; len(s) > enoughText {
			try(stateItems(parseJSON(s), lex))
		}
	}
	return best
}

// noscript gives the prose that stands in noscript elements.
func (r *reading) noscript() []item {
	var out []item
	for i := range r.scene.blocks {
		b := &r.scene.blocks[i]
		if b.flags&inNoscript == 0 || !b.isProse() {
			continue
		}
		it := item{text: r.scene.of(b), chars: b.chars, ends: int(b.ends), role: tagP, at: b.at, block: -1}
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
	w := walkTree(parse(s))
	var out []item
	for i := range w.blocks {
		b := &w.blocks[i]
		it := item{text: w.of(b), chars: b.chars, ends: int(b.ends), role: w.tree.nodes[b.at].tag, block: -1}
		it.links = float64(b.links) / float64(b.end-b.start)
		if it.links > 0.8 || b.flags&(inFigcaption|inControl) != 0 {
			continue
		}
		it.read(lex)
		out = append(out, it)
	}
	return out
}

// stateItems finds the text in a page's state: the longest string of prose, or the array whose members hold most of it.
func stateItems(v value, lex *lexicon) []item {
	s := stateSearch{}
	s.visit(v, 0)
	if len(s.text) >= s.size {
		return itemsOf(s.text, lex)
	}
	return itemsOf(strings.Join(s.parts, "\n\n"), lex)
}

type stateSearch struct {
	text    string   // the longest string of prose
	parts   []string // the strings of prose in the members of the richest array
	size    int      // bytes of parts
	visited int
}

func (s *stateSearch) visit(v value, depth int) {
	if s.visited++; s.visited > 200000 || depth > maxJSONDepth {
		return
	}
	switch v.kind {
	case 's':
		if len(v.raw) > len(s.text) && stringProse(v.raw) {
			if t := v.text(); stringProse(t) {
				s.text = t
			}
		}
	case 'a':
		s.array(v)
		fallthrough
	case 'o':
		for i := range v.vals {
			s.visit(v.vals[i], depth+1)
		}
	}
}

// array sums the prose that the members of an array hold.
func (s *stateSearch) array(v value) {
	var parts []string
	size := 0
	for _, m := range v.vals {
		if t := memberText(m, 0); t != "" {
			parts = append(parts, t)
			size += len(t)
		}
	}
	if len(parts) > 1 && size > s.size {
		s.parts, s.size = parts, size
	}
}

// memberText gives the words of one paragraph in a page's state.
func memberText(v value, depth int) string {
	if v.kind == 's' {
		if t := v.text(); stringProse(t) {
			return stripTags(t)
		}
		return ""
	}
	if depth > 2 || v.kind != 'o' {
		return ""
	}
	for _, key := range [...]string{"text", "content", "html", "value", "body", "markup", "paragraph", "data", "model", "attributes"} {
		if t := memberText(v.get(key), depth+1); t != "" {
			return t
		}
	}
	return ""
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
