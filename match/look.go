package match

import (
	"math/bits"
	"slices"

	"marsad/text"
)

// together is how many words are looked up side by side, so that the waits for memory overlap.
const together = 64

// heard is what the words of an article are.
type heard struct {
	words   []meaning // of each that the article has, once
	slots   []uint32  // where it is in the cache, or past oddOnes; longer than words, and its length is a power of two
	odd     []known   // words that found no place in the cache
	found   []listing // where postings lie
	further []uint32  // words of which lists say more
}

// oddOnes added to a place in odd make it one of slots.
const oddOnes = 1 << 31

// meaning is what a word stands for.
type meaning struct {
	list    uint32 // by its place in the cache's lists; 0 for nothing but one leaf, which is its class
	class   leaf   // its class; none where it has several
	further uint32 // 1 where lists have more than this
}

// listing is a range of postings under a word of the article.
type listing struct{ from, to, word uint32 }

// clear makes room for the words of an article.
func (h *heard) clear(words int) {
	h.words, h.odd, h.found, h.further = h.words[:0], h.odd[:0], h.found[:0], h.further[:0]
	if len(h.slots) <= words {
		h.slots = make([]uint32, 1<<bits.Len(uint(words)))
	}
}

// look numbers the words of a section, the same word by the same number, the first new one by n, and gives the next n. Each step is done for all words of a batch before the next: one
// that waits for memory does nothing else, so that many waits fit into the processor's window. What a processor could guess wrong (a
// word's length, whether it is new here, whether it has postings) is computed and not branched upon: what is not to be kept is
// written over by the next.
func (s *scanner) look(doc *text.Doc, c *cache, tokens []int32, numbers []uint32, n int) int {
	for len(tokens) > 0 {
		some := tokens[:min(len(tokens), together)]
		batch := s.batch[:len(some)]
		for i, token := range some {
			t := &doc.Tokens[token]
			batch[i] = c.keyOf(doc.Text, t.Start, t.End)
		}
		touched := uint8(0)
		for i := range batch {
			e := &c.slots[batch[i].hash&uint64(len(c.slots)-1)] // a pointer, or Go would copy the slot
			touched += e.length
		}
		s.touched = uint32(touched)
		places := s.at[:len(some)]
		for i := range batch {
			at, ok := c.near(&batch[i])
			if places[i] = uint32(at); !ok {
				places[i] = s.far(doc, c, &doc.Tokens[some[i]], &batch[i])
			}
		}
		n = s.number(c, places, numbers, n)
		tokens, numbers = tokens[len(some):], numbers[len(some):]
	}
	return n
}

// number gives the words at places in the cache their numbers. n is how many the article had before.
func (s *scanner) number(c *cache, places, numbers []uint32, n int) int {
	for i, place := range places {
		if place >= oddOnes {
			s.slots[n], numbers[i] = place, uint32(n)
			n++
			continue
		}
		e := &c.slots[place]
		old := int(e.local)
		known := one(old < n) & one(s.slots[old&(len(s.slots)-1)] == place)
		number := n + (old-n)&-known
		s.slots[n] = place
		e.local, numbers[i] = uint16(number), uint32(number)
		n += 1 - known
	}
	return n
}

// one gives 1 for what holds, without a branch.
func one(holds bool) int {
	if holds {
		return 1
	}
	return 0
}

// far gives the place of a word that is not where most are, after looking up what a new one stands for.
func (s *scanner) far(doc *text.Doc, c *cache, t *text.Token, k *key) uint32 {
	raw := doc.Text[t.Start:t.End]
	if at, ok := c.find(raw, k); ok {
		return at
	}
	leaves, patterns, classes := s.x.expand(t, raw, s.d.pack, &s.scratch)
	w := c.enlist(leaves, patterns, classes, s.x.rangesOf(leaves))
	if at, ok := c.put(raw, k, w); ok {
		return at
	}
	s.odd = append(s.odd, w)
	return oddOnes + uint32(len(s.odd)-1)
}

// mean puts down what the n words of the article stand for: the bits of their classes, and where their postings lie.
func (s *scanner) mean(c *cache, n int) {
	s.words, s.found, s.further = slices.Grow(s.words, n)[:n], slices.Grow(s.found, n+1)[:n+1], slices.Grow(s.further, n+1)[:n+1]
	found, further := 0, 0
	for w := range s.words {
		var e *known
		if place := s.slots[w]; place < oddOnes {
			e = &c.slots[place]
		} else {
			e = &s.odd[place-oddOnes]
		}
		count := uint32(e.count)
		more := int(count+1) >> 8
		s.words[w] = meaning{e.list, e.class, uint32(more)}
		s.found[found] = listing{e.from, e.from + count, uint32(w)}
		found += one(count > 0) &^ more
		s.further[further] = uint32(w)
		further += more
		s.put(classBit(e.class), uint32(w))
	}
	s.found, s.further = s.found[:found], s.further[:further]
	s.meanFurther(c)
}

// put sets a bit for a word, and notes where the word stands if that is asked for.
func (s *scanner) put(b uint16, word uint32) {
	if s.set(b); s.x.nears {
		s.nearby.where[b/nearShare] |= s.stands.masks[word]
	}
}

// meanFurther puts down what lists say of words beyond their slots: the bits of patterns and of more classes, and where more postings lie.
func (s *scanner) meanFurther(c *cache) {
	touched := uint32(0)
	for _, w := range s.further {
		touched += c.lists[s.words[w].list]
	}
	s.touched = touched
	for _, w := range s.further {
		list := s.words[w].list
		for _, l := range c.classesOf(list) {
			s.put(classBit(l), w)
		}
		for _, l := range c.patternsOf(list) {
			s.put(classBit(l), w)
		}
		for rs := c.rangesOf(list); len(rs) > 1; rs = rs[2:] {
			s.found = append(s.found, listing{rs[0], rs[1], w})
		}
	}
}

// pair puts down the pairs of classes of words that follow each other in a section.
func (s *scanner) pair(c *cache, numbers []uint32) {
	s.crowds = slices.Grow(s.crowds[:0], len(numbers)+1)[:len(numbers)+1]
	before, crowds := nothing, 0
	for i, w := range numbers {
		class := s.words[w].class
		s.set(pairBit(before, class))
		s.crowds[crowds] = uint32(i)
		crowds += one(class == none)
		before = class
	}
	for _, i := range s.crowds[:crowds] {
		own := s.classesOf(c, numbers[i])
		if i > 0 {
			s.pairAll(s.classesOf(c, numbers[i-1]), own)
		}
		if int(i)+1 < len(numbers) {
			s.pairAll(own, s.classesOf(c, numbers[i+1]))
		}
	}
}

// leavesOf gives the leaves of a word of the article; a class that is none does no harm.
func (s *scanner) leavesOf(c *cache, w uint32) []leaf {
	if m := &s.words[w]; m.list > 0 {
		return c.leavesOf(m.list)
	}
	return s.alone(w)
}

// classesOf gives the classes of a word of the article.
func (s *scanner) classesOf(c *cache, w uint32) []leaf {
	if m := &s.words[w]; m.class == none {
		return c.classesOf(m.list)
	}
	return s.alone(w)
}

// alone gives the only class of a word.
func (s *scanner) alone(w uint32) []leaf {
	s.single = [1]leaf{s.words[w].class}
	return s.single[:]
}

func (s *scanner) pairAll(before, after []leaf) {
	for _, a := range before {
		for _, b := range after {
			s.set(pairBit(a, b))
		}
	}
}

// tell puts down the words of title and captions.
func (s *scanner) tell(c *cache) {
	for sec := range sections {
		if sec == body {
			continue
		}
		for _, w := range s.of(sec) {
			for _, l := range s.leavesOf(c, w) {
				s.set(sectionBit(l, 1<<sec))
			}
		}
	}
}
