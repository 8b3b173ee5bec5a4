package entity

import (
	"strings"

	"marsad/news"
	"marsad/text"
)

// Runs of capitals inside a sentence are names in most languages with capitals. What kind of name is said by the words around
// them; a run about which nothing is said is left out.

// surroundings are what the text says about its words, gathered once.
type surroundings struct {
	lower map[string]bool // words that the text writes without a capital too
	alone map[string]int  // capitals that stand alone and speak, are spoken to or have something: the first such token
	runs  map[string]bool // runs of capitals that stand inside a sentence
}

func (f *finder) surroundings() surroundings {
	s := surroundings{map[string]bool{}, map[string]int{}, map[string]bool{}}
	for i, t := range f.doc.Tokens {
		switch {
		case t.Kind != text.Word || !cased(t):
		case !capital(f.doc, t):
			s.lower[t.Norm] = true
		case f.neighbour(i - 1):
		case f.neighbour(i + 1):
			if to := f.run(i, 4); !f.opens(i) && to > i {
				s.runs[f.key(i, to)] = true
			}
		case f.actsAlone(i):
			if _, ok := s.alone[t.Norm]; !ok {
				s.alone[t.Norm] = i
			}
		}
	}
	return s
}

// actsAlone tells whether a capital is used as the name of somebody who was named in full: with a verb of saying, after a courtesy,
// or with what is theirs, and no article.
func (f *finder) actsAlone(i int) bool {
	if i > 0 && f.lore.article[f.doc.Tokens[i-1].Norm] || f.titled(i) == nil && f.joins1(i-1) || f.joins1(i+1) {
		return false
	}
	if f.speaks(i+1) || i+1 < len(f.doc.Tokens) && f.doc.Tokens[i+1].Norm == "'s" {
		return true
	}
	return i > 0 && !f.opens(i) && (f.verb(i-1) || f.titled(i) != nil)
}

// joins1 tells whether the mark at i, if it is one, binds its neighbours into one word.
func (f *finder) joins1(i int) bool {
	return i > 0 && i+1 < len(f.doc.Tokens) && f.doc.Tokens[i].Kind == text.Mark && f.joins(i)
}

func (f *finder) key(from, to int) string { return strings.Join(keysOfRange(f.doc, from, to), " ") }

// neighbour tells whether token i is a capital that is no courtesy or title.
func (f *finder) neighbour(i int) bool {
	return i >= 0 && i < len(f.doc.Tokens) && f.capitalWord(i) && !f.isTitle(i)
}

// byRuns proposes two to four capitals in a row as a person where the text says so, in languages that write only names so.
func (f *finder) byRuns(s surroundings) {
	if e := f.doc.Pack.Entity; e == nil || e.NounsCapital {
		return
	}
	for i := 0; i < len(f.doc.Tokens); i++ {
		if !f.beginsRun(i) {
			continue
		}
		to := f.run(i, 4)
		if n := f.capitals(i, to); n >= 2 && n <= 4 && !f.compound(i) && f.spaced(i, to) && !f.ordinary(s, i, to) && !f.shouting(i) && f.isPerson(s, i, to) {
			f.propose(i, to, news.Person, "run", 0.45)
		}
		i = max(i, to-1)
	}
}

// beginsRun tells whether a name of a person can begin at token i: a capital that nothing is known of, with none before it.
func (f *finder) beginsRun(i int) bool {
	if f.taken[i] != 0 || !f.capitalWord(i) || f.isTitle(i) || f.lore.article[f.doc.Tokens[i].Norm] {
		return false
	}
	if i == 0 || f.newline(i) {
		return true
	}
	b := f.doc.Tokens[i-1]
	return !f.lore.article[b.Norm] && !f.lore.locative[b.Norm] && !(f.capitalWord(i-1) && !f.isTitle(i-1) && !f.lore.courtesy[b.Norm])
}

func (f *finder) capitals(from, to int) int {
	n := 0
	for i := from; i < to; i++ {
		if f.capitalWord(i) {
			n++
		}
	}
	return n
}

// ordinary tells whether a word of the run is a word of the language rather than a name.
func (f *finder) ordinary(s surroundings, from, to int) bool {
	for i := from; i < to; i++ {
		t := f.doc.Tokens[i]
		if !f.capitalWord(i) {
			continue
		}
		if n := t.Norm; s.lower[n] || f.lore.small[n] || f.lore.demonyms[strings.TrimSuffix(n, "s")] != "" || f.lore.common[n] || f.lore.locative[n] || f.lore.other[n] || f.lore.verbs[n] || f.isTitle(i) ||
			f.kindWord(i, f.lore.heads) || f.kindWord(i, f.lore.place) || len(n) > 3 && capitals(f.doc.Text[t.Start:t.End]) {
			return true
		}
	}
	return false
}

// kindWord tells whether a token, in any reading, is one of the words.
func (f *finder) kindWord(i int, words map[string]bool) bool {
	for _, fm := range f.readings(i) {
		if words[fm.norm] {
			return true
		}
	}
	return false
}

// apposing tells whether a run stands after a comma and says what something just named is called, which no title says is a person.
func (f *finder) apposing(from int) bool {
	return from > 1 && f.mark(from-1, ",")
}

// spaced tells whether a run is more than one word with hyphens in it.
func (f *finder) spaced(from, to int) bool {
	return strings.ContainsAny(f.doc.Text[f.doc.Tokens[from].Start:f.doc.Tokens[to-1].End], " \u00a0")
}

// isPerson tells whether the text says that a run of capitals is a person: a title or courtesy beside it, a verb of saying, an age,
// or its last word standing alone.
func (f *finder) isPerson(s surroundings, from, to int) bool {
	if t := f.titled(from); t != nil || from > 0 && f.kindWord(from-1, f.lore.courtesy) {
		return true
	}
	at, later := s.alone[f.doc.Tokens[to-1].Norm]
	if f.opens(from) && later && at < from && !s.runs[f.key(from, to)] {
		return false // "Although Smith said", after Smith was named
	}
	if f.apposing(from) {
		return later || f.callsPerson(from-1) // but not: the owner, Acme Maps, said
	}
	if f.speaks(to) || f.apposed(to) {
		return true
	}
	if len(f.lore.endings) > 0 && f.saidAcross(from) {
		return true
	}
	return later || from > 0 && !f.opens(from) && (f.verb(from-1) || from > 1 && f.verb(from-2) && f.callsWho(from-1))
}

// saidAcross tells whether a verb of saying and words without capitals for who it is stand before a name, in a language whose cases show
// that those are not its own: рассказала жительница села Анна Петрова.
func (f *finder) saidAcross(from int) bool {
	for k := from - 1; k >= 0 && k >= from-5; k-- {
		t := f.doc.Tokens[k]
		if t.Kind != text.Word || f.capitalWord(k) || f.lore.locative[t.Norm] || f.newline(k+1) {
			return false
		}
		if f.verb(k) {
			return k < from-1
		}
	}
	return false
}

// callsWho tells whether token i is a word without a capital between a verb of saying and a name: said researcher Jane Doe. What
// is short is a preposition.
func (f *finder) callsWho(i int) bool {
	t := f.doc.Tokens[i]
	return t.Kind == text.Word && !capital(f.doc, t) && runes(t.Norm) >= 5 && !f.lore.small[t.Norm] && !f.kindWord(i, f.lore.heads)
}

// callsPerson tells whether the clause before the comma at token i says what a person is: the director of the works, Jane Doe.
func (f *finder) callsPerson(i int) bool {
	start := f.doc.Sentences[f.doc.SentenceOf(i)].From
	for k := i - 1; k >= start && k > i-7 && f.doc.Tokens[k].Kind != text.Mark; k-- {
		if f.taken[k] == 0 && (f.inTitle(k) || f.kindWord(k, f.lore.courtesy)) && !f.capitalWord(k+1) {
			return true
		}
	}
	return false
}

// speaks tells whether a verb of saying stands at token i, a short word before it left out: a déclaré, has said.
func (f *finder) speaks(i int) bool {
	return f.verb(i) || i+1 < len(f.doc.Tokens) && runes(f.doc.Tokens[i].Norm) <= 3 && f.verb(i+1)
}

func (f *finder) verb(i int) bool {
	if i >= len(f.doc.Tokens) || f.newline(max(1, i)) {
		return false
	}
	t := f.doc.Tokens[i]
	return f.lore.verbs[t.Norm] && !(cased(t) && capital(f.doc, t) && !f.opens(i))
}

// apposed tells whether what follows after a comma at token i says that a person was named: an age, an office, or words and then a
// verb of saying.
func (f *finder) apposed(i int) bool {
	toks := f.doc.Tokens
	if !f.mark(i, ",") && !f.mark(i, "(") || i+2 >= len(toks) {
		return false
	}
	if n := toks[i+1]; n.Kind == text.Number {
		return len(n.Norm) == 2 && n.Norm > "14" && (toks[i+2].Kind == text.Mark || f.lore.year[toks[i+2].Norm])
	}
	end := f.doc.Sentences[f.doc.SentenceOf(i)].To
	for k := i + 1; k < end && k < i+16; k++ {
		if (k < i+6 && f.officeAt(k) || k < i+3 && f.kindWord(k, f.lore.courtesy)) && !(f.capitalWord(i + 1)) {
			return true
		}
		if f.mark(k, ",") {
			return f.speaks(k+1) && !f.capitalWord(i+1)
		}
	}
	return false
}

// officeAt tells whether a title of an office begins at token i and no name follows it.
func (f *finder) officeAt(i int) bool {
	for k := range f.titles {
		if t := &f.titles[k]; t.from <= i && i < t.to && t.office {
			return t.to >= len(f.doc.Tokens) || !f.capitalWord(t.to)
		}
	}
	return false
}

func (f *finder) mark(i int, s string) bool {
	return i < len(f.doc.Tokens) && f.doc.Tokens[i].Kind == text.Mark && strings.HasPrefix(f.doc.Text[f.doc.Tokens[i].Start:], s)
}
