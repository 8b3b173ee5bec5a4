package clause

import (
	"slices"
	"strings"

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
		lo = r.Cues[k].At.To
	}
	for lo < hi && r.Is(lo, Conj|Comma|Sub|Adv|Time) && !r.Is(lo, Named) {
		lo++
	}
	to := r.leader(lo, hi)
	if to == 0 {
		return who, what, false
	}
	words := text.Range{From: lo, To: to}
	for words.To > lo && r.Is(words.To-1, Topic) {
		words.To--
	}
	who = r.subject(words, false)
	for to < hi && r.Is(to, Comma|Adv|Time|Topic) && !r.Is(to, Named) {
		to++
	}
	what = text.Range{From: to, To: hi}
	for what.To > what.From && r.Is(what.To-1, Object|Adv) && !r.Is(what.To-1, Named) {
		what.To--
	}
	return who, what, who.Known && what.From < what.To
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
	if to >= hi || r.Doc.Tokens[to-1].End != m.End || strings.HasPrefix(r.norm(to), "'") || r.Is(to, Object|Prep|Conj|Link) {
		return 0
	}
	return to
}

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
