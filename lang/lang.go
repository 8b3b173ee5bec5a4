// Package lang tells which language a text is in. It reads fastText's language identification model lid.176 (Joulin et al.,
// "Bag of Tricks for Efficient Text Classification" and "FastText.zip", 2016), which is embedded; it translates nothing and
// knows no grammar.
package lang

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed lid.176.ftz
var lid string

var identifier = sync.OnceValue(func() *model {
	m, err := read(lid)
	if err != nil {
		panic(err) // the embedded file is tested
	}
	return m
})

// sample is how much of a text is looked at: three stretches of this many bytes.
const sample = 700

// near folds languages that the model keeps apart and newsrooms do not: a dialect's encyclopedia, another name of the same standard.
var near = map[string]string{"arz": "ar", "ary": "ar", "azb": "fa", "wuu": "zh", "yue": "zh", "pnb": "ur", "bcl": "tl", "nds": "de", "als": "de", "bar": "de", "nn": "no", "sh": "hr", "rue": "uk"}

// Detect gives the BCP 47 tag of the language that most of s is in, and the model's probability for it. It gives "und" and 0
// where s holds no letters to judge by.
func Detect(s string) (tag string, score float64) {
	if strings.TrimSpace(s) == "" {
		return "und", 0
	}
	label, score := identifier().best(stretch(s))
	if label == "" {
		return "und", 0
	}
	if to := near[label]; to != "" {
		label = to
	}
	return label, score
}

// stretch takes a beginning, a middle and an end of a long text, each cut at a space, so that one foreign quotation decides nothing.
func stretch(s string) string {
	if len(s) <= 3*sample {
		return s
	}
	var b strings.Builder
	for _, at := range []int{0, len(s)/2 - sample/2, len(s) - sample} {
		b.WriteString(clip(s, at))
		b.WriteByte(' ')
	}
	return b.String()
}

func clip(s string, at int) string {
	part := s[at:min(at+sample, len(s))]
	for len(part) > 0 && !utf8.RuneStart(part[0]) {
		part = part[1:]
	}
	if i := strings.LastIndexByte(part, ' '); i > sample/2 {
		part = part[:i]
	}
	return part
}
