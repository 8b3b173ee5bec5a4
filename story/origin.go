package story

import (
	"time"

	"marsad/news"
)

// Origin gives the article that a held one copies or translates, at the start of the chain; 0 for one that has a report of its own,
// or that the window does not hold.
func (w *Window) Origin(id int64) int64 {
	a := w.find(id)
	if a == nil {
		return 0
	}
	if o := w.root(a); o != a {
		return o.id
	}
	return 0
}

// Follows tells by an article's stored links whether it copies or translates another: what [Entry] wants to know of an article that
// the window has lost.
func Follows(article int64, links []news.Link) bool {
	for _, l := range links {
		from := l.Article == article && l.Direction == news.FromOther || l.Other == article && l.Direction == news.ToOther
		if !from {
			continue
		}
		switch l.Kind {
		case news.Duplicate:
			return true
		case news.Translation:
			if surely(l) {
				return true
			}
		case news.Copy:
			// The first share is of the text of Article, the second of that of Other.
			if share, ok := sharedText(l, l.Article == article); !ok || share >= ownShare {
				return true
			}
		}
	}
	return false
}

func sharedText(l news.Link, ours bool) (float64, bool) {
	kind := "shared-text-other"
	if ours {
		kind = "shared-text"
	}
	for _, e := range l.Evidence {
		if e.Kind == kind {
			return e.Value, true
		}
	}
	return 0, false
}

// Since gives the steps of a timeline that came after somebody looked last: what is new for him, in the articles' own sentences. What came
// in late is new for him, too, whatever its date.
func Since(steps []Step, seen time.Time) (out []Step) {
	for _, s := range steps {
		if s.Published.After(seen) || s.Arrived.After(seen) {
			out = append(out, s)
		}
	}
	return out
}
