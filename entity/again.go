package entity

import (
	"marsad/news"
	"marsad/text"
)

// orgsAgain finds the organizations that were proposed wherever the text says the same words once more.
func (f *finder) orgsAgain() {
	byFirst := map[string][]int{}
	for k := range f.found {
		if x := &f.found[k]; x.ref.table == nil && x.Kind == news.Org && (x.to-x.from > 1 || runes(f.doc.Tokens[x.from].Norm) >= 5) {
			first := f.doc.Tokens[x.from].Norm
			byFirst[first] = append(byFirst[first], k)
		}
	}
	if len(byFirst) == 0 {
		return
	}
	for i, t := range f.doc.Tokens {
		if f.taken[i] != 0 || t.Kind == text.Mark || cased(t) && !capital(f.doc, t) {
			continue
		}
		for _, fm := range f.readings(i) {
			if f.onceMoreAt(i, fm, byFirst[fm.norm]) {
				break
			}
		}
	}
}

// onceMoreAt proposes the first of some organizations whose words stand at token i.
func (f *finder) onceMoreAt(i int, fm form, of []int) bool {
	for _, k := range of {
		x := f.found[k]
		n := x.to - x.from
		if i == x.from || fm.how == clitic && n == 1 || i+n > len(f.doc.Tokens) || f.anyTaken(i, i+n) || !f.sameRest(i+1, x.from+1, n-1) {
			continue
		}
		f.note(i, i+n, f.front(f.doc.Tokens[i], fm), found{Mention: news.Mention{Kind: news.Org, Name: x.Name, Score: 0.4, Rule: "again"}})
		return true
	}
	return false
}

// sameRest tells whether n tokens from i are those from k, but for their case.
func (f *finder) sameRest(i, k, n int) bool {
	for ; n > 0; i, k, n = i+1, k+1, n-1 {
		if f.doc.Tokens[i].Norm == f.doc.Tokens[k].Norm {
			continue
		}
		same := false
		for _, fm := range f.readings(i) {
			same = same || fm.how == ending && fm.norm == f.doc.Tokens[k].Norm
		}
		if !same {
			return false
		}
	}
	return true
}

// called proposes the capitals right after a small word for an organization, in languages where that word stands first: la société
// Skylark Maps, el club ruso Zarya. Behind whoever heads it they are a person: el presidente del club Joan Laporta.
func (f *finder) called(i int) {
	at := f.next(i + 1)
	if at > 0 && !f.capitalWord(at) && f.lore.demonyms[f.doc.Tokens[at].Norm] != "" {
		at = f.next(at + 1)
	}
	if at < 0 || !f.doc.Pack.Entity.KindFirst || f.taken[at] != 0 || !f.capitalWord(at) || isGiven(f.doc.Tokens[at]) || f.isTitle(at) || f.shouting(i) {
		return
	}
	if len(f.lore.endings) > 0 && f.doc.Tokens[at].Script == f.doc.Tokens[i].Script {
		return // such languages put a company's name in quotation marks, unless its letters are foreign
	}
	for k := max(0, i-3); k < i; k++ {
		if f.inTitle(k) {
			return
		}
	}
	if to := f.run(at, 4); to > at {
		f.propose(at, to, news.Org, "called", 0.45)
	}
}
