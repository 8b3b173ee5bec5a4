package story

import (
	"math"

	"marsad/news"
)

// translatedAt is the belief from which on a text is called a translation; asked is how many members of the story are compared.
const (
	translatedAt = .5
	asked        = 48
)

// TranslationFeatureNames names the features of the translation model, in the order of its weights.
var TranslationFeatureNames = [5]string{"order-of-more", "order-of-less", "paragraphs", "quotations", "length"}

// translations finds the texts of other languages in the story that say the same in the same order. At most one on either side is
// linked: the best.
func (w *Window) translations(r *reading, home *cluster, linked map[int64]bool) []news.Link {
	var best *article
	var score float64
	for i, n := 0, 0; i < len(home.members) && n < asked; i++ {
		o := w.art(home.members[len(home.members)-1-i])
		if o.lang == r.lang || o.origin != 0 || linked[o.id] {
			continue
		}
		n++
		if p := w.translated(r, o); p > score {
			best, score = o, p
		}
	}
	if best == nil || score < translatedAt {
		return nil
	}
	more, less := w.aligned(r, best)
	l := news.Link{Article: r.id, Other: best.id, Kind: news.Translation, Score: score, Evidence: []news.Reason{
		{Kind: "same-order", Words: w.inCommon(r, best), Value: more}, {Kind: "same-order-less", Value: less},
	}}
	l.Direction, l.Evidence = w.direction(r, best, l.Kind, l.Evidence)
	return []news.Link{l}
}

// translated is the belief that one of two texts translates the other.
func (w *Window) translated(r *reading, o *article) float64 {
	x := w.translation(r, o)
	z := translates.bias
	for i, v := range x {
		z += translates.weights[i] * v
	}
	return 1 / (1 + math.Exp(-z))
}

// translation measures a pair of texts in two languages.
func (w *Window) translation(r *reading, o *article) (x [5]float64) {
	x[0], x[1] = w.aligned(r, o)
	x[2] = ratio(int(r.paras), int(o.paras))
	x[3] = ratio(int(r.quote)+1, int(o.quote)+1)
	x[4] = ratio(int(r.length), int(o.length))
	return x
}

// ratio is the smaller over the larger, 0 where one is nothing.
func ratio(a, b int) float64 {
	if a <= 0 || b <= 0 {
		return 0
	}
	return float64(min(a, b)) / float64(max(a, b))
}

// inCommon gives the words of names, days and figures that both texts hold.
func (w *Window) inCommon(r *reading, o *article) (words []string) {
	have := map[uint32]bool{}
	for _, k := range o.order() {
		have[o.keys[k]] = true
	}
	said := map[string]bool{}
	for _, k := range r.order() {
		if s := r.words[r.keys[k]]; have[r.keys[k]] && s != "" && !said[s] && len(words) < 8 {
			said[s] = true
			words = append(words, s)
		}
	}
	return words
}

var translates = struct {
	bias    float64
	weights [5]float64
}{-6, [5]float64{6, 3, 2, 1, .5}}
