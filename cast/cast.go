// Package cast finds who is who in the articles of one story: a person whom no list knows, and whom they name in several scripts, in
// full or by the family name alone, is one person. Beyond the story it says nothing: that names sound alike is evidence only among a
// few people.
package cast

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/entity"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// Person is somebody whom a story's articles name, in all the ways in which they do.
type Person struct {
	Entity string        // where it is known who that is
	Names  []WrittenName // in the order in which they came, each once a language
	At     []Place       // where they are named
}

// Place is a place in an article.
type Place struct {
	Article int64
	news.Span
}

// WrittenName is a name as an article writes it. Known tells that a list said whose it is, not its sound.
type WrittenName struct {
	Words, Lang string
	Known       bool
}

// In gives the fullest name in a language, "" where no article in it names the person.
func (p *Person) In(lang string) (words string) {
	for _, n := range p.Names {
		if n.Lang == lang && len(strings.Fields(n.Words)) > len(strings.Fields(words)) {
			words = n.Words
		}
	}
	return words
}

// Fullest gives the first of the names with the most words.
func (p *Person) Fullest() (out WrittenName) {
	for _, n := range p.Names {
		if len(strings.Fields(n.Words)) > len(strings.Fields(out.Words)) {
			out = n
		}
	}
	return out
}

// Cast is the people of a story. Two full names are one person's by their sounds (entity.Same) unless an article gives both; a word
// alone joins the one person who bears it, and nobody where two do.
type Cast struct {
	people []*Person
	parts  map[int64][]part // by article, in the order of the text
}

// part is a place in an article where somebody is named.
type part struct {
	news.Span
	person int
}

// Entry is an article with what was understood of it.
type Entry struct {
	Article  news.Article
	Analysis news.Analysis
}

// Of finds the cast of a story's articles: of its people's names, and of whoever speaks or claims under a name.
func Of(entries []Entry) *Cast {
	c := casting{at: map[string]int{}}
	for i := range entries {
		c.read(&entries[i])
	}
	c.joinFull()
	c.joinParts()
	return c.cast()
}

// People gives everybody, in the order in which they are named first.
func (c *Cast) People() []*Person { return c.people }

// Person gives who is named at a place of an article, nil where that is nobody, or more than one.
func (c *Cast) Person(article int64, at news.Span) *Person {
	found := -1
	for _, p := range c.parts[article] {
		if p.Start < at.End && p.End > at.Start {
			if found >= 0 && found != p.person {
				return nil
			}
			found = p.person
		}
	}
	if found < 0 {
		return nil
	}
	return c.people[found]
}

// Actor gives who an actor is: by the words themselves, or by where the text names them.
func (c *Cast) Actor(article int64, who *news.Actor) *Person {
	if who.Named != nil {
		return c.Person(article, *who.Named)
	}
	return c.Person(article, who.Span)
}

// name is one way to write one person.
type name struct {
	WrittenName
	entity   string
	words    []string   // in normal form
	keys     [][]string // by word: its consonants, see entity.Keys
	script   text.Script
	chinese  bool // in the Chinese way, family name first: read by pinyin, not by how it sounds
	articles []int64
	parent   int // in the order of names; itself where it stands for its person
}

func (n *name) full() bool { return len(n.words) > 1 || n.chinese }

// write sets how a name is written.
func (n *name) write(w WrittenName, norm []string) {
	n.WrittenName, n.words, n.script, n.keys = w, norm, scriptOf(w.Words), nil
	if _, _, ok := entity.Pinyin(w.Words); ok {
		n.chinese = true
	}
	written := split(w.Words) // an alef with its hamza is no article
	if len(written) != len(norm) {
		written = norm
	}
	for _, w := range written {
		n.keys = append(n.keys, entity.Keys(w))
	}
}

func split(words string) []string {
	return strings.FieldsFunc(words, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
}

// casting is a cast while it is being put together.
type casting struct {
	names []name
	at    map[string]int // by entity, or by language and words
	parts []casted
}

// casted is a part that was found, with the name that it bears.
type casted struct {
	article int64
	news.Span
	name int
}

// read notes the names of one article.
func (c *casting) read(e *Entry) {
	a := &e.Article
	for _, m := range e.Analysis.Mentions {
		if m.Kind == news.Person && within(a, m.Span) {
			words := m.Name
			if words == "" || m.Known {
				words = a.Text[m.Start:m.End]
			}
			c.note(a, m.Span, m.Entity, words)
		}
	}
	for _, q := range e.Analysis.Quotations {
		c.actor(a, e.Analysis.Mentions, q.Speaker)
	}
	for _, k := range e.Analysis.Claims {
		c.actor(a, e.Analysis.Mentions, k.Claimant)
	}
}

func within(a *news.Article, s news.Span) bool {
	return s.Start >= 0 && s.Start < s.End && s.End <= len(a.Text)
}

// actor notes whoever acts under a word that is no mention: a family name that the article gives nowhere in full.
func (c *casting) actor(a *news.Article, named []news.Mention, who *news.Actor) {
	if who == nil || who.Named != nil || !within(a, who.Span) {
		return
	}
	for _, m := range named {
		if m.Start < who.End && m.End > who.Start {
			return
		}
	}
	words := a.Text[who.Start:who.End]
	if p := pack.For(a.Lang).Clause; p != nil && slices.Contains(p.Pronouns, text.Normalize(words)) {
		return
	}
	if r, _ := utf8.DecodeRuneInString(words); unicode.IsUpper(r) && len(strings.Fields(words)) <= 2 {
		c.note(a, who.Span, who.Entity, words)
	}
}

// note keeps a name and its place.
func (c *casting) note(a *news.Article, at news.Span, id, words string) {
	norm := split(text.Plain(text.Normalize(words)))
	if len(norm) == 0 {
		return
	}
	key := cmp.Or(id, a.Lang+" "+strings.Join(norm, " "))
	i, ok := c.at[key]
	if !ok {
		i = len(c.names)
		c.at[key] = i
		c.names = append(c.names, name{entity: id, parent: i})
	}
	n := &c.names[i]
	if len(norm) > len(n.words) {
		n.write(WrittenName{words, a.Lang, id != ""}, norm)
	}
	if !slices.Contains(n.articles, a.ID) {
		n.articles = append(n.articles, a.ID)
	}
	c.parts = append(c.parts, casted{a.ID, at, i})
}
