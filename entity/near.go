package entity

import (
	"math"
	"strings"

	"marsad/text"
)

// All Latin words of a list lie in one tree of letters, and a word of another script walks it with the model: what two words share at
// their beginning is worked out once, and a branch on which the two stop agreeing is left.

// tree is the tree, once it is settled: until then its children are in grow.
type tree struct {
	nodes []treeNode
	kids  []kid
	ends  [][]int32 // by node.ends-1: units
	grow  [][26]int32
}

type treeNode struct {
	kids [2]int32 // from and to in kids
	ends int32    // 0, or 1 + index of the units that end here
}

// kid is a child: its letter, 0 for a, and its node.
type kid struct {
	letter byte
	node   int32
}

// add files a unit under its letters.
func (t *tree) add(letters string, unit int32) {
	if len(t.nodes) == 0 {
		t.nodes, t.grow = make([]treeNode, 1), make([][26]int32, 1)
	}
	at := int32(0)
	for i := 0; i < len(letters); i++ {
		c := letters[i] - 'a'
		if t.grow[at][c] == 0 {
			t.nodes, t.grow = append(t.nodes, treeNode{}), append(t.grow, [26]int32{})
			t.grow[at][c] = int32(len(t.nodes) - 1)
		}
		at = t.grow[at][c]
	}
	if t.nodes[at].ends == 0 {
		t.ends = append(t.ends, nil)
		t.nodes[at].ends = int32(len(t.ends))
	}
	e := &t.ends[t.nodes[at].ends-1]
	*e = append(*e, unit)
}

// settle lays the children of each node side by side; nothing can be added any more.
func (t *tree) settle() {
	for i := range t.grow {
		t.nodes[i].kids[0] = int32(len(t.kids))
		for c, child := range &t.grow[i] {
			if child != 0 {
				t.kids = append(t.kids, kid{byte(c), child})
			}
		}
		t.nodes[i].kids[1] = int32(len(t.kids))
	}
	t.grow = nil
}

func (t *tree) children(node int32) []kid {
	n := &t.nodes[node]
	return t.kids[n.kids[0]:n.kids[1]]
}

// pending is a chunk that has been begun: its Latin letters so far led to a node of the model.
type pending struct {
	to int32 // letters of the word that are read when it ends
	at int32 // node of the model
	f  float64
}

// walker is one walk of a word through the tree.
type walker struct {
	r     *reading
	tree  *tree
	latin []float64 // by node: probability of the Latin letters by themselves
	rows  [][]float64
	begun [][]pending
	visit func(node *treeNode, agreement float64)
}

// hopeless is the agreement, in logarithms, at which a branch is left: so much has chance outdone it.
const hopeless = -2.5

// deepest is the length of the longest Latin word that is compared.
const deepest = 40

// near visits the words of the tree that agree with a word at all. latin is what selves gave for the word's model.
func (t *tree) near(r *reading, latin []float64, visit func(node *treeNode, agreement float64)) {
	if len(t.nodes) == 0 || r.n == 0 || r.n > 40 {
		return
	}
	w := &walker{r: r, tree: t, latin: latin, visit: visit, rows: make([][]float64, deepest+1), begun: make([][]pending, deepest+1)}
	w.row(0)[0] = 1
	w.open(0)
	w.down(0, 0)
}

// selves gives for each node the probability of its Latin letters by themselves, as a model has it.
func (t *tree) selves(m *model) []float64 {
	out := make([]float64, len(t.nodes))
	if len(out) == 0 {
		return out
	}
	var f [deepest + 1]float64
	var letters [deepest]byte
	f[0], out[0] = 1, 1
	var down func(node int32, depth int)
	down = func(node int32, depth int) {
		for _, k := range t.children(node) {
			if depth >= deepest {
				continue
			}
			letters[depth] = k.letter
			f[depth+1] = m.latinNext(letters[:depth+1], f[:depth+1])
			out[k.node] = f[depth+1]
			down(k.node, depth+1)
		}
	}
	down(0, 0)
	return out
}

// latinNext gives the probability of letters, 0 for a, where those of their beginnings are known.
func (m *model) latinNext(letters []byte, before []float64) float64 {
	sum, n := 0.0, len(letters)
	if latinVowel(letters[n-1] + 'a') {
		sum = before[n-1] * slipped
	}
	scale := 1 / (1 - float64(m.latin[0].p))
	for from := max(0, n-6); from < n; from++ {
		at := int32(0)
		for k := from; k < n; k++ {
			if at = int32(m.latin[at].next[letters[k]]); at == 0 {
				break
			}
		}
		if at != 0 {
			sum += before[from] * float64(m.latin[at].p) * scale
		}
	}
	return sum
}

func (w *walker) row(depth int) []float64 {
	if w.rows[depth] == nil {
		w.rows[depth] = make([]float64, w.r.n+1)
	}
	clear(w.rows[depth])
	return w.rows[depth]
}

// open begins the chunks that can start at a depth, and ends those that have no Latin letters.
func (w *walker) open(depth int) {
	row, m := w.rows[depth], w.r.m
	for i := 0; i < w.r.n; i++ {
		f := row[i]
		if f == 0 {
			continue
		}
		for a, root := range w.r.roots[i] {
			switch {
			case root > 0:
				row[i+a+1] += f * float64(m.nodes[root].p)
				w.begun[depth] = append(w.begun[depth], pending{int32(i + a + 1), root, f})
			case root < 0:
				row[i+1] += f * strange
			}
		}
	}
}

// down visits the children of a node.
func (w *walker) down(node int32, depth int) {
	if depth >= deepest {
		return
	}
	for _, k := range w.tree.children(node) {
		if !w.step(k.letter, depth, w.latin[k.node]) {
			continue
		}
		if n := &w.tree.nodes[k.node]; n.ends != 0 {
			if a := w.agreement(depth+1, w.latin[k.node]); a > floor {
				w.visit(n, a)
			}
		}
		w.down(k.node, depth+1)
	}
}

// step adds a letter; false where there is no hope. latin is the probability of the letters up to it.
func (w *walker) step(c byte, depth int, latin float64) bool {
	into, m := w.row(depth+1), w.r.m
	w.begun[depth+1] = w.begun[depth+1][:0]
	for _, p := range w.begun[depth] {
		at := int32(m.nodes[p.at].next[c])
		if at == 0 {
			continue
		}
		if pr := m.nodes[at].p; pr > 0 {
			into[p.to] += p.f * float64(pr)
		}
		if m.nodes[at].under > 0 {
			w.begun[depth+1] = append(w.begun[depth+1], pending{p.to, at, p.f})
		}
	}
	if latinVowel(c + 'a') {
		for i, f := range w.rows[depth] {
			into[i] += f * slipped
		}
	}
	hopeful := w.hopeful(depth+1, latin) // before new chunks begin: they are hoped for in the rows
	if hopeful {
		w.open(depth + 1)
	}
	return hopeful
}

// hopeful tells whether some beginning of the word agrees with the letters so far, whole or with a chunk that has been begun.
func (w *walker) hopeful(depth int, latin float64) bool {
	if latin == 0 {
		return false
	}
	for i, f := range w.rows[depth] {
		if f > w.r.before[i]*latin*hope {
			return true
		}
	}
	for _, p := range w.begun[depth] {
		if p.f*float64(w.r.m.nodes[p.at].under) > w.r.before[p.to]*latin*hope {
			return true
		}
	}
	return false
}

var hope = math.Exp(hopeless)

// agreement is that of the whole word with the letters so far: see reading.agreement.
func (w *walker) agreement(depth int, latin float64) float64 {
	joint, self, its := math.Log(w.rows[depth][w.r.n]), w.r.self, math.Log(latin)
	if math.IsInf(joint, -1) || math.IsInf(its, -1) {
		return -1
	}
	return (joint - self - its) / max(-self, -its)
}

// byModel adds the Latin units that are like a word in another script.
func (s *Screen) byModel(j *judge, best map[int32]float32) {
	latin := s.selves[j.unit.script]()
	look := func(j *judge, article bool) {
		s.latin.near(j.reading, latin, func(n *treeNode, agreement float64) {
			for _, id := range s.latin.ends[n.ends-1] {
				bare := id < 0 // filed without its article
				if bare {
					id = ^id
				}
				if bare && !article {
					continue
				}
				w := s.words[id]
				if bare {
					w = word(s.units[id].letters[2:])
				}
				if v := float32(finite(j.attested(w, agreement))); v >= leastAlike && v > best[id] {
					best[id] = v
				}
			}
		})
	}
	look(j, j.unit.article)
	if j.written != nil {
		look(j.written, false)
	}
}

// fileLatin puts a Latin unit into the tree, also without an article that is written together with it.
func (s *Screen) fileLatin(id int32) {
	u := s.units[id]
	if u.script != text.Latin || u.letters == "" {
		return
	}
	s.latin.add(u.letters, id)
	if len(u.letters) > 4 && (strings.HasPrefix(u.letters, "al") || strings.HasPrefix(u.letters, "el")) {
		s.latin.add(u.letters[2:], ^id)
	}
}
