package entity

import (
	"strings"

	"marsad/news"
	"marsad/text"
)

// uncased proposes what a text in a script without capitals says more than once: the last word alone of a person proposed, and the
// same words after a word for an organization.
func (f *finder) uncased() {
	f.onceMore()
	f.headsTwice()
}

// onceMore finds the people proposed by two words or more by the last of them, later in the text.
func (f *finder) onceMore() {
	people := map[string]int{}
	for k := range f.found {
		if x := &f.found[k]; x.ref.table == nil && x.Kind == news.Person && x.to-x.from >= 2 && f.familyAlone(f.doc.Tokens[x.to-1]) {
			people[f.doc.Tokens[x.to-1].Norm] = k
		}
	}
	if len(people) == 0 {
		return
	}
	for i, t := range f.doc.Tokens {
		if f.taken[i] != 0 || t.Kind != text.Word || cased(t) {
			continue
		}
		for _, fm := range f.readings(i) {
			if k, ok := people[fm.norm]; ok && i >= f.found[k].to && fm.how != ending {
				f.note(i, i+1, f.front(t, fm), found{Mention: news.Mention{Kind: news.Person, Name: f.found[k].Name, Score: 0.4, Rule: "surname"}})
				break
			}
		}
	}
}

// familyAlone tells whether a word can stand for a person in a script without capitals: no word of the language, no adjective of a
// place, which look alike with the article.
func (f *finder) familyAlone(t text.Token) bool {
	return t.Kind == text.Word && !cased(t) && runes(t.Norm) >= 4 && !strings.HasPrefix(t.Norm, "ال") && !f.lore.common[t.Norm] && !f.lore.verbs[t.Norm] &&
		!f.kindWord2(t) && f.lore.demonyms[t.Norm] == ""
}

func (f *finder) kindWord2(t text.Token) bool { return f.lore.heads[t.Norm] || f.lore.place[t.Norm] }

// headsTwice proposes an organization where a word for one is followed by the same two words at least twice, the last of them
// definite: رابطة موانئ المشرق.
func (f *finder) headsTwice() {
	at := map[string][]int{}
	for i := range f.doc.Tokens {
		if t := f.doc.Tokens[i]; t.Kind == text.Word && !cased(t) && f.taken[i] == 0 && f.kindWord(i, f.lore.heads) && f.plainWords(i+1, i+3) {
			key := f.key(i+1, i+3)
			at[key] = append(at[key], i)
		}
	}
	for _, key := range sorted(at) {
		if len(at[key]) < 2 {
			continue
		}
		for _, i := range at[key] {
			f.propose(i, i+3, news.Org, "twice", 0.4)
		}
	}
}

// plainWords tells whether the tokens are words of the text's script, the last definite, and none reports, is a title or known.
func (f *finder) plainWords(from, to int) bool {
	if to > len(f.doc.Tokens) || !strings.HasPrefix(f.doc.Tokens[to-1].Norm, "ال") {
		return false
	}
	for i := from; i < to; i++ {
		t := f.doc.Tokens[i]
		if t.Kind != text.Word || cased(t) || f.newline(i) || f.taken[i] != 0 || f.lore.verbs[t.Norm] || f.lore.small[t.Norm] || f.inTitle(i) {
			return false
		}
	}
	return true
}
