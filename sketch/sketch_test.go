package sketch_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"marsad/lang/pack"
	"marsad/sketch"
	"marsad/text"
)

func words(r *rand.Rand, n int) []string {
	w := make([]string, n)
	for i := range w {
		w[i] = fmt.Sprintf("w%d", r.Intn(5000))
	}
	return w
}

func shingles(s string) []uint64 {
	return sketch.Shingles(nil, text.Analyze(s, pack.For("en")))
}

func TestShinglesOfShortTexts(t *testing.T) {
	for s, want := range map[string]int{"": 0, "...": 0, "one": 1, "one two three four five": 1, "one two, three four five. Six": 2} {
		if got := len(shingles(s)); got != want {
			t.Errorf("%q: %d shingles, want %d", s, got, want)
		}
	}
}

func TestShinglesForgetPunctuationAndCase(t *testing.T) {
	a, b := shingles("The Cabinet, on Monday: agreed to the plan."), shingles("the cabinet on monday agreed to the plan")
	if sketch.Jaccard(sketch.Set(a), sketch.Set(b)) != 1 {
		t.Error("punctuation or case changed the shingles")
	}
}

func TestMinHashEstimatesJaccard(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for _, share := range []float64{0, .2, .5, .8, 1} {
		var off float64
		const rounds = 40
		for range rounds {
			a := words(r, 400)
			b := append(append([]string{}, a[:int(share*400)]...), words(r, 400-int(share*400))...)
			sa, sb := sketch.Set(shingles(strings.Join(a, " "))), sketch.Set(shingles(strings.Join(b, " ")))
			ma, _ := sketch.MinHash(sa)
			mb, _ := sketch.MinHash(sb)
			off += (ma.Resemblance(&mb) - sketch.Jaccard(sa, sb)) / rounds
		}
		if off > .03 || off < -.03 {
			t.Errorf("share %.1f: biased by %.3f", share, off)
		}
	}
}

func TestWinnowFindsAWireInsideALongerArticle(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	for range 50 {
		wire := words(r, 200)
		long := append(append(append([]string{}, words(r, 350)...), wire...), words(r, 350)...)
		a, b := sketch.Winnow(shingles(strings.Join(wire, " "))), sketch.Winnow(shingles(strings.Join(long, " ")))
		shared, of, _ := sketch.Shared(&a, &b)
		if float64(shared) < .8*float64(of) {
			t.Fatalf("%d of %d hashes found", shared, of)
		}
	}
}

// Every shared run that is long enough for the coarsest window must leave a shared hash.
func TestWinnowGuarantee(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	for range 200 {
		run := words(r, 32+sketch.WordRun-1)
		a := append(append(words(r, r.Intn(900)), run...), words(r, r.Intn(900))...)
		b := append(append(words(r, r.Intn(900)), run...), words(r, r.Intn(900))...)
		pa, pb := sketch.Winnow(shingles(strings.Join(a, " "))), sketch.Winnow(shingles(strings.Join(b, " ")))
		if shared, _, _ := sketch.Shared(&pa, &pb); shared == 0 {
			t.Fatalf("texts of %d and %d words share a run and no hash", len(a), len(b))
		}
	}
}

func TestWinnowOfUnrelatedTexts(t *testing.T) {
	r := rand.New(rand.NewSource(4))
	for range 50 {
		a, b := sketch.Winnow(shingles(strings.Join(words(r, 600), " "))), sketch.Winnow(shingles(strings.Join(words(r, 600), " ")))
		if shared, _, _ := sketch.Shared(&a, &b); shared > 0 {
			t.Fatalf("unrelated texts share %d hashes", shared)
		}
	}
}

func TestIndex(t *testing.T) {
	x := sketch.NewIndex()
	x.Add([]uint32{1, 2}, 10)
	x.Add([]uint32{2, 3}, 11)
	x.Add([]uint32{2}, 12)
	if got := fmt.Sprint(x.Find(nil, 2)); got != "[10 11 12]" {
		t.Errorf("found %s", got)
	}
	x.Remove([]uint32{1, 2, 99}, 10)
	x.Remove([]uint32{2}, 77)
	if got := fmt.Sprint(x.Find(nil, 1), x.Find(nil, 2), x.Len()); got != "[] [11 12] 2" {
		t.Errorf("after removal: %s", got)
	}
	for n := range uint32(200) {
		x.Add([]uint32{7}, n)
	}
	got := x.Find(nil, 7)
	if len(got) > sketch.MaxPerKey || got[len(got)-1] != 199 {
		t.Errorf("a full key holds %d, the last %d", len(got), got[len(got)-1])
	}
}
