package entity

import (
	"encoding/binary"
	"math"
	"math/bits"
	"sort"
	"strings"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// Build lays entities out as a table. Two entities with one id become one. The result is the same for the same input.
func Build(list []Entity) string {
	b := builder{strings: map[string]uint32{}, langs: map[string]int{}, nodes: map[uint64]*node{}, masks: map[uint64]int{}}
	for i := range list {
		b.add(&list[i])
	}
	return b.bytes()
}

type node struct {
	more bool
	refs []buildRef
}

type buildRef struct {
	entity int
	flags  uint8
	langs  uint64
}

type builder struct {
	entities []*Entity
	nodes    map[uint64]*node
	strings  map[string]uint32
	pool     strings.Builder
	langs    map[string]int
	langList []string
	masks    map[uint64]int
	maskList []uint64
}

func (b *builder) add(e *Entity) {
	number := len(b.entities)
	b.entities = append(b.entities, e)
	for _, lang := range sorted(e.Names) {
		l := b.lang(lang)
		for i, name := range e.Names[lang] {
			flags := uint8(refListed)
			if e.listed && e.Kind == news.Person && isNameWord(text.Normalize(name)) {
				flags = refFamily // of a user's list: a word that many are called is nobody's name by itself
			}
			if i == 0 {
				flags |= refUsual
			}
			b.alias(number, l, lang, name, flags)
			if e.Kind == news.Person {
				if family := familyName(name, lang, e.FamilyFirst); family != "" {
					b.alias(number, l, lang, family, refFamily)
				}
			}
		}
	}
}

func (b *builder) lang(lang string) int {
	if l, ok := b.langs[lang]; ok {
		return l
	}
	l := len(b.langList)
	b.langs[lang], b.langList = l, append(b.langList, lang)
	return l
}

// alias files a name under its tokens, and under its tokens without the language's joined articles.
func (b *builder) alias(number, l int, lang, name string, flags uint8) {
	if acronym(name) {
		flags |= refAcronym
	}
	p := pack.For(lang)
	keys := keysOf(text.Analyze(name, p))
	if len(keys) == 0 || len(keys) > maxTokens {
		return
	}
	b.file(keys, number, l, flags)
	if plain := text.Plain(keys[0]); len(keys) == 1 && plain != keys[0] {
		b.file([]string{plain}, number, l, flags)
	} else if len(keys) > 1 {
		b.file(plainAll(keys), number, l, flags)
	}
}

func plainAll(keys []string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = text.Plain(k)
	}
	return out
}

func (b *builder) file(keys []string, number, l int, flags uint8) {
	h := uint64(0)
	for i, k := range keys {
		h = step(h, k)
		n := b.nodes[h]
		if n == nil {
			n = &node{}
			b.nodes[h] = n
		}
		if i+1 < len(keys) {
			n.more = true
			continue
		}
		n.add(number, l, flags)
	}
}

func (n *node) add(number, l int, flags uint8) {
	for i := range n.refs {
		if r := &n.refs[i]; r.entity == number {
			if (r.flags^flags)&refFamily != 0 { // the listed alias outweighs the derived family name
				if flags&refFamily != 0 {
					return
				}
				r.flags = flags
			}
			r.flags |= flags & (refUsual | refListed)
			if flags&refAcronym == 0 {
				r.flags &^= refAcronym // Onu beside ONU
			}
			r.langs |= 1 << l
			return
		}
	}
	n.refs = append(n.refs, buildRef{number, flags, 1 << l})
}

func (b *builder) str(s string) (off uint32) {
	if off, ok := b.strings[s]; ok {
		return off
	}
	off = uint32(b.pool.Len())
	b.pool.WriteString(s)
	b.strings[s] = off
	return off
}

func (b *builder) mask(m uint64) uint32 {
	if i, ok := b.masks[m]; ok {
		return uint32(i)
	}
	b.masks[m] = len(b.maskList)
	b.maskList = append(b.maskList, m)
	return uint32(len(b.maskList) - 1)
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

func put(dst []byte, words ...uint32) []byte {
	for _, w := range words {
		dst = binary.LittleEndian.AppendUint32(dst, w)
	}
	return dst
}

func (b *builder) bytes() string {
	hashes := make([]uint64, 0, len(b.nodes))
	for h := range b.nodes {
		hashes = append(hashes, h)
	}
	sort.Slice(hashes, func(i, j int) bool { return hashes[i] < hashes[j] })
	width := max(bits.Len(uint(len(hashes)))-1, 1)
	var buckets, nodes, aliases, refs []byte
	at, nAliases, nRefs := 0, 0, 0
	for i := 0; i <= 1<<width; i++ {
		for at < len(hashes) && hashes[at]>>(64-width) < uint64(i) {
			at++
		}
		buckets = put(buckets, uint32(at))
	}
	for _, h := range hashes {
		n := b.nodes[h]
		payload := uint32(0)
		if len(n.refs) > 0 {
			aliases = put(aliases, uint32(nRefs), uint32(h))
			nAliases++
			payload = uint32(nAliases)
			for _, r := range n.refs {
				refs = put(refs, uint32(r.entity)|uint32(r.flags)<<24, b.mask(r.langs))
				nRefs++
			}
		}
		if n.more {
			payload |= nodeMore
		}
		nodes = put(nodes, uint32(h>>(32-width)), payload)
	}
	entities, names, offices, ids := b.records()
	var langs, masks []byte
	for _, l := range b.langList {
		langs = put(langs, b.str(l), uint32(len(l)))
	}
	for _, m := range b.maskList {
		masks = put(masks, uint32(m), uint32(m>>32))
	}
	out := put(nil, magic, uint32(width), uint32(len(b.langList)), uint32(1<<width)+1, uint32(len(hashes)), uint32(nAliases), uint32(nRefs),
		uint32(len(b.maskList)), uint32(len(b.entities)), uint32(len(ids)/sizeID), uint32(len(names)/sizeName), uint32(len(offices)/sizeOffice))
	for _, s := range [][]byte{langs, buckets, nodes, aliases, refs, masks, entities, ids, names, offices} {
		out = append(out, s...)
	}
	return string(append(out, b.pool.String()...))
}

// records makes the sections of entities, their names, their offices, and the order of their ids.
func (b *builder) records() (entities, names, offices, ids []byte) {
	order := make([]int, len(b.entities))
	for i, e := range b.entities {
		order[i] = i
		entities = put(entities, b.str(e.ID), uint32(len(e.ID)), b.kindWord(e), b.flagWord(e), math.Float32bits(e.Lat), math.Float32bits(e.Lon),
			uint32(len(names)/sizeName), uint32(len(offices)/sizeOffice), 0)
		for _, lang := range sorted(e.Names) {
			for _, name := range e.Names[lang] {
				names = put(names, uint32(len(name))|uint32(b.langs[lang])<<24, b.str(name))
			}
		}
		for _, o := range e.Offices {
			word := func(s string) uint32 { return b.str(s) | uint32(len(s))<<24 }
			current := uint32(0)
			if o.Current {
				current = 1
			}
			offices = put(offices, word(o.Title), word(o.Of), word(o.From), word(o.To), current)
		}
	}
	sort.SliceStable(order, func(i, j int) bool { return b.entities[order[i]].ID < b.entities[order[j]].ID })
	for _, i := range order {
		ids = put(ids, uint32(i))
	}
	return entities, names, offices, ids
}

func (b *builder) kindWord(e *Entity) uint32 {
	v := uint32(e.Weight) << 24
	for i, k := range kinds[:3] {
		if k == e.Kind {
			v |= uint32(i)
		}
	}
	if len(e.Country) == 2 {
		v |= uint32(e.Country[0])<<8 | uint32(e.Country[1])<<16
	}
	return v
}

func (b *builder) flagWord(e *Entity) uint32 {
	if e.FamilyFirst {
		return 1
	}
	return 0
}
