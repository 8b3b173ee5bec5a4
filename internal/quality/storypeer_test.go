package quality

import (
	"math"

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
