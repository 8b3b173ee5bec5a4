package desk

import (
	"marsad/cast"
	"marsad/dispute"
	"marsad/internal/store"
)

// WhoSays finds who is who in the articles of one story, and who claims and who denies what.
func WhoSays(es []store.Entry) (*cast.Cast, []dispute.Statement) {
	named, told := make([]cast.Entry, len(es)), make([]dispute.Entry, len(es))
	for i, e := range es {
		named[i] = cast.Entry{Article: e.Article, Analysis: e.Analysis}
		told[i] = dispute.Entry{Article: e.Article, Analysis: e.Analysis, Links: e.Placement.Links}
	}
	people := cast.Of(named)
	return people, dispute.Of(told, people)
}
