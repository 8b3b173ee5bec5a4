package sketch_test

import (
	"math/rand"
	"slices"
	"testing"

	"marsad/sketch"
)

// Beside a plain map of lists the index holds the same, in the same order, whatever was put in and taken out.
func TestIndexHolds(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	x, plain := sketch.NewIndex(), map[uint32][]uint32{}
	key := func() uint32 { return uint32(r.Intn(60) * r.Intn(60)) }
	for n := uint32(1); n < 40_000; n++ {
		k := 1 + key()
		if r.Intn(5) < 2 {
			old := plain[k]
			gone := n
			if len(old) > 0 {
				gone = old[r.Intn(len(old))]
			}
			x.Remove([]uint32{k}, gone)
			if i := slices.Index(old, gone); i >= 0 {
				plain[k] = slices.Delete(old, i, i+1)
			}
		} else {
			x.Add([]uint32{k}, n)
			plain[k] = append(plain[k], n)
			plain[k] = plain[k][max(0, len(plain[k])-sketch.MaxPerKey):]
		}
		k = 1 + key()
		if found := x.Find(nil, k); !slices.Equal(found, plain[k]) {
			t.Fatalf("after %d: under %d stand %v, want %v", n, k, found, plain[k])
		}
	}
	held := 0
	for _, l := range plain {
		if len(l) > 0 {
			held++
		}
	}
	if x.Len() != held {
		t.Errorf("%d keys, want %d", x.Len(), held)
	}
}
