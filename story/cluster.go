package story

import (
	"slices"
	"time"

	"marsad/news"
)

// cluster is a story: the numbers of its articles, and what cannot be read off them.
type cluster struct {
	id      int64
	members []uint32 // in the order of arrival
	opened  int64    // unix seconds
	closed  bool     // takes no more: its first article has left the window
	into    int64    // the story that it became part of
	broke   int64    // when it broke, 0 if it did not
	why     []news.Reason
	accused []uint32 // who is accused of something in it
	denies  []uint32 // who denies something in it
}

// maxParties bounds accused and denies.
const maxParties = 64

func (c *cluster) take(r *reading) {
	c.members = append(c.members, r.number)
	c.accused = union(c.accused, r.accused)
	c.denies = union(c.denies, r.denies)
}

func union(a, b []uint32) []uint32 {
	for _, k := range b {
		if len(a) < maxParties && !slices.Contains(a, k) {
			a = append(a, k)
		}
	}
	return a
}

func (c *cluster) lose(n uint32) {
	if i := slices.Index(c.members, n); i >= 0 {
		c.members = slices.Delete(c.members, i, i+1)
	}
}

// merge makes one story of two. What is left of from says where its articles are.
func (w *Window) merge(from, to *cluster) {
	for _, n := range from.members {
		w.art(n).story = to
	}
	to.members = append(to.members, from.members...)
	slices.Sort(to.members)
	to.opened = min(to.opened, from.opened)
	to.closed = to.closed || from.closed
	to.inherit(from)
	from.members, from.into = nil, to.id
	delete(w.stories, from.id)
}

// inherit takes over what a part knows that cannot be read off its articles.
func (c *cluster) inherit(from *cluster) {
	c.accused = union(c.accused, from.accused)
	c.denies = union(c.denies, from.denies)
	if from.broke != 0 && (c.broke == 0 || from.broke < c.broke) {
		c.broke, c.why = from.broke, from.why
	}
}

func ids(cs []*cluster) (out []int64) {
	for _, c := range cs {
		out = append(out, c.id)
	}
	return out
}

// changed gives the stories that a placement changed, the article's own first.
func (w *Window) changed(home *cluster, merged []*cluster) []news.Story {
	out := []news.Story{w.storyOf(home)}
	for _, c := range merged {
		out = append(out, news.Story{ID: c.id, Merged: home.id, Opened: moment(c.opened), Changed: moment(w.now)})
	}
	return out
}

func moment(unix int64) time.Time {
	if unix == 0 {
		return time.Time{}
	}
	return time.Unix(unix, 0).UTC()
}

// root is the article at the start of the chain of copies and translations that a stands in.
func (w *Window) root(a *article) *article {
	for range 8 {
		o := w.art(a.origin)
		if o == nil || o.story != a.story {
			return a
		}
		a = o
	}
	return a
}

// storyOf counts a story. All of it is read off the articles at once, so that the figures agree with each other.
func (w *Window) storyOf(c *cluster) news.Story {
	s := news.Story{ID: c.id, Merged: c.into, Opened: moment(c.opened), Breaking: moment(c.broke), BreakingWhy: c.why}
	var first, lead *article
	outlets, own, langs := map[int64]bool{}, map[int64]bool{}, map[uint16]bool{}
	changed := c.opened
	for _, n := range c.members {
		a := w.art(n)
		s.Articles++
		outlets[a.source] = true
		if t := w.tags[a.lang]; t != "" && !langs[a.lang] {
			langs[a.lang] = true
			s.Langs = append(s.Langs, t)
		}
		s.Disputed = s.Disputed || a.disputed
		changed = max(changed, a.arrived)
		if w.root(a) != a {
			continue
		}
		own[a.source] = true
		if first == nil || a.told < first.told {
			first = a
		}
		if lead == nil || a.followers > lead.followers || a.followers == lead.followers && a.told < lead.told {
			lead = a
		}
	}
	s.Sources, s.Independent = len(outlets), len(own)
	s.Changed = moment(changed)
	s.Disputed = s.Disputed || slices.ContainsFunc(c.denies, func(k uint32) bool { return slices.Contains(c.accused, k) })
	slices.Sort(s.Langs)
	if first == nil {
		return s
	}
	s.First, s.FirstAt = first.id, moment(first.told)
	s.Lead, s.Headline, s.Lang = lead.id, lead.headline, w.tags[lead.lang]
	s.Lag = w.lag(c, first)
	return s
}

// lag is the time from the first report to that of the second independent outlet.
func (w *Window) lag(c *cluster, first *article) time.Duration {
	second := int64(0)
	for _, n := range c.members {
		if a := w.art(n); a.source != first.source && w.root(a) == a && (second == 0 || a.told < second) {
			second = a.told
		}
	}
	if second == 0 {
		return 0
	}
	return time.Duration(second-first.told) * time.Second
}
