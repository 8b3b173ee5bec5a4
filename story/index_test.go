package story

import (
	"math/rand"
	"slices"
	"testing"
)

// Beside a plain map the index finds the same, whatever was let go of, and however many articles had no feature in between.
func TestIndexFinds(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	x, plain := newIndex(), map[uint32][]uint32{}
	base := uint32(1)
	for n := uint32(1); n < 60_000; n++ {
		if n%900 < 400 {
			continue // no feature
		}
		var keys []uint32
		for range r.Intn(4) {
			if k := uint32(r.Intn(1000) * r.Intn(1000)); !slices.Contains(keys, k) {
				keys = append(keys, k)
				plain[max(k, 1)] = append(plain[max(k, 1)], n)
			}
		}
		x.add(n, keys)
		base = max(base, n-min(n, 20_000))
		x.trim(base)
		key := uint32(r.Intn(1000) * r.Intn(1000))
		var found, want []uint32
		x.each(key, 8, func(a uint32) { found = append(found, a) })
		for _, a := range slices.Backward(plain[max(key, 1)]) {
			if a >= base && len(want) < 8 {
				want = append(want, a)
			}
		}
		if !slices.Equal(found, want) {
			t.Fatalf("after %d: of %d found %v, want %v", n, key, found, want)
		}
	}
}

func TestTable(t *testing.T) {
	r := rand.New(rand.NewSource(4))
	var x table[uint32]
	plain := map[uint32]uint32{}
	for i := range 200_000 {
		k := 1 + uint32(r.Intn(300)*r.Intn(300))
		*x.at(k)++
		plain[k]++
		if i%40_000 == 0 {
			x.sift(func(v *uint32) bool { *v /= 2; return *v > 0 })
			for k, v := range plain {
				if plain[k] = v / 2; v < 2 {
					delete(plain, k)
				}
			}
		}
	}
	for k := range uint32(100_000) {
		v, ok := x.get(k + 1)
		if want, had := plain[k+1]; v != want || ok != had {
			t.Fatalf("%d: %d %v, want %d %v", k+1, v, ok, want, had)
		}
	}
	if x.n != len(plain) {
		t.Errorf("%d entries, want %d", x.n, len(plain))
	}
}
