package sketch

import "slices"

// Index finds by key what was put in under it. It is a multimap from keys to small numbers that the caller gives to texts, at
// some ten bytes an entry: slots with linear probing, in parts that grow alone. The zero Index is usable.
type Index struct {
	parts [indexParts]indexPart
	keys  int
}

type indexPart struct {
	slots []entry // those of one key stand in the order in which they were put in
	used  int
}

type entry struct{ key, n uint32 } // a key of 0 is an empty slot; the key 0 is kept as 1

const (
	indexParts = 256
	leastSlots = 8
)

// MaxPerKey bounds what is kept under a key. A key that more texts share is a phrase of the trade and tells nothing.
const MaxPerKey = 64

// NewIndex makes an empty index.
func NewIndex() *Index { return &Index{} }

// Add puts n in under every key. Of a key that is full the oldest entry gives way.
func (x *Index) Add(keys []uint32, n uint32) {
	for _, k := range keys {
		p, k := x.part(k)
		if p.used*8 >= len(p.slots)*7 {
			p.grow()
		}
		end, first, count := p.seek(k)
		switch count {
		case 0:
			x.keys++
		case MaxPerKey:
			p.drop(first)
			end, _, _ = p.seek(k)
		}
		p.slots[end] = entry{k, n}
		p.used++
	}
}

// Remove takes n out under every key. A key under which it does not stand is left as it is.
func (x *Index) Remove(keys []uint32, n uint32) {
	for _, k := range keys {
		p, k := x.part(k)
		if p.used == 0 {
			continue
		}
		_, i, count := p.seek(k)
		for ; count > 0 && p.slots[i].key != 0; i = p.after(i) {
			if (p.slots[i] == entry{k, n}) {
				p.drop(i)
				if count == 1 {
					x.keys--
				}
				break
			}
		}
	}
}

// Find appends what stands under a key, in the order in which it was put in.
func (x *Index) Find(dst []uint32, key uint32) []uint32 {
	p, k := x.part(key)
	if p.used == 0 {
		return dst
	}
	for i := p.home(k); p.slots[i].key != 0; i = p.after(i) {
		if p.slots[i].key == k {
			dst = append(dst, p.slots[i].n)
		}
	}
	return dst
}

// Len is the number of keys.
func (x *Index) Len() int { return x.keys }

// part gives the part of a key, and the key as it is kept.
func (x *Index) part(key uint32) (*indexPart, uint32) {
	key = max(key, 1)
	return &x.parts[spread(key)>>24], key
}

func spread(key uint32) uint32 { return key * 0x9E3779B1 }

// home is where the search for a key begins.
func (p *indexPart) home(key uint32) int {
	return int(uint64(spread(key)<<8) * uint64(len(p.slots)) >> 32)
}

func (p *indexPart) after(i int) int {
	if i++; i == len(p.slots) {
		return 0
	}
	return i
}

// seek gives the empty slot that ends the run of a key, the first slot that has it, and how many have.
func (p *indexPart) seek(key uint32) (end, first, count int) {
	for end = p.home(key); p.slots[end].key != 0; end = p.after(end) {
		if p.slots[end].key == key {
			if count == 0 {
				first = end
			}
			count++
		}
	}
	return end, first, count
}

// drop empties a slot and moves up what it kept from its home, so that no search ends early.
func (p *indexPart) drop(hole int) {
	p.used--
	for i := p.after(hole); p.slots[i].key != 0; i = p.after(i) {
		if n := len(p.slots); (i-p.home(p.slots[i].key)+n)%n >= (i-hole+n)%n {
			p.slots[hole] = p.slots[i]
			hole = i
		}
	}
	p.slots[hole] = entry{}
}

// grow makes room by a sixteenth. It walks from an empty slot, so that entries of one key keep their order.
func (p *indexPart) grow() {
	old := p.slots
	p.slots = make([]entry, max(leastSlots, len(old)+len(old)/16+1))
	start := slices.IndexFunc(old, func(e entry) bool { return e.key == 0 })
	for i := range old {
		if e := old[(start+i)%len(old)]; e.key != 0 {
			end, _, _ := p.seek(e.key)
			p.slots[end] = e
		}
	}
}
