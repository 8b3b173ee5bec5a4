package main

import (
	"fmt"
	"math"
	"os"
	"sort"
	"strconv"
	"strings"

	"marsad/entity"
)

// pair is a name in a script and in Latin letters, both in the form that the model reads.
type pair struct {
	s      []rune
	l      string
	weight float64
	count  int
}

func read(path string) ([]pair, error) {
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var pairs []pair
	for n, row := range strings.Split(strings.TrimSpace(string(body)), "\n") {
		col := strings.Split(row, "\t")
		if len(col) != 3 {
			return nil, fmt.Errorf("%s:%d: %q", path, n+1, row)
		}
		count, err := strconv.Atoi(col[2])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n+1, err)
		}
		// Frequent names say more, but not in proportion: their spelling is one fact.
		p := pair{s: entity.Letters(strings.ReplaceAll(col[1], " ", "")), l: entity.LatinLetters(col[0]), weight: 1 + math.Log(float64(count)), count: count}
		if len(p.s) > 0 && len(p.l) > 0 && len(p.s) <= 24 && len(p.l) <= 24 {
			pairs = append(pairs, p)
		}
	}
	return pairs, nil
}

// learner holds the probabilities of chunks and their expected counts.
type learner struct {
	maxS, maxL int
	prob       map[chunk]float64
	count      map[chunk]float64
}

// chance is the agreement below which a pair of the data is taken for a mistake in it: some pair one person's two names.
const chance = 0.2

type chunk struct{ s, l string }

// learn runs EM over the pairs, drops those that the first model finds no better than chance, and runs it again on the rest.
func learn(pairs []pair, maxS, maxL, keep, rounds int) []entity.Chunk {
	m := &learner{maxS: maxS, maxL: maxL}
	m.fit(pairs, rounds)
	agree := entity.Model(m.chunks())
	var good []pair
	for _, p := range pairs {
		if agree(p.s, p.l) > chance {
			good = append(good, p)
		}
	}
	fmt.Printf("  %d of %d pairs agree\n", len(good), len(pairs))
	m.prob = nil
	m.fit(good, rounds)
	m.prune(keep)
	for range 3 {
		m.round(good)
		m.prune(keep)
	}
	return m.chunks()
}

func (m *learner) fit(pairs []pair, rounds int) {
	for r := 0; r < rounds; r++ {
		m.round(pairs)
	}
}

// round is one step of EM. The first one has no probabilities yet and favours small chunks.
func (m *learner) round(pairs []pair) {
	m.count = map[chunk]float64{}
	for _, p := range pairs {
		m.expect(p)
	}
	total := 0.0
	for _, c := range m.count {
		total += c
	}
	m.prob = make(map[chunk]float64, len(m.count))
	for k, c := range m.count {
		if c > 0.1 { // what was hardly seen teaches nothing
			m.prob[k] = c / total
		}
	}
}

func (m *learner) p(s, l string) float64 {
	if m.prob == nil {
		return math.Pow(0.05, float64(len([]rune(s))+len(l)))
	}
	return m.prob[chunk{s, l}]
}

// lattice gives the forward sums: at [i][j], of all ways to have read i letters and j Latin letters.
func (m *learner) lattice(p pair, back bool) [][]float64 {
	n, k := len(p.s), len(p.l)
	f := make([][]float64, n+1)
	for i := range f {
		f[i] = make([]float64, k+1)
	}
	if back {
		f[n][k] = 1
		for i := n; i >= 0; i-- {
			for j := k; j >= 0; j-- {
				m.arcs(p, i, j, func(ni, nj int, pr float64) { f[i][j] += pr * f[ni][nj] })
			}
		}
		return f
	}
	f[0][0] = 1
	for i := 0; i <= n; i++ {
		for j := 0; j <= k; j++ {
			if f[i][j] > 0 {
				m.arcs(p, i, j, func(ni, nj int, pr float64) { f[ni][nj] += f[i][j] * pr })
			}
		}
	}
	return f
}

// arcs visits the chunks that can follow (i, j).
func (m *learner) arcs(p pair, i, j int, visit func(ni, nj int, pr float64)) {
	for a := 1; a <= m.maxS && i+a <= len(p.s); a++ {
		s := string(p.s[i : i+a])
		for b := 0; b <= m.maxL && j+b <= len(p.l); b++ {
			if pr := m.p(s, p.l[j:j+b]); pr > 0 {
				visit(i+a, j+b, pr)
			}
		}
	}
}

func (m *learner) expect(p pair) {
	f, b := m.lattice(p, false), m.lattice(p, true)
	total := f[len(p.s)][len(p.l)]
	if total <= 0 {
		return
	}
	for i := 0; i <= len(p.s); i++ {
		for j := 0; j <= len(p.l); j++ {
			if f[i][j] == 0 {
				continue
			}
			m.arcs(p, i, j, func(ni, nj int, pr float64) {
				if e := f[i][j] * pr * b[ni][nj] / total * p.weight; e > 1e-6 {
					m.count[chunk{string(p.s[i:ni]), p.l[j:nj]}] += e
				}
			})
		}
	}
}

// prune keeps the likeliest chunks, and every single letter's likeliest ones.
func (m *learner) prune(keep int) {
	all := m.chunks()
	m.prob = make(map[chunk]float64, keep)
	perLetter := map[string]int{}
	for i, c := range all {
		if i < keep || len([]rune(c.S)) == 1 && perLetter[c.S] < 4 {
			m.prob[chunk{c.S, c.L}] = c.P
			perLetter[c.S]++
		}
	}
}

// chunks gives the model, the likeliest first.
func (m *learner) chunks() []entity.Chunk {
	out := make([]entity.Chunk, 0, len(m.prob))
	for c, p := range m.prob {
		out = append(out, entity.Chunk{S: c.s, L: c.l, P: p})
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].P != out[j].P {
			return out[i].P > out[j].P
		}
		return out[i].S+out[i].L < out[j].S+out[j].L
	})
	return out
}
