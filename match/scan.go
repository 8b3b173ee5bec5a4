package match

import (
	"slices"
	"strings"

	"marsad/lang/pack"
	"marsad/news"
)

// scanner is the memory of one pass over an article. It belongs to one core and one goroutine at a time, and is used again.
type scanner struct {
	x       *core
	d       *Doc
	round   uint32
	seen    []uint32 // by leaf: the round in which it was last found
	head    []int32  // by leaf: its first cell
	tail    []int32
	cells   []cell
	found   []leaf
	tried   []uint32 // by program: the round in which it was last verified
	bits    [1 << bloomBits / 64]uint64
	forms   []string
	leaves  []leaf
	known   map[*pack.Text]map[string][]leaf // words that were expanded before
	entries int
}

// cell is a place of a leaf, in a list by position.
type cell struct {
	pos  int32
	next int32 // -1 at the end
}

// maxKnown bounds the memory of expanded words.
const maxKnown = 200_000

func newScanner(x *core) *scanner {
	n := len(x.weight)
	return &scanner{x: x, seen: make([]uint32, n), head: make([]int32, n), tail: make([]int32, n), tried: make([]uint32, len(x.ids)), known: map[*pack.Text]map[string][]leaf{}}
}

// read finds the leaves of an article and their places.
func (s *scanner) read(d *Doc) {
	s.d = d
	s.round++
	if s.round == 0 { // wrapped: old marks would look new
		clear(s.seen)
		clear(s.tried)
		s.round = 1
	}
	s.cells, s.found = s.cells[:0], s.found[:0]
	clear(s.bits[:])
	known := s.known[d.pack]
	if known == nil || s.entries > maxKnown {
		known = map[string][]leaf{}
		s.known[d.pack] = known
		s.entries = 0
	}
	for sec := range sections {
		end := int32(len(d.words))
		if sec+1 < sections {
			end = d.first[sec+1]
		}
		pos := d.from[sec]
		for i := d.first[sec]; i < end; i++ {
			w := &d.words[i]
			ls, ok := known[w.raw]
			if !ok {
				ls = slices.Clone(s.x.expand(s.leaves[:0], w, d.pack, &s.forms))
				known[strings.Clone(w.raw)] = ls // a slice of the text would keep it all alive
				s.entries++
			}
			for _, l := range ls {
				s.mark(l, pos)
			}
			pos++
		}
	}
	for _, l := range s.x.byForm["!lang="+primary(d.Article.Lang)] {
		s.mark(l, -1)
	}
}

func (s *scanner) mark(l leaf, pos int32) {
	at := int32(len(s.cells))
	s.cells = append(s.cells, cell{pos, -1})
	if s.seen[l] == s.round {
		s.cells[s.tail[l]].next = at
		s.tail[l] = at
		return
	}
	s.seen[l], s.head[l], s.tail[l] = s.round, at, at
	s.found = append(s.found, l)
	b := bloom(l)
	s.bits[b/64] |= 1 << (b % 64)
}

func (s *scanner) has(l leaf) bool { return s.seen[l] == s.round }

// passes tells whether a posting's guard lets the article through.
func (s *scanner) passes(p *posting) bool {
	if p.n == 0 {
		return true
	}
	for _, b := range p.guard[:p.n] {
		there := s.bits[b/64]&(1<<(b%64)) != 0
		if there == p.any {
			return p.any
		}
	}
	return !p.any
}

// match appends the queries of the core that the article satisfies.
func (x *core) match(out []news.Match, d *Doc, gone map[int64]bool) ([]news.Match, Counts) {
	s := x.scanners.Get().(*scanner)
	defer x.scanners.Put(s)
	s.read(d)
	var c Counts
	try := func(p uint32) {
		if s.tried[p] == s.round {
			return
		}
		s.tried[p] = s.round
		c.Verified++
		if pc := int(x.starts[p]); s.holds(pc) && !gone[x.ids[p]] {
			out = append(out, news.Match{Watch: x.ids[p], Article: d.Article.ID, Spans: s.spans(pc)})
		}
	}
	for _, l := range s.found {
		ps := x.postings[x.from[l]:x.from[l+1]]
		c.Tried += len(ps)
		for i := range ps {
			if s.passes(&ps[i]) {
				try(ps[i].program)
			}
		}
	}
	for _, p := range x.always {
		try(p)
	}
	s.d = nil
	return out, c
}

// Program is one query made ready to run against articles. It is read-only and safe for many goroutines.
type Program struct {
	core *core
	need Need
}
