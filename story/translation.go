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
	tMore      = iota // weight of names, days and figures in the same order, of the text that has more
	tLess             // of the one that has less
	tLevel            // how equally far into the texts they stand
	tParas            // likeness of the number of paragraphs
	tPace             // of their lengths, one by one
	tSentences        // of the number of sentences
	tQuotes           // of the number of quotations
	tQuotesAt         // of where they stand
	tLength           // of the number of tokens
	tNames            // cosine of the names
	tDays             // of the days
	tNumbers          // cosine of the figures
	tClash            // figures that only one has
	tCredit           // one names the other's outlet as its source
	tGap              // days between the two, up to 3
	translationFeatures
)

// TranslationFeatures names the features of the translation model, in the order of its weights.
var TranslationFeatures = [translationFeatures]string{
	"order-of-more", "order-of-less", "level", "paragraphs", "pace", "sentences", "quotations", "quotations-at", "length", "names", "days", "numbers", "numbers-clash", "credit", "delay",
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
		{Kind: "same-order", Words: w.inCommon(r, best), Value: how[tMore]}, {Kind: "paragraphs", Value: how[tPace]},
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
	// Of a text that was cut short, the paragraphs that remain are compared.
	x[tPace] = samePace(r.paraLens[:], o.paraLens[:], int(min(r.paras, o.paras)))
	x[tSentences] = ratio(int(r.sentences), int(o.sentences))
	x[tNames], x[tDays] = p[xNames], p[xDays]
	x[tQuotes] = ratio(int(r.quote)+1, int(o.quote)+1)
	x[tQuotesAt] = sameQuotes(&r.article, o)
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

// lengths measures the first parts of a text.
func lengths(lens []uint8, d *text.Doc, parts []text.Range) {
	for i := range lens[:min(len(lens), len(parts))] {
		p := d.Span(parts[i])
		lens[i] = logLen(p.End - p.Start)
	}
}

// logLen is sixteen times the binary logarithm of a length, so that a step is some 4 %.
func logLen(bytes int) uint8 { return uint8(min(255, 16*math.Log2(float64(bytes+1)))) }

// openings counts the quotations of a text by the marks that open them, whatever the language's habit, and notes where the first
// stand.
func openings(d *text.Doc, at []uint8) (n uint8) {
	straight := false
	for _, t := range d.Tokens {
		if t.Kind != text.Mark {
			continue
		}
		switch d.Text[t.Start:t.End] {
		case "\"":
			if straight = !straight; !straight {
				continue
			}
		case "«", "“", "„", "「", "『":
		default:
			continue
		}
		if int(n) < len(at) {
			at[n] = uint8(t.Start * 255 / len(d.Text))
		}
		n = min(n+1, 254)
	}
	return n
}

// sameQuotes tells how equally far into two texts their quotations stand, 0 where one has none.
func sameQuotes(a, b *article) (s float64) {
	n := min(int(min(a.quote, b.quote)), len(a.quotesAt))
	for i := range n {
		s += float64(nearness(a.quotesAt[i], b.quotesAt[i])) / float64(n)
	}
	return s * ratio(int(a.quote), int(b.quote))
}

// samePace tells how evenly the first n parts of two texts match in length, one by one: 1 where each is longer or shorter than its
// counterpart by the same part. 0 where less than two can be compared.
func samePace(a, b []uint8, n int) float64 {
	if n = min(n, len(a)); n < 2 {
		return 0
	}
	var mean, dev float64
	for i := range n {
		mean += (float64(a[i]) - float64(b[i])) / float64(n)
	}
	for i := range n {
		dev += math.Abs(float64(a[i])-float64(b[i])-mean) / float64(n)
	}
	return math.Exp2(-dev/5) * float64(n-1) / float64(n)
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
