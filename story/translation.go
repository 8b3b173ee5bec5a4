package story

import (
	"cmp"
	"math"
	"slices"

	"marsad/news"
)

// translatedAt is the belief from which on a text is called a translation; asked is how many members of the story are compared.
const (
	translatedAt = .36
	asked        = 48
	laidBeside   = 3 // how many of them sentence by sentence
)

// The named features of a pair of texts in two languages of one story, each between 0 and 1 but the delay.
const (
	tRun       = iota // the sentences of the longest chain, of those of the text that has fewer
	tCouples          // how many couples there are, up to ten
	tCoverAll         // how much of the longer text stands in couples
	tTold             // how much couples tell, on the mean
	tSingle           // how many couples are of one sentence each
	tQuotes           // how many of the couples with quotations have as many
	tOrder            // how much of the couples stands in one chain
	tParaCover        // how much of the shorter text stands in paragraphs that have a counterpart of their length
	tParaHeld         // how much of what counterparts hold both hold
	tParaOrder        // how many of them stand in the same order
	tParas            // likeness of the number of paragraphs
	tSentences        // of the number of sentences
	tDays             // cosine of the days
	tClash            // figures that only one has
	tCredit           // one names the other's outlet as its source
	tGap              // days between the two, up to 3
	translationFeatures
)

// TranslationFeatures names the features of the translation model, in the order of its weights.
var TranslationFeatures = [translationFeatures]string{
	"run", "couples", "cover-of-longer", "told", "single", "quotes", "order", "paragraphs-cover", "paragraphs-held", "paragraphs-order",
	"paragraphs", "sentences", "days", "numbers-clash", "credit", "delay",
}

type translationVector [translationFeatures]float64

// translations finds the text of another language in the story that says the same in the same order: the likeliest.
func (w *Window) translations(r *reading, home *cluster, linked map[int64]bool) []news.Link {
	var best *article
	var score float64
	var how translationVector
	some, n := w.foreign(r, home, linked)
	for _, o := range some {
		x := w.translation(r, o)
		if p := amongMany(translated.belief(x[:]), n); p > score {
			best, score, how = o, p, x
		}
	}
	if best == nil || score < translatedAt {
		return nil
	}
	l := news.Link{Article: r.id, Other: best.id, Kind: news.Translation, Score: score, Evidence: []news.Reason{
		{Kind: "same-order", Words: w.inCommon(r, best), Value: how[tRun]}, {Kind: "paragraphs", Value: how[tParaCover]},
	}}
	l.Direction, l.Evidence = w.direction(r, best, l.Kind, l.Evidence)
	return []news.Link{l}
}

// foreign gives the members of a story in other languages that are worth to be laid beside r, those that name most of the same first,
// and among how many they are.
func (w *Window) foreign(r *reading, home *cluster, linked map[int64]bool) (out []*article, n int) {
	type likely struct {
		*article
		named float32
	}
	var all []likely
	for i := len(home.members) - 1; i >= 0 && n < asked; i-- {
		o := w.art(home.members[i])
		if o.lang == r.lang || linked[o.id] || w.root(o).lang == r.lang {
			continue // who wants a text that was translated from his own language takes the text that it was translated from
		}
		n++
		if v := r.named(o); v > 0 {
			all = append(all, likely{o, v})
		}
	}
	slices.SortStableFunc(all, func(a, b likely) int { return cmp.Compare(b.named, a.named) })
	for _, l := range all[:min(len(all), laidBeside)] {
		out = append(out, l.article)
	}
	return out, n
}

// named is the weight of the names, places, days and figures that another article has too.
func (r *reading) named(o *article) (sum float32) {
	j := len(o.keys) - 1
	for i := len(r.keys) - 1; i >= 0 && kindOf(r.keys[i]) != term; i-- {
		for j >= 0 && o.keys[j] > r.keys[i] {
			j--
		}
		if j >= 0 && o.keys[j] == r.keys[i] {
			sum += r.weights[i]
		}
	}
	return sum
}

// amongMany lowers a belief in the likeliest of n: where there are many, one of them is like the text by chance. Its odds are divided by
// the root of n.
func amongMany(p float64, n int) float64 {
	odds := p / (1 - p) / math.Sqrt(float64(n))
	return odds / (1 + odds)
}

// translation measures a pair of texts in two languages.
func (w *Window) translation(r *reading, o *article) (x translationVector) {
	p := w.compare(r, o)
	w.beside(&r.article, o).measure(&x)
	x[tDays], x[tClash] = p[xDays], p[xNumbersClash]
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
	var places [maxOrder]uint8
	for _, k := range places[:o.order(&places)] {
		have[o.keys[k]] = true
	}
	said := map[string]bool{}
	for _, k := range places[:r.order(&places)] {
		if s := r.words[r.keys[k]]; have[r.keys[k]] && s != "" && !said[s] && len(words) < 8 {
			said[s] = true
			words = append(words, s)
		}
	}
	return words
}

// measure turns couples and counterparts into features.
func (t besides) measure(x *translationVector) {
	if len(t.a) == 0 || len(t.b) == 0 {
		return
	}
	var couples, single, told, quoted, asMany, lengthA, lengthB, run float64
	for n, chain := range t.chains {
		for _, c := range chain {
			a, b := side(t.a, c.a, c.na), side(t.b, c.b, c.nb)
			lengthA, lengthB = lengthA+float64(a.long), lengthB+float64(b.long)
			couples++
			told += float64(c.score)
			if n == 0 {
				run += float64(min(c.na, c.nb))
			}
			if c.na == c.nb {
				single++
			}
			if a.quotes > 0 || b.quotes > 0 {
				quoted++
				if a.quotes == b.quotes {
					asMany++
				}
			}
		}
	}
	t.measureParagraphs(x)
	x[tSentences], x[tQuotes] = ratio(len(t.a), len(t.b)), (asMany+.5)/(quoted+1)
	if couples == 0 {
		return
	}
	x[tRun], x[tCouples] = run/float64(min(len(t.a), len(t.b))), min(1, couples/10)
	x[tTold], x[tSingle] = min(1, told/couples/8), single/couples
	x[tOrder] = float64(len(t.chains[0])) / couples
	a, b := lengthOfAll(t.a), lengthOfAll(t.b)
	if a > b {
		b, lengthB = a, lengthA
	}
	x[tCoverAll] = lengthB / b
}

func lengthOfAll(bags []bag) (n float64) {
	for i := range bags {
		n += float64(bags[i].long)
	}
	return n
}

// side gives the length and the quotations of n sentences from i on.
func side(bags []bag, i, n int) (b bag) {
	for ; n > 0; i, n = i+1, n-1 {
		b.long, b.quotes = b.long+bags[i].long, b.quotes+bags[i].quotes
	}
	return b
}

func quotient(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
