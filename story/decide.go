package story

import (
	"math"
	"slices"

	"marsad/news"
)

// What a decision takes.
const (
	joinAt      = .36 // belief from which on an article joins a story
	mergeAt     = .5  // and two stories become one: more, so that nothing swings to and fro
	perFeature  = 64  // newest articles looked at for a feature
	nearest     = 16  // articles compared in the article's language, and as many in others
	maxStories  = 5   // stories weighed that are told in the article's language
	maxForeign  = 3   // and so many more that others tell
	witnesses   = 8   // members of a story that an article is compared with
	leastWeight = 1.2 // idf below which a feature finds nobody
	ownWord     = .7  // of members in the article's language against all others
	leastOfBest = .2
	quiet       = .5  // weight of how lately a story was told
	lately      = 600 // seconds within which it makes no difference
)

// Joins is the belief in one happening from which on an article joins a story.
const Joins = joinAt

// rival is a story that an article may belong to.
type rival struct {
	story   *cluster
	score   float64
	rank    float64 // score in log-odds, less the more the story has gone quiet
	best    *article
	bestX   pairVector
	by      float64 // belief in best
	members []*article
}

// decide finds the article's story: the best that it is believed to tell, else a new one.
func (w *Window) decide(r *reading, matches []match) (home *cluster, because []news.Reason, merged []*cluster) {
	rivals := w.rivals(r, matches)
	if len(rivals) == 0 || rivals[0].score < joinAt {
		c := &cluster{id: w.next, opened: r.arrived}
		w.next++
		return c, nil, nil
	}
	first := rivals[0]
	home = first.story
	for _, o := range rivals[1:] {
		if o.score >= mergeAt && first.score >= mergeAt && w.oneStory(home, o.story) {
			from, to := o.story, home
			if from.id < to.id {
				from, to = to, from
			}
			w.merge(from, to)
			home = to
			merged = append(merged, from)
		}
	}
	return home, w.because(r, first, matches), merged
}

// rivals weighs the stories of the nearest articles, the best first.
func (w *Window) rivals(r *reading, matches []match) []rival {
	var out []rival
	seat := map[*cluster]int{}
	meet := func(a *article, most int) {
		c := a.story
		if c.closed || r.arrived-c.opened > int64(w.opt.Span.Seconds()) || w.tellsAnotherDay(c, r, matches) {
			return
		}
		i, ok := seat[c]
		if !ok {
			if len(out) >= most {
				return
			}
			i = len(out)
			seat[c] = i
			out = append(out, rival{story: c})
		}
		if v := &out[i]; len(v.members) < witnesses/2 && !slices.Contains(v.members, a) {
			v.members = append(v.members, a)
		}
	}
	for _, m := range matches {
		if !r.column || m.ours >= ownShare || m.theirs >= ownShare {
			meet(m.other, maxStories)
		}
	}
	if !r.column { // which has nothing in common with others but its text
		own, foreign := w.near(r)
		for _, a := range own {
			meet(a, maxStories)
		}
		most := len(out) + maxForeign
		for _, a := range foreign {
			meet(a, most)
		}
	}
	for i := range out {
		w.weigh(r, &out[i], matches)
		out[i].rank = w.rank(r, &out[i])
	}
	slices.SortStableFunc(out, func(a, b rival) int {
		switch {
		case a.rank > b.rank:
			return -1
		case a.rank < b.rank:
			return 1
		}
		return int(a.story.id - b.story.id)
	})
	return out
}

// rank orders the stories that an article may join: by belief, and by how lately each was told. What happens is told again at a rate that
// falls about as one over the time since (Omori's law, of aftershocks); half of that counts, as stories are told in days, too. A story that
// is not believed to be the article's stays behind those that are.
func (w *Window) rank(r *reading, v *rival) float64 {
	p := min(max(v.score, 1e-6), 1-1e-6)
	last := w.art(v.story.members[len(v.story.members)-1]).arrived
	rank := math.Log(p/(1-p)) - quiet*math.Log(1+float64(r.arrived-last)/lately)
	if v.score < joinAt {
		rank -= 100
	}
	return rank
}

// weigh says how well an article fits a story: half by the members that it fits best, half by all that were asked. So one
// likeness with the last article of a long story is not enough, and a story does not grow by chaining.
func (w *Window) weigh(r *reading, v *rival, matches []match) {
	for _, a := range w.represent(v.story, r.lang) {
		if len(v.members) < witnesses && !slices.Contains(v.members, a) {
			v.members = append(v.members, a)
		}
	}
	var own, foreign []float64
	for _, a := range v.members {
		x := w.compare(r, a)
		p := sameStory(x, r.lang == a.lang)
		if p > v.by || v.best == nil {
			v.best, v.bestX, v.by = a, x, p
		}
		if r.lang == a.lang {
			own = append(own, p)
		} else {
			foreign = append(foreign, p)
		}
	}
	switch s, f := fits(own), fits(foreign); {
	case len(own) == 0:
		v.score = f
	case len(foreign) == 0:
		v.score = s
	default: // who reports in one's own language says more
		v.score = ownWord*s + (1-ownWord)*f
	}
	for _, m := range matches {
		// Whoever has hardly a text of his own tells what the other tells.
		if m.other.story == v.story && (m.ours >= ownShare || m.theirs >= ownShare) {
			v.score = max(v.score, .5+max(m.ours, m.theirs)/2)
			v.best = m.other
			break
		}
	}
}

// fits is how well an article fits members: half by the three that it fits best, half by all.
func fits(beliefs []float64) float64 {
	slices.Sort(beliefs)
	return (mean(beliefs[max(0, len(beliefs)-3):]) + mean(beliefs)) / 2
}

func mean(v []float64) (m float64) {
	for _, x := range v {
		m += x / float64(len(v))
	}
	return m
}

// represent picks members that stand for a story: its first, then its latest, in the asked language first, and of copies only the
// origin.
func (w *Window) represent(c *cluster, lang uint16) []*article {
	out := make([]*article, 0, witnesses)
	for pass := range 2 {
		for i := len(c.members) - 1; i >= 0 && len(out) < witnesses; i-- {
			if a := w.art(c.members[i]); a.origin == 0 && (a.lang == lang) == (pass == 0) {
				out = append(out, a)
			}
		}
	}
	return out
}

// near finds the articles that share the most telling features with r, the nearest first: in its language and in others, each for
// themselves, for words are shared within a language alone, and whatever is told there in like words would leave the others no place.
func (w *Window) near(r *reading) (own, foreign []*article) {
	x := w.index
	x.begin(w.base, len(w.arts))
	often := max(300, len(w.arts)/40)
	for i, k := range r.keys {
		if !slices.Contains(r.sought, k) {
			continue
		}
		if idf := r.idfs[i]; idf >= leastWeight && x.frequent(k) <= often {
			x.each(k, perFeature, func(n uint32) { x.credit(n, r.weights[i]*idf) })
		}
	}
	for _, n := range x.best(nearest, leastOfBest, func(n uint32) bool { a := w.art(n); return a.lang == r.lang && !a.column }) {
		own = append(own, w.art(n))
	}
	for _, n := range x.best(nearest, leastOfBest, func(n uint32) bool { a := w.art(n); return a.lang != r.lang && !a.column }) {
		foreign = append(foreign, w.art(n))
	}
	return own, foreign
}

// oneStory tells whether two stories are one: their members must be believed to tell the same, on the whole.
func (w *Window) oneStory(a, b *cluster) bool {
	if w.apart[pairOf(a.id, b.id)] || max(a.opened, b.opened)-min(a.opened, b.opened) > int64(w.opt.Span.Seconds()) {
		return false
	}
	var sum, n float64
	some := w.represent(a, 0)
	for _, x := range some[:min(5, len(some))] {
		r := w.reread(x)
		for _, y := range w.represent(b, x.lang) {
			sum += sameStory(w.compare(r, y), x.lang == y.lang)
			n++
		}
	}
	return n > 0 && sum/n >= mergeAt-.1
}

// reread makes a kept article comparable again.
func (w *Window) reread(a *article) *reading {
	r := &reading{article: *a, weights: make([]float32, len(a.keys)), idfs: make([]float32, len(a.keys))}
	for i := range r.weights {
		r.weights[i] = float32(w.weight(a, i))
		r.idfs[i] = w.freq.idf(a.lang, a.keys[i])
	}
	return r
}

// because says what an article has in common with the story's member that it fits best.
func (w *Window) because(r *reading, v rival, matches []match) (out []news.Reason) {
	for _, m := range matches {
		if m.other == v.best {
			out = append(out, news.Reason{Kind: "shared-text", Value: max(m.ours, m.theirs)})
		}
	}
	type said struct {
		word   string
		weight float32
	}
	var shared [kinds][]said
	for i, k := range r.keys {
		if _, ok := slices.BinarySearch(v.best.keys, k); ok && r.words[k] != "" {
			s := said{r.words[k], r.weights[i]}
			l := &shared[kindOf(k)]
			if !slices.ContainsFunc(*l, func(o said) bool { return o.word == s.word }) {
				*l = append(*l, s)
			}
		}
	}
	for _, k := range [...]struct {
		kind kind
		name string
	}{{name, "names"}, {place, "places"}, {day, "dates"}, {number, "numbers"}, {term, "rare-terms"}} {
		l := shared[k.kind]
		if len(l) == 0 {
			continue
		}
		slices.SortStableFunc(l, func(a, b said) int {
			switch {
			case a.weight > b.weight:
				return -1
			case a.weight < b.weight:
				return 1
			}
			return 0
		})
		reason := news.Reason{Kind: k.name, Value: float64(len(l))}
		for _, s := range l[:min(len(l), 7)] {
			reason.Words = append(reason.Words, s.word)
		}
		out = append(out, reason)
	}
	return out
}
