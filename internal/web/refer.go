package web

import (
	"html/template"

	"marsad/internal/fault"
	"marsad/news"
)

// backward is words of one story that speak of an earlier one.
type backward struct {
	Said    passage // the sentence, its date marked
	Story   news.Story
	Because template.HTML
	ID      string // where the Article page explains it
}

// referMost is how many articles that speak of a story its page shows.
const referMost = 12

// refer gathers the earlier stories that a story's articles speak of, and the later ones that speak of it. What follows another article
// says what that says.
func (p *storyPage) refer(v *visit, es []*entry) error {
	seen := map[int64]bool{p.Story.ID: true}
	for _, e := range es {
		for _, r := range e.Placement.References {
			if e.Parent != nil || seen[r.Story] {
				continue
			}
			seen[r.Story] = true
			b, ok, err := v.backward(e, r, r.Story)
			if err != nil {
				return err
			}
			if ok {
				p.Back = append(p.Back, b)
			}
		}
	}
	later, err := v.s.Store.ReferredBy(v.r.Context(), p.Story.ID, referMost)
	if err != nil {
		return err
	}
	told := map[int64]bool{}
	for _, e := range arrange(later) {
		for _, r := range e.Placement.References {
			if r.Story != p.Story.ID || told[e.Placement.Story] {
				continue
			}
			told[e.Placement.Story] = true
			b, ok, err := v.backward(e, r, e.Placement.Story)
			if err != nil {
				return err
			}
			if ok {
				p.Later = append(p.Later, b)
			}
		}
	}
	return nil
}

// backward words a reference, with the story at its other end.
func (v *visit) backward(e *entry, r news.Reference, story int64) (b backward, ok bool, err error) {
	st, err := v.s.Store.Story(v.r.Context(), story)
	if fault.Is(err, fault.NotFound) {
		return b, false, nil
	}
	if err != nil || !inside(e.Article.Text, r.Span) || !inside(e.Article.Text, r.When) || r.When.Start < r.Span.Start || r.When.End > r.Span.End {
		return b, false, err
	}
	t := e.Article.Text
	said := passage{Before: t[r.Span.Start:r.When.Start], Words: t[r.When.Start:r.When.End], After: t[r.When.End:r.Span.End],
		Lang: e.Article.Lang, Article: e.Article.ID, Source: e.Source.Name}
	return backward{Said: said, Story: st, Because: v.reasons(r.Because)}, true, nil
}
