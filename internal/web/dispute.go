package web

import (
	"cmp"
	"slices"
	"time"

	"marsad/cast"
	"marsad/news"
)

// dispute is one statement about which the story's articles report who makes it, who denies it, and who confirms it.
type dispute struct {
	Text     string // in the words of the first article that reports it
	Lang     string
	Stance   news.Stance
	Asserts  []party
	Denies   []party
	Confirms []party
	Target   string   // about whom, as written
	Told     []*entry // the first report of its own of each outlet that tells it, the earliest first
	Denied   []*entry // the same of those that tell a denial
	words    map[string]bool
	key      string
}

// First gives the earliest report of the claim that was seen, or of its denial where nobody tells the claim itself; nil where all are
// copies.
func (d *dispute) First() *entry {
	switch {
	case len(d.Told) > 0:
		return d.Told[0]
	case len(d.Denied) > 0:
		return d.Denied[0]
	}
	return nil
}

// Next gives the second outlet that told the claim by itself, nil for none.
func (d *dispute) Next() *entry {
	if len(d.Told) > 1 {
		return d.Told[1]
	}
	return nil
}

// Answered gives the earliest denial that was seen, where it stands in another report than the claim; nil else.
func (d *dispute) Answered() *entry {
	if len(d.Told) > 0 && len(d.Denied) > 0 && d.Denied[0] != d.Told[0] {
		return d.Denied[0]
	}
	return nil
}

// Lead is by how much the first was ahead of the second.
func (d *dispute) Lead() time.Duration { return d.Told[1].At.Sub(d.Told[0].At) }

// tell adds an outlet that tells something by itself.
func tell(to []*entry, e *entry) []*entry {
	if e.Parent != nil || slices.ContainsFunc(to, func(o *entry) bool { return o.Source.ID == e.Source.ID }) {
		return to
	}
	return append(to, e)
}

// Status is "denied", "confirmed" or "open"; a denied one stays denied when somebody else confirms it.
func (d *dispute) Status() string {
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
func (v *visit) disputes(es []*entry, people *cast.Cast) (claims, stances []*dispute) {
	var g gathering
	for _, e := range es {
		cs := e.Analysis.Claims
		answered := map[int]bool{}
		for _, c := range cs {
			if c.Answers >= 0 && c.Answers < len(cs) {
				answered[c.Answers] = true
			}
		}
		rows := make([]*dispute, len(cs))
		for i, c := range cs { // what is claimed first, the answers to it below
			if c.Negated && !answer(c) {
				continue // who "did not accuse" accuses nobody
			}
			if answer(c) && c.Answers >= 0 && c.Answers < len(cs) {
				continue
			}
			switch {
			case c.Stance == news.Accuses, answered[i], answer(c):
				rows[i] = g.row(&claims, e, c)
			case c.Stance != news.Says:
				rows[i] = g.row(&stances, e, c)
			default:
				continue
			}
			v.side(people, rows[i], e, c)
		}
		for _, c := range cs {
			if answer(c) && c.Answers >= 0 && c.Answers < len(cs) && rows[c.Answers] != nil {
				v.side(people, rows[c.Answers], e, c)
			}
		}
	}
	order := func(a, b *dispute) int {
		return cmp.Or(cmp.Compare(rank(b), rank(a)), cmp.Compare(b.weight(), a.weight()))
	}
	slices.SortStableFunc(claims, order)
	slices.SortStableFunc(stances, order)
	return claims[:min(len(claims), 12)], stances[:min(len(stances), 12)]
}

func answer(c news.Claim) bool { return c.Stance == news.Denies || c.Stance == news.Confirms }

func rank(d *dispute) int {
	return map[string]int{"denied": 2, "confirmed": 1}[d.Status()]
}

func (d *dispute) weight() (n int) {
	for _, ps := range [][]party{d.Asserts, d.Denies, d.Confirms} {
		for _, p := range ps {
			n += p.Outlets
		}
	}
	return n
}

// gathering is the place where claims become rows.
type gathering struct{}

// row finds the statement that a claim repeats, or opens one. Two claims are one statement where the same known parties stand in
// it with the same stance, or where most of their words are the same; telling more would be guessing.
func (gathering) row(rows *[]*dispute, e *entry, c news.Claim) *dispute {
	d := &dispute{Text: cut(e.Article.Text, c.Span), Lang: e.Article.Lang, Stance: c.Stance}
	d.words = content(d.Text, d.Lang)
	if c.Target != nil {
		d.Target = cut(e.Article.Text, c.Target.Span)
		if c.Claimant != nil && c.Claimant.Entity != "" && c.Target.Entity != "" {
			d.key = string(c.Stance) + " " + c.Claimant.Entity + " " + c.Target.Entity
		}
	}
	for _, have := range *rows {
		if have.Stance == d.Stance && (d.key != "" && d.key == have.key || have.Lang == d.Lang && alike(have.words, d.words) >= 0.6) {
			return have
		}
	}
	*rows = append(*rows, d)
	return d
}

// side puts a claim's sentence with the party that speaks in it.
func (v *visit) side(people *cast.Cast, d *dispute, e *entry, c news.Claim) {
	p := party{whois: whois{Lang: e.Article.Lang}}
	if c.Claimant != nil {
		p.whois = v.whois(people, &e.Article, c.Claimant)
	}
	to := &d.Asserts
	switch {
	case c.Stance == news.Denies && !c.Negated:
		to, d.Denied = &d.Denies, tell(d.Denied, e)
	case c.Stance == news.Confirms && !c.Negated:
		to = &d.Confirms
	case answer(c):
		return // "did not deny" takes no side
	default:
		d.Told = tell(d.Told, e)
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
	for _, have := range p.Said {
		if have.Source == s.Source {
			return
		}
	}
	p.Said = append(p.Said, s)
	p.Outlets++
}
