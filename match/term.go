package match

import (
	"slices"
	"strings"
	"time"

	"marsad/news"
	"marsad/text"
)

// holds judges a statement about the article or its story.
func (s *step) holds(d *Doc) bool {
	a := &d.Article
	switch s.term.Name {
	case "lang":
		primary, _, _ := strings.Cut(strings.ToLower(a.Lang), "-")
		return primary == s.norm || strings.EqualFold(a.Lang, s.term.Value)
	case "source":
		return containsWords(text.Normalize(d.Source.Name), s.norm) || containsWords(text.Normalize(a.Site), s.norm)
	case "domain":
		h := d.host()
		return h == s.norm || strings.HasSuffix(h, "."+strings.TrimPrefix(s.norm, "www."))
	case "country":
		return strings.EqualFold(d.Source.Country, s.term.Value)
	case "who":
		return s.named(d, news.Person)
	case "org":
		return s.named(d, news.Org)
	case "where":
		return s.named(d, news.Place)
	case "speaker":
		return slices.ContainsFunc(d.Analysis.Quotations, func(q news.Quotation) bool { return s.actor(a.Text, q.Speaker) })
	case "denies":
		return slices.ContainsFunc(d.Analysis.Claims, func(c news.Claim) bool {
			return c.Stance == news.Denies && !c.Negated && s.actor(a.Text, c.Claimant)
		})
	case "on":
		return slices.ContainsFunc(d.Analysis.Timexes, func(t news.Timex) bool { return !t.From.IsZero() && s.days(t.From, t.To) })
	case "published":
		return a.Published.Known() && s.days(a.Published.Time, a.Published.Time.Add(1))
	case "words":
		return s.compare(d.Words())
	case "sources":
		return s.compare(d.state.Sources)
	case "is":
		return s.norm == "breaking" && d.state.Breaking || s.norm == "first" && d.state.First
	case "nodup":
		return !d.state.Copy
	}
	return false
}

// named tells whether a name of the kind is the one asked for: the same entity, or the same words.
func (s *step) named(d *Doc, kind news.MentionKind) bool {
	return slices.ContainsFunc(d.Analysis.Mentions, func(m news.Mention) bool {
		return m.Kind == kind && (m.Entity != "" && slices.Contains(s.ids, m.Entity) ||
			containsWords(text.Normalize(m.Name), s.norm) || containsWords(text.Normalize(d.Article.Text[m.Start:m.End]), s.norm))
	})
}

func (s *step) actor(in string, a *news.Actor) bool {
	if a == nil {
		return false
	}
	return a.Entity != "" && slices.Contains(s.ids, a.Entity) || containsWords(text.Normalize(in[a.Start:a.End]), s.norm)
}

// containsWords tells whether the words of part stand in whole as whole words.
func containsWords(whole, part string) bool {
	return part != "" && strings.Contains(" "+whole+" ", " "+part+" ")
}

// days compares the days [from, to) with the asked ones, on the calendar of the article's own zone.
func (s *step) days(from, to time.Time) bool {
	if !to.After(from) {
		to = from.Add(1)
	}
	from, to = wall(from), wall(to)
	a, b := s.day[0], s.day[1]
	switch s.term.Op {
	case ">=":
		return to.After(a)
	case ">":
		return to.After(b)
	case "<=":
		return from.Before(b)
	case "<":
		return from.Before(a)
	}
	return from.Before(b) && to.After(a)
}

// wall reads the clock on the wall as if it hung in UTC.
func wall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

func (s *step) compare(n int) bool {
	switch s.term.Op {
	case ">":
		return n > s.number
	case ">=":
		return n >= s.number
	case "<":
		return n < s.number
	case "<=":
		return n <= s.number
	}
	return n == s.number
}
