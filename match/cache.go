package match

import (
	"hash/maphash"
	"math/bits"
)

// cache remembers what the words of articles stand for, as they were written. News repeats itself: nearly every word is found here, with
// one wait for memory for the word and all that most words stand for.
type cache struct {
	seed  uint64
	slots []known
	used  int
	long  []byte // the words that are longer than 16 bytes
	lists []uint32
}

// known is a remembered word, in half a cache line; two that share a line are looked at together. Up to 16 bytes stand in the key itself;
// longer words have a hash there and a place in long. What most words have one of, stands here; what else there is, in lists.
type known struct {
	a, b   uint64 // the key
	list   uint32 // where in lists stands what the word stands for; 0: for nothing but one leaf, which is its class
	class  leaf   // its class; nothing without, none where it has several
	from   uint32 // its postings
	local  uint16 // its number in the last article that held it
	count  uint8  // of its postings; further where it has several classes or ranges, patterns, or very many postings
	length uint8  // in bytes; 0: free
}

// nothing is the class of words that have none.
const nothing = none - 1

// further says that lists have more than a known can tell.
const further = 255

// In lists a word has the number of its leaves, of its patterns, of its classes and of the ranges of its postings; then these, one behind
// the other. Its patterns are the last of its leaves.
const listHead = 4

const (
	maxKnown  = 1 << 17 // words remembered; when there are more, all are forgotten before the next article
	maxLists  = 1 << 23 // the same of numbers in lists
	maxLength = 64      // longer words are looked up each time
	maxProbes = 24
)

func newCache() *cache {
	return &cache{seed: maphash.Comparable(maphash.MakeSeed(), 0) | 1, slots: make([]known, 1<<10), lists: make([]uint32, listHead)}
}

// begin makes ready for an article of so many words. What is too much is forgotten here, and room is made here, because slots and places
// in lists are kept within an article.
func (c *cache) begin(words int) {
	if c.used > maxKnown || len(c.lists) > maxLists {
		*c = cache{seed: c.seed, slots: make([]known, 1<<10), lists: make([]uint32, listHead)}
	}
	for 2*(c.used+min(words, maxKnown)) > len(c.slots) {
		c.grow()
	}
}

// key is a word made ready to be looked up: up to 16 bytes and a hash of them. It has no array, which Go would move through memory.
type key struct{ a, b, hash uint64 }

// low keeps the first of 16 bytes, by their number.
var low = func() (masks [17]struct{ a, b uint64 }) {
	for n := range masks {
		masks[n].a = ^uint64(0) >> (64 - 8*min(n, 8))
		masks[n].b = ^uint64(0) >> (64 - 8*(max(n, 8)-8))
	}
	return masks
}()

// isLong marks keys, and what slots have in their place, of words of more than 16 bytes: as the last byte of a word it is no UTF-8.
const isLong = 0xFF << 56

// keyOf packs the word s[from:to], which is not empty. Words of up to 16 bytes have the same key only if they are the same, because none ends
// in a zero byte. Where the text goes on long enough nothing depends on the word's length, which no processor can guess.
func (c *cache) keyOf(s string, from, to int) key {
	var a, b uint64
	switch n := to - from; {
	case uint(n) > 16:
		a, b = c.hashed(s[from:to]), isLong
	case from+16 <= len(s):
		v, m := s[from:from+16], &low[n]
		a, b = load8(v)&m.a, load8(v[8:])&m.b
	default:
		for i := n - 1; i >= 0; i-- {
			b = b<<8 | a>>56
			a = a<<8 | uint64(s[from+i])
		}
	}
	return key{a, b, c.mix(a, b)}
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

// near gives the place in slots of a word that is one of the two that share its line; ok is false where it is not. Which of the two is
// computed and not branched upon, because the processor would guess wrong.
func (c *cache) near(k *key) (at uint64, ok bool) {
	at = k.hash & uint64(len(c.slots)-1) &^ 1
	two := c.slots[at:][:2]
	first, second := (two[0].a^k.a)|(two[0].b^k.b), (two[1].a^k.a)|(two[1].b^k.b)
	return at + uint64(one(first != 0)), first == 0 || second == 0
}

// find gives the place of a word in slots, or a free one with ok false. Without any near the place is full: strangers choose the words,
// so a crowd in one place must not cost more than forgetting.
func (c *cache) find(s string, k *key) (at uint32, ok bool) {
	if len(s) > maxLength {
		return full, false
	}
	mask := uint64(len(c.slots) - 1)
	home := k.hash &^ 1
	for at := home; at < home+maxProbes; at++ {
		e := &c.slots[at&mask]
		switch {
		case e.length == 0:
			return uint32(at & mask), false
		case e.a != k.a || int(e.length) != len(s):
		case e.b == k.b, e.length > 16 && string(c.long[e.b&^isLong:][:e.length]) == s:
			return uint32(at & mask), true
		}
	}
	return full, false
}

// full is the place of a word that finds none.
const full = ^uint32(0)

// put remembers what a word stands for and gives its place in slots; ok is false where there is none for it.
func (c *cache) put(s string, k *key, w known) (at uint32, ok bool) {
	if 2*c.used > len(c.slots) {
		return full, false
	}
	if at, _ = c.find(s, k); at == full {
		return full, false
	}
	w.a, w.b, w.length = k.a, k.b, uint8(len(s))
	if len(s) > 16 {
		w.b = isLong | uint64(len(c.long))
		c.long = append(c.long, s...)
	}
	c.slots[at] = w
	c.used++
	return at, true
}

// enlist writes down what a word stands for, which is its leaves, the last of them patterns, its classes and the ranges of its postings.
func (c *cache) enlist(leaves []leaf, patterns int, classes []leaf, ranges []stretch) known {
	w := known{class: nothing}
	switch {
	case len(classes) == 1:
		w.class = classes[0]
	case len(classes) > 1:
		w.class = none
	}
	if len(ranges) == 1 {
		w.from, w.count = ranges[0].from, uint8(min(further, ranges[0].to-ranges[0].from))
	}
	if len(leaves) == 0 || len(leaves) == 1 && leaves[0] == w.class && w.count < further {
		return w
	}
	w.list = uint32(len(c.lists))
	c.lists = append(c.lists, uint32(len(leaves)), uint32(patterns), uint32(len(classes)), uint32(len(ranges)))
	c.lists = append(append(c.lists, leaves...), classes...)
	for _, r := range ranges {
		c.lists = append(c.lists, r.from, r.to)
	}
	if len(classes) > 1 || len(ranges) > 1 || patterns > 0 {
		w.count = further
	}
	return w
}

// leavesOf gives the leaves of what stands in lists at a place.
func (c *cache) leavesOf(at uint32) []leaf {
	return c.lists[at+listHead:][:c.lists[at]]
}

// patternsOf gives those of the leaves that are patterns.
func (c *cache) patternsOf(at uint32) []leaf {
	n := c.lists[at]
	return c.lists[at+listHead+n-c.lists[at+1]:][:c.lists[at+1]]
}

// classesOf gives the classes of what stands in lists at a place.
func (c *cache) classesOf(at uint32) []leaf {
	return c.lists[at+listHead+c.lists[at]:][:c.lists[at+2]]
}

// rangesOf gives the ranges of its postings, two numbers each.
func (c *cache) rangesOf(at uint32) []uint32 {
	return c.lists[at+listHead+c.lists[at]+c.lists[at+2]:][:2*c.lists[at+3]]
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
		b := e.b
		if e.length > 16 {
			b = isLong
		}
		at := c.mix(e.a, b) &^ 1
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
