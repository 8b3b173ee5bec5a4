package story

// index finds the articles that have a feature, newest first. Postings stand in one queue in the order of the articles, so that
// letting go of old ones is moving its front.
type index struct {
	heads table[head]
	queue [][]posting // in blocks, so that growing copies nothing
	first uint32      // the number of the first posting of queue[0]; the first of all is postingsPerBlock
	front uint32      // the oldest posting still held
	end   uint32      // the number of the next; enough for four years of 70,000 articles a day
	swept uint32
	tally tally
}

type head struct {
	last  uint32 // number of the newest posting
	count uint32
}

type posting struct {
	article uint32
	back    uint32 // so many postings before this one stands the next older of the same feature; 0 for none
}

const postingsPerBlock = 1 << 15

func newIndex() *index {
	return &index{first: postingsPerBlock, front: postingsPerBlock, end: postingsPerBlock}
}

func (x *index) add(article uint32, keys []uint32) {
	for _, k := range keys {
		h := x.heads.at(k)
		p := posting{article: article}
		if h.last >= x.front {
			p.back = x.end - h.last
		}
		x.push(p)
		h.last = x.end
		h.count++
		x.end++
	}
}

func (x *index) push(p posting) {
	i := int((x.end - x.first) / postingsPerBlock)
	if i == len(x.queue) {
		x.queue = append(x.queue, make([]posting, 0, postingsPerBlock))
	}
	x.queue[i] = append(x.queue[i], p)
}

func (x *index) at(n uint32) posting {
	n -= x.first
	return x.queue[n/postingsPerBlock][n%postingsPerBlock]
}

// trim lets go of the postings of articles before base.
func (x *index) trim(base uint32) {
	for x.front < x.end && x.at(x.front).article < base {
		x.front++
	}
	for len(x.queue) > 0 && x.front-x.first >= postingsPerBlock {
		x.queue[0] = nil
		x.queue = x.queue[1:]
		x.first += postingsPerBlock
	}
	if x.front-x.swept > x.end-x.front+postingsPerBlock {
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
		p := x.at(at)
		f(p.article)
		if p.back == 0 {
			return
		}
		at -= p.back
	}
}

// frequent is how many articles had the feature since it was last forgotten.
func (x *index) frequent(key uint32) int {
	h, _ := x.heads.get(key)
	return int(h.count)
}
