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
		if f.taken[i] != 0 || t.Kind != text.Word || cased(t) || i == 0 || f.newline(i) || f.lore.particle[t.Norm] || !f.givenWord(i) && !f.calledBy(i) {
			continue
		}
		_, to := f.grow(i, i+1)
		if !f.introduced(i) && !(to-i >= 2 && f.toldAfter(to)) {
			continue
		}
		if to = f.relation(to); to == i+1 && to < len(f.doc.Tokens) && !f.newline(to) && f.lore.demonyms[f.doc.Tokens[to].Norm] != "" && f.definiteWord(to) && f.ends(to+1) && f.taken[to] == 0 {
			to++ // سعيد المغربي
		}
		if to == i+1 && to < len(f.doc.Tokens) && f.ownWord(to) && runes(f.doc.Tokens[to].Norm) >= 4 && !f.newline(to) && f.ends(to+1) {
			to++
		}
		if to-i >= 2 && !f.behindKind(i, to) {
			f.propose(i, to, news.Person, "said", 0.45)
		}
	}
}

// pairs proposes two words side by side that people are called by: a given name and a given or family name, منى الخطيب.
func (f *finder) pairs() {
	for i := 0; i+1 < len(f.doc.Tokens); i++ {
		t := f.doc.Tokens[i]
		if f.taken[i] != 0 || t.Kind != text.Word || cased(t) || f.newline(i+1) || f.lore.particle[t.Norm] || !f.bornAs(i) || !f.bornAs(i+1) && !f.familyWord(i+1) {
			continue
		}
		from, to := f.grow(i, i+2)
		to = f.relation(to)
		if !f.behindKind(from, to) {
			f.propose(from, to, news.Person, "pair", 0.4)
		}
	}
}

// relation adds a family name that no list knows behind a name: a word with an article whose ending makes an adjective of it (الجفيري) or
// that a mark follows, any word before a title (محمد مجدي قبيصي محافظ), and the house of آل ثاني.
func (f *finder) relation(to int) int {
	if to >= len(f.doc.Tokens) || f.newline(to) {
		return to
	}
	t := f.doc.Tokens[to]
	if word := f.doc.Text[t.Start:t.End]; word == "آل" && to+1 < len(f.doc.Tokens) && f.doc.Tokens[to+1].Kind == text.Word && !f.newline(to+1) {
		return to + 2
	}
	if !f.ownWord(to) || runes(t.Norm) < 4 || f.lore.particle[f.doc.Tokens[to-1].Norm] {
		return to
	}
	last := to+1 >= len(f.doc.Tokens) || f.doc.Tokens[to+1].Kind == text.Mark
	related := strings.HasSuffix(f.doc.Text[t.Start:t.End], "ي") && runes(t.Norm) > 4
	if f.definiteWord(to) && (related || last) || !last && (f.inTitle(to+1) || f.lore.office[f.doc.Tokens[to+1].Norm]) && !f.newline(to+1) && t.Script == text.Arabic {
		return to + 1
	}
	return to
}

// beforeVerbs proposes a given name and a word that no list knows right before a verb of saying or the like, or before a comma and a
// title: שרה גולדמן האשימה, رضا پناهی، مدیر.
func (f *finder) beforeVerbs() {
	for i := 0; i+2 < len(f.doc.Tokens); i++ {
		t := f.doc.Tokens[i]
		if f.taken[i] != 0 || t.Kind != text.Word || cased(t) || t.Script == text.Hangul || f.newline(i+1) || f.lore.particle[t.Norm] || !f.bornAs(i) {
			continue
		}
		if f.ownWord(i+1) && runes(f.doc.Tokens[i+1].Norm) >= 4 && !f.newline(i+2) && f.toldAfter(i+2) && !f.behindKind(i, i+2) {
			f.propose(i, i+2, news.Person, "said", 0.4)
		}
	}
}

// bornAs tells whether token i is a given name and no more is known of it.
func (f *finder) bornAs(i int) bool {
	n := f.doc.Tokens[i].Norm
	return f.ownWord(i) && runes(n) >= 3 && (isNameWord(n) || listedIn(uncasedNames, n))
}

// calledBy tells whether token i is a rarer given name, right behind a title, a courtesy or a verb of saying: قالت نجاة المبروكية.
func (f *finder) calledBy(i int) bool {
	return i > 0 && f.ownWord(i) && listedIn(uncasedNames, f.doc.Tokens[i].Norm) && (f.titled(i) != nil || f.does(i-1) || f.kindWord(i-1, f.lore.courtesy))
}

// introduced tells whether a title, a courtesy or a verb of saying stands before token i, a title also with one word for whose it is.
func (f *finder) introduced(i int) bool {
	if f.titled(i) != nil || f.does(i-1) || f.kindWord(i-1, f.lore.courtesy) {
		return true
	}
	return i > 1 && f.ownWord(i-1) && f.titled(i-1) != nil && !f.newline(i-1)
}

// does tells whether token i is a verb of saying, judging, accusing or the like, or names a source: بحسب.
func (f *finder) does(i int) bool {
	return f.kindWord(i, f.lore.does) || f.kindWord(i, f.lore.source)
}

// toldAfter tells whether what stands behind a name says that it is a person's: a verb of saying, a comma and a title.
func (f *finder) toldAfter(to int) bool {
	if f.speaks(to) || to < len(f.doc.Tokens) && f.lore.does[f.doc.Tokens[to].Norm] || to+1 < len(f.doc.Tokens) && f.lore.does[f.doc.Tokens[to].Norm+" "+f.doc.Tokens[to+1].Norm] {
		return true
	}
	if to+1 >= len(f.doc.Tokens) || !f.mark(to, ",") && !f.mark(to, "،") {
		return false
	}
	return f.inTitle(to+1) || f.lore.office[f.doc.Tokens[to+1].Norm] || to+2 < len(f.doc.Tokens) && f.inTitle(to+2)
}

// nameThenTitle proposes, where a title follows the name, a word of a family name and one or two syllables before it: 김민수 교수.
func (f *finder) nameThenTitle() {
	if f.doc.Pack.Entity == nil || len(f.lore.surname) == 0 {
		return
	}
	for i := 0; i+1 < len(f.doc.Tokens); i++ {
		t := f.doc.Tokens[i]
		if t.Script != text.Hangul || f.taken[i] != 0 || f.newline(i+1) || f.inTitle(i) || f.lore.common[t.Norm] || f.kindWord2(t) {
			continue
		}
		syllables := []rune(t.Norm)
		if n := len(syllables); n < 2 || n > 4 || !f.lore.surname[string(syllables[:1])] || n == 2 && !f.kindWord(i+1, f.lore.courtesy) {
			continue
		}
		if f.inTitle(i+1) || f.kindWord(i+1, f.lore.courtesy) {
			f.propose(i, i+1, news.Person, "title", 0.45)
		}
	}
}

// ends tells whether a name cannot go on at token i: a mark, a short word, a title, a verb of saying, the end of the sentence.
func (f *finder) ends(i int) bool {
	if i >= len(f.doc.Tokens) || f.newline(i) {
		return true
	}
	t := f.doc.Tokens[i]
	return t.Kind == text.Mark || f.lore.small[t.Norm] || f.lore.locative[t.Norm] || f.inTitle(i) || f.does(i) || f.kindWord2(t) || f.lore.heads[strings.TrimPrefix(t.Norm, "ال")] || runes(t.Norm) <= 2
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
