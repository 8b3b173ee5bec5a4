package timex

import "strings"

// lasts tells whether "since so many years" at a byte is how long something has lasted, and dates nothing: the first visit, works here.
func (p *parser) lasts(at int) bool {
	i := p.doc.TokenAt(at)
	if len(p.g.lasting) == 0 || !p.g.since[p.doc.Tokens[i].Norm] {
		return false
	}
	s := p.doc.Sentences[min(p.doc.SentenceOf(i), len(p.doc.Sentences)-1)]
	for k := i - 1; k >= s.From && k > i-16; k-- {
		n := p.doc.Tokens[k].Norm
		if p.g.lasting[n] || len(n) > 2 && strings.HasPrefix(n, "و") && p.g.lasting[n[len("و"):]] {
			return true
		}
	}
	return false
}
