package clause

import (
	"sort"

	"marsad/news"
	"marsad/text"
)

// Shape is how the complement of a cue begins.
type Shape uint8

// The shapes of a complement.
const (
	Nothing    Shape = iota
	Clause           // behind a complementizer: "said that …"
	BareClause       // without one: "said they would …"
	Speech           // a run of quoted words
	AfterColon       // behind a colon, no quotation marks
)

// Complement is what a cue reports, where it stands behind the cue.
type Complement struct {
	Shape Shape
	From  int        // first token of the content, or the mark that opens the run
	Rest  text.Range // what stands between the subject and the complement: addressees, times, occasions
}

const (
	reach    = 40 // tokens between a cue and its complement
	farthest = 14 // of them before a complementizer that is the cue's own
)

// Complement looks behind cue n for what it reports.
func (r *Reading) Complement(n int) Complement {
	c := r.Cues[n]
	from := c.At.To
	if s := c.Subject; s.After && !s.Shared && s.Words.To > from {
		from = s.Words.To
	}
	if c.Verb.Relay && r.Is(from, Saying) {
		for from < len(r.Class) && r.Is(from, Saying) {
			from++
		}
	}
	sentence := r.Sentence(c.At.From).To
	end := min(sentence, from+reach)
	commas := 0
	for i := from; i < end; i++ {
		rest := text.Range{From: from, To: i}
		switch {
		case r.Is(i, Mark):
			if b := r.bare(n, from, sentence, rest); b.Shape == BareClause && b.From < i {
				return b // "said the plan was “absurd”"
			}
			return Complement{Speech, i, rest}
		case r.Is(i, Colon):
			if r.Is(i+1, Mark) {
				return Complement{Speech, i + 1, rest}
			}
			return Complement{AfterColon, i + 1, rest}
		case r.Is(i, Stop), r.Is(i, Quoted):
			return r.bare(n, from, sentence, rest)
		case r.Is(i, Comp) && !r.Is(i, Named) && (commas != 1 || r.Is(i-1, Comma)) && !(r.Is(i-1, Prep|Irrealis) && !r.Is(i-1, Comp) && !(r.Is(i-1, Of) && !r.Is(i, Det) && (i-1 == from || r.Is(i-2, Time)))):
			if g := r.Grammar; r.Is(i-1, Comma) && !g.Cased && !g.Comma && !g.After && r.Is(r.floor(c.At.From)-1, Mark) {
				return Complement{Rest: rest} // «…», replied Holm, who
			}
			if r.relative(n, from, i) {
				return r.bare(n, from, sentence, rest)
			}
			for i++; i < end && r.Is(i, Comp) && !r.Is(i, Named); i++ { // "to that"
			}
			return Complement{Clause, i, rest}
		case r.Is(i, Comma):
			if commas++; commas > 2 {
				return r.bare(n, from, sentence, rest)
			}
		case r.cueAt(n, i):
			return r.bare(n, from, sentence, rest)
		}
	}
	return r.bare(n, from, sentence, text.Range{From: from, To: from})
}

// relative tells whether the complementizer at token i belongs to a noun behind cue n: "pledged a deal that would". Between a verb
// and its clause stand only times, occasions and, with some verbs, whom it is told.
func (r *Reading) relative(n, from, i int) bool {
	if r.Is(i-1, Comma) && !r.Grammar.Bare {
		return false // a comma before it makes a clause of it
	}
	if r.Cues[n].Verb.Noun && i-from > 3 && !r.Grammar.After {
		return true
	}
	if i-from > farthest && !r.Grammar.After && !r.Cues[n].Verb.Told {
		return true // "agreed to plead guilty … in two crashes that killed"
	}
	for from < i && r.Is(from, Adv) {
		from++
	}
	if r.Is(from, Det|Time) && !r.Is(from, Prep) {
		from = min(i, r.PastTimes(from)) // "negó este lunes que"
	}
	if from == i-1 && r.Is(from, Of) && !r.Is(i, Det) {
		return false // "informó el martes de que"
	}
	if from < i && !r.Cues[n].Verb.Told && !r.Cues[n].Verb.Relay && !r.Is(from, Prep|Time|Addressee|Comma|Object|Comp) && !(r.Grammar.After && (r.Is(from, Title|Link) || hasPrefix(r.Doc.Tokens[from].Norm, r.Grammar.datives))) {
		return true
	}
	return !r.Grammar.ProDrop && from < i && r.Is(i+1, Aux|Passive) && !r.Is(i+1, Pron|Neuter)
}

// cueAt tells whether a cue other than n begins at token i.
func (r *Reading) cueAt(n, i int) bool {
	for k := n + 1; k < len(r.Cues) && r.Cues[k].At.From <= i; k++ {
		if r.Cues[k].At.From == i && r.Cues[k].Verb.Kind != Source {
			return true
		}
	}
	return false
}

// bare looks for a clause that follows the cue without a complementizer, past addressees and times.
func (r *Reading) bare(n, from, end int, rest text.Range) Complement {
	none := Complement{Rest: rest}
	v := r.Cues[n].Verb
	if i := r.comma(from, end, v.Stance != "" && v.Stance != news.Accuses); r.Grammar.Comma && !r.Is(r.floor(r.Cues[n].At.From)-1, Mark) && v.Kind == Says && i > 0 && !v.Noun {
		return Complement{BareClause, i + 1, text.Range{From: from, To: i}}
	}
	if !r.Grammar.Bare || r.Cues[n].Subject.After || v.Kind == Act || v.Noun {
		return none
	}
	i := from
	for i < end && (r.Is(i, Addressee|Time|Adv) || r.Is(i, Prep|Det) && r.occasional(i, end)) && !r.Is(i, Named) {
		i++
	}
	if r.Is(i, Comma) && r.Is(i+1, Rel|Conj|Sub) {
		return none
	}
	for i < end && r.Is(i, Comma) && i > from {
		i++
	}
	if v.Told && i < end && !r.Is(i, Pron) { // "told Stumpf he should"
		for k := i; k < end && k < i+5 && !r.Is(k, Comma|Stop|Mark|Prep); k++ {
			if r.Is(k, Pron|Neuter) && k > i {
				return Complement{BareClause, k, text.Range{From: from, To: k}}
			}
		}
		return none
	}
	if i >= end || end-i < 4 || !r.starts(i) && !(v.Bare && r.counted(i, end)) && !(v.Bare && r.finite(i, end) && !r.followed(n, end)) || !v.Bare && !r.Is(i, Pron) {
		return none
	}
	return Complement{BareClause, i, text.Range{From: from, To: i}}
}

// comma gives the comma that opens a clause behind a verb, past times and occasions; 0 for none.
// An article may look like a relative; behind a verb of promising or threatening (course) it is one.
func (r *Reading) comma(from, end int, course bool) int {
	for i := from; i < end && i < from+8; i++ {
		switch {
		case r.Is(i, Comma):
			if r.Is(i+1, Rel) && !(course && r.Is(i+1, Det)) || r.Is(i+1, Comp|Conj|Mark) || end-i < 5 {
				return 0
			}
			return i
		case i == from && !r.Is(i, Prep|Time|Addressee|Adv|Occasion), r.Is(i, Stop|Mark|Colon):
			return 0
		}
	}
	return 0
}

// occasional tells whether the phrase that token i opens is a time or an occasion.
func (r *Reading) occasional(i, end int) bool {
	for j := i + 1; j < end && j < i+5; j++ {
		if r.Is(j, Time|Occasion|Addressee) {
			return true
		}
		if r.Is(j, Comma|Stop|Pron|Mark) {
			return false
		}
	}
	return false
}

// counted tells whether token i begins a number of somebody by what stands before it: "at least 40 people", "as many as a dozen".
func (r *Reading) counted(i, end int) bool {
	k := i
	for k < end && k < i+4 && r.Is(k, Quantity) {
		k++
	}
	return k > i && k < end && (r.Doc.Tokens[k].Kind == text.Number || r.Is(k, Det))
}

// starts tells whether a clause can begin at token i: with a pronoun, a determiner, a name or a number.
func (r *Reading) starts(i int) bool {
	return r.Is(i, Pron|Neuter|Det|Named|Upper) && !r.Is(i, Prep) || r.Doc.Tokens[i].Kind == text.Number
}

// Content gives the tokens of the content that begins at token from and is reported by cue n: up to the end of the sentence, or
// up to where the reporting goes on with another cue of the same speaker or another source. Closing punctuation is left out.
func (r *Reading) Content(n, from int) text.Range {
	if from >= len(r.Doc.Tokens) {
		return text.Range{From: from, To: from}
	}
	end := r.aside(n, from, r.Sentence(from).To)
	for from < end && r.Is(from, Comma) && !r.Is(from, Mark) {
		from++
	}
	if run := r.RunAt(end - 1); run >= 0 && end-1 != r.Runs[run].Close && r.Runs[run].Closed {
		end = r.Runs[run].Close + 1
	}
	end = r.semicolon(from, end)
	for k := n + 1; k < len(r.Cues) && r.Cues[k].At.From < end; k++ {
		c := r.Cues[k]
		at := c.At.From
		if c.Quoted || at <= from {
			continue
		}
		joint := at - 1
		for joint > from && r.Is(joint, Adv|Aux|Neg) && !r.Is(joint, Comma) {
			joint--
		}
		switch {
		case c.Verb.Kind == Converb && r.Is(joint, Comma|Dash|Conj|Prefix), c.Verb.Kind == Converb && c.Prefixed:
		case c.Verb.Kind == Source && r.Is(at-1, Comma):
		case c.Prefixed && (r.Is(at-1, Comma) || c.Subject.Shared && c.Verb.Stance == "" && c.Verb.Kind == Says && r.Grammar.After || c.Subject.Shared && r.Complement(k).Shape != Nothing):
		case c.Prefixed && c.Subject.Shared && c.Verb.Stance != "" && takesThing(r.Cues[n].Verb.Stance) && !r.reportsClause(n): // "condemned the raid and demanded"
		case r.Grammar.After && r.Is(joint, Comma) && c.Subject.After && !c.Subject.Shared && r.Complement(k).Shape == Clause:
		case c.Subject.Shared && r.Is(joint, Conj) && (r.Is(joint-1, Comma) || c.Verb.Stance != "" && !r.reportsClause(n)):
		case r.Grammar.Unspaced && r.Cues[n].Verb.Stance != "" && !r.reportsClause(n) && r.begins(k) > from:
			at = r.begins(k)
		case r.Grammar.After && r.Is(at-1, Sub) && r.Is(at-2, Comma) && at-2 > from && c.Subject.After && !c.Subject.Shared && (takesObject(c.Verb.Stance) || r.Complement(k).Shape != Nothing):
			at -= 2 // "، فيما قالت المعارضة إن …"
		case c.Subject.Shared && r.Is(joint, Sub) && r.Is(joint-1, Comma) && joint-1 > from && c.Verb.Kind == Says && r.Complement(k).Shape != Nothing:
			at = joint - 1
		case !c.Subject.Known && r.Is(joint, Sub) && !r.Is(joint, Rel|As|Named) && r.Is(joint-1, Comma) && joint-1 > from && c.Verb.Kind == Says && !r.Grammar.Final:
			at = joint - 1 // ", but insisted": the clause with a subject of its own ends
		case r.breaks(k, from) > 0:
			at = r.breaks(k, from)
		case r.relates(k, from) > 0:
			at = r.relates(k, from)
		case r.turns(k, from) > 0:
			at = r.turns(k, from)
		case r.Is(joint, Conj) && joint > from && c.Verb.Kind == Says && r.Complement(k).Shape == Clause && !r.Grammar.After:
		default:
			continue
		}
		if end = at; at == c.At.From && joint > from && r.Is(joint, Conj) {
			end = joint
		}
		break
	}
	return r.Close(text.Range{From: from, To: end})
}

// semicolon gives the first semicolon outside quotation marks in tokens [from, end), end where there is none: what stands behind one is
// another sentence.
func (r *Reading) semicolon(from, end int) int {
	for i := from + 1; i < end && !r.Is(from, Mark); i++ {
		if r.Is(i, Stop) && !r.Is(i, Quoted|Mark) && i+1 < end && r.Doc.Tokens[i].Kind == text.Mark && r.Doc.Tokens[i].Norm != "." {
			return i
		}
	}
	return end
}

// reportsClause tells whether cue n reports a clause, in which other verbs may stand, rather than a thing.
func (r *Reading) reportsClause(n int) bool {
	s := r.Complement(n).Shape
	return s == Clause || s == BareClause
}

// Close takes closing punctuation, conjunctions and adverbs off the end of a content.
func (r *Reading) Close(c text.Range) text.Range {
	for c.To > c.From {
		i := c.To - 1
		t := r.Doc.Tokens[i]
		if i-1 > c.From && r.Is(i, Pron|Neuter|Neg) && !r.Is(i, Named|Mark) && r.Is(i-1, Conj) && t.Kind == text.Word && c.To < len(r.Doc.Tokens) && !r.Is(c.To, Stop) {
			c.To -= 2 // "y se"
			continue
		}
		loose := r.Is(i, Conj|Comma|Stop|Dash|Colon|Rel|Sub) && !r.Is(i, Mark|Named) || r.Is(i, Adv) && c.To < len(r.Doc.Tokens) && r.Is(i-1, Conj|Comma)
		if !loose || t.Kind == text.Word && !r.Is(i, Conj|Adv|Rel|Sub) {
			break
		}
		c.To--
	}
	return c
}

// RunAt gives the run that holds token i, its marks included, or -1.
func (r *Reading) RunAt(i int) int {
	lo, hi := 0, len(r.Runs)
	for lo < hi {
		if mid := (lo + hi) / 2; r.Runs[mid].Close < i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(r.Runs) && r.Runs[lo].Open <= i {
		return lo
	}
	return -1
}

// horizon is how far one looks in a sentence, in tokens: a longer one is a list or an attack, and time must not grow with its
// square.
const horizon = 250

// Sentence gives the tokens of the sentence that holds token i, as far as the horizon on both sides.
func (r *Reading) Sentence(i int) text.Range {
	s := r.Doc.Sentences[r.Doc.SentenceOf(i)]
	return text.Range{From: max(s.From, i-horizon), To: min(s.To, i+horizon)}
}

// Occasion gives the words between subject and complement when they tell to whom, when or where somebody spoke.
func (r *Reading) Occasion(rest text.Range) (text.Range, bool) {
	for rest.From < rest.To && r.Is(rest.From, Comma|Adv|Dash) {
		rest.From++
	}
	for rest.To > rest.From && r.Is(rest.To-1, Comma|Colon|Dash|Comp|Prep) {
		rest.To--
	}
	for i := rest.From; i < rest.To; i++ {
		if r.Is(i, Comma) {
			rest.To = i
			break
		}
	}
	for i := rest.From; i < rest.To; i++ {
		if r.Is(i, Occasion|Addressee|Time) && !r.Is(i, Named) {
			return rest, true
		}
	}
	return text.Range{}, false
}

// Before gives the noun phrase before cue n, empty where there is none.
func (r *Reading) Before(n int) text.Range {
	np, _ := r.before(n)
	return np
}

// RunFrom gives the first run that opens at token i or later, len(Runs) if there is none.
func (r *Reading) RunFrom(i int) int {
	return sort.Search(len(r.Runs), func(k int) bool { return r.Runs[k].Open >= i })
}

// CueFrom gives the first cue that begins at token i or later, len(Cues) if there is none.
func (r *Reading) CueFrom(i int) int {
	return sort.Search(len(r.Cues), func(n int) bool { return r.Cues[n].At.From >= i })
}
