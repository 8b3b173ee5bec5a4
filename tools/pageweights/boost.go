package main

import (
	"math"
	"math/rand"
	"sort"
	"sync"

	"marsad/page"
)

// table is training data by column: every feature cut into at most 64 bins at its quantiles.
type table struct {
	bins    [][]uint8   // by feature, by row
	edges   [][]float32 // by feature: a row's bin is the number of edges at or under its value
	labels  []float32
	weights []float32
}

const maxBins = 64

// tabulate makes a table of rows.
func tabulate(rows [][]float32, labels, weights []float32) *table {
	n := len(rows[0])
	t := &table{bins: make([][]uint8, n), edges: make([][]float32, n), labels: labels, weights: weights}
	each(n, func(f int) {
		t.edges[f] = edgesOf(rows, f)
		col := make([]uint8, len(rows))
		for i, r := range rows {
			col[i] = uint8(sort.Search(len(t.edges[f]), func(k int) bool { return t.edges[f][k] > r[f] }))
		}
		t.bins[f] = col
	})
	return t
}

func edgesOf(rows [][]float32, f int) []float32 {
	vals := make([]float32, 0, 20000)
	step := max(1, len(rows)/20000)
	for i := 0; i < len(rows); i += step {
		vals = append(vals, rows[i][f])
	}
	sort.Slice(vals, func(i, j int) bool { return vals[i] < vals[j] })
	var edges []float32
	for k := 1; k < maxBins; k++ {
		v := vals[k*len(vals)/maxBins]
		if v > vals[0] && (len(edges) == 0 || v > edges[len(edges)-1]) {
			edges = append(edges, v)
		}
	}
	if top := vals[len(vals)-1]; len(edges) == 0 && top > vals[0] {
		edges = append(edges, top)
	}
	return edges
}

// each runs f for 0 to n-1 on both cores.
func each(n int, f func(int)) {
	var wg sync.WaitGroup
	for w := 0; w < 2; w++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := w; i < n; i += 2 {
				f(i)
			}
		}()
	}
	wg.Wait()
}

// settings of the training.
type settings struct {
	trees   int
	rate    float64
	lambda  float64 // of the leaves
	least   float64 // weight of the smallest leaf
	rows    float64 // share of the rows that a tree sees
	columns float64 // share of the features that a tree sees
}

const depth = 5

// boost trains trees by gradient boosting with the logistic loss.
func boost(t *table, s settings, rng *rand.Rand) []page.Tree {
	n := len(t.labels)
	sum := make([]float64, n)
	grad, hess := make([]float64, n), make([]float64, n)
	node := make([]int16, n)
	var out []page.Tree
	for k := 0; k < s.trees; k++ {
		for i := range grad {
			p := 1 / (1 + math.Exp(-sum[i]))
			w := float64(t.weights[i])
			grad[i], hess[i] = w*(p-float64(t.labels[i])), w*p*(1-p)
			node[i] = 0
			if rng.Float64() > s.rows {
				grad[i], hess[i] = 0, 0
			}
		}
		tree := grow(t, s, rng, grad, hess, node)
		for i := range sum {
			sum[i] += float64(tree.Leaf[node[i]-(1<<depth-1)])
		}
		out = append(out, tree)
	}
	return out
}

type split struct {
	gain    float64
	feature int
	bin     int // rows under it go left
}

// grow makes one tree; node ends as each row's leaf.
func grow(t *table, s settings, rng *rand.Rand, grad, hess []float64, node []int16) page.Tree {
	var tree page.Tree
	use := make([]bool, len(t.bins))
	for f := range use {
		use[f] = len(t.edges[f]) > 0 && rng.Float64() < s.columns
	}
	for d := 0; d < depth; d++ {
		from, width := 1<<d-1, 1<<d
		best := make([][]split, len(t.bins))
		each(len(t.bins), func(f int) {
			if use[f] {
				best[f] = splitsOf(t, s, f, from, width, grad, hess, node)
			}
		})
		for k := 0; k < width; k++ {
			b := split{gain: 1e-6}
			for f := range best {
				if best[f] != nil && best[f][k].gain > b.gain {
					b = best[f][k]
				}
			}
			tree.Threshold[from+k] = float32(math.Inf(1)) // everything goes left
			if b.gain > 1e-6 {
				tree.Feature[from+k], tree.Threshold[from+k] = uint8(b.feature), t.edges[b.feature][b.bin-1]
			}
			bin := uint8(255)
			if b.gain > 1e-6 {
				bin = uint8(b.bin)
			}
			pass(t.bins[b.feature], node, int16(from+k), bin)
		}
	}
	var g, h [1 << depth]float64
	for i, k := range node {
		k -= 1<<depth - 1
		g[k] += grad[i]
		h[k] += hess[i]
	}
	for k := range g {
		tree.Leaf[k] = float32(-s.rate * g[k] / (h[k] + s.lambda))
	}
	return tree
}

func pass(col []uint8, node []int16, from int16, bin uint8) {
	for i, k := range node {
		if k == from {
			if col[i] < bin {
				node[i] = 2*k + 1
			} else {
				node[i] = 2*k + 2
			}
		}
	}
}

// splitsOf finds the best split on a feature for every node of a level.
func splitsOf(t *table, s settings, f, from, width int, grad, hess []float64, node []int16) []split {
	g, h := make([]float64, width*maxBins), make([]float64, width*maxBins)
	col := t.bins[f]
	for i, b := range col {
		k := (int(node[i])-from)*maxBins + int(b)
		g[k] += grad[i]
		h[k] += hess[i]
	}
	out := make([]split, width)
	for k := range out {
		gs, hs := g[k*maxBins:(k+1)*maxBins], h[k*maxBins:(k+1)*maxBins]
		var G, H float64
		for b := range gs {
			G += gs[b]
			H += hs[b]
		}
		whole := G * G / (H + s.lambda)
		var gl, hl float64
		for b := 1; b <= len(t.edges[f]); b++ {
			gl += gs[b-1]
			hl += hs[b-1]
			if hl < s.least || H-hl < s.least {
				continue
			}
			if gain := gl*gl/(hl+s.lambda) + (G-gl)*(G-gl)/(H-hl+s.lambda) - whole; gain > out[k].gain {
				out[k] = split{gain, f, b}
			}
		}
	}
	return out
}
