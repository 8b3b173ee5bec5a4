package main

import (
	"encoding/binary"
	"maps"
	"math"
	"os"
	"slices"

	"marsad/entity"
)

// often is how many people must bear a word for it to count as a word of names.
const often = 8

// wordsAName is how many words a name has, about: it makes a number of people of a number of words.
const wordsAName = 2.2

// writeNameWords lists the words of names of all sets of pairs, in both scripts, as sorted hashes, and after them how rare each is: see
// entity.Rarity.
func writeNameWords(path string, sets [][]pair) error {
	share := map[uint32]float64{}
	for _, pairs := range sets {
		people, counts := 0.0, map[uint32]int{}
		listed := map[uint32]bool{}
		for _, p := range pairs {
			people += float64(p.count) / wordsAName
			l, s := entity.NameWord(p.l), entity.NameWord(string(p.s))
			counts[l] += p.count
			counts[s] += p.count
			if p.count >= often && len(p.l) > 2 {
				listed[l], listed[s] = true, true
			}
		}
		for h := range listed {
			share[h] = max(share[h], float64(counts[h])/people)
		}
	}
	hashes := slices.Sorted(maps.Keys(share))
	var out []byte
	for _, h := range hashes {
		out = binary.BigEndian.AppendUint32(out, h)
	}
	for _, h := range hashes {
		out = append(out, byte(min(255, math.Round(-math.Log2(share[h])*entity.Rarity))))
	}
	return os.WriteFile(path, out, 0o644)
}
