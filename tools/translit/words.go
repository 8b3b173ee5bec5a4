package main

import (
	"encoding/binary"
	"os"
	"slices"

	"marsad/entity"
)

// often is how many people must bear a word for it to count as a word of names.
const often = 8

// writeNameWords lists the words of names of all pairs, in both scripts, as sorted hashes.
func writeNameWords(path string, pairs []pair) error {
	var hashes []uint32
	for _, p := range pairs {
		if p.count >= often && len(p.l) > 2 {
			hashes = append(hashes, entity.NameWord(p.l), entity.NameWord(string(p.s)))
		}
	}
	slices.Sort(hashes)
	var out []byte
	for _, h := range slices.Compact(hashes) {
		out = binary.BigEndian.AppendUint32(out, h)
	}
	return os.WriteFile(path, out, 0o644)
}
