package clause

import (
	"slices"
	"strings"

	"marsad/news"
	"marsad/text"
)

// Prior takes the clause of cue n apart in a language whose verb stands at the end: who, and what is reported between them and the verb.
// Who ends at a name, a topic's particle or a comma; ok is false where nothing shows it.
func (r *Reading) Prior(n int) (who Subject, what text.Range, ok bool) {
	c := r.Cues[n]
	if !r.Grammar.ObjectFirst || c.Quoted || c.Passive || c.Negated {
		return who, what, false
	}
	lo, hi := r.floor(c.At.From), c.At.From
	if k := n - 1; k >= 0 && r.Cues[k].At.To > lo {
		if lo = r.Cues[k].At.To; r.Cues[k].Verb.Kind == Source && r.Cues[k].Subject.After {
			lo = max(lo, r.Cues[k].Subject.Words.To) // "according to the agency, the minister …"
		}
	}
	for lo < hi && r.Is(lo, Conj|Comma|Sub|Adv|Time) && !r.Is(lo, Named) {
		lo++
	}
	to := r.leader(lo, hi)
	if to == 0 {
		return who, what, false
	}
	words := text.Range{From: lo, To: to}
	if k := r.apposition(to, hi); k > 0 { // "the spokesman, Holm, …"
		words.From, to = to+1, k
		words.To = to
	}
	if words.From == lo && r.Is(to, Comma) && r.holdsTitle(words) {
		for k := to + 2; k < hi && k < to+5; k++ {
			if r.Is(k, Comma) {
				to = k // "the minister, somebody whom nobody knows, …"
				break
			}
		}
	}
	for words.To > words.From && r.Is(words.To-1, Topic) {
		words.To--
	}
	who = r.subject(words, false)
	for to < hi && (r.Is(to, Comma|Adv|Time|Topic) || r.day(to)) && !r.Is(to, Named) {
		to++
	}
	what = text.Range{From: to, To: hi}
	for what.To > what.From && r.Is(what.To-1, Object|Adv) && !r.Is(what.To-1, Named) {
		what.To--
	}
	return who, what, who.Known && what.From < what.To
}

// holdsTitle tells whether a title is among words.
func (r *Reading) holdsTitle(words text.Range) bool {
	for i := words.From; i < words.To; i++ {
		if r.Is(i, Title) {
			return true
		}
	}
	return false
}

// apposition gives the comma behind the name of a person that stands alone between it and the comma at token i, 0 for none.
func (r *Reading) apposition(i, hi int) int {
	if m := r.Mention(i + 1); !r.Is(i, Comma) || m == nil || m.Kind != news.Person {
		return 0
	}
	if to := r.past(i + 1); to < hi && r.Is(to, Comma) {
		return to
	}
	return 0
}

// leader gives where the subject ends that begins at token lo: behind a topic's particle, at a comma a few words on, behind the name
// that it begins with when no case is written on it; 0 where nothing shows it.
func (r *Reading) leader(lo, hi int) int {
	for i := lo; i < hi && i-lo <= r.longest(); i++ {
		switch {
		case r.Is(i, Mark|Colon|Stop):
			return 0
		case i > lo && r.Is(i, Topic) && !r.Is(i, Named), len(r.Grammar.topics) > 0 && hasSuffix(r.norm(i), r.Grammar.topics) && !r.Is(i, Adv|Time):
			return i + 1
		case r.Is(i, Comma):
			if i-lo > 6 && !r.Grammar.Unspaced || len(r.Grammar.topics) > 0 || r.Grammar.Unspaced {
				return 0
			}
			return i
		}
	}
	m := r.Mention(lo)
	if m == nil || len(r.Grammar.topics) > 0 || r.Grammar.Unspaced {
		return 0
	}
	to := r.past(lo)
	if m.Kind != news.Person && r.Is(to, Title|Upper) {
		for to < hi && to-lo < 8 && r.Is(to, Title|Upper) && r.Mention(to) == nil {
			to++ // the body, the office, and then who holds it
		}
		if m = r.Mention(to); m == nil || m.Kind != news.Person {
			return 0
		}
		to = r.past(to)
	}
	if to >= hi || r.Doc.Tokens[to-1].End != m.End || strings.HasPrefix(r.norm(to), "'") || r.Is(to, Object|Prep|Conj|Link) {
		return 0
	}
	return to
}

// day tells whether token i is the number of a time: 24日, 3 Mart.
func (r *Reading) day(i int) bool { return r.Doc.Tokens[i].Kind == text.Number && r.Is(i+1, Time) }

// Embedded tells whether the last word of a stretch is the verb of a clause that depends on the next: köprünün güvenli olduğunu.
func (r *Reading) Embedded(what text.Range) bool {
	if what.From+1 >= what.To {
		return false
	}
	last := r.norm(what.To - 1)
	return slices.ContainsFunc(r.Grammar.embeds, func(e string) bool { return strings.HasSuffix(last, e) })
}

// topical gives the bytes of the ending that closes a subject, written together with its last word: 국방부는.
func (r *Reading) topical(words text.Range) int {
	t := r.Doc.Tokens[words.To-1]
	raw := r.Doc.Text[t.Start:t.End]
	for _, e := range r.Grammar.topics {
		if len(raw) > len(e) && strings.HasSuffix(raw, e) {
			return len(e)
		}
	}
	return 0
}
