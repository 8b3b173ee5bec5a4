package corpus

import (
	"sort"
	"strings"
	"unicode"

	"marsad/news"
)

// speech turns the paragraph's q, i and m marks, with their c, s and o, into quotations.
func (w *writer) speech() {
	first := len(w.truth.Quotations)
	for key, m := range w.para {
		typ, ok := map[string]news.QuoteType{"q": news.Direct, "i": news.Indirect, "m": news.Mixed}[key[:len(key)-1]]
		if !ok {
			continue
		}
		n := key[len(key)-1:]
		q := news.Quotation{Span: m.Span, Type: typ, Cue: w.cue("c" + n), Speaker: w.actor("s"+n, m.entity)}
		if o := w.para["o"+n]; o != nil {
			q.Occasion = &o.Span
		}
		w.truth.Quotations = append(w.truth.Quotations, q)
	}
	added := w.truth.Quotations[first:]
	sort.Slice(added, func(i, j int) bool { return added[i].Start < added[j].Start })
}

func (w *writer) cue(key string) *news.Cue {
	if m := w.para[key]; m != nil {
		return &news.Cue{Span: m.Span}
	}
	return nil
}

// actor gives whoever a mark names. The entity comes from the name inside the mark or from the key; a quotation may have a known
// speaker whom its paragraph does not name: then the span is empty.
func (w *writer) actor(key, entity string) *news.Actor {
	m := w.para[key]
	if m == nil {
		if entity == "" {
			return nil
		}
		return &news.Actor{Entity: entity}
	}
	if m.entity != "" {
		return &news.Actor{Span: m.Span, Entity: m.entity}
	}
	return &news.Actor{Span: m.Span, Entity: w.within(m.Span)}
}

// within gives the entity that speaks in a mark: its first person or organization, else a place that the mark begins with ("Beirut
// denied"); a place further in only says where ("a meeting in Genoa").
func (w *writer) within(span news.Span) string {
	place := ""
	for _, name := range w.truth.Mentions {
		if name.Start < span.Start || name.End > span.End {
			continue
		}
		if name.Kind != news.Place {
			return name.Entity
		}
		if name.Start == span.Start {
			place = name.Entity
		}
	}
	return place
}

// claim opens a claim; its actors are filled in when the paragraph ends.
func (w *writer) claim(key, numbers string, span news.Span) {
	c := news.Claim{
		Span: span, Stance: news.Stance(attribute(key, '.')), Answers: -1,
		Negated: strings.Contains(key, "~"), Hedged: strings.Contains(key, "+"),
	}
	at := len(w.truth.Claims)
	if label := attribute(key, '#'); label != "" {
		w.labels[label] = at
		w.truth.Disputed[at] = label
	}
	if label := attribute(key, '>'); label != "" {
		w.answers[at] = label
		w.truth.Disputed[at] = label
	}
	w.truth.Claims = append(w.truth.Claims, c)
	w.para["claim"+numbers] = &paragraphMark{Span: news.Span{Start: at}}
}

// inherit gives a claim without a claimant that of the claim before it: "accused the firm and threatened to strike".
func (w *writer) inherit(first int) {
	for i := first + 1; i < len(w.truth.Claims); i++ {
		if c := &w.truth.Claims[i]; c.Claimant == nil && c.Cue != nil {
			c.Claimant = w.truth.Claims[i-1].Claimant
		}
	}
}

// stances fills in cue, claimant and target of the paragraph's claims, and what they answer.
func (w *writer) stances() {
	first := len(w.truth.Claims)
	for key, m := range w.para {
		n, ok := strings.CutPrefix(key, "claim")
		if !ok {
			continue
		}
		c := &w.truth.Claims[m.Start]
		first = min(first, m.Start)
		var entity string
		if k := w.para["k"+n]; k != nil {
			entity = k.entity
		}
		c.Cue, c.Claimant, c.Target = w.cue("kc"+n), w.actor("ka"+n, entity), w.actor("kt"+n, "")
		if words := w.text.String()[c.Start:c.End]; c.Cue != nil && strings.IndexFunc(words, unicode.IsLetter) < 0 {
			c.Span = c.Cue.Span // "both deny.": a denial without words of its own stands in its cue
		}
		if label := w.answers[m.Start]; label != "" {
			if to, ok := w.labels[label]; ok { // a trimmed copy may have lost what is answered
				c.Answers = to
			}
		}
	}
	w.inherit(first)
}
