package claim

import (
	"marsad/clause"
	"marsad/news"
	"marsad/text"
)

// isCourse tells whether a stance is taken towards what may happen or be done.
func isCourse(s news.Stance) bool {
	return s == news.Warns || s == news.Threatens || s == news.Demands || s == news.Promises
}

// addressee gives whom a warning, threat, demand or promise that goes on with a clause is told.
func (f *finder) addressee(c clause.Cue, in text.Range) *news.Actor {
	if k := in.From; f.r.Is(k, clause.Comma) { // "warned Holm, who is a sheikh, that"
		for k++; k < in.To && !f.r.Is(k, clause.Comma); k++ {
		}
		in.From = k
	}
	if in.To-in.From == 1 && f.r.Is(in.From, clause.Of|clause.Irrealis|clause.Link) && !f.r.Is(in.From, clause.Named) {
		return nil // advirtió de que
	}
	if !isCourse(c.Verb.Stance) || f.r.Is(in.From, clause.Prep|clause.Time) || f.r.Grammar.After && f.r.Is(in.From, clause.Title) {
		return nil
	}
	return f.target(in)
}

// course takes what is warned of, threatened, demanded or promised: behind a preposition or "to", perhaps with somebody named
// before it whom it is told.
func (f *finder) course(n, from int, s text.Range) (parts, bool) {
	r, stance := f.r, f.r.Cues[n].Verb.Stance
	reach := 14
	if r.Grammar.After && !r.Is(from, clause.Prep|clause.Time) {
		reach = 6
	}
	if h := r.Cues[n].Subject.Head; r.Grammar.After && r.Is(from, clause.Title) && h != nil && h.Kind == news.Person && !r.Cues[n].Subject.Shared {
		return parts{}, false // what follows the name is who they are
	}
	for i := from; i < s.To && i < from+reach; i++ {
		if r.Is(i, clause.Stop|clause.Colon|clause.Comma|clause.Mark) {
			break
		}
		if stance == news.Demands && r.Is(i, clause.From) && !r.Is(i, clause.Named) && !(i > from && r.Is(i, clause.To) && !r.Is(i+1, clause.Det|clause.Named|clause.Upper)) {
			return f.demanded(n, from, i, s)
		}
		opens := (r.Is(i, clause.To|clause.Object) || stance == news.Warns && r.Is(i, clause.Of)) && !r.Is(i, clause.Named)
		whole := r.OpensOf(i) || stance == news.Demands && r.Is(i, clause.ToWord) && !r.Is(i-1, clause.Occasion) && !r.Is(i, clause.Named|clause.Natural|clause.Prep|clause.Det|clause.Addressee|clause.Title) || r.Is(i, clause.Infinit) && !r.Is(i, clause.Named|clause.Upper)
		if opens && !r.Is(i, clause.To) && f.timed(i) {
			continue // "demanded a few days ago …"
		}
		if !opens && !whole {
			continue
		}
		told, begin := i, i
		if opens {
			begin++
		}
		if r.Is(i-1, clause.Neg) && i-1 >= from {
			told, begin = i-1, i-1 // "warned him not to": the not belongs to what is said
		}
		var target *news.Actor
		if told > from && !r.Is(from, clause.Prep|clause.Time) {
			if target = f.target(text.Range{From: from, To: told}); target == nil {
				break
			}
			if stance == news.Promises && opens && (r.Is(begin, clause.Named) || r.Is(begin, clause.Det|clause.Upper) && !f.somebody(from, told)) {
				return parts{content: r.Content(n, from), rule: "thing"}, true // "prometió pleno apoyo a …"
			}
		}
		return parts{content: r.Content(n, begin), target: target, rule: "course"}, true
	}
	if m := r.Mention(from); stance == news.Threatens && m != nil {
		// "пригрозила Фридонии пошлинами": whom, and with what.
		to := from
		for r.Mention(to) == m {
			to++
		}
		if content := r.Content(n, to); content.To > content.From && !r.Is(to, clause.Prep|clause.Comma|clause.Conj|clause.Sub|clause.Stop) {
			return parts{content: content, target: &news.Actor{Span: m.Span, Entity: m.Entity}, rule: "course"}, true
		}
	}
	if to := r.Cues[n].At.To; r.Grammar.Unspaced && stance != news.Warns && !r.Is(to, clause.Stop|clause.Comma|clause.Colon|clause.Conj|clause.Governs) && f.acts(n) {
		return parts{content: r.Content(n, to), rule: "course"}, true // 威胁起诉, 承诺下个月开放: what is done follows at once
	}
	if stance == news.Threatens || stance == news.Warns && !r.Grammar.Unspaced || r.Grammar.After || r.Is(from, clause.Stop|clause.Comma|clause.Prep|clause.Sub|clause.Adv|clause.Conj) {
		return parts{}, false
	}
	return parts{content: r.Content(n, from), rule: "thing"}, !r.Cues[n].Verb.Rejects
}

// acts tells whether cue n is the deed of somebody: of a name or a title, or no threat, which things make too (威胁安全).
func (f *finder) acts(n int) bool {
	s := f.r.Cues[n].Subject
	if f.r.Cues[n].Verb.Stance != news.Threatens || s.Head != nil {
		return true
	}
	for i := s.Words.From; i < s.Words.To; i++ {
		if f.r.Is(i, clause.Title) {
			return true
		}
	}
	return false
}

// somebody tells whether tokens [from, to) hold a name or begin as those who are told something do.
func (f *finder) somebody(from, to int) bool {
	for i := from; i < to; i++ {
		if f.r.Mention(i) != nil {
			return true
		}
	}
	return f.r.Is(from, clause.Det|clause.Title|clause.Pron|clause.Head|clause.Object) || f.r.Definite(from)
}

// timed tells whether a time follows the preposition at token i.
func (f *finder) timed(i int) bool {
	for k := i + 1; k < i+4 && !f.r.Is(k, clause.Prep|clause.Comma|clause.Stop|clause.Named); k++ {
		if f.r.Is(k, clause.Time) {
			return true
		}
	}
	return false
}

// demanded handles "demanded an apology from the builder" and "asked of the city to …"; i is the preposition.
func (f *finder) demanded(n, from, i int, s text.Range) (parts, bool) {
	r := f.r
	if i > from {
		return parts{content: r.Content(n, from), rule: "thing"}, !r.Grammar.After
	}
	j := f.infinitive(i, s.To)
	if j == 0 {
		if r.Mention(i+1) == nil && !r.Definite(i+1) {
			return parts{}, false
		}
		for j = i + 2; r.Mention(j) != nil && r.Mention(j) == r.Mention(j-1); j++ {
		}
	}
	if j >= s.To {
		return parts{}, false
	}
	return parts{content: r.Content(n, j), target: f.target(text.Range{From: i + 1, To: j}), rule: "course"}, true
}

// infinitive gives the first infinitive after token i within a few words, 0 for none.
func (f *finder) infinitive(i, end int) int {
	for j := i + 1; j < end && j < i+7; j++ {
		if f.r.Is(j, clause.Stop|clause.Comma|clause.Mark) {
			return 0
		}
		if f.r.Is(j, clause.Infinit) && !f.r.Is(j, clause.Named|clause.Upper) {
			return j
		}
	}
	return 0
}

// target gives the first name in a stretch, else the stretch itself when it is short; nil where there is none.
func (f *finder) target(in text.Range) *news.Actor {
	r := f.r
	for in.From < in.To && !r.Is(in.From, clause.Named) && (r.Is(in.From, clause.Prep|clause.Object|clause.Adv|clause.Comma) ||
		in.From+1 < in.To && (r.Is(in.From, clause.Time) || r.Is(in.From, clause.Det) && r.Is(in.From+1, clause.Time))) {
		in.From++ // "acusó este viernes a …"
	}
	for in.From < in.To && r.Is(in.To-1, clause.Comma|clause.Prep) {
		in.To--
	}
	if in.From >= in.To || in.To-in.From > 12 {
		return nil
	}
	in = r.WithoutTime(in)
	for i := in.From; i < in.To; i++ {
		if (r.Is(i, clause.Sub|clause.Comp|clause.Charge|clause.Report) || r.Is(i, clause.Rel) && !r.Is(i, clause.Det)) && !r.Is(i, clause.Named) {
			return nil
		}
	}
	lead := in.From
	for lead < in.To && r.Is(lead, clause.Det|clause.Head|clause.Title) {
		lead++
	}
	if m := r.Mention(lead); m != nil && lead < in.To {
		return &news.Actor{Span: m.Span, Entity: m.Entity}
	}
	if r.Is(in.From, clause.Time) {
		return nil
	}
	for i := in.From; i < in.To; i++ {
		if m := r.Mention(i); m != nil && m.Kind == news.Person {
			return &news.Actor{Span: m.Span, Entity: m.Entity}
		}
	}
	return &news.Actor{Span: r.Doc.Span(in)}
}
