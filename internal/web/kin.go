package web

import (
	"slices"

	"marsad/internal/store"
	"marsad/news"
	"marsad/story"
)

// share is how much of an article's text stands in another's.
type share struct {
	With *entry
	Of   float64
}

// Unsure tells whether nothing says which of the two had the text first: the one that was seen first stands above.
func (e *entry) Unsure() bool { return e.Link.Direction == news.Unknown }

// Credited tells whether an article names the one whose text it has.
func (e *entry) Credited() bool {
	return slices.ContainsFunc(e.Link.Evidence, func(r news.Reason) bool { return r.Kind == "credit" })
}

// Relation is how an article stands to its parent, a key under "kin.".
func (e *entry) Relation() string {
	switch {
	case e.Kind == news.Translation && e.Credited():
		return "translation-credited"
	case e.Kind == news.Translation:
		return "translation"
	case e.Kind == news.Duplicate:
		return "duplicate"
	}
	return "copy"
}

// arrange puts the articles into the order of their publication and finds out who follows whom.
func arrange(list []store.Entry) []*entry {
	byID := map[int64]*entry{}
	var es []*entry
	for _, e := range list {
		x := &entry{Entry: e, At: e.Arrived}
		if p := e.Article.Published; p.Known() && !p.DayOnly && p.Zoned && !p.Time.After(e.Arrived) { // what says that it came later than it did is wrong
			x.At, x.Own = p.Time, true
		}
		byID[e.Article.ID] = x
		es = append(es, x)
	}
	slices.SortStableFunc(es, func(a, b *entry) int { return a.At.Compare(b.At) })
	for _, x := range es {
		for _, l := range x.Placement.Links {
			if o := byID[l.Other]; o != nil && o != x && l.Article == x.Article.ID {
				kin(x, o, l)
			}
		}
	}
	join(es)
	return es
}

// kin notes what a link of x to o says: which follows the other, or how much of its text it shares.
func kin(x, o *entry, l news.Link) {
	if l.Kind != news.Duplicate && l.Kind != news.Copy && l.Kind != news.Translation {
		return
	}
	child, parent := x, o
	if l.Direction == news.ToOther {
		child, parent = o, x
	}
	switch {
	case story.Follower(l) == child.Article.ID:
		if l.Score >= child.Score {
			child.Parent, child.Kind, child.Score, child.Link = parent, l.Kind, l.Score, l
		}
	case l.Kind == news.Copy:
		child.Partly = append(child.Partly, share{parent, l.Score})
	case l.Kind == news.Translation:
		child.Maybe = append(child.Maybe, parent)
	}
}

// join makes trees of who follows whom: a circle is cut at its first article.
func join(es []*entry) {
	for _, x := range es {
		seen := map[*entry]bool{x: true}
		for o := x.Parent; o != nil; o = o.Parent {
			if seen[o] {
				x.Parent = nil
				break
			}
			seen[o] = true
		}
	}
	for _, x := range es {
		if x.Parent == nil {
			continue
		}
		x.Parent.Kids = append(x.Parent.Kids, x)
		for x.Origin = x.Parent; x.Origin.Parent != nil; {
			x.Origin = x.Origin.Parent
		}
	}
}
