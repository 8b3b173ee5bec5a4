package clause

import (
	"marsad/news"
	"marsad/text"
)

// Actor gives a subject as it is told to the reader, nil where there is none. Words that are a pronoun or a bare title keep their
// place and say whom they stand for; a subject that is only implied points at where it was named.
func (r *Reading) Actor(s Subject) *news.Actor {
	if !s.Known {
		return nil
	}
	if s.Head != nil {
		span := s.Head.Span
		if to := r.past(r.Doc.TokenAt(s.Head.Start)); r.Grammar.Unspaced && to < s.Words.To && r.Class[to] == 0 && r.Doc.Tokens[to].Kind == text.Ideo {
			span.End = r.Doc.Tokens[s.Words.To-1].End // the name goes on, and may be another's: 约翰·克里 in 约翰·克里奇
			return &news.Actor{Span: span}
		}
		if j := r.coordination(s); j > 0 {
			span.End = r.Doc.Tokens[j-1].End
		}
		if to := r.past(r.Doc.TokenAt(s.Head.Start)); !s.Head.Known && to+1 == s.Words.To && r.Doc.Tokens[to].Kind == text.Word && !r.Is(to, Title|Det|Conj|Named) && !r.Definite(to) {
			span.End = r.Doc.Tokens[to].End // a candidate that stops one word short of its name
		}
		return &news.Actor{Span: span, Entity: s.Head.Entity}
	}
	a := &news.Actor{Span: r.Doc.Span(s.Words)}
	a.End -= r.topical(s.Words)
	if s.Of.From < s.Of.To {
		span := r.Doc.Span(s.Of)
		a.Named = &span
	}
	if s.From != nil {
		span := s.From.Span
		a.Entity = s.From.Entity
		if s.Shared && s.Form != Noun {
			a.Span = span
			return a
		}
		a.Named = &span
	}
	return a
}

// beside tells whether neither another title nor a verb of the lexicon stands between tokens from and to.
func (r *Reading) beside(from, to int) bool {
	for k := from + 1; k < to; k++ {
		if r.Is(k, Title) && !r.Is(k, Named) {
			return false
		}
	}
	n := r.CueFrom(from)
	return n >= len(r.Cues) || r.Cues[n].At.From >= to
}

// coordination gives the end of a subject whose head is followed by others: "Moscow and Pyongyang", "واشنطن وحلفاؤها"; 0 for none.
func (r *Reading) coordination(s Subject) int {
	i := r.Doc.TokenAt(s.Head.Start)
	if i < s.Words.From {
		return 0
	}
	to := r.past(i)
	if to < s.Words.To && s.Head.Kind != news.Person && (r.Is(to, Conj|Prefix) || r.joined(to) || r.mention[to] >= 0 && hasPrefix(r.Doc.Tokens[to].Norm, r.Grammar.joins)) {
		return s.Words.To
	}
	return 0
}
