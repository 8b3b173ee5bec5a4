package match

import (
	"slices"

	"marsad/text"
)

// together is how many words are looked up side by side, so that the waits for memory overlap.
const together = 64

// lookup is a word on its way through the cache.
type lookup struct {
	key key
	n   int // its length
}

// look numbers the words of a section, the same word by the same number. Each step is done for all words of a batch before the next: one
// that waits for memory does nothing else, so that many waits fit into the processor's window.
func (s *scanner) look(doc *text.Doc, c *cache, tokens []int32, numbers []uint32) {
	for len(tokens) > 0 {
		n := min(len(tokens), together)
		batch := s.batch[:n]
		for i, token := range tokens[:n] {
			t := &doc.Tokens[token]
			batch[i].key, batch[i].n = c.keyOf(doc.Text, t.Start, t.End), t.End-t.Start
		}
		touched, slots := uint32(0), c.slots
		for i := range batch {
			touched += slots[batch[i].key.hash&uint64(len(slots)-1)].length
		}
		s.touched = touched
		s.lists = slices.Grow(s.lists, n)
		for i := range batch {
			b := &batch[i]
			e := &c.slots[c.near(&b.key, b.n)]
			if !e.is(&b.key, b.n) {
				if e = s.far(doc, c, &doc.Tokens[tokens[i]], &b.key); e == nil { // it is not remembered: each time a new word
					numbers[i] = uint32(len(s.lists) - 1)
					continue
				}
			}
			number, fresh := uint32(len(s.lists)), 1
			s.lists = s.lists[:number+1]
			s.lists[number] = e.list // kept or written over
			if e.serial == c.serial {
				number, fresh = e.local, 0
			}
			e.serial, e.local = c.serial, number
			numbers[i] = number
			s.lists = s.lists[:len(s.lists)-1+fresh]
		}
		tokens, numbers = tokens[n:], numbers[n:]
	}
}

// far gives the slot of a word that is not where most are, after looking up what a new one stands for; nil for one that finds no place:
// its number is then the last of lists.
func (s *scanner) far(doc *text.Doc, c *cache, t *text.Token, k *key) *known {
	raw := doc.Text[t.Start:t.End]
	if e, ok := c.find(raw, k); ok {
		return e
	}
	leaves, classes := s.x.expand(t, raw, s.d.pack, &s.scratch)
	list := c.enlist(leaves, classes, s.x.rangesOf(leaves))
	e := c.put(raw, k, list)
	if e == nil {
		s.lists = append(s.lists, list)
	}
	s.lists = slices.Grow(s.lists, together)
	return e
}

// mark puts down what the words of the article stand for: bits of their leaves, and where the postings lie.
func (s *scanner) mark(c *cache) {
	touched := uint32(0)
	for _, list := range s.lists {
		touched += c.lists[list]
	}
	s.touched = touched
	bits := &s.bits
	for _, list := range s.lists {
		for _, l := range c.leavesOf(list) {
			b := leafBit(l)
			bits[b/64] |= 1 << (b % 64)
		}
		for rs := c.rangesOf(list); len(rs) > 1; rs = rs[2:] {
			s.found = append(s.found, stretch{rs[0], rs[1]})
		}
	}
}

// neighbour is what of a word pairs with its neighbours: its classes, by their place in lists.
type neighbour struct {
	one  leaf // the only one
	n    uint32
	list uint32
}

// pair puts down the pairs of classes that follow each other.
func (s *scanner) pair(c *cache) {
	s.pairing = s.pairing[:0]
	for _, list := range s.lists {
		p := neighbour{list: list}
		if list != 0 {
			classes := c.classesOf(list)
			if p.n = uint32(len(classes)); p.n > 0 {
				p.one = classes[0]
			}
		}
		s.pairing = append(s.pairing, p)
	}
	for sec := range sections {
		words := s.stands.words[s.d.first[sec]:][:s.d.to[sec]-s.d.from[sec]]
		if len(words) == 0 {
			continue
		}
		before := s.pairing[words[0]]
		for _, w := range words[1:] {
			p := s.pairing[w]
			if before.n|p.n <= 1 { // n are 0 or 1 each: nothing to guess
				b := pairBit(before.one, p.one)
				s.bits[b/64] |= uint64(before.n&p.n) << (b % 64)
			} else if before.n > 0 && p.n > 0 {
				for _, a := range c.classesOf(before.list) {
					for _, b := range c.classesOf(p.list) {
						s.set(pairBit(a, b))
					}
				}
			}
			before = p
		}
	}
}

// tell puts down the words of title and captions.
func (s *scanner) tell(c *cache) {
	for sec := range sections {
		if sec == body {
			continue
		}
		for _, w := range s.stands.words[s.d.first[sec]:][:s.d.to[sec]-s.d.from[sec]] {
			if list := s.lists[w]; list != 0 {
				for _, l := range c.leavesOf(list) {
					s.set(sectionBit(l, 1<<sec))
				}
			}
		}
	}
}
