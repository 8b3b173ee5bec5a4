package clause

import (
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
		if who, _, ok := r.Prior(i); ok && !r.Grammar.Unspaced && c.Verb.Stance != "" {
			c.Subject = who
			continue
		}
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
			if c.Subject = r.subject(before, false); !r.nominative(*c) || r.plural(*c) {
				c.Subject = Subject{}
			}
			blocked = true
		case c.Closed > 0:
			blocked = true // who and whom stand side by side behind the verb
		case c.Verb.Stance != "" && r.Is(after.From, Det) && r.head(after) == nil && r.coordinated(i):
			// "rejected the charges and promised a decision": what is promised, not who promises
		case !blocked && !r.Grammar.Unspaced && !(r.Grammar.Bare && (c.Verb.objective() || c.Verb.Kind == Act)):
			c.Subject = r.subject(after, true)
		}
		c.barred = blocked && !c.Prefixed && !r.coordinated(i)
		if s := c.Subject; s.Known && !s.After {
			before := Irrealis
			if r.Grammar.Bare {
				before |= Aux // "did Holm say"; elsewhere an auxiliary may open a plain sentence
			}
			c.Irrealis = c.Irrealis || r.Is(s.Words.From-1, before) && !r.Is(s.Words.From-1, Named|Quoted|Comp) // "if Holm denies"
			for k := s.Words.From - 1; k < s.Words.To; k++ {
				c.Negated = c.Negated || r.Is(k, Neg) && !r.Is(k, Adv|Named|Quoted) // "neither Holm nor Kade confirmed"
			}
		}
	}
	r.resolve()
}

// objective tells whether a verb is told of a thing that the clause has to name, so that what follows it is that thing and no subject.
func (v *Verb) objective() bool {
	return takesObject(v.Stance) || v.Stance == news.Accuses || v.Stance == news.Condemns
}

// either gives cue n its subject in a language that puts it behind the verb, unless a name or a noun after "that" stands right
// before it; barred tells that words stand there which must not be passed over for the subject of an earlier verb.
func (r *Reading) either(n int, before, after text.Range) (barred bool) {
	c := &r.Cues[n]
	var first Subject
	at := c.At.From - r.small(c.At.From)
	if np := r.fronted(n, at); np.From < np.To {
		if first = r.subject(np, false); first.Known {
			c.Subject, c.Object = first, after
		}
		return true
	}
	if r.Is(at-1, Rel) && c.Verb.Stance != "" && !r.reportedAt(after.To) {
		c.Object = after // "those who threatened the aid workers": what follows is no subject
		if before.From < before.To {
			c.Subject = r.subject(before, false)
		}
		return true
	}
	if apposed := r.Is(at-1, Comma) && before.From < before.To && before.To < at-1; apposed && !c.Prefixed && r.opening(before.From) && !r.holdsCue(before) {
		c.Subject, c.Object = r.subject(before, false), after // "the league, which …, accused the firm"
		return true
	}
	if !c.Prefixed && before.From < before.To && before.To == at {
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
	return c.unsure || !c.Prefixed && r.nounFirst(at) || c.Object.From >= c.Object.To && r.OpensOf(c.At.To) || r.Is(after.From, Title) && after.From < after.To
}

// fronted gives the noun phrase between a word that opens a clause and cue n, whose small words begin at token at: "but sources close to
// the delegation denied", "a source had already said". Whoever it is, it is nobody named earlier. It is empty where there is none.
func (r *Reading) fronted(n, at int) text.Range {
	lo := r.floor(at)
	if k := n - 1; k >= 0 && r.Cues[k].At.To > lo {
		lo = r.Cues[k].At.To
	}
	from := at
	for from > lo && at-from < 10 && !r.Is(from-1, Comma|Dash|Sub|Rel|Colon) && (!r.Is(from-1, Comp) || r.Is(from-1, Link)) {
		if r.Is(from-1, Aux) && !r.Is(from-1, Named|Prep) {
			break
		}
		from--
	}
	had := r.Is(from-1, Aux) && from < at && at < r.Cues[n].At.From && r.opening(from-1)
	title := from == lo && r.Sentence(at).From == lo && r.Is(from, Title|Teller) && !r.Cues[n].Prefixed
	if from >= at || !had && !title && !(r.Is(from-1, Sub) && from > lo) {
		return text.Range{}
	}
	if r.Is(from, Prep|Time|Adv|Det|Pron|Neuter|Neg) && !r.Is(from, Named|Title) || r.Cues[n].Prefixed || r.holdsTime(from, at) {
		return text.Range{}
	}
	return text.Range{From: from, To: at}
}

// nounFirst tells whether a sentence begins with plain nouns that lead up to token at: whoever they mean, a verb there is theirs.
func (r *Reading) nounFirst(at int) bool {
	s := r.Sentence(at)
	if at <= s.From || at-s.From > 8 {
		return false
	}
	for i := s.From; i < at; i++ {
		if r.Doc.Tokens[i].Kind != text.Word || r.Is(i, Prep|Time|Adv|Aux|Conj|Sub|Neg|Rel|Comp|Prefix|Pron) && !r.Is(i, Named) {
			return false
		}
	}
	return r.Definite(s.From) || r.Is(s.From, Title|Teller|Head)
}

// holdsTime tells whether a time stands among tokens [from, to).
func (r *Reading) holdsTime(from, to int) bool {
	for i := from; i < to; i++ {
		if r.Is(i, Time) && !r.Is(i, Named) {
			return true
		}
	}
	return false
}

// holdsCue tells whether a cue begins among tokens np.
func (r *Reading) holdsCue(np text.Range) bool {
	n := r.CueFrom(np.From)
	return n < len(r.Cues) && r.Cues[n].At.From < np.To
}

// opening tells whether only small words stand between token i and the beginning of its sentence.
func (r *Reading) opening(i int) bool {
	for s := r.Sentence(i).From; s < i; s++ {
		if !r.Is(s, Conj|Sub|Adv|Comp) {
			return false
		}
	}
	return true
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

// plural tells whether cue c is a noun in the plural rather than a verb in the singular: "False claims that", at the head of a sentence.
func (r *Reading) plural(c Cue) bool {
	s := c.Subject
	return c.Verb.Noun && s.Known && s.Form == Noun && s.Head == nil && s.Words.To-s.Words.From == 1 &&
		hasSuffix(r.norm(c.At.From), r.Grammar.singularForms) && r.Sentence(s.Words.From).From == s.Words.From && !r.Is(s.Words.From, Title|Named)
}

// coordinated tells whether cue n directly follows "and": it then shares the subject of the verb before.
func (r *Reading) coordinated(n int) bool {
	i := r.Cues[n].At.From - 1
	for r.Is(i, Adv|Aux|Neg) && !r.Is(i, Conj) {
		i--
	}
	return r.Is(i, Conj) || !r.Grammar.ProDrop && r.Is(i, Sub) && r.Is(i-1, Comma) && !r.Is(i, As|Rel|Named) // ", but said"
}

// object tells whether what follows a verb that takes an object is that, in a language where the subject would stand there too:
// the verb goes on from an earlier one whose subject is a person, and what follows is none. "Putin mocked … when he thanked Korea".
func (r *Reading) object(n int, np text.Range) bool {
	c := r.Cues[n]
	if c.Verb.Kind != Act && c.Verb.Stance == "" || n == 0 || !c.Prefixed && !r.Is(c.At.From-1, Sub) {
		return false
	}
	k := n - 1
	for k > 0 && !r.Cues[k].Subject.Known && r.Doc.SentenceOf(r.Cues[k-1].At.From) == r.Doc.SentenceOf(c.At.From) {
		k--
	}
	p := r.Cues[k]
	if r.Doc.SentenceOf(p.At.From) != r.Doc.SentenceOf(c.At.From) || p.Quoted || !p.Subject.Known || p.Subject.Head != nil && !r.person(p.Subject) || !r.Agree(p, c) {
		return false
	}
	m := r.head(np)
	return m == nil || m.Kind != news.Person
}

// longest gives the most tokens that a subject has: more where a token is one character.
func (r *Reading) longest() int {
	if r.Grammar.Unspaced {
		return 3 * maxSubject
	}
	return maxSubject
}

// dangles tells whether a stretch is the rest of something else: it begins with the preposition of a noun before it, or ends with one
// that governs nothing ("five days after"), or it holds a verb with its object.
func (r *Reading) dangles(np text.Range) bool {
	if r.Grammar.Unspaced {
		for i := np.From; i < np.To; i++ {
			if r.Is(i, Governs) && !r.Is(i, Named) {
				return true
			}
		}
	}
	if r.Grammar.Unspaced || r.Grammar.Final {
		return false // one character of a name may be a small word; prepositions may follow
	}
	if r.Is(np.From, Det) && r.Is(np.From+1, Prep|Link|By) && !r.Is(np.From+1, Named|Det|Pron|Title|Adv) && np.From+2 < np.To && r.Grammar.CapitalNouns {
		return true // "der im Prozess verurteilte Holm": no verb, but what is said of Holm
	}
	last := np.To - 1
	if r.Is(last, Prep) && !r.Is(last, Named|Pron|Neuter|Upper|Title|Adv) && np.From < last {
		return true
	}
	return r.Is(np.From, Link) && !r.Is(np.From, Named|Det|Upper|Title|Head) && np.From < last
}

// all tells whether every token of a stretch has one of the roles c.
func (r *Reading) all(np text.Range, c Class) bool {
	for i := np.From; i < np.To; i++ {
		if !r.Is(i, c) {
			return false
		}
	}
	return np.From < np.To
}

// subject makes a subject of a stretch of words, or none of a stretch that can be no subject.
func (r *Reading) subject(np text.Range, after bool) Subject {
	if np.From >= np.To || np.To-np.From > r.longest() || r.dangles(np) || after && r.Grammar.After && r.OpensOf(np.From) && r.feminine(np.From) {
		return Subject{}
	}
	for np.From+1 < np.To && r.Doc.Tokens[np.From].Kind == text.Mark && r.Doc.Tokens[np.To-1].Kind == text.Mark {
		np.From, np.To = np.From+1, np.To-1 // 《纽约时报》
	}
	for np.To > np.From+1 && r.Is(np.To-1, Adv) && !r.Is(np.To-1, Named|Upper|Det|Pron|Neuter|Title) {
		np.To--
	}
	s := Subject{Words: np, Known: true, After: after, Head: r.head(np)}
	if s.Head != nil {
		return s
	}
	switch {
	case np.To-np.From == 1 && r.Is(np.From, Pron):
		s.Form = Pronoun
	case r.all(np, Neuter|Pron):
		s.Form = Thing // "it", "celle-ci"
	case !r.nominal(np):
		return Subject{}
	}
	return s
}
