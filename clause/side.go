package clause

import (
	"slices"
	"strings"

	"marsad/news"
	"marsad/text"
)

// across gives the noun phrase before the run of quoted words that ends right before token i, where the verb stands at the end:
// Merve Aydın, “…” dedi.
func (r *Reading) across(i int) text.Range {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if !r.Is(k, Mark) {
			continue
		}
		run := r.RunAt(k)
		if run < 0 || r.Runs[run].Close != k {
			break
		}
		open := r.Runs[run].Open
		lo := r.floor(open)
		for run > 0 && open-lo <= 2 && lo == r.Runs[run-1].Close+1 && r.Doc.SentenceOf(lo) == r.Doc.SentenceOf(open) { // "…"이라며 "…"고 말했다
			run--
			open = r.Runs[run].Open
			lo = r.floor(open)
		}
		for open > lo && r.Is(open-1, Comma) {
			open--
		}
		np := r.trim(r.firstSegment(lo, open))
		for k := np.From + 1; k < np.To; k++ {
			if r.Is(k, Topic) && !r.Is(k, Named) {
				np.To = k // 首相は記者団に
			}
		}
		return np
	}
	return text.Range{}
}

// firstSegment gives the words before the first comma.
func (r *Reading) firstSegment(lo, hi int) text.Range {
	for i := lo; i < hi; i++ {
		if r.Is(i, Comma|Dash) {
			return text.Range{From: lo, To: i}
		}
	}
	return text.Range{From: lo, To: hi}
}

// dative tells whether a preposition is written together with the name at token i: it is no subject.
func (r *Reading) dative(i int) bool {
	m := r.Mention(i)
	if t := r.Doc.Tokens[i]; m != nil && m.Start > t.Start {
		return !slices.Contains(r.Grammar.clitics, text.Normalize(r.Doc.Text[t.Start:m.Start]))
	}
	return false
}

// before gives the noun phrase that ends before cue n, empty where there is none. It is blocked when other words stand there: the
// subject is then likely none of what follows the verb either.
func (r *Reading) before(n int) (np text.Range, blocked bool) {
	c := r.Cues[n]
	lo := r.floor(c.At.From)
	hi := c.At.From
	for hi > lo && r.Is(hi-1, Aux|Adv|Neg|Irrealis|Passive|Standing) && !(r.Is(hi-1, Named|Pron|Neuter)) {
		hi--
	}
	if hi > lo && r.Is(hi-1, Rel) && !r.Is(hi-1, Named) {
		return r.antecedentOf(lo, hi-1), true
	}
	if hi > lo && r.Is(hi-1, Comma|Dash) {
		if k := r.reporter(n, lo, hi); k >= 0 {
			lo = r.Cues[k].At.To // "Holm said the deputy, Paul Anders, denied"
		}
		np = r.apposed(lo, hi-1)
		return np, false
	}
	if k := r.reporter(n, lo, hi); k >= 0 {
		lo = r.Cues[k].At.To
	}
	if k := n - 1; r.Grammar.Unspaced && k >= 0 && r.Cues[k].Verb.Kind == Source && r.Cues[k].At.From >= lo && !r.commaWithin(r.Cues[k].At.To, hi) {
		lo = r.Cues[k].At.To // 据路透社报道
	}
	if place := r.place(lo, hi); place.From < place.To && r.ending(c) == 'p' {
		return place, false
	}
	zone := r.lastSegment(lo, hi)
	np = r.untimed(r.trim(zone))
	return np, np.From >= np.To && !r.adverbial(zone.From, zone.To)
}

// reporter gives the last cue before cue n that begins behind token lo and is no source, -1 for none. Before a comma one in a relative
// clause, or one whose words end there, does not count.
func (r *Reading) reporter(n, lo, hi int) int {
	for k := n - 1; k >= 0 && r.Cues[k].At.To > lo; k-- {
		c := r.Cues[k]
		if c.At.To > hi || c.Verb.Kind == Source {
			continue
		}
		if r.Is(hi-1, Comma|Dash) && (r.Is(c.At.From-1-r.small(c.At.From), Rel|Comma) || c.Verb.Kind == Converb || !r.commaWithin(c.At.To, hi-1)) {
			return -1
		}
		return k
	}
	return -1
}

// commaWithin tells whether a comma stands among tokens [from, to).
func (r *Reading) commaWithin(from, to int) bool {
	for i := from; i < to; i++ {
		if r.Is(i, Comma) {
			return true
		}
	}
	return false
}

// untimed ends a noun phrase where a time begins, in a language that writes both side by side before the verb: 张三12日受访时.
func (r *Reading) untimed(np text.Range) text.Range {
	if !r.Grammar.Unspaced {
		return np
	}
	for i := np.From + 1; i < np.To; i++ {
		if r.Is(i, Named) {
			continue
		}
		if r.Is(i, Prep) && r.Is(i+1, Addressee) {
			np.To = i // 李秀英对记者说
			break
		}
		day := r.Doc.Tokens[i].Kind == text.Number && (r.Is(i+1, Time) || r.Is(i-1, Prep|Time|Adv))
		if day || r.Is(i, Time|Adv) && r.Is(i+1, Time|Adv) && i+1 < np.To {
			for np.To = i; np.To > np.From && r.Is(np.To-1, Prep|Aux|Adv) && !r.Is(np.To-1, Named); np.To-- {
			}
			break
		}
	}
	return np
}

// antecedentOf gives the name that the relative pronoun at token i follows: "Barack Obama, who called".
func (r *Reading) antecedentOf(lo, i int) text.Range {
	for i > lo && r.Is(i-1, Comma) {
		i--
	}
	from := i
	for from > lo && r.Is(from-1, Named|Upper|Title) && !r.Is(from-1, Comma) {
		from--
	}
	if np := (text.Range{From: from, To: i}); from < i && (r.Grammar.After || r.Is(from, Upper|Named)) && !r.Is(from-1, Prep|Link) {
		return np
	}
	return text.Range{}
}

// place gives the place or body that is the subject of "В Кремле заявили": all there is before the verb, behind a preposition.
func (r *Reading) place(lo, hi int) text.Range {
	for lo < hi && r.Is(lo, Conj|Sub|Adv) && !r.Is(lo, Locative) {
		lo++
	}
	if hi-lo < 2 || hi-lo > 8 || !r.Is(lo, Locative) || r.Is(lo+1, Time|Occasion|Det) {
		return text.Range{}
	}
	if r.Is(hi-1, Charge|Report) && !r.Is(hi-1, Named) && hi-lo > 2 {
		hi-- // what is denied: "в редакции обвинения отвергли"
	}
	for i := lo + 1; i < hi; i++ {
		if r.Is(i, Comma|Pron|Neuter|Time|Occasion|Sub|Prep&^Locative) && !r.Is(i, Named) {
			return text.Range{}
		}
	}
	return text.Range{From: lo + 1, To: hi}
}

// adverbial tells whether a stretch holds nothing that could be a subject: small words, and times with their prepositions.
func (r *Reading) adverbial(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if !r.Is(i, Conj|Sub|Adv|Aux|Neg|Prep|Time|Comma|Dash|As|Occasion|Det) && r.Doc.Tokens[i].Kind != text.Number {
			return false
		}
	}
	return true
}

// floor gives the first token of the clause before token i: the sentence, or what follows the last run of quoted words in it.
func (r *Reading) floor(i int) int {
	lo := r.Sentence(i).From
	for j := i - 1; j >= lo; j-- {
		if r.Is(j, Mark|Quoted|Colon) || r.Is(j, Stop) {
			return j + 1
		}
	}
	return lo
}

// after gives the noun phrase that begins behind cue n, empty where there is none.
func (r *Reading) after(n int) text.Range {
	from := r.Cues[n].At.To
	hi := len(r.Doc.Tokens)
	if n+1 < len(r.Cues) {
		hi = r.Cues[n+1].At.From
	}
	for from < hi && (r.Is(from, Adv|Aux) && !r.Is(from, Named|Det) && !(r.Is(from, Title) && r.Is(from, Upper)) || r.Doc.Tokens[from].Norm == "-") { // affirme-t-il
		from++
	}
	if from < hi && r.Is(from, Pron|Neuter) && !r.Is(from, Named) {
		return text.Range{From: from, To: from + 1}
	}
	if r.Grammar.After && from < hi && r.joined(from) && !r.Is(from, Named|Title|Head) {
		return text.Range{From: from, To: from} // a subject does not begin with "and"
	}
	named := false
	i := from
	for ; i < hi && i-from <= r.longest(); i++ {
		if k := r.timed(i, hi); k > 0 && r.Grammar.After && r.Cues[n].Verb.Stance != "" && named {
			i = k
			continue
		}
		if t := r.Doc.Tokens[i]; r.Is(i, Comma|Colon|Stop|Dash|Mark|Quoted) || t.Kind == text.Mark && (t.Norm == "(" || quotes(r.Doc.Text[t.Start:t.End])) {
			break
		}
		if r.Is(i, Named) {
			if r.dative(i) && !r.officeOf(i) {
				break
			}
			named = true
			continue
		}
		if i > from && r.Cues[n].Verb.Rejects && r.Deed(i) != "" {
			break // "refused the ministry a confirmation of": رفضت الوزارة تأكيد النبأ
		}
		if r.Grammar.After && (r.OpensOf(i) && r.ofHere(n, i, from) || i > from && r.Is(i, ToWord) && r.Cues[n].Verb.Stance != "" && !r.Is(i, Natural)) {
			break
		}
		if t := r.Doc.Tokens[i]; hasSuffix(r.Doc.Text[t.Start:t.End], r.Grammar.accus) {
			break
		}
		if hasPrefix(r.Doc.Tokens[i].Norm, r.Grammar.datives) && !r.Is(i, Link) {
			break
		}
		if r.Is(i, Saying|Comp|Rel|Sub|Time|Neg|Irrealis) && !(i == from && r.Is(i, Det)) || r.Is(i, Addressee) && (i > from || r.Grammar.After) || i > from && r.Is(i, Adv|Pron|Aux) {
			break
		}
		if v := r.Cues[n].Verb; r.Is(i, Object) && i > from && (v.Stance != "" || v.Kind == Act) && r.Grammar.After {
			break
		}
		if r.Is(i, Prep) && !r.Is(i, Link) && !(i == from && r.Is(i, Det)) && (named || i == from || !r.Is(i, Attach) || r.Is(i-1, Upper) || r.Is(i+1, Occasion|Time|Addressee|Det)) {
			break
		}
	}
	for i > from+1 && r.Is(i-1, Det) && !r.Is(i-1, Named|Pron|Neuter|Upper) && i < hi && r.Is(i, Time) {
		i-- // "informó la compañía el domingo"
	}
	return text.Range{From: from, To: i}
}

// officeOf tells whether the name at token i, written together with a preposition, is what the office before it is of: الأمين العام
// للأمم المتحدة.
func (r *Reading) officeOf(i int) bool {
	m := r.Mention(i)
	return m != nil && m.Kind == news.Org && r.Is(i-2, Title) && slices.Contains(r.Grammar.officeEnds, r.norm(i-1))
}

// PastTime gives the token behind a time between commas that token i opens, i where there is none.
func (r *Reading) PastTime(i int) int {
	if k := r.timed(i, len(r.Doc.Tokens)); k > 0 {
		return k + 1
	}
	return i
}

// PastTimes gives the token behind a time that begins at token i with its preposition or determiner, i where there is none or where it
// owns what follows: "denied on Monday that", but not "denied Monday's report".
func (r *Reading) PastTimes(i int) int {
	k := i
	for k < i+3 && r.Is(k, Prep|Det|Adv) && !r.Is(k, Time|Named) {
		k++
	}
	if !r.Is(k, Time) || r.Is(k, Named) {
		return i
	}
	for k < len(r.Class) && (r.Is(k, Time) || r.Doc.Tokens[k].Kind == text.Number) && !r.Is(k, Named) {
		k++
	}
	if strings.HasPrefix(r.norm(k), "'") || r.Is(k, Stop|Comma|Conj) || k >= len(r.Class) {
		return i
	}
	return k
}

// timed gives the comma that closes a time between commas which token i opens: "accused, on Sunday, …"; 0 for none.
func (r *Reading) timed(i, hi int) int {
	if !r.Is(i, Comma) {
		return 0
	}
	for k := i + 1; k < hi && k < i+6; k++ {
		if r.Is(k, Comma) {
			if k > i+1 {
				return k
			}
			return 0
		}
		if !r.Is(k, Time|Prep|Det|Adv) && r.Doc.Tokens[k].Kind != text.Number || r.Is(k, Named) {
			return 0
		}
	}
	return 0
}

// ofHere tells whether the accusing preposition that token i seems to begin with is one: not in a name that nobody knows, right
// behind a plain verb of saying.
func (r *Reading) ofHere(n, i, from int) bool {
	v := r.Cues[n].Verb
	if i == from+1 && r.Is(from, Title) {
		return false // a name
	}
	if i > from {
		return !v.Transitive
	}
	norm := r.Doc.Tokens[i].Norm
	for _, p := range r.Grammar.of {
		if strings.HasPrefix(norm, p) && hasPrefix(norm[len(p):], r.Grammar.articles) {
			return true
		}
	}
	return v.Stance != ""
}

// agent gives the subject of a passive: what stands after "by", nothing where it is not said.
func (r *Reading) agent(n int) Subject {
	end := r.Sentence(r.Cues[n].At.From).To
	for i := r.Cues[n].At.To; i < end && i < r.Cues[n].At.To+8; i++ {
		if r.Is(i, By) {
			cue := r.Cues[n]
			r.Cues[n].At = text.Range{From: i, To: i + 1}
			np := r.after(n)
			r.Cues[n].At = cue.At
			for j := np.From; j < np.To && cue.Verb.Stance == news.Accuses; j++ {
				if r.Is(j, Of) {
					np.To = j
				}
			}
			return r.subject(np, true)
		}
		if r.Is(i, Comma|Stop|Mark) {
			break
		}
	}
	return Subject{}
}
