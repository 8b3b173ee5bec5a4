package match

import (
	"cmp"
	"maps"
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

// Index is a set of standing queries. It is immutable and safe for many goroutines.
type Index struct {
	opts  Options
	big   *core
	small *core           // queries that came after big was built
	added *builder        // of small; nil where there is none
	gone  map[uint32]bool // programs of big that were changed or removed
	left  map[uint32]bool // the same of small
}

// Build files queries under the words that they cannot match without.
func Build(entries []Entry, o Options) *Index {
	b := newBuilder(o)
	for _, e := range entries {
		b.add(e)
	}
	return &Index{opts: o, big: b.core(true)}
}

// Len gives the number of queries.
func (x *Index) Len() int {
	n := len(x.big.ids) - len(x.gone) - len(x.left)
	if x.small != nil {
		n += len(x.small.ids)
	}
	return n
}

// Edits gives how many queries were added, changed and removed since Build: when they are many, a new Build costs less memory and
// time than to go on.
func (x *Index) Edits() int {
	n := len(x.gone)
	if x.small != nil {
		n += len(x.small.ids)
	}
	return n
}

// With gives an index in which an entry is added, or replaces the one of its number. The cost is a copy of those added since
// Build.
func (x *Index) With(e Entry) *Index {
	y := x.Without(e.ID)
	if x.added == nil {
		y.added = newBuilder(x.opts)
	} else {
		y.added = x.added.clone()
	}
	y.added.add(e)
	y.small = y.added.core(false)
	return y
}

// Without gives an index in which the query of a number is gone.
func (x *Index) Without(id int64) *Index {
	y := *x
	y.gone = without(x.big, x.gone, id)
	if x.small != nil {
		y.left = without(x.small, x.left, id)
	}
	return &y
}

func without(x *core, gone map[uint32]bool, id int64) map[uint32]bool {
	i := 0
	if x.sorted {
		i, _ = slices.BinarySearch(x.ids, id)
	}
	copied := false
	for ; i < len(x.ids); i++ {
		if x.ids[i] == id {
			if !copied {
				gone, copied = maps.Clone(gone), true
			}
			if gone == nil {
				gone = map[uint32]bool{}
			}
			gone[uint32(i)] = true
		} else if x.sorted {
			break
		}
	}
	return gone
}

// Match gives the queries that the article satisfies, by their number, with the words that satisfy them.
func (x *Index) Match(d *Doc) ([]news.Match, Counts) {
	out, c := x.big.match(nil, d, x.gone)
	if x.small != nil {
		var more Counts
		out, more = x.small.match(out, d, x.left)
		c = Counts{c.Tried + more.Tried, c.Verified + more.Verified, 0}
		slices.SortFunc(out, func(a, b news.Match) int { return cmp.Compare(a.Watch, b.Watch) })
	}
	c.Matched = len(out)
	return out, c
}

// core is a set of compiled queries: a few slices without pointers.
type core struct {
	dictionary
	code     []uint32 // programs, each with a head
	terms    []term
	asks     asks
	ids      []int64  // of each program by its number
	sorted   bool     // ids ascend
	from, to []uint32 // of each leaf's postings
	postings []posting
	first    []uint16 // of each posting: a bit of its guard that must be set
	nears    bool     // some guards ask for what is near
	always   []uint32 // programs that no leaf can stand for
	idle     *idle
}

// programHead is how much stands before a program: its number.
const programHead = 1

// numberOf gives the number of the program at pc.
func (x *core) numberOf(pc uint32) uint32 { return x.code[pc-1] }

// idle holds scanners that nobody uses. They are kept because they remember words.
type idle struct {
	sync.Mutex
	list []*scanner
}

// mostIdle bounds the memory of scanners.
const mostIdle = 64

func (x *core) scanner() *scanner {
	x.idle.Lock()
	defer x.idle.Unlock()
	n := len(x.idle.list)
	if n == 0 {
		return newScanner(x)
	}
	s := x.idle.list[n-1]
	x.idle.list = x.idle.list[:n-1]
	return s
}

func (x *core) release(s *scanner) {
	s.d, s.spans = nil, nil
	x.idle.Lock()
	defer x.idle.Unlock()
	if len(x.idle.list) < mostIdle {
		x.idle.list = append(x.idle.list, s)
	}
}

// posting files a program under a leaf.
type posting struct {
	guard [guards]uint16 // places in the bitmap
	ref   uint32         // the place of its program, and flags
}

// The low bits of a ref.
const (
	guardNear = 1 << iota // a word of the guard must be near that under which the posting is filed
	refFlags  = iota
)

// filing is a posting before it has its place.
type filing struct {
	leaf    leaf
	program uint32
	guard   [guards]uint16
	near    bool
}

// builder compiles queries one by one. What it has is never changed, only added to.
type builder struct {
	compiler
	ids   []int64
	at    []uint32 // of each program in code
	under []leaf   // the first leaf that each program is filed under
	filed []filing
}

func newBuilder(o Options) *builder { return &builder{compiler: newCompiler(o)} }

func (b *builder) clone() *builder {
	c := *b
	c.dictionary, c.code, c.terms, c.termsOf = b.dictionary.clone(), slices.Clone(b.code), slices.Clone(b.terms), maps.Clone(b.termsOf)
	c.memo = map[string]leaf{}
	c.ids, c.at, c.under, c.filed = slices.Clone(b.ids), slices.Clone(b.at), slices.Clone(b.under), slices.Clone(b.filed)
	return &c
}

func (b *builder) add(e Entry) {
	program := uint32(len(b.ids))
	b.ids, b.at = append(b.ids, e.ID), append(b.at, uint32(len(b.code)))
	b.under = append(b.under, none)
	if e.Query.Root == nil {
		b.head(opNever, 0)
		return
	}
	b.compile(e.Query.Root)
	at := int(b.at[program])
	if b.code[at] == opNever {
		return
	}
	as, _, ok := b.anchors(at)
	if !ok {
		b.filed = append(b.filed, filing{leaf: none, program: program})
		return
	}
	b.under[program] = as[0].leaf
	from := len(b.filed)
	for i := range as {
		a := &as[i]
		if !a.any {
			b.file(from, filing{leaf: a.leaf, program: program, guard: packed(a.guard[:a.n])})
			continue
		}
		for k := range a.guard[:a.n] { // once for each bit, so that each can be asked by itself
			b.file(from, filing{a.leaf, program, packed(a.guard[k : k+1]), a.near})
		}
	}
}

// file adds a filing, if it is not among the first of a program's, which begin at from: "a a" asks twice for the same.
func (b *builder) file(from int, f filing) {
	if !slices.Contains(b.filed[from:min(len(b.filed), from+guards)], f) {
		b.filed = append(b.filed, f)
	}
}

// packed gives a guard as it is filed. Bits that are not needed repeat one that is; bit 0 is set in every article.
func packed(bits []bit) (guard [guards]uint16) {
	for i := range guard {
		if len(bits) > 0 {
			guard[i] = bits[min(i, len(bits)-1)].at
		}
	}
	return guard
}

// core lays out what was added: programs in the order of their leaves where that is worth the sorting, so that those which are
// verified together lie together, and the postings by leaf.
func (b *builder) core(sorted bool) *core {
	x := &core{dictionary: b.dictionary, terms: b.terms, asks: b.asks, code: make([]uint32, 0, len(b.code)+programHead*len(b.ids))}
	x.names, x.classes, x.firsts, x.frequent = table{}, table{}, nil, nil // only building needs them
	numbers := x.number(b.ids, sorted)
	rank := b.ranks()
	order := make([]uint64, len(b.ids))
	for i := range order {
		order[i] = uint64(i)
		if sorted {
			if l := b.under[i]; l == none {
				order[i] |= uint64(none) << 32
			} else {
				order[i] |= uint64(rank[l]) << 32
			}
		}
	}
	slices.Sort(order)
	place := make([]uint32, len(b.ids))
	for _, o := range order {
		i := uint32(o)
		from := int(b.at[i])
		to := len(b.code)
		if int(i)+1 < len(b.at) {
			to = int(b.at[i+1])
		}
		x.code = append(x.code, numbers[i])
		place[i] = uint32(len(x.code))
		x.code = append(x.code, b.code[from:to]...)
	}
	x.file(b.filed, place, rank)
	x.sorted, x.idle = sorted, &idle{}
	return x.trimmed()
}

// number numbers the programs: sorted, in the order of their queries' numbers, so that what is found can be ordered by one and what is
// asked for can be found; else as they came, because what is gone of a small set is known by these.
func (x *core) number(ids []int64, sorted bool) []uint32 {
	order := make([]uint32, len(ids))
	for i := range order {
		order[i] = uint32(i)
	}
	if !sorted {
		x.ids = slices.Clone(ids)
		return order
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Or(cmp.Compare(ids[a], ids[b]), cmp.Compare(a, b)) })
	x.ids = make([]int64, len(ids))
	numbers := make([]uint32, len(ids))
	for n, i := range order {
		x.ids[n], numbers[i] = ids[i], uint32(n)
	}
	return numbers
}

// trimmed gives back the memory that growing left over.
func (x *core) trimmed() *core {
	x.heads, x.links, x.weight, x.wild = slices.Clone(x.heads), slices.Clone(x.links), slices.Clone(x.weight), slices.Clone(x.wild)
	x.forms.ends, x.forms.bytes = slices.Clone(x.forms.ends), slices.Clone(x.forms.bytes)
	return x
}

// ranks gives each leaf its place in the order in which postings lie: words of one class follow each other, because an article's word
// mostly satisfies all of them, so that it has one wait for memory and not one for each.
func (b *builder) ranks() []uint32 {
	order := make([]uint64, len(b.class))
	for l, c := range b.class {
		order[l] = uint64(c)<<32 | uint64(l)
	}
	slices.Sort(order)
	rank := make([]uint32, len(order))
	for i, o := range order {
		rank[uint32(o)] = uint32(i)
	}
	return rank
}

// file lays the postings out by the rank of their leaves.
func (x *core) file(filed []filing, place, rank []uint32) {
	at := make([]uint32, len(rank)+1)
	for i := range filed {
		if l := filed[i].leaf; l != none {
			at[rank[l]+1]++
		}
	}
	for i := range rank {
		at[i+1] += at[i]
	}
	x.postings, x.first = make([]posting, at[len(rank)]), make([]uint16, at[len(rank)])
	x.from, x.to = make([]uint32, len(rank)), make([]uint32, len(rank))
	for l, r := range rank {
		x.from[l], x.to[l] = at[r], at[r]
	}
	for i := range filed {
		f := &filed[i]
		ref := place[f.program] << refFlags
		if f.near {
			ref |= guardNear
			x.nears = true
		}
		if f.leaf == none {
			x.always = append(x.always, ref)
			continue
		}
		i := x.to[f.leaf]
		x.to[f.leaf]++
		x.postings[i], x.first[i] = posting{f.guard, ref}, f.guard[0]
	}
}
