package entity

import (
	_ "embed"
	"math"
	"sync"
	"unicode/utf8"

	"marsad/text"

	"github.com/zeebo/xxh3"
)

// nameWordsFile is a sorted list of hashes of words that are names of many people, in several scripts, and after it one byte for each:
// how rare it is.
//
//go:embed data/namewords.bin
var nameWordsFile string

// Rarity is how many steps of the byte that says how rare a word is halve the share of people who bear it.
const Rarity = 8

// NameWord gives the hash under which a word of a person's name is kept in the list of such words.
func NameWord(norm string) uint32 { return uint32(xxh3.HashString(text.Plain(norm))) }

// isGiven tells whether a token is a word of many people's names.
func isGiven(t text.Token) bool { return isNameWord(t.Norm) }

func isNameWord(norm string) bool {
	if nameWordAt(norm) >= 0 {
		return true
	}
	// The list has the letters as the models read them: Hebrew without forms for the end of a word.
	r, _ := utf8.DecodeRuneInString(norm)
	return r >= 0x0590 && r <= 0x05FF && nameWordAt(string(Letters(norm))) >= 0
}

// nameWordAt gives the place of a word in the list, -1 for none.
func nameWordAt(norm string) int {
	h := NameWord(norm)
	starts := nameWordStarts()
	for i, end := int(starts[h>>20]), int(starts[h>>20+1]); i < end; i++ {
		if v := bigEndian(nameWordsFile[4*i:]); v >= h {
			if v == h {
				return i
			}
			return -1
		}
	}
	return -1
}

// nameWordStarts says where the hashes with each value of their first 12 bits begin.
var nameWordStarts = sync.OnceValue(func() *[1<<12 + 1]uint32 {
	var out [1<<12 + 1]uint32
	n, at := len(nameWordsFile)/5, 0
	for top := range out {
		for at < n && int(bigEndian(nameWordsFile[4*at:])>>20) < top {
			at++
		}
		out[top] = uint32(at)
	}
	return &out
})

// ofOnePeople is how many times more often the people who bear a common word bear it than mankind does.
const ofOnePeople = 4

// shareOf is the share of people who bear a word, among those whose names are like it, as far as is known beside the list.
func shareOf(u unit) float64 {
	if halves[u.letters] {
		return 0.05
	}
	i := nameWordAt(u.letters)
	if i < 0 {
		return unheard
	}
	rare := nameWordsFile[len(nameWordsFile)/5*4+i]
	return min(0.1, ofOnePeople*math.Exp2(-float64(rare)/Rarity))
}
