package story

import "math"

// freqs counts in how many texts of late a feature was met: words by language, all else over all languages. Counts are halved
// every week, so that they follow the news and need nothing of an article that is gone.
type freqs struct {
	df   map[uint64]uint32
	n    map[uint16]uint32 // texts by language; those of all languages under anyLang
	week int64
}

const anyLang = ^uint16(0)

func newFreqs() *freqs { return &freqs{df: map[uint64]uint32{}, n: map[uint16]uint32{}} }

func freqKey(lang uint16, key uint32) uint64 {
	if kindOf(key) != term {
		lang = anyLang
	}
	return uint64(lang)<<32 | uint64(key)
}

// count adds a text.
func (f *freqs) count(r *reading) {
	for _, k := range r.all {
		f.df[freqKey(r.lang, k)]++
	}
	f.n[r.lang]++
	f.n[anyLang]++
}

// prior stands for the texts that a young window has not seen: without it the first would all look alike.
const prior = 40

// idf is how telling a feature is: the logarithm of one over its share of texts, 0 at the least.
func (f *freqs) idf(lang uint16, key uint32) float32 {
	n := f.n[anyLang]
	if kindOf(key) == term {
		n = f.n[lang]
	}
	df := f.df[freqKey(lang, key)]
	return float32(max(0, math.Log((float64(n)+prior)/(float64(df)+1))))
}

// age halves the counts once a week.
func (f *freqs) age(now int64) {
	week := now / (7 * 86400)
	if f.week == 0 {
		f.week = week
	}
	for ; f.week < week; f.week++ {
		if len(f.df) == 0 {
			f.week = week
			return
		}
		for k, v := range f.df {
			if v /= 2; v == 0 {
				delete(f.df, k)
			} else {
				f.df[k] = v
			}
		}
		for k, v := range f.n {
			f.n[k] = v / 2
		}
	}
}
