package web

import (
	"cmp"

	"marsad/cast"
	"marsad/dispute"
	"marsad/internal/desk"
	"marsad/internal/store"
	"marsad/news"
	"marsad/text"
)

// whois is who speaks or claims in a story: the same person under every name that its articles give.
type whois struct {
	Name, Lang string // in the reader's language where there is such a name, else in the fullest way somebody writes it; "" for a pronoun
	Entity     string
	Also       []cast.WrittenName // the other ways, taken for one person by their sound
	key        any
}

// whoSays finds who is who in a story's articles, and who claims and who denies what.
func whoSays(es []*entry) (*cast.Cast, []dispute.Statement) {
	all := make([]store.Entry, len(es))
	for i, e := range es {
		all[i] = e.Entry
	}
	return desk.WhoSays(all)
}

// whois says who an actor is.
func (v *visit) whois(c *cast.Cast, a *news.Article, who *news.Actor) whois {
	p := c.Actor(a.ID, who)
	w := whois{Name: cut(a.Text, who.Span), Lang: a.Lang, Entity: who.Entity}
	if p == nil {
		if n := v.s.Names.Name(w.Entity, v.words.Lang()); n != "" {
			w.Name, w.Lang, w.key = n, "", w.Entity
			return w
		}
		if pronoun(w.Name, a.Lang) {
			w.Name = ""
			if who.Named != nil {
				w.Name = cut(a.Text, *who.Named)
			}
		}
		w.key = text.Normalize(w.Name)
		return w
	}
	w.key, w.Entity = p, cmp.Or(w.Entity, p.Entity)
	if n := v.s.Names.Name(w.Entity, v.words.Lang()); n != "" {
		w.Name, w.Lang = n, ""
	} else if n := p.In(v.words.Lang()); n != "" {
		w.Name, w.Lang = n, v.words.Lang()
	} else {
		n := p.Fullest()
		w.Name, w.Lang = n.Words, n.Lang
	}
	w.Also = also(p, w.Name)
	return w
}

// also gives the fullest name in each language that is written in another way and that only its sound gives to the person.
func also(p *cast.Person, name string) (out []cast.WrittenName) {
	key := func(words string) string { return text.Plain(text.Normalize(words)) }
	seen := map[string]bool{key(name): true}
	for _, n := range p.Names {
		if n.Words = p.In(n.Lang); !n.Known && !seen[key(n.Words)] {
			seen[key(n.Words)] = true
			out = append(out, n)
		}
	}
	return out
}
