package story

import (
	"cmp"
	"math"
	"slices"

	"marsad/news"
)

// translatedAt is the belief from which on a text is called a translation; asked is how many members of the story are compared.
const (
	translatedAt = .37
	asked        = 48
	laidBeside   = 3   // how many of them sentence by sentence
	leastOrder   = .08 // how much names, days and figures of the lighter text must stand in the order of the other
)

// The named features of a pair of texts in two languages of one story, each between 0 and 1 but the delay.
const (
	tMore         = iota // weight of names, days and figures in the same order, of the text that has more
	tLess                // of the one that has less
	tCover               // how much of the shorter text stands in couples
	tCoverAll            // of the longer
	tTold                // how alike couples are, on the mean
	tSum                 // how much all couples tell
	tShare               // of what they would tell if all of the shorter text had its like
	tHeld                // how much of what couples hold both hold
	tHeldShort           // how much of what the shorter text holds its counterparts hold
	tHeldLong            // of the longer
	tRun                 // the longest chain, of the shorter text
	tCouples             // how many couples there are, up to ten
	tSingle              // how many couples are of one sentence each
	tLevel               // how alike couples are in length
	tQuotes              // how many of the couples with quotations have as many
	tOrder               // how much of the couples stands in one order
	tParaCover           // how much of the shorter text stands in paragraphs that have a counterpart of their length
	tParaCoverAll        // of the longer
	tParaHeld            // how much of what counterparts hold both hold
	tParaShape           // how many counterparts have as many sentences and quotations
	tParaOrder           // how many of them stand in the same order
	tParas               // likeness of the number of paragraphs
	tSentences           // likeness of the number of sentences
	tLength              // of the lengths
	tNames               // cosine of the names
	tDays                // of the days
	tNumbers             // cosine of the figures
	tClash               // figures that only one has
	tCredit              // one names the other's outlet as its source
	tGap                 // days between the two, up to 3
	translationFeatures
)

// TranslationFeatures names the features of the translation model, in the order of its weights.
var TranslationFeatures = [translationFeatures]string{
	"order-of-more", "order-of-less", "cover", "cover-of-longer", "told", "sum", "share", "held", "held-of-shorter", "held-of-longer", "run", "couples",
	"single", "level", "quotes", "order", "paragraphs-cover", "paragraphs-cover-of-longer", "paragraphs-held", "paragraphs-shape", "paragraphs-order", "paragraphs", "sentences", "length", "names", "days", "numbers", "numbers-clash", "credit", "delay",
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
		{Kind: "same-order", Words: w.inCommon(r, best), Value: how[tMore]}, {Kind: "paragraphs", Value: how[tCover]},
	}}
	l.Direction, l.Evidence = w.direction(r, best, l.Kind, l.Evidence)
	return []news.Link{l}
}

// foreign gives the members of a story in other languages that are worth to be laid beside r, those that have most in the same order
// first, and among how many they are.
func (w *Window) foreign(r *reading, home *cluster, linked map[int64]bool) (out []*article, n int) {
	type likely struct {
		*article
		order float64
	}
	var all []likely
	for i := len(home.members) - 1; i >= 0 && n < asked; i-- {
		o := w.art(home.members[i])
		if o.lang == r.lang || linked[o.id] || w.root(o).lang == r.lang {
			continue // who wants a text that was translated from his own language takes the text that it was translated from
		}
		more, less := w.align(r, o)
		n++
		if less >= leastOrder {
			all = append(all, likely{o, more + less})
		}
	}
	slices.SortStableFunc(all, func(a, b likely) int { return cmp.Compare(b.order, a.order) })
	for _, l := range all[:min(len(all), laidBeside)] {
		out = append(out, l.article)
	}
	return out, n
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
	x[tMore], x[tLess] = w.align(r, o)
	w.beside(&r.article, o).measure(&x)
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

// measure turns couples into features.
func (t besides) measure(x *translationVector) {
	var all, all2 float64
	for i := range t.a {
		all += float64(t.a[i].long)
	}
	for i := range t.b {
		all2 += float64(t.b[i].long)
	}
	if all == 0 || all2 == 0 {
		return
	}
	var couples, single, long, long2, told, level, quoted, asMany float64
	var both, held, held2, run float64
	for n, chain := range t.chains {
		for _, c := range chain {
			a, b := t.side(t.a, c.a, c.na), t.side(t.b, c.b, c.nb)
			couples++
			if n == 0 {
				run += float64(min(c.na, c.nb))
			}
			if c.na == c.nb {
				single++
			}
			long, long2 = long+float64(a.long), long2+float64(b.long)
			told += float64(c.score)
			level += ratio(int(a.long), int(b.long))
			if a.quotes > 0 || b.quotes > 0 {
				quoted++
				if a.quotes == b.quotes {
					asMany++
				}
			}
			var common [4]uint64
			for w := range common {
				common[w] = a.bits[w] & b.bits[w]
			}
			both += float64(t.v.sum(common, t.v.shared))
			held += float64(t.v.sum(a.bits, t.v.shared))
			held2 += float64(t.v.sum(b.bits, t.v.shared))
		}
	}
	x[tSentences], x[tLength] = ratio(len(t.a), len(t.b)), ratio(int(all), int(all2))
	x[tQuotes] = (asMany + .5) / (quoted + 1)
	t.measureParagraphs(x)
	if couples == 0 {
		return
	}
	var holdsA, holdsB float64
	for i := range t.a {
		holdsA += float64(t.v.sum(t.a[i].bits, t.v.shared))
	}
	for i := range t.b {
		holdsB += float64(t.v.sum(t.b[i].bits, t.v.shared))
	}
	self, self2 := t.self(t.a), t.self(t.b)
	x[tShare] = min(1, max(0, told)/max(1, min(self, self2)))
	if all > all2 {
		all, all2, long, long2, holdsA, holdsB = all2, all, long2, long, holdsB, holdsA
	}
	x[tCover], x[tCoverAll] = min(1, long/all), min(1, long2/all2)
	x[tTold] = min(1, max(0, told/couples/8))
	x[tSum] = min(1, math.Log1p(max(0, told))/5)
	x[tHeld] = quotient(2*both, held+held2)
	x[tHeldShort], x[tHeldLong] = quotient(both, holdsA), quotient(both, holdsB)
	x[tRun] = run / float64(min(len(t.a), len(t.b)))
	x[tCouples] = min(1, couples/10)
	x[tSingle], x[tLevel] = single/couples, level/couples
	x[tOrder] = float64(len(t.chains[0])) / couples
}

// self is what sentences would tell beside themselves.
func (t besides) self(bags []bag) (s float64) {
	for i := range bags {
		s += float64(t.v.likeness(&bags[i], &bags[i]))
	}
	return s
}

// side gives the bag of n sentences from i on.
func (t besides) side(bags []bag, i, n int) bag {
	if n == 1 {
		return bags[i]
	}
	return t.v.join(&bags[i], &bags[i+1])
}

func quotient(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
