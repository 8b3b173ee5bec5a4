package claim

import (
	"marsad/clause"
	"marsad/news"
	"marsad/text"
)

// parts are the pieces of a claim behind its verb.
type parts struct {
	content text.Range
	target  *news.Actor
	rule    string
	negated bool        // by a word that stands apart from the verb: schließt nicht aus
	stance  news.Stance // where it is another than the verb's: refused a confirmation
}

// parts finds what a verb of stance is about, by what follows it.
func (f *finder) parts(n int) (parts, bool) {
	r, c := f.r, f.r.Cues[n]
	comp := r.Complement(n)
	from := f.object(n)
	if c.Closed > 0 {
		return f.framed(n, from)
	}
	if p, ok := f.refused(n, from); ok {
		return p, true
	}
	content := func(from int) text.Range { return r.Content(n, from) }
	switch stance := c.Verb.Stance; {
	case stance == news.Accuses:
	case stance == news.Denies && comp.Shape != clause.Clause && f.brief(from, comp):
		return parts{content: text.Range{From: from, To: from + 1}, rule: "thing"}, true
	case comp.Shape == clause.Clause && f.stands(comp.From):
		return parts{content: text.Range{From: comp.From - 1, To: comp.From}, rule: "thing"}, true
	case isCourse(stance) && comp.Shape == clause.Clause && comp.From-from > 5 && f.courses(n, from, comp.From):
		return f.course(n, from, r.Sentence(c.At.From))
	case comp.Shape == clause.Clause || comp.Shape == clause.BareClause:
		if c.Verb.Rejects && !f.claimed(text.Range{From: from, To: comp.From}) {
			return parts{}, false // refused to, not denied
		}
		return parts{content: content(comp.From), target: f.addressee(c, text.Range{From: from, To: comp.Rest.To}), rule: "clause"}, true
	case isCourse(stance):
		if p, ok := f.course(n, from, r.Sentence(c.At.From)); ok || comp.Shape == clause.Nothing {
			return p, ok
		}
	}
	switch stance := c.Verb.Stance; {
	case stance == news.Accuses:
	case comp.Shape == clause.Speech && stance == news.Condemns && r.Is(comp.From-1, clause.As) && comp.From-1 > from:
		return parts{content: r.WithoutTime(text.Range{From: from, To: comp.From - 1}), rule: "thing"}, true // "condemned the strike as “…”"
	case comp.Shape == clause.Speech:
		if k := r.RunAt(comp.From); k >= 0 && r.Runs[k].Close-r.Runs[k].Open < 4 && stance != news.Condemns {
			break // a name or a doubted word, not what is denied
		}
		return parts{content: f.bare(content(comp.From)), rule: "speech"}, true
	case comp.Shape == clause.AfterColon:
		return parts{content: content(comp.From), rule: "colon"}, true
	}
	s := r.Sentence(c.At.From)
	if from >= s.To {
		return parts{}, false
	}
	switch c.Verb.Stance {
	case news.Accuses:
		return f.accusation(n, from, s)
	case news.Denies, news.Condemns, news.Confirms:
		if p, ok := f.thing(n, from); ok {
			return p, true
		}
		return f.itself(n)
	}
	return f.itself(n)
}

// courses tells whether what is demanded or promised begins before token to.
func (f *finder) courses(n, from, to int) bool {
	p, ok := f.course(n, from, f.r.Sentence(f.r.Cues[n].At.From))
	return ok && p.content.From < to-2
}

// itself makes a denial or confirmation of a verb with nothing behind it: its words are the pronoun before or behind it or the verb alone, and it
// counts only if it answers something: see answer.
func (f *finder) itself(n int) (parts, bool) {
	r, c := f.r, f.r.Cues[n]
	if s := c.Verb.Stance; s != news.Denies && s != news.Confirms || c.Subject.Shared {
		return parts{}, false
	}
	next := f.object(n)
	if i := c.At.From - 1; r.Is(i, clause.Charge|clause.Report) && !r.Is(i, clause.Named|clause.Standing|clause.Pron) && (i < c.Subject.Words.From || i >= c.Subject.Words.To) {
		return parts{content: text.Range{From: i, To: i + 1}, rule: "itself"}, true // обвинения отвергли
	}
	if k := r.CueFrom(next + 1); r.Is(next, clause.Det) && !r.Is(next, clause.Named) && (r.Is(next+1, clause.Stop|clause.Comma|clause.Colon) || k < len(r.Cues) && r.Cues[k].At.From == next+1) {
		return parts{content: text.Range{From: next, To: next + 1}, rule: "itself"}, true // "denied this, saying"
	}
	if next < len(r.Class) && next < r.Sentence(c.At.From).To && !r.Is(next, clause.Stop|clause.Comma|clause.Colon|clause.Comp|clause.Conj) {
		return parts{}, false
	}
	if r.Is(c.At.From-1, clause.Standing) {
		return parts{content: text.Range{From: c.At.From - 1, To: c.At.To}, rule: "itself"}, true
	}
	return parts{content: c.At, rule: "itself"}, true
}

// brief tells whether one word for an accusation stands between a verb and a colon or mark: "denies it: “…”".
func (f *finder) brief(from int, comp clause.Complement) bool {
	return comp.Shape != clause.Nothing && comp.Shape != clause.BareClause && f.r.Is(from, clause.Charge) && f.r.Is(from+1, clause.Colon|clause.Mark|clause.Comma)
}

// stands tells whether a sentence or clause ends at token i: "denied that."
func (f *finder) stands(i int) bool {
	return i >= len(f.r.Class) || f.r.Is(i, clause.Stop|clause.Comma|clause.Colon)
}

// bare takes the marks off a content that is one run of quoted words.
func (f *finder) bare(c text.Range) text.Range {
	if k := f.r.RunAt(c.From); k >= 0 && f.r.Runs[k].Open == c.From && f.r.Runs[k].Close >= c.To-1 {
		return f.r.Runs[k].Inner()
	}
	return c
}

// object gives the token at which the words behind the verb and its subject begin.
func (f *finder) object(n int) int {
	c := f.r.Cues[n]
	from := c.At.To
	if c.Object.From < c.Object.To {
		from = c.Object.From
	} else if c.Subject.After && !c.Subject.Shared && c.Subject.Words.To > from {
		from = c.Subject.Words.To
	}
	if f.r.Grammar.After && f.r.Is(from, clause.Comma) {
		from = f.r.PastApposition(from) // «حذرت نهى بركات، رئيسة النقابة، من …»
	}
	for f.r.Is(from, clause.Adv|clause.Resumptive) && !f.r.Is(from, clause.Named) {
		from++
	}
	return f.r.PastTimes(f.r.PastTime(from))
}

// refused takes a refusal to confirm, deny or condemn as that, negated: «رفضت الوزارة تأكيد النبأ».
func (f *finder) refused(n, from int) (parts, bool) {
	r := f.r
	if r.Is(from, clause.Prep) && !r.Is(from, clause.Named) {
		from++
	}
	stance := r.Deed(from)
	if !r.Cues[n].Verb.Rejects || stance == "" {
		return parts{}, false
	}
	what := from + 1
	for r.Is(what, clause.Comp) {
		what++
	}
	content := r.Content(n, what)
	if r.Is(what, clause.Conj|clause.Comma|clause.Stop) {
		return parts{}, false
	}
	for i := content.From; i < content.To; i++ { // "a confirmation or denial": neither
		if s := r.Deed(i); s != "" && s != stance {
			return parts{}, false
		}
	}
	return parts{content: content, rule: "refused", negated: true, stance: stance}, true
}

// accusation cuts "Kyiv of hiding a report" into whom and what.
func (f *finder) accusation(n, from int, s text.Range) (parts, bool) {
	r := f.r
	if r.Cues[n].Passive {
		return f.accused(n, s)
	}
	if r.Grammar.Unspaced {
		return f.unspaced(n, from), true
	}
	if m := r.Mention(from); r.Grammar.Plain && m != nil {
		i := from
		for r.Mention(i) == m || r.Is(i, clause.Comma) {
			i++
		}
		return parts{content: r.Content(n, i), target: &news.Actor{Span: m.Span, Entity: m.Entity}, rule: "accusation"}, i < s.To
	}
	for i := from + 1; i < s.To && i < from+20; i++ {
		if r.Is(i, clause.Stop|clause.Colon) {
			break
		}
		if r.Is(i, clause.Comma) && r.Grammar.Plain && r.Grammar.Comma { // "beschuldigte den Betreiber, …"
			target := f.target(text.Range{From: from, To: i})
			return parts{content: r.Content(n, i+1), target: target, rule: "accusation"}, target != nil && !r.Cues[n].Subject.After && !r.Is(i+1, clause.Rel)
		}
		if r.Is(i, clause.Comma) { // "Cruz, the senator from Texas, of lying"
			j := i + 1
			for j < s.To && j < i+20 && !(r.Is(j, clause.Comma) && r.Is(j+1, clause.Of)) {
				j++
			}
			if !r.Is(j, clause.Comma) || j >= s.To {
				return parts{}, false
			}
			target := f.target(text.Range{From: from, To: i})
			return parts{content: r.Content(n, j+2), target: target, rule: "accusation"}, target != nil
		}
		if r.Is(i, clause.Object) && !r.Is(i, clause.Of) && !r.Is(from, clause.Named) && i == from {
			return parts{}, false
		}
		of, prefixed := r.Is(i, clause.Of) && !r.Is(i, clause.Named), r.OpensOf(i)
		if !of && !prefixed || of && f.ownName(i) {
			continue
		}
		target := f.target(text.Range{From: from, To: i})
		if target == nil {
			return parts{}, false
		}
		if of {
			i++
		}
		return parts{content: r.Content(n, i), target: target, rule: "accusation"}, true
	}
	return parts{}, false
}

// ownName tells whether the "of" at token i only belongs to a name behind it, and another "of" follows that: "the government of Kade of".
func (f *finder) ownName(i int) bool {
	r := f.r
	m := r.Mention(i + 1)
	if m == nil || !r.Is(i, clause.Link) {
		return false
	}
	for i++; r.Mention(i) == m; i++ {
	}
	return r.Is(i, clause.Of) && !r.Is(i, clause.Named)
}

// unspaced takes an accusation in a language that writes whom and what without a seam. Whom is told only where a small word follows
// the name; else both together are what is claimed.
func (f *finder) unspaced(n, from int) parts {
	r := f.r
	m, i := r.Mention(from), from
	for m != nil && r.Mention(i) == m {
		i++
	}
	if m == nil || !r.Is(i, clause.Prep|clause.Adv|clause.Neg|clause.Aux|clause.Comma) || r.Is(i, clause.Named|clause.Title|clause.Conj) {
		return parts{content: r.Content(n, from), rule: "accusation"}
	}
	for r.Is(i, clause.Comma) {
		i++
	}
	return parts{content: r.Content(n, i), target: &news.Actor{Span: m.Span, Entity: m.Entity}, rule: "accusation"}
}

// framed handles a verb in two parts: "warf der Firma vor, …", "wies die Vorwürfe zurück". What is claimed stands between the parts,
// or behind them where an accusation names somebody between them.
func (f *finder) framed(n, from int) (parts, bool) {
	r, c := f.r, f.r.Cues[n]
	between, next := text.Range{From: from, To: c.Closed}, c.Closed+1
	if c.Subject.After && !c.Subject.Shared || between.From > between.To {
		return parts{}, false // who and whom stand side by side
	}
	behind := r.Is(next, clause.Comma) && next < r.Sentence(c.At.From).To
	reported := func() text.Range {
		i := next + 1
		for r.Is(i, clause.Comp) && !r.Is(i, clause.Named) {
			i++
		}
		return r.Content(n, i)
	}
	negated := false
	for r.Is(between.From, clause.Neg|clause.Adv) && between.From < between.To && !r.Is(between.From, clause.Det) {
		negated = negated || r.Is(between.From, clause.Neg)
		between.From++
	}
	for r.Is(between.To-1, clause.Adv) && !r.Is(between.To-1, clause.Neg|clause.Named) && between.To-1 > between.From+1 {
		between.To-- // stets bestritten
	}
	switch stance := c.Verb.Stance; {
	case stance == news.Accuses && behind && between.From < between.To:
		return parts{content: reported(), target: f.target(between), rule: "framed", negated: negated}, true
	case isCourse(stance) && behind && between.From < between.To:
		return parts{content: reported(), target: f.target(between), rule: "framed", negated: negated}, true
	case stance == news.Accuses:
		m := r.Mention(from)
		for m != nil && r.Mention(from) == m {
			from++
		}
		return parts{content: text.Range{From: from, To: c.Closed}, target: f.target(text.Range{From: between.From, To: from}), rule: "framed", negated: negated}, m != nil && from < c.Closed
	case c.Verb.Rejects && !f.claimed(between):
		return parts{}, false
	case between.From < between.To:
		return parts{content: r.WithoutTime(between), rule: "framed", negated: negated}, true
	}
	return parts{content: reported(), rule: "framed", negated: negated}, behind
}

// accused handles "X was accused by Y of …".
func (f *finder) accused(n int, s text.Range) (parts, bool) {
	r := f.r
	target := f.target(r.Before(n))
	if i := r.Cues[n].At.From - 1; r.Is(i, clause.Comma) && i > 0 {
		if m := r.Mention(i - 1); m != nil && m.Kind == news.Person {
			target = &news.Actor{Span: m.Span, Entity: m.Entity} // "the mayor, Holm, accused by …"
		}
	}
	if target == nil {
		return parts{}, false
	}
	for i := r.Cues[n].At.To; i < s.To; i++ {
		if r.Is(i, clause.Of) && (i < r.Cues[n].Subject.Words.From || i >= r.Cues[n].Subject.Words.To) {
			return parts{content: r.Content(n, i+1), target: target, rule: "accused"}, true
		}
	}
	return parts{}, false
}

// thing takes the noun phrase that is denied, condemned or confirmed. A target is given when a name is the object itself.
func (f *finder) thing(n, from int) (parts, bool) {
	r := f.r
	for r.Is(from, clause.Comma|clause.Prep) && !r.Is(from, clause.Named|clause.OfWord|clause.Det) {
		if !r.Is(from, clause.Object) || r.Cues[n].Verb.Stance == news.Denies {
			return parts{}, false
		}
		from++
	}
	if r.Is(from, clause.Neg|clause.Conj) && !r.Is(from, clause.Named|clause.Det) || r.Is(from, clause.Time) && !r.Is(from, clause.Named|clause.Charge|clause.Det) {
		return parts{}, false // "neither confirmed nor denied", "a judge confirmed last week"
	}
	content := r.Content(n, from)
	if s := r.Cues[n].Subject; r.Grammar.After && r.Is(from, clause.Title) && s.Head != nil && !s.Shared {
		return parts{}, false // what follows the name is who they are
	}
	if content.From >= content.To || r.Is(from, clause.Stop|clause.Sub|clause.Pron) || r.Is(from, clause.Rel) && !r.Is(from, clause.Det) || r.Is(from, clause.Addressee) && !r.Is(from, clause.Named|clause.Charge) {
		return parts{}, false
	}
	if r.Cues[n].Verb.Rejects && !f.claimed(content) {
		return parts{}, false
	}
	for i := from + 1; i < content.To; i++ {
		if r.Is(i, clause.Sub) && !r.Is(i, clause.Named|clause.Conj|clause.Quoted|clause.As) {
			content = r.Close(text.Range{From: content.From, To: i})
			break
		}
	}
	if !f.names(content) {
		return parts{}, false
	}
	var target *news.Actor
	lead := from
	for r.Is(lead, clause.Det) {
		lead++
	}
	if m := r.Mention(lead); m != nil && r.Cues[n].Verb.Stance == news.Condemns && !r.Owns(lead) {
		target = &news.Actor{Span: m.Span, Entity: m.Entity}
	}
	return parts{content: r.WithoutTime(content), target: target, rule: "thing"}, true
}

// names tells whether a content is more than a time: "denied a day earlier".
func (f *finder) names(c text.Range) bool {
	for i := c.From; i < c.To; i++ {
		if f.r.Doc.Tokens[i].Kind != text.Number && (!(f.r.Is(i, clause.Time|clause.Det|clause.Adv|clause.Prep) && !(f.r.Is(i, clause.Adv) && i > c.From && f.r.Is(i-1, clause.Det))) || f.r.Is(i, clause.Charge|clause.Named)) {
			return true
		}
	}
	return false
}

// claimed tells whether the first words of a content name a claim: accusations, reports, rumours.
func (f *finder) claimed(c text.Range) bool {
	reach := 4
	if f.r.Grammar.After {
		reach = 1
	}
	for f.r.Is(c.From, clause.Det) && !f.r.Is(c.From, clause.Charge|clause.Report) {
		c.From++
	}
	for i := c.From; i < c.To && i < c.From+reach; i++ {
		if f.r.Is(i, clause.Charge|clause.Report) {
			return true
		}
	}
	return false
}
