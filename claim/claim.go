// Package claim finds who asserts, accuses, condemns, confirms, denies, warns, threatens, demands or promises what. A claim is
// what the text says that somebody said, never a statement that it is so. A claim without a claimant is left out, and so is one
// whose parts the words do not show: wrongly saying who accused whom is worse than saying nothing.
package claim

import (
	"sort"

	"marsad/clause"
	"marsad/news"
	"marsad/text"
)

// Find gives the claims of a text in the order of their first byte. Mentions have to be in order; quotations are those of
// quote.Find for the same text. Answers are indices into the result.
func Find(doc *text.Doc, mentions []news.Mention, quotations []news.Quotation) []news.Claim {
	return Of(clause.Read(doc, mentions), quotations)
}

// Of gives the claims of a text that has been taken apart already; r may be nil.
func Of(r *clause.Reading, quotations []news.Quotation) []news.Claim {
	if r == nil {
		return nil
	}
	f := &finder{r: r, cues: map[int]int{}}
	for n := range r.Cues {
		f.cues[r.Doc.Tokens[r.Cues[n].At.From].Start] = n
	}
	f.quotations(quotations)
	for n := range r.Cues {
		f.stance(n)
	}
	sort.SliceStable(f.out, func(i, j int) bool { return f.out[i].Start < f.out[j].Start })
	f.answer()
	return f.answering()
}

// answering leaves out the denials of nothing: those that name nothing and answer nothing. It keeps the indices right.
func (f *finder) answering() []news.Claim {
	kept, at := f.out[:0:0], make([]int, len(f.out))
	for i, c := range f.out {
		at[i] = len(kept)
		if c.Rule != "itself" || c.Answers >= 0 {
			kept = append(kept, c)
		}
	}
	for i := range kept {
		if kept[i].Answers >= 0 {
			kept[i].Answers = at[kept[i].Answers]
		}
	}
	return kept
}

type finder struct {
	r    *clause.Reading
	cues map[int]int  // cue by its first byte
	told map[int]bool // cues whose claim a quotation already made
	out  []news.Claim
}

// quotations makes a claim of each quotation that has a speaker: of the stance of its verb, else a plain statement. Words that a
// verb of judging mixes in are none, nor are those inside a clause that is itself a claim.
func (f *finder) quotations(qs []news.Quotation) {
	f.told = map[int]bool{}
	end := 0 // of the indirect quotations so far: the quotations lie in order
	for _, q := range qs {
		if q.Type == news.Indirect {
			end = max(end, q.End)
		}
		if q.Speaker == nil || f.r.Vague(q.Speaker) || q.Type == news.Mixed && (q.End <= end || f.fewWords(q.Span)) {
			continue
		}
		c := news.Claim{Span: q.Span, Stance: news.Says, Cue: q.Cue, Claimant: q.Speaker, Answers: -1, Rule: "quotation"}
		if q.Cue != nil {
			n, ok := f.cues[q.Cue.Start]
			if !ok {
				continue
			}
			cue := f.r.Cues[n]
			stance := cue.Verb.Stance
			if cue.Verb.Kind == clause.Act || q.Type == news.Mixed && stance != "" || needsObject(stance) {
				continue
			}
			if stance != "" {
				c.Stance = stance
				c.Target = f.addressee(cue, text.Range{From: f.object(n), To: f.r.Complement(n).Rest.To})
			}
			f.told[n] = true
		}
		c.Hedged = f.hedged(q.Span, q.Cue)
		f.out = append(f.out, c)
	}
}

// fewWords tells whether a span is a fragment that states nothing by itself.
func (f *finder) fewWords(s news.Span) bool {
	d := f.r.Doc
	return d.TokenAt(s.End)-d.TokenAt(s.Start) < 4
}

// needsObject tells whether a stance is taken towards a thing that the clause itself has to name.
func needsObject(s news.Stance) bool {
	return s == news.Accuses || s == news.Condemns || s == news.Denies
}

// stance makes a claim of a verb of stance and its object.
func (f *finder) stance(n int) {
	c := f.r.Cues[n]
	if c.Verb.Stance == "" || c.Quoted || c.Irrealis || f.told[n] || c.Verb.Kind == clause.Act || c.Verb.Kind == clause.Source {
		return
	}
	if f.prior(n) {
		return
	}
	claimant := f.r.Actor(c.Subject)
	if claimant == nil || f.r.Vague(claimant) || c.Passive && c.Verb.Stance != news.Accuses {
		return
	}
	if f.both(n) {
		return // neither confirmed nor denied
	}
	if s := c.Subject; needsObject(c.Verb.Stance) && s.Form == clause.Noun && s.Head == nil && !s.After && s.Words.From < s.Words.To && f.r.Is(s.Words.To-1, clause.Charge|clause.Report) {
		return // "these reports he did not deny": what is denied
	}
	p, ok := f.parts(n)
	if !ok || p.content.From >= p.content.To {
		return
	}
	if last := p.content.To - 1; (c.Closed > 0 || p.rule == "thing" || p.rule == "itself") && last > p.content.From && f.r.Is(last, clause.Neg) && !f.r.Is(last, clause.Named) {
		p.content.To, p.negated = last, !p.negated // schloss eine Feuerpause nicht aus
	}
	if c.Verb.OnlyNot && !c.Negated && !p.negated || !f.worded(p.content) {
		return
	}
	span := f.r.Doc.Span(p.content)
	if claimant.Start < span.End && span.Start < claimant.End {
		return // the seam between the claimant and the claim was not found
	}
	if t := p.target; c.Verb.Stance == news.Accuses && t != nil && t.Entity != "" && t.Entity == claimant.Entity {
		return // nobody accuses themselves: the one or the other was not found
	}
	if p.stance == "" {
		p.stance = c.Verb.Stance
	}
	cue := &news.Cue{Span: f.r.Doc.Span(c.At), Lemma: c.Verb.Lemma}
	f.out = append(f.out, news.Claim{
		Span: span, Stance: p.stance, Cue: cue, Claimant: claimant, Target: p.target,
		Negated: c.Negated || p.negated, Hedged: f.hedged(span, cue), Answers: -1, Rule: p.rule,
	})
}

// both tells whether cue n and one right beside it confirm and deny, and each is rejected: "did not confirm and did not deny".
func (f *finder) both(n int) bool {
	c := f.r.Cues[n]
	for _, k := range [2]int{n - 1, n + 1} {
		if k < 0 || k >= len(f.r.Cues) || !c.Negated {
			continue
		}
		o := f.r.Cues[k]
		opposite := c.Verb.Stance == news.Denies && o.Verb.Stance == news.Confirms || c.Verb.Stance == news.Confirms && o.Verb.Stance == news.Denies
		if opposite && o.Negated && max(c.At.From-o.At.To, o.At.From-c.At.To) < 7 && f.r.Doc.SentenceOf(c.At.From) == f.r.Doc.SentenceOf(o.At.From) {
			return true
		}
	}
	return false
}

// worded tells whether a content holds a word.
func (f *finder) worded(c text.Range) bool {
	for i := c.From; i < c.To; i++ {
		if f.r.Doc.Tokens[i].Kind != text.Mark {
			return true
		}
	}
	return false
}

// hedged tells whether the claim's own words or those right before its verb leave it open: "reportedly", "alleged".
func (f *finder) hedged(span news.Span, cue *news.Cue) bool {
	d := f.r.Doc
	for i := d.TokenAt(span.Start); i < len(d.Tokens) && d.Tokens[i].Start < span.End; i++ {
		if f.r.Is(i, clause.Hedge) {
			return true
		}
	}
	if cue == nil {
		return false
	}
	at := d.TokenAt(cue.Start)
	for i := at - 1; i >= 0 && i >= at-3; i-- {
		if f.r.Is(i, clause.Hedge) {
			return true
		}
		if f.r.Is(i, clause.Stop|clause.Comma|clause.Mark) {
			break
		}
	}
	return false
}
