package web

import "marsad/story"

// renamed is an outlet's article whose headline is not what it was.
type renamed struct {
	Old, New *entry
}

// headlines gathers the headlines that outlets changed: of two articles from one address, and of one that has most of its text from an
// earlier one of its outlet.
func headlines(es []*entry) (out []renamed) {
	byID, last := map[int64]*entry{}, map[string]*entry{}
	for _, e := range es {
		byID[e.Article.ID] = e
	}
	for _, e := range es {
		old := last[e.Article.URL]
		last[e.Article.URL] = e
		if o := byID[story.Rewrites(e.Article.ID, e.Placement.Links)]; old == nil && o != nil && !o.Arrived.After(e.Arrived) {
			old = o
		}
		if old != nil && old != e && old.Source.ID == e.Source.ID && story.Reworded(old.Article.Headline, e.Article.Headline) {
			out = append(out, renamed{old, e})
		}
	}
	return out
}
