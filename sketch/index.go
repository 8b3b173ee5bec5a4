package sketch

import "slices"

// Index finds by key what was put in under it. It is a multimap from keys to small numbers that the caller gives to texts, at
// some 13 bytes an entry where most keys are met once. The zero Index is not usable: see [NewIndex].
type Index struct {
	one  map[uint32]uint32
	more map[uint32][]uint32 // the further ones, oldest first
}

// MaxPerKey bounds what is kept under a key. A key that more texts share is a phrase of the trade and tells nothing.
const MaxPerKey = 64

// NewIndex makes an empty index.
func NewIndex() *Index {
	return &Index{one: map[uint32]uint32{}, more: map[uint32][]uint32{}}
}

// Add puts n in under every key. Of a key that is full the oldest entry gives way.
func (x *Index) Add(keys []uint32, n uint32) {
	for _, k := range keys {
		if _, ok := x.one[k]; !ok {
			x.one[k] = n
			continue
		}
		rest := append(x.more[k], n)
		if len(rest) >= MaxPerKey {
			x.one[k] = rest[0]
			rest = append(rest[:0], rest[1:]...)
		}
		x.more[k] = rest
	}
}

// Remove takes n out under every key. A key under which it does not stand is left as it is.
func (x *Index) Remove(keys []uint32, n uint32) {
	for _, k := range keys {
		first, ok := x.one[k]
		rest := x.more[k]
		switch {
		case !ok:
			continue
		case first != n:
			if i := slices.Index(rest, n); i >= 0 {
				rest = slices.Delete(rest, i, i+1)
			}
		case len(rest) == 0:
			delete(x.one, k)
		default:
			x.one[k] = rest[0]
			rest = slices.Delete(rest, 0, 1)
		}
		if len(rest) == 0 {
			delete(x.more, k)
		} else {
			x.more[k] = rest
		}
	}
}

// Find appends what stands under a key, in the order in which it was put in.
func (x *Index) Find(dst []uint32, key uint32) []uint32 {
	first, ok := x.one[key]
	if !ok {
		return dst
	}
	return append(append(dst, first), x.more[key]...)
}

// Len is the number of keys.
func (x *Index) Len() int { return len(x.one) }
