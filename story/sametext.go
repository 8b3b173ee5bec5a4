package story

import (
	"slices"

	"marsad/sketch"
)

// finder finds articles that share text.
type finder struct {
	prints *sketch.Index
	hits   map[uint32]uint16 // scratch
	found  []uint32
}

func newFinder() *finder { return &finder{prints: sketch.NewIndex(), hits: map[uint32]uint16{}} }

func (f *finder) add(a *article)    { f.prints.Add(a.print.Keys(), a.number) }
func (f *finder) remove(a *article) { f.prints.Remove(a.print.Keys(), a.number) }

// match is an article that shares text with the one being placed.
type match struct {
	other         *article
	ours, theirs  float64 // the share of the text of each that the other has too
	shared        int     // hashes
	same, sameURL bool
}

// The shares of a text from which on it counts as taken from another. Reports of one speech share its quotations, some tenth.
const (
	copiedShare   = .45 // of the shorter: a copy
	ownShare      = .5  // of the article: it has hardly anything of its own
	sameShare     = .9  // of both: the same text
	updateShare   = .3  // of the shorter, within an outlet: a newer text of the same report
	leastShared   = 3   // hashes, some thirty words
	maxTextLinks  = 4
	maxCandidates = 200
)

// sameText gives the articles that share enough text with r to say so, those that share most first.
func (w *Window) sameText(r *reading) []match {
	f := w.copies
	clear(f.hits)
	order := f.found[:0]
	for _, k := range r.print.Probes() {
		from := len(order)
		order = f.prints.Find(order, k)
		kept := from
		if w.phrase(order[from:]) {
			r.phrases = append(r.phrases, k)
			order = order[:from]
			continue
		}
		for _, n := range order[from:] {
			if f.hits[n]++; f.hits[n] == 1 {
				order[kept] = n
				kept++
			}
		}
		order = order[:kept]
	}
	f.found = order
	slices.Sort(r.phrases)
	need := uint16(2)
	if r.print.Size() <= 2 {
		need = 1
	}
	var out []match
	for _, n := range order {
		if o := w.art(n); o != nil && f.hits[n] >= need && len(out) < maxCandidates {
			if m, ok := compareText(r, o); ok {
				out = append(out, m)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b match) int {
		switch {
		case a.strength() > b.strength():
			return -1
		case a.strength() < b.strength():
			return 1
		}
		return int(int64(a.other.number) - int64(b.other.number))
	})
	return out
}

// trade is in how many stories a run of words must stand to be a phrase of the trade, or of the outlet: no copy is told by it.
const trade = 3

// phrase tells whether the articles that share a hash are of too many stories to have it from each other.
func (w *Window) phrase(numbers []uint32) bool {
	var seen [trade]*cluster
	n := 0
	for _, k := range numbers {
		a := w.art(k)
		if a == nil || slices.Contains(seen[:n], a.story) {
			continue
		}
		seen[n] = a.story
		if n++; n == trade {
			return true
		}
	}
	return false
}

func compareText(r *reading, o *article) (match, bool) {
	shared, ofOurs, ofTheirs := sketch.SharedBut(&r.print, &o.print, r.phrases)
	m := match{other: o, shared: shared, same: r.same == o.same, sameURL: r.url != 0 && r.url == o.url && r.source == o.source}
	m.ours, m.theirs = share(shared, ofOurs), share(shared, ofTheirs)
	need := copiedShare
	if r.source == o.source {
		need = updateShare
	}
	enough := shared >= leastShared || m.ours >= sameShare && m.theirs >= sameShare
	return m, m.same && r.length > 0 || m.sameURL || enough && max(m.ours, m.theirs) >= need
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// strength orders matches: the more of both texts is shared, the closer are they.
func (m *match) strength() float64 {
	s := m.ours + m.theirs
	if m.same {
		s += 2
	}
	return s
}

// alike tells whether the two are one text, for all that a reader would notice.
func (m *match) alike() bool { return m.same || m.ours >= sameShare && m.theirs >= sameShare }
