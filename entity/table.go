package entity

import (
	"errors"
	"math"
	"strings"

	"marsad/news"
)

// A table holds entities and the token sequences that name them, as one flat string that is read in place: nothing is decoded
// when the program starts, and only the pages that a look-up touches are ever in memory. All numbers are little-endian.
//
//	head      magic, bits, and the length of each section
//	langs     (offset, length) in pool, one a language: the numbers of languages below are indices of this
//	buckets   2^bits+1 starts in nodes, by the top bits of the hash of a token sequence
//	nodes     fingerprint (the hash's next 32 bits), then alias+1 and the bit that says longer sequences begin with this one
//	aliases   start in refs, and more bits of the hash
//	refs      entity and flags, index of its languages in masks
//	masks     64 bits, one a language
//	entities  see the readers below
//	ids       entity numbers in the order of their ids
//	names     language, length, offset in pool
//	offices   title, of, from, to: offsets and lengths in pool
//	pool      the bytes of all strings
const (
	magic     = 0x31544e4d // "MNT1"
	headWords = 12

	sizeLang   = 8
	sizeBucket = 4
	sizeNode   = 8
	sizeAlias  = 8
	sizeRef    = 8
	sizeMask   = 8
	sizeEntity = 36
	sizeID     = 4
	sizeName   = 8
	sizeOffice = 20

	nodeMore = 1 << 31 // longer sequences begin with this one
)

// Flags of a reference from an alias to an entity.
const (
	refFamily  = 1 << iota // a family name alone: means this one only beside the full name or a title
	refAcronym             // written in capitals
	refUsual               // the entity's usual name in one of the languages
	_
	refListed // the list says so itself: not derived
)

// section is a run of records of one size.
type section struct {
	raw     string
	n, size int
}

func (s section) u32(i, at int) uint32 {
	b := s.raw[i*s.size+at:]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

func (s section) u64(i int) uint64 { return uint64(s.u32(i, 0)) | uint64(s.u32(i, 4))<<32 }

type table struct {
	bits                                                                       uint
	langs, buckets, nodes, aliases, refs, masks, entities, ids, names, offices section
	pool                                                                       string
	lang                                                                       map[string]int
}

var errTable = errors.New("entity: not a table of names")

// open reads the head of a table.
func open(raw string) (*table, error) {
	if len(raw) < headWords*4 {
		return nil, errTable
	}
	head := section{raw: raw, n: headWords, size: 4}
	if head.u32(0, 0) != magic {
		return nil, errTable
	}
	t := &table{bits: uint(head.u32(1, 0))}
	at := headWords * 4
	for i, s := range []struct {
		to   *section
		size int
	}{{&t.langs, sizeLang}, {&t.buckets, sizeBucket}, {&t.nodes, sizeNode}, {&t.aliases, sizeAlias}, {&t.refs, sizeRef},
		{&t.masks, sizeMask}, {&t.entities, sizeEntity}, {&t.ids, sizeID}, {&t.names, sizeName}, {&t.offices, sizeOffice}} {
		n := int(head.u32(2+i, 0))
		if n < 0 || n > len(raw) || at+n*s.size > len(raw) {
			return nil, errTable
		}
		*s.to = section{raw: raw[at : at+n*s.size], n: n, size: s.size}
		at += n * s.size
	}
	t.pool = raw[at:]
	t.lang = make(map[string]int, t.langs.n)
	for i := 0; i < t.langs.n; i++ {
		if off, n := t.langs.u32(i, 0), t.langs.u32(i, 4); uint64(off)+uint64(n) > uint64(len(t.pool)) {
			return nil, errTable
		}
		t.lang[t.str(t.langs.u32(i, 0), t.langs.u32(i, 4))] = i
	}
	return t, nil
}

func (t *table) str(off, n uint32) string { return t.pool[off : off+n] }

// node gives the payload of the sequence with hash h, 0 where no alias begins so.
func (t *table) node(h uint64) uint32 {
	b := int(h >> (64 - t.bits))
	print := uint32(h >> (32 - t.bits))
	for i, end := int(t.buckets.u32(b, 0)), int(t.buckets.u32(b+1, 0)); i < end; i++ {
		if t.nodes.u32(i, 0) == print {
			return t.nodes.u32(i, 4)
		}
	}
	return 0
}

// alias gives the references of the alias that ends at a node: refs[from:to]. The rest of the hash must agree.
func (t *table) alias(payload uint32, h uint64) (from, to int) {
	i := int(payload&^nodeMore) - 1
	if i < 0 || i >= t.aliases.n || t.aliases.u32(i, 4) != uint32(h) {
		return 0, 0
	}
	from, to = int(t.aliases.u32(i, 0)), t.refs.n
	if i+1 < t.aliases.n {
		to = int(t.aliases.u32(i+1, 0))
	}
	return from, to
}

// ref is one meaning of an alias.
type ref struct {
	table  *table
	entity int
	flags  uint8
	langs  uint64
}

func (t *table) ref(i int) ref {
	v := t.refs.u32(i, 0)
	return ref{table: t, entity: int(v & 0xFFFFFF), flags: uint8(v >> 24), langs: t.masks.u64(int(t.refs.u32(i, 4)))}
}

// Entity records: id (offset, length), kind and country, weight and flags, lat, lon, start of names, start of offices.
func (t *table) id(e int) string { return t.str(t.entities.u32(e, 0), t.entities.u32(e, 4)) }

func (t *table) kind(e int) news.MentionKind { return kinds[t.entities.u32(e, 8)&3] }

func kindIndex(k news.MentionKind) int {
	for i, x := range kinds[:3] {
		if x == k {
			return i
		}
	}
	return len(kinds) - 1
}

var kinds = [4]news.MentionKind{news.Person, news.Place, news.Org, news.Org}

func (t *table) country(e int) string {
	v := t.entities.u32(e, 8)
	a, b := byte(v>>8), byte(v>>16)
	if a == 0 {
		return ""
	}
	return countryCode(a, b)
}

// countryCode makes the two letters without an allocation.
func countryCode(a, b byte) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	i := strings.IndexByte(letters, a)*26 + strings.IndexByte(letters, b)
	if i < 0 || i >= 26*26 {
		return ""
	}
	return codes[2*i : 2*i+2]
}

var codes = func() string {
	var b strings.Builder
	for a := byte('A'); a <= 'Z'; a++ {
		for c := byte('A'); c <= 'Z'; c++ {
			b.WriteByte(a)
			b.WriteByte(c)
		}
	}
	return b.String()
}()

func (t *table) weight(e int) uint8     { return uint8(t.entities.u32(e, 8) >> 24) }
func (t *table) familyFirst(e int) bool { return t.entities.u32(e, 12)&1 != 0 }
func (t *table) lat(e int) float32      { return math.Float32frombits(t.entities.u32(e, 16)) }
func (t *table) lon(e int) float32      { return math.Float32frombits(t.entities.u32(e, 20)) }

// rows gives the range of an entity's rows in a section, whose start stands at byte at of the entity's record.
func (t *table) rows(e, at int, of section) (from, to int) {
	from, to = int(t.entities.u32(e, at)), of.n
	if e+1 < t.entities.n {
		to = int(t.entities.u32(e+1, at))
	}
	return from, to
}

// name gives the usual name: of the language, of English, or the first.
func (t *table) name(e int, lang string) string {
	lang, _, _ = strings.Cut(lang, "-")
	want, known := t.lang[lang]
	english, hasEnglish := t.lang["en"]
	from, to := t.rows(e, 24, t.names)
	best := from
	rank := 0
	for i := from; i < to; i++ {
		switch l := int(t.names.u32(i, 0) >> 24); {
		case known && l == want:
			return t.nameAt(i)
		case hasEnglish && l == english && rank < 1:
			best, rank = i, 1
		}
	}
	if from == to {
		return ""
	}
	return t.nameAt(best)
}

func (t *table) nameAt(i int) string { return t.str(t.names.u32(i, 4), t.names.u32(i, 0)&0xFFFF) }

func (t *table) entity(e int) Entity {
	out := Entity{ID: t.id(e), Kind: t.kind(e), Country: t.country(e), Lat: t.lat(e), Lon: t.lon(e), Weight: t.weight(e),
		FamilyFirst: t.familyFirst(e), Names: map[string][]string{}}
	from, to := t.rows(e, 24, t.names)
	for i := from; i < to; i++ {
		l := int(t.names.u32(i, 0) >> 24)
		lang := t.str(t.langs.u32(l, 0), t.langs.u32(l, 4))
		out.Names[lang] = append(out.Names[lang], t.nameAt(i))
	}
	from, to = t.rows(e, 28, t.offices)
	for i := from; i < to; i++ {
		out.Offices = append(out.Offices, t.office(i))
	}
	return out
}

func (t *table) office(i int) Office {
	at := func(k int) string { v := t.offices.u32(i, k); return t.str(v&0xFFFFFF, v>>24) }
	return Office{Title: at(0), Of: at(4), From: at(8), To: at(12), Current: t.offices.u32(i, 16) == 1}
}

// find gives the number of an id.
func (t *table) find(id string) (int, bool) {
	lo, hi := 0, t.ids.n
	for lo < hi {
		mid := (lo + hi) / 2
		if t.id(int(t.ids.u32(mid, 0))) < id {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < t.ids.n {
		if e := int(t.ids.u32(lo, 0)); t.id(e) == id {
			return e, true
		}
	}
	return 0, false
}
