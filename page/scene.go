package page

import (
	"strings"
)

// scene is a page with all that the features are computed from.
type scene struct {
	*walk
	lex         *lexicon
	title       string // squashed titles of the metadata
	body        string // squashed body of the metadata
	desc        string // squashed description of the metadata
	zones       []hint
	chars       []int32 // by node
	links       []int32
	prose       []int32 // by node: letters in blocks of prose
	count       []int32 // by node: blocks
	depth       []int16
	within      []uint8          // by node: article elements around it
	style       map[uint64]int32 // letters of prose by look
	twice       map[string]int8  // squashed texts of blocks
	folded      []string         // by block: squashed text, "" where it is long
	said        []said           // by block
	after       [][3]int32       // by block: blocks since a heading over related articles, comments, or pitches and shares; 0 = none
	kin         []int32          // by node: siblings of the same look, itself among them
	pictured    []uint8          // by block: 1 a picture stands before it, 2 behind it
	main        int32            // the element that holds most prose directly
	ofMain      []bool           // by node: main itself or an element around it
	head        int              // index of the block that is the headline, -1
	runs        []run            // by block
	longest     int
	scores      []float32 // by block: the first look
	column      int32     // the root of the column
	first, last int       // the first and the last block of the column that the first look was sure of
	sums        []float32 // by node: weights after the first look
}

func newScene(w *walk, lex *lexicon) *scene {
	n := len(w.tree.nodes)
	s := &scene{walk: w, lex: lex, zones: make([]hint, n), head: -1}
	ints := make([]int32, 4*n)
	s.chars, s.links, s.prose, s.count = ints[:n], ints[n:2*n], ints[2*n:3*n], ints[3*n:]
	s.depth, s.within = make([]int16, n), make([]uint8, n)
	s.unwrap()
	s.measure()
	s.read()
	return s
}

// wrappers are flags that say nothing where four fifths of a page's prose have them: a script shows what was hidden, one form wraps a whole page
// of some servers, and a table lays old pages out.
var wrappers = [...]uint16{inHidden, inForm, inTable}

// unwrap takes such flags off.
func (s *scene) unwrap() {
	var with [len(wrappers)]int
	all := 0
	for i := range s.blocks {
		if b := &s.blocks[i]; b.isProse() {
			all += b.chars
			for k, f := range wrappers {
				if b.flags&f != 0 {
					with[k] += b.chars
				}
			}
		}
	}
	for k, f := range wrappers {
		if with[k]*5 <= all*4 {
			continue
		}
		for i := range s.blocks {
			if b := &s.blocks[i]; b.flags&inLifted == 0 {
				b.flags &^= f
			}
		}
	}
}

func (b *block) isProse() bool {
	return (b.chars >= 60 && b.ends > 0 || b.chars > 150) && int(b.links)*2 < b.end-b.start
}

// measure sums what the elements hold, from the leaves up, and hands down what lies around them.
func (s *scene) measure() {
	nodes := s.tree.nodes
	s.style = make(map[uint64]int32, 64)
	for i := range s.blocks {
		b := &s.blocks[i]
		s.chars[b.at] += int32(b.chars)
		s.links[b.at] += int32(int(b.links) * b.chars / (b.end - b.start))
		s.count[b.at]++
		if b.isProse() {
			s.prose[b.at] += int32(b.chars)
			s.style[s.lookOf(b.at)] += int32(b.chars)
		}
	}
	for at := len(nodes) - 1; at > 0; at-- {
		p := nodes[at].parent
		s.chars[p] += s.chars[at]
		s.links[p] += s.links[at]
		s.prose[p] += s.prose[at]
		s.count[p] += s.count[at]
	}
	s.relatives()
}

// surround hands down to every element what the elements around it say. A name on an element that holds most of the page says
// nothing of its parts ("has-comments" on the body); one that holds much, but not the headline, may be the readers' comments.
func (s *scene) surround() {
	nodes := s.tree.nodes
	head := make([]bool, len(nodes))
	if s.head >= 0 {
		for up := s.blocks[s.head].at; up > 0; up = nodes[up].parent {
			head[up] = true
		}
	}
	total := s.prose[0]
	for at := 1; at < len(nodes); at++ {
		n := &nodes[at]
		if n.tag == tagText {
			continue
		}
		s.depth[at] = s.depth[n.parent] + 1
		s.zones[at] = s.zones[n.parent]
		s.within[at] = s.within[n.parent]
		if n.tag == tagArticle && s.within[at] < 9 {
			s.within[at]++
		}
		switch {
		case s.ofMain[at] || s.prose[at]*5 >= total*2:
			if s.head >= 0 && !head[at] {
				s.zones[at] |= s.hints[at] & hintComment
			}
		case head[at]: // "right-rail__main" names a layout: no side column holds the headline
			s.zones[at] |= s.hints[at] &^ hintSidebar
		default:
			s.zones[at] |= s.hints[at]
		}
	}
}

// relatives counts for every element its siblings of the same look, marks the pictures beside blocks, and finds the element
// that holds most prose directly.
func (s *scene) relatives() {
	nodes := s.tree.nodes
	s.kin, s.ofMain = make([]int32, len(nodes)), make([]bool, len(nodes))
	var looks [8]uint64
	var counts [8]int32
	for p := range nodes {
		if nodes[p].first == 0 {
			continue
		}
		n := 0 // the first eight looks among the children
		for pass := 0; pass < 2; pass++ {
			for c := nodes[p].first; c != 0; c = nodes[c].next {
				t := nodes[c].tag
				if !t.is(isBlock) {
					continue
				}
				look := uint64(t)<<32 | uint64(s.looks[c])
				k := 0
				for k < n && looks[k] != look {
					k++
				}
				if pass == 1 {
					if k < n {
						s.kin[c] = counts[k]
					}
				} else if k < n {
					counts[k]++
				} else if n < len(looks) {
					looks[n], counts[n] = look, 1
					n++
				}
			}
		}
	}
	s.pictured = make([]uint8, len(s.blocks)+1)
	for _, p := range s.pics {
		s.pictured[p.before] |= 1
		if p.before > 0 {
			s.pictured[p.before-1] |= 2
		}
	}
	direct := make(map[int32]int32, 64)
	for i := range s.blocks {
		if b := &s.blocks[i]; b.isProse() {
			p := nodes[b.at].parent
			direct[p] += int32(b.chars)
			if direct[p] > direct[s.main] {
				s.main = p
			}
		}
	}
	for up := s.main; up > 0; up = nodes[up].parent {
		s.ofMain[up] = true
	}
}

// lookOf gives a number for how a block is styled: its element's tag and class, and its parent's.
func (s *scene) lookOf(at int32) uint64 {
	p := s.tree.nodes[at].parent
	return uint64(s.tree.nodes[at].tag)<<56 | uint64(s.tree.nodes[p].tag)<<48 | uint64(s.looks[at]&0xFFFFFF)<<24 | uint64(s.looks[p]&0xFFFFFF)
}

// read reads the words of the blocks that are short enough to be furniture.
func (s *scene) read() {
	s.folded = make([]string, len(s.blocks))
	s.said = make([]said, len(s.blocks))
	s.twice = make(map[string]int8, len(s.blocks)/4)
	for i := range s.blocks {
		b := &s.blocks[i]
		if b.end-b.start > 600 {
			continue
		}
		f := squash(s.of(b))
		s.folded[i] = f
		s.said[i] = s.lex.sayAs(f, s.of(b))
		if n := s.twice[f]; n < 9 {
			s.twice[f] = n + 1
		}
	}
	s.trace()
}

// trace remembers for every block how far above it the last heading of the furniture stands.
func (s *scene) trace() {
	s.after = make([][3]int32, len(s.blocks))
	var since [3]int32
	for i := range s.blocks {
		for k := range since {
			if since[k] > 0 {
				since[k]++
			}
		}
		if b, v := &s.blocks[i], &s.said[i]; b.chars < 60 {
			for k, kind := range [3]phrases{saysRelated, saysComment, saysPitch | saysShare} {
				if v.whole&kind != 0 || v.starts&kind != 0 && 2*int(v.cover) > len(s.folded[i]) {
					since[k] = 1
				}
			}
		}
		s.after[i] = since
	}
}

// entitle tells the scene what the metadata say, and finds the headline among the blocks.
func (s *scene) entitle(titles []string, desc, body string) {
	for _, t := range titles {
		s.title += " " + squash(t[:runeCut(t, 1900)])
	}
	s.title += " "
	s.desc = squash(desc)
	if len(body) > 200 {
		s.body = squash(body)
	}
	best := 0
	for i := range s.blocks {
		b := &s.blocks[i]
		f := s.folded[i]
		if len(f) < 8 || !strings.Contains(s.title, f) {
			continue
		}
		rank := min(len(f), 60)
		if t := s.tree.nodes[b.at].tag; t == tagH1 {
			rank += 100
		} else if t == tagH2 {
			rank += 20
		}
		if b.links > 0 {
			rank -= 30
		}
		if rank > best {
			best, s.head = rank, i
		}
	}
	if s.head < 0 {
		for i := range s.blocks {
			if s.tree.nodes[s.blocks[i].at].tag == tagH1 {
				s.head = i
				break
			}
		}
	}
	s.sections()
	s.columns()
	s.surround()
}
