package story

// table holds values under hashed keys in little more than their own bytes, and finds them with one look into memory more often than not:
// a window keeps millions, and a map of the language takes twice as much. Open addressing with linear probing; parts of it grow
// alone, so that no step copies all. The zero key is kept as one: keys are hashes, and a collision more is none.
type table[V any] struct {
	parts [tableParts]tablePart[V]
	n     int
}

type tablePart[V any] struct {
	slots []slot[V]
	used  int
}

type slot[V any] struct {
	key uint32 // 0 for an empty one
	val V
}

const (
	tableParts = 256
	leastSlots = 8
)

// spread gives a key's part and its place in it, as a share of 2^32. The upper bits of a key tell its kind, so they are mixed.
func spread(key uint32) (part uint8, share uint32) {
	h := key * 0x9E3779B1
	return uint8(h >> 24), h << 8
}

// seek gives the slot that has a key, or the empty one where it belongs.
func (p *tablePart[V]) seek(key, share uint32) *slot[V] {
	i := int(uint64(share) * uint64(len(p.slots)) >> 32)
	for p.slots[i].key != key && p.slots[i].key != 0 {
		if i++; i == len(p.slots) {
			i = 0
		}
	}
	return &p.slots[i]
}

// get gives what stands under a key.
func (t *table[V]) get(key uint32) (v V, ok bool) {
	key = max(key, 1)
	part, share := spread(key)
	p := &t.parts[part]
	if p.used == 0 {
		return v, false
	}
	s := p.seek(key, share)
	return s.val, s.key != 0
}

// at gives the place of what stands under a key, made empty if nothing does. It is good until the next call.
func (t *table[V]) at(key uint32) *V {
	key = max(key, 1)
	part, share := spread(key)
	p := &t.parts[part]
	if p.used*8 >= len(p.slots)*7 {
		p.resize(len(p.slots) + len(p.slots)/16 + 1)
	}
	s := p.seek(key, share)
	if s.key == 0 {
		s.key = key
		p.used++
		t.n++
	}
	return &s.val
}

func (p *tablePart[V]) resize(n int) {
	old := p.slots
	p.slots = make([]slot[V], max(n, leastSlots))
	for _, s := range old {
		if s.key != 0 {
			_, share := spread(s.key)
			*p.seek(s.key, share) = s
		}
	}
}

// sift keeps only the entries of which f says so; it may change them.
func (t *table[V]) sift(f func(*V) bool) {
	for i := range t.parts {
		p := &t.parts[i]
		before := p.used
		p.used = 0
		for j := range p.slots {
			s := &p.slots[j]
			switch {
			case s.key == 0:
			case f(&s.val):
				p.used++
			default:
				*s = slot[V]{}
			}
		}
		t.n -= before - p.used
		p.resize(p.used + p.used/4 + 1)
	}
}
