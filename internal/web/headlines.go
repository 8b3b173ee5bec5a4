package web

import (
	"marsad/news"
)

// renamed is an outlet's article whose headline is not what it was.
type renamed struct {
	Old, New *entry
}

// headlines gathers the headlines that outlets changed: of an update beside what it updates, and of two articles from one address.
func headlines(es []*entry) (out []renamed) {
	byID, last := map[int64]*entry{}, map[string]*entry{}
	for _, e := range es {
		byID[e.Article.ID] = e
	}
	for _, e := range es {
		old := last[e.Article.URL]
		last[e.Article.URL] = e
		for _, l := range e.Placement.Links {
			if o := byID[l.Other]; old == nil && l.Kind == news.Update && o != nil && o.Source.ID == e.Source.ID && !o.Arrived.After(e.Arrived) {
				old = o
			}
		}
		if old != nil && old != e && old.Article.Headline != e.Article.Headline && e.Article.Headline != "" {
			out = append(out, renamed{old, e})
		}
	}
	return out
}
