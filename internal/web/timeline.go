package web

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"time"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// event is a day that the texts speak of.
type event struct {
	From, To time.Time // calendar days in the articles' own zones, To exclusive
	Day      string    // in the reader's words
	Said     []passage
	Outlets  int
	Ahead    bool // it had not come when the story was first told
}

// events gathers the days that articles speak of, in their order. Only whole days count, named with some certainty, within a year
// and a half of the story.
func (v *visit) events(es []*entry) (out []event) {
	at := map[string]int{}
	for _, e := range es {
		if e.Parent != nil && e.Kind != news.Translation { // its sentences are another's
			continue
		}
		for _, t := range e.Analysis.Timexes {
			if t.Type != news.Date || t.Granularity != "day" || t.Certainty < 0.6 || t.From.IsZero() || far(t.From, e.At) {
				continue
			}
			key := t.From.Format(time.DateOnly) + t.To.Format(time.DateOnly)
			i, ok := at[key]
			if !ok {
				i = len(out)
				at[key] = i
				out = append(out, event{From: t.From, To: t.To, Day: v.dayRange(t.From, t.To), Ahead: t.From.After(e.At) && !spokenOn(e.Analysis, t.Span)})
			}
			out[i].add(sentence(e, t.Span))
		}
	}
	slices.SortStableFunc(out, func(a, b event) int {
		return cmp.Or(cmp.Compare(a.From.Format(time.DateOnly), b.From.Format(time.DateOnly)), a.To.Compare(b.To))
	})
	return out[max(0, len(out)-14):]
}

func far(t, from time.Time) bool {
	d := t.Sub(from)
	return d < -550*24*time.Hour || d > 550*24*time.Hour
}

func (e *event) add(p passage) {
	var fresh bool
	if e.Said, fresh = heard(e.Said, p); fresh {
		e.Outlets++
	}
}

// dayRange says a half-open interval of days: one day, or the first and the last.
func (v *visit) dayRange(from, to time.Time) string {
	last := to.AddDate(0, 0, -1)
	if to.IsZero() || !last.After(from) {
		return v.words.Day(from)
	}
	if from.Month() == last.Month() && from.Year() == last.Year() {
		return v.words.Days(from, last)
	}
	return v.words.Text("date.range", "from", template.HTML(v.words.ShortDay(from)), "to", template.HTML(v.words.ShortDay(last)))
}

// report is an independent article with those that copy or translate it.
type report struct {
	*entry
	First     bool
	Followers []*entry
	Added     addition // to what was told before
}

func reports(es []*entry) (out []*report) {
	at := map[*entry]*report{}
	for _, e := range es {
		if e.Origin == nil {
			r := &report{entry: e, First: len(out) == 0}
			at[e] = r
			out = append(out, r)
		}
	}
	for _, e := range es {
		if r := at[e.Origin]; e.Origin != nil && r != nil {
			r.Followers = append(r.Followers, e)
		}
	}
	return out
}

// pronoun tells whether a name is none: "she said" does not say who.
func pronoun(name, lang string) bool {
	p := pack.For(lang).Clause
	return p != nil && (slices.Contains(p.Pronouns, text.Normalize(name)) || slices.Contains(p.Neuter, text.Normalize(name)))
}

// lane is an outlet's row in the chart of who was first.
type lane struct {
	Source news.Source
	First  *entry
	After  time.Duration
	Bar    template.HTML
	N      int
	Copies bool // all it has follows others
}

const lanes = 12

// race draws when each outlet had the story, from the first to the last.
func (p *storyPage) race(es []*entry, v *visit) {
	if len(es) == 0 {
		return
	}
	at := map[int64]int{}
	last := map[int64]time.Time{}
	for _, e := range es {
		i, ok := at[e.Source.ID]
		if !ok {
			i = len(p.Race)
			at[e.Source.ID] = i
			p.Race = append(p.Race, lane{Source: e.Source, First: e, After: e.At.Sub(es[0].At), Copies: true})
		}
		p.Race[i].N++
		p.Race[i].Copies = p.Race[i].Copies && e.Origin != nil
		last[e.Source.ID] = e.At
	}
	if len(p.Race) > lanes {
		p.More = len(p.Race) - lanes
		p.Race = p.Race[:lanes]
	}
	end := es[0].At
	for _, l := range p.Race {
		if t := last[l.Source.ID]; t.After(end) {
			end = t
		}
	}
	whole := max(end.Sub(es[0].At), time.Minute).Seconds()
	for i := range p.Race {
		l := &p.Race[i]
		class := ""
		if l.Copies {
			class = "copies"
		}
		l.Bar = bar(l.After.Seconds()*100/whole, last[l.Source.ID].Sub(es[0].At).Seconds()*100/whole, class)
	}
	p.RaceEnds = [2]time.Time{es[0].At, end}
}

// followQuery proposes a query that would have caught this story: the two names that most of its articles share.
func followQuery(v *visit, es []*entry) string {
	counts, names := map[string]int{}, map[string]news.Mention{}
	for _, e := range es {
		seen := map[string]bool{}
		for _, m := range e.Analysis.Mentions {
			if m.Entity == "" || !m.Known || seen[m.Entity] {
				continue
			}
			seen[m.Entity] = true
			counts[m.Entity]++
			names[m.Entity] = m
		}
	}
	ids := sortedKeys(counts)
	slices.SortStableFunc(ids, func(a, b string) int { return cmp.Compare(counts[b], counts[a]) })
	field := map[news.MentionKind]string{news.Person: "who", news.Org: "org", news.Place: "where"}
	var parts []string
	for _, id := range ids[:min(len(ids), 2)] {
		name := v.s.Names.Name(id, v.words.Lang())
		if name == "" {
			name = names[id].Name
		}
		parts = append(parts, field[names[id].Kind]+`:"`+strings.ReplaceAll(name, `"`, "")+`"`)
	}
	title := ""
	if len(es) > 0 {
		title = clip(es[0].Article.Headline, 60)
	}
	return url.Values{"q": {strings.Join(parts, " ")}, "name": {title}}.Encode()
}

// feedTime writes a moment for Atom.
func feedTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }
