package entity

import (
	_ "embed"
	"math"
	"strings"

	"marsad/news"
)

// The tagger proposes names that no list knows, in languages that have a model: a linear model over the words around, their
// ends, and what the lists and titles say, decoded as the best sequence of tags (averaged perceptron, Collins 2002; learnt by
// tools/tagger). It knows nothing of the world: all that it finds is a candidate.

// Tags of the tagger: outside, and the beginning and inside of each kind.
const (
	TagOut = iota
	TagPersonB
	TagPersonI
	TagPlaceB
	TagPlaceI
	TagOrgB
	TagOrgI
	Tags
)

// TagBuckets is the number of places that hashed features share.
const TagBuckets = 1 << 16

// caution is added to the score of "outside": precision before recall. Chosen on held-out fifths of the training data.
const caution = 4

//go:embed data/tagger.bin
var taggerFile string

// TagModel is a model as it is kept: for each bucket and tag a weight, then for each tag after each tag.
type TagModel struct {
	raw   string
	scale float32
}

// EmbeddedTagger is the model that Marsad carries, for the language that it was learnt from.
func EmbeddedTagger() TagModel { return NewTagModel(taggerFile) }

// NewTagModel reads a model: a float32 scale and (TagBuckets+Tags)*Tags signed bytes; what is shorter knows nothing.
func NewTagModel(raw string) TagModel {
	if len(raw) < 4+(TagBuckets+Tags)*Tags {
		return TagModel{}
	}
	bits := uint32(raw[0]) | uint32(raw[1])<<8 | uint32(raw[2])<<16 | uint32(raw[3])<<24
	return TagModel{raw: raw[4:], scale: math.Float32frombits(bits)}
}

func (m TagModel) weight(bucket, tag int) float32 {
	return float32(int8(m.raw[bucket*Tags+tag])) * m.scale
}

// Decode gives the best sequence of tags for the features of a sentence.
func (m TagModel) Decode(features [][]uint32, caution float32) []int {
	if m.raw == "" {
		return make([]int, len(features))
	}
	var after [Tags][Tags]float32
	for p := range after {
		for t := range after[p] {
			after[p][t] = m.weight(TagBuckets+p, t)
		}
	}
	return Viterbi(features, m.sum, &after, caution)
}

// sum adds the weights of a token's features, for each tag.
func (m TagModel) sum(features []uint32) (out [Tags]float32) {
	var total [Tags]int32
	for _, f := range features {
		w := m.raw[int(f)*Tags : int(f)*Tags+Tags]
		for t := range total {
			total[t] += int32(int8(w[t]))
		}
	}
	for t := range out {
		out[t] = float32(total[t]) * m.scale
	}
	return out
}

// Viterbi gives the best sequence of tags under a linear model: sum tells a token's weight for each tag, after[p][t] that of tag t
// after tag p. An inside follows only its own beginning or inside.
func Viterbi(features [][]uint32, sum func([]uint32) [Tags]float32, after *[Tags][Tags]float32, caution float32) []int {
	n := len(features)
	back := make([][Tags]int8, n)
	var best [Tags]float32
	for i, fs := range features {
		own := sum(fs)
		own[TagOut] += caution
		var next [Tags]float32
		for t := 0; t < Tags; t++ {
			from, top := 0, float32(math.Inf(-1))
			for p := 0; p < Tags; p++ {
				if inside(t) && p != t && p != t-1 || i == 0 && p != 0 {
					continue
				}
				if v := best[p] + after[p][t]; v > top {
					from, top = p, v
				}
			}
			next[t], back[i][t] = top+own[t], int8(from)
		}
		best = next
	}
	tags := make([]int, n)
	last := 0
	for t := range best {
		if best[t] > best[last] {
			last = t
		}
	}
	for i := n - 1; i >= 0; i-- {
		tags[i] = last
		last = int(back[i][last])
	}
	return tags
}

func inside(t int) bool { return t != 0 && t%2 == 0 }

// tagged proposes what the model finds where nothing is known.
func (f *finder) tagged() {
	if f.doc.Pack.Entity == nil || !f.doc.Pack.Entity.Tagger {
		return
	}
	m := EmbeddedTagger()
	o := f.observe()
	said := f.said()
	for _, s := range f.doc.Sentences {
		tags := m.Decode(o[s.From:s.To], caution)
		for i := 0; i < len(tags); {
			from := i
			for i++; i < len(tags) && tags[from] != 0 && inside(tags[i]); i++ {
			}
			if tags[from] != 0 {
				f.tag(s.From+from, f.upToClitic(s.From+from, s.From+i, said), kindOfTag(tags[from]))
			}
		}
	}
}

// said gives the words of the text.
func (f *finder) said() map[string]bool {
	m := make(map[string]bool, len(f.doc.Tokens))
	for _, t := range f.doc.Tokens {
		m[t.Norm] = true
	}
	return m
}

// upToClitic gives the end of a name before a word that has something written together with it, as the text itself shows by saying
// the rest alone, or as a title: مروان برئيس, مروان لألدمير.
func (f *finder) upToClitic(from, to int, said map[string]bool) int {
	for i := from + 1; i < to; i++ {
		if f.inTitle(i) {
			return i
		}
		for _, fm := range f.readings(i) {
			if fm.how == clitic && fm.letters >= 3 && !strings.HasPrefix(f.doc.Tokens[i].Norm, "ال") && said[fm.norm] && !isNameWord(f.doc.Tokens[i].Norm) {
				return i
			}
		}
	}
	return to
}

func kindOfTag(t int) news.MentionKind {
	return [...]news.MentionKind{news.Person, news.Place, news.Org}[(t-1)/2]
}
