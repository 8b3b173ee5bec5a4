// Package sketch makes small fingerprints that texts share when they share words: [MinHash] signatures for texts that are alike
// as wholes, and winnowed [Print]s for runs that one text took from another, however little of the whole they are. It finds
// near-duplicates and copies in any script, in memory that does not depend on the length of the texts.
//
// It knows no language and weighs no words: whether two alike texts report the same happening is for package story to say.
package sketch

import (
	"slices"

	"marsad/text"

	"github.com/zeebo/xxh3"
)

// The lengths of a shingle: so many words, or so many ideographs in a text that is written mostly in them.
const (
	WordRun = 5
	IdeoRun = 9
)

// MaxTokens bounds the work on one text: what stands beyond is not fingerprinted.
const MaxTokens = 20_000

const base = 0x9E3779B97F4A7C15 // odd, so that its powers never vanish modulo 2^64

// Shingles appends to dst the hash of every run of words of a text, in order, punctuation left out. A text that is shorter than
// one run gives a single hash of all its words; a text without words gives none.
func Shingles(dst []uint64, doc *text.Doc) []uint64 {
	hashes := make([]uint64, 0, len(doc.Tokens))
	ideographs := 0
	for _, t := range doc.Tokens {
		if t.Kind == text.Mark {
			continue
		}
		if t.Kind == text.Ideo {
			ideographs++
		}
		if hashes = append(hashes, xxh3.HashString(t.Norm)); len(hashes) == MaxTokens {
			break
		}
	}
	run := WordRun
	if ideographs*2 > len(hashes) {
		run = IdeoRun
	}
	return roll(dst, hashes, run)
}

// roll hashes every run of n words with one multiplication a word (Karp and Rabin).
func roll(dst, words []uint64, n int) []uint64 {
	if len(words) == 0 {
		return dst
	}
	n = min(n, len(words))
	var sum, out uint64 = 0, 1
	for i := 0; i < n; i++ {
		sum = sum*base + words[i]
		out *= base
	}
	dst = append(dst, mix(sum))
	for i := n; i < len(words); i++ {
		sum = sum*base + words[i] - out*words[i-n]
		dst = append(dst, mix(sum))
	}
	return dst
}

// mix spreads the entropy of a sum over all bits (the finalizer of MurmurHash3).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// Set sorts shingles and drops what occurs twice, in place.
func Set(shingles []uint64) []uint64 {
	slices.Sort(shingles)
	return slices.Compact(shingles)
}

// Jaccard gives the exact resemblance of two sets as [Set] makes them: shared over all, 1 for two empty ones.
func Jaccard(a, b []uint64) float64 {
	shared := common(a, b)
	if all := len(a) + len(b) - shared; all > 0 {
		return float64(shared) / float64(all)
	}
	return 1
}

// Containment gives the exact share of a's set that stands in b's; 0 where a is empty.
func Containment(a, b []uint64) float64 {
	if len(a) == 0 {
		return 0
	}
	return float64(common(a, b)) / float64(len(a))
}

// common counts what two sorted sets share.
func common[T uint32 | uint64](a, b []T) (n int) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}
