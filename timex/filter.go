package timex

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/text"
)

// acceptable tells whether a reading can stand as a timex where it stands. all holds the pieces of the paragraph, of which the
// island begins at from.
func (p *parser) acceptable(e *edge, all []piece, from int) bool {
	first, last := from+int(e.start), from+int(e.end)-1
	if e.cat == cDur {
		return p.lengthStands(e, all, first)
	}
	n := e.val.node
	if n == nil {
		return false
	}
	head, tail := from+p.trim(e), last
	if tail > head && all[tail].norm == "." {
		tail--
	}
	if p.onlyBound(all, head, tail) || head == tail && flagged(p.g.weak, &all[head]) && !p.vouched(all, head) || p.namesOnly(all, head, last) {
		return false
	}
	if n.kind == kEach && head == tail && p.partOfName(all, head) {
		return false
	}
	switch {
	case n.kind == kYear && n.weak:
		return p.yearStands(n, all, first, last)
	case n.kind == kRange && n.a.kind == kYear && n.a.weak && n.b.weak && n.a.digits:
		return n.a.n >= 1000 && n.b.n < 2200 && !glued(all, first, last)
	case n.weak && n.decimal:
		if first > 0 && all[first-1].num >= 0 { // a score: 2 to 1
			return false
		}
		return boundary(all, last+1) && !glued(all, first, last)
	case n.kind == kDOM && n.weak && n.in != nil: // 1/2
		return false
	case n.kind == kDOM && n.in != nil && n.open != uNone && all[last].num >= 0 && last+1 < len(all) && flagged(p.g.noun, &all[last+1]):
		return false // "June. 15 people"
	case n.kind == kDOM && n.in != nil && n.in.open == uYear && e.rule == nil:
		return !glued(all, first, last) && !(last+1 < len(all) && flagged(p.g.noun, &all[last+1]))
	}
	return !n.weak
}

// partOfName tells whether a word with a capital stands before another inside a sentence, in a language that writes only names so: the
// Daily Kestrel.
func (p *parser) partOfName(all []piece, i int) bool {
	upper := func(k int) bool {
		r, _ := utf8.DecodeRuneInString(p.doc.Text[all[k].start:])
		return unicode.IsUpper(r)
	}
	return p.g.capital && i > 0 && i+1 < len(all) && upper(i) && upper(i+1)
}

// onlyBound tells whether a reading is one word, but for articles before it, that names a time only within a longer pattern.
func (p *parser) onlyBound(all []piece, head, tail int) bool {
	for head < tail && p.g.isClass(all[head], "the") {
		head++
	}
	return head == tail && flagged(p.g.bound, &all[head])
}

// namesOnly tells whether all that names a time in a reading are words in lower case that do so only as names: "sat in the sun,
// the first".
func (p *parser) namesOnly(all []piece, first, last int) bool {
	if !p.g.capital {
		return false
	}
	names := 0
	for i := first; i <= last; i++ {
		q := &all[i]
		if q.num >= 0 {
			return false
		}
		if !flagged(p.g.content, q) {
			continue
		}
		r, _ := utf8.DecodeRuneInString(p.doc.Text[q.start:])
		if q.word < 0 || !p.g.name[q.word] || !flagged(p.g.weak, q) || unicode.IsUpper(r) {
			return false
		}
		names++
	}
	return names > 0
}

// glued tells whether something touches the pieces from first to last that makes another thing of them: a sign, a letter, digits.
func glued(all []piece, first, last int) bool {
	if all[first].glued && first > 0 {
		switch b := all[first-1].norm; b {
		case "-", "/", ".", "$", "€", "£", "#", "_", ":", "@", "+", "=":
			return true
		}
	}
	if last+1 < len(all) && all[last+1].glued {
		switch a := all[last+1].norm; a {
		case "%", "/", "-", "$", "€", "°", "_", "=", "+":
			return true
		case ".", ",", ":":
			return last+2 < len(all) && all[last+2].glued && all[last+2].num >= 0
		}
	}
	return false
}

// boundary tells whether no word follows: the end, or a mark.
func boundary(all []piece, i int) bool {
	return i >= len(all) || all[i].num < 0 && !isLetters(&all[i]) && all[i].norm != "%" && all[i].norm != "-" && all[i].norm != "/"
}

func isLetters(p *piece) bool {
	r, _ := utf8.DecodeRuneInString(p.norm)
	return unicode.IsLetter(r)
}

// yearStands tells whether a bare number is a year: four digits of our times that stand after a word that announces one, or alone
// between marks.
func (p *parser) yearStands(n *node, all []piece, first, last int) bool {
	hyphen := first > 1 && all[first-1].norm == "-" && all[first-1].glued && flagged(p.g.yearCue, &all[first-2]) // ב-2019
	if glued(all, first, last) && !hyphen {
		return false
	}
	after := last + 1
	if after < len(all) && flagged(p.g.noun, &all[after]) {
		return false
	}
	cue := hyphen || first > 0 && flagged(p.g.yearCue, &all[first-1])
	if !n.digits {
		return cue
	}
	if n.cal == gregorian && (n.n < 1700 || n.n > 2100) {
		return cue && n.n >= 1000 && boundary(all, after)
	}
	if cue {
		return true
	}
	return (n.n >= 1900 || n.cal != gregorian) && boundary(all, after) && (first == 0 || !isLetters(&all[first-1]))
}

// lengthStands drops lengths of time that are none: "a second", and weak units.
func (p *parser) lengthStands(e *edge, all []piece, first int) bool {
	if e.end-e.start == 1 && (flagged(p.g.weak, &all[first]) || e.rule != nil && e.rule.name == "dur") {
		return false
	}
	return e.val.dur != durOf(1, uSecond)
}

// vouched tells whether a weak word is a time after all: a preposition before it, and a capital letter where the language writes
// one.
func (p *parser) vouched(all []piece, i int) bool {
	if p.g.capital {
		r, _ := utf8.DecodeRuneInString(p.doc.Text[all[i].start:])
		if !unicode.IsUpper(r) {
			return false
		}
	}
	if rest := p.doc.Text[all[i].end:]; p.g.suffixes != nil && (strings.HasPrefix(rest, "'") || strings.HasPrefix(rest, "’")) {
		return true // a name with its case ending: Ocak'ta
	}
	if i == 0 {
		return len(all) == 1
	}
	b := all[i-1]
	for _, c := range [...]string{"in", "on", "since", "from", "to", "until", "of"} {
		if p.g.isClass(b, c) {
			return true
		}
	}
	return false
}

// tense tells whether the sentence around tokens [from, to] speaks of what is to come (1), of what is over (-1), or does not say
// (0): words of the future within twelve tokens before or eight behind, else words of the past, closer by. A weekday goes with the
// verb of saying before it or right behind it: "said on Wednesday it would", 星期五表示，会议将.
func (p *parser) tense(from, to int, weekday bool) int {
	d := p.doc
	s := d.Sentences[min(d.SentenceOf(from), len(d.Sentences)-1)]
	if from > s.From && p.g.since[d.Tokens[from-1].Norm] || p.g.since[d.Tokens[from].Norm] && to > from {
		return -1
	}
	if said := p.within(s, from, to); said != 0 {
		return said
	}
	past, ahead, behind := false, false, false
	for i := max(s.From, from-12); i < min(s.To, to+9); i++ {
		if i >= from && i <= to {
			continue
		}
		t := &d.Tokens[i]
		if t.Kind != text.Word && t.Kind != text.Ideo {
			continue
		}
		switch {
		case p.g.isFuture(t):
			ahead = ahead || i < from
			behind = behind || i > to
		case i >= from-5 && i <= to+4 && p.g.isPast(t), weekday && i >= from-6 && i <= to+2 && p.isSaid(i):
			past = true
		}
	}
	switch {
	case ahead, behind && !(weekday && past):
		return 1
	case past:
		return -1
	}
	return 0
}

// within gives the tense of the clause between commas that a time stands in, where that is short and has a verb in the past of its own and
// none of the future: "the trial, which began on 30 October, will resume". 0 where it does not say.
func (p *parser) within(s text.Range, from, to int) int {
	lo, hi := from, to+1
	for lo > s.From && from-lo < 8 && p.doc.Tokens[lo-1].Norm != "," {
		lo--
	}
	for hi < s.To && hi-to < 8 && p.doc.Tokens[hi].Norm != "," {
		hi++
	}
	if lo == s.From || hi >= s.To || p.doc.Tokens[lo-1].Norm != "," || p.doc.Tokens[hi].Norm != "," || lo == from {
		return 0
	}
	past := false
	for i := lo; i < hi; i++ {
		if t := &p.doc.Tokens[i]; t.Kind == text.Word && (i < from || i > to) {
			if p.g.isFuture(t) {
				return 0
			}
			past = past || p.g.isPast(t)
		}
	}
	if past {
		return -1
	}
	return 0
}

// isSaid tells whether a word that reports begins at token i; where words are not told apart it may take several tokens.
func (p *parser) isSaid(i int) bool {
	t, g := &p.doc.Tokens[i], p.g
	if w, ok := g.words[t.Norm]; ok && int(w) < len(g.said) && g.said[w] {
		return true
	}
	return !g.spaced && slices.ContainsFunc(g.saidLong, func(w string) bool { return strings.HasPrefix(p.doc.Text[t.Start:], w) })
}

func (g *grammar) isFuture(t *text.Token) bool {
	if w, ok := g.words[t.Norm]; ok && int(w) < len(g.future) && g.future[w] {
		return true
	}
	for _, pre := range g.prefixes {
		if len(t.Norm) > len(pre)+4 && t.Norm[:len(pre)] == pre {
			return true
		}
	}
	return false
}

func (g *grammar) isPast(t *text.Token) bool {
	if w, ok := g.words[t.Norm]; ok && int(w) < len(g.past) && g.past[w] {
		return true
	}
	for _, end := range g.pastEnds {
		if len(t.Norm) > len(end)+2 && strings.HasSuffix(t.Norm, end) {
			return true
		}
	}
	return false
}
