package web

import (
	"cmp"
	"slices"
	"time"

	"marsad/cast"
	"marsad/dispute"
	"marsad/news"
)

// disputed is one statement about which the story's articles report who makes it, who denies it, and who confirms it.
type disputed struct {
	Text     string // in the words of the first article that reports it
	Lang     string
	Stance   news.Stance
	Asserts  []party
	Denies   []party
	Confirms []party
	Target   string   // about whom, as written
	Told     []*entry // the first report of its own of each outlet that tells it, the earliest first
	Denied   []*entry // the same of those that tell a denial
	Unsure   bool     // claims were put together by who is accused and who denies, not by what
}

// First gives the earliest report of the claim that was seen, or of its denial where nobody tells the claim itself; nil where all are
// copies.
func (d *disputed) First() *entry {
	switch {
	case len(d.Told) > 0:
		return d.Told[0]
	case len(d.Denied) > 0:
		return d.Denied[0]
	}
	return nil
}

// Next gives the second outlet that told the claim by itself, nil for none.
func (d *disputed) Next() *entry {
	if len(d.Told) > 1 {
		return d.Told[1]
	}
	return nil
}

// Answered gives the earliest denial that was seen, where it stands in another report than the claim; nil else.
func (d *disputed) Answered() *entry {
	if len(d.Told) > 0 && len(d.Denied) > 0 && d.Denied[0] != d.Told[0] {
		return d.Denied[0]
	}
	return nil
}

// Lead is by how much the first was ahead of the second.
func (d *disputed) Lead() time.Duration { return d.Told[1].At.Sub(d.Told[0].At) }

// tell adds an outlet that tells something by itself.
func tell(to []*entry, e *entry) []*entry {
	if e.Parent != nil || slices.ContainsFunc(to, func(o *entry) bool { return o.Source.ID == e.Source.ID }) {
		return to
	}
	return append(to, e)
}

// Status is "denied", "confirmed" or "open"; a denied one stays denied when somebody else confirms it.
func (d *disputed) Status() string {
	switch {
	case len(d.Denies) > 0:
		return "denied"
	case len(d.Confirms) > 0:
		return "confirmed"
	}
	return "open"
}

// party is somebody who takes a side, with the sentences that say so.
type party struct {
	whois   // without a name where the text names nobody
	Said    []passage
	Outlets int
}

// disputes gathers the claims of a story's articles: what is accused, denied or confirmed, and apart from it the other stances.
// Plain statements are left to the quotations.
func (v *visit) disputes(es []*entry, people *cast.Cast, statements []dispute.Statement) (claims, stances []*disputed) {
	at := make(map[int64]*entry, len(es))
	for _, e := range es {
		at[e.Article.ID] = e
	}
	for _, s := range statements {
		d := v.disputed(s, at, people)
		if s.Stance == news.Accuses || len(s.Denies)+len(s.Confirms) > 0 {
			claims = append(claims, d)
		} else {
			stances = append(stances, d)
		}
	}
	order := func(a, b *disputed) int {
		return cmp.Or(cmp.Compare(rank(b), rank(a)), cmp.Compare(b.weight(), a.weight()))
	}
	slices.SortStableFunc(claims, order)
	slices.SortStableFunc(stances, order)
	return claims[:min(len(claims), 12)], stances[:min(len(stances), 12)]
}

// disputed puts a statement into the reader's words where an article has them.
func (v *visit) disputed(s dispute.Statement, at map[int64]*entry, people *cast.Cast) *disputed {
	d := &disputed{Stance: s.Stance}
	first := s.Asserts
	if len(first) == 0 {
		first = slices.Concat(s.Denies, s.Confirms)
	}
	said := first[0]
	if i := slices.IndexFunc(first, func(t dispute.Told) bool { return at[t.Article].Article.Lang == v.words.Lang() }); i >= 0 {
		said = first[i]
	}
	e := at[said.Article]
	c := e.Analysis.Claims[said.Claim]
	d.Text, d.Lang = cut(e.Article.Text, c.Span), e.Article.Lang
	if c.Target != nil {
		d.Target = cut(e.Article.Text, c.Target.Span)
	}
	for _, to := range []struct {
		told  []dispute.Told
		party *[]party
		first *[]*entry
	}{{s.Asserts, &d.Asserts, &d.Told}, {s.Denies, &d.Denies, &d.Denied}, {s.Confirms, &d.Confirms, nil}} {
		for _, t := range to.told {
			e := at[t.Article]
			d.Unsure = d.Unsure || guessed[t.Because]
			v.side(to.party, people, e, e.Analysis.Claims[t.Claim])
			if to.first != nil {
				*to.first = tell(*to.first, e)
			}
		}
	}
	return d
}

// guessed are the joins that may be of two matters.
var guessed = map[dispute.Because]bool{dispute.Accused: true, dispute.Near: true, dispute.Alone: true}

func rank(d *disputed) int {
	return map[string]int{"denied": 2, "confirmed": 1}[d.Status()]
}

func (d *disputed) weight() (n int) {
	for _, ps := range [][]party{d.Asserts, d.Denies, d.Confirms} {
		for _, p := range ps {
			n += p.Outlets
		}
	}
	return n
}

// side puts a claim's sentence with the party that speaks in it.
func (v *visit) side(to *[]party, people *cast.Cast, e *entry, c news.Claim) {
	p := party{whois: whois{Lang: e.Article.Lang}}
	if c.Claimant != nil {
		p.whois = v.whois(people, &e.Article, c.Claimant)
	}
	for i := range *to {
		if have := &(*to)[i]; have.key == p.key {
			have.add(sentence(e, c.Span))
			return
		}
	}
	p.add(sentence(e, c.Span))
	*to = append(*to, p)
}

// add keeps a sentence and counts its outlet once.
func (p *party) add(s passage) {
	var fresh bool
	if p.Said, fresh = heard(p.Said, s); fresh {
		p.Outlets++
	}
}
