package match

import (
	"cmp"
	"slices"
	"sync"

	"marsad/news"
	"marsad/query"
)

// Entry is a standing query under the number that a match will name.
type Entry struct {
	ID    int64
	Query query.Query
}

// Options of an index. The zero value is usable.
type Options struct {
	Names Namer // nil: names are compared by their words alone
	// Share gives the share of articles that hold a word in this form; nil: guessed from its length.
	Share func(form string) float64
}

// Counts says what a call of Match cost.
type Counts struct {
	Tried    int // postings looked at
	Verified int // programs run
	Matched  int
}

// posting files a program under a leaf.
type posting struct {
	program uint32
	guard   [guards]uint16 // places in the article's Bloom bitmap
	n       uint8
	any     bool
}

// core is a set of compiled queries.
type core struct {
	dictionary
	code     []uint32
	terms    []term
	ids      []int64
	starts   []uint32 // of each program in code
	from     []uint32 // of each leaf's postings
	postings []posting
	always   []uint32 // programs that no leaf can stand for
	scanners sync.Pool
}

// Index is a set of standing queries. It is immutable and safe for many goroutines.
type Index struct {
	opts  Options
	big   *core
	small *core          // queries that came after big was built
	added []Entry        // those of small
	gone  map[int64]bool // queries of big that were changed or removed
}

// Build files queries under the words that they cannot match without.
func Build(entries []Entry, o Options) *Index {
	return &Index{opts: o, big: build(entries, o)}
}

// Len gives the number of queries.
func (x *Index) Len() int { return len(x.big.ids) - len(x.gone) + len(x.added) }

// With gives an index in which an entry is added, or replaces the one of its number. The cost is that of the entries added since
// Build, not of all.
func (x *Index) With(e Entry) *Index {
	y := x.Without(e.ID)
	y.added = append(y.added, e)
	y.small = build(y.added, y.opts)
	return y
}

// Without gives an index in which the query of a number is gone.
func (x *Index) Without(id int64) *Index {
	y := &Index{opts: x.opts, big: x.big, gone: make(map[int64]bool, len(x.gone)+1)}
	for k := range x.gone {
		y.gone[k] = true
	}
	if slices.Contains(x.big.ids, id) {
		y.gone[id] = true
	}
	y.added = slices.DeleteFunc(slices.Clone(x.added), func(e Entry) bool { return e.ID == id })
	if len(y.added) > 0 {
		y.small = build(y.added, y.opts)
	}
	return y
}

// Match gives the queries that the article satisfies, by their number, with the words that satisfy them.
func (x *Index) Match(d *Doc) ([]news.Match, Counts) {
	out, c := x.big.match(nil, d, x.gone)
	if x.small != nil {
		var more Counts
		out, more = x.small.match(out, d, nil)
		c = Counts{c.Tried + more.Tried, c.Verified + more.Verified, 0}
	}
	slices.SortFunc(out, func(a, b news.Match) int { return cmp.Compare(a.Watch, b.Watch) })
	c.Matched = len(out)
	return out, c
}

// filing is a posting before it has its place.
type filing struct {
	leaf leaf
	posting
}

func build(entries []Entry, o Options) *core {
	c := compiler{dictionary: newDictionary(o.Share), names: o.Names}
	x := &core{}
	var filed []filing
	type draft struct {
		id     int64
		from   int
		anchor leaf
	}
	drafts := make([]draft, len(entries))
	// Programs are compiled in the order given and laid out in the order of their anchors, so that those which are verified
	// together lie together.
	for i, e := range entries {
		drafts[i] = draft{e.ID, len(c.code), ^leaf(0)}
		if e.Query.Root == nil {
			c.head(opNever, 0)
			continue
		}
		c.compile(e.Query.Root)
		as, _, ok := c.anchors(drafts[i].from)
		if !ok {
			filed = append(filed, filing{leaf: ^leaf(0), posting: posting{program: uint32(i)}})
			continue
		}
		drafts[i].anchor = as[0].leaf
		for _, a := range as {
			filed = append(filed, filing{a.leaf, a.posting(uint32(i))})
		}
	}
	order := make([]uint32, len(entries))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortStableFunc(order, func(a, b uint32) int { return cmp.Compare(drafts[a].anchor, drafts[b].anchor) })
	place := make([]uint32, len(entries))
	x.code = make([]uint32, 0, len(c.code))
	for to, i := range order {
		place[i] = uint32(to)
		from := drafts[i].from
		end := skip(c.code, from)
		x.ids = append(x.ids, drafts[i].id)
		x.starts = append(x.starts, uint32(len(x.code)))
		x.code = append(x.code, c.code[from:end]...)
	}
	x.dictionary, x.terms = c.dictionary.frozen(), c.terms
	x.file(filed, place)
	x.scanners.New = func() any { return newScanner(x) }
	return x
}

// frozen lets go of what only building needs.
func (x *dictionary) frozen() dictionary {
	d := *x
	d.byName, d.frequent = nil, nil
	return d
}

func (a anchor) posting(program uint32) posting {
	p := posting{program: program, n: uint8(len(a.guard)), any: a.any}
	for i, l := range a.guard {
		p.guard[i] = bloom(l)
	}
	return p
}

// file lays the postings out by leaf.
func (x *core) file(filed []filing, place []uint32) {
	leaves := len(x.weight)
	x.from = make([]uint32, leaves+1)
	for _, f := range filed {
		if f.leaf != ^leaf(0) {
			x.from[f.leaf+1]++
		}
	}
	for i := range leaves {
		x.from[i+1] += x.from[i]
	}
	x.postings = make([]posting, x.from[leaves])
	next := slices.Clone(x.from)
	for _, f := range filed {
		f.program = place[f.program]
		if f.leaf == ^leaf(0) {
			x.always = append(x.always, f.program)
			continue
		}
		x.postings[next[f.leaf]] = f.posting
		next[f.leaf]++
	}
}

// bloom gives a leaf's place in the bitmap.
func bloom(l leaf) uint16 { return uint16(l * 0x9E3779B1 >> (32 - bloomBits)) }

const bloomBits = 13
