package quote

import (
	"marsad/clause"
	"marsad/news"
	"marsad/text"
)

// behind gives the cue of a clause that follows run k and reports it, -1 if there is none.
func (f *finder) behind(k int) int {
	r := f.r
	run := r.Runs[k]
	i := run.Close + 1
	if !run.Closed || i >= len(r.Doc.Tokens) || r.Doc.ParagraphOf(i) != r.Doc.ParagraphOf(run.Open) || f.words(run) < 1 {
		return -1
	}
	last := f.last(run)
	if f.words(run) < 3 && !r.Is(last, clause.Stop|clause.Comma) && !(r.Is(i, clause.Comma) && r.Is(i+1, clause.Dash)) && f.named(k) {
		return -1 // a name, and then a sentence
	}
	joined, ended := run.Inserted || r.Is(last, clause.Comma), r.Is(last, clause.Stop)
	if mark := r.Doc.Tokens[last].Norm; mark == "?" || mark == "!" || mark == "؟" {
		joined = true // a comma would have stood here
	}
	for r.Is(i, clause.Comma|clause.Dash) {
		joined = true
		i++
	}
	if r.Is(i, clause.Stop|clause.Mark|clause.Colon) {
		return -1
	}
	for n := r.CueFrom(i); n < len(r.Cues); n++ {
		c := r.Cues[n]
		if c.Quoted || c.Verb.Kind == clause.Converb && !joined {
			continue
		}
		if r.Doc.SentenceOf(i) != r.Doc.SentenceOf(c.At.From) || c.Passive || c.Irrealis || c.Negated || !c.Subject.Known || c.Verb.Kind == clause.Act {
			return -1
		}
		if !f.near(i, n) || !joined && !ended && c.At.From != i {
			return -1
		}
		if stance := c.Verb.Stance; (stance == news.Denies || stance == news.Accuses || stance == news.Condemns) && !f.ends(n, r.Sentence(c.At.From)) {
			return -1 // what is denied or condemned follows
		}
		comp := r.Complement(n)
		relative := comp.Shape == clause.Clause && r.Is(comp.From-2, clause.Comma) // "…, said Holm, that tall man"
		if comp.Shape == clause.Clause && !(joined && relative) || !joined && comp.Shape != clause.Nothing {
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
	if c.At.From-i > 30 {
		return false
	}
	for j := i; j < c.At.From; j++ {
		if f.r.Is(j, clause.Mark|clause.Colon) {
			return false
		}
	}
	if c.Subject.After || c.Subject.Shared || f.r.Grammar.Final && c.Subject.Words.To <= i {
		return c.At.From-i <= 3
	}
	return c.Subject.Words.From >= i && c.Subject.Words.From-i <= 6
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
	if !joined || !run.Closed || f.words(run) < 3 || i >= len(r.Doc.Tokens) || r.Doc.ParagraphOf(i) != r.Doc.ParagraphOf(run.Open) {
		return false
	}
	from := i
	for ; i < len(r.Doc.Tokens) && i-from < 6; i++ {
		if r.Doc.Tokens[i].Kind != text.Word || r.Is(i, clause.Prep|clause.Conj|clause.Sub|clause.Rel|clause.Comp|clause.Mark) && !r.Is(i, clause.Named) {
			return false
		}
		if m := r.Mention(i); m != nil && m.Kind == news.Person {
			if i > from && r.Is(from, clause.Upper|clause.Det) || f.words(run) < 6 && !r.Is(f.last(run), clause.Comma|clause.Stop) || !f.endsName(i) {
				return false // a noun phrase stands there, and no verb; or a title
			}
			f.runs[k] = bound{news.Direct, -1, &news.Actor{Span: m.Span, Entity: m.Entity}, text.Range{}, "name-behind"}
			return true
		}
		if r.Is(i, clause.Upper) && i > from && !r.Is(i, clause.Title) {
			return f.stranger(k, from, i)
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

// endsName tells whether the clause ends behind the name at token i, or goes on with what is no noun of the name's.
func (f *finder) endsName(i int) bool {
	r := f.r
	for m := r.Mention(i); i < len(r.Class) && r.Mention(i) == m; i++ {
	}
	return i >= len(r.Class) || r.Doc.Tokens[i].Kind != text.Word || r.Is(i, clause.Prep|clause.Adv|clause.Time|clause.Conj|clause.Sub|clause.Rel|clause.Link)
}

// stranger binds run k to a name that nobody knows, by its capitals: two words or more, behind at most three without.
func (f *finder) stranger(k, from, i int) bool {
	r := f.r
	end := i
	for r.Is(end, clause.Upper) && !r.Is(end, clause.Mark) {
		end++
	}
	if end-i < 2 || end-i > 4 || i-from > 3 || r.Is(from, clause.Upper) || end < len(r.Class) && !r.Is(end, clause.Comma|clause.Stop|clause.Prep|clause.Dash|clause.Link) {
		return false
	}
	f.runs[k] = bound{news.Direct, -1, &news.Actor{Span: r.Doc.Span(text.Range{From: i, To: end})}, text.Range{}, "name-behind"}
	return true
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
