package web

import (
	"html/template"
	"net/url"

	"marsad/query"
)

// term is a condition of a search, with the address of the search without it.
type term struct {
	Words   template.HTML
	Without string
}

// terms takes a search apart into the conditions that all must hold, so that each can be taken out again: those of the query where there
// are several, and its days.
func (p *searchPage) terms(v *visit) (out []term) {
	if all, ok := p.Read.Query.Root.(*query.And); ok {
		for i, k := range all.Kids {
			bare := *p
			bare.Q = without(all, i)
			out = append(out, term{run(k.String(), "").HTML(), bare.with()})
		}
	}
	days := page{Printer: v.words}.DayWords
	for _, d := range []struct{ key, name, day string }{{"search.from", "from", p.From}, {"search.to", "to", p.To}} {
		if d.day != "" {
			out = append(out, term{v.words.T(d.key) + " " + days(d.day), p.with(d.name, "")})
		}
	}
	return out
}

// without writes a query of several conditions without the i-th.
func without(all *query.And, i int) string {
	var rest []query.Node
	rest = append(append(rest, all.Kids[:i]...), all.Kids[i+1:]...)
	if len(rest) == 1 {
		return rest[0].String()
	}
	return (&query.And{Kids: rest}).String()
}

// asked gives what a search asks for, for the addresses that give the same to programs.
func (p *searchPage) asked() url.Values {
	q := url.Values{"q": {p.Q}}
	for k, val := range map[string]string{"from": p.From, "to": p.To} {
		if val != "" {
			q.Set(k, val)
		}
	}
	if p.Rank {
		q.Set("order", "rank")
	}
	return q
}
