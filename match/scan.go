package match

import (
	"cmp"
	"math/bits"
	"slices"

	"marsad/lang/pack"
	"marsad/news"
)

// scanner is the memory of one pass over an article. It belongs to one core and one goroutine at a time, and is used again.
type scanner struct {
	x      *core
	d      *Doc
	stands stands
	heard
	bits     bitmap // of the article
	wanted   [1 << bitmapBits / 64 / wantedShare]uint64
	tried    []uint64 // by program: one bit
	passed   []passed // postings whose guards let the article through so far
	picked   []uint32 // words whose leaves may be wanted
	nearby   nearby
	refs     []uint32 // candidates whose guards let the article through
	units    [2]units // sentences, paragraphs
	hits     []hit
	spans    []news.Span
	out      []news.Match
	ranked   []uint64 // of out, by the number of their programs
	unranked []uint64 // memory for rank
	scratch  scratch
	batch    [together]key
	at       [together]uint32 // of the batch in the cache
	crowds   []uint32         // words of a section that have several classes, by their place in it
	single   [1]leaf          // memory for alone
	touched  uint32           // keeps the compiler from leaving out looks ahead
	caches   map[*pack.Text]*cache
}

func newScanner(x *core) *scanner {
	s := &scanner{x: x, stands: newStands(), tried: make([]uint64, len(x.ids)/64+1), caches: map[*pack.Text]*cache{}}
	if x.nears {
		s.nearby.where = new(regions)
	}
	return s
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

// read finds the words of an article, the postings under what they stand for, and the bits by which these are guarded.
func (s *scanner) read(d *Doc) {
	s.d = d
	s.stands.clear()
	s.units[0].made, s.units[1].made = false, false
	s.heard.clear(len(d.tokens))
	clear(s.bits[:])
	s.bits[0] = 1
	c := s.cache(d.pack)
	c.begin(len(d.tokens))
	s.stands.words = slices.Grow(s.stands.words, len(d.tokens))[:len(d.tokens)]
	n := 0
	for sec, doc := range d.parts {
		if doc != nil {
			n = s.look(doc, c, d.tokens[d.first[sec]:][:d.to[sec]-d.from[sec]], s.of(section(sec)), n)
		}
	}
	s.stands.mark(n)
	if s.x.nears {
		s.nearby.begin(&s.stands)
	}
	s.mean(c, n)
	for sec := range sections {
		s.pair(c, s.of(sec))
	}
	s.tell(c)
	if s.x.asks != 0 {
		s.note(d)
	}
}

// of gives the numbers of the words of a section.
func (s *scanner) of(sec section) []uint32 {
	return s.stands.words[s.d.first[sec]:][:s.d.to[sec]-s.d.from[sec]]
}

// find has the postings of a leaf looked at.
func (s *scanner) find(l leaf) {
	if from, to := s.x.from[l], s.x.to[l]; from < to {
		s.found = append(s.found, listing{from, to, 0}) // the word does not matter: nothing is near a mark
	}
}

// rangesOf gives where the postings of leaves lie, those that follow each other as one.
func (x *core) rangesOf(ls []leaf) (rs []stretch) {
	for _, l := range ls {
		if x.from[l] < x.to[l] {
			rs = append(rs, stretch{x.from[l], x.to[l]})
		}
	}
	slices.SortFunc(rs, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	joined := rs[:0]
	for _, r := range rs {
		if n := len(joined); n > 0 && joined[n-1].to == r.from {
			joined[n-1].to = r.to
		} else {
			joined = append(joined, r)
		}
	}
	return joined
}

// bitmap holds a bit for each place that a guard may ask for.
type bitmap [1 << bitmapBits / 64]uint64

func (s *scanner) set(b uint16) { s.bits[b/64] |= 1 << (b % 64) }

// match appends the queries of the core that the article satisfies.
func (x *core) match(out []news.Match, d *Doc, gone map[uint32]bool) ([]news.Match, Counts) {
	s := x.scanner()
	defer x.release(s)
	s.read(d)
	c := Counts{Tried: s.sieve()}
	if len(s.refs) == 0 {
		return out, c
	}
	s.settle()
	for rest := s.refs; len(rest) > 0; {
		batch := rest[:min(len(rest), together)]
		c.Verified += s.verify(batch, gone)
		rest = rest[len(batch):]
	}
	for _, r := range s.refs {
		s.tried[x.numberOf(r>>refFlags)/64] = 0
	}
	return s.collect(out), c
}

// verify runs the programs of a batch of candidates that were not run yet, and gives their number. It touches all of them first, so that the
// waits for memory overlap.
func (s *scanner) verify(batch []uint32, gone map[uint32]bool) (verified int) {
	x, touched := s.x, uint32(0)
	numbers := s.at[:len(batch)]
	for i, r := range batch {
		pc := r >> refFlags
		numbers[i] = x.numberOf(pc)
		touched += x.code[min(int(pc)+cacheLine/2, len(x.code)-1)] // of a longer program
	}
	s.touched = touched
	for i, r := range batch {
		p := numbers[i]
		if s.tried[p/64]&(1<<(p%64)) != 0 {
			continue
		}
		s.tried[p/64] |= 1 << (p % 64)
		verified++
		if pc := int(r >> refFlags); s.holds(pc) && !gone[p] {
			s.ranked = append(s.ranked, uint64(p)<<32|uint64(len(s.out)))
			s.out = append(s.out, news.Match{Article: s.d.Article.ID, Spans: s.evident(pc)})
		}
	}
	return verified
}

// cacheLine is how many words of programs the processor fetches together.
const cacheLine = 16

// collect appends what was found in the order of the queries' numbers.
func (s *scanner) collect(out []news.Match) []news.Match {
	s.rank(len(s.x.ids))
	out = slices.Grow(out, len(s.ranked))
	for _, o := range s.ranked {
		m := &s.out[uint32(o)]
		m.Watch = s.x.ids[o>>32]
		out = append(out, *m)
	}
	clear(s.out) // what they point to is not ours to keep
	s.out, s.ranked = s.out[:0], s.ranked[:0]
	return out
}

// rank sorts what was found by the numbers of its programs, of which there are so many.
func (s *scanner) rank(programs int) {
	var counts [257]int
	shift := 32 + max(8, bits.Len(uint(programs))) - 8
	for _, r := range s.ranked {
		counts[r>>shift+1]++
	}
	if len(s.ranked) < few/4 || slices.Max(counts[:]) > few/4 {
		slices.Sort(s.ranked)
		return
	}
	for i := range counts[1:] {
		counts[i+1] += counts[i]
	}
	s.unranked = append(s.unranked[:0], s.ranked...)
	for _, r := range s.unranked {
		b := r >> shift
		s.ranked[counts[b]] = r
		counts[b]++
	}
	for i, r := range s.ranked { // those of one part are few
		for ; i > 0 && s.ranked[i-1] > r; i-- {
			s.ranked[i], s.ranked[i-1] = s.ranked[i-1], r
		}
	}
}

// Program is one query made ready to run against articles. It is read-only and safe for many goroutines.
type Program struct {
	core *core
	need Need
}
