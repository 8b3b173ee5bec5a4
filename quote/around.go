package quote

import (
	"strings"

	"marsad/clause"
	"marsad/news"
	"marsad/text"
)

// headlines takes "Putin: Russia is ready": a line that is no full sentence, the name of somebody known, a colon and what they say.
func (f *finder) headlines() {
	r := f.r
	for _, p := range r.Doc.Paragraphs {
		m := r.Mention(p.From)
		if m == nil || !m.Known || m.Kind == news.Place || p.To-p.From > 30 || r.Is(p.To-1, clause.Stop) {
			continue
		}
		i := p.From
		for i < p.To && r.Mention(i) == m {
			i++
		}
		if content := (text.Range{From: i + 1, To: p.To}); r.Is(i, clause.Colon) && p.To-i > 4 && !f.holdsRun(content) {
			a := &news.Actor{Span: m.Span, Entity: m.Entity}
			f.out = append(f.out, news.Quotation{Span: r.Doc.Span(content), Type: news.Indirect, Speaker: a, Rule: "headline"})
		}
	}
}

// postposed takes "…, officials said." at the end of a sentence.
func (f *finder) postposed(n int, comp clause.Complement) {
	r, c := f.r, f.r.Cues[n]
	if !r.Grammar.Postpose || !c.Subject.Known || c.Subject.Shared || c.Verb.Kind != clause.Says || c.Verb.Noun || c.Subject.Words.To-c.Subject.Words.From > 10 {
		return
	}
	s := r.Sentence(c.At.From)
	if c.Verb.Stance == news.Denies {
		return // what somebody denies is not what they say
	}
	tail := c.At.From
	if !c.Subject.After && c.Subject.Words.From < tail {
		tail = c.Subject.Words.From
	}
	for tail > s.From && r.Is(tail-1, clause.Adv|clause.Aux) && !r.Is(tail-1, clause.Comma|clause.As) {
		tail--
	}
	if r.Is(tail-1, clause.As) {
		f.as(n, s)
		return
	}
	if tail-1 <= s.From || !r.Is(tail-1, clause.Comma|clause.Dash) {
		return
	}
	content := text.Range{From: s.From, To: tail - 1}
	content.From = f.dated(content)
	if r.Is(tail-1, clause.Dash) && f.dateline(content) || !f.ends(n, s) || content.To-content.From < 5 || f.adverbial(content) {
		return
	}
	if f.holdsRun(content) {
		end := content.To - 1
		for end > content.From && r.Is(end, clause.Comma|clause.Dash|clause.Stop) && !r.Is(end, clause.Mark) {
			end--
		}
		if r.Is(end, clause.Mark|clause.Quoted) {
			return // the words themselves stand before the comma: see run
		}
		f.mix(n, content, comp.Rest, "postposed")
	}
	f.indirect(n, content, comp.Rest, "postposed")
}

// dated gives the token behind a place in capitals and a dash or colon that a sentence begins with: "PRAGUE (Reuters) - ".
func (f *finder) dated(c text.Range) int {
	first := f.r.Doc.Tokens[c.From]
	if word := f.r.Doc.Text[first.Start:first.End]; len(word) < 4 || !f.cased(c.From) || strings.ToUpper(word) != word {
		return c.From
	}
	for i := c.From + 1; i < c.To && i < c.From+10; i++ {
		if f.r.Is(i, clause.Dash|clause.Colon) {
			return i + 1
		}
	}
	return c.From
}

// dateline tells whether a stretch before a dash is no more than where and whence a report comes: PARIS, 24 nov (AFP) -
func (f *finder) dateline(c text.Range) bool {
	m := f.r.Mention(c.From)
	return m != nil && m.Kind == news.Place && c.To-c.From < 14 && f.r.Doc.ParagraphOf(c.From) == f.r.Doc.ParagraphOf(c.To) &&
		f.r.Doc.Paragraphs[f.r.Doc.ParagraphOf(c.From)].From == c.From
}

// as takes "As the minister said, …".
func (f *finder) as(n int, s text.Range) {
	c := f.r.Cues[n]
	if c.Subject.Form == clause.Thing {
		return // "like the one that …"
	}
	from := max(c.At.To, c.Subject.Words.To)
	for i := from; i < s.To && i < from+12; i++ {
		if f.r.Is(i, clause.Comma) {
			if content := f.r.Content(n, i+1); content.To-content.From >= 4 && !f.holdsRun(content) {
				f.indirect(n, content, text.Range{From: from, To: i}, "as")
			}
			return
		}
	}
}

// ends tells whether nothing but the subject and an occasion follows cue n in its sentence.
func (f *finder) ends(n int, s text.Range) bool {
	c := f.r.Cues[n]
	from := c.At.To
	if c.Subject.After && c.Subject.Words.To > from {
		from = c.Subject.Words.To
	}
	if from < s.To && !f.r.Is(from, clause.Stop|clause.Comma|clause.Prep|clause.Time|clause.Addressee) {
		return false
	}
	for i := from; i < s.To; i++ {
		if f.r.Is(i, clause.Stop|clause.Comma) {
			return true
		}
		if i-from > 10 {
			return false
		}
	}
	return true
}

func (f *finder) holdsRun(c text.Range) bool {
	for i := c.From; i < c.To; i++ {
		if f.r.Is(i, clause.Mark) {
			return true
		}
	}
	return false
}

// adverbial tells whether a stretch is likely no sentence: it is short and begins with a preposition, or opens a clause.
func (f *finder) adverbial(c text.Range) bool {
	if f.r.Is(c.From, clause.Sub|clause.Rel|clause.As) {
		return true
	}
	return f.r.Is(c.From, clause.Prep) && c.To-c.From < 9
}

// occasion gives the words that tell to whom, when or where cue n speaks: between its subject and what it reports, else at the head
// of its sentence, up to the first comma: "In an article in …, he wrote".
func (f *finder) occasion(n int, rest text.Range) *news.Span {
	r := f.r
	at, ok := r.Occasion(rest)
	if !ok && n >= 0 {
		at, ok = f.fronted(n)
	}
	if !ok {
		return nil
	}
	span := r.Doc.Span(at)
	return &span
}

// fronted gives the phrase with a preposition and an occasion that opens the sentence of cue n.
func (f *finder) fronted(n int) (text.Range, bool) {
	r := f.r
	c := r.Cues[n].At.From
	s := r.Sentence(c)
	for s.From < c && r.Is(s.From, clause.Conj|clause.Sub|clause.Adv) && !r.Is(s.From, clause.Prep) {
		s.From++
	}
	if !r.Is(s.From, clause.Prep) || r.Is(s.From, clause.Named) {
		return text.Range{}, false
	}
	for i := s.From + 1; i < c && i < s.From+25; i++ {
		if r.Is(i, clause.Mark|clause.Quoted|clause.Colon) {
			break
		}
		if r.Is(i, clause.Comma) {
			head := text.Range{From: s.From, To: i}
			for k := head.From; k < head.To; k++ {
				if r.Is(k, clause.Occasion) && !r.Is(k, clause.Named) {
					return head, true
				}
			}
			break
		}
	}
	return text.Range{}, false
}
