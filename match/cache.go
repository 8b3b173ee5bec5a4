package match

import (
	"hash/maphash"
	"math/bits"
)

// cache remembers what the words of articles stand for, as they were written. News repeats itself: nearly every word is found here, with
// one wait for memory for the word and one for what it stands for.
type cache struct {
	seed   uint64
	slots  []known
	used   int
	long   []byte // the words that are longer than 16 bytes
	lists  []uint32
	serial uint32 // of the article that is read
}

// known is a remembered word, in half a cache line; two that share a line are looked at together. Up to 16 bytes stand in the key itself;
// longer words have a hash there and a place in long.
type known struct {
	a, b   uint64 // the key
	length uint32 // in bytes; 0: free
	list   uint32 // where in lists stands what the word stands for; 0: for nothing, which stands there
	serial uint32 // the last article that held it
	local  uint32 // its number there
}

// In lists a word has the number of its leaves, of its classes and of the ranges of its postings; then these, one behind the other.
const listHead = 3

const (
	maxKnown  = 1 << 17 // words remembered; when there are more, all are forgotten before the next article
	maxLists  = 1 << 23 // the same of numbers in lists
	maxLength = 64      // longer words are looked up each time
	maxProbes = 24
)

func newCache() *cache {
	return &cache{seed: maphash.Comparable(maphash.MakeSeed(), 0) | 1, slots: make([]known, 1<<10), lists: make([]uint32, listHead)}
}

// begin makes ready for an article. What is too much is forgotten here, because places in lists are kept within an article.
func (c *cache) begin() {
	if c.serial++; c.serial == 0 || c.used > maxKnown || len(c.lists) > maxLists {
		*c = cache{seed: c.seed, slots: make([]known, 1<<10), lists: make([]uint32, listHead), serial: 1}
	}
}

// key is a word made ready to be looked up: up to 16 bytes and a hash of them. It has no array, which Go would move through memory.
type key struct{ a, b, hash uint64 }

// low keeps the first bytes of 8, by their number.
var low = [17]uint64{0, 1<<8 - 1, 1<<16 - 1, 1<<24 - 1, 1<<32 - 1, 1<<40 - 1, 1<<48 - 1, 1<<56 - 1, ^uint64(0),
	^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}

// keyOf packs the word s[from:to], which is not empty. Words of up to 16 bytes and the same length have the same bytes only if they are
// the same. Where the text goes on long enough nothing depends on the word's length, which no processor can guess.
func (c *cache) keyOf(s string, from, to int) key {
	n := to - from
	var a, b uint64
	switch {
	case uint(n) > 16:
		a = c.hashed(s[from:to])
	case from+16 <= len(s):
		v := s[from : from+16]
		a, b = load8(v)&low[n], load8(v[8:])&low[max(n, 8)-8]
	default:
		for i := n - 1; i >= 0; i-- {
			b = b<<8 | a>>56
			a = a<<8 | uint64(s[from+i])
		}
	}
	return key{a, b, c.mix(a^uint64(n), b)}
}

// hashed makes a number of a long word.
func (c *cache) hashed(s string) uint64 {
	h := uint64(len(s))
	for s = s[:min(len(s), maxLength)]; s != ""; {
		if len(s) >= 8 {
			h, s = c.mix(h, load8(s)), s[8:]
		} else {
			h, s = c.mix(h, uint64(s[0])), s[1:]
		}
	}
	return h
}

func load8(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func (c *cache) mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^c.seed, b^0x9E3779B97F4A7C15)
	return hi ^ lo
}

// near gives the place in slots of the word of a key, where it is one of the two that share its line; else that of another word or of
// none. What the processor could guess wrong is computed and not branched upon.
func (c *cache) near(k *key, n int) uint64 {
	at := k.hash & uint64(len(c.slots)-1) &^ 1
	e := &c.slots[at]
	if (e.a^k.a)|(e.b^k.b)|uint64(e.length^uint32(n)) != 0 {
		at++
	}
	return at
}

// is tells whether a slot holds a word of at most 16 bytes.
func (e *known) is(k *key, n int) bool {
	return e.a == k.a && e.b == k.b && int(e.length) == n && n <= 16
}

// find gives the slot of a word, or a free one. Without any near, ok is false and the slot nil: strangers choose the words, so a
// crowd in one place must not cost more than forgetting.
func (c *cache) find(s string, k *key) (slot *known, ok bool) {
	if len(s) > maxLength {
		return nil, false
	}
	mask := uint64(len(c.slots) - 1)
	home := k.hash &^ 1
	for at := home; at < home+maxProbes; at++ {
		e := &c.slots[at&mask]
		switch {
		case e.length == 0:
			return e, false
		case e.a != k.a || int(e.length) != len(s):
		case e.length <= 16 && e.b == k.b, e.length > 16 && string(c.long[e.b:e.b+uint64(e.length)]) == s:
			return e, true
		}
	}
	return nil, false
}

// put remembers a word with its place in lists, and gives its slot, nil where there is none for it.
func (c *cache) put(s string, k *key, list uint32) *known {
	if len(s) > maxLength {
		return nil
	}
	if 2*c.used > len(c.slots) {
		if c.used > 2*maxKnown { // within one article
			return nil
		}
		c.grow()
	}
	slot, _ := c.find(s, k)
	if slot == nil {
		return nil
	}
	*slot = known{a: k.a, b: k.b, length: uint32(len(s)), list: list}
	if len(s) > 16 {
		slot.b = uint64(len(c.long))
		c.long = append(c.long, s...)
	}
	c.used++
	return slot
}

// enlist writes down what a word stands for and gives its place.
func (c *cache) enlist(leaves, classes []leaf, ranges []stretch) uint32 {
	if len(leaves) == 0 {
		return 0
	}
	at := uint32(len(c.lists))
	c.lists = append(c.lists, uint32(len(leaves)), uint32(len(classes)), uint32(len(ranges)))
	c.lists = append(append(c.lists, leaves...), classes...)
	for _, r := range ranges {
		c.lists = append(c.lists, r.from, r.to)
	}
	return at
}

// leavesOf gives the leaves of what stands in lists at a place.
func (c *cache) leavesOf(at uint32) []leaf {
	return c.lists[at+listHead:][:c.lists[at]]
}

// classesOf gives the classes of what stands in lists at a place.
func (c *cache) classesOf(at uint32) []leaf {
	return c.lists[at+listHead+c.lists[at]:][:c.lists[at+1]]
}

// rangesOf gives the ranges of its postings, two numbers each.
func (c *cache) rangesOf(at uint32) []uint32 {
	return c.lists[at+listHead+c.lists[at]+c.lists[at+1]:][:2*c.lists[at+2]]
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
		k1 := e.b
		if e.length > 16 {
			k1 = 0
		}
		at := c.mix(e.a^uint64(e.length), k1) &^ 1
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
