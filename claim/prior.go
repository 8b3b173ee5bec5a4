package claim

import (
	"strings"

	"marsad/clause"
	"marsad/news"
	"marsad/text"
)

// prior makes a claim of a verb of stance whose object stands before it: whom, in an accusation, is the name that follows who.
func (f *finder) prior(n int) bool {
	r, c := f.r, f.r.Cues[n]
	who, what, ok := r.Prior(n)
	if !ok {
		return false
	}
	claimant := r.Actor(who)
	if claimant == nil || r.Vague(claimant) {
		return false
	}
	var target *news.Actor
	if c.Verb.Stance == news.Accuses {
		m := r.Mention(what.From)
		if m == nil {
			return false
		}
		for what.From < what.To && (r.Mention(what.From) == m || r.Is(what.From, clause.Object|clause.Topic) || f.suffix(what.From)) {
			what.From++
		}
		target = &news.Actor{Span: m.Span, Entity: m.Entity}
	}
	for what.From < what.To && r.Is(what.From, clause.Prep|clause.Object|clause.Comma) && !r.Is(what.From, clause.Named) {
		what.From++
	}
	if what.From >= what.To || !f.worded(what) || c.Verb.Rejects && !f.speaks(what) {
		return false
	}
	span := r.Doc.Span(what)
	cue := &news.Cue{Span: r.Doc.Span(c.At), Lemma: c.Verb.Lemma}
	f.out = append(f.out, news.Claim{Span: span, Stance: c.Verb.Stance, Cue: cue, Claimant: claimant, Target: target,
		Negated: c.Negated, Hedged: f.hedged(span, cue), Answers: -1, Rule: "prior"})
	return true
}

// suffix tells whether token i is an apostrophe or the case ending behind one: Fredonya'yı.
func (f *finder) suffix(i int) bool {
	t := f.r.Doc.Tokens
	apostrophe := func(k int) bool { return k >= 0 && strings.HasPrefix(t[k].Norm, "'") }
	return apostrophe(i) || i > 0 && t[i-1].Norm == "'" && t[i-1].End == t[i].Start
}

// speaks tells whether a stretch names a claim anywhere.
func (f *finder) speaks(c text.Range) bool {
	for i := c.From; i < c.To; i++ {
		if f.r.Is(i, clause.Charge|clause.Report) {
			return true
		}
	}
	return false
}
