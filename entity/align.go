package entity

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"marsad/text"
)

// pairing is a unit of the query beside a unit of a name, and the words that both cover.
type pairing struct {
	qFrom, qTo int
	nFrom, nTo int
	worth      float64
}

// align compares the query with a name of the list word by word: the pairs that are worth most first, each word once, joined words
// instead of their parts. It gives the odds, and whether each word of the shorter name has its like and a last one has.
func (s *Screen) align(q *query, name int) (odds float64, aligned bool) {
	pairs := s.pairings(q, name)
	sort.SliceStable(pairs, func(i, j int) bool { return pairs[i].worth > pairs[j].worth })
	usedQ, usedN := make([]bool, q.plain), make([]bool, s.plain[name])
	var taken []pairing
	for _, p := range pairs {
		if anyUsed(usedQ, p.qFrom, p.qTo) || anyUsed(usedN, p.nFrom, p.nTo) {
			continue
		}
		use(usedQ, p.qFrom, p.qTo)
		use(usedN, p.nFrom, p.nTo)
		taken = append(taken, p)
		odds += p.worth
	}
	leftQ, leftN := left(usedQ), left(usedN)
	var faint []float64
	if leftQ > 0 && leftN > 0 && odds > promising {
		faint = s.faint(q, name, usedQ, usedN)
	}
	odds -= leftover(leftQ, leftN, faint) + ends(usedQ) + ends(usedN)
	if !q.comma && !s.comma[name] {
		odds -= disorder(places(taken), leftQ == 0 && leftN == 0)
	}
	return odds, complete(usedQ, usedN)
}

// promising are the odds from which it is worth asking how far words agree that are not alike.
const promising = 5

// faint pairs the words that found no like, and gives how far they agree, at most as many as one of the names has left.
func (s *Screen) faint(q *query, name int, usedQ, usedN []bool) []float64 {
	var all []float64
	for i := range usedQ {
		if usedQ[i] {
			continue
		}
		best := math.Inf(-1)
		for k := range usedN {
			if !usedN[k] {
				best = max(best, s.agree(q, i, s.names[name][k]))
			}
		}
		if best > apartAt {
			all = append(all, best)
		}
	}
	slices.SortFunc(all, func(a, b float64) int { return cmp.Compare(b, a) })
	return all[:min(len(all), left(usedQ), left(usedN))]
}

// agree gives the model's agreement of a word that is asked for with a Latin word of the list; -1 where it has nothing to say.
func (s *Screen) agree(q *query, i int, u int32) float64 {
	j, other := q.judge(i), &s.units[u]
	if j.reading == nil || other.script != text.Latin || len(other.letters) > deepest || j.reading.n > 40 {
		return -1
	}
	return finite(j.reading.agreement(other.letters, j.reading.m.latinSelf(other.letters)))
}

// pairings gives the pairs of units that are alike. Of two joined units one is enough: their parts are alike too.
func (s *Screen) pairings(q *query, name int) []pairing {
	units, plain := s.names[name], s.plain[name]
	var pairs []pairing
	for i := range q.units {
		for k, id := range units {
			a, ok := q.like(i, id)
			if !ok || a.worth <= 0 || k >= plain && q.units[i].joined {
				continue
			}
			from, to := k, k+1
			if k >= plain {
				from, to = s.joinedAt(units, plain, k)
			}
			pairs = append(pairs, pairing{q.units[i].from, q.units[i].to, from, to, float64(a.worth)})
		}
	}
	return pairs
}

// places gives where in the list's name the matched words stand, in the order of the query.
func places(taken []pairing) []int {
	sort.Slice(taken, func(i, j int) bool { return taken[i].qFrom < taken[j].qFrom })
	at := make([]int, len(taken))
	for i, p := range taken {
		at[i] = p.nFrom
	}
	return at
}

func use(used []bool, from, to int) {
	for i := from; i < to && i < len(used); i++ {
		used[i] = true
	}
}

func left(used []bool) int {
	n := 0
	for _, u := range used {
		if !u {
			n++
		}
	}
	return n
}

func anyUsed(used []bool, from, to int) bool {
	for i := from; i < to && i < len(used); i++ {
		if used[i] {
			return true
		}
	}
	return false
}

// joinedAt gives the words that a joined unit of a name covers. They stand after the plain ones, in order, for the pairs
// that joins joined.
func (s *Screen) joinedAt(units []int32, plain, k int) (from, to int) {
	for from = range plain - 1 {
		a, b := s.units[units[from]], s.units[units[from+1]]
		if a.script == b.script && (short(a) || short(b)) {
			if k--; k < plain {
				return from, from + 2
			}
		}
	}
	return plain - 1, plain
}

// complete tells whether all words of the shorter name found their like, and a last one is among them.
func complete(q, n []bool) bool {
	if len(q) > len(n) {
		q, n = n, q
	}
	for _, used := range q {
		if !used {
			return false
		}
	}
	return len(q) > 0 && (q[len(q)-1] && n[len(n)-1] || len(q) == len(n) || n[len(n)-1])
}
