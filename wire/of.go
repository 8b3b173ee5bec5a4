package wire

import (
	"time"

	"marsad/news"
)

// Of gives the record of an article and what was understood of it. Every list is non-nil.
func Of(a news.Article, n news.Analysis) Record {
	r := empty()
	r.URL, r.CanonicalURL, r.Site = some(a.URL), some(a.Canonical), some(a.Site)
	if a.SourceID != 0 {
		r.Source = &a.SourceID
	}
	r.Headline, r.Subtitle, r.Section, r.Dateline = some(a.Headline), some(a.Subtitle), some(a.Section), some(a.Dateline)
	r.Tags, r.Byline = append(r.Tags, a.Tags...), append(r.Byline, a.Byline...)
	r.Published, r.PublishedBy = stamp(a.Published)
	r.Modified, r.ModifiedBy = stamp(a.Modified)
	r.Lang, r.Text = some(a.Lang), a.Text
	if a.RTL {
		r.Dir = "rtl"
	}
	for _, b := range a.Blocks {
		r.Blocks = append(r.Blocks, Block{b.Start, b.End, string(b.Kind)})
	}
	for _, m := range a.Media {
		r.Media = append(r.Media, Media{some(m.URL), some(m.Caption), some(m.Credit), some(m.Date)})
	}
	for _, c := range a.Cites {
		r.Cites = append(r.Cites, Cite{c.Name, some(c.URL)})
	}
	for _, x := range a.Removed {
		r.Removed = append(r.Removed, Removed{string(x.Kind), x.Text, x.Before})
	}
	r.understood(a.Text, n)
	return r
}

func (r *Record) understood(text string, n news.Analysis) {
	for _, m := range n.Mentions {
		r.Mentions = append(r.Mentions, Mention{words(text, m.Span), string(m.Kind), some(m.Entity), some(m.Name), m.Score, m.Known, m.Rule})
	}
	for _, t := range n.Timexes {
		r.Timexes = append(r.Timexes, Timex{words(text, t.Span), string(t.Type), t.Value, moment(t.From, t.DayOnly), moment(t.To, t.DayOnly), t.Granularity, t.Certainty, t.Rule})
	}
	for _, q := range n.Quotations {
		r.Quotations = append(r.Quotations, Quotation{words(text, q.Span), string(q.Type), cue(text, q.Cue), actor(text, q.Speaker), maybeWords(text, q.Occasion), q.Translated, q.Rule})
	}
	for _, c := range n.Claims {
		w := Claim{words(text, c.Span), string(c.Stance), cue(text, c.Cue), actor(text, c.Claimant), actor(text, c.Target), c.Negated, c.Hedged, nil, c.Rule}
		if c.Answers >= 0 {
			w.Answers = &c.Answers
		}
		r.Claims = append(r.Claims, w)
	}
	for _, c := range n.Candidates {
		r.Candidates = append(r.Candidates, Candidate{c.Day.Format(time.DateOnly), c.Reason})
	}
	r.Analysis = &Analysis{n.Version, n.Rules, append([]string{}, n.Models...)}
}

func empty() Record {
	return Record{
		Version: Version, Dir: "ltr",
		Tags: []string{}, Byline: []string{}, Candidates: []Candidate{}, Blocks: []Block{}, Media: []Media{}, Cites: []Cite{},
		Removed: []Removed{}, Mentions: []Mention{}, Timexes: []Timex{}, Quotations: []Quotation{}, Claims: []Claim{},
	}
}

func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func stamp(s news.Stamp) (when, from *string) {
	if !s.Known() {
		return nil, nil
	}
	return moment(s.Time, s.DayOnly), some(string(s.From))
}

func moment(t time.Time, day bool) *string {
	switch {
	case t.IsZero():
		return nil
	case day:
		return some(t.Format(time.DateOnly))
	default:
		return some(t.Format(time.RFC3339))
	}
}

func words(text string, s news.Span) Words { return Words{s.Start, s.End, text[s.Start:s.End]} }

func maybeWords(text string, s *news.Span) *Words {
	if s == nil {
		return nil
	}
	w := words(text, *s)
	return &w
}

func cue(text string, c *news.Cue) *Cue {
	if c == nil {
		return nil
	}
	return &Cue{words(text, c.Span), c.Lemma}
}

func actor(text string, a *news.Actor) *Actor {
	if a == nil {
		return nil
	}
	return &Actor{words(text, a.Span), some(a.Entity), maybeWords(text, a.Named)}
}
