// Package clause takes reporting sentences apart: where speech stands in quotation marks, where a verb of saying, accusing or
// denying stands, who its subject is and what it reports. It is what quote and claim have in common. It parses nothing else,
// and it knows a language only through its pack: the small words around such a verb, and on which side its subject stands.
//
// A subject that is not certain is not given. Wrong words in somebody's mouth are worse than none.
package clause

import (
	"slices"

	"marsad/news"
	"marsad/text"
)

// Class is a set of the roles that a token can have in a reporting clause.
type Class uint64

// The roles. The lists behind them are documented in [pack.Clause], [pack.Quote] and [pack.Claim].
const (
	Comp Class = 1 << iota
	Pron
	Neuter
	Aux
	Passive
	By
	Adv
	Neg
	Irrealis
	Prep
	Link
	Conj
	Sub
	Rel
	Det
	Time
	Title
	Kin
	Occasion
	Addressee
	Head
	Hedge
	Charge
	Report
	Of
	Object
	To
	As
	Locative
	Attach
	Saying
	Standing
	Natural
	Resumptive
	Relayed
	From
	Governs
	Nominal
	Latter
	Teller
	Aside
	Perhaps
	Opening
	Topic
	First
	Former
	Quantity
	// The rest are set by the token itself.
	Comma
	Colon
	Dash
	Stop    // ends a sentence, or is a semicolon
	Prefix  // the token begins with a conjunction that is written together with it
	Upper   // begins with a capital letter
	ToWord  // begins with what opens an infinitive, written together with it
	OfWord  // begins with the accusing preposition that is written together with it
	Infinit // ends like an infinitive
	Quoted  // stands inside quotation marks
	Mark    // opens or closes a run of quoted words
	Named   // part of a mention
)

// Kind is how a cue reports.
type Kind uint8

// The kinds of cue.
const (
	Says    Kind = iota // takes speech or a clause
	Act                 // praises, describes: quoted words only
	Converb             // adding: the subject is that of the verb before
	Source              // according to
	Idle                // an idiom that reports nothing
)

// Verb is an entry of the lexicon.
type Verb struct {
	Lemma      string
	Kind       Kind
	Stance     news.Stance // "" for a plain verb of saying
	Bare       bool        // takes a clause without a complementizer
	Told       bool        // may have an addressee between it and the clause
	Noun       bool        // this form is a noun too
	Transitive bool        // always takes an object
	Rejects    bool        // denies only when what it is said of is a claim
	Relay      bool        // quotes somebody else: "quoted her as saying"
	Closes     string      // the word that closes the clause of a verb in two parts, in normal form: warf … vor
	Theirs     bool        // "in his words": the source is whoever spoke before
	Doubt      bool        // a source only before who can tell
	Not        bool        // this form holds its own not: تکذیب نکرد
	OnlyNot    bool        // this form counts only where it is negated: did not rule out, סירב לאשר
	finite     *Verb       // of a participle: what it is behind a form of "be"
}

// Cue is a verb of the lexicon where it stands in the text.
type Cue struct {
	At       text.Range // tokens
	Verb     *Verb
	Negated  bool       // not said
	Irrealis bool       // would say, if he says
	Passive  bool       // was accused
	Object   text.Range // where the subject and the object both follow the verb: the object and what belongs to it
	Prefixed bool       // the verb is written together with a conjunction: it goes on from the clause before
	Quoted   bool       // stands inside quotation marks
	Closed   int        // the token that closes the clause of a verb in two parts, 0 for none
	inner    bool       // what follows is or may be its object: its subject is that of a verb before it in its sentence, or nobody
	unsure   bool       // words behind it hold a subject and an object, and nothing shows where one ends
	barred   bool       // has words for a subject that are none: the subject of another cue is not its own
	Subject  Subject
}

// Reading is a text with its runs of quoted words and its cues. It is made once for both stages and shared; do not change it.
type Reading struct {
	Doc      *text.Doc
	Grammar  *Grammar
	Mentions []news.Mention // in order of the text
	Runs     []Run          // in order of the text, without overlap
	Cues     []Cue          // in order of the text
	Class    []Class        // of each token
	mention  []int32        // index of the mention that a token belongs to, -1 for none
	borne    []borne        // made when first asked for, while the reading is made
}

// Read takes a text apart. Mentions have to be in order. It gives nil for a language whose pack knows nothing of clauses.
func Read(doc *text.Doc, mentions []news.Mention) *Reading {
	g := grammarOf(doc.Pack)
	if g == nil || len(doc.Tokens) == 0 {
		return nil
	}
	r := &Reading{Doc: doc, Grammar: g, Mentions: mentions, Class: make([]Class, len(doc.Tokens))}
	r.classify()
	r.christen()
	r.shorten()
	r.name()
	r.unstop()
	r.Runs = r.speech(r.split(runs(doc)))
	r.maskRuns()
	r.findCues()
	r.findSubjects()
	return r
}

// Is tells whether token i exists and has one of the roles c.
func (r *Reading) Is(i int, c Class) bool { return i >= 0 && i < len(r.Class) && r.Class[i]&c != 0 }

// Mention gives the mention that token i belongs to, nil for none.
func (r *Reading) Mention(i int) *news.Mention {
	if i < 0 || i >= len(r.mention) || r.mention[i] < 0 {
		return nil
	}
	return &r.Mentions[r.mention[i]]
}

// shorten takes the verb off mere candidates for names that begin with one, as "Says Holm" at the head of a sentence. The mentions
// belong to the caller, so that they are copied before.
func (r *Reading) shorten() {
	own := false
	for m := range r.Mentions {
		if r.Mentions[m].Known || !r.beginsWithVerb(r.Mentions[m].Span) {
			continue
		}
		if !own {
			r.Mentions, own = slices.Clone(r.Mentions), true
		}
		r.Mentions[m].Start = r.Doc.Tokens[r.Doc.TokenAt(r.Mentions[m].Start)+1].Start
	}
}

// beginsWithVerb tells whether the first of several words is a verb of the lexicon, or, where clauses begin with the verb, looks like
// one at the head of a sentence: "and" and the beginning of a present tense, written together.
func (r *Reading) beginsWithVerb(s news.Span) bool {
	i := r.Doc.TokenAt(s.Start)
	if i+1 >= len(r.Doc.Tokens) || r.Doc.Tokens[i].Start != s.Start || r.Doc.Tokens[i+1].Start >= s.End || r.Doc.Tokens[i+1].Kind != text.Word {
		return false
	}
	if opens := r.Sentence(i).From == i; !opens && !r.Grammar.After || r.Is(i, Title) {
		return false
	}
	norm := r.Doc.Tokens[i].Norm
	if e, prefixed := r.Grammar.look(norm); e != nil {
		for _, q := range e.seqs {
			if q.verb != nil && len(q.rest) == 0 && q.verb.Kind != Source && (prefixed || !q.verb.Noun) {
				return true
			}
		}
	}
	return r.Sentence(i).From == i && hasPrefix(norm, r.Grammar.present)
}

// name notes which tokens belong to mentions. Mentions that do not fit the tokens are left alone: they come from outside.
func (r *Reading) name() {
	r.mention = make([]int32, len(r.Doc.Tokens))
	for i := range r.mention {
		r.mention[i] = -1
	}
	for m := range r.Mentions {
		span := r.Mentions[m].Span
		for i := r.Doc.TokenAt(span.Start); i < len(r.Doc.Tokens) && r.Doc.Tokens[i].Start < span.End; i++ {
			if r.mention[i] < 0 {
				r.mention[i] = int32(m)
				r.Class[i] |= Named
			}
		}
	}
}

// christen takes the roles off words that are names too, where they stand behind a title or before "that".
func (r *Reading) christen() {
	if len(r.Grammar.alsoNames) == 0 {
		return
	}
	for i, t := range r.Doc.Tokens {
		if r.Is(i, Prep) && slices.Contains(r.Grammar.alsoNames, r.Doc.Text[t.Start:t.End]) && (r.Is(i-1, Title) || r.Is(i+1, Comp)) {
			r.Class[i] = 0
		}
	}
}

// unstop clears the stops of abbreviations: a full stop with more words of its sentence right behind it ends nothing.
func (r *Reading) unstop() {
	d := r.Doc
	for _, s := range d.Sentences {
		for i := s.From; i+1 < s.To; i++ {
			if r.Class[i]&Stop != 0 && d.Tokens[i].Norm == "." && (d.Tokens[i+1].Kind != text.Mark || r.Class[i+1]&(Comma|Dash) != 0 || d.Tokens[i+1].Norm == ")" && i+2 < s.To) {
				r.Class[i] &^= Stop
			}
		}
	}
}

func (r *Reading) maskRuns() {
	for _, run := range r.Runs {
		r.Class[run.Open] |= Mark
		if run.Close < len(r.Class) {
			r.Class[run.Close] |= Mark
		}
		for i := run.Open + 1; i < run.Close; i++ {
			r.Class[i] |= Quoted
		}
	}
}
