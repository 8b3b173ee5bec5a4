package quality

import (
	"math"
	"testing"

	"marsad/lang/pack"
	"marsad/sketch"
	"marsad/text"
)

// tfidf is the cosine of word counts weighted by their rarity in the whole corpus, which a stream would not know yet: in the peer's
// favour.
func tfidf(items []toldItem) func(i, j int) float64 {
	df := map[string]float64{}
	counts := make([]map[string]float64, len(items))
	for i, it := range items {
		counts[i] = map[string]float64{}
		for k, t := range it.input.Doc.Tokens {
			w := t.Norm
			if t.Kind == text.Ideo && k+1 < len(it.input.Doc.Tokens) {
				w += it.input.Doc.Tokens[k+1].Norm
			}
			if t.Kind != text.Mark {
				counts[i][w]++
			}
		}
		for w := range counts[i] {
			df[w]++
		}
	}
	for _, c := range counts {
		var norm float64
		for w, n := range c {
			c[w] = (1 + math.Log(n)) * math.Log(float64(len(items))/df[w])
			norm += c[w] * c[w]
		}
		for w := range c {
			c[w] /= math.Sqrt(norm)
		}
	}
	return func(i, j int) (dot float64) {
		for w, v := range counts[i] {
			dot += v * counts[j][w]
		}
		return dot
	}
}

// storyPeers are single-pass clusterers with one threshold: each article joins the story of its nearest predecessor, or opens one.
var storyPeers = []func(items []toldItem) func(i, j int) float64{tfidf, titles, minhash}

// titles is the Jaccard resemblance of headlines.
func titles(items []toldItem) func(i, j int) float64 {
	sets := make([]map[string]bool, len(items))
	for i, it := range items {
		sets[i] = map[string]bool{}
		for _, t := range text.Analyze(it.input.Article.Headline, pack.For(it.item.Outlet.Lang)).Tokens {
			if t.Kind != text.Mark {
				sets[i][t.Norm] = true
			}
		}
	}
	return func(i, j int) float64 {
		both := 0
		for w := range sets[i] {
			if sets[j][w] {
				both++
			}
		}
		return quotient(float64(both), float64(len(sets[i])+len(sets[j])-both))
	}
}

// minhash is the resemblance of whole texts.
func minhash(items []toldItem) func(i, j int) float64 {
	signs := make([]sketch.Signature, len(items))
	for i, it := range items {
		signs[i], _ = sketch.MinHash(sketch.Shingles(nil, it.input.Doc))
	}
	return func(i, j int) float64 { return signs[i].Resemblance(&signs[j]) }
}

// bestPeer gives the best F1 of any peer at any threshold, within and across languages: the threshold is chosen on the very data,
// in the peers' favour. Every peer's own is logged.
func bestPeer(t *testing.T, items []toldItem, use func(i int) bool) (within, across float64) {
	for p, like := range storyPeers {
		f := like(items)
		near := make([][]float64, len(items))
		for i := range items {
			for j := range i {
				near[i] = append(near[i], f(i, j))
			}
		}
		var w, a float64
		for at := .05; at < .95; at += .05 {
			in, over := grouping(items, singlePass(near, at), use)
			w, a = max(w, in.f), max(a, over.f)
		}
		t.Logf("  peer %s: within %.3f across %.3f", [...]string{"tf-idf", "title", "minhash"}[p], w, a)
		within, across = max(within, w), max(across, a)
	}
	return within, across
}

func singlePass(near [][]float64, at float64) []int {
	out := make([]int, len(near))
	for i, row := range near {
		out[i] = i
		best := at
		for j, s := range row {
			if s >= best {
				best, out[i] = s, out[j]
			}
		}
	}
	return out
}
