package web

import (
	"fmt"
	"html/template"
	"slices"

	"marsad/news"
)

// reading is what was understood of a text, put into words; the take-apart page shows it too.
type reading struct {
	Names  []nameNote
	Dates  []dateNote
	Quotes []quoteNote
	Claims []claimNote
}

// Direct gives the quotations that have words of their speaker, Indirect the rest.
func (r reading) Direct() []quoteNote   { return r.quotes(false) }
func (r reading) Indirect() []quoteNote { return r.quotes(true) }

func (r reading) quotes(indirect bool) (out []quoteNote) {
	for _, q := range r.Quotes {
		if (q.Type == news.Indirect) == indirect {
			out = append(out, q)
		}
	}
	return out
}

// Taken gives the claims that take a side, Said the plain statements.
func (r reading) Taken() []claimNote { return r.claims(false) }
func (r reading) Said() []claimNote  { return r.claims(true) }

func (r reading) claims(plain bool) (out []claimNote) {
	for _, c := range r.Claims {
		if (c.Stance == news.Says) == plain {
			out = append(out, c)
		}
	}
	return out
}

type nameNote struct {
	ID, Entity string
	Words      string // as written first
	Lang       string
	Name       string // in the reader's language, "" where unknown
	Kind       news.MentionKind
	N          int
	Known      bool
	Rule       string
}

type dateNote struct {
	ID, Words, Lang string
	Means           string // in the reader's words
	Type            news.TimexType
	Value, Rule     string
	Sure            int // percent
}

type quoteNote struct {
	ID, Words, Lang string
	Speaker, Cue    string
	Type            news.QuoteType
	Rule            string
	Translated      bool
}

type claimNote struct {
	ID, Words, Lang, Who, Target, Cue string
	Stance                            news.Stance
	Negated, Hedged                   bool
	Answers                           string // words of the claim that this answers
	Rule                              string
}

// understood words what was understood of a text and marks where it stands.
func (v *visit) understood(a news.Article, n news.Analysis) (reading, []mark) {
	var r reading
	var marks []mark
	byName := map[string]int{}
	for _, m := range n.Mentions {
		words := cut(a.Text, m.Span)
		key := m.Entity + "\x00" + string(m.Kind)
		if m.Entity == "" {
			key = words
		}
		i, ok := byName[key]
		if !ok {
			i = len(r.Names)
			byName[key] = i
			r.Names = append(r.Names, nameNote{ID: fmt.Sprintf("n%d", i+1), Entity: m.Entity, Words: words, Lang: a.Lang,
				Name: v.s.Names.Name(m.Entity, v.words.Lang()), Kind: m.Kind, Known: m.Known, Rule: m.Rule})
		}
		r.Names[i].N++
		class := map[news.MentionKind]string{news.Person: "per", news.Place: "loc", news.Org: "org"}[m.Kind]
		if !m.Known {
			class += " maybe"
		}
		marks = append(marks, mark{m.Span, class, r.Names[i].ID, v.nameTitle(r.Names[i])})
	}
	for i, t := range n.Timexes {
		d := dateNote{ID: fmt.Sprintf("d%d", i+1), Words: cut(a.Text, t.Span), Lang: a.Lang, Means: v.means(t), Type: t.Type, Value: t.Value, Rule: t.Rule, Sure: int(t.Certainty*100 + 0.5)}
		r.Dates = append(r.Dates, d)
		marks = append(marks, mark{t.Span, "date", d.ID, d.Means})
	}
	for i, q := range n.Quotations {
		o := quoteNote{ID: fmt.Sprintf("q%d", i+1), Words: cut(a.Text, q.Span), Lang: a.Lang, Type: q.Type, Rule: q.Rule, Translated: q.Translated}
		o.Speaker, o.Cue = actorWords(a, q.Speaker), cueWords(a, q.Cue)
		r.Quotes = append(r.Quotes, o)
		if q.Type != news.Indirect {
			marks = append(marks, mark{q.Span, "quo", o.ID, ""})
		}
	}
	for i, c := range n.Claims {
		o := claimNote{ID: fmt.Sprintf("c%d", i+1), Words: cut(a.Text, c.Span), Lang: a.Lang, Who: actorWords(a, c.Claimant), Target: actorWords(a, c.Target),
			Cue: cueWords(a, c.Cue), Stance: c.Stance, Negated: c.Negated, Hedged: c.Hedged, Rule: c.Rule}
		if c.Answers >= 0 && c.Answers < len(n.Claims) {
			o.Answers = cut(a.Text, n.Claims[c.Answers].Span)
		}
		r.Claims = append(r.Claims, o)
		if c.Stance != news.Says {
			marks = append(marks, mark{c.Span, "claim", o.ID, ""})
		}
	}
	slices.SortStableFunc(r.Names, func(a, b nameNote) int { return b.N - a.N })
	return r, marks
}

func actorWords(a news.Article, who *news.Actor) string {
	if who == nil {
		return ""
	}
	return cut(a.Text, who.Span)
}

func cueWords(a news.Article, c *news.Cue) string {
	if c == nil {
		return ""
	}
	return cut(a.Text, c.Span)
}

func (v *visit) nameTitle(n nameNote) string {
	kind := v.words.Text("kind." + string(n.Kind))
	switch {
	case !n.Known:
		return v.words.Text("mark.candidate", "kind", template.HTML(kind))
	case n.Name != "":
		return v.words.Text("mark.known", "kind", template.HTML(kind), "name", n.Name)
	}
	return kind
}

// means says what a date in words comes to.
func (v *visit) means(t news.Timex) string {
	switch {
	case t.From.IsZero():
		return open(v.words, t.Value)
	case t.Granularity == "day" || t.DayOnly && t.To.Sub(t.From) <= 32*24*60*60*1e9 && t.Granularity != "month" && t.Granularity != "year" && t.Granularity != "decade":
		return v.dayRange(t.From, t.To)
	case t.Granularity == "month":
		return v.words.Month(t.From)
	case t.Granularity == "year":
		return v.words.Num(template.HTML(fmt.Sprint(t.From.Year())))
	case !t.DayOnly:
		return v.words.Source(t.From)
	}
	return v.dayRange(t.From, t.To)
}
