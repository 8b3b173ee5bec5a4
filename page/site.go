package page

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"math/bits"
	"slices"
	"strings"

	"marsad/news"
)

// Site is what is known of the articles of one source: which lines stand in one after the other, at the same place. It is a value:
// After gives a new one and leaves the old as it was, so many goroutines may read with one while the next is made. The zero Site
// knows nothing. The same articles in the same order give the same Site.
//
// It remembers the last 64 articles and no more, which is how a layout that is gone is forgotten.
type Site struct {
	articles []uint64 // hashes of the articles, the last first; the same article counts once
	lines    []line   // by print
}

// line is a line of text at a place, and the articles that had it: bit k stands for articles[k].
type line struct{ print, in uint64 }

const (
	siteArticles = 64
	siteYoung    = 16  // a line that no second article had within so many is forgotten
	siteHead     = 2   // lines at the beginning of an article that are remembered
	siteTail     = 5   // and at its end
	siteShort    = 120 // bytes of a line that is remembered between them
	siteProse    = 60  // bytes from which on a sentence is running text

	repeatArticles = 3 // articles that must have had a line
	repeatShare    = 4 // and one in so many of those remembered
	proseShare     = 2 // for running text: papers repeat a paragraph of background in many reports on one matter
)

// After gives the memory after an article of the source, which must be as Extract gave it without a Site: what is left out is not
// learnt. An article that was learnt before, by its headline or its first words, changes nothing.
func (s *Site) After(a *news.Article) *Site {
	if s == nil {
		s = &Site{}
	}
	id := articleHash(a)
	if id == 0 || slices.Contains(s.articles, id) {
		return s
	}
	next := &Site{articles: append([]uint64{id}, s.articles[:min(len(s.articles), siteArticles-1)]...)}
	prints := printsOf(a)
	slices.Sort(prints)
	prints = slices.Compact(prints)
	for _, l := range s.lines {
		l.in <<= 1
		if k, ok := slices.BinarySearch(prints, l.print); ok {
			l.in |= 1
			prints = slices.Delete(prints, k, k+1)
		}
		if l.in != 0 && (bits.OnesCount64(l.in) > 1 || l.in < 1<<siteYoung) {
			next.lines = append(next.lines, l)
		}
	}
	for _, p := range prints {
		next.lines = append(next.lines, line{p, 1})
	}
	slices.SortFunc(next.lines, func(a, b line) int {
		if a.print < b.print {
			return -1
		}
		return b2i(a.print > b.print)
	})
	return next
}

// Without gives an article without the lines that are the site's own, and whether there were any. They are in Removed. Headings are the
// article's business, "The background" may open many texts; and a text is never emptied.
func (s *Site) Without(a news.Article) (news.Article, bool) {
	if s == nil || len(s.articles) < repeatArticles {
		return a, false
	}
	out, left := make([]bool, len(a.Blocks)), 0
	for i, b := range a.Blocks {
		place, ok := placeOf(i, len(a.Blocks), b.End-b.Start)
		out[i] = ok && b.Kind != news.Heading && s.repeats(linePrint(a.Text[b.Start:b.End], place), a.Text[b.Start:b.End])
		if !out[i] {
			left += b.End - b.Start
		}
	}
	if left*3 < len(a.Text) || !slices.Contains(out, true) {
		return a, false
	}
	return without(a, out), true
}

// without cuts blocks out of an article.
func without(a news.Article, out []bool) news.Article {
	var b strings.Builder
	var blocks []news.Block
	removed := slices.Clone(a.Removed)
	shift := make([]int, len(a.Blocks)+1) // by block: how far the text from its start on has moved
	for i, k := range a.Blocks {
		words := a.Text[k.Start:k.End]
		if out[i] {
			at := b.Len()
			j, _ := slices.BinarySearchFunc(removed, k.Start, func(r news.Removed, at int) int { return r.Before - at })
			removed = slices.Insert(removed, j, news.Removed{Kind: news.Boilerplate, Text: words, Before: k.Start, Rule: "site-memory"})
			shift[i] = k.Start - at
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		shift[i] = k.Start - b.Len()
		blocks = append(blocks, news.Block{Span: news.Span{Start: b.Len(), End: b.Len() + len(words)}, Kind: k.Kind})
		b.WriteString(words)
	}
	shift[len(a.Blocks)] = len(a.Text) - b.Len()
	for i := range removed {
		k, _ := slices.BinarySearchFunc(a.Blocks, removed[i].Before, func(b news.Block, at int) int { return b.End - at - 1 })
		removed[i].Before = min(max(removed[i].Before-shift[k], 0), b.Len())
	}
	a.Text, a.Blocks, a.Removed = b.String(), blocks, removed
	return a
}

// repeats tells whether a line is the site's own: enough of the remembered articles had it.
func (s *Site) repeats(print uint64, words string) bool {
	k, ok := slices.BinarySearchFunc(s.lines, print, func(l line, p uint64) int {
		if l.print < p {
			return -1
		}
		return b2i(l.print > p)
	})
	if !ok {
		return false
	}
	n, share := bits.OnesCount64(s.lines[k].in), repeatShare
	if len(words) > siteProse && endsSentence(words) {
		share = proseShare
	}
	return n >= repeatArticles && n*share >= len(s.articles)
}

// printsOf gives the prints of the lines of an article that the site may repeat.
func printsOf(a *news.Article) []uint64 {
	var out []uint64
	for i, b := range a.Blocks {
		if place, ok := placeOf(i, len(a.Blocks), b.End-b.Start); ok && b.Kind != news.Heading {
			out = append(out, linePrint(a.Text[b.Start:b.End], place))
		}
	}
	return out
}

// placeOf gives a name for the place of block i of n: the beginning, the end, or between, where only short lines are remembered.
func placeOf(i, n, size int) (place byte, ok bool) {
	switch {
	case i >= n-siteTail && i > 0:
		return 't', true
	case i < siteHead:
		return 'h', true
	}
	return 'm', size < siteShort
}

func linePrint(words string, place byte) uint64 {
	h := fnv.New64a()
	h.Write([]byte{place})
	io.WriteString(h, squash(words))
	return h.Sum64()
}

// articleHash names an article by its headline and its first words, 0 where it has neither.
func articleHash(a *news.Article) uint64 {
	words := a.Headline
	if words == "" && len(a.Blocks) > 0 {
		words = a.Text[a.Blocks[0].Start:a.Blocks[0].End]
	}
	if words == "" {
		return 0
	}
	return linePrint(words, 'a')
}

const siteForm = 2 // of what MarshalBinary writes

// MarshalBinary writes the memory down, some kilobytes: the same memory always gives the same bytes.
func (s *Site) MarshalBinary() ([]byte, error) {
	b := []byte{siteForm, byte(len(s.articles))}
	for _, id := range s.articles {
		b = binary.LittleEndian.AppendUint64(b, id)
	}
	for _, l := range s.lines {
		b = binary.LittleEndian.AppendUint64(b, l.print)
		b = binary.AppendUvarint(b, l.in)
	}
	return b, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (s *Site) UnmarshalBinary(b []byte) error {
	if len(b) < 2 || b[0] != siteForm || b[1] > siteArticles || len(b) < 2+8*int(b[1]) {
		return fmt.Errorf("page: site memory of an unknown form")
	}
	got := Site{}
	n, rest := int(b[1]), b[2:]
	for ; n > 0; n-- {
		got.articles = append(got.articles, binary.LittleEndian.Uint64(rest))
		rest = rest[8:]
	}
	for len(rest) > 0 {
		if len(rest) < 9 {
			return fmt.Errorf("page: site memory is cut")
		}
		l := line{print: binary.LittleEndian.Uint64(rest)}
		v, k := binary.Uvarint(rest[8:])
		if k <= 0 || len(got.lines) > 0 && l.print <= got.lines[len(got.lines)-1].print {
			return fmt.Errorf("page: site memory is broken")
		}
		l.in, rest = v, rest[8+k:]
		got.lines = append(got.lines, l)
	}
	*s = got
	return nil
}
