package story

import "math"

// index finds the articles that have a feature, newest first. Postings stand in one queue in the order of the articles, so that
// letting go of old ones is moving its front.
type index struct {
	heads table[head]
	queue [][]row // in blocks, so that growing copies nothing
	first uint32  // the number of the first posting of queue[0]; the first of all is postingsPerBlock
	front uint32  // the oldest posting still held
	end   uint32  // the number of the next; enough for four years of 70,000 articles a day
	swept uint32
	tally tally
}

type head struct {
	last  uint32 // number of the newest posting
	count uint32
}

// row is twelve postings in one line of the processor's cache. Back is so many postings before one stands the next older of the same
// feature, 0 for none.
type row struct {
	article uint32        // of the first of them
	since   [perRow]uint8 // articles after that one
	back    [perRow]uint32
}

const (
	perRow           = 12
	postingsPerBlock = perRow << 12
	sweptAfter       = 1 << 15 // postings let go of, and as many as are held, before heads are
)

func newIndex() *index {
	return &index{first: postingsPerBlock, front: postingsPerBlock, end: postingsPerBlock}
}

func (x *index) add(article uint32, keys []uint32) {
	for _, k := range keys {
		x.room(article)
		h := x.heads.at(k)
		back := uint32(0)
		if h.last >= x.front {
			back = x.end - h.last
		}
		x.push(article, back)
		h.last = x.end
		h.count++
		x.end++
	}
}

// room sees that the next posting has a row, one that is not too far behind: after many articles without a feature a new one is begun.
func (x *index) room(article uint32) {
	if i := (x.end - x.first) % perRow; i != 0 {
		if r, _ := x.row(x.end); article-r.article > math.MaxUint8 {
			x.end += perRow - i
		}
	}
	if (x.end-x.first)/postingsPerBlock == uint32(len(x.queue)) {
		x.queue = append(x.queue, make([]row, postingsPerBlock/perRow))
	}
}

func (x *index) push(article, back uint32) {
	r, i := x.row(x.end)
	if i == 0 {
		r.article = article
	}
	r.since[i], r.back[i] = uint8(article-r.article), back
}

// row gives the row of a posting and its place in it.
func (x *index) row(n uint32) (*row, uint32) {
	n -= x.first
	return &x.queue[n/postingsPerBlock][n%postingsPerBlock/perRow], n % perRow
}

func (x *index) article(n uint32) uint32 {
	r, i := x.row(n)
	return r.article + uint32(r.since[i])
}

// trim lets go of the postings of articles before base.
func (x *index) trim(base uint32) {
	for x.front < x.end && x.article(x.front) < base {
		x.front++
	}
	for len(x.queue) > 0 && x.front-x.first >= postingsPerBlock {
		x.queue[0] = nil
		x.queue = x.queue[1:]
		x.first += postingsPerBlock
	}
	if x.front-x.swept > x.end-x.front+sweptAfter {
		x.heads.sift(func(h *head) bool { return h.last >= x.front })
		x.swept = x.front
	}
}

// each calls f with the newest articles that have the feature, at most n.
func (x *index) each(key uint32, n int, f func(article uint32)) {
	h, ok := x.heads.get(key)
	if !ok {
		return
	}
	for at := h.last; n > 0 && at >= x.front; n-- {
		r, i := x.row(at)
		f(r.article + uint32(r.since[i]))
		if r.back[i] == 0 {
			return
		}
		at -= r.back[i]
	}
}

// frequent is how many articles had the feature since it was last forgotten.
func (x *index) frequent(key uint32) int {
	h, _ := x.heads.get(key)
	return int(h.count)
}
