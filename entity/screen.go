package entity

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"
	"sync"

	"marsad/text"
)

// Screen looks names up in a list, whatever the script of either: the whole name, all of its words in any order. It may be used
// from many goroutines at once.
type Screen struct {
	list    []Alias
	names   [][]int32 // by name: its units, the joined ones after the plain ones
	plain   []int     // by name: how many of them are plain
	comma   []bool    // by name: written family name first, with a comma
	units   []unit
	people  int                // ids
	holders []int32            // by unit: ids that have a name with it
	blocks  map[string][]int32 // by skeleton: units
	spelled map[string][]int32 // by skeleton: the Latin units among them whose spellings in other scripts are known
	bearer  [][]int32          // by unit: names
	tally   []uint64           // by unit
	words   []uint64           // by unit: hash of its letters
	latin   tree
	selves  map[text.Script]func() []float64 // by script of a query: each node's own probability
	work    sync.Pool                        // *scratch
	kept    memory
}

// scratch is memory that a query needs and leaves as it found it: zero.
type scratch struct {
	sums, best []float32 // by name
	touched    []int32
	now        []int32
}

// Hit is a name of the list.
type Hit struct {
	ID      string
	Name    string
	Score   float64 // 0 to 1: see ProbableName
	Aligned bool    // every word of the shorter name has its like in the other, the family name among them
}

// NewScreen makes a list ready. Each alias is a name of its own; ids may repeat.
func NewScreen(list []Alias) *Screen {
	s := &Screen{list: list, names: make([][]int32, len(list)), plain: make([]int, len(list)), comma: make([]bool, len(list)), blocks: map[string][]int32{}, spelled: map[string][]int32{}}
	known := map[unit]int32{}
	for n, a := range list {
		units := unitsOf(a.Name)
		s.plain[n], s.comma[n] = len(units), strings.ContainsAny(a.Name, ",،")
		for _, u := range joins(units) {
			id, ok := known[u.bare()]
			if !ok {
				id = s.file(u.bare())
				known[u.bare()] = id
			}
			s.names[n] = append(s.names[n], id)
			s.bearer[id] = append(s.bearer[id], int32(n))
		}
	}
	s.latin.settle()
	s.count()
	s.selves = map[text.Script]func() []float64{}
	for script, m := range models() {
		s.selves[script] = sync.OnceValue(func() []float64 { return s.latin.selves(m) })
	}
	s.work.New = func() any {
		return &scratch{sums: make([]float32, len(s.list)), best: make([]float32, len(s.list))}
	}
	return s
}

// file notes a unit that is new.
func (s *Screen) file(u unit) int32 {
	id := int32(len(s.units))
	s.units = append(s.units, u)
	s.tally = append(s.tally, tally(u.letters))
	s.words = append(s.words, word(u.letters))
	s.bearer = append(s.bearer, nil)
	keys := skeletons(nil, u.letters)
	known := u.script != text.Latin || listedLatin(s.words[id])
	for i, k := range keys {
		if contains(keys[:i], k) {
			continue
		}
		s.blocks[k] = append(s.blocks[k], id)
		if known {
			s.spelled[k] = append(s.spelled[k], id)
		}
	}
	s.fileLatin(id)
	return id
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// count finds how many people bear each unit: an id counts once, however many names it has.
func (s *Screen) count() {
	number := map[string]int32{}
	ids := make([]int32, len(s.list))
	for n, a := range s.list {
		k, ok := number[a.ID]
		if !ok {
			k = int32(len(number))
			number[a.ID] = k
		}
		ids[n] = k
	}
	s.people = len(number)
	s.holders = make([]int32, len(s.units))
	for u, names := range s.bearer {
		last := int32(-1)
		for _, n := range names {
			if ids[n] != last { // the names of one id stand together
				s.holders[u]++
				last = ids[n]
			}
		}
	}
}

// Match gives the n best names for a name, best first, one for each id.
func (s *Screen) Match(name string, n int) []Hit {
	q := s.query(name)
	if len(q.units) == 0 || n <= 0 {
		return nil
	}
	var hits []Hit
	for _, c := range s.candidates(q) {
		odds, aligned := s.align(q, int(c))
		if odds > 0 {
			hits = append(hits, Hit{ID: s.list[c].ID, Name: s.list[c].Name, Score: score(odds, s.people), Aligned: aligned})
		}
	}
	sort.SliceStable(hits, func(i, j int) bool { return hits[i].Score > hits[j].Score })
	return firstOfEach(hits, n)
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
	units []unit
	plain int // units that are not joined
	comma bool
	alike [][]alike // by unit: the list's units that are like it, in order of unit
	worth []float64 // by unit: what its best like is worth

	judges []*judge // by unit, made when asked for
}

// judge gives the judge of a unit.
func (q *query) judge(i int) *judge {
	if q.judges == nil {
		q.judges = make([]*judge, len(q.units))
	}
	if q.judges[i] == nil {
		j := newJudge(q.units[i])
		q.judges[i] = &j
	}
	return q.judges[i]
}

func (s *Screen) query(name string) *query {
	q := &query{units: unitsOf(name), comma: strings.ContainsAny(name, ",،")}
	q.plain = len(q.units)
	q.units = joins(q.units)
	near := make([]float32, q.plain)
	for i, u := range q.units {
		if u.joined && u.from+1 < q.plain && near[u.from] >= well && near[u.from+1] >= well && !halves[q.units[u.from].letters] {
			q.alike, q.worth = append(q.alike, nil), append(q.worth, 0)
			continue // both parts are found: nobody writes them as one
		}
		found := s.alike(u)
		best := 0.0
		for _, a := range found {
			best = max(best, float64(a.worth))
			if i < q.plain {
				near[i] = max(near[i], a.like)
			}
		}
		q.alike, q.worth = append(q.alike, found), append(q.worth, best)
	}
	return q
}

// well is how alike a word must be for its like to be found without doubt.
const well = 0.9

// like gives what is known of a unit of the query beside a unit of the list.
func (q *query) like(i int, u int32) (alike, bool) {
	list := q.alike[i]
	lo, hi := 0, len(list)
	for lo < hi {
		if mid := (lo + hi) / 2; list[mid].unit < u {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(list) && list[lo].unit == u {
		return list[lo], true
	}
	return alike{}, false
}

// tries is how many names are compared word by word.
const tries = 24

// crowd is the share of names from which on a word brings nobody in by itself, where the query has a rarer one.
const crowd = 0.01

// candidates gives the names that share likely words with the query, at most tries of them.
func (s *Screen) candidates(q *query) []int32 {
	w := s.work.Get().(*scratch)
	defer s.work.Put(w)
	w.touched = w.touched[:0]
	order := make([]int, len(q.units))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return q.worth[order[a]] > q.worth[order[b]] })
	for _, i := range order {
		w.now = w.now[:0]
		common := q.worth[i] < -math.Log(crowd)
		few := common && len(w.touched) > 0
		for _, c := range q.alike[i] {
			if c.worth > 0 {
				w.credit(s.bearer[c.unit], c.worth, few)
			}
		}
		w.settle()
	}
	return w.likeliest(s)
}

// credit notes for each name the best word so far; with few, only for those that another word brought in.
func (w *scratch) credit(names []int32, v float32, few bool) {
	for _, n := range names {
		if few && w.sums[n] == 0 {
			continue
		}
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

// likeliest gives the names with the highest sums, less for those with more words, and clears them.
func (w *scratch) likeliest(s *Screen) []int32 {
	top := float32(0)
	for _, n := range w.touched {
		w.sums[n] = max(w.sums[n]-0.5*float32(s.plain[n]), 1e-3)
		top = max(top, w.sums[n])
	}
	var out []int32
	for _, n := range w.touched {
		if w.sums[n] >= top*0.5 {
			out = append(out, n)
		}
	}
	slices.SortFunc(out, func(a, b int32) int {
		if c := cmp.Compare(w.sums[b], w.sums[a]); c != 0 {
			return c
		}
		return cmp.Compare(a, b)
	})
	for _, n := range w.touched {
		w.sums[n] = 0
	}
	return out[:min(len(out), tries)]
}
