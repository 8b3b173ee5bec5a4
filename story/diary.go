package story

import (
	"slices"
	"time"

	"marsad/news"
)

// Date is something that articles expect on a day to come.
type Date struct {
	From, To    time.Time // half open
	Granularity string    // day, or finer
	Sentence    Sentence  // of the article that said so first
	Articles    []int64   // all that name the day, in the order of publication
}

// Diary gathers the days and hours from after on that articles speak of, in their order; one entry a day and story. Days that were
// resolved with little certainty are left out: a diary that is wrong is worse than a thin one.
func Diary(entries []Entry, after time.Time) []Date {
	var out []Date
	for _, e := range byTime(entries) {
		d := e.doc()
		for _, t := range e.Analysis.Timexes {
			if dayOf(t) == 0 || t.Certainty < sure || !t.To.After(after) || !t.From.After(e.at()) || !inside(t.Span, d.Text) {
				continue
			}
			i := slices.IndexFunc(out, func(o Date) bool { return sameDay(o.From, t.From) })
			if i < 0 {
				span, ok := sentenceAt(d, t.Start)
				if !ok {
					continue
				}
				out = append(out, Date{From: t.From, To: t.To, Granularity: t.Granularity, Sentence: Sentence{e.Article.ID, span}})
				i = len(out) - 1
			}
			if o := &out[i]; !slices.Contains(o.Articles, e.Article.ID) {
				o.Articles = append(o.Articles, e.Article.ID)
			}
			if o := &out[i]; t.Type == news.Time && o.Granularity == "day" { // an hour says more than its day
				o.From, o.To, o.Granularity = t.From, t.To, t.Granularity
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Date) int { return a.From.Compare(b.From) })
	return out
}

const sure = .7

func sameDay(a, b time.Time) bool {
	y, m, d := a.Date()
	Y, M, D := b.Date()
	return y == Y && m == M && d == D
}
