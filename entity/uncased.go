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
	f.ideographs()
	f.bySuffixes()
}

// onceMore finds the people proposed by two words or more by the last of them, later in the text, where it is a person by itself
// too at some place.
func (f *finder) onceMore() {
	people, alone := map[string]int{}, map[string]bool{}
	for k := range f.found {
		if x := &f.found[k]; x.Kind == news.Person && x.to-x.from == 1 {
			alone[f.normFrom(x)] = true
		}
	}
	for k := range f.found {
		x := &f.found[k]
		if last := f.doc.Tokens[x.to-1]; x.ref.table == nil && x.Kind == news.Person && x.to-x.from >= 2 && f.familyAlone(last) && alone[last.Norm] {
			people[last.Norm] = k
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
			if k, ok := people[fm.norm]; ok && i >= f.found[k].to && fm.how != ending && !f.articled(t, fm) {
				f.note(i, i+1, f.front(t, fm), found{Mention: news.Mention{Kind: news.Person, Name: f.found[k].Name, Score: 0.4, Rule: "surname"}})
				break
			}
		}
	}
}

// articled tells whether what a form leaves out in front holds the article.
func (f *finder) articled(t text.Token, fm form) bool {
	return fm.how == clitic && strings.HasSuffix(strings.TrimSuffix(t.Norm, fm.norm), "ل") && len(t.Norm)-len(fm.norm) > len("ل")
}

func (f *finder) normFrom(x *found) string { return text.Normalize(f.doc.Text[x.Start:x.End]) }

// familyAlone tells whether a word can stand for a person in a script without capitals: no word of the language, no adjective of a
// place, which look alike with the article.
func (f *finder) familyAlone(t text.Token) bool {
	return t.Kind == text.Word && !cased(t) && runes(t.Norm) >= 4 && !strings.HasPrefix(t.Norm, "ال") && !f.lore.common[t.Norm] && !f.lore.verbs[t.Norm] &&
		!f.kindWord2(t) && f.lore.demonyms[t.Norm] == ""
}

func (f *finder) kindWord2(t text.Token) bool { return f.lore.heads[t.Norm] || f.lore.place[t.Norm] }

// headsTwice proposes an organization where a word for one is followed by the same two words at least twice, the last of them
// definite: رابطة موانئ المشرق; or once, where the text then speaks of the association alone.
func (f *finder) headsTwice() {
	at, bare := map[string][]int{}, map[string]bool{}
	for i := range f.doc.Tokens {
		t := f.doc.Tokens[i]
		if t.Kind != text.Word || cased(t) || f.taken[i] != 0 || !f.headOf(i) {
			continue
		}
		if definite := f.plainWords(i+1, i+3); definite || f.bareWords(i+1, i+3) {
			key := f.key(i+1, i+3)
			at[key] = append(at[key], i)
			bare[key] = !definite
		}
	}
	for _, key := range sorted(at) {
		if len(at[key]) < 2 && (bare[key] || !f.definiteLater(at[key][0])) {
			continue
		}
		for _, i := range at[key] {
			if f.propose(i, i+3, news.Org, "twice", 0.4) {
				f.cutFront(i)
			}
		}
	}
}

// namedBehind proposes an organization by a word for one that is hardly ever used without a name, and the words with an article behind it:
// صحيفة الفجر, معهد الدراسات الاستراتيجية, شركة الأفق للاتصالات.
func (f *finder) namedBehind() {
	if len(f.lore.namer) == 0 {
		return
	}
	for i, t := range f.doc.Tokens {
		if t.Kind != text.Word || cased(t) || f.taken[i] != 0 || i+1 >= len(f.doc.Tokens) {
			continue
		}
		least := 0
		for _, fm := range f.readings(i) {
			if n := f.lore.namer[fm.norm]; n > 0 && !f.articled(t, fm) {
				least = n
			}
		}
		if least == 0 {
			continue
		}
		if to := f.definiteRun(i + 1); to-i-1 >= least && f.propose(i, to, news.Org, "named", 0.4) {
			f.cutFront(i)
		}
	}
}

// definiteRun gives the end of a run from token i on of words that name: one without an article at most, then some with one, then
// perhaps what they are for (للاتصالات); i where there are none with an article.
func (f *finder) definiteRun(i int) int {
	names := func(k int) bool {
		return k < len(f.doc.Tokens) && !f.newline(k) && f.ownWord(k) && !f.lore.time[f.doc.Tokens[k].Norm]
	}
	k, mixed := i, false
	if names(k) && !f.definiteWord(k) && runes(f.doc.Tokens[k].Norm) >= 4 && !strings.HasPrefix(f.doc.Tokens[k].Norm, "لل") && names(k+1) && f.definiteWord(k+1) {
		k, mixed = k+1, true
	}
	if !names(k) || !f.definiteWord(k) {
		return i
	}
	for k++; k < i+4 && names(k) && f.definiteWord(k); k++ {
	}
	if names(k) && strings.HasPrefix(f.doc.Tokens[k].Norm, "لل") && runes(f.doc.Tokens[k].Norm) > 5 {
		k++
	}
	if mixed && !f.ends(k) {
		return i // أعلنت شركة لومينروت الأمر
	}
	return k
}

// headOf tells whether token i is a word for an organization without an article, as stands before what it is called after.
func (f *finder) headOf(i int) bool {
	t := f.doc.Tokens[i]
	for _, fm := range f.readings(i) {
		if f.lore.heads[fm.norm] && !(fm.how == clitic && strings.HasSuffix(strings.TrimSuffix(t.Norm, fm.norm), "ل")) {
			return true
		}
	}
	return false
}

// cutFront leaves out of the mention found last what is written together with its first word, a word for an organization.
func (f *finder) cutFront(i int) {
	x := &f.found[len(f.found)-1]
	for _, fm := range f.readings(i) {
		if f.lore.heads[fm.norm] && !f.lore.heads[f.doc.Tokens[i].Norm] {
			x.Start += f.front(f.doc.Tokens[i], fm)
			x.Name = f.doc.Text[x.Start:x.End]
			return
		}
	}
}

// plainWords tells whether the tokens are words of the text's script, the last definite, and none reports, is a title or known.
func (f *finder) plainWords(from, to int) bool {
	return to <= len(f.doc.Tokens) && strings.HasPrefix(f.doc.Tokens[to-1].Norm, "ال") && f.unknownWords(from, to)
}

// bareWords does the same where neither of two is definite: هيئة موانئ إيجة.
func (f *finder) bareWords(from, to int) bool {
	return to <= len(f.doc.Tokens) && !f.definiteWord(from) && !f.definiteWord(to-1) && f.unknownWords(from, to) && !f.lore.locative[f.doc.Tokens[to-1].Norm] &&
		!f.lore.locative[f.doc.Tokens[from].Norm]
}

func (f *finder) unknownWords(from, to int) bool {
	for i := from; i < to; i++ {
		t := f.doc.Tokens[i]
		if t.Kind != text.Word || cased(t) || f.newline(i) || f.taken[i] != 0 || f.lore.verbs[t.Norm] || f.lore.small[t.Norm] || f.inTitle(i) {
			return false
		}
	}
	return true
}
