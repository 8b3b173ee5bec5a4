package entity

import (
	_ "embed"

	"github.com/zeebo/xxh3"
)

// The model knows letters, not words: محمد may be Mahmoud for all it knows. What many people's names show is kept beside it: which
// words of two scripts are one name, and which words are names at all. A pair that is known is sure; two words that are both known,
// but never as a pair, are probably two names.
//
//go:embed data/spellings.bin
var spellingsFile string

// Spelling gives the hash under which a pair of words is kept, in the form of Letters and LatinLetters; with one side empty, the
// other side alone.
func Spelling(s, latin string) uint32 { return spelling(word(s), word(latin)) }

// word gives the hash of one side, 0 for none.
func word(s string) uint64 {
	if s == "" {
		return 0
	}
	return xxh3.HashString(s)
}

func spelling(s, latin uint64) uint32 { return uint32(pair2(s, latin) >> 32) }

// known tells whether a pair, by the hashes of its sides, is one that people bear, and whether both words are names that are known
// apart from it.
func known(s, latin uint64) (pair, both bool) {
	if len(spellingsFile) < 4 {
		return false, false
	}
	n := int(bigEndian(spellingsFile))
	pairs, words := spellingsFile[4:4+4*n], spellingsFile[4+4*n:]
	if listed32(pairs, spelling(s, latin)) {
		return true, true
	}
	return false, listed32(words, spelling(s, 0)) && listed32(words, spelling(0, latin))
}

func bigEndian(b string) uint32 {
	return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
}

// listed32 looks a number up in a sorted list of big-endian ones.
func listed32(list string, h uint32) bool {
	lo, hi := 0, len(list)/4
	for lo < hi {
		mid := (lo + hi) / 2
		switch v := bigEndian(list[4*mid:]); {
		case v == h:
			return true
		case v < h:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return false
}
