package story

import "math"

// freqs counts in how many texts of late a feature was met: words by language, all else over all languages. Counts are halved
// every week, so that they follow the news and need nothing of an article that is gone.
type freqs struct {
	df   table[uint32]
	n    map[uint16]uint32  // texts by language; those of all languages under anyLang
	log  map[uint16]float32 // logarithm of n and the prior
	week int64
}

const anyLang = ^uint16(0)

func newFreqs() *freqs {
	return &freqs{n: map[uint16]uint32{}, log: map[uint16]float32{}}
}

func freqKey(lang uint16, key uint32) uint32 {
	if kindOf(key) == term {
		return key ^ (uint32(lang)+1)*0x9E3779B1
	}
	return key
}

func (f *freqs) texts() uint32 { return f.n[anyLang] }

// count adds a text.
func (f *freqs) count(r *reading) {
	for _, k := range r.all {
		*f.df.at(freqKey(r.lang, k))++
	}
	for _, l := range [...]uint16{r.lang, anyLang} {
		f.n[l]++
		f.log[l] = logOf(f.n[l])
	}
}

// prior stands for the texts that a young window has not seen: without it the first would all look alike.
const prior = 40

func logOf(n uint32) float32 { return float32(math.Log(float64(n) + prior)) }

// logs holds the logarithms of small numbers.
var logs = func() (t [4096]float32) {
	for i := range t {
		t[i] = float32(math.Log(float64(i)))
	}
	return t
}()

// idf is how telling a feature is: the logarithm of one over its share of texts, 0 at the least.
func (f *freqs) idf(lang uint16, key uint32) float32 {
	if kindOf(key) != term {
		lang = anyLang
	}
	n, ok := f.log[lang]
	if !ok {
		n = logOf(0)
	}
	df, _ := f.df.get(freqKey(lang, key))
	df++
	if df < uint32(len(logs)) {
		return max(0, n-logs[df])
	}
	return max(0, n-float32(math.Log(float64(df))))
}

// few is the number of texts below which nothing is forgotten: a small desk has to know longer what is common.
const few = 5000

// age halves the counts once a week.
func (f *freqs) age(now int64) {
	week := now / (7 * 86400)
	if f.week == 0 || f.df.n == 0 {
		f.week = week
	}
	for ; f.week < week; f.week++ {
		if f.texts() < few {
			continue
		}
		f.df.sift(func(v *uint32) bool {
			*v /= 2
			return *v > 0
		})
		for k, v := range f.n {
			f.n[k] = v / 2
			f.log[k] = logOf(v / 2)
		}
	}
}
