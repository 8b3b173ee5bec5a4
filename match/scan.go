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
	stands  stands
	found   []filed // the leaves of the article that have postings
	bits    [1 << bitmapBits / 64]uint64
	tried   []uint64 // by program: one bit, for those that are filed under several leaves
	refs    []uint32 // candidates whose guards let the article through
	hits    []hit
	spans   []news.Span
	scratch scratch
	before  []leaf // the classes of the word before
	batch   [together]lookup
	touched uint32 // keeps the compiler from leaving out looks ahead
	caches  map[*pack.Text]*cache
}

func newScanner(x *core) *scanner {
	return &scanner{x: x, stands: newStands(), tried: make([]uint64, len(x.ids)/64+1), caches: map[*pack.Text]*cache{}}
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
	s.stands.clear()
	s.found = s.found[:0]
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

// together is how many words are looked up side by side, so that the waits for memory overlap.
const together = 64

// lookup is a word on its way through the dictionary.
type lookup struct {
	token int
	key   key
}

func (s *scanner) readSection(sec section, doc *text.Doc, c *cache) {
	pos := s.d.from[sec]
	s.before = s.before[:0]
	for i := 0; i < len(doc.Tokens); {
		n := 0
		for ; i < len(doc.Tokens) && n < together; i++ {
			t := &doc.Tokens[i]
			if t.Kind == text.Mark {
				continue
			}
			b := &s.batch[n]
			b.token, b.key = i, c.keyOf(doc.Text[t.Start:t.End])
			n++
		}
		touched, slots := uint32(0), c.slots
		for j := range s.batch[:n] { // nothing else in this loop, so that many waits fit into the processor's window
			touched += uint32(slots[s.batch[j].key.hash&uint64(len(slots)-1)].length)
		}
		s.touched = touched
		for j := range s.batch[:n] {
			t := &doc.Tokens[s.batch[j].token]
			s.enter(t, doc.Text[t.Start:t.End], &s.batch[j].key, c, sec, pos)
			pos++
		}
	}
}

// enter puts down the leaves of a word at a position, and its pairs with the word before.
func (s *scanner) enter(t *text.Token, raw string, k *key, c *cache, sec section, pos int32) {
	var ls, classes []filed
	if e, ok := c.find(raw, k); ok {
		ls, classes = c.leaves(e)
	} else {
		leaves, of := s.x.expand(t, raw, s.d.pack, &s.scratch)
		ls, classes = s.x.filed(leaves), s.x.filed(of)
		c.put(raw, k, ls, classes)
	}
	for i := range ls {
		s.mark(&ls[i], pos)
		if sec != body {
			s.set(sectionBit(ls[i].leaf, 1<<sec))
		}
	}
	for i := range classes {
		for _, a := range s.before {
			s.set(pairBit(a, classes[i].leaf))
		}
	}
	s.before = s.before[:0]
	for i := range classes {
		s.before = append(s.before, classes[i].leaf)
	}
}

// filed looks up the postings of leaves.
func (x *core) filed(ls []leaf) []filed {
	fs := make([]filed, len(ls))
	for i, l := range ls {
		fs[i] = filed{l, x.from[l], x.from[l+1]}
	}
	return fs
}

func (s *scanner) set(b uint16) { s.bits[b/64] |= 1 << (b % 64) }

// mark says that a leaf stands at a position.
func (s *scanner) mark(f *filed, pos int32) {
	if !s.stands.add(f.leaf, pos) {
		return
	}
	s.set(leafBit(f.leaf))
	if f.from < f.to {
		s.found = append(s.found, *f)
	}
}

func (s *scanner) has(l leaf) bool { return s.stands.head(l) >= 0 }

// sieve collects the postings of the found leaves whose guards let the article through.
func (s *scanner) sieve() (tried int) {
	bits, touched := &s.bits, uint32(0)
	refs := s.refs[:0]
	for k, f := range s.found {
		if k%together == 0 { // look ahead, so that the waits for memory overlap
			for _, g := range s.found[k:min(k+together, len(s.found))] {
				touched += s.x.postings[g.from].ref
			}
		}
		ps := s.x.postings[f.from:f.to]
		tried += len(ps)
		for i := range ps {
			p := &ps[i]
			g := p.guard
			a := bits[g[0]/64] >> (g[0] & 63)
			b := bits[g[1]/64] >> (g[1] & 63)
			if p.ref&guardAny == 0 {
				if a&b&1 != 0 && bits[g[2]/64]>>(g[2]&63)&(bits[g[3]/64]>>(g[3]&63))&1 != 0 {
					refs = append(refs, p.ref)
				}
			} else if (a|b|bits[g[2]/64]>>(g[2]&63)|bits[g[3]/64]>>(g[3]&63))&1 != 0 {
				refs = append(refs, p.ref)
			}
		}
	}
	s.touched = touched
	s.refs = append(refs, s.x.always...)
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
