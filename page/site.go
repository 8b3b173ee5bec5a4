package page

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"slices"

	"marsad/news"
)

// Site is what is known of the pages of one source: which blocks stand on page after page. Learn adds to it, Extract only reads
// it; the owner keeps it between runs with MarshalBinary and sees to it that nobody learns while others read.
type Site struct {
	pages int
	seen  map[uint64]uint16 // by fingerprint of a block's words: on how many pages
}

const (
	maxSiteBlocks = 20000 // fingerprints that a Site holds; those seen once go first
	repeatPages   = 3     // pages that a block must stand on to count as the site's own
	repeatShare   = 4     // and one page in so many
)

// Learn counts the blocks of a page. Each page of a source is learnt once, best some twenty different ones.
func (s *Site) Learn(p news.Page) {
	text := decode(p.Body, p.ContentType)
	if !isHTML(text, p.ContentType) {
		return
	}
	w := walkTree(parse(text))
	if s.seen == nil {
		s.seen = map[uint64]uint16{}
	}
	s.pages++
	once := map[uint64]bool{}
	for i := range w.blocks {
		b := &w.blocks[i]
		f := fingerprint(w.of(b))
		if !once[f] && s.seen[f] < 1<<15 {
			once[f] = true
			s.seen[f]++
		}
	}
	if len(s.seen) > maxSiteBlocks {
		s.forget()
	}
}

// forget drops what was seen once, and everything where that is not enough.
func (s *Site) forget() {
	for f, n := range s.seen {
		if n <= 1 {
			delete(s.seen, f)
		}
	}
	if len(s.seen) > maxSiteBlocks {
		s.seen, s.pages = map[uint64]uint16{}, 0
	}
}

// repeats tells whether a block with these words is the site's own.
func (s *Site) repeats(words string) bool {
	if s == nil || s.pages < repeatPages {
		return false
	}
	n := int(s.seen[fingerprint(words)])
	return n >= repeatPages && n*repeatShare >= s.pages
}

func fingerprint(words string) uint64 {
	h := fnv.New64a()
	io.WriteString(h, squash(words))
	return h.Sum64()
}

// judge drops the blocks that are the site's own. Headings are the article's business: "The background" may open many texts.
func (s *Site) judge(items []item) {
	for i := range items {
		it := &items[i]
		if it.stays() && it.block >= 0 && !it.role.is(isHeading) && it.chars > 8 && s.repeats(it.text) {
			it.drop(news.Boilerplate, "site-memory")
		}
	}
}

// MarshalBinary writes the memory down: the same memory always gives the same bytes.
func (s *Site) MarshalBinary() ([]byte, error) {
	b := binary.AppendUvarint([]byte{1}, uint64(s.pages))
	b = binary.AppendUvarint(b, uint64(len(s.seen)))
	for _, f := range slices.Sorted(maps.Keys(s.seen)) {
		b = binary.LittleEndian.AppendUint64(b, f)
		b = binary.LittleEndian.AppendUint16(b, s.seen[f])
	}
	return b, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (s *Site) UnmarshalBinary(b []byte) error {
	if len(b) == 0 || b[0] != 1 {
		return fmt.Errorf("page: site memory of an unknown form")
	}
	pages, n := binary.Uvarint(b[1:])
	count, m := binary.Uvarint(b[1+max(n, 0):])
	rest := b[min(len(b), 1+max(n, 0)+max(m, 0)):]
	if n <= 0 || m <= 0 || count > maxSiteBlocks*2 || uint64(len(rest)) != count*10 {
		return fmt.Errorf("page: site memory of %d bytes is broken", len(b))
	}
	s.pages, s.seen = int(min(pages, 1<<20)), make(map[uint64]uint16, count)
	for ; len(rest) > 0; rest = rest[10:] {
		s.seen[binary.LittleEndian.Uint64(rest)] = binary.LittleEndian.Uint16(rest[8:])
	}
	return nil
}
