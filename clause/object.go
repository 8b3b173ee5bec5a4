package clause

import (
	"slices"
	"strings"

	"marsad/news"
	"marsad/text"
)

// behind gives the subject among the words np that follow cue n, in a language where subject and object both stand there.
func (r *Reading) behind(n int, np text.Range) Subject {
	if r.object(n, np) {
		return Subject{}
	}
	c := &r.Cues[n]
	if c.Verb.Stance != "" && r.OpensOf(np.From) {
		c.Object = np
		return Subject{}
	}
	if c.Verb.Kind == Act && c.Verb.Transitive && !r.Is(np.To, Mark) {
		if subject, object := r.divide(np, c.Verb); subject.From < subject.To {
			c.Object = object
			return r.subject(subject, true)
		}
		c.Object, c.inner = np, true // "when he thanked Korea for …": whom, not who
		return Subject{}
	}
	if c.Verb.Stance == "" || r.reportedAt(np.To) && c.Verb.Stance != news.Accuses {
		return r.subject(np, true)
	}
	if r.ending(*c) == 0 && r.feminine(np.From) {
		c.Object = np // طالب قيادة الحركة: the verb is masculine, its subject somebody else
		return Subject{}
	}
	if c.unsure = r.unsure(np, c.Verb); c.unsure {
		return Subject{}
	}
	subject, object := r.divide(np, c.Verb)
	c.Object = object
	return r.subject(subject, true)
}

// feminine tells whether a noun at token i, no name of a person and no title, has a feminine ending.
func (r *Reading) feminine(i int) bool {
	if m := r.Mention(i); m != nil && m.Kind == news.Person || r.Is(i, Title|Det|Adv) {
		return false
	}
	t := r.Doc.Tokens[i]
	return hasSuffix(r.Doc.Text[t.Start:t.End], r.Grammar.feminineNouns)
}

// unsure tells whether words behind a verb that may have an object hold three or more of which none is a name, a title or has an
// article at their head: "called X sons of the community to".
func (r *Reading) unsure(np text.Range, v *Verb) bool {
	if v.Stance != news.Demands && v.Stance != news.Warns || np.To-np.From < 3 || v.Transitive {
		return false
	}
	for i := np.From; i < np.To; i++ {
		if r.Is(i, Charge|Report|Link|Conj) || r.joined(i) || i < np.From+2 && r.Is(i, Named) {
			return false
		}
	}
	return !r.Definite(np.From) && !r.Is(np.From, Title|Head|Det|Teller)
}

// reportedAt tells whether what is reported begins at token i, or behind nothing but a time or an occasion there.
func (r *Reading) reportedAt(i int) bool {
	for end := i + 12; i < end && r.Is(i, Comma|Time|Prep|Addressee|Occasion|Adv) && !r.Is(i, Comp|Object); i++ {
	}
	return r.Is(i, Comp|Colon|Mark)
}

// divide cuts what follows a verb of stance into its subject and its object. Where nothing shows the seam there is no subject:
// "accused X of Y" with one noun has its subject elsewhere, and of two nouns side by side the cut must not be guessed.
func (r *Reading) divide(np text.Range, v *Verb) (subject, object text.Range) {
	if takesObject(v.Stance) && r.Is(np.From, Charge|Report) || v.Transitive && r.Is(np.From, Det) && !r.Definite(np.From) {
		return text.Range{From: np.From, To: np.From}, np
	}
	if v.Rejects && (r.Deed(np.To) != "" || r.Is(np.To, Prep) && r.Deed(np.To+1) != "") {
		return np, text.Range{From: np.To, To: np.To} // "refused the ministry a confirmation"
	}
	if v.Stance == news.Confirms && r.Is(np.To, Object) && !r.Is(np.To, Named) {
		return np, text.Range{From: np.To, To: np.To} // "stressed the minister on the need"
	}
	end := 0
	if takesObject(v.Stance) {
		end = r.charge(np)
		if name := r.leadingName(np); name > np.From && name < end && end < np.To-1 {
			end = name // "denied Holm the use of any glue"
		}
	}
	if end == 0 {
		end = r.leadingName(np)
	}
	if end == 0 {
		end = r.seam(np, v)
	}
	subject, object = text.Range{From: np.From, To: end}, text.Range{From: end, To: np.To}
	if v.Stance != news.Accuses && !v.Transitive && !takesObject(v.Stance) {
		return subject, object
	}
	if object.From >= object.To && takesObject(v.Stance) && r.Is(np.From, Title) && np.To-np.From > 1 {
		return subject, object // "the spokesman …": whoever it is, the object does not show
	}
	if object.From >= object.To || v.Stance == news.Accuses && r.OpensOf(object.From) {
		// One noun alone: it is the object.
		return text.Range{From: np.From, To: np.From}, np
	}
	return subject, object
}

// charge gives the token of an accusation, a report or a determiner in a phrase, the start of what is denied or confirmed; 0 for
// none.
func (r *Reading) charge(np text.Range) int {
	for i := np.From + 1; i < np.To; i++ {
		if r.Is(i, Charge|Report|Det) && !r.Is(i, Named) {
			return i
		}
	}
	return 0
}

func takesObject(s news.Stance) bool { return s == news.Denies || s == news.Confirms }

func takesThing(s news.Stance) bool { return takesObject(s) || s == news.Condemns }

// OpensOf tells whether token i begins with the preposition of an accusation.
func (r *Reading) OpensOf(i int) bool {
	return r.Is(i, OfWord) && !r.Is(i, Named|Link|Prep|Det|Title|Natural|Adv)
}

// leadingName gives the end of the name that a phrase begins with, past titles before it and what is joined to it; 0 for none.
func (r *Reading) leadingName(np text.Range) int {
	i := np.From
	for i < np.To && r.mention[i] < 0 {
		if r.OpensOf(i) || r.Is(i, Charge|Report) || i-np.From > 5 {
			return 0
		}
		i++
	}
	if i < np.To && i > np.From && !r.Is(np.From, Title) && r.Definite(np.From) && !r.Is(i-1, Link|Prep) {
		// "the residents" and then a name: two, unless it is a person and somebody else follows.
		if next := r.past(i); r.Mention(i).Kind != news.Person || next >= np.To || r.OpensOf(next) {
			return i
		}
	}
	if i < np.To && i > np.From+1 && r.Definite(i-1) && (!r.Definite(np.From) || r.Is(np.From, Title)) && !r.Is(np.From, Head|Det) && r.Mention(i).Kind != news.Person && !r.Is(i-1, Link|Prep) {
		return i // "the lawyers of the victims", "the minister of health" and then a name
	}
	if i >= np.To || i > np.From && !r.Is(np.From, Title|Head|Det) && !r.oneOf(np.From, i) && !(r.Mention(i).Kind == news.Person && i == np.From+1) {
		return 0
	}
	e := r.past(i)
	if m := r.Mention(i); m.Kind != news.Person {
		for j := e; j < np.To && j <= e+2; j++ {
			if o := r.Mention(j); o != nil && o.Kind == news.Person && r.Is(np.From, Title) {
				e = r.past(j)
				break
			}
		}
	}
	for e < np.To && (r.Is(e, Conj) || r.joined(e) || r.mention[e] >= 0 && hasPrefix(r.Doc.Tokens[e].Norm, r.Grammar.joins) && r.splitName(e)) && !r.OpensOf(e) {
		if e++; e < np.To && r.mention[e-1] >= 0 {
			e = r.past(e - 1)
		}
	}
	return min(e, np.To)
}

// splitName tells whether the mention at token i is written together with "and": its name does not begin with that letter.
func (r *Reading) splitName(i int) bool {
	m := r.Mention(i)
	return m.Start > r.Doc.Tokens[i].Start || !strings.HasPrefix(text.Normalize(m.Name), r.Doc.Tokens[i].Norm)
}

// Definite tells whether an article is written together with token i.
func (r *Reading) Definite(i int) bool {
	return i < len(r.Doc.Tokens) && hasPrefix(r.Doc.Tokens[i].Norm, r.Grammar.articles)
}

// oneOf tells whether tokens [from, to) hold nothing but nouns that a name can specify: at most two of them.
func (r *Reading) oneOf(from, to int) bool { return to-from <= 2 && !r.Is(to-1, Prep) }

// seam gives the token at which an object begins by its own look: an accusation, a determiner, the accusing preposition where the
// stance takes it, a noun without an article behind one with it, or a second definite noun that is no adjective of the first. The
// end of the phrase where there is none.
func (r *Reading) seam(np text.Range, v *Verb) int {
	definite := false
	for i := np.From; i < np.To; i++ {
		switch norm := r.Doc.Tokens[i].Norm; {
		case i > np.From && (r.Is(i, Charge|Report|Det) || !takesObject(v.Stance) && !v.Transitive && r.OpensOf(i)):
			return i
		case i > np.From && r.joined(i) && !r.Is(i, Title|Head):
			definite = r.mention[i] >= 0
		case r.Is(i, Link):
			definite = false
		case !hasPrefix(norm, r.Grammar.articles):
			if definite && r.mention[i] < 0 && !r.Is(i-1, Title) {
				return i
			}
		case definite && !r.adjective(norm):
			if takesObject(v.Stance) {
				return np.To // "the White House": whether the second is an object is not certain
			}
			return i
		default:
			definite = true
		}
	}
	return np.To
}

// adjective tells whether a definite word is likely an adjective of the noun before it.
func (r *Reading) adjective(norm string) bool {
	return hasSuffix(norm, r.Grammar.adjects) || slices.Contains(r.Grammar.adjects, norm)
}
