package entity

import (
	_ "embed"
	"math"

	"marsad/news"
	"marsad/text"

	"github.com/zeebo/xxh3"
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
	return Viterbi(features, func(b, t int) float32 { return m.weight(b, t) }, caution)
}

// Viterbi gives the best sequence of tags under a linear model: weight(bucket, tag), where bucket TagBuckets+p stands for the
// tag p before.
func Viterbi(features [][]uint32, weight func(bucket, tag int) float32, caution float32) []int {
	n := len(features)
	back := make([][Tags]int8, n)
	var best [Tags]float32
	for i, fs := range features {
		var next [Tags]float32
		for t := 0; t < Tags; t++ {
			own := float32(0)
			for _, b := range fs {
				own += weight(int(b), t)
			}
			if t == TagOut {
				own += caution
			}
			from, top := 0, float32(math.Inf(-1))
			for p := 0; p < Tags; p++ {
				if inside(t) && p != t && p != t-1 || i == 0 && p != 0 {
					continue
				}
				if v := best[p] + weight(TagBuckets+p, t); v > top {
					from, top = p, v
				}
			}
			next[t], back[i][t] = top+own, int8(from)
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

// TagFeatures gives the hashed features of each token of a text, for the program that learns and for the tagger alike.
func (n *Names) TagFeatures(d *text.Doc) [][]uint32 {
	f := newFinder(n, d)
	f.look()
	out := make([][]uint32, len(d.Tokens))
	for i := range d.Tokens {
		out[i] = f.features(i)
	}
	return out
}

// features are the words in a window of two, the word's beginning and end, whether lists, titles and name words stand there.
func (f *finder) features(i int) []uint32 {
	out := make([]uint32, 0, 24)
	add := func(kind, value string) {
		out = append(out, uint32(xxh3.HashString(kind+"="+value)%TagBuckets))
	}
	word := func(k int) string {
		if k < 0 || k >= len(f.doc.Tokens) || f.doc.SentenceOf(k) != f.doc.SentenceOf(i) {
			return "-"
		}
		return f.doc.Tokens[k].Norm
	}
	w := word(i)
	add("0", w)
	add("-1", word(i-1))
	add("+1", word(i+1))
	add("-2", word(i-2))
	add("+2", word(i+2))
	add("-10", word(i-1)+" "+w)
	add("0+1", w+" "+word(i+1))
	add("-2-1", word(i-2)+" "+word(i-1))
	letters := []rune(w)
	for n := 1; n <= 4 && n < len(letters); n++ {
		add("p", string(letters[:n]))
		add("s", string(letters[len(letters)-n:]))
	}
	for k := -1; k <= 1; k++ {
		at := [...]string{"l-", "l0", "l+"}[k+1]
		add(at, f.listed(i+k))
	}
	add("lll", f.listed(i-1)+f.listed(i)+f.listed(i+1))
	add("l0w-1", f.listed(i)+word(i-1))
	add("l0w+1", f.listed(i)+word(i+1))
	add("foreign", f.foreign(i))
	add("foreign3", f.foreign(i-1)+f.foreign(i)+f.foreign(i+1))
	for n := 0; n+3 <= len(letters); n++ {
		add("g", string(letters[n:n+3]))
	}
	if f.titled(i) != nil {
		add("title", "1")
	}
	if f.inTitle(i) {
		add("title", "in")
	}
	add("kind", string(rune('0'+f.doc.Tokens[i].Kind)))
	add("", "bias")
	return out
}

// foreign says how usual the letters of token i are for names, in steps: the transliteration model's own probability of them.
func (f *finder) foreign(i int) string {
	if i < 0 || i >= len(f.doc.Tokens) || f.doc.Tokens[i].Kind != text.Word {
		return "-"
	}
	t := f.doc.Tokens[i]
	m := models()[t.Script]
	if m == nil {
		return "-"
	}
	letters := []rune(t.Norm)
	return string(rune('a' + min(20, max(0, int(-3*m.reading(letters).self/float64(len(letters)+1))))))
}

// listed says what the lists know of token i.
func (f *finder) listed(i int) string {
	if i < 0 || i >= len(f.doc.Tokens) {
		return "-"
	}
	name := ""
	if isName(f.doc.Tokens[i], f.lore) {
		name = "n"
	}
	if k := f.taken[i]; k != 0 {
		return name + string(f.found[k-1].Kind)
	}
	return name
}

func (f *finder) inTitle(i int) bool {
	for k := range f.titles {
		if f.titles[k].from <= i && i < f.titles[k].to {
			return true
		}
	}
	return false
}

// tagged proposes what the model finds where nothing is known.
func (f *finder) tagged() {
	if f.doc.Pack.Entity == nil || !f.doc.Pack.Entity.Tagger {
		return
	}
	m := EmbeddedTagger()
	for _, s := range f.doc.Sentences {
		features := make([][]uint32, 0, s.To-s.From)
		for i := s.From; i < s.To; i++ {
			features = append(features, f.features(i))
		}
		tags := m.Decode(features, caution)
		for i := 0; i < len(tags); {
			from := i
			for i++; i < len(tags) && tags[from] != 0 && inside(tags[i]); i++ {
			}
			if tags[from] != 0 {
				f.propose(s.From+from, s.From+i, kindOfTag(tags[from]), "tagger", 0.4)
			}
		}
	}
}

func kindOfTag(t int) news.MentionKind {
	return [...]news.MentionKind{news.Person, news.Place, news.Org}[(t-1)/2]
}
