package match

import "slices"

// stands says where the leaves of one article stand: a small table that stays in the nearest cache, however many leaves there are in
// the dictionary. A leaf stands where words stand that satisfy it. Which these are is noted once a word; the places of a leaf are put
// together when a query asks for them.
type stands struct {
	tags  []uint32 // leaf + 1, 0 where free; their count is a power of two
	of    []place  // of each tag
	used  int
	shift uint8
	more  []also
	words []uint32  // of each token the number of its word in the article
	order []uint32  // the tokens by word; made when first asked for
	ends  []uint32  // of each word's tokens in order
	made  []stretch // of at, for leaves that were asked for
	at    []int32   // their places, each in order
}

// place is a leaf that the article holds.
type place struct {
	word int32 // the first word that satisfies it; nowhere for a mark
	more int32 // others, by their place in more; -1 for none; -2-n where its places were put together as made[n]
}

// stretch is a part of a list.
type stretch struct{ from, to uint32 }

// also is a further word that satisfies a leaf.
type also struct{ word, next int32 }

// nowhere is the word of marks.
const nowhere = -1

func newStands() stands {
	const bits = 11
	return stands{tags: make([]uint32, 1<<bits), of: make([]place, 1<<bits), shift: 32 - bits}
}

func (s *stands) clear() {
	if s.used > 0 {
		clear(s.tags)
	}
	s.used, s.more, s.words, s.order, s.made, s.at = 0, s.more[:0], s.words[:0], s.order[:0], s.made[:0], s.at[:0]
}

// slot gives the place of a leaf, and whether it is there.
func (s *stands) slot(l leaf) (int, bool) {
	mask := len(s.tags) - 1
	for i := int(l * 0x9E3779B1 >> s.shift); ; i++ {
		if t := s.tags[i&mask]; t == l+1 {
			return i & mask, true
		} else if t == 0 {
			return i & mask, false
		}
	}
}

func (s *stands) has(l leaf) bool {
	_, ok := s.slot(l)
	return ok
}

// add says that a word satisfies a leaf and tells whether it is the first that does.
func (s *stands) add(l leaf, word int32) (first bool) {
	i, ok := s.slot(l)
	if ok {
		s.more = append(s.more, also{word, s.of[i].more})
		s.of[i].more = int32(len(s.more) - 1)
		return false
	}
	s.tags[i], s.of[i] = l+1, place{word, -1}
	if s.used++; 3*s.used > 2*len(s.tags) {
		s.grow()
	}
	return true
}

func (s *stands) grow() {
	tags, of := s.tags, s.of
	s.tags, s.of, s.shift = make([]uint32, 2*len(tags)), make([]place, 2*len(of)), s.shift-1
	for i, t := range tags {
		if t > 0 {
			k, _ := s.slot(t - 1)
			s.tags[k], s.of[k] = t, of[i]
		}
	}
}

// places gives the positions of a leaf in order, none where it stands nowhere. All words must have been noted.
func (s *stands) places(d *Doc, l leaf) []int32 {
	i, ok := s.slot(l)
	if !ok {
		return nil
	}
	e := &s.of[i]
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
	if len(s.order) == 0 {
		s.sort()
	}
	from := uint32(0)
	if word > 0 {
		from = s.ends[word-1]
	}
	for _, token := range s.order[from:s.ends[word]] {
		s.at = append(s.at, d.position(int32(token)))
	}
}

// sort puts the tokens in the order of their words.
func (s *stands) sort() {
	most := slices.Max(s.words)
	s.ends = append(s.ends[:0], make([]uint32, most+2)...)
	for _, w := range s.words {
		s.ends[w+1]++
	}
	for w := range most + 1 {
		s.ends[w+1] += s.ends[w]
	}
	s.order = append(s.order[:0], s.words...)
	for token, w := range s.words {
		s.order[s.ends[w]] = uint32(token)
		s.ends[w]++
	}
}
