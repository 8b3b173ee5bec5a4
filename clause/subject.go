package clause

import (
	"strings"

	"marsad/news"
	"marsad/text"
)

// Subject is who a cue belongs to, as far as the words near it tell.
type Subject struct {
	Words  text.Range    // the subject's words; empty where the verb has none of its own
	Head   *news.Mention // the name among them that is the subject, nil for "officials"
	From   *news.Mention // the name that a pronoun or a bare title stands for
	Of     text.Range    // the same where no name is known: the words of the subject before
	Known  bool          // there is a subject, of whatever kind
	Shared bool          // taken from the cue before
	After  bool          // stands behind the verb
	Form   Form
}

// Form is what a subject's words are.
type Form uint8

// The forms.
const (
	Noun    Form = iota // a name or a noun with what belongs to it
	Pronoun             // he
	Thing               // it, they
)

const maxSubject = 16 // tokens; a longer stretch is no noun phrase

// findSubjects gives each cue outside quotation marks the subject that its own words show.
func (r *Reading) findSubjects() {
	for i := range r.Cues {
		c := &r.Cues[i]
		if c.Quoted || c.Verb.Kind == Converb {
			continue
		}
		if c.Verb.Kind == Source {
			if !c.Verb.Theirs {
				c.Subject = r.subject(r.after(i), true)
			}
			continue
		}
		if c.Passive {
			c.Subject = r.agent(i)
			continue
		}
		before, blocked := r.before(i)
		switch after := r.after(i); {
		case r.Grammar.After && after.From < after.To:
			c.Subject = r.behind(i, after)
		case before.From < before.To && !(c.Prefixed && r.Grammar.After):
			c.Subject = r.subject(before, false)
			blocked = true
		case !blocked:
			c.Subject = r.subject(after, true)
		}
		c.barred = blocked && !c.Prefixed && !r.coordinated(i)
		if s := c.Subject; s.Known && !s.After && r.Is(s.Words.From-1, Irrealis) {
			c.Irrealis = true // "if Holm denies"
		}
	}
	r.resolve()
}

// coordinated tells whether cue n directly follows "and": it then shares the subject of the verb before.
func (r *Reading) coordinated(n int) bool {
	i := r.Cues[n].At.From - 1
	for r.Is(i, Adv|Aux|Neg) && !r.Is(i, Conj) {
		i--
	}
	return r.Is(i, Conj)
}

// object tells whether what follows a verb that takes an object is that, in a language where the subject would stand there too:
// the verb goes on from an earlier one whose subject is a person, and what follows is none. "Putin mocked … when he thanked Korea".
func (r *Reading) object(n int, np text.Range) bool {
	c := r.Cues[n]
	if c.Verb.Kind != Act && c.Verb.Stance == "" || n == 0 || !c.Prefixed && !r.Is(c.At.From-1, Sub) {
		return false
	}
	p := r.Cues[n-1]
	if r.Doc.SentenceOf(p.At.From) != r.Doc.SentenceOf(c.At.From) || p.Quoted || !r.person(p.Subject) || !r.Agree(p, c) {
		return false
	}
	m := r.head(np)
	return m == nil || m.Kind != news.Person
}

// subject makes a subject of a stretch of words, or none of a stretch that can be no subject.
func (r *Reading) subject(np text.Range, after bool) Subject {
	if np.From >= np.To || np.To-np.From > maxSubject {
		return Subject{}
	}
	s := Subject{Words: np, Known: true, After: after, Head: r.head(np)}
	if s.Head != nil {
		return s
	}
	switch {
	case np.To-np.From == 1 && r.Is(np.From, Pron):
		s.Form = Pronoun
	case np.To-np.From == 1 && r.Is(np.From, Neuter):
		s.Form = Thing
	case !r.nominal(np):
		return Subject{}
	}
	return s
}

// nominal tells whether a stretch holds a word that can be a noun.
func (r *Reading) nominal(np text.Range) bool {
	for i := np.From; i < np.To; i++ {
		k := r.Doc.Tokens[i].Kind
		if (k == text.Word || k == text.Ideo) && (r.Is(i, Named) || !r.Is(i, Prep|Det|Adv|Aux|Passive|Neg|Comp|Time|Sub|Conj|Pron|Neuter|Rel|Irrealis)) {
			return true
		}
	}
	return false
}

// head gives the mention that a noun phrase is about: a person who is not governed by another word, else an organization or
// place that is the whole phrase but for a determiner, a kind ("the newspaper") or what is joined to it by "and".
func (r *Reading) head(np text.Range) *news.Mention {
	var whole *news.Mention
	for i := np.From; i < np.To; i++ {
		m := r.Mention(i)
		if m == nil || r.Mention(i-1) == m && i > np.From {
			continue
		}
		if r.Is(i, Rel) || r.Is(i-1, Rel) {
			break
		}
		if m.Kind == news.Person {
			if !r.governed(i, np) && !r.oblique(m) {
				return m
			}
			continue
		}
		if whole == nil && r.leads(np.From, i) && r.ends(r.past(i), np.To) && !r.oblique(m) {
			whole = m
		}
	}
	return whole
}

// governed tells whether the name at token i depends on the word before it or owns what comes after it.
func (r *Reading) governed(i int, np text.Range) bool {
	if i > np.From && (r.Is(i-1, Prep|Link|Kin|Of) || r.Is(i-1, Conj) && r.head(text.Range{From: np.From, To: i - 1}) == nil && i-1 > np.From) {
		return true
	}
	to := r.past(i)
	return to < len(r.Doc.Tokens) && to < np.To && strings.HasPrefix(r.Doc.Tokens[to].Norm, "'")
}

// past gives the first token after the mention at token i.
func (r *Reading) past(i int) int {
	for m := r.mention[i]; i < len(r.mention) && r.mention[i] == m; i++ {
	}
	return i
}

// leads tells whether only determiners and kinds of name stand before token i.
func (r *Reading) leads(from, i int) bool {
	for ; from < i; from++ {
		if !r.Is(from, Det|Head|Conj|Adv) {
			return false
		}
	}
	return true
}

// ends tells whether the phrase ends at token i, or goes on with something joined or added.
func (r *Reading) ends(i, to int) bool {
	return i >= to || r.Is(i, Conj|Comma|Rel|Dash|Prefix) || strings.HasPrefix(r.Doc.Tokens[i].Norm, "(") || r.joined(i)
}

// joined tells whether token i begins with a clitic "and".
func (r *Reading) joined(i int) bool {
	return hasPrefix(r.Doc.Tokens[i].Norm, r.Grammar.clitics) && (r.mention[i] < 0 || r.splitName(i))
}

// oblique tells whether a name stands in another case than its usual form, in a language whose names have cases: "Путина".
func (r *Reading) oblique(m *news.Mention) bool {
	if !r.Grammar.Cased || m.Name == "" {
		return false
	}
	words, name := lastWord(r.Doc.Text[m.Start:m.End]), lastWord(m.Name)
	if words == name || len(words) < 4 || len(name) < 4 {
		return false
	}
	// Only a form of the same word tells anything: an alias is another word.
	return strings.HasPrefix(words, name[:len(name)-2]) || strings.HasPrefix(words, name[:len(name)/4*2])
}

func lastWord(s string) string {
	s = text.Normalize(s)
	return s[strings.LastIndexByte(s, ' ')+1:]
}

// before gives the noun phrase that ends before cue n, empty where there is none. It is blocked when other words stand there: the
// subject is then likely none of what follows the verb either.
func (r *Reading) before(n int) (np text.Range, blocked bool) {
	c := r.Cues[n]
	lo := r.floor(c.At.From)
	hi := c.At.From
	for hi > lo && r.Is(hi-1, Aux|Adv|Neg|Irrealis|Passive) && !(r.Is(hi-1, Named|Pron|Neuter)) {
		hi--
	}
	if hi > lo && r.Is(hi-1, Comma|Dash) {
		np = r.apposed(lo, hi-1)
		return np, false
	}
	for i := n - 1; i >= 0 && r.Cues[i].At.To > lo; i-- {
		if r.Cues[i].At.To <= hi && r.Cues[i].Verb.Kind != Source {
			lo = r.Cues[i].At.To
			break
		}
	}
	if place := r.place(lo, hi); place.From < place.To && r.ending(c) == 'p' {
		return place, false
	}
	zone := r.lastSegment(lo, hi)
	np = r.trim(zone)
	return np, np.From >= np.To && !r.adverbial(zone.From, zone.To)
}

// place gives the place or body that is the subject of "В Кремле заявили": all there is before the verb, behind a preposition.
func (r *Reading) place(lo, hi int) text.Range {
	for lo < hi && r.Is(lo, Conj|Sub|Adv) && !r.Is(lo, Locative) {
		lo++
	}
	if hi-lo < 2 || hi-lo > 8 || !r.Is(lo, Locative) || r.Is(lo+1, Time|Occasion|Det) {
		return text.Range{}
	}
	for i := lo + 1; i < hi; i++ {
		if r.Is(i, Comma|Pron|Neuter|Time|Occasion|Sub|Prep&^Locative) && !r.Is(i, Named) {
			return text.Range{}
		}
	}
	return text.Range{From: lo + 1, To: hi}
}

// adverbial tells whether a stretch holds nothing that could be a subject: small words, and times with their prepositions.
func (r *Reading) adverbial(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if !r.Is(i, Conj|Sub|Adv|Aux|Neg|Prep|Time|Comma|Dash|As|Occasion|Det) && r.Doc.Tokens[i].Kind != text.Number {
			return false
		}
	}
	return true
}

// floor gives the first token of the clause before token i: the sentence, or what follows the last run of quoted words in it.
func (r *Reading) floor(i int) int {
	lo := r.Doc.Sentences[r.Doc.SentenceOf(i)].From
	for j := i - 1; j >= lo; j-- {
		if r.Is(j, Mark|Quoted|Colon) || r.Is(j, Stop) {
			return j + 1
		}
	}
	return lo
}

func (r *Reading) lastSegment(lo, hi int) text.Range {
	for i := hi - 1; i >= lo; i-- {
		if r.Is(i, Comma|Dash) {
			return text.Range{From: i + 1, To: hi}
		}
	}
	return text.Range{From: lo, To: hi}
}

// apposed gives the subject of "Kirby, a spokesman, said": the first stretch between commas that is not adverbial.
func (r *Reading) apposed(lo, hi int) text.Range {
	from := lo
	for i := lo; i <= hi; i++ {
		if i < hi && !r.Is(i, Comma|Dash) {
			continue
		}
		if np := r.trim(text.Range{From: from, To: i}); np.From < np.To && i < hi && r.nominal(np) && !r.Is(from, Prep) {
			return np
		}
		from = i + 1
	}
	return text.Range{}
}

// trim takes off what belongs to no noun phrase: conjunctions and adverbs in front, times behind, everything up to the last
// word that opens a clause.
func (r *Reading) trim(np text.Range) text.Range {
	for i := np.To - 1; i > np.From; i-- {
		if r.Is(i, Sub|Comp) && !r.Is(i, Named) || r.Is(i, Conj) && !r.coordinates(np.From, i) {
			np.From = i + 1
			break
		}
	}
	for np.From < np.To && r.Is(np.From, Conj|Sub|Adv|Comp|Comma|Dash|Aux) && !r.Is(np.From, Named) {
		np.From++
	}
	np = r.dropTimes(np)
	if np.From >= np.To {
		return np
	}
	last := np.To - 1
	if r.Is(last, Pron) && np.From < last && !r.Is(last-1, Conj) {
		return text.Range{From: last, To: np.To}
	}
	if r.Is(last, Rel) || r.Doc.Tokens[last].Norm[0] == '\'' {
		return text.Range{}
	}
	if r.verbal(np) {
		return r.adjacent(np)
	}
	if np.From < np.To && r.Is(np.From, Prep) && !r.Is(np.From, Named) {
		return r.adjacent(np)
	}
	return np
}

// verbal tells whether a stretch shows signs of a verb before any relative clause, and so is more than a noun phrase.
func (r *Reading) verbal(np text.Range) bool {
	for i := np.From; i < np.To; i++ {
		if r.Is(i, Named) {
			continue
		}
		if r.Is(i, Rel) {
			return i == np.From
		}
		if r.Is(i, Aux|Passive|Irrealis|Neg|Pron|Neuter) && !r.Is(i, Det) && (np.To-np.From > 1) && r.Doc.Tokens[i].Norm[0] != '\'' {
			return true
		}
	}
	return false
}

// coordinates tells whether "and" at token i joins two names or nouns, by what stands before it.
func (r *Reading) coordinates(from, i int) bool {
	if i-from > 6 {
		return false
	}
	for j := from; j < i; j++ {
		if !r.Is(j, Named|Upper|Det|Title|Conj) {
			return false
		}
	}
	return i > from
}

// dropTimes takes a time with its preposition off both ends: "On Monday officials", "Kirby on Monday".
func (r *Reading) dropTimes(np text.Range) text.Range {
	for i := np.From; i < np.To && i < np.From+4; i++ {
		if r.Is(i, Time) && r.timeLed(np.From, i) {
			np.From = i + 1
			break
		}
	}
	for np.From < np.To && r.Is(np.To-1, Time) {
		np.To--
		for np.From < np.To && r.Is(np.To-1, Prep|Det|Time) && !r.Is(np.To-1, Named) {
			np.To--
		}
	}
	return np
}

// WithoutTime takes a time with its preposition off the end of a stretch, unless nothing else is there.
func (r *Reading) WithoutTime(c text.Range) text.Range {
	to := c.To
	for to > c.From && r.Is(to-1, Time) && !r.Is(to-1, Named) {
		to--
	}
	for to < c.To && to > c.From && r.Is(to-1, Prep|Det) && !r.Is(to-1, Named) {
		to--
	}
	if to > c.From {
		c.To = to
	}
	return c
}

func (r *Reading) timeLed(from, i int) bool {
	for ; from < i; from++ {
		if !r.Is(from, Prep|Det|Time) || r.Is(from, Named) {
			return false
		}
	}
	return true
}

// adjacent gives the name or pronoun at the end of a stretch that begins with a preposition, where it is not governed by it.
func (r *Reading) adjacent(np text.Range) text.Range {
	last := np.To - 1
	if r.Is(last, Pron|Neuter) && !r.Is(last-1, Prep|Link) {
		return text.Range{From: last, To: np.To}
	}
	m := r.Mention(last)
	if m == nil {
		return text.Range{}
	}
	i := last
	for i > np.From && r.Mention(i-1) == m {
		i--
	}
	for i > np.From && r.Is(i-1, Title|Upper) && !r.Is(i-1, Named|Prep) {
		i--
	}
	if r.Is(i-1, Prep|Link|Det|Of) {
		return text.Range{}
	}
	return text.Range{From: i, To: np.To}
}

// after gives the noun phrase that begins behind cue n, empty where there is none.
func (r *Reading) after(n int) text.Range {
	from := r.Cues[n].At.To
	hi := len(r.Doc.Tokens)
	if n+1 < len(r.Cues) {
		hi = r.Cues[n+1].At.From
	}
	for from < hi && r.Is(from, Adv|Aux) && !r.Is(from, Named) {
		from++
	}
	if from < hi && r.Is(from, Pron|Neuter) && !r.Is(from, Named) {
		return text.Range{From: from, To: from + 1}
	}
	named := false
	i := from
	for ; i < hi && i-from <= maxSubject; i++ {
		if r.Is(i, Comma|Colon|Stop|Dash|Mark|Quoted) || r.Doc.Tokens[i].Kind == text.Mark && r.Doc.Tokens[i].Norm == "(" {
			break
		}
		if r.Is(i, Named) {
			named = true
			continue
		}
		if r.Is(i, Comp|Rel|Sub|Time|Addressee) || i > from && r.Is(i, Adv|Pron|Aux) {
			break
		}
		if r.Is(i, Object) && i > from && r.Cues[n].Verb.Stance != "" && r.Grammar.After {
			break
		}
		if r.Is(i, Prep) && !r.Is(i, Link) && (named || i == from || !r.Is(i, Attach) || r.Is(i+1, Occasion|Time|Addressee|Det)) {
			break
		}
	}
	return text.Range{From: from, To: i}
}

// agent gives the subject of a passive: what stands after "by", nothing where it is not said.
func (r *Reading) agent(n int) Subject {
	end := r.Doc.Sentences[r.Doc.SentenceOf(r.Cues[n].At.From)].To
	for i := r.Cues[n].At.To; i < end && i < r.Cues[n].At.To+8; i++ {
		if r.Is(i, By) {
			cue := r.Cues[n]
			r.Cues[n].At = text.Range{From: i, To: i + 1}
			np := r.after(n)
			r.Cues[n].At = cue.At
			for j := np.From; j < np.To && cue.Verb.Stance == news.Accuses; j++ {
				if r.Is(j, Of) {
					np.To = j
				}
			}
			return r.subject(np, true)
		}
		if r.Is(i, Comma|Stop|Mark) {
			break
		}
	}
	return Subject{}
}
