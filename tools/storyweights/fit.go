package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// given are weights that are not learnt but taken as they are: of pairs that the 12th and the 13th of a kind tell apart the corpus has
// too few, and of happenings on one theme that lie days apart; a desk has many.
var given = map[string]float64{"ordinals-clash": -14, "gap": -.4}

// sign is what a weight may be: a likeness speaks for, a difference against.
func sign(name string) int {
	if strings.HasSuffix(name, "clash") || slices.Contains([]string{"form", "gap", "apart", "delay"}, name) {
		return -1
	}
	return 1
}

// fitted is a logistic model.
type fitted struct {
	bias    float64
	weights []float64
}

// fit finds the weights of least loss with a ridge, each of its sign, by gradient descent on standardized features (Adam).
func fit(rs []row, names []string, ridge float64) fitted {
	signs := make([]int, len(names))
	for i, name := range names {
		signs[i] = sign(name)
	}
	const (
		rounds = 600
		rate   = .05
	)
	n := len(signs)
	mean, dev := moments(rs, n)
	w := make([]float64, n+1)
	fix(w, dev, names)
	m, v := make([]float64, n+1), make([]float64, n+1)
	for round := 1; round <= rounds; round++ {
		g := gradient(rs, w, mean, dev, ridge)
		for i := range w {
			m[i] = .9*m[i] + .1*g[i]
			v[i] = .999*v[i] + .001*g[i]*g[i]
			w[i] -= rate * m[i] / (1 - math.Pow(.9, float64(round))) / (math.Sqrt(v[i]/(1-math.Pow(.999, float64(round)))) + 1e-9)
			if i < n && w[i]*float64(signs[i]) < 0 {
				w[i] = 0
			}
		}
		fix(w, dev, names)
	}
	f := fitted{bias: w[n], weights: make([]float64, n)}
	for i := range n {
		f.weights[i] = w[i] / dev[i]
		f.bias -= w[i] * mean[i] / dev[i]
	}
	return f
}

// fix sets the weights that are given.
func fix(w, dev []float64, names []string) {
	for i, name := range names {
		if v, ok := given[name]; ok {
			w[i] = v * dev[i]
		}
	}
}

func moments(rs []row, n int) (mean, dev []float64) {
	mean, dev = make([]float64, n), make([]float64, n)
	var sum float64
	for _, r := range rs {
		sum += r.weight
		for i, x := range r.x {
			mean[i] += r.weight * x
			dev[i] += r.weight * x * x
		}
	}
	for i := range n {
		mean[i] /= sum
		dev[i] = math.Sqrt(max(dev[i]/sum-mean[i]*mean[i], 1e-4))
	}
	return mean, dev
}

func gradient(rs []row, w, mean, dev []float64, ridge float64) []float64 {
	n := len(mean)
	g := make([]float64, n+1)
	var sum float64
	for _, r := range rs {
		z := w[n]
		for i, x := range r.x {
			z += w[i] * (x - mean[i]) / dev[i]
		}
		d := 1 / (1 + math.Exp(-z))
		if r.yes {
			d--
		}
		sum += r.weight
		for i, x := range r.x {
			g[i] += r.weight * d * (x - mean[i]) / dev[i]
		}
		g[n] += r.weight * d
	}
	for i := range g {
		g[i] /= sum
		if i < n {
			g[i] += ridge * w[i]
		}
	}
	return g
}

func write(out io.Writer, name string, f fitted) {
	fmt.Fprintf(out, "\t%s = model{%.3f, []float64{", name, f.bias)
	for i, w := range f.weights {
		if i > 0 {
			fmt.Fprint(out, ", ")
		}
		fmt.Fprintf(out, "%.3f", w)
	}
	fmt.Fprint(out, "}}\n")
}
