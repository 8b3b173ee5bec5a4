package clause

import (
	"marsad/news"
	"marsad/text"
)

// aside gives where the words of cue n end at the latest: before the writer's own remark behind a comma, and at the comma that closes
// the clause where the cue stands in one that depends on another: "Holm, who denies this, …", "After Holm denied it, …".
func (r *Reading) aside(n, from, end int) int {
	c := r.Cues[n]
	head := c.At.From
	if s := c.Subject; s.Known && !s.Shared && !s.After && s.Words.From < head {
		head = s.Words.From
	}
	head -= r.small(head)
	inner := r.Is(head-1, Rel) && !r.Is(head-1, Comp|Named) && (r.Is(head-2, Comma) || head-1 == c.At.From-1) ||
		r.Is(head-1, Sub) && !r.Is(head-1, Named|Comp) && r.Sentence(head-1).From >= head-2 && c.Verb.Stance != ""
	for i := from + 1; i < end; i++ {
		if r.Is(i, Comma) && !r.Is(i, Quoted|Mark) && (inner || r.Is(i+1, Aside)) {
			return i
		}
	}
	return end
}

// breaks gives the comma before "however", "but" a few words before cue k, where the sentence itself goes on with it in a language
// that leaves subjects out; 0 for none.
func (r *Reading) breaks(k, from int) int {
	c := r.Cues[k]
	if !r.Grammar.After || !c.Subject.Shared || r.Complement(k).Shape == Nothing {
		return 0
	}
	for i := c.At.From - 1; i > from && i > c.At.From-6; i-- {
		if r.Is(i, Comma) {
			if r.Is(i+1, Sub) {
				return i
			}
			return 0
		}
	}
	return 0
}

// relates gives the comma before ", which the army denies", where cue k has a subject of its own behind a relative; 0 for none.
func (r *Reading) relates(k, from int) int {
	s := r.Cues[k].Subject
	if !s.Known || s.Shared || s.After || r.Cues[k].Verb.Stance == "" {
		return 0
	}
	if i := s.Words.From - 1; i-1 > from && r.Is(i, Rel) && r.Is(i-1, Comma) {
		return i - 1
	}
	return 0
}

// begins gives the comma before the clause of cue k, where nothing but its subject and small words stand between; 0 for none.
func (r *Reading) begins(k int) int {
	i := r.Cues[k].At.From
	if s := r.Cues[k].Subject; s.Known && !s.Shared && !s.After {
		i = s.Words.From
	}
	for r.Is(i-1, Adv|Aux|Neg|Conj) && !r.Is(i-1, Comma|Named) {
		i--
	}
	if r.Is(i-1, Comma) {
		return i - 1
	}
	return 0
}

// turns gives the comma before "but he denied", where the sentence itself goes on with cue k and a subject of its own; 0 for none.
func (r *Reading) turns(k, from int) int {
	s, stance := r.Cues[k].Subject, r.Cues[k].Verb.Stance
	if !s.Known || s.Shared || s.After {
		return 0
	}
	answers := takesObject(stance) || stance == news.Accuses || stance == news.Condemns
	i := s.Words.From - 1
	for small := 0; small < 3 && i-1 > from && !r.Is(i, Sub|Conj|Comma|Mark|Named); small++ {
		i--
	}
	for r.Is(i, Sub) && r.Is(i-1, Sub) && i-1 > from {
		i-- // غير أن
	}
	definite := s.Head != nil || r.Is(s.Words.From, Det)
	if i-1 > from && r.Is(i, Sub|Conj) && r.Is(i-1, Comma) && (answers || definite && stance != "" && stance != news.Threatens || r.Complement(k).Shape != Nothing) {
		return i - 1
	}
	if i = s.Words.From - 1; r.Is(i, Comma) && r.Is(r.Sentence(i).From, Sub) && r.Complement(k).Shape != Nothing {
		return i // "While he promised …, others said"
	}
	return 0
}

// Deed gives the stance of the noun at token i, "" where it is none of a stance: "a denial".
func (r *Reading) Deed(i int) news.Stance {
	if i < 0 || i >= len(r.Doc.Tokens) || len(r.Grammar.deeds) == 0 || r.Is(i, Named|Quoted) {
		return ""
	}
	return r.Grammar.deeds[r.Doc.Tokens[i].Norm]
}

// PastApposition gives the token behind what is told of somebody between two commas, the first at token i: "Helen Marsh, an economist
// at Keel, …"; i where there is none. Only what begins as such words do, and no clause or list, is one.
func (r *Reading) PastApposition(i int) int {
	if !r.Is(i, Comma) {
		return i
	}
	first := i + 1
	told := r.Is(first, Title|Kin) || r.Is(first, Det) && !r.Is(first, Pron|Neuter) && (r.Is(first+1, Title|Kin) || !r.Grammar.Comma) || r.Grammar.After && r.Definite(first)
	if plain := !r.Is(first, Det|Pron|Neuter|Prep|Aux|Neg|Adv|Named|Upper|Time|Conj|Sub|Rel|Comp|Comma|Mark); !told && !(plain && r.Grammar.bareNouns()) {
		return i
	}
	for k := first + 1; k < len(r.Class) && k < first+14 && !r.Is(k, Stop|Colon|Mark|Quoted|Rel|Comp|Pron); k++ {
		if !r.Is(k, Comma) {
			continue
		}
		if r.Is(k+1, Conj|Rel|Sub) && !r.Is(k+1, Comp|Det) || r.Is(k+1, Stop|Mark) {
			return i
		}
		return k + 1
	}
	return i
}

// bareNouns tells whether what somebody is called stands behind a comma without an article, as no clause begins: économiste à Lille.
func (g *Grammar) bareNouns() bool { return !g.Bare && !g.After && !g.Unspaced && !g.Final && !g.Cased }

// followed tells whether another verb of the lexicon joined by "and" follows cue n before token end: whose it is, is not certain.
func (r *Reading) followed(n, end int) bool {
	return n+1 < len(r.Cues) && r.Cues[n+1].At.From < end && r.coordinated(n+1)
}

// finite tells whether a plain noun stands at token i and an auxiliary soon behind it: "said voters would".
func (r *Reading) finite(i, end int) bool {
	if r.Class[i]&^(Adv|Neg|Conj) != 0 || r.Doc.Tokens[i].Kind != text.Word {
		return false
	}
	for k := i + 1; k < end && k < i+6; k++ {
		if r.Is(k, Aux|Irrealis) && !r.Is(k, To|Prep|Sub) {
			return true
		}
		if r.Is(k, Comma|Stop|Mark|Colon|Comp|Sub) {
			break
		}
	}
	return false
}
