package match

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// term is a statement about the article or its story, made ready to judge.
type term struct {
	query.Term
	ids    []string // the entities that a name may mean
	norm   string   // the compared form of the value
	day    [2]time.Time
	number int
	marks  []leaf // one of which an article that satisfies it carries; nil where nothing is known
}

// term compiles a statement.
func (c *compiler) term(n *query.Term) {
	if n.Name == "lang" {
		c.head(opWord, 0)
		c.code = append(c.code, c.mark("lang="+primary(n.Value), 0.2))
		c.asks |= asksLang
		return
	}
	key := n.Name + "\x00" + n.Op + "\x00" + n.Value
	i, known := c.termsOf[key]
	if !known {
		i = len(c.terms)
		c.termsOf[key] = i
		c.terms = append(c.terms, c.prepared(n))
	}
	c.head(opTerm, i)
}

func (c *compiler) prepared(n *query.Term) term {
	t := term{Term: *n, norm: text.Normalize(strings.TrimSpace(n.Value))}
	switch n.Name {
	case "who", "org", "where", "speaker", "denies":
		if c.namer != nil {
			t.ids = c.namer.IDs(n.Value)
		}
	case "on", "published":
		t.day[0], t.day[1], _ = query.Days(n.Value)
	case "words", "sources":
		t.number, _ = strconv.Atoi(n.Value) // the parser has checked it
	}
	t.marks = c.marksOf(&t)
	return t
}

func primary(tag string) string {
	p, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return p
}

// holds judges a statement about the article or its story.
func (t *term) holds(d *Doc) bool {
	a := &d.Article
	switch t.Name {
	case "source":
		return containsWords(text.Normalize(d.Source.Name), t.norm) || containsWords(text.Normalize(a.Site), t.norm)
	case "domain":
		want := strings.TrimPrefix(t.norm, "www.")
		h := d.host()
		return want != "" && (h == want || strings.HasSuffix(h, "."+want))
	case "country":
		return countryCode(d.Source.Country) == countryCode(t.Value)
	case "who":
		return t.named(d, news.Person)
	case "org":
		return t.named(d, news.Org)
	case "where":
		return t.named(d, news.Place)
	case "speaker":
		return slices.ContainsFunc(d.Analysis.Quotations, func(q news.Quotation) bool { return t.actor(a.Text, q.Speaker) })
	case "denies":
		return slices.ContainsFunc(d.Analysis.Claims, func(c news.Claim) bool {
			return c.Stance == news.Denies && !c.Negated && t.actor(a.Text, c.Claimant)
		})
	case "on":
		return slices.ContainsFunc(d.Analysis.Timexes, func(x news.Timex) bool { return !x.From.IsZero() && t.days(x.From, x.To) })
	case "published":
		return a.Published.Known() && t.days(a.Published.Time, a.Published.Time.Add(1))
	case "words":
		return t.compare(d.Words())
	case "sources":
		return t.compare(d.state.Sources)
	case "is":
		return t.norm == "breaking" && d.state.Breaking || t.norm == "first" && d.state.First
	case "nodup":
		return !d.state.Copy
	}
	return false
}

// named tells whether a name of the kind is the one asked for: the same entity, or the same words.
func (t *term) named(d *Doc, kind news.MentionKind) bool {
	return slices.ContainsFunc(d.Analysis.Mentions, func(m news.Mention) bool {
		return m.Kind == kind && (isOne(m.Entity, t.ids) ||
			containsWords(text.Normalize(m.Name), t.norm) || containsWords(text.Normalize(d.Article.Text[m.Start:m.End]), t.norm))
	})
}

func (t *term) actor(in string, a *news.Actor) bool {
	if a == nil {
		return false
	}
	return isOne(a.Entity, t.ids) || containsWords(text.Normalize(in[a.Start:a.End]), t.norm)
}

// containsWords tells whether the words of part stand in whole as whole words.
func containsWords(whole, part string) bool {
	return part != "" && strings.Contains(" "+whole+" ", " "+part+" ")
}

// days compares the days [from, to) with the asked ones, on the calendar of the article's own zone.
func (t *term) days(from, to time.Time) bool {
	if !to.After(from) {
		to = from.Add(1)
	}
	from, to = wall(from), wall(to)
	a, b := t.day[0], t.day[1]
	switch t.Op {
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

func (t *term) compare(n int) bool {
	switch t.Op {
	case ">":
		return n > t.number
	case ">=":
		return n >= t.number
	case "<":
		return n < t.number
	case "<=":
		return n <= t.number
	}
	return n == t.number
}
