package main

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"marsad/entity"
)

// usual is how many people outweigh the model: Jacques is جاك, though no rule of letters says so.
const usual = 8

// beginAlike tells whether the coarse consonants of one word begin those of the other.
func beginAlike(s, l string) bool {
	for _, a := range entity.Keys(s) {
		for _, b := range entity.Keys(l) {
			if a != "" && b != "" && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a)) {
				return true
			}
		}
	}
	return false
}

// writeSpellings lists the pairs of words that are known to be one name, and the words of both sides, as sorted hashes. A pair
// counts when two people or more bear it, it is not a rare slip among the spellings of its word, and the model does not gainsay it.
func writeSpellings(data, own, out string) error {
	var pairHashes, words []uint64
	for _, set := range sets {
		pairs, err := read(filepath.Join(data, set.file))
		if err != nil {
			return err
		}
		if more, err := read(filepath.Join(own, set.script+".tsv")); err == nil {
			pairs = append(pairs, more...)
		}
		total := map[string]int{}
		for _, p := range pairs {
			total[string(p.s)] += p.count
		}
		for _, p := range pairs {
			s := string(p.s)
			if p.count < 2 || p.count*50 < total[s] || entity.SameWord(s, p.l) < 0.2 && !(p.count >= usual && beginAlike(s, p.l)) {
				continue
			}
			pairHashes = append(pairHashes, entity.Spelling(s, p.l))
			words = append(words, entity.Spelling(s, ""), entity.Spelling("", p.l))
		}
	}
	slices.Sort(pairHashes)
	slices.Sort(words)
	pairHashes, words = slices.Compact(pairHashes), slices.Compact(words)
	b := binary.BigEndian.AppendUint32(nil, uint32(len(pairHashes)))
	for _, h := range append(pairHashes, words...) {
		b = binary.BigEndian.AppendUint64(b, h)
	}
	return os.WriteFile(out, b, 0o644)
}
