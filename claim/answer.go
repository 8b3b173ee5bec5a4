package claim

import (
	"marsad/clause"
	"marsad/news"
	"marsad/text"
)

// lookback is how many claims before it a claim may answer.
const lookback = 60

// answer ties each denial and confirmation to the earlier claim that it is about.
func (f *finder) answer() {
	for i := range f.out {
		switch f.out[i].Stance {
		case news.Denies, news.Confirms:
			f.out[i].Answers = f.answered(i)
		}
	}
}

// answered gives the claim before claim i that it answers: the last accusation of its claimant when it speaks of accusations, else
// the last claim of somebody else that shares most of its words; -1 where neither is found.
func (f *finder) answered(i int) int {
	c := f.out[i]
	if c.Stance == news.Denies && (c.Rule == "itself" || f.charges(c)) {
		for j := i - 1; j >= max(0, i-lookback); j-- {
			if f.meets(f.out[j], c) {
				return j
			}
		}
		for j := i - 1; j >= max(0, i-lookback); j-- {
			if f.out[j].Stance == news.Accuses && !sameActor(f.out[j].Claimant, c.Claimant) && f.distance(f.out[j], c) <= 3 {
				return j
			}
		}
		if o := i - 1; c.Rule == "itself" && o >= 0 && !sameActor(f.out[o].Claimant, c.Claimant) && f.near(f.out[o], c) {
			return o
		}
		return -1
	}
	for j := i - 1; j >= max(0, i-lookback); j-- {
		if o := f.out[j]; o.End < c.End && !sameActor(o.Claimant, c.Claimant) && o.Stance != c.Stance && f.shared(o, c) >= 0.5 {
			return j
		}
	}
	return -1
}

// near tells whether claim b stands in the sentence of claim a or the next one of its paragraph, and not within a.
func (f *finder) near(a, b news.Claim) bool {
	d := f.r.Doc
	return a.End <= b.Start && f.distance(a, b) == 0 && d.SentenceOf(d.TokenAt(b.Start))-d.SentenceOf(d.TokenAt(a.Start)) <= 1
}

// charges tells whether a claim speaks of accusations, reports or claims rather than of a thing of its own.
func (f *finder) charges(c news.Claim) bool {
	d := f.r.Doc
	for i, n := d.TokenAt(c.Start), 0; i < len(d.Tokens) && d.Tokens[i].Start < c.End && n < 4; i, n = i+1, n+1 {
		if f.r.Is(i, clause.Charge) {
			return true
		}
	}
	return false
}

// meets tells whether accusation a is directed at the claimant of c.
func (f *finder) meets(a, c news.Claim) bool {
	if a.Stance != news.Accuses && a.Stance != news.Condemns || a.Target == nil {
		return false
	}
	if a.Target.Entity == "" {
		return f.norm(a.Target) == f.norm(c.Claimant)
	}
	if a.Target.Entity == c.Claimant.Entity {
		return true
	}
	for _, m := range f.r.Mentions { // "Moscow and Pyongyang"
		if m.Start >= c.Claimant.Start && m.End <= c.Claimant.End && m.Entity == a.Target.Entity {
			return true
		}
	}
	return false
}

func sameActor(a, b *news.Actor) bool {
	return a.Entity != "" && a.Entity == b.Entity || a.Span == b.Span
}

// distance counts the paragraphs between two claims.
func (f *finder) distance(a, b news.Claim) int {
	d := f.r.Doc
	return d.ParagraphOf(d.TokenAt(b.Start)) - d.ParagraphOf(d.TokenAt(a.Start))
}

// shared gives the part of the longer words of c that o has too.
func (f *finder) shared(o, c news.Claim) float64 {
	have := map[string]bool{}
	f.each(o, func(w string) { have[w] = true })
	n, both := 0, 0
	f.each(c, func(w string) {
		n++
		if have[w] {
			both++
		}
	})
	if n < 2 {
		return 0
	}
	return float64(both) / float64(n)
}

func (f *finder) each(c news.Claim, do func(string)) {
	d := f.r.Doc
	for i := d.TokenAt(c.Start); i < len(d.Tokens) && d.Tokens[i].Start < c.End; i++ {
		if w := d.Tokens[i].Norm; len(w) > 3 && !f.r.Is(i, clause.Det|clause.Prep|clause.Comp|clause.Aux|clause.Pron) {
			do(w)
		}
	}
}

func (f *finder) norm(a *news.Actor) string { return text.Normalize(f.r.Doc.Text[a.Start:a.End]) }
