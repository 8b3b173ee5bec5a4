package entity

import "sync"

// alike gives the units of the list that are like a unit of the query. Names share words, so what was found is kept.
func (s *Screen) alike(q *query, i int) []alike {
	key := q.units[i]
	key.from, key.to, key.last = 0, 0, false
	if found, ok := s.kept.get(key); ok {
		return found
	}
	var found []alike
	keys := near(skeletons(nil, key.letters))
	if key.written {
		keys = append(keys, near(skeletons(nil, "ال"+key.letters))...)
	}
	for k, block := range keys {
		if contains(keys[:k], block) {
			continue
		}
		for _, id := range s.blocks[block] {
			if v := q.like(s, i, id); v >= 0.3 {
				found = append(found, alike{id, float32(v)})
			}
		}
	}
	s.kept.put(key, found)
	return found
}

// alike is a unit of the list with how much it is like one that was asked for.
type alike struct {
	unit int32
	like float32
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
