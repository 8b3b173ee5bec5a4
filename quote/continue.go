package quote

import (
	"marsad/clause"
	"marsad/news"
	"marsad/text"
)

// continues binds run k to the speaker of the direct run before it, when nobody else was named since.
func (f *finder) continues(k int) bool {
	r := f.r
	if k == 0 || f.runs[k-1].kind != news.Direct {
		return false
	}
	prev, run := r.Runs[k-1], r.Runs[k]
	if r.Is(run.Close-1, clause.Comma) && run.Close+1 < len(r.Doc.Tokens) && r.Doc.Tokens[run.Close+1].Kind != text.Mark {
		return false // who said it follows, in words that we do not know
	}
	p, q := r.Doc.ParagraphOf(prev.Open), r.Doc.ParagraphOf(run.Open)
	touching := prev.Close+1 >= run.Open || f.onlyMarks(prev.Close+1, run.Open)
	switch {
	case p == q && touching, run.Inserts, f.interrupted(k):
	case p+1 == q && prev.Continues:
	case p == q && f.sentence(k) && !f.strangers(prev.Close, run.Open, k-1):
	case p+1 == q && f.sentence(k) && f.startsParagraph(k) && !f.strangers(prev.Close, run.Open, k-1):
	case p == q && f.leads(k) && !f.strangers(prev.Close, run.Open, k-1):
		f.runs[k] = bound{news.Mixed, f.runs[k-1].cue, f.runs[k-1].speaker, text.Range{}, "continued"}
		return true
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
		if c.Subject.Form == clause.Thing {
			return nil
		}
		return r.Actor(c.Subject)
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

// leads tells whether run k begins a sentence that goes on outside its marks: “You squeezed employees” to drive up the price.
func (f *finder) leads(k int) bool {
	r := f.r
	run := r.Runs[k]
	return run.Closed && f.words(run) >= 4 && !f.named(k) && r.Is(run.Open-1, clause.Stop) && (!f.cased(run.Open+1) || r.Is(run.Open+1, clause.Upper)) && !r.Is(f.last(run), clause.Comma)
}

// alone tells whether run k is a sentence of its own, long enough not to be a title or a slogan.
func (f *finder) alone(k int) bool {
	return f.sentence(k) && f.words(f.r.Runs[k]) >= 6 && !f.named(k)
}
