package entity

import (
	"unicode/utf8"

	"marsad/text"

	"github.com/zeebo/xxh3"
)

// TagFeatures gives the hashed features of each token of a text, for the program that learns and for the tagger alike.
func (n *Names) TagFeatures(d *text.Doc) [][]uint32 {
	f := newFinder(n, d)
	f.look()
	return f.observe()
}

// seen is what the features of a token are made of, worked out once.
type seen struct {
	word    uint64 // hash of the normal form
	listed  uint64 // what lists know: nothing, a kind, a word of names
	foreign uint64 // how usual its letters are for names, in steps
	titled  uint64 // a title stands before it, or it is in one
}

const outside = 0x9d5 // stands for what is beyond the sentence

// observe makes the features of all tokens: the words in a window of two, the word's beginnings, ends and letters, whether lists,
// titles and name words stand there.
func (f *finder) observe() [][]uint32 {
	what := make([]seen, len(f.doc.Tokens))
	for i := range what {
		what[i] = f.see(i)
	}
	out := make([][]uint32, len(what))
	memory := make([]uint32, 0, len(what)*36)
	for _, s := range f.doc.Sentences {
		for i := s.From; i < s.To; i++ {
			from := len(memory)
			memory = f.features(memory, what, i, s)
			out[i] = memory[from:len(memory):len(memory)]
		}
	}
	return out
}

func (f *finder) see(i int) seen {
	t := f.doc.Tokens[i]
	s := seen{word: xxh3.HashString(t.Norm), foreign: f.foreign(t)}
	if isName(t, f.lore) {
		s.listed = 1
	}
	if k := f.taken[i]; k != 0 {
		s.listed += 2 + 2*uint64(kindIndex(f.found[k-1].Kind))
	}
	if f.titled(i) != nil {
		s.titled = 1
	}
	if f.inTitle(i) {
		s.titled |= 2
	}
	return s
}

// features appends the features of token i of a sentence.
func (f *finder) features(dst []uint32, what []seen, i int, s text.Range) []uint32 {
	at := func(k int) seen {
		if k < s.From || k >= s.To {
			return seen{word: outside, listed: outside, foreign: outside}
		}
		return what[k]
	}
	a, b, c, d, e := at(i-2), at(i-1), at(i), at(i+1), at(i+2)
	for kind, v := range [...]uint64{c.word, b.word, d.word, a.word, e.word, pair2(b.word, c.word), pair2(c.word, d.word), pair2(a.word, b.word),
		b.listed, c.listed, d.listed, b.listed<<16 | c.listed<<8 | d.listed, pair2(c.listed, b.word), pair2(c.listed, d.word),
		c.foreign, b.foreign<<16 | c.foreign<<8 | d.foreign, c.titled, uint64(f.doc.Tokens[i].Kind), 1} {
		dst = append(dst, bucket(uint64(kind), v))
	}
	return letterFeatures(dst, f.doc.Tokens[i].Norm)
}

// letterFeatures appends beginnings and ends of up to four letters, and all runs of three.
func letterFeatures(dst []uint32, w string) []uint32 {
	var at [65]int // where the letters begin
	n := 0
	for i := range w {
		if n == len(at)-1 {
			break
		}
		at[n] = i
		n++
	}
	at[n] = len(w)
	if n < utf8.RuneCountInString(w) {
		return dst // no name is so long
	}
	for k := 1; k <= 4 && k < n; k++ {
		dst = append(dst, bucket(uint64(30+k), xxh3.HashString(w[:at[k]])), bucket(uint64(40+k), xxh3.HashString(w[at[n-k]:])))
	}
	for k := 0; k+3 <= n; k++ {
		dst = append(dst, bucket(50, xxh3.HashString(w[at[k]:at[k+3]])))
	}
	return dst
}

func pair2(a, b uint64) uint64 { return (a*0x9E3779B97F4A7C15 ^ b) * 0xD6E8FEB86659FD93 }

func bucket(kind, v uint64) uint32 {
	h := (v ^ (kind+1)*0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93
	return uint32((h ^ h>>32) % TagBuckets)
}

// foreign says how usual the letters of a token are for names, in steps: the transliteration model's own probability of them.
func (f *finder) foreign(t text.Token) uint64 {
	m := models()[t.Script]
	if t.Kind != text.Word || m == nil {
		return 0
	}
	n := utf8.RuneCountInString(t.Norm)
	return uint64(1 + min(20, max(0, int(-3*m.alone(t.Norm)/float64(n+1)))))
}

func (f *finder) inTitle(i int) bool {
	lo := f.firstTitle(i)
	return lo < len(f.titles) && f.titles[lo].from <= i
}

// firstTitle gives the number of the first title that ends behind token i.
func (f *finder) firstTitle(i int) int {
	lo, hi := 0, len(f.titles)
	for lo < hi {
		if mid := (lo + hi) / 2; f.titles[mid].to <= i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}
