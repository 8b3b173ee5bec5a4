package entity

import (
	"math"
	"slices"
	"sort"
	"sync"

	"marsad/text"
)

// Screen looks names up in a list, whatever the script of either: the whole name, all of its words in any order. It may be used
// from many goroutines at once.
type Screen struct {
	list   []Alias
	names  [][]int32 // by name: its units
	units  []unit
	rare   []float32                        // by unit: 0 for a word that everybody bears, 1 for one of a single name
	blocks map[string][]int32               // by skeleton: units
	bearer [][]int32                        // by unit: names
	tally  []uint64                         // by unit
	words  []uint64                         // by unit: hash of its letters
	selves map[text.Script]func() []float64 // by script of a query: each Latin unit's own probability
	work   sync.Pool                        // *scratch
	kept   memory
}

// scratch is memory that a query needs and leaves as it found it: zero.
type scratch struct {
	sums, best []float32 // by name
	touched    []int32
	now        []int32
	likes      [][]float32 // by unit of the query, by unit of the list: 1 + how alike, 0 for not yet known
	asked      [][]int32   // which of them are known
}

// Hit is a name of the list.
type Hit struct {
	ID      string
	Name    string
	Score   float64 // 0 to 1; from .5 on the two are probably one
	Aligned bool    // every word of the shorter name has its like in the other, the family name among them
}

// NewScreen makes a list ready. Each alias is a name of its own; ids may repeat.
func NewScreen(list []Alias) *Screen {
	s := &Screen{list: list, names: make([][]int32, len(list)), blocks: map[string][]int32{}}
	known := map[unit]int32{}
	var keys []string
	for n, a := range list {
		for _, u := range joins(unitsOf(a.Name)) {
			u.from, u.to, u.last = 0, 0, false
			id, ok := known[u]
			if !ok {
				id = int32(len(s.units))
				known[u] = id
				s.units = append(s.units, u)
				s.tally = append(s.tally, tally(u.letters))
				s.words = append(s.words, word(u.letters))
				s.bearer = append(s.bearer, nil)
				keys = skeletons(keys[:0], u.letters)
				for i, k := range keys {
					if !contains(keys[:i], k) {
						s.blocks[k] = append(s.blocks[k], id)
					}
				}
			}
			s.names[n] = append(s.names[n], id)
			s.bearer[id] = append(s.bearer[id], int32(n))
		}
	}
	s.weigh()
	s.selves = map[text.Script]func() []float64{}
	for script, m := range models() {
		s.selves[script] = sync.OnceValue(func() []float64 { return s.latinSelves(m) })
	}
	s.work.New = func() any {
		return &scratch{sums: make([]float32, len(s.list)), best: make([]float32, len(s.list))}
	}
	return s
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// weigh makes words that many bear count less.
func (s *Screen) weigh() {
	s.rare = make([]float32, len(s.units))
	n := math.Log(float64(len(s.list)) + 1)
	for i := range s.units {
		s.rare[i] = float32(1 - math.Log(float64(len(s.bearer[i])))/n)
	}
}

func (s *Screen) latinSelves(m *model) []float64 {
	out := make([]float64, len(s.units))
	for i, u := range s.units {
		if u.script == text.Latin {
			out[i] = m.latinSelf(u.letters)
		}
	}
	return out
}

// Match gives the n best names for a name, best first, one for each id.
func (s *Screen) Match(name string, n int) []Hit {
	q := s.query(name)
	if len(q.units) == 0 || n <= 0 {
		return nil
	}
	q.work = s.take(len(q.units))
	defer s.leave(q.work)
	var hits []Hit
	for _, c := range s.candidates(q) {
		score, aligned := s.align(q, int(c))
		if score > 0 {
			hits = append(hits, Hit{ID: s.list[c].ID, Name: s.list[c].Name, Score: score, Aligned: aligned})
		}
	}
	sort.SliceStable(hits, func(i, j int) bool { return hits[i].Score > hits[j].Score })
	return firstOfEach(hits, n)
}

// take gives memory for a query of n units, leave takes it back.
func (s *Screen) take(n int) *scratch {
	w := s.work.Get().(*scratch)
	for len(w.likes) < n {
		w.likes = append(w.likes, make([]float32, len(s.units)))
		w.asked = append(w.asked, nil)
	}
	return w
}

func (s *Screen) leave(w *scratch) {
	for i, asked := range w.asked {
		for _, u := range asked {
			w.likes[i][u] = 0
		}
		w.asked[i] = asked[:0]
	}
	s.work.Put(w)
}

func firstOfEach(hits []Hit, n int) []Hit {
	seen := map[string]bool{}
	out := hits[:0]
	for _, h := range hits {
		if !seen[h.ID] && len(out) < n {
			seen[h.ID] = true
			out = append(out, h)
		}
	}
	return out
}

// query is a name that is looked up.
type query struct {
	units  []unit
	judges []judge
	plain  int // units that are not joined

	work    *scratch
	tallies []uint64
	selves  [][]float64
}

func (s *Screen) query(name string) *query {
	q := &query{units: unitsOf(name)}
	q.plain = len(q.units)
	q.units = joins(q.units)
	for _, u := range q.units {
		q.judges = append(q.judges, newJudge(u))
		q.tallies = append(q.tallies, tally(u.letters))
		var selves []float64
		if of := s.selves[u.script]; of != nil {
			selves = of()
		}
		q.selves = append(q.selves, selves)
	}
	return q
}

func (q *query) like(s *Screen, i int, u int32) float64 {
	known := &q.work.likes[i][u]
	if *known == 0 {
		*known = 1 + float32(s.compare(q, i, u))
		q.work.asked[i] = append(q.work.asked[i], u)
	}
	return float64(*known - 1)
}

// slack is how many consonants the like of a word may have more or less.
const slack = 2

// compare judges a unit of the query beside a unit of the list.
func (s *Screen) compare(q *query, i int, u int32) float64 {
	j, other := &q.judges[i], &s.units[u]
	if a, b := q.tallies[i], s.tally[u]; a != b && apart(a, b) > slack && (j.written == nil || apart(a+1<<(8*slot('L')), b) > slack) {
		return 0
	}
	if j.reading != nil && other.script == text.Latin {
		return finite(j.latin(other.letters, s.words[u], j.unit.article, q.selves[i][u]))
	}
	return finite(j.like(*other))
}

// tries is how many names are compared word by word.
const tries = 24

// candidates gives the names that share likely words with the query, at most tries of them.
func (s *Screen) candidates(q *query) []int32 {
	w := q.work
	w.touched = w.touched[:0]
	for i := range q.units {
		w.now = w.now[:0]
		for _, c := range s.alike(q, i) {
			w.credit(s.bearer[c.unit], c.like*(0.3+s.rare[c.unit]))
		}
		w.settle()
	}
	return w.best24()
}

// credit notes for each name the best word so far.
func (w *scratch) credit(names []int32, v float32) {
	for _, n := range names {
		if w.best[n] == 0 {
			w.now = append(w.now, n)
		}
		w.best[n] = max(w.best[n], v)
	}
}

// settle adds the best of one word to the sums.
func (w *scratch) settle() {
	for _, n := range w.now {
		if w.sums[n] == 0 {
			w.touched = append(w.touched, n)
		}
		w.sums[n] += w.best[n]
		w.best[n] = 0
	}
}

// best24 gives the names with the highest sums, and clears them.
func (w *scratch) best24() []int32 {
	top := float32(0)
	for _, n := range w.touched {
		top = max(top, w.sums[n])
	}
	var out []int32
	for _, n := range w.touched {
		if w.sums[n] >= top*0.5 {
			out = append(out, n)
		}
	}
	slices.SortFunc(out, func(a, b int32) int {
		if w.sums[a] != w.sums[b] {
			if w.sums[a] > w.sums[b] {
				return -1
			}
			return 1
		}
		return int(a - b)
	})
	for _, n := range w.touched {
		w.sums[n] = 0
	}
	return out[:min(len(out), tries)]
}
