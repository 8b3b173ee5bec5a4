package entity

import (
	"strings"

	"marsad/news"
	"marsad/text"
)

// saidBy proposes, in scripts without capitals, the name that stands behind a verb of saying, a title or a courtesy and begins with a
// word of many people's names: قالت نرمين أويارل، الدكتورة بديعة اللمتوني.
func (f *finder) saidBy() {
	for i := range f.doc.Tokens {
		t := f.doc.Tokens[i]
		if f.taken[i] != 0 || t.Kind != text.Word || cased(t) || i == 0 || f.newline(i) || f.lore.particle[t.Norm] || !f.givenWord(i) {
			continue
		}
		title := f.titled(i)
		if title == nil && !f.kindWord(i-1, f.lore.verbs) && !f.kindWord(i-1, f.lore.courtesy) {
			continue
		}
		_, to := f.grow(i, i+1)
		if to == i+1 && to < len(f.doc.Tokens) && f.ownWord(to) && runes(f.doc.Tokens[to].Norm) >= 4 && !f.newline(to) && f.ends(to+1) {
			to++
		}
		if to-i >= 2 && !f.behindKind(i, to) {
			f.propose(i, to, news.Person, "said", 0.45)
		}
	}
}

// ends tells whether a name cannot go on at token i: a mark, a short word, a title, a verb of saying, the end of the sentence.
func (f *finder) ends(i int) bool {
	if i >= len(f.doc.Tokens) || f.newline(i) {
		return true
	}
	t := f.doc.Tokens[i]
	return t.Kind == text.Mark || f.lore.small[t.Norm] || f.lore.locative[t.Norm] || f.inTitle(i) || f.kindWord(i, f.lore.verbs) || runes(t.Norm) <= 2
}

// definiteLater tells whether the text later speaks of the organization by its kind alone, with an article: الرابطة after رابطة موانئ المشرق.
func (f *finder) definiteLater(i int) bool {
	for _, fm := range f.readings(i) {
		if !f.lore.heads[fm.norm] {
			continue
		}
		for k := i + 3; k < len(f.doc.Tokens); k++ {
			for _, later := range f.readings(k) {
				if rest, ok := strings.CutPrefix(later.norm, "ال"); ok && rest == fm.norm {
					return true
				}
			}
		}
	}
	return false
}
