package match

import "slices"

// passed is a posting that may let the article through, under a word of the article.
type passed struct{ posting, word uint32 }

// sieve collects the postings under what the article holds whose guards let it through: first by one bit of each guard, of an array of
// these alone, then by whole guards, at last by what must be near. What is kept is written over by the next if it should not have
// been, so that there is nothing for the processor to guess wrong.
func (s *scanner) sieve() (tried int) {
	for _, f := range s.found {
		tried += int(f.to - f.from)
	}
	s.passed = slices.Grow(s.passed[:0], tried+1)
	s.sieveFirst()
	s.sieveWhole()
	if s.x.nears {
		s.sieveNear()
	}
	s.refs = s.refs[:0]
	for _, p := range s.passed {
		s.refs = append(s.refs, s.x.postings[p.posting].ref)
	}
	s.refs = append(s.refs, s.x.always...)
	return tried
}

// sieveFirst keeps the postings whose first bits let the article through.
func (s *scanner) sieveFirst() {
	bits, first, touched, n := &s.bits, s.x.first, uint32(0), 0
	all := s.passed[:cap(s.passed)]
	for k, f := range s.found {
		if k%together == 0 { // look ahead, so that the waits for memory overlap
			for _, g := range s.found[k:min(k+together, len(s.found))] {
				touched += uint32(first[g.from])
			}
		}
		for i, g := range first[f.from:f.to] {
			all[n] = passed{f.from + uint32(i), f.word}
			n += int(bits[g/64] >> (g & 63) & 1)
		}
	}
	s.touched, s.passed = touched, all[:n]
}

// sieveWhole keeps those whose guards let the article through.
func (s *scanner) sieveWhole() {
	bits, postings, touched, n := &s.bits, s.x.postings, uint16(0), 0
	for k, p := range s.passed {
		if k%together == 0 {
			for _, q := range s.passed[k:min(k+together, len(s.passed))] {
				e := &postings[q.posting]
				touched += e.guard[0]
			}
		}
		e := &postings[p.posting]
		g := e.guard
		a, b := bits[g[0]/64]>>(g[0]&63), bits[g[1]/64]>>(g[1]&63)
		c, d := bits[g[2]/64]>>(g[2]&63), bits[g[3]/64]>>(g[3]&63)
		s.passed[n] = p
		n += int(a & b & c & d & 1)
	}
	s.touched, s.passed = uint32(touched), s.passed[:n]
}

// sieveNear keeps those that ask for nothing near, or have it near.
func (s *scanner) sieveNear() {
	where, n := s.nearby.where, 0
	for _, p := range s.passed {
		e := &s.x.postings[p.posting]
		s.passed[n] = p
		n += one(where[e.guard[0]/nearShare]&s.nearby.reach[p.word] != 0) | int(e.ref&guardNear^guardNear)
	}
	s.passed = s.passed[:n]
}

// nearby says where the words of an article stand, by the bits of their classes, so that NEAR is mostly rejected without its program.
type nearby struct {
	where *regions // nil where no guard asks
	reach []uint64 // of each word: where it stands, and what is near
}

// regions has a mask, see stands, for some bits of the bitmap each.
type regions [1 << bitmapBits / nearShare]uint64

const (
	nearWords = 16 // what is farther apart counts as near to no guard
	nearShare = 16 // how many bits share a place in where
)

// begin makes ready for an article of which it is noted where its words stand.
func (n *nearby) begin(s *stands) {
	clear(n.where[:])
	n.reach = n.reach[:0]
	for _, mask := range s.masks {
		n.reach = append(n.reach, s.dilated(mask, nearWords))
	}
	if len(n.reach) == 0 {
		n.reach = append(n.reach, 0) // for marks, which are found without words
	}
}
