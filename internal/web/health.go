package web

import (
	"html/template"
	"time"

	"marsad/internal/store"
	"marsad/news"
)

// health says in plain words how a source fares and what to do about it.
func (v *visit) health(h store.SourceHealth) sourceRow {
	r := sourceRow{SourceHealth: h, State: "well"}
	worst, next := news.Feed{}, time.Time{}
	live := 0
	for _, f := range h.Feeds {
		if f.Checked.After(r.Last) {
			r.Last = f.Checked
		}
		if !f.Gone && (next.IsZero() || f.Due.Before(next)) {
			next = f.Due
		}
		if !f.Gone {
			live++
		}
		if f.Failures > worst.Failures {
			worst = f
		}
	}
	if live > 0 {
		r.Next = v.next(next)
	}
	if h.Articles > 0 {
		r.Copies = v.words.Percent(float64(h.Copies) / float64(h.Articles))
		r.Kept = v.words.Percent(float64(h.Articles) / float64(h.Articles+h.Rejected))
	}
	w := v.words
	switch {
	case h.Source.Muted:
		r.State, r.Words = "muted", w.T("health.muted")
	case len(h.Feeds) > 0 && live == 0:
		r.State, r.Words, r.Do = "failing", w.T("health.gone"), w.T("health.do.gone")
	case worst.Failures >= 3:
		r.State, r.Words, r.Do = "failing", v.trouble(worst), v.remedy(worst)
	case worst.Failures > 0:
		r.State, r.Words, r.Do = "look", v.trouble(worst), v.remedy(worst)
	case r.Last.IsZero():
		r.Words = w.T("health.waiting")
	case h.Rejected > 5 && h.Rejected > h.Articles:
		r.State, r.Words, r.Do = "look", w.T("health.unreadable", "n", h.Rejected), w.T("health.do.unreadable")
	case !h.LastArticle.IsZero() && w.Now().Sub(h.LastArticle) > 72*time.Hour:
		r.State, r.Words = "look", w.T("health.quiet", "span", template.HTML(w.Length(w.Now().Sub(h.LastArticle))))
	}
	return r
}

func (v *visit) trouble(f news.Feed) template.HTML {
	key := "health.problem." + f.Problem
	if !v.words.Has(key) {
		key = "health.problem.other"
	}
	return v.words.T("health.failed", "problem", v.words.T(key, "kind", f.Problem), "n", f.Failures)
}

func (v *visit) remedy(f news.Feed) template.HTML {
	if key := "health.do." + f.Problem; v.words.Has(key) {
		return v.words.T(key)
	}
	return v.words.T("health.do.wait", "when", v.words.AgoTime(f.Due))
}

// next says when a feed is asked again.
func (v *visit) next(due time.Time) template.HTML {
	if due.Sub(v.words.Now()) < time.Minute {
		return v.words.T("source.due")
	}
	return v.words.T("source.next", "when", v.words.AgoTime(due))
}
