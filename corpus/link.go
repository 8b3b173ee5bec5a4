package corpus

import (
	"slices"
	"time"

	"marsad/news"
)

// Link is a true link between two items.
type Link struct {
	Other     *Item
	Kind      news.LinkKind
	Direction news.Direction // FromOther: the item follows the other; Unknown: both come from a third
	Direct    bool           // the item was made from the other, not from what the other was made from
}

// Origin follows an item's relations back to the report that its words come from. An update is a report of its own.
func (it *Item) Origin() *Item {
	for it.Of != nil && it.Relation != Update {
		it = it.Of
	}
	return it
}

// Independent tells whether the item is its outlet's own report: not a copy, duplicate or translation.
func (it *Item) Independent() bool { return it.Relation == Original || it.Relation == Update }

// links gives the item's links to the items of its happening that were published earlier: its origin, and its siblings from the
// same origin.
func (it *Item) links(moments map[*Item]time.Time) []Link {
	var links []Link
	for _, other := range it.Happening.Items {
		if other == it || moments[other].After(moments[it]) || (moments[other].Equal(moments[it]) && other.ID > it.ID) {
			continue
		}
		if l, ok := it.linkTo(other); ok {
			links = append(links, l)
		}
	}
	return links
}

func (it *Item) linkTo(other *Item) (Link, bool) {
	l := Link{Other: other, Direction: news.FromOther, Direct: it.Of == other}
	switch {
	case it.Relation == Update && it.Outlet == other.Outlet && it.Of.Origin() == other.Origin():
		l.Kind = news.Update
		return l, true
	case it.Origin() != other.Origin() && !shares(it, other):
		return Link{}, false
	}
	if !l.Direct && it.Origin() != other {
		l.Direction = news.Unknown
	}
	switch {
	case it.Outlet.Lang != other.Outlet.Lang:
		l.Kind = news.Translation
	case sameText(it, other):
		l.Kind = news.Duplicate
	case shares(it, other):
		l.Kind = news.Copy
	default:
		return Link{}, false
	}
	return l, true
}

// sameText tells whether two items of one language hold the same paragraphs.
func sameText(a, b *Item) bool {
	return slices.EqualFunc(a.paragraphs(), b.paragraphs(), sameElement)
}

// shares tells whether two items of one language share a paragraph.
func shares(a, b *Item) bool {
	if a.Outlet.Lang != b.Outlet.Lang {
		return false
	}
	for _, e := range a.paragraphs() {
		if slices.ContainsFunc(b.paragraphs(), func(f element) bool { return sameElement(e, f) }) {
			return true
		}
	}
	return false
}

// sameElement compares by identity: an included paragraph shares its nodes with the one it came from.
func sameElement(a, b element) bool {
	return len(a.body) > 0 && len(b.body) > 0 && &a.body[0] == &b.body[0]
}

func (it *Item) paragraphs() []element {
	return slices.DeleteFunc(slices.Clone(it.elements), func(e element) bool { return e.kind == caption || e.kind == junk })
}
