package story

import (
	"slices"

	"marsad/news"
)

// link ties an article to those that it copies, updates, translates or cites, and to those that follow it; and settles who of them
// counts as the origin.
func (w *Window) link(r *reading, home *cluster, matches []match) []news.Link {
	var out []news.Link
	linked := map[int64]bool{}
	for _, m := range w.closest(matches) {
		l := w.textLink(r, m)
		linked[m.other.id] = true
		out = append(out, l)
	}
	for _, t := range w.translations(r, home, linked) {
		linked[t.Other] = true
		out = append(out, t)
	}
	if l, ok := w.update(r, home, linked); ok {
		linked[l.Other] = true
		out = append(out, l)
	}
	for i := range out {
		if l := &out[i]; l.Kind == news.Update && r.corrects && l.Direction != news.ToOther {
			l.Evidence = append(l.Evidence, news.Reason{Kind: "correction"})
		}
		w.follow(r, out[i])
	}
	return append(out, w.citations(r, home, linked)...)
}

// closest picks the matches worth a link: the nearest texts, and of a copy and its origin the origin, unless the copy is clearly
// nearer.
func (w *Window) closest(matches []match) []match {
	var out []match
	for _, m := range matches {
		if len(out) == maxTextLinks {
			break
		}
		o := w.art(m.other.origin)
		covered := o != nil && slices.ContainsFunc(matches, func(p match) bool {
			return p.other == o && p.strength() >= m.strength()-.15
		})
		if !covered {
			out = append(out, m)
		}
	}
	return out
}

// textLink says what shared text means.
func (w *Window) textLink(r *reading, m match) news.Link {
	o := m.other
	l := news.Link{Article: r.id, Other: o.id, Score: max(m.ours, m.theirs)}
	l.Evidence = []news.Reason{{Kind: "shared-text", Value: m.ours}, {Kind: "shared-text-other", Value: m.theirs}}
	switch {
	case m.same && r.source != o.source:
		l.Kind, l.Score = news.Duplicate, 1
	case m.same && r.length > 0:
		l.Kind, l.Score = news.Duplicate, 1
	case r.source == o.source:
		l.Kind = news.Update
		if m.sameURL {
			l.Score = 1
			l.Evidence = append(l.Evidence, news.Reason{Kind: "same-address"})
		}
	case m.alike():
		l.Kind = news.Duplicate
	default:
		l.Kind = news.Copy
	}
	l.Direction, l.Evidence = w.direction(r, o, l.Kind, l.Evidence)
	return l
}

// leastLead is how many seconds one must have been earlier for the order to say anything.
const leastLead = 60

// direction says who follows whom: a credit decides, then the times of publication, then who was seen first.
func (w *Window) direction(r *reading, o *article, k news.LinkKind, why []news.Reason) (news.Direction, []news.Reason) {
	ours, theirs := w.credits(&r.article, o.source), w.credits(o, r.source)
	if ours != theirs {
		d, named := news.FromOther, o.source
		if theirs {
			d, named = news.ToOther, r.source
		}
		return d, append(why, news.Reason{Kind: "credit", Words: []string{w.sources[named].name}})
	}
	lead := r.told - o.told
	if r.clocked && o.clocked && abs(lead) >= leastLead {
		why = append(why, news.Reason{Kind: "published", Value: float64(lead)})
		return leads(lead), why
	}
	if abs(lead) >= 86400 {
		why = append(why, news.Reason{Kind: "published", Value: float64(lead)})
		return leads(lead), why
	}
	if seen := r.arrived - o.arrived; seen >= leastLead {
		why = append(why, news.Reason{Kind: "first-seen", Value: float64(seen)})
		return news.FromOther, why
	}
	return news.Unknown, why
}

func abs(n int64) int64 { return max(n, -n) }

func leads(lead int64) news.Direction {
	if lead > 0 {
		return news.FromOther
	}
	return news.ToOther
}

// follow notes which side of a link counts as the origin. Where the direction is unknown, the earlier does, else the one seen
// first. An article that shares less than half of its text stays its own.
func (w *Window) follow(r *reading, l news.Link) {
	o := w.find(l.Other)
	if o == nil || l.Kind == news.Citation || l.Kind == news.Update || l.Kind == news.Translation && !surely(l) {
		return
	}
	d := l.Direction
	if d == news.Unknown {
		d = news.FromOther
		if r.told < o.told {
			d = news.ToOther
		}
	}
	var ours, theirs float64 = 1, 1
	if l.Kind == news.Copy {
		ours, theirs = l.Evidence[0].Value, l.Evidence[1].Value
	}
	switch {
	case d == news.FromOther && ours >= ownShare && r.origin == 0:
		top := w.root(o)
		r.origin = top.number
		top.followers++
	case d == news.ToOther && theirs >= ownShare && o.origin == 0 && r.origin != o.number:
		o.origin = r.number
		r.followers += o.followers + 1
	}
}

// update links an article to the last of its outlet's articles in the story that is not linked yet: a newer report, if no newer
// version of the same text.
func (w *Window) update(r *reading, home *cluster, linked map[int64]bool) (news.Link, bool) {
	var last *article
	for _, n := range home.members {
		o := w.art(n)
		if o.source != r.source || o.lang != r.lang {
			continue
		}
		if linked[o.id] {
			return news.Link{}, false
		}
		if o.told <= r.told && (last == nil || o.told >= last.told) {
			last = o
		}
	}
	if last == nil {
		return news.Link{}, false
	}
	return news.Link{
		Article: r.id, Other: last.id, Kind: news.Update, Direction: news.FromOther, Score: .7,
		Evidence: []news.Reason{{Kind: "same-outlet"}, {Kind: "published", Value: float64(r.told - last.told)}},
	}, true
}

// surely tells whether a translation is certain enough to deny its outlet a report of its own.
func surely(l news.Link) bool {
	return l.Score >= .65 || slices.ContainsFunc(l.Evidence, func(r news.Reason) bool { return r.Kind == "credit" })
}

// citations links an article to those of its story by the outlets that it names as its source: in its credits, or in its text, where
// whoever names an outlet that told the same before has it from there.
func (w *Window) citations(r *reading, home *cluster, linked map[int64]bool) (out []news.Link) {
	named := map[int64]bool{} // by source
	for i := len(home.members) - 1; i >= 0 && len(out) < 3; i-- {
		o := w.art(home.members[i])
		if linked[o.id] || o.told > r.told || o.source == r.source {
			continue
		}
		yes, asked := named[o.source]
		if !asked {
			yes = w.credits(&r.article, o.source) || w.sources[o.source].namedIn(r.doc) || slices.Contains(r.orgs, w.sources[o.source].known)
			named[o.source] = yes
		}
		if !yes {
			continue
		}
		out = append(out, news.Link{
			Article: r.id, Other: o.id, Kind: news.Citation, Direction: news.FromOther, Score: .8,
			Evidence: []news.Reason{{Kind: "credit", Words: []string{w.sources[o.source].name}}},
		})
	}
	return out
}

// reuse takes over links that were decided before.
func (w *Window) reuse(r *reading, links []news.Link) {
	for _, l := range links {
		w.follow(r, l)
	}
}
