package page

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"sync"

	"marsad/news"
)

// Both looks are gradient-boosted trees of one depth (Friedman, "Greedy function approximation", 2001): a sum of numbers, one
// from each tree, that the logistic function turns into the probability that a block is the article's text.
const (
	treeDepth  = 5
	treeSplits = 1<<treeDepth - 1
	treeLeaves = 1 << treeDepth
	treeBytes  = treeSplits*5 + treeLeaves*4
)

// boosted is one tree: split k has its children at 2k+1 (feature under the threshold) and 2k+2.
type boosted struct {
	feature   [treeSplits]uint8
	threshold [treeSplits]float32
	leaf      [treeLeaves]float32
}

// Weights are what the two looks have learnt. They are safe for use by many goroutines.
type Weights struct {
	first, second []boosted
	Keep          float32 // the score from which on a block stays
}

//go:embed weights.bin
var weightsFile []byte

var shipped = sync.OnceValue(func() *Weights {
	w, err := ReadWeights(weightsFile)
	if err != nil {
		panic(err) // the embedded file is tested
	}
	return w
})

// ReadWeights reads weights as Bytes writes them.
func ReadWeights(b []byte) (*Weights, error) {
	if len(b) < 8 {
		return nil, fmt.Errorf("page: weights of %d bytes", len(b))
	}
	n, m := int(binary.LittleEndian.Uint16(b)), int(binary.LittleEndian.Uint16(b[2:]))
	if len(b) != 8+(n+m)*treeBytes {
		return nil, fmt.Errorf("page: weights of %d bytes for %d and %d trees", len(b), n, m)
	}
	w := &Weights{Keep: math.Float32frombits(binary.LittleEndian.Uint32(b[4:]))}
	for i, b := 0, b[8:]; i < n+m; i, b = i+1, b[treeBytes:] {
		t, err := readBoosted(b)
		if err != nil {
			return nil, err
		}
		if i < n {
			w.first = append(w.first, t)
		} else {
			w.second = append(w.second, t)
		}
	}
	return w, nil
}

func readBoosted(b []byte) (t boosted, err error) {
	for k := range t.feature {
		t.feature[k] = b[k]
		if int(b[k]) >= int(featuresInSight) {
			return t, fmt.Errorf("page: weights name feature %d of %d", b[k], featuresInSight)
		}
		t.threshold[k] = math.Float32frombits(binary.LittleEndian.Uint32(b[treeSplits+4*k:]))
	}
	for k := range t.leaf {
		t.leaf[k] = math.Float32frombits(binary.LittleEndian.Uint32(b[treeSplits*5+4*k:]))
	}
	return t, nil
}

// Tree is a tree of Weights in the making: feature and threshold of the 31 splits from the root down, and the 32 leaves.
type Tree struct {
	Feature   [treeSplits]uint8
	Threshold [treeSplits]float32
	Leaf      [treeLeaves]float32
}

// NewWeights makes weights of the trees of the first and the second look.
func NewWeights(first, second []Tree) *Weights {
	w := &Weights{Keep: 0.5}
	for _, t := range first {
		w.first = append(w.first, boosted{t.Feature, t.Threshold, t.Leaf})
	}
	for _, t := range second {
		w.second = append(w.second, boosted{t.Feature, t.Threshold, t.Leaf})
	}
	return w
}

// Bytes writes weights down.
func (w *Weights) Bytes() []byte {
	b := binary.LittleEndian.AppendUint16(nil, uint16(len(w.first)))
	b = binary.LittleEndian.AppendUint16(b, uint16(len(w.second)))
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(w.Keep))
	for _, trees := range [...][]boosted{w.first, w.second} {
		for i := range trees {
			t := &trees[i]
			b = append(b, t.feature[:]...)
			for _, v := range t.threshold {
				b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
			}
			for _, v := range t.leaf {
				b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
			}
		}
	}
	return b
}

// score sums the trees for a block.
func score(trees []boosted, f *features) float32 {
	var sum float32
	for i := range trees {
		t := &trees[i]
		k := 0
		for k < treeSplits {
			if f[t.feature[k]] < t.threshold[k] {
				k = 2*k + 1
			} else {
				k = 2*k + 2
			}
		}
		sum += t.leaf[k-treeSplits]
	}
	return 1 / (1 + float32(math.Exp(float64(-sum))))
}

// look gives every block its score, from the first look to the second.
func (w *Weights) look(s *scene) []float32 {
	first, second := make([]float32, len(s.blocks)), make([]float32, len(s.blocks))
	for i := range s.blocks {
		var f features
		s.look(i, &f)
		first[i] = score(w.first, &f)
	}
	s.choose(first)
	for i := range s.blocks {
		if first[i] < hopeless {
			continue // most blocks of a page are menus: nothing around them makes them text
		}
		var f features
		s.look(i, &f)
		s.relate(i, &f)
		second[i] = score(w.second, &f)
	}
	return second
}

// hopeless is the first look's score under which a block is not looked at again.
const hopeless = 0.01

// keepFrom gives the score from which on the blocks of a page stay: Keep, or less where no running text reaches it.
func (w *Weights) keepFrom(s *scene, scores []float32) float32 {
	kept, best := 0, float32(0)
	for i := range s.blocks {
		b := &s.blocks[i]
		if scores[i] >= w.Keep {
			kept += b.chars
		}
		if b.isProse() {
			best = max(best, scores[i])
		}
	}
	if kept >= 80 || best < 0.05 {
		return w.Keep
	}
	return min(w.Keep, best*0.6)
}

// Sheet is a page as the looks see it, for the program that trains them.
type Sheet struct{ s *scene }

// NewSheet reads a page up to its features; nil where it is no HTML.
func NewSheet(p news.Page) *Sheet {
	s := decode(p.Body, p.ContentType)
	if !isHTML(s, p.ContentType) {
		return nil
	}
	r := begin(&p, s)
	return &Sheet{r.scene}
}

// Len gives the number of blocks.
func (s *Sheet) Len() int { return len(s.s.blocks) }

// Text gives the words of a block.
func (s *Sheet) Text(i int) string { return s.s.of(&s.s.blocks[i]) }

// First gives the features that the first look sees of every block.
func (s *Sheet) First() [][]float32 {
	out := make([][]float32, s.Len())
	for i := range out {
		var f features
		s.s.look(i, &f)
		out[i] = f[:featuresLocal]
	}
	return out
}

// Second gives the features that the second look sees, given the first look's scores.
func (s *Sheet) Second(scores []float32) [][]float32 {
	out := make([][]float32, s.Len())
	s.s.choose(scores)
	for i := range out {
		var f features
		s.s.look(i, &f)
		s.s.relate(i, &f)
		out[i] = f[:]
	}
	return out
}

// First gives the first look's score of every block.
func (w *Weights) First(s *Sheet) []float32 {
	out := make([]float32, s.Len())
	for i := range out {
		var f features
		s.s.look(i, &f)
		out[i] = score(w.first, &f)
	}
	return out
}
