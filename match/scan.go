package match

import (
	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// scanner is the memory of one pass over an article. It belongs to one core and one goroutine at a time, and is used again.
type scanner struct {
	x       *core
	d       *Doc
	round   uint32
	marks   []mark // by leaf
	cells   []cell
	found   []leaf
	bits    [1 << bitmapBits / 64]uint64
	tried   []uint64 // by program: one bit, for those that are filed under several leaves
	refs    []uint32 // candidates whose guards let the article through
	hits    []hit
	spans   []news.Span
	scratch scratch
	before  []leaf
	caches  map[*pack.Text]*cache
}

// mark says where a leaf stands in the article.
type mark struct {
	round      uint32 // in which it was last found
	head, tail int32  // of its cells
}

// cell is a place of a leaf, in a list by position.
type cell struct {
	pos  int32
	next int32 // -1 at the end
}

func newScanner(x *core) *scanner {
	return &scanner{x: x, marks: make([]mark, len(x.weight)), tried: make([]uint64, len(x.ids)/64+1), caches: map[*pack.Text]*cache{}}
}

// mostCaches bounds the memory of remembered words.
const mostCaches = 12

func (s *scanner) cache(p *pack.Text) *cache {
	c := s.caches[p]
	if c == nil {
		if len(s.caches) >= mostCaches {
			clear(s.caches)
		}
		c = newCache()
		s.caches[p] = c
	}
	return c
}

// read finds the leaves of an article and their places.
func (s *scanner) read(d *Doc) {
	s.d = d
	s.round++
	if s.round == 0 { // wrapped: old marks would look new
		clear(s.marks)
		s.round = 1
	}
	s.cells, s.found = s.cells[:0], s.found[:0]
	clear(s.bits[:])
	s.bits[0] = 1
	c := s.cache(d.pack)
	for sec, doc := range d.parts {
		if doc != nil {
			s.readSection(section(sec), doc, c)
		}
	}
	if s.x.asks != 0 {
		s.note(d)
	}
}

func (s *scanner) readSection(sec section, doc *text.Doc, c *cache) {
	pos := s.d.from[sec]
	before := s.before[:0] // the words of the token before
	for i := range doc.Tokens {
		t := &doc.Tokens[i]
		if t.Kind == text.Mark {
			continue
		}
		raw := doc.Text[t.Start:t.End]
		var ls []leaf
		var first int
		if len(raw) <= maxLength {
			k := c.keyOf(raw)
			if e, ok := c.find(raw, k); ok {
				ls, first = c.leaves(e)
			} else {
				ls, first = s.x.expand(t, raw, s.d.pack, &s.scratch)
				c.put(raw, k, ls, first)
			}
		} else {
			ls, first = s.x.expand(t, raw, s.d.pack, &s.scratch)
		}
		for _, l := range ls {
			s.mark(l, pos)
			if sec != body {
				s.set(sectionBit(l, 1<<sec))
			}
		}
		for _, b := range ls[:first] {
			for _, a := range before {
				s.set(pairBit(a, b))
			}
		}
		before = append(s.before[:0], ls[:first]...)
		s.before = before
		pos++
	}
}

func (s *scanner) set(b uint16) { s.bits[b/64] |= 1 << (b % 64) }

func (s *scanner) mark(l leaf, pos int32) {
	at := int32(len(s.cells))
	s.cells = append(s.cells, cell{pos, -1})
	m := &s.marks[l]
	if m.round == s.round {
		s.cells[m.tail].next = at
		m.tail = at
		return
	}
	*m = mark{s.round, at, at}
	s.found = append(s.found, l)
	s.set(leafBit(l))
}

func (s *scanner) has(l leaf) bool { return s.marks[l].round == s.round }

// sieve collects the postings of the found leaves whose guards let the article through. Guards lie side by side, so that this is a
// walk over memory in order.
func (s *scanner) sieve() (tried int) {
	x, bits := s.x, &s.bits
	refs := s.refs[:0]
	for _, l := range s.found {
		from, to := x.from[l], x.from[l+1]
		tried += int(to - from)
		gs, rs := x.guards[from:to], x.refs[from:to]
		for i, g := range gs {
			r := rs[i]
			a := bits[uint16(g)/64] >> (g & 63)
			b := bits[uint16(g>>16)/64] >> (g >> 16 & 63)
			if r&guardAny == 0 {
				if a&b&1 != 0 && bits[uint16(g>>32)/64]>>(g>>32&63)&(bits[g>>48/64]>>(g>>48&63))&1 != 0 {
					refs = append(refs, r)
				}
			} else if (a|b|bits[uint16(g>>32)/64]>>(g>>32&63)|bits[g>>48/64]>>(g>>48&63))&1 != 0 {
				refs = append(refs, r)
			}
		}
	}
	s.refs = append(refs, x.always...)
	return tried
}

// match appends the queries of the core that the article satisfies.
func (x *core) match(out []news.Match, d *Doc, gone map[uint32]bool) ([]news.Match, Counts) {
	s := x.scanner()
	defer x.release(s)
	s.read(d)
	c := Counts{Tried: s.sieve()}
	var programs [16]uint32
	for rest := s.refs; len(rest) > 0; {
		batch := rest[:min(len(rest), len(programs))]
		rest = rest[len(batch):]
		for i, r := range batch { // touch the programs first, so that the waits for memory overlap
			programs[i] = x.code[r>>refFlags-1]
		}
		for i, r := range batch {
			p := programs[i]
			if r&filedTwice != 0 {
				if s.tried[p/64]&(1<<(p%64)) != 0 {
					continue
				}
				s.tried[p/64] |= 1 << (p % 64)
			}
			c.Verified++
			if pc := int(r >> refFlags); s.holds(pc) && !gone[p] {
				out = append(out, news.Match{Watch: x.ids[p], Article: d.Article.ID, Spans: s.evident(pc)})
			}
		}
	}
	for _, r := range s.refs {
		if r&filedTwice != 0 {
			s.tried[x.code[r>>refFlags-1]/64] = 0
		}
	}
	return out, c
}

// Program is one query made ready to run against articles. It is read-only and safe for many goroutines.
type Program struct {
	core *core
	need Need
}
