package clause

import (
	"strings"

	"marsad/news"
	"marsad/text"
)

// nominal tells whether a stretch holds a word that can be a noun.
func (r *Reading) nominal(np text.Range) bool {
	for i := np.From; i < np.To; i++ {
		k := r.Doc.Tokens[i].Kind
		if (k == text.Word || k == text.Ideo) && (r.Is(i, Named) || !r.Is(i, Prep|Det|Adv|Aux|Passive|Neg|Comp|Time|Sub|Conj|Pron|Neuter|Rel|Irrealis)) {
			return true
		}
	}
	return false
}

// head gives the mention that a noun phrase is about: a person who is not governed by another word, else an organization or
// place that is the whole phrase but for a determiner, a kind ("the newspaper") or what is joined to it by "and".
func (r *Reading) head(np text.Range) *news.Mention {
	var whole *news.Mention
	for i := np.From; i < np.To; i++ {
		m := r.Mention(i)
		if m == nil || r.Mention(i-1) == m && i > np.From {
			continue
		}
		if r.Is(i, Rel) || r.Is(i-1, Rel) {
			break
		}
		if m.Kind == news.Person {
			if !r.governed(i, np) && !r.oblique(m) {
				return m
			}
			continue
		}
		if whole == nil && r.leads(np.From, i) && r.ends(r.past(i), np.To) && !r.oblique(m) {
			whole = m
		}
	}
	return whole
}

// governed tells whether the name at token i depends on the word before it or owns what comes after it.
func (r *Reading) governed(i int, np text.Range) bool {
	if k := r.courtesy(i); k < i && k > np.From && r.Is(k-1, Prep|Link|Of) {
		return true // l'avocate de M. Stern
	}
	if i > np.From && (r.Is(i-1, Prep|Link|Kin|Of) || r.Is(i-1, Conj) && r.head(text.Range{From: np.From, To: i - 1}) == nil && i-1 > np.From) {
		return true
	}
	to := r.past(i)
	if to >= len(r.Doc.Tokens) || to >= np.To {
		return false
	}
	owner := r.Grammar.CapitalNouns && strings.HasSuffix(r.Doc.Text[:r.Doc.Tokens[to-1].End], "s") && r.Is(to, Upper) && r.Mention(to) == nil
	return owner || strings.HasPrefix(r.Doc.Tokens[to].Norm, "'") // Putins Sprecher, Trump's remarks
}

// courtesy gives the token at which a short courtesy before the name at token i begins, with its stop: M., Mme; i where there is none.
func (r *Reading) courtesy(i int) int {
	k := i - 1
	if k > 0 && r.Doc.Tokens[k].Kind == text.Mark && r.Doc.Text[r.Doc.Tokens[k].Start:r.Doc.Tokens[k].End] == "." {
		k--
	}
	if k < 0 || r.Doc.Tokens[k].Kind != text.Word || len(r.Doc.Tokens[k].Norm) > 3 || !r.Is(k, Upper) || r.Mention(k) != nil {
		return i
	}
	return k
}

// Owns tells whether the name at token i owns what follows it: "Trump's remarks".
func (r *Reading) Owns(i int) bool {
	to := r.past(i)
	return to < len(r.Doc.Tokens) && strings.HasPrefix(r.Doc.Tokens[to].Norm, "'")
}

// past gives the first token after the mention at token i.
func (r *Reading) past(i int) int {
	for m := r.mention[i]; i < len(r.mention) && r.mention[i] == m; i++ {
	}
	return i
}

// leads tells whether only determiners and kinds of name stand before token i.
func (r *Reading) leads(from, i int) bool {
	for ; from < i; from++ {
		if !r.Is(from, Det|Head|Conj|Adv) {
			return false
		}
	}
	return true
}

// ends tells whether the phrase ends at token i, or goes on with something joined or added.
func (r *Reading) ends(i, to int) bool {
	return i >= to || r.Is(i, Conj|Comma|Rel|Dash|Prefix) || strings.HasPrefix(r.Doc.Tokens[i].Norm, "(") || r.joined(i)
}

// joined tells whether token i begins with a clitic "and".
func (r *Reading) joined(i int) bool {
	return hasPrefix(r.Doc.Tokens[i].Norm, r.Grammar.joins) && !r.Is(i, Natural|Title|Head|Adv|Prep) && (r.mention[i] < 0 || r.splitName(i))
}

// oblique tells whether a name stands in another case than its usual form, in a language whose names have cases: "Путина".
func (r *Reading) oblique(m *news.Mention) bool {
	if !r.Grammar.Cased || m.Name == "" {
		return false
	}
	words, name := lastWord(r.Doc.Text[m.Start:m.End]), lastWord(m.Name)
	if words == name || len(words) < 4 || len(name) < 4 {
		return false
	}
	// Only a form of the same word tells anything: an alias is another word.
	return strings.HasPrefix(words, name[:len(name)-2]) || strings.HasPrefix(words, name[:len(name)/4*2])
}

func lastWord(s string) string {
	s = text.Normalize(s)
	return s[strings.LastIndexByte(s, ' ')+1:]
}

func (r *Reading) lastSegment(lo, hi int) text.Range {
	for i := hi - 1; i >= lo; i-- {
		if r.Is(i, Comma|Dash) {
			return text.Range{From: i + 1, To: hi}
		}
	}
	return text.Range{From: lo, To: hi}
}

// apposed gives the subject of "Kirby, a spokesman, said": the first stretch between commas that is not adverbial.
func (r *Reading) apposed(lo, hi int) text.Range {
	from := lo
	for i := lo; i <= hi; i++ {
		if i < hi && !r.Is(i, Comma|Dash) {
			continue
		}
		if np := r.trim(text.Range{From: from, To: i}); np.From < np.To && i < hi && r.nominal(np) && !r.Is(from, Prep) && !r.sources(np.From) {
			return np
		}
		from = i + 1
	}
	return text.Range{}
}

// sources tells whether a source begins at token i: "According to AFP".
func (r *Reading) sources(i int) bool {
	n := r.CueFrom(i)
	return n < len(r.Cues) && r.Cues[n].At.From == i && r.Cues[n].Verb.Kind == Source
}

// trim takes off what belongs to no noun phrase: conjunctions and adverbs in front, times behind, everything up to the last
// word that opens a clause.
func (r *Reading) trim(np text.Range) text.Range {
	for i := np.To - 1; i > np.From; i-- {
		if r.Is(i, Sub|Comp) && !r.Is(i, Named) || r.Is(i, Opening) && r.whole(text.Range{From: i + 1, To: np.To}) || r.Is(i, Conj) && !r.coordinates(np.From, i) {
			if r.Grammar.ObjectFirst && !r.Grammar.Unspaced && r.Is(i, Comp) && i > np.From && !r.cueEnds(i) {
				np.To = i // "an official who did not want to be named": که
				break
			}
			if np.From = i + 1; r.Is(i, Comp) && r.Is(np.From, Aux) && !r.Is(np.From, Det|Named) {
				return text.Range{From: np.To, To: np.To} // "relatives who are waiting …": only the end of the subject
			}
			break
		}
	}
	for np.From < np.To && r.Is(np.From, Conj|Sub|Adv|Comp|Comma|Dash|Aux) && !r.Is(np.From, Named|Det) {
		np.From++
	}
	for i := np.From + 1; i < np.To && !r.Grammar.After; i++ {
		if r.Is(i, Relayed) && !r.Is(i, Named) {
			np.To = i // "the agency, citing officials"
		}
	}
	np = r.dropTimes(np)
	if np.From >= np.To {
		return np
	}
	last := np.To - 1
	if r.all(np, Pron|Neuter) {
		return np
	}
	if (r.Grammar.Final || r.Grammar.ObjectFirst) && r.Is(last, Pron) && last-1 > np.From && r.Is(last-1, Prep) {
		return r.trim(text.Range{From: np.From, To: last - 1}) // "the leader to him": whom it is told
	}
	if r.Is(last, Pron) && np.From < last && !r.Is(last-1, Conj) {
		return text.Range{From: last, To: np.To}
	}
	if r.Is(last, Rel) || strings.HasPrefix(r.Doc.Tokens[last].Norm, "'") {
		return text.Range{}
	}
	if r.Is(np.From, Pron) && r.Is(last, Prep) && np.From < last {
		return text.Range{From: np.From, To: np.From + 1} // postpositions: "he reporters to said"
	}
	if r.verbal(np) {
		return r.adjacent(np)
	}
	if np.From < np.To && r.Is(np.From, Prep) && !r.Is(np.From, Named|Det) {
		return r.adjacent(np)
	}
	for i := np.From + 1; i < np.To; i++ { // "Holm at a meeting of the council"
		if r.Is(i, Prep) && !r.Is(i, Link|Named) && (r.Is(i-1, Named|Upper) || !r.Grammar.Unspaced && !bicameral(r.Doc.Tokens[i].Script)) && !r.namesPerson(i, np.To) {
			np.To = i
		}
	}
	return r.dropTimes(np)
}

// cueEnds tells whether a cue ends right before token i, which is then what it reports by.
func (r *Reading) cueEnds(i int) bool {
	for n := r.CueFrom(max(0, i-6)); n < len(r.Cues) && r.Cues[n].At.From < i; n++ {
		if r.Cues[n].At.To == i {
			return true
		}
	}
	return false
}

// whole tells whether a stretch is one name, title or pronoun, perhaps with a determiner or title before it.
func (r *Reading) whole(np text.Range) bool {
	if np.From < np.To && r.Is(np.To-1, Title) {
		np.To--
		return np.From == np.To || r.all(np, Det|Title|Upper)
	}
	for np.From < np.To && r.Is(np.From, Title|Det) && !r.Is(np.From, Named) {
		np.From++
	}
	if np.From >= np.To {
		return false
	}
	m := r.Mention(np.From)
	return m != nil && r.past(np.From) >= np.To || np.To-np.From == 1 && r.Is(np.From, Pron)
}

// namesPerson tells whether tokens [from, to) hold a person's name.
func (r *Reading) namesPerson(from, to int) bool {
	for i := from; i < to; i++ {
		if m := r.Mention(i); m != nil && m.Kind == news.Person && !r.Is(i-1, Prep|Link) {
			return true
		}
	}
	return false
}

// verbal tells whether a stretch shows signs of a verb before any relative clause, and so is more than a noun phrase.
func (r *Reading) verbal(np text.Range) bool {
	if r.Grammar.Unspaced {
		return false // one character of a name may be a small word
	}
	for i := np.From; i < np.To; i++ {
		if r.Is(i, Named) {
			continue
		}
		if r.Is(i, Rel) {
			return i == np.From
		}
		if r.Is(i, Aux|Passive|Irrealis|Neg|Pron|Neuter) && !r.Is(i, Det) && !r.genitive(i) && !(r.Is(i, To) && i > np.From && r.Is(i+1, Named|Title|Det)) && !r.abbreviated(i) && (np.To-np.From > 1) && !strings.HasPrefix(r.Doc.Tokens[i].Norm, "'") {
			return true
		}
	}
	return false
}

// abbreviated tells whether token i is a capital with a stop, as M. before a name, which is no French pronoun.
func (r *Reading) abbreviated(i int) bool {
	return r.Is(i, Upper) && i+1 < len(r.Doc.Tokens) && r.Doc.Tokens[i+1].Norm == "." && r.Doc.Tokens[i].End == r.Doc.Tokens[i+1].Start
}

// genitive tells whether a word that can open an infinitive stands between two nouns instead: "foro de consumidores".
func (r *Reading) genitive(i int) bool {
	return r.Is(i, Link) && !r.Is(i+1, Infinit) && (!r.Is(i, To) || len(r.Grammar.infinit) > 0)
}

// coordinates tells whether "and" at token i joins two names or nouns, by what stands before it.
func (r *Reading) coordinates(from, i int) bool {
	if i-from > 6 {
		return false
	}
	for j := from; j < i; j++ {
		if !r.Is(j, Named|Upper|Det|Title|Conj) {
			return false
		}
	}
	return i > from
}

// dropTimes takes a time with its preposition off both ends: "On Monday officials", "Kirby on Monday".
func (r *Reading) dropTimes(np text.Range) text.Range {
	for i := np.From; i < np.To && i < np.From+4; i++ {
		if r.Is(i, Time) && r.timeLed(np.From, i) {
			np.From = i + 1
			break
		}
	}
	for np.From < np.To && r.Is(np.To-1, Time) {
		np.To--
		for np.From < np.To && (r.Is(np.To-1, Prep|Det|Time) || r.Doc.Tokens[np.To-1].Kind == text.Number) && !r.Is(np.To-1, Named) {
			np.To--
		}
	}
	return np
}

// WithoutTime takes a time with its preposition off the end of a stretch, unless nothing else is there.
func (r *Reading) WithoutTime(c text.Range) text.Range {
	to := c.To
	for to > c.From && r.Is(to-1, Time) && !r.Is(to-1, Named) {
		to--
	}
	for to < c.To && to > c.From && r.Is(to-1, Prep|Det) && !r.Is(to-1, Named) {
		to--
	}
	if to > c.From {
		c.To = to
	}
	return c
}

func (r *Reading) timeLed(from, i int) bool {
	for ; from < i; from++ {
		if !r.Is(from, Prep|Det|Time) || r.Is(from, Named) {
			return false
		}
	}
	return true
}

// adjacent gives the name or pronoun at the end of a stretch that begins with a preposition, where it is not governed by it.
func (r *Reading) adjacent(np text.Range) text.Range {
	last := np.To - 1
	if r.Is(last, Pron|Neuter) && !r.Is(last-1, Prep|Link) {
		return text.Range{From: last, To: np.To}
	}
	m := r.Mention(last)
	if m == nil {
		return text.Range{}
	}
	i := last
	for i > np.From && r.Mention(i-1) == m {
		i--
	}
	for i > np.From && r.Is(i-1, Title|Upper) && !r.Is(i-1, Named|Prep) {
		i--
	}
	if r.Is(i-1, Prep|Link|Det|Of) || r.Grammar.After && i > np.From && r.Doc.Tokens[i-1].Kind == text.Word && !r.Is(i-1, Title|Named|Conj|Adv|Time) {
		return text.Range{} // "in reply to remarks of Holm": the name belongs to the noun
	}
	return text.Range{From: i, To: np.To}
}

// bicameral tells whether a script has capitals, by which names are told from other words.
func bicameral(s text.Script) bool {
	return s == text.Latin || s == text.Cyrillic || s == text.Greek
}
