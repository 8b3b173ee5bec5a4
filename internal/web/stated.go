package web

import (
	"slices"

	"marsad/news"
)

// stated is a claim as reports tell it: one that somebody makes, or one that is made about them.
type stated struct {
	Stance  string // a key under "stance."
	Lang    string
	Entity  string // the other party, where it is known who they are,
	Name    string // and their name, "" where the report gives none
	Said    []passage
	Outlets int
	Maybe   bool // the report may mean somebody else of the name
	at      []saying
	words   map[string]bool
}

// saying is where a claim stands.
type saying struct {
	e    *entry
	span news.Span
}

const (
	statedMost = 8 // claims of a kind that are shown,
	statedSaid = 3 // each in so many outlets' words
	sureName   = 0.75
)

// claims gathers what reports say that the entity claims, accuses or denies, and what others claim about it. Plain sayings are left to the
// quotations, and what is said not to be claimed is left out.
func (p *entityPage) claims(v *visit, es []*entry) (by, about []*stated) {
	for _, e := range es {
		maybe := p.Kind == news.Person && !certain(e, p.ID)
		for _, c := range e.Analysis.Claims {
			if c.Stance == news.Says || c.Negated || !inside(e.Article.Text, c.Span) {
				continue
			}
			switch claims, isOn := c.Claimant != nil && c.Claimant.Entity == p.ID, c.Target != nil && c.Target.Entity == p.ID; {
			case claims:
				v.state(&by, e, c, c.Target, maybe)
			case isOn:
				v.state(&about, e, c, c.Claimant, maybe)
			}
		}
	}
	return shownOf(by), shownOf(about)
}

// certain tells whether an article names an entity in a way that leaves little doubt.
func certain(e *entry, id string) bool {
	return slices.ContainsFunc(e.Analysis.Mentions, func(m news.Mention) bool { return m.Entity == id && m.Known && m.Score >= sureName })
}

// state adds a claim to those that it repeats, or as one of its own. Two are one where their stance, the other party if known, and most
// of their words are the same; telling more would be guessing.
func (v *visit) state(to *[]*stated, e *entry, c news.Claim, other *news.Actor, maybe bool) {
	n := &stated{Stance: string(c.Stance), Lang: e.Article.Lang, Maybe: maybe}
	if other != nil {
		n.Entity, n.Name = other.Entity, cut(e.Article.Text, other.Span)
		if known := v.s.Names.Name(n.Entity, v.words.Lang()); known != "" {
			n.Name = known
		}
		if pronoun(n.Name, n.Lang) {
			n.Name = ""
		}
	}
	n.words = content(cut(e.Article.Text, c.Span), n.Lang)
	at := saying{e, c.Span}
	for _, have := range *to {
		if have.Stance == n.Stance && have.Lang == n.Lang && have.Entity == n.Entity && alike(have.words, n.words) >= 0.6 {
			if !slices.ContainsFunc(have.at, func(o saying) bool { return o.e.Source.ID == e.Source.ID }) {
				have.at = append(have.at, at)
			}
			have.Maybe = have.Maybe && maybe
			return
		}
	}
	n.at = []saying{at}
	*to = append(*to, n)
}

// shownOf keeps the claims that are shown, those of most outlets first, with their sentences.
func shownOf(list []*stated) []*stated {
	slices.SortStableFunc(list, func(a, b *stated) int { return len(b.at) - len(a.at) })
	list = list[:min(len(list), statedMost)]
	for _, s := range list {
		s.Outlets = len(s.at)
		for _, t := range s.at[:min(len(s.at), statedSaid)] {
			s.Said = append(s.Said, sentence(t.e, t.span))
		}
	}
	return list
}
