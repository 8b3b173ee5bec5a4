package story

import (
	"math"
	"slices"
)

// The named features of a pair of articles. Cosines and shares lie between 0 and 1; "shared" is the surprise of all that both have
// of a kind, where 1 means that one would expect it by chance once in the window, and 3 is the most.
const (
	xTerms         = iota // cosine of the telling words
	xNames                // of the names
	xPlaces               // of the places
	xDays                 // of the days that the texts speak of
	xNumbers              // of the figures
	xTermsShared          //
	xNamesShared          //
	xPlacesShared         //
	xDaysShared           //
	xNumbersShared        //
	xNamesClash           // both have such and share none: 1; one that shares none with one that has hardly any: near 0
	xPlacesClash          //
	xNumbersClash         //
	xDaysClash            //
	xOrdinalsClash        //
	xForm                 // the same words with other figures: another happening of the kind
	xBreadth              // of how many kinds something is alike
	xTitle                // how much of each headline the other text holds
	xGap                  // days between the two, beyond longGap twice
	xApart                // days between the happenings as the texts date them, up to 7
	xHeadClash            // how much of whom and what each opening names the other text lacks, of the one that lacks less
	xFiguresClash         // the same of the figures
	xMatter               // whether both tell the same kind of thing, by concepts; across languages alone
	xOrder                // how much of what is shared stands in the same order; across languages alone
	pairFeatures
)

// PairFeatures names the features of the pairwise model, in the order of its weights.
var PairFeatures = [pairFeatures]string{
	"terms", "names", "places", "days", "numbers", "terms-shared", "names-shared", "places-shared", "days-shared", "numbers-shared",
	"names-clash", "places-clash", "numbers-clash", "days-clash", "ordinals-clash", "form", "breadth", "title", "gap", "apart", "head-clash", "figures-clash", "matter", "order",
}

// pairVector is a pair's features.
type pairVector [pairFeatures]float64

// sums is what a comparison adds up.
type sums struct {
	dot, bits        [kinds]float64
	a, b             toldBy
	aInB, bInA, some float64
	titled           float64 // words of either headline that both texts hold
	town, townBits   float64 // of dot and bits of the names, what the sounds of known places give
}

// toldBy is what one text of a pair tells, by kind: the squares of the weights, how many features, how much its opening names, and how
// much of that the other text lacks; and the weight of its headline.
type toldBy struct {
	squares, count, lead, lack [kinds]float64
	head                       float64
}

// compare measures a pair.
func (w *Window) compare(a *reading, b *article) (x pairVector) {
	s := w.sum(a, b)
	if s.dot[place] > 0 { // a place in common is one thing in common, not its sound another
		s.dot[name], s.bits[name] = s.dot[name]-s.town, s.bits[name]-s.townBits
	}
	norm := float64(logOf(w.freq.texts()))
	for k, f := range [...]int{term: xTerms, name: xNames, place: xPlaces, day: xDays, number: xNumbers} {
		// A single figure or day in common is not all that there is: both sides are padded by what a rare one weighs.
		pad := 0.0
		if kind(k) == number || kind(k) == day {
			pad = norm * norm
		}
		if s.dot[k] > 1e-6 {
			x[f] = s.dot[k] / math.Sqrt((s.a.squares[k]+pad)*(s.b.squares[k]+pad))
		}
		x[f+xTermsShared-xTerms] = min(3, s.bits[k]/norm/perSurprise[k])
		x[xBreadth] += min(1, x[f]/alikeEnough) / float64(number+1)
	}
	x[xNumbersClash] = clash(s, number, x[xNumbers])
	x[xDaysClash] = clash(s, day, x[xDays])
	x[xForm] = x[xNumbersClash] * min(1, x[xTerms]/.5)
	if a.nth != 0 && b.nth != 0 && a.nth != b.nth {
		x[xOrdinalsClash] = .25
		if a.nthHeaded && b.nthHeaded {
			x[xOrdinalsClash] = 1
		}
	}
	x[xNamesClash], x[xPlacesClash] = clash(s, name, x[xNames]), clash(s, place, x[xPlaces])
	if s.a.head > 0 && s.b.head > 0 {
		// One word in common may be no more than the name of the season.
		x[xTitle] = (s.aInB/s.a.head + s.bInA/s.b.head) / 2 * s.titled / (s.titled + 2)
	}
	x[xHeadClash] = s.lacking(norm, name, place)
	x[xFiguresClash] = s.lacking(norm, number)
	gap := math.Abs(float64(a.told-b.told)) / 86400
	x[xGap] = gap + max(0, gap-longGap)
	x[xApart] = min(7, math.Abs(float64(a.day-b.day)))
	if a.lang != b.lang {
		x[xMatter] = w.matters(a, b)
	}
	if a.lang != b.lang && s.some > 0 {
		x[xOrder], _ = w.align(a, b, 2*float32(norm))
	}
	return x
}

// lacking is the share of what the openings tell of some kinds that the other text lacks, of the one that lacks less. A sequel opens
// with somebody new, and is told behind the old.
func (s *sums) lacking(norm float64, ks ...kind) float64 {
	var lead, lack [2]float64
	for n, t := range [...]*toldBy{&s.a, &s.b} {
		for _, k := range ks {
			lead[n], lack[n] = lead[n]+t.lead[k], lack[n]+t.lack[k]
		}
	}
	return min(lack[0]/(lead[0]+norm), lack[1]/(lead[1]+norm))
}

// perSurprise is how many features of a kind a text has for one that tells something: words come in dozens.
var perSurprise = [kinds]float64{term: 6, name: 1, place: 1, day: 1, number: 1}

// What a word counts that may be a name and of which nothing is known: as one name of those that clash, and of what an opening names.
// Within a language it counts nothing, for there it is compared as the word that it is.
const (
	guess    = .25
	guessLed = .5
)

// longGap is after how many days every day more counts twice: few happenings are told of longer.
const longGap = 4

// alikeEnough is the cosine from which on a kind of feature counts fully as alike.
const alikeEnough = .25

// clash grows with what both have of a kind and do not share.
func clash(s sums, k kind, alike float64) float64 {
	few := min(s.a.count[k], s.b.count[k])
	return (1 - alike) * few / (few + 2)
}

// sum walks the features of both in the order of their keys.
func (w *Window) sum(a *reading, b *article) (s sums) {
	doubt := guess
	if a.lang == b.lang {
		doubt = 0
	}
	i, j, namesA, namesB := 0, 0, 0, 0
	for i < len(a.keys) || j < len(b.keys) {
		switch {
		case j == len(b.keys) || i < len(a.keys) && a.keys[i] < b.keys[j]:
			s.a.tell(a.keys[i], a.marks[i], float64(a.weights[i]), a.sure(i, &namesA, doubt), true)
			i++
		case i == len(a.keys) || a.keys[i] > b.keys[j]:
			s.b.tell(b.keys[j], b.marks[j], w.weight(b, j), b.sure(j, &namesB, doubt), true)
			j++
		default:
			sure := max(a.sure(i, &namesA, doubt), b.sure(j, &namesB, doubt))
			if sure > 0 {
				s.share(a, i, b.marks[j], w.weight(b, j), sure)
			}
			i++
			j++
		}
	}
	return s
}

// share adds the i-th feature of a, which b has too and speaks of so much.
func (s *sums) share(a *reading, i int, mark uint8, vb, sure float64) {
	k, va := kindOf(a.keys[i]), float64(a.weights[i])
	s.a.tell(a.keys[i], a.marks[i], va, sure, false)
	s.b.tell(a.keys[i], mark, vb, sure, false)
	s.dot[k] += va * vb
	s.bits[k] += float64(a.idfs[i])
	if _, ok := slices.BinarySearch(a.towns, a.keys[i]); ok {
		s.town += va * vb
		s.townBits += float64(a.idfs[i])
	}
	s.aInB += va * headed(a.marks[i])
	s.bInA += vb * headed(mark)
	s.titled += max(headed(a.marks[i]), headed(mark))
	if k != term {
		s.some += va
	}
}

// tell adds a feature of one text; alone is one that the other text lacks.
func (t *toldBy) tell(key uint32, mark uint8, v, sure float64, alone bool) {
	if sure == 0 {
		return
	}
	k, led := kindOf(key), v*headed(mark)
	t.squares[k] += v * v
	t.count[k] += sure
	t.head += led
	if sure < 1 {
		led *= guessLed
	}
	t.lead[k] += led
	if alone {
		t.lack[k] += led
	}
}

// sure is how sure the i-th feature is what its kind says: a guessed name is so in doubt. names counts those before it.
func (a *article) sure(i int, names *int, doubt float64) float64 {
	if kindOf(a.keys[i]) == name {
		if *names++; a.guess>>(*names-1)&1 != 0 {
			return doubt
		}
	}
	return 1
}

func headed(mark uint8) float64 { return float64(mark >> 7) }

// Until so many texts were counted, weights are looked up anew for every comparison; from then on they are settled when an article
// is added.
const settledAt = 20_000

const (
	tfScale     = 32
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

// model is a logistic model.
type model struct {
	bias    float64
	weights []float64
}

// belief is the probability that the model gives to x.
func (m *model) belief(x []float64) float64 {
	z := m.bias
	for i, v := range x[:min(len(x), len(m.weights))] {
		z += m.weights[i] * v
	}
	return 1 / (1 + math.Exp(-z))
}

// sameStory is the belief that a pair tells one happening. In two languages a day and one figure in common are not enough, where both
// name people or places, other ones: three hours on Monday pass everywhere. First reports of what has just happened may have no more. Nor is
// a town on a day, where they tell other things of it.
func sameStory(x pairVector, sameLang bool) float64 {
	if sameLang {
		return within.belief(x[:])
	}
	p := across.belief(x[:])
	switch {
	case x[xNames] > 0:
	case x[xPlaces] == 0 && x[xNumbersShared] < 1.2 && x[xGap] > atOnce && (x[xNamesClash] > .5 || x[xPlacesClash] > 0):
		return min(p, elsewhere)
	case x[xNumbersShared] < .3 && x[xMatter] < unrelated:
		return min(p, elsewhere)
	}
	return p
}

// elsewhere is the most that is believed of two texts that name nobody and no place in common and did not come within an hour.
const (
	elsewhere = joinAt / 2
	atOnce    = 1.0 / 24 // days, an hour
	unrelated = .12      // likeness of matter; of ten pairs that tell one happening hardly one has less
)
