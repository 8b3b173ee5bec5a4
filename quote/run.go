package quote

import (
	"marsad/clause"
	"marsad/news"
	"marsad/text"
)

// speech binds the run that directly follows cue n. It is direct when it can stand alone: behind a colon or comma or with a
// capital, and not run on into the sentence; else its words are mixed into the clause.
func (f *finder) speech(n int, comp clause.Complement) {
	r, c := f.r, f.r.Cues[n]
	k := r.RunAt(comp.From)
	if k < 0 || f.after(k, n) {
		return
	}
	b := bound{news.Direct, n, r.Actor(c.Subject), comp.Rest, "cue-before"}
	before := r.Is(comp.From-1, clause.Colon|clause.Comma)
	switch judges := c.Verb.Stance == news.Accuses || c.Verb.Stance == news.Condemns; {
	case !c.Subject.Known && !before:
		return
	case judges && !before, r.Is(comp.From-1, clause.Comp), !f.utterance(k, before):
		if f.named(k) {
			return
		}
		b.kind, b.rule = news.Mixed, "fragment"
	}
	f.bind(k, b)
	if b.kind == news.Mixed {
		f.listed(k, b)
	}
	f.act(n)
}

// listed binds the runs that stand in a list with run k: "stronger" and "more aggressive".
func (f *finder) listed(k int, b bound) {
	for j := k + 1; j < len(f.r.Runs); j++ {
		for i := f.r.Runs[j-1].Close + 1; i < f.r.Runs[j].Open; i++ {
			if !f.r.Is(i, clause.Conj|clause.Comma|clause.Det|clause.Adv) || i-f.r.Runs[j-1].Close > 4 {
				return
			}
		}
		f.bind(j, b)
	}
}

// after tells whether run k belongs to what was said before it rather than to cue n: "…," said A. "…"
func (f *finder) after(k, n int) bool {
	return f.r.Cues[n].At.From > f.r.Runs[k].Open || f.r.Runs[k].Inserts
}

// utterance tells whether run k can be a whole utterance.
func (f *finder) utterance(k int, introduced bool) bool {
	r := f.r
	run := r.Runs[k]
	in := run.Inner()
	if in.From >= in.To || f.words(run) < 2 && !introduced {
		return false
	}
	if !introduced && r.Is(run.Open-1, clause.Prep|clause.Object|clause.Link|clause.Det) {
		return false
	}
	if !introduced && f.cased(in.From) && !r.Is(in.From, clause.Upper) {
		return false
	}
	if r.Is(f.last(run), clause.Stop|clause.Comma) || !run.Closed {
		return true
	}
	next := run.Close + 1
	return next >= len(r.Doc.Tokens) || r.Is(next, clause.Stop|clause.Comma|clause.Dash|clause.Mark) || r.Doc.ParagraphOf(next) != r.Doc.ParagraphOf(run.Open) || introduced && r.Is(run.Open-1, clause.Colon)
}

// cased tells whether token i belongs to a script with capitals.
func (f *finder) cased(i int) bool {
	s := f.r.Doc.Tokens[i].Script
	return s == text.Latin || s == text.Cyrillic || s == text.Greek
}

// run binds a run that no cue before it claimed: by the clause behind it, by a name and a colon before it, as the continuation
// of the one before, or as a sentence that stands alone.
func (f *finder) run(k int) {
	if f.runs[k].kind != "" && f.runs[k].kind != news.Mixed {
		return
	}
	if n := f.behind(k); n >= 0 {
		rest := f.r.Complement(n).Rest
		if f.runs[k].kind == "" || f.runs[k].rule == "fragment" {
			f.runs[k] = bound{news.Direct, n, f.r.Actor(f.r.Cues[n].Subject), rest, "cue-behind"}
		}
		return
	}
	if f.runs[k].kind != "" {
		return
	}
	if f.colonBefore(k) || f.signed(k) || f.continues(k) || f.unknownVerb(k) {
		return
	}
	if f.alone(k) {
		f.runs[k] = bound{kind: news.Direct, cue: -1, speaker: f.reporting(k), rule: "sentence"}
	}
}

// colonBefore binds run k to a name and a colon, or to a cue whose clause ends in a colon, also in the paragraph before.
func (f *finder) colonBefore(k int) bool {
	r := f.r
	i := r.Runs[k].Open - 1
	if !r.Is(i, clause.Colon) {
		return false
	}
	s := r.Sentence(i)
	for n := r.CueFrom(i) - 1; n >= 0 && r.Cues[n].At.From >= s.From; n-- {
		c := r.Cues[n]
		if !c.Quoted && c.Subject.Known && !c.Passive {
			f.runs[k] = bound{news.Direct, n, r.Actor(c.Subject), text.Range{}, "colon"}
			return true
		}
	}
	if m := r.Mention(i - 1); m != nil && m.Kind == news.Person && i-s.From <= 8 {
		f.runs[k] = bound{news.Direct, -1, &news.Actor{Span: m.Span, Entity: m.Entity}, text.Range{}, "name-colon"}
		return true
	}
	if a := f.opener(s.From, i); a != nil {
		f.runs[k] = bound{news.Direct, -1, a, text.Range{}, "name-colon"}
		return true
	}
	return false
}

// opener gives the person whom a clause before a colon begins with, when it names nobody else: "Dr. Holm advised: “…”".
func (f *finder) opener(from, to int) *news.Actor {
	r := f.r
	var only *news.Mention
	for i := from; i < to; i++ {
		m := r.Mention(i)
		if m == nil || m.Kind != news.Person || m == only {
			continue
		}
		if only != nil || i-from > 4 || r.Is(i-1, clause.Prep|clause.Link|clause.Kin) || r.Owns(i) {
			return nil
		}
		only = m
	}
	if only == nil {
		return nil
	}
	return &news.Actor{Span: only.Span, Entity: only.Entity}
}

// continues binds run k to the speaker of the direct run before it, when nobody else was named since.
func (f *finder) continues(k int) bool {
	r := f.r
	if k == 0 || f.runs[k-1].kind != news.Direct {
		return false
	}
	prev, run := r.Runs[k-1], r.Runs[k]
	p, q := r.Doc.ParagraphOf(prev.Open), r.Doc.ParagraphOf(run.Open)
	touching := prev.Close+1 >= run.Open || f.onlyMarks(prev.Close+1, run.Open)
	switch {
	case p == q && touching, run.Inserts, f.interrupted(k):
	case p+1 == q && prev.Continues:
	case p == q && f.sentence(k) && !f.strangers(prev.Close, run.Open, k-1):
	case p+1 == q && f.sentence(k) && f.startsParagraph(k) && !f.strangers(prev.Close, run.Open, k-1):
	default:
		return false
	}
	f.runs[k] = bound{news.Direct, f.runs[k-1].cue, f.runs[k-1].speaker, text.Range{}, "continued"}
	return true
}

// reporting gives whoever the sentence right before run k reports, there or at the end of the paragraph before: what is said first
// in other words is often said again in theirs. Failing that, whom that sentence begins with.
func (f *finder) reporting(k int) *news.Actor {
	r := f.r
	open := r.Runs[k].Open
	if open == 0 || r.Doc.ParagraphOf(open)-r.Doc.ParagraphOf(open-1) > 1 {
		return nil
	}
	s := r.Sentence(open - 1)
	for n := r.CueFrom(open) - 1; n >= 0 && r.Cues[n].At.From >= s.From; n-- {
		c := r.Cues[n]
		if c.Quoted || c.Passive || c.Irrealis || c.Negated || !c.Subject.Known || c.Verb.Kind == clause.Source {
			continue
		}
		if c.Subject.Head != nil || c.Subject.From != nil || c.Subject.Form == clause.Pronoun {
			return r.Actor(c.Subject)
		}
		return nil
	}
	return f.introduced(k)
}

// introduced gives the person whom the sentence right before it in the paragraph begins with, when it names nobody else.
func (f *finder) introduced(k int) *news.Actor {
	r := f.r
	open := r.Runs[k].Open
	s := r.Doc.SentenceOf(open)
	if s == 0 || r.Doc.Sentences[s].From != open || open-r.Doc.Sentences[s-1].From > 200 || r.Doc.ParagraphOf(open) != r.Doc.ParagraphOf(open-1) {
		return nil
	}
	before := r.Doc.Sentences[s-1]
	var only *news.Mention
	for i := before.From; i < before.To; i++ {
		m := r.Mention(i)
		if m == nil || m.Kind != news.Person || r.Is(i, clause.Quoted) {
			continue
		}
		if only == nil && i-before.From > 3 || only != nil && m != only && (m.Entity == "" || m.Entity != only.Entity) {
			return nil
		}
		if only == nil {
			only = m
		}
	}
	if only == nil {
		return nil
	}
	return &news.Actor{Span: only.Span, Entity: only.Entity}
}

// interrupted tells whether only the reporting clause stands between run k and the one before: "…," he said in Paris, "…"
func (f *finder) interrupted(k int) bool {
	b := f.runs[k-1]
	if b.rule != "cue-behind" {
		return false
	}
	at, open := f.r.Cues[b.cue].At, f.r.Runs[k].Open
	return f.r.Doc.SentenceOf(at.From) == f.r.Doc.SentenceOf(open) && f.r.Is(open-1, clause.Comma|clause.Dash) && !f.crosses(b.cue, open)
}

// strangers tells whether the text between two runs names another person than the speaker of run k, or has a cue of its own.
func (f *finder) strangers(from, to, k int) bool {
	speaker := f.runs[k].speaker
	if speaker == nil || to-from > 1000 {
		return true
	}
	for i := from; i < to; i++ {
		m := f.r.Mention(i)
		if m == nil || m.Kind != news.Person || m.Start == speaker.Start {
			continue
		}
		if m.Entity == "" || m.Entity != speaker.Entity {
			return true
		}
	}
	for n := f.r.CueFrom(from + 1); n < len(f.r.Cues) && f.r.Cues[n].At.From < to; n++ {
		c := f.r.Cues[n]
		if n != f.runs[k].cue && c.Subject.Known && !c.Subject.Shared {
			return true
		}
	}
	return false
}

func (f *finder) onlyMarks(from, to int) bool {
	for ; from < to; from++ {
		if f.r.Doc.Tokens[from].Kind != text.Mark {
			return false
		}
	}
	return true
}

func (f *finder) startsParagraph(k int) bool {
	open := f.r.Runs[k].Open
	return f.r.Doc.Paragraphs[f.r.Doc.ParagraphOf(open)].From == open
}

// sentence tells whether run k begins and ends where sentences do.
func (f *finder) sentence(k int) bool {
	r := f.r
	run := r.Runs[k]
	if s := r.Sentence(run.Open); !f.startsParagraph(k) && s.From != run.Open && !r.Is(run.Open-1, clause.Stop|clause.Mark|clause.Colon) {
		return false
	}
	return f.words(run) >= 3 && (!run.Closed || r.Is(f.last(run), clause.Stop) || r.Is(run.Close+1, clause.Stop))
}

// alone tells whether run k is a sentence of its own, long enough not to be a title or a slogan.
func (f *finder) alone(k int) bool {
	return f.sentence(k) && f.words(f.r.Runs[k]) >= 6 && !f.named(k)
}

// words counts the words of a run.
func (f *finder) words(run clause.Run) int {
	n := 0
	for i := run.Open + 1; i < run.Close; i++ {
		if f.r.Doc.Tokens[i].Kind != text.Mark {
			n++
		}
	}
	if f.r.Grammar.Unspaced {
		n = (n + 1) / 2
	}
	return n
}

// named tells whether the words of run k are a name: a mention covers them, a word like "newspaper" stands before them, or they
// are a few words with capitals in the middle of a sentence.
func (f *finder) named(k int) bool {
	r := f.r
	run := r.Runs[k]
	in := run.Inner()
	if m := r.Mention(in.From); m != nil && m.Kind != news.Person && r.Mention(in.To-1) == m {
		return true
	}
	n := f.words(run)
	if r.Is(run.Open-1, clause.Head) && n <= 5 && !r.Is(f.last(run), clause.Stop) {
		return true
	}
	if n > 5 || !f.cased(min(in.From, len(r.Doc.Tokens)-1)) {
		return false
	}
	upper, all := 0, 0
	for i := in.From; i < in.To; i++ {
		if r.Doc.Tokens[i].Kind == text.Word && len(r.Doc.Tokens[i].Norm) > 3 {
			all++
			if r.Is(i, clause.Upper) {
				upper++
			}
		}
	}
	if f.r.Grammar.Cased {
		return r.Is(in.From, clause.Upper) && !r.Is(run.Open-1, clause.Colon|clause.Comma)
	}
	return all > 0 && upper == all
}

// emit adds the quotation of run k, if it is speech.
func (f *finder) emit(k int) {
	b := f.runs[k]
	if b.kind == "" {
		return
	}
	in := f.r.Runs[k].Inner()
	if in.From >= in.To {
		return
	}
	q := news.Quotation{Span: f.r.Doc.Span(in), Type: b.kind, Cue: f.word(b.cue), Speaker: b.speaker, Rule: b.rule}
	q.Occasion = f.occasion(b.rest)
	f.out = append(f.out, q)
}
