package clause

import (
	"slices"

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
			if np := r.after(i); !c.Verb.Theirs && !r.auxiliary(r.Cues[i].At.To) {
				c.Subject = r.subject(np, true)
			}
			continue
		}
		if c.Passive {
			c.Subject = r.agent(i)
			continue
		}
		before, blocked := r.before(i)
		after := r.after(i)
		if r.Grammar.Final {
			if np := r.across(c.At.From); np.From < np.To {
				c.Subject = r.subject(np, false)
				continue
			}
		}
		switch {
		case c.Verb.Relay:
			c.Subject, blocked = r.relayed(i), true
		case r.Is(c.At.To, Resumptive):
			c.Subject, blocked = r.resumed(i), true
		case r.Grammar.After:
			blocked = r.either(i, before, after) || blocked && !r.opens(c.At.From)
		case before.From < before.To:
			if c.Subject = r.subject(before, false); !r.nominative(*c) {
				c.Subject = Subject{}
			}
			blocked = true
		case !blocked:
			c.Subject = r.subject(after, true)
		}
		c.barred = blocked && !c.Prefixed && !r.coordinated(i)
		if s := c.Subject; s.Known && !s.After {
			c.Irrealis = c.Irrealis || r.Is(s.Words.From-1, Irrealis) // "if Holm denies"
			for k := s.Words.From - 1; k < s.Words.To; k++ {
				c.Negated = c.Negated || r.Is(k, Neg) && !r.Is(k, Adv|Named|Quoted) // "neither Holm nor Kade confirmed"
			}
		}
	}
	r.resolve()
}

// across gives the noun phrase before the run of quoted words that ends right before token i, where the verb stands at the end:
// Merve Aydın, “…” dedi.
func (r *Reading) across(i int) text.Range {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if !r.Is(k, Mark) {
			continue
		}
		run := r.RunAt(k)
		if run < 0 || r.Runs[run].Close != k {
			break
		}
		open := r.Runs[run].Open
		lo := r.floor(open)
		for open > lo && r.Is(open-1, Comma) {
			open--
		}
		return r.trim(r.firstSegment(lo, open))
	}
	return text.Range{}
}

// firstSegment gives the words before the first comma.
func (r *Reading) firstSegment(lo, hi int) text.Range {
	for i := lo; i < hi; i++ {
		if r.Is(i, Comma|Dash) {
			return text.Range{From: lo, To: i}
		}
	}
	return text.Range{From: lo, To: hi}
}

// either gives cue n its subject in a language that puts it behind the verb, unless a name or a noun after "that" stands right
// before it; barred tells that words stand there which must not be passed over for the subject of an earlier verb.
func (r *Reading) either(n int, before, after text.Range) (barred bool) {
	c := &r.Cues[n]
	var first Subject
	if !c.Prefixed && before.From < before.To && before.To == c.At.From-r.small(c.At.From) {
		first = r.subject(before, false)
		h := first.Head
		whole := h != nil && r.Doc.Tokens[before.To-1].End <= h.End
		if whole || r.Is(before.From-1, Comp) || r.Is(before.From-1, Sub) && r.Definite(before.From) {
			c.Subject, c.Object = first, after
			return true
		}
		if h == nil && !r.Definite(before.From) && !r.Is(before.From, Title|Det) {
			first = Subject{}
		}
	}
	if after.From < after.To {
		if c.Subject = r.behind(n, after); c.Subject.Known {
			return false
		}
	}
	if first.Known {
		c.Subject, c.Object = first, after
		return true
	}
	return c.Object.From >= c.Object.To && r.OpensOf(c.At.To)
}

// small counts the small words right before token i.
func (r *Reading) small(i int) int {
	n := 0
	for r.Is(i-1-n, Aux|Adv|Neg) && !r.Is(i-1-n, Named) {
		n++
	}
	return n
}

// resumed gives the subject of cue n whose next word points back, as in "a meeting in which denied the minister that": a name behind
// that word, else the only person named before; nobody when another noun stands there.
func (r *Reading) resumed(n int) Subject {
	cue := r.Cues[n].At
	r.Cues[n].At.To++
	np := r.after(n)
	r.Cues[n].At = cue
	switch {
	case np.From >= np.To:
		return r.alone(n)
	case r.Is(np.From, Named|Title):
		return r.subject(np, true)
	}
	r.Cues[n].Object = np
	return Subject{}
}

// relayed gives whom cue n quotes: "quoted her as saying", "نقلت الوكالة عن الوزير قوله"; nobody where it does not say.
func (r *Reading) relayed(n int) Subject {
	from := r.Cues[n].At.To
	end := min(r.Sentence(from-1).To, from+25)
	if !r.Grammar.After {
		for i := from; i < end; i++ {
			if r.Is(i, Saying) {
				return r.subject(text.Range{From: from, To: i}, true)
			}
		}
		return Subject{}
	}
	for i := from; i < end; i++ {
		if !r.Is(i, Relayed) {
			continue
		}
		for j := i + 1; j < end; j++ {
			if r.Is(j, Saying|Comp|Mark|Colon|Comma) {
				return r.subject(text.Range{From: i + 1, To: j}, true)
			}
		}
	}
	return Subject{}
}

// dative tells whether a preposition is written together with the name at token i: it is no subject.
func (r *Reading) dative(i int) bool {
	m := r.Mention(i)
	if t := r.Doc.Tokens[i]; m != nil && m.Start > t.Start {
		return !slices.Contains(r.Grammar.clitics, text.Normalize(r.Doc.Text[t.Start:m.Start]))
	}
	return false
}

// auxiliary tells whether token i can only be an auxiliary: "según ha contado".
func (r *Reading) auxiliary(i int) bool { return r.Is(i, Aux|Passive) && !r.Is(i, Det|Named) }

// nominative tells whether the words of cue c's subject can be one, by their endings and the verb's number.
func (r *Reading) nominative(c Cue) bool {
	g, s := r.Grammar, c.Subject
	if !g.Cased || !s.Known || s.Form != Noun || r.Is(s.Words.From-1, Locative) {
		return true
	}
	first := r.Doc.Tokens[s.Words.From].Norm
	if hasSuffix(first, g.oblique) && s.Head == nil {
		return false
	}
	if r.ending(c) != 'p' {
		return true
	}
	if s.Head != nil && s.Head.Kind == news.Person {
		return r.coordination(s) > 0 || s.Words.To > r.past(r.Doc.TokenAt(s.Head.Start))
	}
	if s.Words.To-s.Words.From == 1 && s.Head == nil {
		return hasSuffix(first, g.plurals)
	}
	return !hasSuffix(first, g.singular) || s.Head != nil
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

// before gives the noun phrase that ends before cue n, empty where there is none. It is blocked when other words stand there: the
// subject is then likely none of what follows the verb either.
func (r *Reading) before(n int) (np text.Range, blocked bool) {
	c := r.Cues[n]
	lo := r.floor(c.At.From)
	hi := c.At.From
	for hi > lo && r.Is(hi-1, Aux|Adv|Neg|Irrealis|Passive) && !(r.Is(hi-1, Named|Pron|Neuter)) {
		hi--
	}
	if hi > lo && r.Is(hi-1, Rel) && !r.Is(hi-1, Named) {
		return r.antecedentOf(lo, hi-1), true
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

// antecedentOf gives the name that the relative pronoun at token i follows: "Barack Obama, who called".
func (r *Reading) antecedentOf(lo, i int) text.Range {
	for i > lo && r.Is(i-1, Comma) {
		i--
	}
	from := i
	for from > lo && r.Is(from-1, Named|Upper|Title) && !r.Is(from-1, Comma) {
		from--
	}
	if np := (text.Range{From: from, To: i}); from < i && (r.Grammar.After || r.Is(from, Upper|Named)) && !r.Is(from-1, Prep|Link) {
		return np
	}
	return text.Range{}
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
	lo := r.Sentence(i).From
	for j := i - 1; j >= lo; j-- {
		if r.Is(j, Mark|Quoted|Colon) || r.Is(j, Stop) {
			return j + 1
		}
	}
	return lo
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
	if r.Grammar.After && from < hi && r.joined(from) && !r.Is(from, Named|Title|Head) {
		return text.Range{From: from, To: from} // a subject does not begin with "and"
	}
	named := false
	i := from
	for ; i < hi && i-from <= maxSubject; i++ {
		if r.Is(i, Comma|Colon|Stop|Dash|Mark|Quoted) || r.Doc.Tokens[i].Kind == text.Mark && r.Doc.Tokens[i].Norm == "(" {
			break
		}
		if r.Is(i, Named) {
			if r.dative(i) {
				break
			}
			named = true
			continue
		}
		if r.Grammar.After && (r.OpensOf(i) && (i == from || !r.Cues[n].Verb.Transitive) || i > from && r.Is(i, ToWord) && r.Cues[n].Verb.Stance != "" && !r.Is(i, Natural)) {
			break
		}
		if t := r.Doc.Tokens[i]; hasSuffix(r.Doc.Text[t.Start:t.End], r.Grammar.accus) {
			break
		}
		if hasPrefix(r.Doc.Tokens[i].Norm, r.Grammar.datives) && !r.Is(i, Link) {
			break
		}
		if r.Is(i, Saying|Comp|Rel|Sub|Time|Neg|Irrealis) || r.Is(i, Addressee) && (i > from || r.Grammar.After) || i > from && r.Is(i, Adv|Pron|Aux) {
			break
		}
		if r.Is(i, Object) && i > from && r.Cues[n].Verb.Stance != "" && r.Grammar.After {
			break
		}
		if r.Is(i, Prep) && !r.Is(i, Link) && !(i == from && r.Is(i, Det)) && (named || i == from || !r.Is(i, Attach) || r.Is(i+1, Occasion|Time|Addressee|Det)) {
			break
		}
	}
	return text.Range{From: from, To: i}
}

// agent gives the subject of a passive: what stands after "by", nothing where it is not said.
func (r *Reading) agent(n int) Subject {
	end := r.Sentence(r.Cues[n].At.From).To
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
