package match

import (
	"hash/maphash"
	"slices"
)

// table numbers strings in the order in which they come. It holds no pointers but a few, so that a million queries cost the garbage
// collector nothing and a copy is a few moves of memory.
type table struct {
	seed  maphash.Seed
	slots []uint32 // number + 1, 0 where free; their count is a power of two
	ends  []uint32 // of each string in bytes
	bytes []byte
}

func newTable() table { return table{seed: maphash.MakeSeed(), slots: make([]uint32, 8)} }

func (t *table) clone() table {
	return table{t.seed, slices.Clone(t.slots), slices.Clone(t.ends), slices.Clone(t.bytes)}
}

func (t *table) string(n uint32) []byte {
	from := uint32(0)
	if n > 0 {
		from = t.ends[n-1]
	}
	return t.bytes[from:t.ends[n]]
}

// find gives the number of s, or the slot where it belongs.
func (t *table) find(s string) (n uint32, slot int, ok bool) {
	mask := len(t.slots) - 1
	for slot = int(maphash.String(t.seed, s)) & mask; t.slots[slot] > 0; slot = (slot + 1) & mask {
		if n := t.slots[slot] - 1; string(t.string(n)) == s {
			return n, slot, true
		}
	}
	return 0, slot, false
}

// add gives the number of s and tells whether it is new.
func (t *table) add(s string) (n uint32, isNew bool) {
	n, slot, ok := t.find(s)
	if ok {
		return n, false
	}
	n = uint32(len(t.ends))
	t.bytes = append(t.bytes, s...)
	t.ends = append(t.ends, uint32(len(t.bytes)))
	t.slots[slot] = n + 1
	if 4*len(t.ends) > 3*len(t.slots) {
		t.grow()
	}
	return n, true
}

func (t *table) grow() {
	t.slots = make([]uint32, 2*len(t.slots))
	mask := len(t.slots) - 1
	for n := range t.ends {
		slot := int(maphash.Bytes(t.seed, t.string(uint32(n)))) & mask
		for t.slots[slot] > 0 {
			slot = (slot + 1) & mask
		}
		t.slots[slot] = uint32(n) + 1
	}
}
