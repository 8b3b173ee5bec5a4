package sqlite

import (
	"strings"

	"marsad/news"
	"marsad/text"
)

// Beside an article's words the index holds whom it names, so that who:, org:, where:, speaker: and denies: need not read every
// article: each entity under its id, each word of a name under the word. The mark keeps them apart from words of the text.
const (
	entityMark = "e~"
	nameMark   = "n~"
)

// named gives the words that an article's names add to its index, each with a space before it.
func named(a news.Article, n news.Analysis) string {
	var b strings.Builder
	seen := map[string]bool{}
	add := func(mark, word string) {
		if w := mark + word; word != "" && !seen[w] {
			seen[w] = true
			b.WriteString(" " + w)
		}
	}
	actor := func(v *news.Actor) {
		if v == nil {
			return
		}
		add(entityMark, v.Entity)
		for _, w := range wordsOf(a.Text[v.Start:v.End]) {
			add(nameMark, w)
		}
	}
	for _, m := range n.Mentions {
		add(entityMark, m.Entity)
		for _, w := range wordsOf(m.Name + " " + a.Text[m.Start:m.End]) {
			add(nameMark, w)
		}
	}
	for _, q := range n.Quotations {
		actor(q.Speaker)
	}
	for _, c := range n.Claims {
		actor(c.Claimant)
	}
	return b.String()
}

// wordsOf cuts a name as package match compares it.
func wordsOf(name string) []string { return strings.Fields(text.Normalize(name)) }

// naming asks for an article that names somebody: by one of the entities that the name may mean, or by the name's words.
func (c *compiler) naming(name string) string {
	var any []string
	if c.names != nil {
		for _, id := range c.names.IDs(name) {
			any = append(any, quoted(entityMark+id))
		}
	}
	var words []string
	for _, w := range wordsOf(name) {
		words = append(words, quoted(nameMark+w))
	}
	if len(words) > 0 {
		any = append(any, parenthesised(words, " AND "))
	}
	return parenthesised(any, " OR ")
}
