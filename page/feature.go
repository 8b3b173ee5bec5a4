package page

import (
	"math"
	"strings"
	"unicode/utf8"
)

// The features of a block, in the order of the tables that tools/pageweights makes. Adding one means training again.
const (
	featChars = iota // logarithm of letters
	featEnds
	featEndsShare
	featLinks
	featAnchors
	featBold
	featStops // ends like a sentence
	featDigits
	featP
	featDiv
	featLi
	featHeading
	featCell
	featFlags       // one for each of 11 flags
	featZone        = featFlags + 11
	featOwn         = featZone + 27 // hints of the nearest elements, the important ones
	featSaid        = featOwn + 8
	featNear        = featSaid + 14 // the neighbours
	featHome        = featNear + 14 // the elements that hold it
	featStyle       = featHome + 10
	featPlace       = featStyle + 3
	featAfter       = featPlace + 5 // what headings of the furniture stand before it
	featKnown       = featAfter + 4
	featForm        = featKnown + 4 // capitals, pictures beside it, repeated siblings, the main parent
	featuresLocal   = featForm + 7
	featScore       = featuresLocal // what the first look said of it and its neighbours
	featColumn      = featScore + 8
	featRun         = featColumn + 9 // the run of likely blocks that it stands in
	featFirst       = featRun + 4    // how it stands to the first block of the text
	featuresInSight = featFirst + 5
)

type features [featuresInSight]float32

// scene is a page with all that the features are computed from.
type scene struct {
	*walk
	lex         *lexicon
	title       string // squashed titles of the metadata
	body        string // squashed body of the metadata
	desc        string // squashed description of the metadata
	zones       []hint
	chars       []int32 // by node
	links       []int32
	prose       []int32 // by node: letters in blocks of prose
	count       []int32 // by node: blocks
	depth       []int16
	within      []uint8          // by node: article elements around it
	style       map[uint64]int32 // letters of prose by look
	twice       map[string]int8  // squashed texts of blocks
	folded      []string         // by block: squashed text, "" where it is long
	said        []said           // by block
	after       [][3]int32       // by block: blocks since a heading over related articles, comments, or pitches and shares; 0 = none
	kin         []int32          // by node: siblings of the same look, itself among them
	pictured    []uint8          // by block: 1 a picture stands before it, 2 behind it
	main        int32            // the element that holds most prose directly
	ofMain      []bool           // by node: main itself or an element around it
	head        int              // index of the block that is the headline, -1
	runs        []run            // by block
	longest     int
	scores      []float32 // by block: the first look
	column      int32     // the root of the column
	first, last int       // the first and the last block of the column that the first look was sure of
	sums        []float32 // by node: weights after the first look
}

func newScene(w *walk, lex *lexicon) *scene {
	n := len(w.tree.nodes)
	s := &scene{walk: w, lex: lex, zones: make([]hint, n), head: -1}
	ints := make([]int32, 4*n)
	s.chars, s.links, s.prose, s.count = ints[:n], ints[n:2*n], ints[2*n:3*n], ints[3*n:]
	s.depth, s.within = make([]int16, n), make([]uint8, n)
	s.measure()
	s.read()
	return s
}

func (b *block) isProse() bool {
	return (b.chars >= 60 && b.ends > 0 || b.chars > 150) && int(b.links)*2 < b.end-b.start
}

// measure sums what the elements hold, from the leaves up, and hands down what lies around them.
func (s *scene) measure() {
	nodes := s.tree.nodes
	s.style = make(map[uint64]int32, 64)
	for i := range s.blocks {
		b := &s.blocks[i]
		s.chars[b.at] += int32(b.chars)
		s.links[b.at] += int32(int(b.links) * b.chars / (b.end - b.start))
		s.count[b.at]++
		if b.isProse() {
			s.prose[b.at] += int32(b.chars)
			s.style[s.lookOf(b.at)] += int32(b.chars)
		}
	}
	for at := len(nodes) - 1; at > 0; at-- {
		p := nodes[at].parent
		s.chars[p] += s.chars[at]
		s.links[p] += s.links[at]
		s.prose[p] += s.prose[at]
		s.count[p] += s.count[at]
	}
	s.relatives()
}

// surround hands down to every element what the elements around it say. A name on an element that holds most of the page says
// nothing of its parts ("has-comments" on the body); one that holds much, but not the headline, may be the readers' comments.
func (s *scene) surround() {
	nodes := s.tree.nodes
	head := make([]bool, len(nodes))
	if s.head >= 0 {
		for up := s.blocks[s.head].at; up > 0; up = nodes[up].parent {
			head[up] = true
		}
	}
	total := s.prose[0]
	for at := 1; at < len(nodes); at++ {
		n := &nodes[at]
		if n.tag == tagText {
			continue
		}
		s.depth[at] = s.depth[n.parent] + 1
		s.zones[at] = s.zones[n.parent]
		s.within[at] = s.within[n.parent]
		if n.tag == tagArticle && s.within[at] < 9 {
			s.within[at]++
		}
		switch {
		case s.ofMain[at] || s.prose[at]*5 >= total*2:
			if s.head >= 0 && !head[at] {
				s.zones[at] |= s.hints[at] & hintComment
			}
		default:
			s.zones[at] |= s.hints[at]
		}
	}
}

// relatives counts for every element its siblings of the same look, marks the pictures beside blocks, and finds the element
// that holds most prose directly.
func (s *scene) relatives() {
	nodes := s.tree.nodes
	s.kin, s.ofMain = make([]int32, len(nodes)), make([]bool, len(nodes))
	var looks [8]uint64
	var counts [8]int32
	for p := range nodes {
		if nodes[p].first == 0 {
			continue
		}
		n := 0 // the first eight looks among the children
		for pass := 0; pass < 2; pass++ {
			for c := nodes[p].first; c != 0; c = nodes[c].next {
				t := nodes[c].tag
				if !t.is(isBlock) {
					continue
				}
				look := uint64(t)<<32 | uint64(s.looks[c])
				k := 0
				for k < n && looks[k] != look {
					k++
				}
				if pass == 1 {
					if k < n {
						s.kin[c] = counts[k]
					}
				} else if k < n {
					counts[k]++
				} else if n < len(looks) {
					looks[n], counts[n] = look, 1
					n++
				}
			}
		}
	}
	s.pictured = make([]uint8, len(s.blocks)+1)
	for _, p := range s.pics {
		s.pictured[p.before] |= 1
		if p.before > 0 {
			s.pictured[p.before-1] |= 2
		}
	}
	direct := make([]int32, len(nodes))
	for i := range s.blocks {
		if b := &s.blocks[i]; b.isProse() {
			p := nodes[b.at].parent
			direct[p] += int32(b.chars)
			if direct[p] > direct[s.main] {
				s.main = p
			}
		}
	}
	for up := s.main; up > 0; up = nodes[up].parent {
		s.ofMain[up] = true
	}
}

// lookOf gives a number for how a block is styled: its element's tag and class, and its parent's.
func (s *scene) lookOf(at int32) uint64 {
	p := s.tree.nodes[at].parent
	return uint64(s.tree.nodes[at].tag)<<56 | uint64(s.tree.nodes[p].tag)<<48 | uint64(s.looks[at]&0xFFFFFF)<<24 | uint64(s.looks[p]&0xFFFFFF)
}

// read reads the words of the blocks that are short enough to be furniture.
func (s *scene) read() {
	s.folded = make([]string, len(s.blocks))
	s.said = make([]said, len(s.blocks))
	s.twice = make(map[string]int8, len(s.blocks))
	for i := range s.blocks {
		b := &s.blocks[i]
		if b.end-b.start > 600 {
			continue
		}
		f := squash(s.of(b))
		s.folded[i] = f
		s.said[i] = s.lex.say(f)
		if n := s.twice[f]; n < 9 {
			s.twice[f] = n + 1
		}
	}
	s.trace()
}

// trace remembers for every block how far above it the last heading of the furniture stands.
func (s *scene) trace() {
	s.after = make([][3]int32, len(s.blocks))
	var since [3]int32
	for i := range s.blocks {
		for k := range since {
			if since[k] > 0 {
				since[k]++
			}
		}
		if b, v := &s.blocks[i], &s.said[i]; b.chars < 60 {
			for k, kind := range [3]phrases{saysRelated, saysComment, saysPitch | saysShare} {
				if v.whole&kind != 0 || v.starts&kind != 0 && 2*v.cover > len(s.folded[i]) {
					since[k] = 1
				}
			}
		}
		s.after[i] = since
	}
}

// entitle tells the scene what the metadata say, and finds the headline among the blocks.
func (s *scene) entitle(titles []string, desc, body string) {
	for _, t := range titles {
		s.title += " " + squash(t)
	}
	s.title += " "
	s.desc = squash(desc)
	if len(body) > 200 {
		s.body = squash(body)
	}
	best := 0
	for i := range s.blocks {
		b := &s.blocks[i]
		f := s.folded[i]
		if len(f) < 8 || !strings.Contains(s.title, f) {
			continue
		}
		rank := min(len(f), 60)
		if t := s.tree.nodes[b.at].tag; t == tagH1 {
			rank += 100
		} else if t == tagH2 {
			rank += 20
		}
		if b.links > 0 {
			rank -= 30
		}
		if rank > best {
			best, s.head = rank, i
		}
	}
	if s.head < 0 {
		for i := range s.blocks {
			if s.tree.nodes[s.blocks[i].at].tag == tagH1 {
				s.head = i
				break
			}
		}
	}
	s.surround()
}

func logf(n int) float32 {
	if n <= 0 {
		return 0
	}
	return float32(math.Log2(float64(n) + 1))
}

func flag(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

func share(a, b int32) float32 {
	if b == 0 {
		return 0
	}
	return float32(a) / float32(b)
}

var ownHints = [8]hint{hintJunk, hintBody, hintCaption | hintCredit | hintMedia, hintMeta | hintDate | hintByline, hintRelated, hintLead, hintTags | hintNav, hintPromo | hintAd}

// look computes the features of block i that need no scores.
func (s *scene) look(i int, f *features) {
	b := &s.blocks[i]
	nodes := s.tree.nodes
	t := nodes[b.at].tag
	size := float32(b.end - b.start)
	f[featChars], f[featEnds], f[featEndsShare] = logf(b.chars), float32(min(b.ends, 20)), float32(b.ends)/(float32(b.chars)+1)
	f[featLinks], f[featAnchors], f[featBold] = float32(b.links)/size, float32(min(b.anchors, 9)), float32(b.bold)/size
	last, _ := utf8.DecodeLastRune(s.text[b.start:b.end])
	f[featStops] = flag(strings.ContainsRune(".!?…。！？؟।:\"”»“’", last))
	f[featDigits] = float32(b.digits) / (float32(b.chars) + 1)
	f[featP], f[featDiv], f[featLi], f[featCell] = flag(t == tagP), flag(t == tagDiv || t == tagSection || t == tagBlock || t == tagArticle), flag(t == tagLi), flag(t == tagTd || t == tagTh)
	if t.is(isHeading) {
		f[featHeading] = float32(t-tagH1) + 1
	}
	for k := 0; k < 11; k++ {
		f[featFlags+k] = flag(b.flags&(1<<k) != 0)
	}
	zone := s.zones[b.at]
	for k := 0; k < 27; k++ {
		f[featZone+k] = flag(zone&(1<<k) != 0)
	}
	p := nodes[b.at].parent
	own := s.hints[b.at] | s.hints[p]
	for k, h := range ownHints {
		f[featOwn+k] = flag(own&h != 0)
	}
	f[featForm] = float32(b.capitals) / (float32(b.chars) + 1)
	f[featForm+1], f[featForm+2] = flag(s.pictured[i]&1 != 0), flag(s.pictured[i]&2 != 0)
	s.lookKin(b.at, f)
	s.lookSaid(i, f)
	s.lookNear(i, f)
	s.lookHome(i, f)
	f[featStyle] = logf(int(s.style[s.lookOf(b.at)]))
	f[featStyle+1] = share(s.style[s.lookOf(b.at)], s.prose[0])
	f[featStyle+2] = float32(s.depth[b.at])
	f[featPlace] = float32(i) / float32(len(s.blocks))
	if s.head >= 0 {
		d := i - s.head
		f[featPlace+1] = logf(max(d, 0)) - logf(max(-d, 0))
		f[featPlace+2] = flag(d == 0)
	}
	f[featPlace+3] = float32(s.within[b.at])
	f[featPlace+4] = logf(len(s.blocks))
	for k := range s.after[i] {
		f[featAfter+k] = logf(int(s.after[i][k]))
	}
	f[featAfter+3] = flag(t == tagTr)
	words := s.folded[i]
	f[featKnown] = flag(len(words) > 6 && strings.Contains(s.title, words))
	f[featKnown+1] = flag(len(words) > 12 && strings.Contains(s.desc, words) || len(s.desc) > 30 && len(words) > 30 && strings.HasPrefix(words, s.desc[:30]))
	f[featKnown+2] = s.inBody(i)
	if words != "" {
		f[featKnown+3] = float32(s.twice[words])
	}
}

// inBody tells whether the metadata's own body holds a block: 1 or 0, and -1 where there is no such body.
func (s *scene) inBody(i int) float32 {
	if s.body == "" {
		return -1
	}
	words := s.folded[i]
	if words == "" {
		b := &s.blocks[i]
		words = squash(s.all[b.start : b.start+runeCut(s.text[b.start:b.end], 200)])
		if k := strings.LastIndexByte(words, ' '); k > 0 {
			words = words[:k]
		}
	}
	if len(words) < 6 {
		return 0.5
	}
	return flag(strings.Contains(s.body, words))
}

// runeCut gives the greatest length up to n that does not split a character.
func runeCut(b []byte, n int) int {
	if len(b) <= n {
		return len(b)
	}
	for n > 0 && !utf8.RuneStart(b[n]) {
		n--
	}
	return n
}

func (s *scene) lookSaid(i int, f *features) {
	v := &s.said[i]
	if n := len(s.folded[i]); n > 0 {
		f[featSaid] = float32(v.cover) / float32(n)
	}
	f[featSaid+1], f[featSaid+2] = float32(min(v.pitch, 5)), float32(min(v.share, 5))
	f[featSaid+3] = flag(v.starts&saysRelated != 0)
	f[featSaid+4] = flag(v.whole&furniture != 0)
	f[featSaid+5] = flag(v.any&saysBoilerplate != 0)
	f[featSaid+6] = flag(v.starts&(saysCredit|saysCaption) != 0)
	f[featSaid+7] = flag(v.any&(saysCredit|saysAgency) != 0)
	f[featSaid+8] = flag(v.any&saysMonth != 0)
	f[featSaid+9] = flag(v.any&(saysPublished|saysUpdated) != 0)
	f[featSaid+10] = flag(v.starts&saysBy != 0)
	f[featSaid+11] = flag(v.any&saysComment != 0)
	f[featSaid+12] = flag(v.any&saysAd != 0)
	f[featSaid+13] = flag(v.any&(saysPaywall|saysConsent) != 0)
}

// lookKin looks at the elements around a block for one that stands among others of the same look: teasers, comments, products
// come in rows. And it measures how far the block is from the element that holds most prose directly.
func (s *scene) lookKin(at int32, f *features) {
	nodes := s.tree.nodes
	most := int32(1)
	for k, up := 0, at; k < 6 && up > 0; k, up = k+1, nodes[up].parent {
		if t := nodes[up].tag; t == tagP || t == tagTr || t == tagTd {
			continue
		}
		if n := s.kin[up]; n > most {
			most = n
			f[featForm+4] = share(s.chars[up], s.chars[nodes[up].parent])
		}
	}
	f[featForm+3] = logf(int(most))
	levels := 0
	for up := at; up > 0 && levels < 20; up = nodes[up].parent {
		if s.ofMain[up] {
			break
		}
		levels++
	}
	f[featForm+5] = float32(levels)
	f[featForm+6] = flag(s.holds(s.main, at))
}

func (s *scene) lookNear(i int, f *features) {
	at := s.blocks[i].at
	for k, d := range [...]int{-1, 1, -2, 2} {
		j := i + d
		if j < 0 || j >= len(s.blocks) {
			continue
		}
		n := &s.blocks[j]
		f[featNear+3*k] = logf(n.chars)
		f[featNear+3*k+1] = float32(n.links) / float32(n.end-n.start)
		f[featNear+3*k+2] = float32(min(n.ends, 10))
	}
	if i > 0 {
		f[featNear+12] = flag(s.tree.nodes[s.blocks[i-1].at].parent == s.tree.nodes[at].parent)
	}
	if i+1 < len(s.blocks) {
		f[featNear+13] = flag(s.tree.nodes[s.blocks[i+1].at].parent == s.tree.nodes[at].parent)
	}
}

func (s *scene) lookHome(i int, f *features) {
	at := s.blocks[i].at
	for k := 0; k < 2; k++ {
		at = s.tree.nodes[at].parent
		f[featHome+5*k] = logf(int(s.chars[at]))
		f[featHome+5*k+1] = share(s.links[at], s.chars[at])
		f[featHome+5*k+2] = share(s.prose[at], s.chars[at])
		f[featHome+5*k+3] = share(s.prose[at], s.prose[0])
		f[featHome+5*k+4] = logf(int(s.count[at]))
	}
}

// relate computes the features that stand on the first look's scores.
func (s *scene) relate(i int, f *features) {
	for k, d := range [...]int{0, -1, 1, -2, 2, -3, 3} {
		if j := i + d; j >= 0 && j < len(s.blocks) {
			f[featScore+k] = s.scores[j]
		}
	}
	b := &s.blocks[i]
	p := s.tree.nodes[b.at].parent
	f[featScore+7] = s.sums[p] / (float32(s.chars[p]) + 1)
	in := s.holds(s.column, b.at)
	f[featColumn] = flag(in)
	f[featColumn+1] = share(s.prose[s.column], s.prose[0])
	f[featColumn+2] = s.sums[s.column] / (float32(s.chars[s.column]) + 1)
	f[featColumn+3] = float32(s.depth[b.at]) - float32(s.depth[s.column])
	f[featColumn+4] = share(s.chars[b.at], s.chars[s.column])
	f[featColumn+5] = share(s.chars[p], s.chars[s.column])
	f[featColumn+6] = logf(max(i-s.first, 0)) - logf(max(s.first-i, 0))
	f[featColumn+7] = logf(max(i-s.last, 0)) - logf(max(s.last-i, 0))
	f[featColumn+8] = s.around(i)
	s.relateFirst(i, f)
	if run := s.runs[i]; run.size > 0 {
		f[featRun] = float32(run.size) / float32(s.runs[s.longest].size)
	}
	first, last := s.runs[s.longest].from, s.runs[s.longest].to
	f[featRun+1] = logf(max(i-last, 0)) - logf(max(first-i, 0))
	f[featRun+2] = flag(s.blocks[i].at != 0 && s.tree.nodes[s.blocks[i].at].parent == s.tree.nodes[s.blocks[s.longest].at].parent)
	f[featRun+3] = float32(s.depth[s.blocks[i].at]) - float32(s.depth[s.blocks[s.longest].at])
}

// relateFirst measures how a block stands to the first block that the first look was sure of: up to the element that holds both,
// and what the branch is like that leads down to the block from there.
func (s *scene) relateFirst(i int, f *features) {
	nodes := s.tree.nodes
	a, b := s.blocks[s.first].at, s.blocks[i].at
	f[featFirst] = flag(nodes[a].parent == nodes[b].parent)
	up, branch := 0, b
	for a != b && up < 40 {
		if a > b {
			a = nodes[a].parent
		} else {
			branch, b = b, nodes[b].parent
			up++
		}
	}
	f[featFirst+1] = float32(up)
	f[featFirst+2] = logf(int(s.kin[branch]))
	f[featFirst+3] = share(s.chars[branch], s.chars[b])
	f[featFirst+4] = share(s.links[branch], s.chars[branch])
}

// run is a stretch of blocks that the first look likes, with gaps of two at most.
type run struct{ from, to, size int }

// findRuns cuts the page into runs; longest is the longest block of the run with most letters.
func (s *scene) findRuns() {
	s.runs = make([]run, len(s.blocks))
	s.longest = 0
	var now run
	end := func() {
		for j := now.from; j <= now.to && now.size > 0; j++ {
			s.runs[j] = now
		}
		now = run{}
	}
	for i := range s.blocks {
		if s.scores[i] < 0.4 {
			continue
		}
		if now.size > 0 && i-now.to > 3 {
			end()
		}
		if now.size == 0 {
			now.from = i
		}
		now.to, now.size = i, now.size+s.blocks[i].chars
	}
	end()
	for i := range s.blocks {
		a, b := s.runs[i].size, s.runs[s.longest].size
		if a > b || a == b && s.scores[i] >= 0.4 && s.blocks[i].chars > s.blocks[s.longest].chars {
			s.longest = i
		}
	}
}

// around gives the mean score of the four blocks before and after, weighed by their letters.
func (s *scene) around(i int) float32 {
	var sum, size float32
	for j := max(0, i-4); j < min(len(s.blocks), i+5); j++ {
		n := float32(min(s.blocks[j].chars, 300))
		if j != i {
			sum, size = sum+s.scores[j]*n, size+n
		}
	}
	return sum / (size + 1)
}

// damp takes most of their score from readers' comments, and some from side columns, where the page has prose outside of them:
// comments read like text, are often longer than the article, and are never it.
func (s *scene) damp(scores []float32) {
	outside := 0
	for i := range s.blocks {
		if b := &s.blocks[i]; b.isProse() && s.zones[b.at]&(hintComment|hintSidebar|hintRelated|hintFooter|hintConsent) == 0 {
			outside += b.chars
		}
	}
	if outside < 150 {
		return
	}
	for i := range s.blocks {
		switch z := s.zones[s.blocks[i].at]; {
		case z&hintComment != 0:
			scores[i] *= 0.2
		case z&hintSidebar != 0:
			scores[i] *= 0.5
		}
	}
}

// choose takes in the first look's scores: it finds the column, the subtree whose blocks have the greatest sum of weights, a
// block's weight being its letters times the score's distance from one half (a maximum-sum subtree, after Pasternack and
// Roth's maximum subsequence segmentation).
func (s *scene) choose(scores []float32) {
	n := len(s.tree.nodes)
	s.damp(scores)
	s.scores, s.sums = scores, make([]float32, n)
	for i := range s.blocks {
		b := &s.blocks[i]
		s.sums[b.at] += (scores[i] - 0.5) * (float32(min(b.chars, 500)) + 5)
	}
	for at := n - 1; at > 0; at-- {
		s.sums[s.tree.nodes[at].parent] += s.sums[at]
	}
	s.column = 0
	for at := 1; at < n; at++ {
		if t := s.tree.nodes[at].tag; t.is(isBlock) && t != tagP && s.sums[at] >= s.sums[s.column] {
			s.column = int32(at)
		}
	}
	s.first, s.last = -1, -1
	for i := range s.blocks {
		if b := &s.blocks[i]; scores[i] > 0.5 && b.chars >= 60 && s.holds(s.column, b.at) {
			if s.first < 0 {
				s.first = i
			}
			s.last = i
		}
	}
	if s.first < 0 {
		s.first, s.last = 0, len(s.blocks)-1
	}
	s.findRuns()
}

// holds tells whether element at lies within root.
func (s *scene) holds(root, at int32) bool {
	for at > root {
		at = s.tree.nodes[at].parent
	}
	return at == root
}
