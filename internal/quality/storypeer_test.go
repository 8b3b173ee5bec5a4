package quality

import (
	"math"
	"slices"
	"testing"

	"marsad/lang/pack"
	"marsad/sketch"
	"marsad/text"
)

// tfidf is the cosine of word counts weighted by their rarity in the whole corpus, which a stream would not know yet: in the peer's
// favour.
func tfidf(items []toldItem) func(i, j int) float64 {
	type entry struct {
		word int
		v    float64
	}
	number := map[string]int{}
	var df []float64
	vectors := make([][]entry, len(items))
	for i, it := range items {
		counts := map[string]float64{}
		for k, t := range it.input.Doc.Tokens {
			w := t.Norm
			if t.Kind == text.Ideo && k+1 < len(it.input.Doc.Tokens) {
				w += it.input.Doc.Tokens[k+1].Norm
			}
			if t.Kind != text.Mark {
				counts[w]++
			}
		}
		for w, n := range counts {
			if _, ok := number[w]; !ok {
				number[w] = len(df)
				df = append(df, 0)
			}
			df[number[w]]++
			vectors[i] = append(vectors[i], entry{number[w], 1 + math.Log(n)})
		}
		slices.SortFunc(vectors[i], func(a, b entry) int { return a.word - b.word })
	}
	for _, v := range vectors {
		var norm float64
		for k := range v {
			v[k].v *= math.Log(float64(len(items)) / df[v[k].word])
			norm += v[k].v * v[k].v
		}
		for k := range v {
			v[k].v /= math.Sqrt(norm)
		}
	}
	return func(i, j int) (dot float64) {
		a, b := vectors[i], vectors[j]
		for len(a) > 0 && len(b) > 0 {
			switch {
			case a[0].word < b[0].word:
				a = a[1:]
			case a[0].word > b[0].word:
				b = b[1:]
			default:
				dot += a[0].v * b[0].v
				a, b = a[1:], b[1:]
			}
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
