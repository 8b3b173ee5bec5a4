package match

import (
	"hash/maphash"
	"math/bits"
)

// cache remembers which leaves the words of articles stood for, as they were written. News repeats itself: nearly every word is found
// here, in one cache line.
type cache struct {
	seed  uint64
	slots []known
	used  int
	long  []byte // the words that are longer than 16 bytes
	lists []filed
}

// filed is a leaf with the range of its postings.
type filed struct {
	leaf     leaf
	from, to uint32
}

// known is a remembered word, in half a cache line. Up to 16 bytes stand in the key itself; longer words have a hash there and a place
// in long.
type known struct {
	key     [2]uint64
	length  uint8 // 0: free
	classes uint8
	n       uint16   // of leaves; the top bit says that they lie in lists
	one     [1]filed // the only leaf, which is a class of its own or has none; else where in lists leaves and classes begin
}

const spilled = 1 << 15

const (
	maxKnown  = 1 << 17 // words remembered; then all are forgotten
	maxLength = 64      // longer words are looked up each time
	maxProbes = 24
)

func newCache() *cache {
	return &cache{seed: maphash.Comparable(maphash.MakeSeed(), 0) | 1, slots: make([]known, 1<<10)}
}

// key is a word made ready to be looked up.
type key struct {
	bytes [2]uint64
	hash  uint64
}

// keyOf packs a word. Words of up to 16 bytes and the same length have the same bytes only if they are the same.
func (c *cache) keyOf(s string) (k key) {
	n := len(s)
	switch {
	case n > 16:
		h := uint64(n)
		for rest := s[:min(n, maxLength)]; rest != ""; {
			if len(rest) >= 8 {
				h, rest = c.mix(h, load8(rest)), rest[8:]
			} else {
				h, rest = c.mix(h, uint64(rest[0])), rest[1:]
			}
		}
		k.bytes[0] = h
	case n >= 8:
		k.bytes = [2]uint64{load8(s), load8(s[n-8:])}
	case n >= 4:
		k.bytes[0] = uint64(load4(s)) | uint64(load4(s[n-4:]))<<32
	default:
		k.bytes[0] = uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16
	}
	k.hash = c.mix(k.bytes[0]^uint64(n), k.bytes[1])
	return k
}

func load8(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func load4(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func (c *cache) mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^c.seed, b^0x9E3779B97F4A7C15)
	return hi ^ lo
}

// find gives the slot of a word, or a free one. Without any near, ok is false and the slot nil: strangers choose the words, so a
// crowd in one place must not cost more than forgetting.
func (c *cache) find(s string, k *key) (slot *known, ok bool) {
	if len(s) > maxLength {
		return nil, false
	}
	mask := uint64(len(c.slots) - 1)
	for at := k.hash; at < k.hash+maxProbes; at++ {
		e := &c.slots[at&mask]
		switch {
		case e.length == 0:
			return e, false
		case e.key[0] != k.bytes[0] || int(e.length) != len(s):
		case e.length <= 16 && e.key[1] == k.bytes[1], e.length > 16 && string(c.long[e.key[1]:e.key[1]+uint64(e.length)]) == s:
			return e, true
		}
	}
	return nil, false
}

// leaves gives the leaves that a slot remembers, and the classes of those that are words.
func (c *cache) leaves(e *known) (ls, classes []filed) {
	if e.n&spilled == 0 {
		return e.one[:e.n], e.one[:e.classes]
	}
	ls = c.lists[e.one[0].from:]
	n := int(e.n &^ spilled)
	return ls[:n], ls[n : n+int(e.classes)]
}

// put remembers the leaves of a word and their classes.
func (c *cache) put(s string, k *key, ls, classes []filed) {
	if len(s) > maxLength || len(ls) >= spilled || len(classes) > 255 {
		return
	}
	if c.used > maxKnown {
		*c = cache{seed: c.seed, slots: make([]known, len(c.slots))}
	} else if 4*c.used > 3*len(c.slots) {
		c.grow()
	}
	slot, _ := c.find(s, k)
	if slot == nil {
		return
	}
	e := known{key: k.bytes, length: uint8(len(s)), classes: uint8(len(classes)), n: uint16(len(ls))}
	if e.length > 16 {
		e.key[1] = uint64(len(c.long))
		c.long = append(c.long, s...)
	}
	switch {
	case len(ls) == 1 && (len(classes) == 0 || classes[0].leaf == ls[0].leaf):
		e.one[0] = ls[0]
	case len(ls) > 0:
		e.n |= spilled
		e.one[0].from = uint32(len(c.lists))
		c.lists = append(append(c.lists, ls...), classes...)
	}
	*slot = e
	c.used++
}

func (c *cache) grow() {
	old := c.slots
	c.slots = make([]known, 2*len(old))
	c.used = 0
	mask := uint64(len(c.slots) - 1)
	for i := range old {
		e := &old[i]
		if e.length == 0 {
			continue
		}
		k1 := e.key[1]
		if e.length > 16 {
			k1 = 0
		}
		at := c.mix(e.key[0]^uint64(e.length), k1)
		for range maxProbes {
			if c.slots[at&mask].length == 0 {
				c.slots[at&mask] = *e
				c.used++
				break
			}
			at++
		}
	}
}
