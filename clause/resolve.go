package clause

import (
	"marsad/news"
	"marsad/text"
)

// resolve gives subjects to the cues whose own words name nobody: "adding", "وأضاف", "he said", "the minister said". The nearest
// cue before gives its subject when nobody else was named in between; else there is none.
func (r *Reading) resolve() {
	last := -1
	for i := range r.Cues {
		c := &r.Cues[i]
		if c.Quoted || c.Verb.Kind == Source && !c.Subject.Known && !c.Verb.Theirs {
			continue
		}
		switch {
		case c.Verb.Theirs:
			if last >= 0 && r.carries(last, i) {
				c.Subject = r.Cues[last].Subject
				c.Subject.Shared = true
			}
		case !c.Subject.Known && c.inner && (last < 0 || r.Doc.SentenceOf(r.Cues[last].At.From) != r.Doc.SentenceOf(c.At.From)):
		case !c.Subject.Known:
			if from := r.outer(last, i); last >= 0 && r.shares(i) && r.carries(from, i) && !r.embedded(from, i) {
				c.Subject = r.Cues[from].Subject
				c.Subject.Shared = true
			} else if c.Verb.Kind == Converb || r.Grammar.ProDrop && !c.barred && !c.Passive {
				if c.Subject = r.alone(i); !c.Subject.Known {
					c.Subject = r.led(last, i)
				}
			}
		case c.Subject.Head == nil && c.Subject.Form == Pronoun && r.Is(c.Subject.Words.From, First):
			// whoever wrote the article
		case c.Subject.Head == nil && c.Subject.Form == Pronoun:
			if c.Subject.From = r.antecedent(last, i); c.Subject.From == nil && last >= 0 && r.carries(last, i) && r.personal(r.Cues[last].Subject) {
				if c.Subject.Of = r.Cues[last].Subject.Of; c.Subject.Of.From >= c.Subject.Of.To {
					c.Subject.Of = r.Cues[last].Subject.Words
				}
			}
		case c.Subject.Head == nil && c.Subject.Form == Thing:
			r.standsFor(i, last)
		case c.Subject.Head == nil:
			if c.Subject.From = r.titled(c.Subject.Words); c.Subject.From == nil {
				c.Subject.From = r.named(c.Subject)
			}
		}
		if nobody := c.Negated && c.Subject.Head == nil && r.Is(c.Subject.Words.From, Det); c.Subject.Known && !c.Passive && !c.Irrealis && !nobody && !r.incidental(last, i) {
			last = i
		}
	}
}

// named gives the person who stands between commas right behind a subject that is a noun: "the director, Ana Holm, said".
func (r *Reading) named(s Subject) *news.Mention {
	i := s.Words.To
	if s.Form != Noun || s.Shared || !r.Is(i, Comma) || r.Mention(i) != nil {
		return nil
	}
	for i++; r.Mention(i) == nil && (r.Is(i, Title|Det) || r.courtesy(i+1) == i || r.Is(i-1, Title) && r.norm(i) == "."); i++ {
	}
	if m := r.Mention(i); m != nil && m.Kind == news.Person {
		if to := r.past(i); r.Is(to, Comma|Stop) || to >= len(r.Class) {
			return m
		}
	}
	return nil
}

// incidental tells whether cue i only names a source in a sentence in which cue last reports: "…, according to the defence, adding".
func (r *Reading) incidental(last, i int) bool {
	return last >= 0 && r.Cues[i].Verb.Kind == Source && r.Cues[last].Verb.Kind != Source &&
		r.Doc.SentenceOf(r.Cues[last].At.From) == r.Doc.SentenceOf(r.Cues[i].At.From)
}

// outer gives the cue whose subject the participle i goes on with: the one that reports the clause in which cue last is only a verb
// with a thing behind it, else last. "announced that he refused Kim's request, adding".
func (r *Reading) outer(last, i int) int {
	if last < 1 || r.Cues[i].Verb.Kind != Converb || r.Complement(last).Shape != Nothing {
		return last
	}
	s := r.Doc.SentenceOf(r.Cues[last].At.From)
	for p := last - 1; p >= 0 && r.Doc.SentenceOf(r.Cues[p].At.From) == s; p-- {
		if c := r.Cues[p]; c.Subject.Known && !c.Quoted && c.Verb.Kind != Source && r.Complement(p).Shape == Clause {
			return p
		}
	}
	return last
}

// standsFor says whom "it" or "they" before cue i stands for: who spoke in the same sentence or the one before, unless that was a
// person or somebody else was named since.
func (r *Reading) standsFor(i, last int) {
	if last < 0 || r.Is(r.Cues[i].Subject.Words.From, Latter) || !r.carries(last, i) || r.person(r.Cues[last].Subject) {
		return
	}
	c, before := &r.Cues[i], r.Cues[last].Subject
	if p := r.Cues[i-1]; p.Verb.Kind == Converb && !p.Subject.Known && r.Doc.SentenceOf(p.At.From) == r.Doc.SentenceOf(c.At.From) {
		return // "Analysts cut their target, saying they feared": they are whoever the sentence began with
	}
	if c.Subject.From = named(before); c.Subject.From != nil || r.Doc.SentenceOf(c.At.From)-r.Doc.SentenceOf(r.Cues[last].At.From) > 1 {
		return
	}
	if c.Subject.Of = before.Of; before.Form == Noun {
		c.Subject.Of = before.Words
	}
}

// Vague tells whether an actor is a pronoun that stands for nobody known.
func (r *Reading) Vague(a *news.Actor) bool {
	if a == nil || a.Entity != "" || a.Named != nil {
		return false
	}
	from := r.Doc.TokenAt(a.Start)
	to := from
	for to < len(r.Doc.Tokens) && r.Doc.Tokens[to].Start < a.End {
		to++
	}
	return r.all(text.Range{From: from, To: to}, Pron|Neuter) && !r.Is(from, Named)
}

// personal tells whether a subject without a known name looks like one: a title or a word with a capital is in it.
func (r *Reading) personal(s Subject) bool {
	if s.Form != Noun {
		return s.Of.From < s.Of.To
	}
	for i := s.Words.From; i < s.Words.To; i++ {
		if r.Is(i, Title) || r.Is(i, Upper) && r.Sentence(i).From != i {
			return true
		}
	}
	return false
}

// shares tells whether cue n can go on with the subject of the verb before: it is a participle or joined by "and", or its
// language leaves subjects out and no other words stand in the place of one.
func (r *Reading) shares(n int) bool {
	c := r.Cues[n]
	return c.Verb.Kind == Converb || !c.Passive && !c.barred && (r.Grammar.ProDrop || c.Prefixed || r.coordinated(n))
}

func named(s Subject) *news.Mention {
	if s.Head != nil {
		return s.Head
	}
	return s.From
}

func (r *Reading) person(s Subject) bool {
	m := named(s)
	return m != nil && m.Kind == news.Person || s.Form == Pronoun
}

// carries tells whether the subject of cue a can be that of the later cue b: they stand at most one paragraph apart, their verbs
// agree, and no other person is named between the two sentences.
func (r *Reading) carries(a, b int) bool {
	ca, cb := r.Cues[a], r.Cues[b]
	sa, sb := r.Doc.SentenceOf(ca.At.From), r.Doc.SentenceOf(cb.At.From)
	if cb.Verb.Kind == Converb {
		return sa == sb || r.sameSpeech(sa, cb.At.From)
	}
	if !r.Agree(ca, cb) || r.Doc.ParagraphOf(cb.At.From)-r.Doc.ParagraphOf(ca.At.From) > 1 {
		return false
	}
	if sa == sb {
		return true
	}
	from, to := r.Doc.Sentences[sa].To, r.Doc.Sentences[sb].From
	return !r.others(from, to, named(ca.Subject)) && !r.others(to, cb.At.From, named(ca.Subject))
}

// sameSpeech tells whether only quoted words lie between sentence a and token b.
func (r *Reading) sameSpeech(a, b int) bool {
	if b-r.Doc.Sentences[a].To > 4*horizon {
		return false
	}
	for i := r.Doc.Sentences[a].To; i < b; i++ {
		if !r.Is(i, Mark|Quoted|Comma|Dash|Stop) {
			return false
		}
	}
	return true
}

// embedded tells whether cue b may belong to the clause that cue a reports: "he said that Kim came and promised". It is then
// nobody's for certain, unless a comma stands before it or it reports a clause as the first did.
func (r *Reading) embedded(a, b int) bool {
	cb := r.Cues[b]
	if cb.Verb.Kind == Converb || r.Doc.SentenceOf(r.Cues[a].At.From) != r.Doc.SentenceOf(cb.At.From) {
		return false
	}
	i := cb.At.From - 1
	for r.Is(i, Adv|Aux|Neg|Conj|Sub) && !r.Is(i, Comma) {
		i--
	}
	if shape := r.Complement(a).Shape; shape != Clause && shape != BareClause || r.Is(i, Comma) {
		return false
	}
	return !((cb.Prefixed || r.Is(i+1, Conj) && cb.Verb.Stance == "") && r.Complement(b).Shape == Clause)
}

// alone gives as the subject of cue n the only person named before it in its sentence: "Rula agreed with him, saying".
func (r *Reading) alone(n int) Subject {
	at := r.Cues[n].At.From
	var only *news.Mention
	for i := r.Sentence(at).From; i < at; i++ {
		m := r.Mention(i)
		if m == nil || r.Is(i, Quoted) || m == only || only != nil && m.Kind != news.Person {
			continue
		}
		if m.Kind != news.Person && !r.Is(i-1, Title|Link) && r.Mention(r.past(i)) == nil && !r.Is(i-1, Prep) {
			return Subject{} // something else is named first
		}
		if m.Kind != news.Person {
			continue
		}
		if only != nil || r.governed(i, text.Range{From: r.Sentence(at).From, To: at}) || r.oblique(m) {
			return Subject{}
		}
		only = m
	}
	if only == nil {
		return Subject{}
	}
	i := r.Doc.TokenAt(only.Start)
	return Subject{Words: text.Range{From: i, To: r.past(i)}, Head: only, Known: true, Shared: true}
}

// led gives as the subject of cue n, which stands behind quoted words that begin a sentence, the only person whom the sentence before names,
// where no verb of saying has another subject since: "El ministro, Ana Holm, evitó responder. "…", señaló."
func (r *Reading) led(last, n int) Subject {
	at := r.Cues[n].At.From
	s := r.Doc.SentenceOf(at)
	from := r.Doc.Sentences[s].From
	if s == 0 || !r.Is(from, Mark) || r.Doc.ParagraphOf(from) != r.Doc.ParagraphOf(from-1) || last >= 0 && r.Cues[last].At.From >= r.Doc.Sentences[s-1].From {
		return Subject{}
	}
	var only *news.Mention
	for i := r.Doc.Sentences[s-1].From; i < from; i++ {
		m := r.Mention(i)
		if m == nil || m.Kind != news.Person || r.Is(i, Quoted) || m == only {
			continue
		}
		if only != nil || r.governed(i, text.Range{From: r.Doc.Sentences[s-1].From, To: from}) || r.oblique(m) {
			return Subject{}
		}
		only = m
	}
	if only == nil {
		return Subject{}
	}
	i := r.Doc.TokenAt(only.Start)
	return Subject{Words: text.Range{From: i, To: r.past(i)}, Head: only, Known: true, Shared: true}
}

// others tells whether tokens [from, to) name a person outside quotation marks who is not m.
func (r *Reading) others(from, to int, m *news.Mention) bool {
	if to-from > 4*horizon {
		return true // too far to know
	}
	for i := from; i < to; i++ {
		o := r.Mention(i)
		if o != nil && o.Kind == news.Person && !r.Is(i, Quoted) && !same(o, m) {
			return true
		}
	}
	return false
}

// same tells whether two mentions mean one.
func same(a, b *news.Mention) bool {
	if a == nil || b == nil {
		return false
	}
	if a.Entity != "" || b.Entity != "" {
		return a.Entity == b.Entity
	}
	return a.Name == b.Name
}

// antecedent gives the person that a pronoun before cue n stands for: who spoke last, or the only one named in this sentence
// and the one before.
func (r *Reading) antecedent(last, n int) *news.Mention {
	if last >= 0 && r.person(r.Cues[last].Subject) && r.carries(last, n) {
		if r.stranger(r.Cues[last].At.To, r.Cues[n].At.From) {
			return nil
		}
		return named(r.Cues[last].Subject)
	}
	at := r.Cues[n].Subject.Words.From
	s := r.Doc.SentenceOf(at)
	for back := 0; back < 3 && s >= 0 && r.Doc.Sentences[s].To > at-2*horizon; back++ {
		var only *news.Mention
		for i := r.Doc.Sentences[s].From; i < r.Doc.Sentences[s].To && i < at; i++ {
			m := r.Mention(i)
			if m == nil || m.Kind != news.Person || r.Is(i, Quoted) {
				continue
			}
			if only != nil && !same(only, m) {
				return nil
			}
			only = m
		}
		if only != nil && r.stranger(r.Doc.TokenAt(only.End), at) {
			return nil
		}
		if only != nil {
			return only
		}
		s--
	}
	return nil
}

// stranger tells whether a sentence among tokens [from, to) begins with a name that nobody knows: two words with capitals or more,
// outside quotation marks, that are no title.
func (r *Reading) stranger(from, to int) bool {
	for i := from; i+2 < to && i < from+4*horizon; i++ {
		if r.Sentence(i).From != i && r.Doc.Tokens[i-1].Kind != text.Mark {
			continue
		}
		if r.loneName(i) && r.loneName(i+1) {
			return true
		}
	}
	return false
}

// loneName tells whether token i is a word with a capital that belongs to no mention and has no role.
func (r *Reading) loneName(i int) bool {
	return r.Doc.Tokens[i].Kind == text.Word && r.Class[i] == Upper
}
