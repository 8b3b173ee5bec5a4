package story

// index finds the articles that have a feature, newest first. Postings stand in one queue in the order of the articles, so that
// letting go of old ones is moving its front.
type index struct {
	heads map[uint32]head
	queue []posting
	front uint64 // the number of queue[0]; postings are numbered from 1
	swept uint64
	tally tally
}

type head struct {
	last  uint64 // number of the newest posting
	count uint32
}

type posting struct {
	article uint32
	back    uint32 // so many postings before this one stands the next older of the same feature; 0 for none
}

func newIndex() *index { return &index{heads: map[uint32]head{}, front: 1} }

func (x *index) add(article uint32, keys []uint32) {
	for _, k := range keys {
		at := x.front + uint64(len(x.queue))
		h := x.heads[k]
		p := posting{article: article}
		if h.last >= x.front && at-h.last < 1<<32 {
			p.back = uint32(at - h.last)
		}
		x.queue = append(x.queue, p)
		x.heads[k] = head{at, h.count + 1}
	}
}

// trim lets go of the postings of articles before base.
func (x *index) trim(base uint32) {
	n := 0
	for n < len(x.queue) && x.queue[n].article < base {
		n++
	}
	x.queue = x.queue[n:]
	x.front += uint64(n)
	if x.front-x.swept > uint64(len(x.queue))+1000 {
		for k, h := range x.heads {
			if h.last < x.front {
				delete(x.heads, k)
			}
		}
		x.swept = x.front
	}
}

// each calls f with the newest articles that have the feature, at most n.
func (x *index) each(key uint32, n int, f func(article uint32)) {
	h, ok := x.heads[key]
	if !ok {
		return
	}
	for at := h.last; n > 0 && at >= x.front; n-- {
		p := x.queue[at-x.front]
		f(p.article)
		if p.back == 0 {
			return
		}
		at -= uint64(p.back)
	}
}

// frequent is how many articles had the feature since it was last forgotten.
func (x *index) frequent(key uint32) int { return int(x.heads[key].count) }
