package letter

import (
	"slices"
	"strings"
	"time"

	"marsad/alert"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/lang/pack"
	mailpkg "marsad/mail"
	"marsad/news"
	"marsad/text"
)

// Told is one thing that a letter tells: a notice, and the article that brought it.
type Told struct {
	Notice news.Notice
	Entry  store.Entry
}

// mostTold is how many sentences a letter takes from all articles together that it tells of.
const mostTold = 4

// told gives the letter's notice with what it tells besides.
func (a About) told() news.Notice {
	n := a.Notice
	n.Also = nil
	for _, t := range a.Also {
		n.Also = append(n.Also, t.Notice)
	}
	return n
}

// all gives what a letter tells, its own notice first.
func (a About) all() []Told { return append([]Told{{a.Notice, a.Entry}}, a.Also...) }

// summary gives the sentences of a letter, and whose they are: two at the most of the article that made it due, and of every other that
// brought a denial, a figure or a quote the one that says it.
func (a About) summary(p *i18n.Printer) (out []string, by []mailpkg.Fact) {
	for i, t := range a.all() {
		most := 1
		switch k := t.Notice.Kind; {
		case i == 0:
			most = 2
		case k != news.Denial && k != news.NewQuote && k != news.NewNumber:
			continue // the labelled lines say it
		}
		before := len(out)
		for _, s := range t.sentences(most) {
			if !slices.Contains(out, s) && len(out) < mostTold {
				out, by = append(out, s), append(by, mailpkg.Fact{})
			}
		}
		if len(out) > before {
			by[len(by)-1] = credit(p, t.Entry)
		}
	}
	return out, by
}

// credit says whose sentences are, and from when: the zero Fact where neither is known.
func credit(p *i18n.Printer, e store.Entry) (f mailpkg.Fact) {
	if f.Value, f.When = e.Source.Name, published(p, e.Article); f.Value == "" {
		f.Value, f.When = f.When, ""
	}
	if f.Value == "" {
		return f
	}
	f.Label, f.Link = p.Text("mail.published"), web(Address(e.Article))
	return f
}

// sentences gives up to n sentences of a thing told: those that say it where it is a denial, a figure or a quote, else the first ones.
func (t Told) sentences(n int) (out []string) {
	a := t.Entry.Article
	if k := t.Notice.Kind; k != news.Denial && k != news.NewQuote && k != news.NewNumber {
		return Sentences(a.Text, n)
	}
	d := text.Analyze(a.Text, pack.For(a.Lang))
	for _, i := range t.tokens(d) {
		if s := d.SentenceOf(i); s < len(d.Sentences) && len(out) < n {
			if words := clip(d.Of(d.Sentences[s])); !slices.Contains(out, words) {
				out = append(out, words)
			}
		}
	}
	if len(out) == 0 {
		return Sentences(a.Text, n)
	}
	return out
}

// tokens gives where in its article's text a thing told is said.
func (t Told) tokens(d *text.Doc) (at []int) {
	facts := alert.Facts(t.Notice)
	switch t.Notice.Kind {
	case news.Denial:
		for _, c := range t.Entry.Analysis.Claims {
			if c.Stance == news.Denies && !c.Negated && inside(c.Span, d.Text) {
				at = append(at, d.TokenAt(c.Start))
			}
		}
	case news.NewQuote:
		for _, q := range t.Entry.Analysis.Quotations {
			if inside(q.Span, d.Text) && slices.Contains(facts, alert.QuoteFact(d.Text[q.Start:q.End])) {
				at = append(at, d.TokenAt(q.Start))
			}
		}
	case news.NewNumber:
		for i, tok := range d.Tokens {
			if v := alert.Number(tok); v != "" && slices.ContainsFunc(facts, func(f string) bool { _, now, _ := alert.Numbers(f); return now == v }) {
				at = append(at, i)
			}
		}
	}
	return at
}

func inside(s news.Span, in string) bool { return 0 <= s.Start && s.Start < s.End && s.End <= len(in) }

// who gives the names of those who take one of some stances to claims in an article, as written, each once.
func who(e store.Entry, most int, stances ...news.Stance) (names []string) {
	for _, c := range e.Analysis.Claims {
		if c.Negated || c.Claimant == nil || !slices.Contains(stances, c.Stance) {
			continue
		}
		if name := called(e, c.Claimant); name != "" && !slices.Contains(names, name) && len(names) < most {
			names = append(names, name)
		}
	}
	return names
}

// called gives the words by which an article names somebody, not "she" where it says who.
func called(e store.Entry, a *news.Actor) string {
	span := a.Span
	if a.Named != nil {
		span = *a.Named
	}
	if !inside(span, e.Article.Text) {
		return ""
	}
	return line(e.Article.Text[span.Start:span.End])
}

func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// tellings gives the labelled lines of what a letter tells: who says it and who denies it, what has changed, each with whose words they are.
func tellings(p *i18n.Printer, a About) (facts []mailpkg.Fact) {
	add := func(label, value string, of store.Entry) {
		f := mailpkg.Fact{Label: p.Text(label), Value: value, Link: web(Address(of.Article))}
		if of.Article.ID != a.Entry.Article.ID { // the last line says whose the letter's own article is
			f.More = of.Source.Name
			if of.Article.Published.Known() && !of.Article.Published.DayOnly {
				f.When = p.Short(of.Article.Published.Time)
			}
		}
		if value != "" && !slices.ContainsFunc(facts, func(g mailpkg.Fact) bool { return g.Label == f.Label && g.Value == f.Value }) {
			facts = append(facts, f)
		}
	}
	add("mail.claimed", strings.Join(who(a.Entry, 3, news.Says, news.Accuses, news.Confirms, news.Condemns, news.Warns), " · "), a.Entry)
	for _, t := range a.all() {
		add("mail.denied", strings.Join(who(t.Entry, 3, news.Denies), " · "), t.Entry)
		for _, f := range alert.Facts(t.Notice) {
			if was, now, ok := alert.Numbers(f); ok && t.Notice.Kind == news.NewNumber {
				add("mail.changed", p.Text("mail.from-to", "old", was, "new", now), t.Entry)
			}
		}
		if t.Notice.Kind == news.NewQuote {
			add("mail.said", strings.Join(speakers(t), " · "), t.Entry)
		}
	}
	return facts
}

// speakers gives the names of those whose quotes a notice tells, as written.
func speakers(t Told) (names []string) {
	facts, words := alert.Facts(t.Notice), t.Entry.Article.Text
	for _, q := range t.Entry.Analysis.Quotations {
		if q.Speaker == nil || !inside(q.Span, words) || !slices.Contains(facts, alert.QuoteFact(words[q.Start:q.End])) {
			continue
		}
		if name := called(t.Entry, q.Speaker); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Address gives where an article can be read.
func Address(a news.Article) string {
	if a.Canonical != "" {
		return a.Canonical
	}
	return a.URL
}

// happened says on which days the article puts what it tells of: those of the sentences that stand in the letter or before them, a week
// back at most and two days ahead.
func happened(p *i18n.Printer, e store.Entry) string {
	var first, last time.Time
	told := e.Article.Published.Time
	if !e.Article.Published.Known() {
		told = e.Arrived
	}
	d := text.Analyze(e.Article.Text, pack.For(e.Article.Lang))
	end := len(d.Text)
	if len(d.Sentences) > openingSentences {
		end = d.Span(d.Sentences[openingSentences-1]).End
	}
	for _, t := range e.Analysis.Timexes {
		far := t.From.Before(told.AddDate(0, 0, -8)) || t.From.After(told.AddDate(0, 0, 2))
		if t.From.IsZero() || far || t.Start >= end || t.Certainty < .5 || t.To.Sub(t.From) > 25*time.Hour || t.Type != news.Date && t.Type != news.Time {
			continue
		}
		if first.IsZero() || t.From.Before(first) {
			first = t.From
		}
		if t.From.After(last) {
			last = t.From
		}
	}
	switch {
	case first.IsZero():
		return ""
	case last.YearDay() != first.YearDay():
		return p.Days(first, last)
	}
	return p.Day(first)
}

// openingSentences is how many sentences of an article say what it is about.
const openingSentences = 4
