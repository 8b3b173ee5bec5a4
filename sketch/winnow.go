package sketch

import "slices"

// The windows of winnowing, coarse to fine. Of every window of so many neighbouring shingles the least is kept, so a shared run
// of window + WordRun - 1 words is always seen. What a coarse window keeps, a finer one keeps too: prints of different fineness
// are compared at the coarser.
var windows = [3]int{32, 16, 8}

// A text of at most shortText shingles keeps the finest print, one of at most longText the middle one. A text is read as far as
// maxPrinted shingles.
const (
	shortText  = 250
	longText   = 2000
	maxPrinted = 12_000
)

// Print is a winnowed fingerprint (Schleimer, Wilkerson and Aiken 2003): some 60 numbers for a text of 500 words.
type Print struct {
	hashes []uint32 // the coarse level, then what each finer level adds; each part sorted, without repeats
	ends   [3]uint16
	length uint32
}

// Winnow prints the shingles of a text, given in the order of the text.
func Winnow(shingles []uint64) Print {
	p := Print{length: uint32(len(shingles))}
	if len(shingles) > maxPrinted {
		shingles = shingles[:maxPrinted]
	}
	levels := 3
	switch {
	case len(shingles) > longText:
		levels = 1
	case len(shingles) > shortText:
		levels = 2
	}
	for l := range windows {
		if l < levels {
			p.add(minima(nil, shingles, windows[l]))
		}
		p.ends[l] = uint16(len(p.hashes))
	}
	p.hashes = slices.Clone(p.hashes) // without the room it grew into: prints are kept
	return p
}

// add appends those of found that are not kept yet as the next level.
func (p *Print) add(found []uint32) {
	slices.Sort(found)
	found = slices.Compact(found)
	kept := slices.Clone(p.hashes)
	slices.Sort(kept)
	for _, h := range found {
		if _, ok := slices.BinarySearch(kept, h); !ok {
			p.hashes = append(p.hashes, h)
		}
	}
}

// minima appends the least hash of every window, the rightmost of equal ones, each place once. The upper bits choose and the
// lower 32 are kept: least numbers crowd together, and kept ones must not. The queue holds the places that may still be least.
func minima(dst []uint32, hs []uint64, window int) []uint32 {
	queue := make([]int, 0, window+1)
	last := -1
	for i, h := range hs {
		for len(queue) > 0 && hs[queue[len(queue)-1]] >= h {
			queue = queue[:len(queue)-1]
		}
		queue = append(queue, i)
		if queue[0] <= i-window {
			queue = append(queue[:0], queue[1:]...)
		}
		if (i >= window-1 || i == len(hs)-1) && queue[0] != last {
			last = queue[0]
			dst = append(dst, uint32(mix(hs[last])))
		}
	}
	return dst
}

// Len is the number of shingles that the text had.
func (p *Print) Len() int { return int(p.length) }

// Size is the number of hashes that stand for the text.
func (p *Print) Size() int { return len(p.hashes) }

// Keys gives the hashes to put into an [Index]: all of a short text, the coarse ones of a longer. Do not change them.
func (p *Print) Keys() []uint32 {
	if p.length <= shortText {
		return p.hashes
	}
	return p.hashes[:p.ends[0]]
}

// Probes gives the hashes to look up: every one, since what was put in may be finer or coarser. Do not change them.
func (p *Print) Probes() []uint32 { return p.hashes }

// Shared counts the hashes that two prints share, and how many of each could have been shared, at the coarser of their levels.
// shared/ofA estimates the share of a's text that stands in b.
func Shared(a, b *Print) (shared, ofA, ofB int) { return SharedBut(a, b, nil) }

// SharedBut is Shared without some hashes, given sorted: phrases of the trade, which many texts have and none took from another.
func SharedBut(a, b *Print, skip []uint32) (shared, ofA, ofB int) {
	level := min(a.level(), b.level())
	for i := 0; i <= level; i++ {
		ofA += len(a.part(i))
		ofB += len(b.part(i))
		for j := 0; j <= level; j++ {
			shared += common(a.part(i), b.part(j))
		}
		ofA -= common(a.part(i), skip)
		ofB -= common(b.part(i), skip)
	}
	for _, h := range skip {
		if a.has(h, level) && b.has(h, level) {
			shared--
		}
	}
	return shared, ofA, ofB
}

// has tells whether a hash stands at a level or coarser.
func (p *Print) has(h uint32, level int) bool {
	for i := 0; i <= level; i++ {
		if _, ok := slices.BinarySearch(p.part(i), h); ok {
			return true
		}
	}
	return false
}

// part gives what level l adds.
func (p *Print) part(l int) []uint32 {
	if l == 0 {
		return p.hashes[:p.ends[0]]
	}
	return p.hashes[p.ends[l-1]:p.ends[l]]
}

// level is the finest level that was kept.
func (p *Print) level() int {
	switch {
	case p.length <= shortText:
		return 2
	case p.length <= longText:
		return 1
	}
	return 0
}
