package match

// stands says where the leaves of one article stand: a small table that stays in the nearest cache, however many leaves there are in
// the dictionary.
type stands struct {
	tags  []uint32 // leaf + 1, 0 where free; their count is a power of two
	lists []list
	used  int
	shift uint8
	cells []cell
}

// list is the cells of a leaf.
type list struct{ head, tail int32 }

// cell is a place of a leaf, in a list by position.
type cell struct {
	pos  int32
	next int32 // -1 at the end
}

func newStands() stands {
	const bits = 11
	return stands{tags: make([]uint32, 1<<bits), lists: make([]list, 1<<bits), shift: 32 - bits}
}

func (s *stands) clear() {
	clear(s.tags)
	s.used, s.cells = 0, s.cells[:0]
}

// slot gives the place of a leaf, and whether it is there.
func (s *stands) slot(l leaf) (int, bool) {
	mask := len(s.tags) - 1
	for i := int(l * 0x9E3779B1 >> s.shift); ; i = (i + 1) & mask {
		if t := s.tags[i&mask]; t == l+1 {
			return i & mask, true
		} else if t == 0 {
			return i & mask, false
		}
	}
}

// head gives the first cell of a leaf, -1 where it stands nowhere.
func (s *stands) head(l leaf) int32 {
	if i, ok := s.slot(l); ok {
		return s.lists[i].head
	}
	return -1
}

// add says that a leaf stands at a position and tells whether that is its first.
func (s *stands) add(l leaf, pos int32) (first bool) {
	at := int32(len(s.cells))
	s.cells = append(s.cells, cell{pos, -1})
	i, ok := s.slot(l)
	if ok {
		s.cells[s.lists[i].tail].next = at
		s.lists[i].tail = at
		return false
	}
	s.tags[i], s.lists[i] = l+1, list{at, at}
	if s.used++; 2*s.used > len(s.tags) {
		s.grow()
	}
	return true
}

func (s *stands) grow() {
	tags, lists := s.tags, s.lists
	s.tags, s.lists, s.shift = make([]uint32, 2*len(tags)), make([]list, 2*len(tags)), s.shift-1
	for i, t := range tags {
		if t > 0 {
			k, _ := s.slot(t - 1)
			s.tags[k], s.lists[k] = t, lists[i]
		}
	}
}
