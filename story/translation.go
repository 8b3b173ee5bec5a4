package story

import (
	"math"

	"marsad/news"
)

// translatedAt is the belief from which on a text is called a translation; asked is how many members of the story are compared.
const (
	translatedAt = .46
	asked        = 48
)

// The named features of a pair of texts in two languages of one story, each between 0 and 1.
const (
	tMore     = iota // weight of names, days and figures in the same order, of the text that has more
	tLess            // of the one that has less
	tLevel           // how equally far into the texts they stand
	tCover           // how much of the shorter text has counterparts: paragraphs that are alike in length and shape
	tCoverAll        // of the longer
	tAnchors         // how much of what counterparts hold of names, days and figures they share
	tShape           // how many counterparts have as many sentences and quotations
	tConcord         // how many of them stand in the same order
	tParas           // likeness of the number of paragraphs
	tLength          // of the lengths
	tNames           // cosine of the names
	tDays            // of the days
	tNumbers         // cosine of the figures
	tClash           // figures that only one has
	tCredit          // one names the other's outlet as its source
	tGap             // days between the two, up to 3
	translationFeatures
)

// TranslationFeatures names the features of the translation model, in the order of its weights.
var TranslationFeatures = [translationFeatures]string{
	"order-of-more", "order-of-less", "level", "cover", "cover-of-longer", "anchors", "shape", "concord", "paragraphs", "length", "names",
	"days", "numbers", "numbers-clash", "credit", "delay",
}

type translationVector [translationFeatures]float64

// translations finds the text of another language in the story that says the same in the same order: the likeliest.
func (w *Window) translations(r *reading, home *cluster, linked map[int64]bool) []news.Link {
	var best *article
	var score float64
	var how translationVector
	for i, n := 0, 0; i < len(home.members) && n < asked; i++ {
		o := w.art(home.members[len(home.members)-1-i])
		if o.lang == r.lang || linked[o.id] || w.root(o).lang == r.lang {
			continue // who wants a text that was translated from his own language takes the text that it was translated from
		}
		n++
		x := w.translation(r, o)
		if p := translated.belief(x[:]); p > score {
			best, score, how = o, p, x
		}
	}
	if best == nil || score < translatedAt {
		return nil
	}
	l := news.Link{Article: r.id, Other: best.id, Kind: news.Translation, Score: score, Evidence: []news.Reason{
		{Kind: "same-order", Words: w.inCommon(r, best), Value: how[tMore]}, {Kind: "paragraphs", Value: how[tCover]},
	}}
	l.Direction, l.Evidence = w.direction(r, best, l.Kind, l.Evidence)
	return []news.Link{l}
}

// translation measures a pair of texts in two languages.
func (w *Window) translation(r *reading, o *article) (x translationVector) {
	a := w.align(r, o)
	p := w.compare(r, o)
	x[tMore], x[tLess], x[tLevel] = a.ofMore, a.ofLess, a.level
	w.counterparts(r, o, &x)
	x[tParas] = ratio(int(r.paras), int(o.paras))
	x[tLength] = ratio(unitsOf(&r.article), unitsOf(o))
	x[tNames], x[tDays] = p[xNames], p[xDays]
	x[tNumbers], x[tClash] = p[xNumbers], p[xNumbersClash]
	if w.credits(&r.article, o.source) || w.credits(o, r.source) {
		x[tCredit] = 1
	}
	x[tGap] = min(3, math.Abs(float64(r.told-o.told))/86400)
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
	theirs, _ := o.order()
	for _, k := range theirs {
		have[o.keys[k]] = true
	}
	said := map[string]bool{}
	ours, _ := r.order()
	for _, k := range ours {
		if s := r.words[r.keys[k]]; have[r.keys[k]] && s != "" && !said[s] && len(words) < 8 {
			said[s] = true
			words = append(words, s)
		}
	}
	return words
}
