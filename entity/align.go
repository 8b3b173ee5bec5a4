package entity

import "sort"

// pairing is a unit of the query beside a unit of a name.
type pairing struct {
	q, n int // indices of units
	like float64
}

// align compares the query with a name of the list word by word: likely pairs first, each word once, joined words instead of
// their parts.
func (s *Screen) align(q *query, name int) (score float64, aligned bool) {
	units := s.names[name]
	plain := plainOf(s, units)
	var pairs []pairing
	for i := range q.units {
		for k, id := range units {
			if q.units[i].joined && s.units[id].joined {
				continue
			}
			if v := q.like(s, i, id); v > 0.15 {
				pairs = append(pairs, pairing{i, k, v})
			}
		}
	}
	sort.SliceStable(pairs, func(i, j int) bool { return s.gain(q, units, pairs[i]) > s.gain(q, units, pairs[j]) })
	qWeight, nWeight := weights(q.plain, func(i int) float64 { return s.queryRarity(q, i, units) }), weights(plain, func(k int) float64 { return float64(s.rare[units[k]]) })
	return total(q, units, plain, pairs, qWeight, nWeight, s)
}

func plainOf(s *Screen, units []int32) int {
	n := 0
	for _, id := range units {
		if !s.units[id].joined {
			n++
		}
	}
	return n
}

// gain orders the pairs: a joined word stands for two.
func (s *Screen) gain(q *query, units []int32, p pairing) float64 {
	if q.units[p.q].joined || s.units[units[p.n]].joined {
		return p.like * 1.05
	}
	return p.like
}

// queryRarity is the rarity of the likest word of the name.
func (s *Screen) queryRarity(q *query, i int, units []int32) float64 {
	best, rare := 0.0, 0.7
	for _, id := range units {
		if v := q.like(s, i, id); v > best {
			best, rare = v, float64(s.rare[id])
		}
	}
	if best < 0.3 {
		return 0.7
	}
	return rare
}

// weights gives each word its share: rare words more, the last one more.
func weights(n int, rarity func(int) float64) []float64 {
	w := make([]float64, n)
	for i := range w {
		w[i] = 0.5 + rarity(i)
		if i == n-1 {
			w[i] *= 1.2
		}
	}
	return w
}

func total(q *query, units []int32, plain int, pairs []pairing, qw, nw []float64, s *Screen) (float64, bool) {
	usedQ, usedN := make([]bool, q.plain), make([]bool, plain)
	sum, all := 0.0, 0.0
	for _, w := range qw {
		all += w
	}
	for _, w := range nw {
		all += w
	}
	for _, p := range pairs {
		qf, qt := q.units[p.q].from, q.units[p.q].to
		nf, nt := p.n, p.n+1
		if p.n >= plain { // joined units stand after the plain ones, in order of their first
			nf, nt = s.joinedAt(units, plain, p.n)
		}
		if anyUsed(usedQ, qf, qt) || anyUsed(usedN, nf, nt) {
			continue
		}
		for i := qf; i < qt; i++ {
			usedQ[i] = true
			sum += p.like * qw[i]
		}
		for i := nf; i < nt; i++ {
			usedN[i] = true
			sum += p.like * nw[i]
		}
	}
	return sum / all * doubt(usedQ, usedN), complete(usedQ, usedN)
}

// doubt is a factor for what one word in common, or words on both sides that the other lacks, leave open: there are many who bear
// one name.
func doubt(q, n []bool) float64 {
	f := 1.0
	leftQ, leftN := left(q), left(n)
	if max(len(q), len(n)) > 1 && len(q)-leftQ == 1 && len(n)-leftN == 1 {
		f *= 0.65
	}
	if leftQ > 0 && leftN > 0 {
		f *= 0.7
	}
	return f
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
