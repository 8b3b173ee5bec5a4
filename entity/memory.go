package entity

import (
	"cmp"
	"slices"
	"sync"

	"marsad/text"
)

// alike gives the units of the list that are like a unit of a query, in order of unit. Names share words, so what was found is kept.
func (s *Screen) alike(u unit) []alike {
	key := u.bare()
	if found, ok := s.kept.get(key); ok {
		return found
	}
	found := s.byBones(key)
	slices.SortFunc(found, func(a, b alike) int { return cmp.Compare(b.like, a.like) })
	s.chance(key, found)
	slices.SortFunc(found, func(a, b alike) int { return cmp.Compare(a.unit, b.unit) })
	s.kept.put(key, found)
	return found
}

// byBones finds the units that are like one: those of its own consonants by known spellings, or letter by letter where the model does
// not lead to all of them.
func (s *Screen) byBones(u unit) []alike {
	j := newJudge(u)
	best := map[int32]float32{}
	keys := near(skeletons(nil, u.letters))
	if u.written {
		keys = append(keys, near(skeletons(nil, "ال"+u.letters))...)
	}
	own := tally(u.letters)
	blocks := s.blocks
	if j.reading != nil {
		blocks = s.spelled // the model leads to the others
	}
	for k, block := range keys {
		if contains(keys[:k], block) {
			continue
		}
		for _, id := range blocks[block] {
			if v := float32(s.compare(&j, own, id)); v >= leastAlike {
				best[id] = v
			}
		}
	}
	if j.reading != nil {
		s.byModel(&j, best)
	}
	found := make([]alike, 0, len(best))
	for id, v := range best {
		found = append(found, alike{unit: id, like: v})
	}
	return found
}

// slack is how many consonants the like of a word may have more or less.
const slack = 2

// compare judges a unit of the list beside one that is asked for, whose tally is own. Where the model leads to all that it finds alike,
// only known spellings are looked for.
func (s *Screen) compare(j *judge, own uint64, u int32) float64 {
	other := &s.units[u]
	if j.reading != nil && other.script == text.Latin {
		if pair, _ := known(j.word, s.words[u]); pair {
			return 0.96
		}
		return 0
	}
	if b := s.tally[u]; own != b && apart(own, b) > slack && (j.written == nil || apart(own+1<<(8*slot('L')), b) > slack) {
		return 0
	}
	return finite(j.like(*other))
}

// leastAlike is how alike two words must be to be paired.
const leastAlike = 0.2

// alike is a unit of the list with how much it is like one that was asked for, and what that is worth: see odds.go.
type alike struct {
	unit        int32
	like, worth float32
}

// memory keeps what is alike for the words asked for lately, up to a number of them.
type memory struct {
	sync.Mutex
	now, before map[unit][]alike
}

const remembered = 4096

func (m *memory) get(u unit) ([]alike, bool) {
	m.Lock()
	defer m.Unlock()
	found, ok := m.now[u]
	if !ok {
		if found, ok = m.before[u]; ok {
			m.now[u] = found
		}
	}
	return found, ok
}

func (m *memory) put(u unit, found []alike) {
	m.Lock()
	defer m.Unlock()
	if m.now == nil || len(m.now) >= remembered/2 {
		m.before, m.now = m.now, map[unit][]alike{}
	}
	m.now[u] = found
}
