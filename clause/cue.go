package clause

import (
	"strings"

	"marsad/text"
)

// findCues notes every verb of the lexicon with what stands directly before it.
func (r *Reading) findCues() {
	for i := 0; i < len(r.Doc.Tokens); i++ {
		if r.Doc.Tokens[i].Kind == text.Mark {
			continue
		}
		e, prefixed := r.Grammar.look(r.Doc.Tokens[i].Norm)
		if e == nil {
			continue
		}
		for _, s := range e.seqs {
			if s.verb == nil || !r.follows(i, s.rest) {
				continue
			}
			closed := r.closing(i+1, s.verb.Closes)
			if s.verb.Closes != "" && closed == 0 {
				continue
			}
			if s.verb.Kind == Idle {
				i += len(s.rest)
				break
			}
			r.embeddedCue(i)
			r.unname(i, i+1+len(s.rest))
			if !r.inName(i, i+len(s.rest)) && !r.noun(i, i+1+len(s.rest), s.verb, prefixed) {
				c := r.cue(i, i+1+len(s.rest), s.verb, prefixed)
				c.Closed = closed
				r.Cues = append(r.Cues, c)
				i += len(s.rest)
			}
			break
		}
	}
}

// embeddedCue takes back the cue that ends right before token i where verbs stand at the end and another begins there: と約束したと語った
// reports what the first verb is part of, and whose that is, is not certain.
func (r *Reading) embeddedCue(i int) {
	if n := len(r.Cues) - 1; r.Grammar.Final && n >= 0 && r.Cues[n].At.To == i && r.Cues[n].Verb.Kind == Says {
		r.Cues = r.Cues[:n]
	}
}

// closing gives the token behind token i that is the given word and ends its clause; 0 for none.
func (r *Reading) closing(i int, word string) int {
	for end := min(i+25, len(r.Doc.Tokens)); word != "" && i < end && !r.Is(i, Stop|Colon|Mark|Comma); i++ {
		if r.Doc.Tokens[i].Norm == word && (i+1 >= len(r.Class) || r.Is(i+1, Stop|Colon|Mark|Comma|Conj)) {
			return i
		}
	}
	return 0
}

// unname takes back a mere candidate for a name that is exactly a verb of the lexicon.
func (r *Reading) unname(from, to int) {
	m := r.Mention(from)
	if m == nil || m.Known || m.End > r.Doc.Tokens[to-1].End || from > 0 && r.Mention(from-1) == m {
		return
	}
	for i := from; i < to; i++ {
		r.mention[i] = -1
		r.Class[i] &^= Named
	}
}

// inName tells whether both ends lie in one mention: "Voice of Reason Says" is a name.
func (r *Reading) inName(from, last int) bool {
	return r.mention[from] >= 0 && r.mention[from] == r.mention[last]
}

// noun tells whether a form at tokens [i, to) that can be a verb is none: it directly follows one ("rejected claims that"), has a capital in the
// middle of a sentence, or is a noun too and stands behind a word that a verb does not follow.
func (r *Reading) noun(i, to int, v *Verb, prefixed bool) bool {
	if v.Noun && prefixed && r.Grammar.After && r.Sentence(i).From != i && r.Doc.Tokens[i-1].Kind != text.Mark {
		return true // "amid threats and promises"
	}
	if prefixed || v.Kind == Converb || v.Kind == Source {
		return false
	}
	if v.Noun && (hasSuffix(r.norm(i-1), r.Grammar.objects) || r.governedBy(i)) {
		return true // "bolstering demand", "denied Freedonian claims"
	}
	if r.Is(i, Upper) && i > 0 && r.Sentence(i).From != i && r.Doc.Tokens[i-1].Kind != text.Mark {
		return true // the United States
	}
	if r.Is(i-1, Prep) && !r.Is(i-1, Adv|As|Sub|Conj|Named|Irrealis|To|Neg) {
		return true // "on urging", «على حث»
	}
	if v.Noun && (r.Is(i-1, Governs|Nominal) || r.Is(to, Nominal)) {
		return true // 作出承诺, 承诺书
	}
	if v.Noun && r.Grammar.After && !r.opens(i) {
		return true
	}
	if v.Noun && r.Is(i-1, Det|Prep|Link|Of|Passive) && !r.Is(i-1, Neuter) {
		return true
	}
	if len(r.Cues) == 0 {
		return false
	}
	last := r.Cues[len(r.Cues)-1]
	return last.At.To == i && last.Verb.Kind != Source
}

// norm gives the normal form of token i, "" where there is none.
func (r *Reading) norm(i int) string {
	if i < 0 || i >= len(r.Doc.Tokens) {
		return ""
	}
	return r.Doc.Tokens[i].Norm
}

// governedBy tells whether only names and determiners stand between the verb before and token i, which is then its object.
func (r *Reading) governedBy(i int) bool {
	if len(r.Cues) == 0 || r.Grammar.Unspaced || r.Grammar.Final {
		return false
	}
	last := r.Cues[len(r.Cues)-1]
	if last.Verb.Stance == "" || i-last.At.To > 3 {
		return false
	}
	for k := last.At.To; k < i; k++ {
		if !r.Is(k, Upper|Named|Det) || r.Is(k, Comma|Mark|Pron) {
			return false
		}
	}
	return true
}

// opens tells whether a verb can stand at token i in a language that begins its clauses with the verb.
func (r *Reading) opens(i int) bool {
	return i == 0 || r.Sentence(i).From == i || r.Doc.Tokens[i-1].Kind == text.Mark || r.Is(i-1, Conj|Sub|Aux|Adv|Neg|Rel|Named|Comp)
}

func (r *Reading) cue(from, to int, v *Verb, prefixed bool) Cue {
	c := Cue{At: text.Range{From: from, To: to}, Verb: v, Prefixed: prefixed, Quoted: r.Is(from, Quoted)}
	if v.Kind == Source {
		return c
	}
	c.Negated = v.Not
	going := r.progressive(from, v)
	if going {
		c.Verb = v.finite
	}
	i, active := from-1, false
	for steps := 0; steps < 4 && r.Is(i, Aux|Adv|Neg|Irrealis|Passive|Pron) && !r.Is(i, Mark|Quoted); steps++ {
		c.Negated = c.Negated || r.Is(i, Neg) && !r.Is(i, Adv)
		c.Irrealis = c.Irrealis || r.Is(i, Irrealis) && !r.Is(i, Neg)
		c.Passive = c.Passive || r.Is(i, Passive) && !going
		active = active || r.Is(i, Aux)
		if r.Is(i, Pron) && !r.Is(i, Adv|Neg|Aux) {
			// "if he says": one word further, no more.
			c.Irrealis = c.Irrealis || r.Is(i-1, Irrealis) && !r.Is(i-1, Prep)
			active = active || r.inverted(i)
			break
		}
		i--
	}
	c.Negated = c.Negated || r.trailingNot(to)
	c.Irrealis = c.Irrealis || r.neither(from)
	c.Passive = c.Passive || !active && r.participle(from)
	c.Irrealis = c.Irrealis || (v.OnlyNot || r.Is(from, Infinit)) && !c.Negated && v.Closes == "" || r.guessed(c)
	return c
}

// inverted tells whether a pronoun at token i is written to the auxiliary before it: a-t-il assuré.
func (r *Reading) inverted(i int) bool {
	k := i - 1
	for k > i-4 && (r.norm(k) == "-" || len(r.norm(k)) == 1 && r.norm(k-1) == "-") {
		k--
	}
	return k < i-1 && r.Is(k, Aux)
}

// trailingNot tells whether the clause of a verb that ends before token i closes with a negator: "sagte nicht, ob".
func (r *Reading) trailingNot(i int) bool {
	for r.Is(i, Adv) && !r.Is(i, Neg) {
		i++
	}
	return r.Is(i, Neg) && r.Is(i+1, Comma|Stop|Comp) && !r.Is(i+1, Named)
}

// neither tells whether token i stands behind one of two words that reject two verbs together: "neither confirmed nor denied".
func (r *Reading) neither(i int) bool {
	for k := i - 1; k >= 0 && k >= i-4 && !r.Is(k, Stop|Mark|Quoted|Named|Upper|Comma); k-- {
		for _, pair := range r.Grammar.neither {
			if r.norm(k) == pair[0] && r.meets(k+1, 1, pair[1]) || r.norm(k) == pair[1] && r.meets(k-1, -1, pair[0]) {
				return true
			}
		}
	}
	return false
}

// meets tells whether the given word stands within some words of token i, on the side of step, in the same sentence.
func (r *Reading) meets(i, step int, word string) bool {
	for k := 0; k < 12 && i >= 0 && i < len(r.Class) && !r.Is(i, Stop|Mark|Quoted); i, k = i+step, k+1 {
		if r.norm(i) == word {
			return true
		}
	}
	return false
}

// participle tells whether token i ends as a participle does: alone it is said of whom it stands beside, "el ministro, acusado por …".
func (r *Reading) participle(i int) bool {
	t := r.Doc.Tokens[i]
	return hasSuffix(strings.ToLower(r.Doc.Text[t.Start:t.End]), r.Grammar.participles)
}

// progressive tells whether a participle at token i stands behind a form of "be", and so has a subject of its own: "is stressing that".
func (r *Reading) progressive(i int, v *Verb) bool {
	if v.finite == nil {
		return false
	}
	for i--; r.Is(i, Adv|Neg) && !r.Is(i, Aux); i-- {
	}
	return r.Is(i, Aux) && r.Is(i, Passive) && !r.Is(i, Quoted|Mark)
}

// guessed tells whether a verb stands in the future by what is written together with it, or is a guess: ستندد, قد تتهم.
func (r *Reading) guessed(c Cue) bool {
	g, norm := r.Grammar, r.norm(c.At.From)
	if c.Prefixed && hasPrefix(norm, g.futures) {
		return true
	}
	return r.Is(c.At.From-1, Perhaps) && hasPrefix(norm, g.presents) && !hasPrefix(text.Normalize(c.Verb.Lemma), g.presents)
}

// Agree tells whether two cues can have the same subject by the endings of their verbs; where endings tell nothing, they can.
func (r *Reading) Agree(a, b Cue) bool {
	return r.ending(a) == r.ending(b)
}

func (r *Reading) ending(c Cue) byte {
	norm := r.Doc.Tokens[c.At.From].Norm
	if r.Is(c.At.From, Infinit) && r.Is(c.At.From-1, Neg) {
		norm = r.norm(c.At.From - 1) // отказались подтвердить
	}
	switch {
	case hasSuffix(norm, r.Grammar.plural):
		return 'p'
	case hasSuffix(norm, r.Grammar.feminine), r.prefixedForm(c, norm):
		return 'f'
	}
	return 0
}

// prefixedForm tells whether a verb's form begins with the feminine prefix, behind clitics, while its lemma does not.
func (r *Reading) prefixedForm(c Cue, norm string) bool {
	g := r.Grammar
	if len(g.femPrefix) == 0 || hasPrefix(text.Normalize(c.Verb.Lemma), g.femPrefix) {
		return false
	}
	if c.Prefixed {
		for _, p := range g.clitics {
			if strings.HasPrefix(norm, p) && g.words[norm[len(p):]] != nil {
				norm = norm[len(p):]
				break
			}
		}
	}
	return hasPrefix(norm, g.femPrefix)
}
