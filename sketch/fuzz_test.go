package sketch_test

import (
	"math"
	"testing"

	"marsad/sketch"
)

// The exact measures against maps, and the prints against both: what a print says of two texts can differ from the truth, but it
// never finds what is not there, and finds all of a text in itself.
func FuzzAgainstExact(f *testing.F) {
	f.Add("the council met on monday to vote on the plan", "the council met on monday to talk of the weather")
	f.Add("", "one")
	f.Add("市议会周一开会讨论城市用水计划并进行表决", "市议会周一开会讨论城市用水计划")
	f.Add("اجتمع المجلس يوم الاثنين للتصويت على الخطة", "\xff\xfe\x00")
	f.Fuzz(func(t *testing.T, s, o string) {
		a, b := shingles(s), shingles(o)
		pa, pb := sketch.Winnow(a), sketch.Winnow(b)
		sa, sb := sketch.Set(a), sketch.Set(b)
		j, c := naive(sa, sb)
		if sketch.Jaccard(sa, sb) != j || sketch.Containment(sa, sb) != c {
			t.Fatalf("Jaccard %v containment %v, want %v %v", sketch.Jaccard(sa, sb), sketch.Containment(sa, sb), j, c)
		}
		shared, ofA, ofB := sketch.Shared(&pa, &pb)
		if shared > ofA || shared > ofB || (shared > 0) && c == 0 {
			t.Fatalf("shared %d of %d and %d, exact containment %v", shared, ofA, ofB, c)
		}
		if n, of, _ := sketch.Shared(&pa, &pa); n != of || (len(sa) > 0) != (of > 0) {
			t.Fatalf("%d of its own %d hashes", n, of)
		}
		ma, oka := sketch.MinHash(sa)
		mb, okb := sketch.MinHash(sb)
		if oka != (len(sa) > 0) || okb != (len(sb) > 0) {
			t.Fatal("signed nothing, or did not sign something")
		}
		if oka && okb && j == 1 && ma.Resemblance(&mb) != 1 {
			t.Fatal("equal sets, different signatures")
		}
		if r := ma.Resemblance(&mb); oka && okb && math.Abs(r-j) > .5 && len(sa)+len(sb) > 64 {
			t.Fatalf("estimated %v, exact %v", r, j)
		}
	})
}

func naive(a, b []uint64) (jaccard, containment float64) {
	in := map[uint64]bool{}
	for _, h := range b {
		in[h] = true
	}
	shared := 0
	for _, h := range a {
		if in[h] {
			shared++
		}
	}
	jaccard = 1
	if all := len(a) + len(b) - shared; all > 0 {
		jaccard = float64(shared) / float64(all)
	}
	if len(a) > 0 {
		containment = float64(shared) / float64(len(a))
	}
	return jaccard, containment
}
