package match

import (
	"math/bits"
	"slices"
)

// stands says where the leaves of one article stand: a small table that stays in the nearest cache, however many leaves there are in
// the dictionary. A leaf stands where words stand that satisfy it. Which these are is noted once a word; the places of a leaf are put
// together when a query asks for them.
type stands struct {
	tags   []tag // by a hash of the leaf; their count is a power of two
	shift  uint8
	of     []place // of each leaf
	more   []also
	bucket uint8     // as a power of two, how many words share a bit of a mask
	masks  []uint64  // of each word where it stands
	first  []int32   // of each word its first token
	next   []int32   // of each token the next of the same word; -1 for none
	words  []uint32  // of each token the number of its word in the article
	made   []stretch // of at, for leaves that were asked for
	at     []int32   // their places, each in order
}

// tag is a leaf that the article holds.
type tag struct {
	leaf uint32 // + 1, 0 where free
	at   uint32 // in of
}

// place is where a leaf stands.
type place struct {
	mask uint64 // a bit for each part of the article in which it does; none for a mark
	word int32  // the first word that satisfies it; nowhere for a mark
	more int32  // others, by their place in more; -1 for none; -2-n where its places were put together as made[n]
}

// stretch is a part of a list.
type stretch struct{ from, to uint32 }

// also is a further word that satisfies a leaf.
type also struct{ word, next int32 }

// nowhere is the word of marks.
const nowhere = -1

func newStands() stands {
	const bits = 11
	return stands{tags: make([]tag, 1<<bits), shift: 32 - bits}
}

func (s *stands) clear() {
	if len(s.of) > 0 {
		clear(s.tags)
	}
	s.of, s.more, s.words, s.made, s.at = s.of[:0], s.more[:0], s.words[:0], s.made[:0], s.at[:0]
}

// slot gives the slot of a leaf, and whether it is there.
func (s *stands) slot(l leaf) (*tag, bool) {
	mask := len(s.tags) - 1
	for i := int(l * 0x9E3779B1 >> s.shift); ; i++ {
		if t := &s.tags[i&mask]; t.leaf == l+1 {
			return t, true
		} else if t.leaf == 0 {
			return t, false
		}
	}
}

func (s *stands) has(l leaf) bool {
	_, ok := s.slot(l)
	return ok
}

// where gives a bit for each part of the article in which a leaf stands.
func (s *stands) where(l leaf) uint64 {
	if t, ok := s.slot(l); ok {
		return s.of[t.at].mask
	}
	return 0
}

// mark notes where each of n words stands. All tokens must have been numbered.
func (s *stands) mark(n int) {
	s.masks, s.first = append(s.masks[:0], make([]uint64, n)...), s.first[:0]
	for range n {
		s.first = append(s.first, -1)
	}
	s.next = slices.Grow(s.next[:0], len(s.words))[:len(s.words)]
	s.bucket = uint8(max(6, bits.Len(uint(len(s.words)))) - 6)
	for i := len(s.words) - 1; i >= 0; i-- {
		w := s.words[i]
		s.masks[w] |= 1 << (i >> s.bucket & 63)
		s.next[i], s.first[w] = s.first[w], int32(i)
	}
}

// dilated adds to a mask the bits of what may be no more than so many words apart.
func (s *stands) dilated(mask uint64, words int32) uint64 {
	for n := min(64, (int(words)+1<<s.bucket-1)>>s.bucket); n > 0; n-- {
		mask |= mask<<1 | mask>>1
	}
	return mask
}

// add says that a word satisfies a leaf.
func (s *stands) add(l leaf, word int32) {
	mask := uint64(0)
	if word != nowhere {
		mask = s.masks[word]
	}
	t, ok := s.slot(l)
	if ok {
		p := &s.of[t.at]
		s.more = append(s.more, also{word, p.more})
		p.more, p.mask = int32(len(s.more)-1), p.mask|mask
		return
	}
	*t = tag{l + 1, uint32(len(s.of))}
	s.of = append(s.of, place{mask, word, -1})
	if 3*len(s.of) > len(s.tags) {
		s.grow()
	}
}

func (s *stands) grow() {
	old := s.tags
	s.tags, s.shift = make([]tag, 2*len(old)), s.shift-1
	for _, t := range old {
		if t.leaf > 0 {
			k, _ := s.slot(t.leaf - 1)
			*k = t
		}
	}
}

// places gives the positions of a leaf in order, none where it stands nowhere. All words must have been noted.
func (s *stands) places(d *Doc, l leaf) []int32 {
	t, ok := s.slot(l)
	if !ok {
		return nil
	}
	e := &s.of[t.at]
	if e.more < -1 {
		m := s.made[-2-e.more]
		return s.at[m.from:m.to]
	}
	from := len(s.at)
	s.copy(d, e.word)
	for k := e.more; k >= 0; k = s.more[k].next {
		s.copy(d, s.more[k].word)
	}
	if e.more >= 0 {
		slices.Sort(s.at[from:])
	}
	s.made = append(s.made, stretch{uint32(from), uint32(len(s.at))})
	e.more = int32(-1 - len(s.made))
	return s.at[from:]
}

// copy appends the positions of a word to at.
func (s *stands) copy(d *Doc, word int32) {
	if word == nowhere {
		return
	}
	for i := s.first[word]; i >= 0; i = s.next[i] {
		s.at = append(s.at, d.position(i))
	}
}
