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
		if f.named(k) || f.words(r.Runs[k]) < 2 {
			return
		}
		b.kind, b.rule = news.Mixed, "fragment"
	}
	f.bind(k, b)
	f.act(n)
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
	if f.colonBefore(k) || f.continues(k) {
		return
	}
	if f.signed(k) || f.unknownVerb(k) {
		return
	}
	if f.alone(k) {
		f.runs[k] = bound{kind: news.Direct, cue: -1, speaker: f.introduced(k), rule: "sentence"}
	}
}

// behind gives the cue of a clause that follows run k and reports it, -1 if there is none.
func (f *finder) behind(k int) int {
	r := f.r
	run := r.Runs[k]
	i := run.Close + 1
	if !run.Closed || i >= len(r.Doc.Tokens) || r.Doc.ParagraphOf(i) != r.Doc.ParagraphOf(run.Open) || f.words(run) < 1 {
		return -1
	}
	last := f.last(run)
	joined, ended := run.Inserted || r.Is(last, clause.Comma), r.Is(last, clause.Stop)
	for r.Is(i, clause.Comma|clause.Dash) {
		joined = true
		i++
	}
	if r.Is(i, clause.Stop|clause.Mark|clause.Colon) {
		return -1
	}
	for n := range r.Cues {
		c := r.Cues[n]
		if c.At.From < i || c.Quoted || c.Verb.Kind == clause.Converb && !joined {
			continue
		}
		if r.Doc.SentenceOf(i) != r.Doc.SentenceOf(c.At.From) || c.Passive || c.Irrealis || c.Negated || !c.Subject.Known || c.Verb.Kind == clause.Act {
			return -1
		}
		if !f.near(i, n) || !joined && !ended && c.At.From != i {
			return -1
		}
		shape := r.Complement(n).Shape
		if shape == clause.Clause || !joined && shape != clause.Nothing {
			return -1
		}
		return n
	}
	return -1
}

// last gives the last token of a run that is no quotation mark of a run in it.
func (f *finder) last(run clause.Run) int {
	i := run.Close - 1
	for i > run.Open+1 && f.r.Doc.Tokens[i].Kind == text.Mark && !f.r.Is(i, clause.Stop|clause.Comma|clause.Dash) {
		i--
	}
	return i
}

// near tells whether only the subject of cue n, or nothing, stands between token i and the cue.
func (f *finder) near(i, n int) bool {
	c := f.r.Cues[n]
	if c.Verb.Kind == clause.Source {
		return c.At.From-i <= 1
	}
	if c.At.From-i > 18 {
		return false
	}
	for j := i; j < c.At.From; j++ {
		if f.r.Is(j, clause.Mark|clause.Colon) {
			return false
		}
	}
	if c.Subject.After || c.Subject.Shared {
		return c.At.From-i <= 3
	}
	return c.Subject.Words.From >= i && c.Subject.Words.From-i <= 6
}

// colonBefore binds run k to a name and a colon, or to a cue whose clause ends in a colon, also in the paragraph before.
func (f *finder) colonBefore(k int) bool {
	r := f.r
	i := r.Runs[k].Open - 1
	if !r.Is(i, clause.Colon) {
		return false
	}
	s := r.Sentence(i)
	for n := len(r.Cues) - 1; n >= 0; n-- {
		c := r.Cues[n]
		if c.At.From < i && c.At.From >= s.From && !c.Quoted && c.Subject.Known && !c.Passive {
			f.runs[k] = bound{news.Direct, n, r.Actor(c.Subject), text.Range{}, "colon"}
			return true
		}
	}
	if m := r.Mention(i - 1); m != nil && m.Kind == news.Person && i-s.From <= 8 {
		f.runs[k] = bound{news.Direct, -1, &news.Actor{Span: m.Span, Entity: m.Entity}, text.Range{}, "name-colon"}
		return true
	}
	return false
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

// unknownVerb binds a run to the person named behind it where the verb is in no lexicon: «…», — smiles Anna; "…," Holm shrugged.
func (f *finder) unknownVerb(k int) bool {
	r := f.r
	run := r.Runs[k]
	i := run.Close + 1
	joined := run.Inserted || r.Is(f.last(run), clause.Comma)
	for r.Is(i, clause.Comma|clause.Dash) && !r.Is(i, clause.Mark) {
		joined = true
		i++
	}
	if !joined || !run.Closed || f.words(run) < 4 || i >= len(r.Doc.Tokens) || r.Doc.ParagraphOf(i) != r.Doc.ParagraphOf(run.Open) {
		return false
	}
	from := i
	for ; i < len(r.Doc.Tokens) && i-from < 6; i++ {
		if r.Doc.Tokens[i].Kind != text.Word || r.Is(i, clause.Prep|clause.Conj|clause.Sub|clause.Rel|clause.Comp|clause.Mark) && !r.Is(i, clause.Named) {
			return false
		}
		if m := r.Mention(i); m != nil && m.Kind == news.Person {
			if i > from && r.Is(from, clause.Upper|clause.Det) {
				return false // a noun phrase stands there, and no verb
			}
			f.runs[k] = bound{news.Direct, -1, &news.Actor{Span: m.Span, Entity: m.Entity}, text.Range{}, "name-behind"}
			return true
		}
		if r.Is(i, clause.Pron) && i == from+1 {
			f.runs[k] = bound{news.Direct, -1, &news.Actor{Span: r.Doc.Tokens[i].Span}, text.Range{}, "pronoun-behind"}
			if p := f.before(k); p != nil {
				f.runs[k].speaker = p
			}
			return true
		}
	}
	return false
}

// before gives the speaker of the direct run before k in the same or the last paragraph, when nobody else was named since.
func (f *finder) before(k int) *news.Actor {
	if k == 0 || f.runs[k-1].kind == "" || f.r.Doc.ParagraphOf(f.r.Runs[k].Open)-f.r.Doc.ParagraphOf(f.r.Runs[k-1].Open) > 1 {
		return nil
	}
	if f.strangers(f.r.Runs[k-1].Close, f.r.Runs[k].Open, k-1) {
		return nil
	}
	return f.runs[k-1].speaker
}

// signed binds a run to the name behind a dash that ends the paragraph: “…” — Ana Holm, 34
func (f *finder) signed(k int) bool {
	r := f.r
	run := r.Runs[k]
	i := run.Close + 1
	if !run.Closed || !f.startsParagraph(k) || !r.Is(i, clause.Dash) || f.words(run) < 3 {
		return false
	}
	p := r.Doc.Paragraphs[r.Doc.ParagraphOf(run.Open)]
	end := i + 1
	for end < p.To && !r.Is(end, clause.Comma|clause.Stop|clause.Mark) {
		end++
	}
	if end == i+1 || end-i > 6 || !r.Is(i+1, clause.Upper|clause.Named) || i+1 >= p.To {
		return false
	}
	f.runs[k] = bound{news.Direct, -1, &news.Actor{Span: r.Doc.Span(text.Range{From: i + 1, To: end})}, text.Range{}, "signed"}
	if m := r.Mention(i + 1); m != nil {
		f.runs[k].speaker.Entity = m.Entity
	}
	return true
}

// introduced binds run k to the person whom the sentence right before it in the paragraph begins with, when it names nobody else.
func (f *finder) introduced(k int) *news.Actor {
	r := f.r
	open := r.Runs[k].Open
	s := r.Doc.SentenceOf(open)
	if s == 0 || r.Doc.Sentences[s].From != open || r.Doc.ParagraphOf(open) != r.Doc.ParagraphOf(open-1) {
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
	if speaker == nil {
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
	for n := range f.r.Cues {
		c := f.r.Cues[n]
		if c.At.From > from && c.At.From < to && n != f.runs[k].cue && c.Subject.Known && !c.Subject.Shared {
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
	if s := r.Sentence(run.Open); !f.startsParagraph(k) && s.From != run.Open && !r.Is(run.Open-1, clause.Stop|clause.Mark) {
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
	if r.Is(run.Open-1, clause.Head) {
		return true
	}
	if n := f.words(run); n > 5 || !f.cased(min(in.From, len(r.Doc.Tokens)-1)) {
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
