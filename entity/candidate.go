package entity

import (
	"strings"
	"unicode/utf8"

	"marsad/news"
	"marsad/text"
)

// isName tells whether a token is a name word, with or without what is written together with it.
func isName(t text.Token, l *lore) bool {
	if isNameWord(t.Norm) {
		return true
	}
	for _, c := range [...]string{"ال", "و"} {
		if rest, ok := strings.CutPrefix(t.Norm, c); ok && utf8.RuneCountInString(rest) > 2 && isNameWord(rest) {
			return true
		}
	}
	return false
}

// candidates proposes names that no list knows: after titles, by the words that head an organization, by words that are often
// names, and by the tagger; then the family names alone of the people so found.
func (f *finder) candidates() {
	f.afterTitles()
	f.byHeads()
	f.byKinds()
	f.bodies()
	f.quotedBehind()
	around := f.surroundings()
	f.byNameWords(around.lower)
	f.byRuns(around)
	f.inPlaces()
	f.saidBy()
	f.nameThenTitle()
	f.pairs()
	f.beforeVerbs()
	f.namedBehind()
	f.tagged()
	f.again()
	f.misters()
	f.uncased()
	f.orgsAgain()
}

// propose notes a candidate where nothing is known yet.
func (f *finder) propose(from, to int, kind news.MentionKind, rule string, score float64) bool {
	if from >= to || f.anyTaken(from, to) {
		return false
	}
	s := f.doc.Of(text.Range{From: from, To: to})
	f.note(from, to, 0, found{Mention: news.Mention{Kind: kind, Name: s, Score: score, Rule: rule}})
	return true
}

// run gives the end of a run of words that are written as names from token i on, particles between them and what a hyphen joins to the
// last included.
func (f *finder) run(i, most int) int {
	end := f.runOf(i, most)
	for end > i && f.hyphened(end+1) && f.capitalWord(end+1) && f.taken[end+1] == 0 {
		end += 2
	}
	return end
}

func (f *finder) runOf(i, most int) int {
	start, end := i, i
	for n := 0; n < most && i < len(f.doc.Tokens); n++ {
		t := f.doc.Tokens[i]
		if t.Kind != text.Word || f.taken[i] != 0 || i > end && f.newline(i) || strings.HasPrefix(t.Norm, "'") {
			break
		}
		switch {
		case cased(t) && capital(f.doc, t):
			if i > start && f.hyphened(i) {
				n-- // Osten-Sacken is one name
			}
			end = i + 1
		case f.lore.particle[t.Norm] && end > start && !f.articleAfterName(i, end):
			if f.nameBehind(i) {
				n--
			}
		case i > end && end > start && f.joined(i):
			end = i + 1
		default:
			return end
		}
		next := f.next(i + 1)
		if next < 0 {
			break
		}
		i = next
	}
	return end
}

// nameBehind tells whether a word that people bear stands behind the particles from token i on: dos Santos, but not de la Selección.
func (f *finder) nameBehind(i int) bool {
	for k := i + 1; k < len(f.doc.Tokens) && k < i+4; k++ {
		if n := f.doc.Tokens[k].Norm; f.capitalWord(k) {
			return listedIn(familyNames, n) || listedIn(givenNames, n) || isNameWord(n)
		} else if !f.lore.particle[n] {
			return false
		}
	}
	return false
}

// compound tells whether a run begins with two words and a hyphen that are no given name: Regie-Altmeister, Post-ul.
func (f *finder) compound(i int) bool {
	if i+2 >= len(f.doc.Tokens) || !f.hyphened(i+2) {
		return false
	}
	first, second := f.doc.Tokens[i], f.doc.Tokens[i+2]
	return !listedIn(givenNames, first.Norm) && !(isGiven(first) && isGiven(second))
}

// hyphened tells whether token i is joined to the one before by a hyphen.
func (f *finder) hyphened(i int) bool {
	return i > 1 && i < len(f.doc.Tokens) && f.doc.Tokens[i-1].Kind == text.Mark && f.joins1(i-1) && f.doc.Text[f.doc.Tokens[i-1].Start:f.doc.Tokens[i].Start] == "-"
}

// joined tells whether token i is the small end of a given name with a hyphen, as Korean ones are written: Chang Ho-jin, but not Kim-led.
func (f *finder) joined(i int) bool {
	t := f.doc.Tokens[i]
	if i < 2 || f.doc.Tokens[i-1].Kind != text.Mark || !f.joins1(i-1) || f.doc.Text[f.doc.Tokens[i-1].Start:t.Start] != "-" || !cased(t) {
		return false
	}
	return runes(t.Norm) <= 5 && (isNameWord(t.Norm) || !listedIn(smallWords, t.Norm)) && !f.lore.small[t.Norm] && !f.lore.verbs[t.Norm]
}

// articleAfterName tells whether a particle is rather the article of the next noun, where all nouns have capitals: Hans Müller der Zeitung.
func (f *finder) articleAfterName(i, end int) bool {
	return f.doc.Pack.Entity != nil && f.doc.Pack.Entity.NounsCapital && f.lore.article[f.doc.Tokens[i].Norm] && end == i
}

// afterTitles proposes the name after a title, in scripts with capitals: President Jane Doe.
func (f *finder) afterTitles() {
	for i := range f.titles {
		t := &f.titles[i]
		at := t.to
		if at >= len(f.doc.Tokens) || f.newline(at) || !cased(f.doc.Tokens[at]) || f.isTitle(at) {
			continue
		}
		end := f.run(at, 4)
		if end-at >= 3 && f.familyInCase(at) {
			at++ // адвокат Штерна Рут Адлер
		}
		if end-at >= 2 && (t.office || f.lore.courtesy[f.doc.Tokens[t.from].Norm]) || end-at == 1 && isGiven(f.doc.Tokens[at]) {
			f.propose(at, end, news.Person, "title", 0.6)
		}
	}
}

// familyInCase tells whether token i is the family name of somebody found before, in another case than its own.
func (f *finder) familyInCase(i int) bool {
	for _, fm := range f.readings(i) {
		if fm.how != ending {
			continue
		}
		for k := range f.found {
			if x := &f.found[k]; x.Kind == news.Person && x.to <= i && x.to-x.from >= 2 && f.doc.Tokens[x.to-1].Norm == fm.norm {
				return true
			}
		}
	}
	return false
}

// misters proposes a family name alone after a short courtesy, where nobody of that name was found.
func (f *finder) misters() {
	for i := range f.titles {
		t := &f.titles[i]
		if at := t.to; at < len(f.doc.Tokens) && !f.newline(at) && f.taken[at] == 0 && f.capitalWord(at) && !f.isTitle(at) && f.mister(t, at) {
			if end := f.run(at, 4); end > at {
				f.propose(at, end, news.Person, "title", 0.4)
			}
		}
	}
}

// mister tells whether a title is a short courtesy with a capital, as stands before family names alone: Ms, Mme, M.
func (f *finder) mister(t *title, at int) bool {
	w, name := f.doc.Tokens[t.from], f.doc.Tokens[at]
	return !t.office && runes(w.Norm) <= 4 && f.capitalWord(t.from) && f.lore.courtesy[w.Norm] && runes(name.Norm) > 2 &&
		!capitals(f.doc.Text[name.Start:name.End]) && !f.kindWord(at, f.lore.heads) && !f.lore.common[name.Norm]
}

func (f *finder) isTitle(i int) bool {
	return f.inTitle(i) || f.lore.demonyms[f.doc.Tokens[i].Norm] != ""
}

// byHeads proposes runs of capitals that hold a word for a kind of organization: Acme Bank, University of Nowhere.
func (f *finder) byHeads() {
	for i := 0; i < len(f.doc.Tokens); i++ {
		t := f.doc.Tokens[i]
		if !f.lore.heads[t.Norm] || !cased(t) || !capital(f.doc, t) || f.taken[i] != 0 {
			continue
		}
		from := i
		for from > 0 && f.capitalWord(from-1) && !f.newline(from) && f.taken[from-1] == 0 && !f.isTitle(from-1) && !(f.opens(from-1) && !isGiven(f.doc.Tokens[from-1])) {
			from--
		}
		if f.lore.article[f.doc.Tokens[from].Norm] {
			from++
		}
		if k := f.taken[max(0, from-1)] - 1; from == i && i > 0 && k >= 0 && !f.newline(i) && f.found[k].to == i && f.found[k].Kind == news.Place && f.capitalWord(f.found[k].from) && !f.shouting(i) && (i+1 >= len(f.doc.Tokens) || !f.lore.tie[f.doc.Tokens[i+1].Norm]) {
			from = f.found[k].from // Boston University
			f.absorb(from, i)
		}
		to := f.run(i, 4)
		for to > i+1 && f.isTitle(to-1) {
			to--
		}
		if to-from >= 2 && from < i && !f.shouting(i) {
			f.propose(from, to, news.Org, "head", 0.5)
		}
	}
}

func (f *finder) capitalWord(i int) bool {
	t := f.doc.Tokens[i]
	return t.Kind == text.Word && cased(t) && capital(f.doc, t)
}

// byNameWords proposes two to four capitals in a row that begin with a word that is often a name, or are names by both their ends: Jane Doe.
func (f *finder) byNameWords(low map[string]bool) {
	for i := 0; i < len(f.doc.Tokens); i++ {
		if !f.beginsName(i) {
			continue
		}
		to := f.run(i, 4)
		if n := f.capitals(i, to); n < 2 || n > 5 || f.compound(i) || f.thing(i, to) || !isGiven(f.doc.Tokens[i]) && !f.borne(i, to) {
			continue
		}
		if !f.spaced(i, to) || f.headed(i, to) || f.shouting(i) || i > 0 && f.lore.article[f.doc.Tokens[i-1].Norm] || f.lowered(low, i, to) {
			continue
		}
		f.propose(i, to, news.Person, "name-words", 0.5)
		i = to - 1
	}
}

// beginsName tells whether a name in full can begin at token i: a capital of which nothing is known, and none before it but a title's.
func (f *finder) beginsName(i int) bool {
	t := f.doc.Tokens[i]
	if f.taken[i] != 0 || !f.capitalWord(i) || f.lore.article[t.Norm] || f.lore.common[t.Norm] || f.isTitle(i) {
		return false
	}
	return i == 0 || !f.capitalWord(i-1) || f.noun(i-1) || f.newline(i) || f.taken[i-1] != 0 || f.isTitle(i-1) || f.opens(i-1) || isGiven(t) && f.officeWord(i-1)
}

// officeWord tells whether a capital before a given name is a word of English and nobody's name: Secretary Helen Marsh.
func (f *finder) officeWord(i int) bool {
	n := f.doc.Tokens[i].Norm
	return f.doc.Lang == "en" && runes(n) > 4 && listedIn(smallWords, n) && !listedIn(familyNames, n) && !listedIn(givenNames, n) && !f.lore.heads[n] && !f.lore.place[n]
}

// noun tells whether a capital is probably a noun, in a language that writes them so: Betriebsrat Jürgen Krause.
func (f *finder) noun(i int) bool {
	return f.doc.Pack.Entity != nil && f.doc.Pack.Entity.NounsCapital && !isGiven(f.doc.Tokens[i])
}

// lowered tells whether the text writes any of the words without a capital too.
func (f *finder) lowered(low map[string]bool, from, to int) bool {
	for i := from; i < to; i++ {
		if f.capitalWord(i) && low[f.doc.Tokens[i].Norm] {
			return true
		}
	}
	return false
}

// headed tells whether a word for an organization or a place is among the tokens: not a person.
func (f *finder) headed(from, to int) bool {
	for i := from; i < to; i++ {
		t := f.doc.Tokens[i]
		if n := t.Norm; len(n) > 3 && capitals(f.doc.Text[t.Start:t.End]) || f.lore.heads[n] || f.lore.place[n] || f.lore.common[n] {
			return true
		}
	}
	return false
}

// shouting tells whether most words of the sentence have capitals, as in English headlines: there they say nothing.
func (f *finder) shouting(i int) bool {
	s := f.doc.Sentences[f.doc.SentenceOf(i)]
	up, all := 0, 0
	for k := s.From; k < s.To; k++ {
		if t := f.doc.Tokens[k]; t.Kind == text.Word && cased(t) {
			all++
			if capital(f.doc, t) {
				up++
			}
		}
	}
	return all > 5 && up*3 > all*2
}

// again finds the people proposed by the last word of their name, later in the text.
func (f *finder) again() {
	people := map[string]int{}
	for k := range f.found {
		if x := &f.found[k]; x.ref.table == nil && x.Kind == news.Person && x.to-x.from >= 2 {
			people[f.doc.Tokens[x.to-1].Norm] = k
		}
	}
	if len(people) == 0 {
		return
	}
	for i, t := range f.doc.Tokens {
		k, ok := people[t.Norm]
		for _, fm := range f.readings(i) {
			if n, inflected := people[fm.norm]; !ok && inflected && fm.how == ending {
				k, ok = n, true
			}
		}
		if !ok || f.taken[i] != 0 || i < f.found[k].to || !cased(t) || !capital(f.doc, t) || i > 0 && f.capitalWord(i-1) && f.taken[i-1] == 0 && f.titled(i) == nil {
			continue
		}
		name, from := f.found[k].Name, i
		for at := f.found[k].to - 2; at > f.found[k].from && from > 0 && f.taken[from-1] == 0 && f.lore.particle[f.doc.Tokens[at].Norm] && f.doc.Tokens[from-1].Norm == f.doc.Tokens[at].Norm; at-- {
			from-- // van der Velde
		}
		f.note(from, i+1, 0, found{Mention: news.Mention{Kind: news.Person, Name: name, Score: 0.4, Rule: "surname"}})
	}
}
