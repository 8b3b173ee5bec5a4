package quality

import (
	"hash/fnv"
	"time"

	"marsad/corpus"
)

// StoryWorld is the generated corpus on which stories are measured, and learnt in its open half.
var StoryWorld = corpus.Shape{Seed: 2026, Base: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Days: 10, PerDay: 160}

// Sealed tells which happenings belong to the half that nothing is learnt from and nobody looks at. Happenings that must not be taken
// for each other stand in one half, under the least of their names.
func Sealed(pubs []corpus.Publication) map[*corpus.Happening]bool {
	least := map[string]string{} // happening -> another of its kin with a lesser name
	var top func(id string) string
	top = func(id string) string {
		if l, ok := least[id]; ok {
			return top(l)
		}
		return id
	}
	out := map[*corpus.Happening]bool{}
	for _, p := range pubs {
		h := p.Item.Happening
		if _, ok := out[h]; ok {
			continue
		}
		out[h] = false
		if a, b := top(h.ID), top(h.Unlike); h.Unlike != "" && a != b {
			least[max(a, b)] = min(a, b)
		}
	}
	for h := range out {
		f := fnv.New32a()
		f.Write([]byte(top(h.ID)))
		out[h] = f.Sum32()%2 == 1
	}
	return out
}
