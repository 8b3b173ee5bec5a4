package lang

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// model is a quantized supervised fastText model with hierarchical softmax: a row for each word and hashed character n-gram,
// averaged into one vector, walked down a Huffman tree of the labels.
type model struct {
	dim, minN, maxN int
	bucket          uint32
	words           map[string]int32 // word -> row
	rows            int32            // words, before the n-grams' rows
	kept            map[uint32]int32 // n-gram bucket -> row after the words; pruned ones are absent
	labels          []string         // most frequent first
	in              quantized
	out             []float32 // a row of dim for each inner node
	left, right     []int32   // children by node; leaves are below len(labels) and have none
}

// quantized is a product-quantized matrix (Jégou et al. 2011): a row is nsub codes into tables of 256 centroids, scaled by a norm
// that is itself quantized.
type quantized struct {
	codes     string
	centroids []float32
	sub, last int // length of a sub-vector, and of the last one
	nsub      int
	norms     string
	normOf    []float32
}

func (q *quantized) add(sum []float32, row int32) {
	norm := float32(1)
	if q.norms != "" {
		norm = q.normOf[q.norms[row]]
	}
	for m := range q.nsub {
		code := int(q.codes[int(row)*q.nsub+m])
		at, n := (m*256+code)*q.sub, q.sub
		if m == q.nsub-1 {
			at, n = m*256*q.sub+code*q.last, q.last
		}
		for i, c := range q.centroids[at : at+n] {
			sum[m*q.sub+i] += norm * c
		}
	}
}

// best gives the likeliest label of a line and its probability, "" where none of its words or n-grams is known.
func (m *model) best(s string) (string, float64) {
	sum := make([]float32, m.dim)
	n := 0
	for _, w := range strings.Fields(s) {
		if row, ok := m.words[w]; ok {
			m.in.add(sum, row)
			n++
		}
		n += m.ngrams(sum, w)
	}
	if n == 0 {
		return "", 0
	}
	if row, ok := m.words["</s>"]; ok {
		m.in.add(sum, row)
		n++
	}
	for i := range sum {
		sum[i] /= float32(n)
	}
	found, score := -1, math.Inf(-1)
	m.walk(int32(len(m.left)-1), 0, sum, &found, &score)
	return m.labels[found], math.Exp(score)
}

func (m *model) walk(node int32, score float64, sum []float32, found *int, best *float64) {
	if score <= *best {
		return
	}
	if int(node) < len(m.labels) {
		*found, *best = int(node), score
		return
	}
	row := m.out[(int(node)-len(m.labels))*m.dim:][:m.dim]
	var dot float32
	for i, v := range row {
		dot += v * sum[i]
	}
	p := 1 / (1 + math.Exp(-float64(dot)))
	m.walk(m.left[node], score+math.Log(1-p+1e-5), sum, found, best)
	m.walk(m.right[node], score+math.Log(p+1e-5), sum, found, best)
}

// ngrams adds the rows of the character n-grams of <word> and gives their number.
func (m *model) ngrams(sum []float32, word string) (n int) {
	word = "<" + word + ">"
	for i := 0; i < len(word); i++ {
		if !utf8.RuneStart(word[i]) {
			continue
		}
		h, j := uint32(2166136261), i
		for k := 1; k <= m.maxN && j < len(word); k++ {
			for first := true; j < len(word) && (first || !utf8.RuneStart(word[j])); j++ {
				h = (h ^ uint32(int8(word[j]))) * 16777619 // FNV-1a over signed bytes, as the model was trained
				first = false
			}
			if k < m.minN || k == 1 && (i == 0 || j == len(word)) {
				continue
			}
			if row, ok := m.kept[h%m.bucket]; ok {
				m.in.add(sum, m.rows+row)
				n++
			}
		}
	}
	return n
}

// read parses fastText's binary format, version 12.
func read(s string) (m *model, err error) {
	r := &reader{s: s}
	defer func() {
		if p := recover(); p != nil {
			m, err = nil, fmt.Errorf("lang: model is cut short: %v", p)
		}
	}()
	if r.int32() != 793712314 || r.int32() != 12 {
		return nil, errors.New("lang: not a fastText model of version 12")
	}
	m = &model{}
	m.dim = int(r.int32())
	r.skip(4 * 5) // window, epochs, least count, negatives, word n-grams: of training
	const hierarchical, supervised = 1, 3
	if r.int32() != hierarchical || r.int32() != supervised {
		return nil, errors.New("lang: not a supervised model with hierarchical softmax")
	}
	m.bucket = uint32(r.int32())
	m.minN, m.maxN = int(r.int32()), int(r.int32())
	r.skip(4 + 8) // learning rate's update, sampling threshold
	counts := m.readDictionary(r)
	if r.byte() == 0 {
		return nil, errors.New("lang: model is not quantized")
	}
	m.readInput(r)
	if r.byte() != 0 {
		return nil, errors.New("lang: output matrix is quantized")
	}
	rows, cols := r.int64(), r.int64()
	m.out = r.floats(int(rows * cols))
	m.plant(counts)
	return m, nil
}

func (m *model) readDictionary(r *reader) (counts []int64) {
	size, words := r.int32(), r.int32()
	r.skip(4 + 8) // labels, tokens
	pruned := r.int64()
	m.words, m.rows = make(map[string]int32, words), words
	for i := range size {
		name, count := r.text(), r.int64()
		if label := r.byte() == 1; label {
			m.labels = append(m.labels, strings.TrimPrefix(name, "__label__"))
			counts = append(counts, count)
		} else {
			m.words[name] = i
		}
	}
	m.kept = make(map[uint32]int32, max(pruned, 0))
	for range pruned {
		from := uint32(r.int32())
		m.kept[from] = r.int32()
	}
	return counts
}

func (m *model) readInput(r *reader) {
	normed := r.byte() != 0
	rows := r.int64()
	r.skip(8)
	m.in.codes = r.bytes(int(r.int32()))
	m.in.centroids, m.in.nsub, m.in.sub, m.in.last = r.quantizer()
	if normed {
		m.in.norms = r.bytes(int(rows))
		m.in.normOf, _, _, _ = r.quantizer()
	}
}

// plant builds the Huffman tree of the labels in the order in which training built it.
func (m *model) plant(counts []int64) {
	n := len(counts)
	size := make([]int64, 2*n-1)
	copy(size, counts)
	for i := n; i < len(size); i++ {
		size[i] = 1e15
	}
	m.left, m.right = make([]int32, len(size)), make([]int32, len(size))
	leaf, node := n-1, n
	least := func() int {
		if leaf >= 0 && size[leaf] < size[node] {
			leaf--
			return leaf + 1
		}
		node++
		return node - 1
	}
	for i := n; i < len(size); i++ {
		a, b := least(), least()
		m.left[i], m.right[i] = int32(a), int32(b)
		size[i] = size[a] + size[b]
	}
}

// reader takes little-endian values off a string and panics at its end; read turns that into an error.
type reader struct {
	s  string
	at int
}

func (r *reader) bytes(n int) string { r.at += n; return r.s[r.at-n : r.at] }
func (r *reader) skip(n int)         { r.bytes(n) }
func (r *reader) byte() byte         { return r.bytes(1)[0] }
func (r *reader) int32() int32       { return int32(r.uint(4)) }
func (r *reader) int64() int64       { return int64(r.uint(8)) }

func (r *reader) uint(n int) (v uint64) {
	for i, b := range []byte(r.bytes(n)) {
		v |= uint64(b) << (8 * i)
	}
	return v
}

func (r *reader) text() string {
	n := strings.IndexByte(r.s[r.at:], 0)
	s := r.bytes(n)
	r.skip(1)
	return s
}

func (r *reader) floats(n int) []float32 {
	f := make([]float32, n)
	for i := range f {
		f[i] = math.Float32frombits(uint32(r.uint(4)))
	}
	return f
}

func (r *reader) quantizer() (centroids []float32, nsub, sub, last int) {
	dim := int(r.int32())
	nsub, sub, last = int(r.int32()), int(r.int32()), int(r.int32())
	return r.floats(dim * 256), nsub, sub, last
}
