package sqlite

import (
	"context"
	"math"
	"slices"
	"strings"
	"sync"
)

// fact is what lists and counts need of an article: reading it from its row costs a page of the file each.
type fact struct {
	published int64
	source    int32
	lang      uint16 // its place among facts.langs, 0 for an article that is not known
}

// blockBits is how many articles a block of facts holds, as a power of two.
const blockBits = 13

// block is the facts of articles whose numbers follow each other.
type block struct {
	asked  int // facts that were read one by one
	loaded bool
	facts  []fact
	times  *window // between which its articles were published, nil while that was not asked for
}

// facts remembers what searches need of articles, 16 bytes each, for a store that is told that nobody else changes them. Blocks of articles
// are read when enough of their facts were asked for, and kept up by every commit.
type facts struct {
	mu     sync.RWMutex
	blocks map[int64]*block
	langs  []string
	number map[string]uint16
}

func newFacts() *facts {
	return &facts{blocks: map[int64]*block{}, langs: []string{""}, number: map[string]uint16{}}
}

// Alone says that no other process brings articles in while the store is open, so that it may remember what searches need of them.
func Alone() Option { return func(s *Store) { s.facts = newFacts() } }

// set remembers a fact, where its block is loaded. The caller holds the lock.
func (f *facts) set(b *block, id int64, c candidate) {
	n, known := f.number[c.lang]
	if !known && len(f.langs) < math.MaxUint16 {
		n = uint16(len(f.langs))
		lang := strings.Clone(c.lang)
		f.langs, f.number[lang] = append(f.langs, lang), n
	}
	if c.source != int64(int32(c.source)) {
		n = 0 // read from its row each time
	}
	b.facts[id&(1<<blockBits-1)] = fact{c.published, int32(c.source), n}
}

// recall fills in what is remembered of the candidates and gives the numbers of the others.
func (f *facts) recall(cs []candidate) (others []int64) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	for i := range cs {
		c := &cs[i]
		if b := f.blocks[c.id>>blockBits]; b != nil && b.loaded {
			if x := b.facts[c.id&(1<<blockBits-1)]; x.lang > 0 {
				c.published, c.source, c.lang, c.known = x.published, int64(x.source), f.langs[x.lang], true
				continue
			}
		}
		others = append(others, c.id)
	}
	return others
}

// worthwhile tells which blocks are to be loaded, of those in which some numbers lie that were asked for.
func (f *facts) worthwhile(ids []int64) (blocks []int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	const enough = 1 << (blockBits - 4) // to read a block costs some 20 times as little for each article as one by one
	for _, id := range ids {
		b := f.blocks[id>>blockBits]
		if b == nil {
			b = &block{}
			f.blocks[id>>blockBits] = b
		}
		if b.asked++; b.asked == enough && !b.loaded {
			blocks = append(blocks, id>>blockBits)
		}
	}
	return blocks
}

// load reads a block. No commit is noted meanwhile, so that none can be overwritten by what was read before it.
func (s *Store) load(ctx context.Context, number int64) error {
	f := s.facts
	f.mu.Lock()
	defer f.mu.Unlock()
	b := f.blocks[number]
	b.asked, b.facts = 0, make([]fact, 1<<blockBits)
	_, err := all(ctx, reader{s}, "find-block", func(sc scan) (none struct{}, err error) {
		c, err := readFacts(sc)
		if err == nil {
			f.set(b, c.id, c)
		}
		return none, err
	}, number<<blockBits, (number+1)<<blockBits)
	b.loaded = err == nil
	return err
}

// know fills in the facts of the candidates and drops those that are no articles.
func (s *Store) know(ctx context.Context, cs []candidate) ([]candidate, error) {
	others := make([]int64, 0, len(cs))
	if s.facts == nil {
		for _, c := range cs {
			others = append(others, c.id)
		}
	} else {
		others = s.facts.recall(cs)
		blocks := s.facts.worthwhile(others)
		for _, b := range blocks {
			if err := s.load(ctx, b); err != nil {
				return nil, err
			}
		}
		if len(blocks) > 0 {
			others = s.facts.recall(cs)
		}
	}
	read, err := s.factsOf(ctx, others)
	if err != nil {
		return nil, err
	}
	known := cs[:0]
	for _, c := range cs {
		if x, ok := read[c.id]; ok {
			c.published, c.source, c.lang, c.known = x.published, x.source, x.lang, true
		}
		if c.known {
			known = append(known, c)
		}
	}
	return known, nil
}

// factsOf reads facts one by one.
func (s *Store) factsOf(ctx context.Context, ids []int64) (map[int64]candidate, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := jsonOf(ids)
	if err != nil {
		return nil, err
	}
	read := make(map[int64]candidate, len(ids))
	_, err = all(ctx, reader{s}, "find-facts", func(sc scan) (none struct{}, err error) {
		c, err := readFacts(sc)
		read[c.id] = c
		return none, err
	}, list)
	return read, err
}

func readFacts(sc scan) (c candidate, err error) {
	return c, sc(&c.id, &c.published, &c.lang, &c.source)
}

// keepUp reads the facts of articles that were committed, where their blocks are loaded.
func (s *Store) keepUp(ctx context.Context, ids []int64) {
	f := s.facts
	if f == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	ids = slices.DeleteFunc(ids, func(id int64) bool { b := f.blocks[id>>blockBits]; return b == nil || !b.loaded && b.times == nil })
	read, err := s.factsOf(context.WithoutCancel(ctx), ids)
	for _, id := range ids {
		if b := f.blocks[id>>blockBits]; err != nil {
			delete(f.blocks, id>>blockBits) // to be read again
		} else if c, ok := read[id]; ok && b != nil {
			if b.loaded {
				f.set(b, id, c)
			}
			if b.times != nil {
				*b.times = window{min(b.times.from, c.published), max(b.times.to, c.published+1)}
			}
		}
	}
}

// reach gives the numbers between which lie all articles that were published in a time, by whole blocks.
func (s *Store) reach(ctx context.Context, w window) (lo, hi int64, err error) {
	f := s.facts
	f.mu.Lock()
	defer f.mu.Unlock()
	last, err := one(ctx, reader{s}, "find-last", column[int64])
	if err != nil {
		return 0, 0, err
	}
	lo, hi = 1, 0 // none
	for n := int64(0); n <= last>>blockBits; n++ {
		b := f.blocks[n]
		if b == nil {
			b = &block{}
			f.blocks[n] = b
		}
		if b.times == nil {
			t, err := one(ctx, reader{s}, "find-times", func(sc scan) (t window, err error) { return t, sc(&t.from, &t.to) },
				n<<blockBits, (n+1)<<blockBits)
			if err != nil {
				return 0, 0, err
			}
			b.times = &t
		}
		if b.times.from < w.to && b.times.to > w.from {
			if hi == 0 {
				lo = n << blockBits
			}
			hi = (n+1)<<blockBits - 1
		}
	}
	return lo, hi, nil
}
