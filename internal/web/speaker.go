package web

import (
	"cmp"
	"slices"

	"marsad/cast"
	"marsad/news"
	"marsad/story"
)

// speaker is somebody with what the articles quote of them.
type speaker struct {
	whois
	Quotes []*quote
	seen   map[string]bool // outlets
}

// Outlets gives how many outlets quote the speaker.
func (s *speaker) Outlets() int { return len(s.seen) }

type quote struct {
	Text, Lang string
	Direct     bool // the speaker's own words throughout, which marks of quotation may enclose
	Said       []passage
	Versions   []*quote // the same words in other languages, of articles that translate each other
	words      map[string]bool
	refs       []quoteRef
}

// quoteRef is a quotation by its article and its place in the analysis.
type quoteRef struct {
	article int64
	n       int
}

// speakers gathers direct and mixed quotations by who speaks. Without a named speaker a quotation is left to its article: nobody
// shall be given another's words.
func (v *visit) speakers(es []*entry, people *cast.Cast) []*speaker {
	return v.speakersOf(es, people, func(string) bool { return true })
}

// speakersOf gathers them of those speakers alone whose entity is wanted.
func (v *visit) speakersOf(es []*entry, people *cast.Cast, wanted func(entity string) bool) (out []*speaker) {
	at := map[any]*speaker{}
	for _, e := range es {
		for n, q := range e.Analysis.Quotations {
			if q.Type == news.Indirect || q.Speaker == nil || !inside(e.Article.Text, q.Span) || !wanted(q.Speaker.Entity) {
				continue
			}
			w := v.whois(people, &e.Article, q.Speaker)
			if w.Name == "" {
				continue
			}
			s := at[w.key]
			if s == nil {
				s = &speaker{whois: w, seen: map[string]bool{}}
				at[w.key] = s
				out = append(out, s)
			}
			s.add(e, n)
		}
	}
	slices.SortStableFunc(out, func(a, b *speaker) int { return cmp.Compare(len(b.seen), len(a.seen)) })
	out = out[:min(len(out), 10)]
	same := renderings(es)
	for _, s := range out { // first what the reader can read
		slices.SortStableFunc(s.Quotes, func(a, b *quote) int { return cmp.Compare(readable(v, b), readable(v, a)) })
		s.fold(same)
	}
	return out
}

func readable(v *visit, q *quote) int {
	if q.Lang == v.words.Lang() {
		return 1
	}
	return 0
}

// add keeps a quotation, or the outlet that repeats one.
func (s *speaker) add(e *entry, place int) {
	q := e.Analysis.Quotations[place]
	s.seen[e.Source.Name] = true
	n := &quote{Text: cut(e.Article.Text, q.Span), Lang: e.Article.Lang, Direct: q.Type == news.Direct}
	n.words = content(n.Text, n.Lang)
	where := sentence(e, q.Span)
	for _, have := range s.Quotes {
		if have.Lang == n.Lang && alike(have.words, n.words) >= 0.75 {
			if !slices.ContainsFunc(have.Said, func(o passage) bool { return o.Source == where.Source }) {
				have.Said = append(have.Said, where)
			}
			have.refs = append(have.refs, quoteRef{e.Article.ID, place})
			return
		}
	}
	n.Said, n.refs = []passage{where}, []quoteRef{{e.Article.ID, place}}
	s.Quotes = append(s.Quotes, n)
}

// renderings says which quotations of translations stand where which of their originals do.
func renderings(es []*entry) map[quoteRef]quoteRef {
	same := map[quoteRef]quoteRef{}
	for _, e := range es {
		if e.Parent == nil || e.Link.Kind != news.Translation {
			continue
		}
		whole := func(e *entry) story.Entry { return story.Entry{Article: e.Article, Analysis: e.Analysis} }
		for _, p := range story.Rendered(whole(e.Parent), whole(e)) {
			same[quoteRef{e.Article.ID, p[1]}] = quoteRef{e.Parent.Article.ID, p[0]}
		}
	}
	return same
}

// fold puts the versions of one quotation under the first of them.
func (s *speaker) fold(same map[quoteRef]quoteRef) {
	root := func(r quoteRef) quoteRef {
		for i := 0; i < maxVersions; i++ { // a chain of translations; nothing translates what it was made from
			o, ok := same[r]
			if !ok {
				break
			}
			r = o
		}
		return r
	}
	at := map[quoteRef]*quote{}
	var kept []*quote
	for _, q := range s.Quotes {
		var first *quote
		for _, r := range q.refs {
			if have := at[root(r)]; have != nil && have.Lang != q.Lang {
				first = have
			}
		}
		if first == nil {
			first = q
			kept = append(kept, q)
		} else {
			first.Versions = append(first.Versions, q)
		}
		for _, r := range q.refs {
			at[root(r)] = first
		}
	}
	s.Quotes = kept
}

// maxVersions bounds a chain of translations of translations.
const maxVersions = 8
