package story

import (
	"strings"

	"marsad/lang/pack"
	"marsad/text"
)

// lore is what the window knows of a language, ready to be asked.
type lore struct {
	common   map[string]bool // words that tell nothing
	flash    map[string]bool
	takes    map[string]bool // words that take something back
	scale    map[string]int
	nth      map[string]int  // ordinals in words
	begins   map[string]bool // what the first word of such an ordinal may be: all that one begins with
	text     *pack.Text
	calendar map[string]bool // days of the week, months
	*lexicon
}

// loreOf makes the lore of a pack once.
func (w *Window) loreOf(p *pack.Pack) *lore {
	if l, ok := w.lore[p.Lang]; ok {
		return l
	}
	l := newLore(p)
	w.lore[strings.Clone(p.Lang)] = l
	return l
}

func newLore(p *pack.Pack) *lore {
	l := &lore{common: map[string]bool{}, flash: map[string]bool{}, takes: map[string]bool{}, scale: map[string]int{}, nth: map[string]int{}, begins: map[string]bool{}, text: p.Text, calendar: calendarOf(p), lexicon: newLexicon(p)}
	if s := p.Story; s != nil {
		for _, c := range s.Common {
			l.common[text.Normalize(c)] = true
		}
		for _, f := range s.Flash {
			l.flash[text.Normalize(f)] = true
		}
		for _, c := range s.Correction {
			l.takes[text.Normalize(c)] = true
		}
		for words, n := range s.Nth {
			words = text.Normalize(words)
			l.nth[words] = n
			for i := range words {
				l.begins[words[:i]] = true
			}
			l.begins[words] = true
		}
		for word, power := range s.Scale {
			l.scale[text.Normalize(word)] = power
		}
	}
	return l
}
