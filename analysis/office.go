package analysis

import (
	"slices"
	"strings"
	"time"

	"marsad/entity"
	"marsad/news"
	"marsad/text"
	"marsad/timex"
)

// near is how many tokens before a name its title may stand.
const near = 7

// offices gives what the offices in an undated text say of its day: where it calls somebody by a title that they are known to have
// borne at some time, it was written in that time.
func offices(doc *text.Doc, mentions []news.Mention, names *entity.Names) []timex.Bound {
	if names == nil || doc.Pack == nil || doc.Pack.Entity == nil {
		return nil
	}
	var out []timex.Bound
	seen := map[string]bool{}
	for _, m := range mentions {
		if m.Kind != news.Person || !m.Known || seen[m.Entity] {
			continue
		}
		if e, ok := names.Entity(m.Entity); ok {
			if b, ok := term(doc, m, e); ok {
				seen[m.Entity] = true
				out = append(out, b)
			}
		}
	}
	return out
}

// term gives the bound of the office whose title stands before mention m: all terms that its bearer held it, taken together.
func term(doc *text.Doc, m news.Mention, e entity.Entity) (b timex.Bound, ok bool) {
	at := doc.TokenAt(m.Start)
	from := max(at-near, doc.Sentences[doc.SentenceOf(at)].From)
	var proclitics []string
	if p := doc.Pack.Text; p != nil {
		proclitics = p.Proclitics
	}
	before := " " + norms(doc, from, at) + " "
	for _, o := range e.Offices {
		if !titled(before, doc.Pack.Entity.Titles[o.Title], proclitics) {
			continue
		}
		start, end := day(o.From, false), day(o.To, true)
		if !ok || !start.IsZero() && start.Before(b.NotBefore) {
			b.NotBefore = start
		}
		if !ok || end.IsZero() || !b.NotAfter.IsZero() && end.After(b.NotAfter) {
			b.NotAfter = end
		}
		b.Reason = "office:" + m.Name + ", " + o.Title
		b.Spans = []news.Span{m.Span}
		ok = true
	}
	return b, ok && !(b.NotBefore.IsZero() && b.NotAfter.IsZero())
}

func norms(doc *text.Doc, from, to int) string {
	words := make([]string, 0, to-from)
	for i := from; i < to; i++ {
		words = append(words, doc.Tokens[i].Norm)
	}
	return strings.Join(words, " ")
}

// titled tells whether one of the titles is among the words, which begin and end with a space; a clitic may be written before it.
func titled(words string, titles, proclitics []string) bool {
	for _, t := range titles {
		t = text.Normalize(t) + " "
		if i := strings.Index(words, t); i > 0 && (words[i-1] == ' ' || clitic(words[strings.LastIndexByte(words[:i], ' ')+1:i], proclitics)) {
			return true
		}
	}
	return false
}

func clitic(s string, proclitics []string) bool { return slices.Contains(proclitics, s) }

// day reads YYYY, YYYY-MM or YYYY-MM-DD as its first day, or as its last where last is set; the zero time for "".
func day(s string, last bool) time.Time {
	for _, f := range []struct {
		layout              string
		years, months, days int
	}{{"2006-01-02", 0, 0, 0}, {"2006-01", 0, 1, -1}, {"2006", 1, 0, -1}} {
		if t, err := time.Parse(f.layout, s); err == nil {
			if last {
				t = t.AddDate(f.years, f.months, f.days)
			}
			return t
		}
	}
	return time.Time{}
}
