package web

import (
	"html/template"
	"strings"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

const (
	failingAfter = 3              // attempts in a row
	quietAfter   = 72 * time.Hour // without an article
	closedAfter  = 24 * time.Hour // without an article, where none of the new pages can be fetched
)

// pagesFail stands in a feed's Problem before what stands in the way of its pages, while the feed itself is well.
const pagesFail = "pages-"

// state is how a source fares, and the feed that says so where one does.
type state struct {
	name  string // failing, look, well or muted
	why   string // gone, failed, double, pages, waiting, empty, unreadable, quiet; "" where there is nothing to say
	worst news.Feed
	last  time.Time // attempt
	next  time.Time // attempt; zero: none
	gave  bool      // a feed gave something at some time
}

// stateOf judges a source by its feeds and by what they brought.
func stateOf(h store.SourceHealth, now time.Time) state {
	s := state{name: "well"}
	live := 0
	for _, f := range h.Feeds {
		if f.Checked.After(s.last) {
			s.last = f.Checked
		}
		if !f.Gone {
			live++
			if s.next.IsZero() || f.Due.Before(s.next) {
				s.next = f.Due
			}
		}
		s.gave = s.gave || !f.Changed.IsZero()
		if f.Failures > s.worst.Failures || s.worst.Problem == "" {
			s.worst = f
		}
	}
	switch {
	case h.Source.Muted:
		s.name, s.why, s.next = "muted", "muted", time.Time{}
	case len(h.Feeds) > 0 && live == 0:
		s.name, s.why = "failing", "gone"
	case s.worst.Failures >= failingAfter:
		s.name, s.why = "failing", "failed"
	case s.worst.Failures > 0:
		s.name, s.why = "look", "failed"
	case s.last.IsZero():
		s.why = "waiting"
	case s.worst.Problem == string(fault.Conflict):
		s.name, s.why = "look", "double"
	case strings.HasPrefix(s.worst.Problem, pagesFail) && now.Sub(h.LastArticle) > closedAfter:
		s.name, s.why = "look", "pages"
	case h.Rejected > 5 && h.Rejected > h.Articles, h.Rejected > 0 && h.LastArticle.IsZero():
		s.name, s.why = "look", "unreadable"
	case h.LastArticle.IsZero() && !s.gave:
		s.name, s.why = "look", "empty"
	case !h.LastArticle.IsZero() && now.Sub(h.LastArticle) > quietAfter:
		s.name, s.why = "look", "quiet"
	}
	return s
}

// health says in plain words how a source fares and what to do about it.
func (v *visit) health(h store.SourceHealth) sourceRow {
	w, s := v.words, stateOf(h, v.words.Now())
	r := sourceRow{SourceHealth: h, State: s.name, Last: s.last}
	if !s.next.IsZero() && !v.soon(s.next) && (s.why != "failed" || v.words.Has("health.do."+s.worst.Problem)) { // else it is said already, or not worth a word
		r.Next = v.next(s.next)
	}
	if h.Articles > 0 {
		r.Copies = w.Percent(float64(h.Copies) / float64(h.Articles))
		r.Kept = w.Percent(float64(h.Articles) / float64(h.Articles+h.Rejected))
	}
	switch s.why {
	case "muted", "waiting":
		r.Words = w.T("health." + s.why)
	case "gone":
		r.Words, r.Do = w.T("health.gone"), w.T("health.do.gone")
	case "failed":
		r.Words, r.Do = v.trouble(s.worst), v.remedy(s.worst)
	case "double":
		r.Words, r.Do = v.obstacle(s.worst.Problem), w.T("health.do.conflict")
	case "pages":
		r.Words, r.Do = w.T("health.pages", "problem", v.obstacle(strings.TrimPrefix(s.worst.Problem, pagesFail))), w.T("health.do.pages")
	case "empty":
		r.Words, r.Do = w.T("health.empty"), w.T("health.do.empty")
	case "unreadable":
		r.Words, r.Do = w.T("health.unreadable", "n", h.Rejected), w.T("health.do.unreadable")
	case "quiet":
		r.Words, r.Do = w.T("health.quiet", "span", template.HTML(w.Length(w.Now().Sub(h.LastArticle)))), w.T("health.do.quiet")
	}
	return r
}

func (v *visit) trouble(f news.Feed) template.HTML {
	return v.words.T("health.failed", "problem", v.obstacle(f.Problem), "n", f.Failures)
}

// obstacle says in a sentence what stood in the way.
func (v *visit) obstacle(word string) template.HTML {
	key := "health.problem." + word
	if !v.words.Has(key) {
		key = "health.problem.other"
	}
	return v.words.T(key, "kind", word)
}

func (v *visit) remedy(f news.Feed) template.HTML {
	if key := "health.do." + f.Problem; v.words.Has(key) {
		return v.words.T(key)
	}
	if v.soon(f.Due) {
		return v.words.T("health.do.soon")
	}
	return v.words.T("health.do.wait", "when", v.words.AgoTime(f.Due))
}

// next says when a feed is asked again.
func (v *visit) next(due time.Time) template.HTML {
	if v.soon(due) {
		return v.words.T("source.due")
	}
	return v.words.T("source.next", "when", v.words.AgoTime(due))
}

// soon tells whether a feed's turn has come.
func (v *visit) soon(due time.Time) bool { return due.Sub(v.words.Now()) < time.Minute }
