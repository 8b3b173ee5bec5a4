package story

import (
	"math"

	"marsad/news"
	"marsad/text"
)

// translatedAt is the belief from which on a text is called a translation; asked is how many members of the story are compared.
const (
	translatedAt = .5
	asked        = 48
)

// The named features of a pair of texts in two languages of one story, each between 0 and 1.
const (
	tMore    = iota // weight of names, days and figures in the same order, of the text that has more
	tLess           // of the one that has less
	tLevel          // how equally far into the texts they stand
	tParas          // likeness of the number of paragraphs
	tCuts           // of where they end
	tQuotes         // of the number of direct quotations
	tLength         // of the number of tokens
	tNumbers        // cosine of the figures
	tClash          // figures that only one has
	tCredit         // one names the other's outlet as its source
	tGap            // days between the two, up to 3
	translationFeatures
)

// TranslationFeatures names the features of the translation model, in the order of its weights.
var TranslationFeatures = [translationFeatures]string{
	"order-of-more", "order-of-less", "level", "paragraphs", "cuts", "quotations", "length", "numbers", "numbers-clash", "credit", "gap",
}

type translationVector [translationFeatures]float64

// translations finds the text of another language in the story that says the same in the same order: the likeliest.
func (w *Window) translations(r *reading, home *cluster, linked map[int64]bool) []news.Link {
	var best *article
	var score float64
	var how translationVector
	for i, n := 0, 0; i < len(home.members) && n < asked; i++ {
		o := w.art(home.members[len(home.members)-1-i])
		if o.lang == r.lang || linked[o.id] {
			continue
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
		{Kind: "same-order", Words: w.inCommon(r, best), Value: how[tMore]}, {Kind: "paragraphs", Value: how[tCuts]},
	}}
	l.Direction, l.Evidence = w.direction(r, best, l.Kind, l.Evidence)
	return []news.Link{l}
}

// translation measures a pair of texts in two languages.
func (w *Window) translation(r *reading, o *article) (x translationVector) {
	a := w.align(r, o)
	p := w.compare(r, o)
	x[tMore], x[tLess], x[tLevel] = a.ofMore, a.ofLess, a.level
	x[tParas] = ratio(int(r.paras), int(o.paras))
	x[tCuts] = sameCuts(&r.article, o)
	x[tQuotes] = ratio(int(r.quote)+1, int(o.quote)+1)
	x[tLength] = ratio(int(r.length), int(o.length))
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

// cutsOf notes how far into a text its first paragraphs end.
func cutsOf(d *text.Doc) (cuts [4]uint8) {
	for i := range cuts {
		cuts[i] = 255
		if i < len(d.Paragraphs) {
			cuts[i] = uint8(d.Span(d.Paragraphs[i]).End * 255 / max(1, len(d.Text)))
		}
	}
	return cuts
}

// sameCuts is how equally two texts are cut into paragraphs.
func sameCuts(a, b *article) (s float64) {
	n := min(int(max(a.paras, b.paras))-1, len(a.cuts))
	if n < 1 {
		return 0
	}
	for i := range n {
		s += float64(nearness(a.cuts[i], b.cuts[i])) / float64(n)
	}
	return s
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
