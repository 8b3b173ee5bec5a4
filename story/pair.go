package story

import "math"

// The named features of a pair of articles, each between 0 and 1 but for the gap.
const (
	xTerms   = iota // cosine of the telling words
	xNames          // cosine of the names
	xPlaces         // of the places
	xDays           // of the days that the texts speak of
	xNumbers        // of the figures
	xTitle          // how much of each headline the other text holds
	xGap            // days between the two
	xApart          // days between the happenings as the texts date them, up to 7
	xOrder          // how much of what is shared stands in the same order; across languages alone
	features
)

// FeatureNames names the features of the pairwise model, in the order of its weights.
var FeatureNames = [features]string{"terms", "names", "places", "days", "numbers", "title", "gap", "apart", "order"}

// vector is a pair's features.
type vector [features]float64

// compare measures a pair. The weights of b's features are those of today.
func (w *Window) compare(a *reading, b *article) (x vector) {
	var dot, na, nb [kinds]float64
	var headA, headB, inB, inA float64
	ka, kb := a.keys, b.keys
	i, j := 0, 0
	for i < len(ka) || j < len(kb) {
		switch {
		case j == len(kb) || i < len(ka) && ka[i] < kb[j]:
			v := float64(a.weights[i])
			na[kindOf(ka[i])] += v * v
			headA += v * headed(a.marks[i])
			i++
		case i == len(ka) || ka[i] > kb[j]:
			v := w.weight(b, j)
			nb[kindOf(kb[j])] += v * v
			headB += v * headed(b.marks[j])
			j++
		default:
			k, va, vb := kindOf(ka[i]), float64(a.weights[i]), w.weight(b, j)
			na[k] += va * va
			nb[k] += vb * vb
			dot[k] += va * vb
			headA += va * headed(a.marks[i])
			headB += vb * headed(b.marks[j])
			inB += va * headed(a.marks[i])
			inA += vb * headed(b.marks[j])
			i++
			j++
		}
	}
	for k, f := range [kinds]int{term: xTerms, name: xNames, place: xPlaces, day: xDays, number: xNumbers} {
		if dot[k] > 0 {
			x[f] = dot[k] / math.Sqrt(na[k]*nb[k])
		}
	}
	if headA > 0 && headB > 0 {
		x[xTitle] = (inB/headA + inA/headB) / 2
	}
	x[xGap] = math.Abs(float64(a.told-b.told)) / 86400
	x[xApart] = min(7, math.Abs(float64(a.day-b.day)))
	if a.lang != b.lang && dot[name]+dot[place]+dot[day]+dot[number] > 0 {
		x[xOrder], _ = w.aligned(a, b)
	}
	return x
}

// Until so many texts were counted, weights are looked up anew for every comparison; from then on they are settled when an article
// is added.
const settledAt = 20_000

const (
	tfScale     = 16
	weightScale = 230 // a mark is the root of the weight times this, which is finer for small weights
)

// weight is how much article a speaks of its i-th feature, by its frequency.
func (w *Window) weight(a *article, i int) float64 {
	m := float64(a.marks[i] & 127)
	if a.settled {
		return m * m / weightScale
	}
	return m / tfScale * float64(w.freq.idf(a.lang, a.keys[i]))
}

// settle fixes the weights of an article once the frequencies are known well enough.
func (w *Window) settle(a *article, r *reading) {
	if w.freq.texts() < settledAt {
		return
	}
	a.settled = true
	for i, v := range r.weights {
		a.marks[i] = a.marks[i]&128 | uint8(min(127, math.Sqrt(float64(v)*weightScale)))
	}
}

func headed(mark uint8) float64 { return float64(mark >> 7) }

// belief is the probability that a pair tells one happening.
func belief(x vector, sameLang bool) float64 {
	m := &across
	if sameLang {
		m = &within
	}
	z := m.bias
	for i, v := range x {
		z += m.weights[i] * v
	}
	return 1 / (1 + math.Exp(-z))
}

// model is a logistic model of a pair.
type model struct {
	bias    float64
	weights vector
}
