package entity

import (
	_ "embed"
	"sync"

	"github.com/zeebo/xxh3"
)

// The model knows letters, not words: محمد may be Mahmoud for all it knows. What many people's names show is kept beside it: which
// words of two scripts are one name, and which words are names at all. A pair that is known is sure; two words that are both known,
// but never as a pair, are probably two names.
//
//go:embed data/spellings.bin
var spellingsFile string

// Spelling gives the hash under which a pair of words is kept, in the form of Letters and LatinLetters; with one side empty, the
// other side alone. A look-up in a long list asks some thousand times, so 32 bits would err for one in twenty of them.
func Spelling(s, latin string) uint64 { return pair2(word(s), word(latin)) }

// word gives the hash of one side, 0 for none.
func word(s string) uint64 {
	if s == "" {
		return 0
	}
	return xxh3.HashString(s)
}

// known tells whether a pair, by the hashes of its sides, is one that people bear, and whether both words are names that are known
// apart from it.
func known(s, latin uint64) (pair, both bool) {
	if len(spellingsFile) < 4 {
		return false, false
	}
	n := int(bigEndian(spellingsFile))
	pairs, words := spellingsFile[4:4+8*n], spellingsFile[4+8*n:]
	starts := spellingStarts()
	if starts[0].has(pairs, pair2(s, latin)) {
		return true, true
	}
	return false, starts[1].has(words, pair2(s, 0)) && starts[1].has(words, pair2(0, latin))
}

// listedWord tells whether a word that is not Latin, by its hash, has spellings that are known; listedLatin the same of a Latin one.
func listedWord(s uint64) bool { return listedSide(pair2(s, 0)) }

func listedLatin(l uint64) bool { return listedSide(pair2(0, l)) }

func listedSide(h uint64) bool {
	if len(spellingsFile) < 4 {
		return false
	}
	n := int(bigEndian(spellingsFile))
	return spellingStarts()[1].has(spellingsFile[4+8*n:], h)
}

// starts says where the numbers with each value of their first 12 bits begin in a sorted list.
type starts [1<<12 + 1]uint32

func (s *starts) has(list string, h uint64) bool {
	top := h >> 52
	for i := int(s[top]); i < int(s[top+1]); i++ {
		if v := bigEndian64(list[8*i:]); v >= h {
			return v == h
		}
	}
	return false
}

var spellingStarts = sync.OnceValue(func() *[2]starts {
	var out [2]starts
	n := int(bigEndian(spellingsFile))
	for k, list := range [2]string{spellingsFile[4 : 4+8*n], spellingsFile[4+8*n:]} {
		at := 0
		for top := range out[k] {
			for at < len(list)/8 && bigEndian64(list[8*at:])>>52 < uint64(top) {
				at++
			}
			out[k][top] = uint32(at)
		}
	}
	return &out
})

func bigEndian64(b string) uint64 { return uint64(bigEndian(b))<<32 | uint64(bigEndian(b[4:])) }

func bigEndian(b string) uint32 {
	return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
}
