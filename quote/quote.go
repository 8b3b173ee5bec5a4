// Package quote finds what people are reported to say: words in quotation marks, and clauses that report speech. It says who
// speaks only where the text does: next to the verb of saying, or by going on from the speaker before when nobody else was
// named since. It will not guess a speaker, and it will not take words in quotation marks for speech merely because of the
// marks: names, titles and single doubted words are left alone.
//
// The words of a quotation are always a stretch of the text. There is no way to make one that the text does not hold.
package quote

import (
	"sort"

	"marsad/clause"
	"marsad/news"
	"marsad/text"
)

// Find gives the quotations of a text in the order of their first byte; of two that begin together the longer comes first. An
// indirect one may hold mixed ones: the clause, and the words in it that stand in quotation marks. Mentions have to be in
// order. A language whose pack has no clauses gives none.
func Find(doc *text.Doc, mentions []news.Mention) []news.Quotation {
	return Of(clause.Read(doc, mentions))
}

// Of gives the quotations of a text that has been taken apart already; r may be nil.
func Of(r *clause.Reading) []news.Quotation {
	if r == nil {
		return nil
	}
	f := &finder{r: r, runs: make([]bound, len(r.Runs)), at: map[int]bool{}}
	for _, c := range r.Cues {
		for i := c.At.From; i < c.At.To; i++ {
			f.at[i] = true
		}
	}
	for n := range r.Cues {
		f.cue(n)
	}
	for k := range r.Runs {
		f.run(k)
	}
	for k := len(r.Runs) - 2; k >= 0; k-- { // who speaks may be said at the end of the last paragraph only
		if r.Runs[k].Continues && f.runs[k].kind == news.Direct && f.runs[k].speaker == nil && f.runs[k+1].kind == news.Direct {
			f.runs[k].cue, f.runs[k].speaker = f.runs[k+1].cue, f.runs[k+1].speaker
		}
	}
	f.headlines()
	for k := range r.Runs {
		f.emit(k)
	}
	sort.SliceStable(f.out, func(i, j int) bool {
		if f.out[i].Start != f.out[j].Start {
			return f.out[i].Start < f.out[j].Start
		}
		return f.out[i].End > f.out[j].End
	})
	return f.out
}

// bound is what is known of a run of quoted words.
type bound struct {
	kind    news.QuoteType // "" while it is not known to be speech
	cue     int            // -1 for none
	speaker *news.Actor
	rest    text.Range // where its occasion may stand
	rule    string
}

type finder struct {
	r    *clause.Reading
	runs []bound
	at   map[int]bool // tokens of cues
	out  []news.Quotation
}

// cue handles what stands behind a verb of saying, and what stands before a clause at the end of a sentence.
func (f *finder) cue(n int) {
	c := f.r.Cues[n]
	if c.Quoted || c.Passive || c.Irrealis || c.Negated {
		return
	}
	switch c.Verb.Kind {
	case clause.Source:
		f.source(n)
		return
	case clause.Act:
		f.act(n)
		return
	}
	if c.Verb.Kind == clause.Says && f.prior(n) {
		return
	}
	switch comp := f.r.Complement(n); comp.Shape {
	case clause.Clause, clause.BareClause:
		if c.Verb.Stance != news.Denies { // what somebody denies is not what they say: see package claim
			f.clause(n, comp)
		}
	case clause.Speech:
		f.speech(n, comp)
	case clause.AfterColon:
		f.colon(n, comp)
	default:
		f.postposed(n, comp)
		f.act(n)
	}
}

// clause takes the content of "said that …", and the quoted words in it as mixed.
func (f *finder) clause(n int, comp clause.Complement) {
	c := f.r.Cues[n]
	content := f.r.Content(n, comp.From)
	if content.To-content.From < 2 {
		return
	}
	if !c.Subject.Known {
		if f.r.Grammar.ProDrop && c.Verb.Kind == clause.Says {
			f.mix(n, content, comp.Rest, "clause") // said by somebody, in these words
		}
		return
	}
	whole := f.mix(n, content, comp.Rest, "clause")
	if !whole {
		f.indirect(n, content, comp.Rest, "clause")
	}
}

// prior takes a clause that stands before its verb: köprünün güvenli olduğunu söyledi.
func (f *finder) prior(n int) bool {
	who, what, ok := f.r.Prior(n)
	stance := f.r.Cues[n].Verb.Stance
	if !ok || !f.r.Embedded(what) || stance == news.Denies || stance == news.Accuses || stance == news.Condemns || f.holdsRun(what) {
		return false
	}
	q := news.Quotation{Span: f.r.Doc.Span(what), Type: news.Indirect, Cue: f.word(n), Speaker: f.r.Actor(who), Rule: "prior"}
	f.out = append(f.out, q)
	return true
}

// mix marks the runs inside a content as mixed; whole tells that one run is all of it.
func (f *finder) mix(n int, content, rest text.Range, rule string) (whole bool) {
	for k := f.r.RunFrom(content.From); k < len(f.r.Runs) && f.r.Runs[k].Open < content.To; k++ {
		run := f.r.Runs[k]
		all := run.Open == content.From && run.Close+1 >= content.To
		if all || !f.named(k) && !f.apposed(k) {
			f.bind(k, bound{news.Mixed, n, f.r.Actor(f.r.Cues[n].Subject), rest, rule})
			whole = whole || all
		}
	}
	return whole
}

// apposed tells whether a word, or two behind a kind of name, in quotation marks only name the plain noun before them: "the helicopter “Apache”".
func (f *finder) apposed(k int) bool {
	r := f.r
	run := r.Runs[k]
	n, before := f.words(run), run.Open-1
	if n > 2 || n == 2 && !r.Is(before, clause.Head|clause.Title) || before < 0 || r.Doc.Tokens[before].Kind != text.Word {
		return false
	}
	if e := r.Class[before] &^ (clause.Head | clause.Title | clause.Named | clause.Upper); e != 0 {
		return false
	}
	_, verb := f.at[before]
	return !verb && (n == 1 && f.r.Doc.Tokens[run.Open+1].Kind == text.Number || !f.cased(run.Open+1) || r.Is(before, clause.Head|clause.Title))
}

func (f *finder) indirect(n int, content, rest text.Range, rule string) {
	c := f.r.Cues[n]
	q := news.Quotation{Span: f.r.Doc.Span(content), Type: news.Indirect, Cue: f.word(n), Speaker: f.r.Actor(c.Subject), Rule: rule}
	q.Occasion = f.occasion(n, rest)
	f.out = append(f.out, q)
}

// colon takes what stands behind "he said:" without quotation marks; the words are reported, not certified.
func (f *finder) colon(n int, comp clause.Complement) {
	from := comp.From
	if f.r.Grammar.After && f.r.Is(from, clause.Comp) {
		from++ // "said: that …"
	}
	content := f.r.Content(n, from)
	if s := f.r.Cues[n].Subject; !s.After && f.r.Is(s.Words.From-1, clause.Sub) && !f.r.Grammar.After {
		return // "here is what they say: …"
	}
	if c := f.r.Cues[n]; c.Verb.Stance != "" && comp.From-1-max(c.At.To, c.Subject.Words.To) > 3 {
		return // what is warned of or promised stands before the colon
	}
	if f.r.Cues[n].Subject.Known && content.To-content.From >= 3 && content.From < content.To {
		f.indirect(n, content, comp.Rest, "colon")
	}
}

// source takes "according to officials, …" and "…, according to officials".
func (f *finder) source(n int) {
	r, c := f.r, f.r.Cues[n]
	if !c.Subject.Known || c.Verb.Noun && c.Subject.Head == nil && !f.tells(c.Subject) {
		return
	}
	if c.Verb.Doubt && !f.tells(c.Subject) {
		return
	}
	s := r.Sentence(c.At.From)
	if i := c.Subject.Words.To; !c.Subject.Shared && (r.Is(i, clause.Comp) || r.Is(i, clause.Comma) && r.Is(i+1, clause.Comp) && r.Grammar.After) || c.Prefixed && !c.Subject.Shared && i < s.To {
		f.sourced(n, text.Range{From: i, To: s.To}) // «وبحسب الوكالة فإن …»
		return
	}
	if i := c.Subject.Words.To; !c.Subject.Shared && r.Is(i, clause.Comma) && r.Is(i+1, clause.Mark) {
		if k := r.RunAt(i + 1); k >= 0 && r.Runs[k].Open == i+1 && !f.named(k) {
			f.bind(k, bound{news.Mixed, n, r.Actor(c.Subject), text.Range{}, "source"}) // "in the words of Holm, “…”"
		}
		return
	}
	content := text.Range{From: s.From, To: c.At.From}
	if content.To-content.From < 4 || f.adverbial(content) {
		end := c.At.To
		if !c.Subject.Shared {
			end = c.Subject.Words.To
		}
		content = text.Range{From: end, To: s.To}
		if h := c.Subject.Head; h != nil && h.Kind == news.Person || h == nil && (r.Is(c.Subject.Words.From, clause.Upper) || r.Grammar.After || !r.Grammar.Bare && !r.Grammar.Cased) {
			content.From = r.PastApposition(content.From) // "according to Helen Marsh, an economist at Keel, …"
		}
		for content.From < content.To && (r.Is(content.From, clause.Comma) || content.From > end && r.Grammar.After && r.Is(content.From, clause.Comp)) {
			content.From++
		}
		if content.From == end {
			return // "according to officials in Paris who …": where the source ends is not certain
		}
		content = r.Content(n, content.From)
	} else {
		if c.Verb.Theirs && s.To-c.At.To > 2 {
			return // in the middle: what it covers does not begin with the sentence
		}
		content = r.Close(content)
	}
	if content.To-content.From < 2 || r.Is(content.From, clause.Quoted) || f.reported(content) || c.At.From != s.From && c.Subject.Head == nil && !r.Is(c.At.From-1, clause.Comma|clause.Dash|clause.Conj) && r.Grammar.After {
		return
	}
	if !f.mix(n, content, text.Range{}, "source") {
		f.indirect(n, content, text.Range{}, "source")
	}
}

// sourced takes what follows a source behind a complementizer or a comma.
func (f *finder) sourced(n int, content text.Range) {
	r := f.r
	for k := content.From + 1; r.Is(content.From, clause.Comma) && !r.Is(content.From+1, clause.Comp) && k < content.To && k < content.From+20; k++ {
		if r.Is(k, clause.Comma) && r.Is(k+1, clause.Comp) {
			content.From = k // «وبحسب فلان، الخبير في …، فإن»
			break
		}
	}
	for content.From < content.To && r.Is(content.From, clause.Comma|clause.Comp) && !r.Is(content.From, clause.Mark) {
		content.From++
	}
	if content = r.Content(n, content.From); content.To-content.From < 3 || r.Is(content.From, clause.Rel) || r.Is(content.From, clause.Quoted) || f.reported(content) {
		return
	}
	if !f.mix(n, content, text.Range{}, "source") {
		f.indirect(n, content, text.Range{}, "source")
	}
}

// tells tells whether a source is somebody or something that can tell: a name, a title, a word for it.
func (f *finder) tells(s clause.Subject) bool {
	if s.Head != nil || s.From != nil || s.Form != clause.Noun || s.Shared {
		return true
	}
	for i := s.Words.From; i < s.Words.To; i++ {
		if f.r.Is(i, clause.Teller|clause.Title|clause.Named|clause.Addressee) || f.r.Is(i, clause.Upper) && (!f.r.Grammar.CapitalNouns || i > s.Words.From && f.r.Is(i-1, clause.Upper)) {
			return true
		}
	}
	return false
}

// reported tells whether a content holds a reporting clause of its own.
func (f *finder) reported(c text.Range) bool {
	for n := f.r.CueFrom(c.From); n < len(f.r.Cues) && f.r.Cues[n].At.From < c.To; n++ {
		if q := f.r.Cues[n]; !q.Quoted && q.Subject.Known && f.r.Complement(n).Shape != clause.Nothing {
			return true
		}
	}
	return false
}

// act marks quoted words behind a verb of judging as the subject's.
func (f *finder) act(n int) {
	r, c := f.r, f.r.Cues[n]
	if !c.Subject.Known {
		if k := r.RunFrom(c.At.To); r.Grammar.Bare && r.Is(c.At.From-1, clause.Conj) && c.Verb.Kind == clause.Act && k < len(r.Runs) && r.Runs[k].Open-c.At.To < 4 && !f.crosses(n, r.Runs[k].Open) && !f.named(k) {
			f.bind(k, bound{kind: news.Mixed, cue: n, rule: "act"}) // somebody's words, whoever's
			f.listed(k, f.runs[k])
		}
		return
	}
	s := r.Sentence(c.At.From)
	for k := r.RunFrom(c.At.To); k < len(r.Runs) && r.Runs[k].Open < min(s.To, c.At.To+26); k++ {
		run := r.Runs[k]
		if c.Verb.Kind != clause.Act && f.words(run) < 4 {
			continue // "pointed to “Two Rivers”": more likely a title
		}
		if f.crosses(n, run.Open) || f.named(k) || f.words(run) < 2 && run.Open-c.At.To > 6 {
			continue
		}
		f.bind(k, bound{news.Mixed, n, r.Actor(c.Subject), text.Range{}, "act"})
	}
}

// crosses tells whether another cue of another speaker stands between cue n and token i.
func (f *finder) crosses(n, i int) bool {
	for k := n + 1; k < len(f.r.Cues) && f.r.Cues[k].At.From < i; k++ {
		if !f.r.Cues[k].Quoted {
			return true
		}
	}
	return false
}

// bind says whose run k is. Of clauses that hold one another the inner one, which comes later, is nearer to the words.
func (f *finder) bind(k int, b bound) {
	old := f.runs[k]
	if inner := old.rule == "clause" && b.rule == "clause" && old.kind == news.Mixed && b.kind == news.Mixed && b.speaker != nil && b.cue > old.cue; old.kind == "" || inner {
		f.runs[k] = b
	}
}

func (f *finder) word(n int) *news.Cue {
	if n < 0 {
		return nil
	}
	c := f.r.Cues[n]
	return &news.Cue{Span: f.r.Doc.Span(c.At), Lemma: c.Verb.Lemma}
}
