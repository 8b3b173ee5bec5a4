package quote

import (
	"strings"

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
		if f.named(k) || f.words(r.Runs[k]) < 2 && f.governs(comp.Rest) {
			return
		}
		if s := c.Subject; s.After && r.Grammar.After && c.Verb.Stance == "" && s.Head == nil && s.Words.To-s.Words.From > 4 && s.Words.To == r.Runs[k].Open {
			return // who ends and what begins between them, is not certain
		}
		b.kind, b.rule = news.Mixed, "fragment"
	}
	f.bind(k, b)
	if b.kind == news.Mixed {
		f.listed(k, b)
	}
	f.act(n)
}

// governs tells whether words before a run hold a preposition, so that one quoted word belongs to its phrase.
func (f *finder) governs(rest text.Range) bool {
	prep := false
	if f.r.Class[max(0, rest.To-1)]&^(clause.Named|clause.Upper|clause.Head) != 0 {
		return false // a small word opens what the marks hold: "as a “disgrace”"
	}
	for i := rest.From; i < rest.To; i++ {
		if f.r.Is(i, clause.Time|clause.Occasion|clause.Addressee) {
			return false
		}
		prep = prep || f.r.Is(i, clause.Prep) && !f.r.Is(i, clause.Object)
	}
	return prep
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
	if f.chained(k) || f.colonBefore(k) || f.signed(k) || f.continues(k) || f.unknownVerb(k) {
		return
	}
	if f.alone(k) {
		f.runs[k] = bound{kind: news.Direct, cue: -1, speaker: f.reporting(k), rule: "sentence"}
	}
}

// chained binds run k to the cue behind the next run where only a word that goes on stands between them: "…"이라며 "…"고 말했다.
func (f *finder) chained(k int) bool {
	r := f.r
	if !r.Grammar.Final || k+1 >= len(r.Runs) || f.words(r.Runs[k]) < 2 {
		return false
	}
	from, to := r.Runs[k].Close+1, r.Runs[k+1].Open
	if to-from < 1 || to-from > 2 || r.Doc.SentenceOf(from) != r.Doc.SentenceOf(to) {
		return false
	}
	n := f.behind(k + 1)
	if n < 0 {
		return false
	}
	f.runs[k] = bound{news.Direct, n, r.Actor(r.Cues[n].Subject), text.Range{}, "chained"}
	return true
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
	if t := r.Doc.Tokens[min(in.From, len(r.Doc.Tokens)-1)]; n == 1 && in.To-in.From == 1 && t.Kind == text.Word && t.End-t.Start > 1 && strings.ToUpper(r.Doc.Text[t.Start:t.End]) == r.Doc.Text[t.Start:t.End] && f.cased(in.From) {
		return true // an abbreviation
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
	q.Occasion = f.occasion(b.cue, b.rest)
	f.out = append(f.out, q)
}
