package entity

import (
	"strings"

	"marsad/news"
	"marsad/text"
)

// In a script without spaces an organization ends in the word for what it is. Where its name begins is shown by the text: by saying it
// twice with something else before it, or by beginning a paragraph with it.

const (
	longestBefore  = 8 // characters before the word for an organization
	shortestBefore = 2
)

// bySuffixes proposes the organizations that end in a word for one: 鹭岛海洋研究所.
func (f *finder) bySuffixes() {
	if f.doc.Pack.Entity == nil || f.doc.Pack.Entity.Sounds == "" {
		return
	}
	for i, t := range f.doc.Tokens {
		if t.Kind != text.Ideo || f.taken[i] != 0 {
			continue
		}
		if n := f.suffixAt(i); n > 0 {
			if from := f.beginningOf(i, i+n); from < i {
				f.propose(from, i+n, news.Org, "head", 0.45)
			}
		}
	}
}

// suffixAt gives the length of the longest word for an organization that begins at token i, 0 for none.
func (f *finder) suffixAt(i int) int {
	for n := 4; n >= 2; n-- {
		if i+n <= len(f.doc.Tokens) && f.lore.heads[f.key1(i, i+n)] {
			return n
		}
	}
	return 0
}

// beginningOf gives the token at which the organization that ends at token to begins, i where nothing shows it.
func (f *finder) beginningOf(i, to int) int {
	least := i
	for least > 0 && i-least < longestBefore && f.nameCharacter(least-1) && !f.newline(least) {
		least--
	}
	for from := least; i-from >= shortestBefore; from++ {
		words := f.doc.Text[f.doc.Tokens[from].Start:f.doc.Tokens[to-1].End]
		if strings.Count(f.doc.Text, words) >= 2 && !f.alwaysPreceded(from, words) {
			return from
		}
	}
	if from := f.placeBeforeOrg(least); from < least && (i-least >= shortestBefore || to-i > 2 && strings.Contains("会院局社會", f.doc.Tokens[to-1].Norm)) {
		f.absorb(from, least)
		return from
	}
	if i-least < shortestBefore || i-least >= longestBefore {
		return i
	}
	if (least == 0 || f.newline(least)) && f.saysAt(to) {
		return least
	}
	if n := i - least; n >= 4 && f.clauseOpens(least) && (f.saysAt(to) || to < len(f.doc.Tokens) && f.inTitle(to)) {
		return least
	}
	return i
}

// placeBeforeOrg gives the token at which the place begins that ends right before token i, i where there is none: 苏丹红新月会.
func (f *finder) placeBeforeOrg(i int) int {
	if i == 0 || f.newline(i) {
		return i
	}
	if k := f.taken[i-1] - 1; k >= 0 && f.found[k].Kind == news.Place && f.found[k].to == i {
		return f.found[k].from
	}
	return i
}

// clauseOpens tells whether a mark or a verb of accusing and the like stands right before token i.
func (f *finder) clauseOpens(i int) bool {
	return i == 0 || f.newline(i) || f.doc.Tokens[i-1].Kind == text.Mark && !f.dot(i-1) || i > 1 && f.lore.does[f.key1(i-2, i)]
}

// alwaysPreceded tells whether the same character stands before every occurrence of the words, so that they are cut short.
func (f *finder) alwaysPreceded(from int, words string) bool {
	if from == 0 || !f.nameCharacter(from-1) || f.newline(from) {
		return false
	}
	before := f.doc.Text[f.doc.Tokens[from-1].Start:f.doc.Tokens[from-1].End]
	return strings.Count(f.doc.Text, before+words) == strings.Count(f.doc.Text, words)
}

// nameCharacter tells whether token i is a character of nothing known that can stand in an organization's name.
func (f *finder) nameCharacter(i int) bool {
	t := f.doc.Tokens[i]
	return t.Kind == text.Ideo && f.taken[i] == 0 && !f.inTitle(i) && !strings.Contains(f.doc.Pack.Entity.Bounds, t.Norm)
}
