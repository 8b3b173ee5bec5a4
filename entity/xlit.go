package entity

import (
	_ "embed"
	"encoding/binary"
	"math"
	"sync"

	"marsad/text"
)

// The transliteration model says how likely letters of a script and Latin letters write the same sounds: a name and its Latin
// form are cut into chunks together, each pair of chunks has a probability, and all ways to cut are summed. The probabilities
// were learnt by EM from pairs of names (tools/translit). What two names share is judged against chance: the same sums with the
// two sides taken apart.

// Chunk is a joint probability.
type Chunk struct {
	S string // letters of the script, one or two
	L string // Latin letters, none to six
	P float64
}

// AppendChunks adds the model of a script to a file of models: 10,000 chunks at most.
func AppendChunks(dst []byte, script string, list []Chunk) []byte {
	list = list[:min(len(list), 10000)]
	dst = append(dst, byte(len(script)))
	dst = append(dst, script...)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(list)))
	for _, c := range list {
		dst = append(dst, byte(len(c.S)), byte(len(c.L)))
		dst = append(dst, c.S...)
		dst = append(dst, c.L...)
		dst = binary.LittleEndian.AppendUint16(dst, uint16(math.Round(-math.Log(c.P)*1000)))
	}
	return dst
}

//go:embed data/translit.bin
var chunkFile string

// model is what is known of one script.
type model struct {
	root  map[string]int32 // by chunk of the script: its node in the trie of Latin letters
	nodes []trieNode
	sOnly map[string]float64 // probability of a chunk of the script alone
	latin latinTrie          // probabilities of Latin chunks alone
	longS int                // letters
	best  map[string]Chunk   // by chunk of the script: its likeliest Latin letters
}

// trieNode is a place in a trie over Latin letters, less than a cache line long. No model has 65,536 of them: AppendChunks
// sees to it.
type trieNode struct {
	next  [26]uint16
	p     float32
	under float32 // the sum of what lies below
}

type latinTrie []trieNode

func (t *latinTrie) add(from int32, l string, p float64) {
	at := from
	for i := 0; i < len(l); i++ {
		c := l[i] - 'a'
		if (*t)[at].next[c] == 0 {
			*t = append(*t, trieNode{})
			(*t)[at].next[c] = uint16(len(*t) - 1)
		}
		at = int32((*t)[at].next[c])
	}
	(*t)[at].p += float32(p)
}

// models are read when first asked for.
var models = sync.OnceValue(func() map[text.Script]*model {
	scripts := map[string]text.Script{"arabic": text.Arabic, "cyrillic": text.Cyrillic, "hebrew": text.Hebrew, "hangul": text.Hangul,
		"han": text.Han, "kana": text.Kana}
	out := map[text.Script]*model{}
	for b := chunkFile; len(b) > 0; {
		n := int(b[0])
		script, rest := b[1:1+n], b[1+n:]
		count := int(binary.LittleEndian.Uint32([]byte(rest[:4])))
		m := newModel()
		b = m.read(rest[4:], count)
		m.sum()
		out[scripts[script]] = m
	}
	return out
})

func newModel() *model {
	return &model{root: map[string]int32{}, nodes: make([]trieNode, 1), sOnly: map[string]float64{}, best: map[string]Chunk{}, latin: make(latinTrie, 1)}
}

func (m *model) read(b string, count int) (rest string) {
	for range count {
		s, l := b[2:2+b[0]], b[2+b[0]:2+b[0]+b[1]]
		b = b[2+b[0]+b[1]:]
		m.add(s, l, math.Exp(-float64(uint16(b[0])|uint16(b[1])<<8)/1000))
		b = b[2:]
	}
	return b
}

// sum works out what lies below each node: a node's children are made after it.
func (m *model) sum() {
	for i := len(m.nodes) - 1; i >= 0; i-- {
		for _, next := range m.nodes[i].next {
			if next != 0 {
				m.nodes[i].under += m.nodes[next].p + m.nodes[next].under
			}
		}
	}
}

func (m *model) add(s, l string, p float64) {
	from, ok := m.root[s]
	if !ok {
		m.nodes = append(m.nodes, trieNode{})
		from = int32(len(m.nodes) - 1)
		m.root[s] = from
		m.longS = max(m.longS, len([]rune(s)))
	}
	t := latinTrie(m.nodes)
	t.add(from, l, p)
	m.nodes = t
	m.sOnly[s] += p
	if p > m.best[s].P {
		m.best[s] = Chunk{S: s, L: l, P: p}
	}
	m.latin.add(0, l, p)
}

const (
	strange = 1e-6 // the probability of a letter that the model never saw
	slipped = 2e-3 // the probability of a Latin vowel that no letter stands for
)

var latinVowels = [256]bool{'a': true, 'e': true, 'i': true, 'o': true, 'u': true}

func latinVowel(c byte) bool { return latinVowels[c] }

// reading is a name in a script, made ready to be compared with many Latin names.
type reading struct {
	m     *model
	n     int
	roots [][]int32 // by place, by length-1: the node of the chunk, 0 for none
	self  float64   // logarithm of its own probability
	rows  [][]float64

	before []float64 // by number of letters: the probability of the word's first ones by themselves
}

func (m *model) reading(letters []rune) *reading {
	r := &reading{m: m, n: len(letters), roots: make([][]int32, len(letters)), rows: make([][]float64, len(letters)+1)}
	alone := make([]float64, len(letters)+1)
	alone[0] = 1
	for i := range letters {
		r.roots[i] = make([]int32, m.longS)
		seen := false
		for a := 1; a <= m.longS && i+a <= len(letters); a++ {
			s := string(letters[i : i+a])
			if p := m.sOnly[s]; p > 0 {
				r.roots[i][a-1] = m.root[s]
				alone[i+a] += alone[i] * p
				seen = true
			}
		}
		if !seen || m.sOnly[string(letters[i])] == 0 {
			alone[i+1] += alone[i] * strange
			r.roots[i][0] = -1
		}
	}
	r.self, r.before = math.Log(alone[len(letters)]), alone
	return r
}

// alone gives the logarithm of the probability of a word of the script by itself.
func (m *model) alone(word string) float64 {
	var at [41]int
	n := 0
	for i := range word {
		if n == len(at)-1 {
			return math.Inf(-1)
		}
		at[n] = i
		n++
	}
	at[n] = len(word)
	var f [41]float64
	f[0] = 1
	for i := 0; i < n; i++ {
		one := m.sOnly[word[at[i]:at[i+1]]]
		f[i+1] += f[i] * max(one, strange)
		for a := 2; a <= m.longS && i+a <= n; a++ {
			f[i+a] += f[i] * m.sOnly[word[at[i]:at[i+a]]]
		}
	}
	return math.Log(f[n])
}

// joint gives the logarithm of the probability of the name together with a Latin one; minus infinity where no way to cut exists.
func (r *reading) joint(l string) float64 {
	width := len(l) + 1
	for i := range r.rows {
		if cap(r.rows[i]) < width {
			r.rows[i] = make([]float64, width+8)
		}
		r.rows[i] = r.rows[i][:width]
		clear(r.rows[i])
	}
	r.rows[0][0] = 1
	for i := 0; i < r.n; i++ {
		row := r.rows[i]
		for j := 0; j < width; j++ {
			f := row[j]
			if f == 0 {
				continue
			}
			if j < len(l) && latinVowel(l[j]) {
				row[j+1] += f * slipped
			}
			for a, root := range r.roots[i] {
				switch {
				case root > 0:
					spread(r.m.nodes, root, r.rows[i+a+1], l, j, f)
				case root < 0:
					r.rows[i+1][j] += f * strange
				}
			}
		}
	}
	last := r.rows[r.n]
	for j := 0; j < len(l); j++ {
		if latinVowel(l[j]) {
			last[j+1] += last[j] * slipped
		}
	}
	return math.Log(last[len(l)])
}

// spread adds f times the probability of each chunk of Latin letters that can follow at j.
func spread(nodes []trieNode, at int32, into []float64, l string, j int, f float64) {
	into[j] += f * float64(nodes[at].p)
	for ; j < len(l); j++ {
		at = int32(nodes[at].next[l[j]-'a'])
		if at == 0 {
			return
		}
		into[j+1] += f * float64(nodes[at].p)
	}
}

// romanize gives the likeliest Latin letters of a word, "" for a word that the model cannot read.
func (m *model) romanize(letters []rune) string {
	type step struct {
		p    float64
		from int
		l    string
	}
	path := make([]step, len(letters)+1)
	path[0].p = 1
	for i := range letters {
		for a := 1; a <= m.longS && i+a <= len(letters); a++ {
			c := m.best[string(letters[i:i+a])]
			if p := path[i].p * c.P; p > path[i+a].p {
				path[i+a] = step{p, i, c.L}
			}
		}
	}
	out := ""
	for i := len(letters); i > 0; i = path[i].from {
		if path[i].p == 0 {
			return ""
		}
		out = path[i].l + out
	}
	return out
}

// latinSelf gives the logarithm of a Latin name's own probability.
func (m *model) latinSelf(l string) float64 {
	f := make([]float64, len(l)+1)
	f[0] = 1
	// Chunks without Latin letters lengthen nothing: their weight is shared out.
	scale := 1 / (1 - float64(m.latin[0].p))
	for j := 0; j < len(l); j++ {
		if f[j] == 0 {
			continue
		}
		if latinVowel(l[j]) {
			f[j+1] += f[j] * slipped
		}
		at := int32(0)
		for k := j; k < len(l); k++ {
			at = int32(m.latin[at].next[l[k]-'a'])
			if at == 0 {
				break
			}
			f[k+1] += f[j] * float64(m.latin[at].p) * scale
		}
	}
	return math.Log(f[len(l)])
}

// agreement says how much more likely the two are written together than by chance, as a share of what they could agree at most:
// about 0 for strangers, 0.6 and more for one name in two scripts (normalized pointwise mutual information).
func (r *reading) agreement(l string, latinSelf float64) float64 {
	joint := r.joint(l)
	if math.IsInf(joint, -1) || math.IsInf(latinSelf, -1) {
		return -1
	}
	return (joint - r.self - latinSelf) / max(-r.self, -latinSelf)
}

// Model makes a judge of pairs from chunks, for the program that learns them.
func Model(list []Chunk) func(s []rune, l string) float64 {
	m := newModel()
	for _, c := range list {
		m.add(c.S, c.L, c.P)
	}
	return func(s []rune, l string) float64 { return m.reading(s).agreement(l, m.latinSelf(l)) }
}
