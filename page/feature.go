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
	last, _ := utf8.DecodeLastRuneInString(s.of(b))
	f[featStops] = flag(strings.ContainsRune(endMarks+":\"”»“’』", last))
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
		words = squash(s.all[b.start : b.start+runeCut(s.of(b), 200)])
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
func runeCut[T string | []byte](b T, n int) int {
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
	first, last := int(s.runs[s.longest].from), int(s.runs[s.longest].to)
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
