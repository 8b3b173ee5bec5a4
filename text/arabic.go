package text

import (
	"strings"
	"sync"
	"unicode/utf8"

	"marsad/lang/pack"

	"github.com/blevesearch/snowballstem"
)

// arabicStem takes an Arabic word in normal form, where ة is ه, to what its number and its case leave alone: the singular of broken plurals
// that the pack lists, and else what stands before the endings of plurals, of the accusative and of possession. Unlike light stemmers (Larkey
// 2002) it keeps the letters of names and does not make one of a noun and its feminine where these are two things: a school is no
// teacher, a university no mosque. Where the last vowel of a word is long, or it is long itself, its feminine is mostly an adjective's.
func arabicStem(env *snowballstem.Env) bool {
	w := singular(env.Current())
	for range 2 { // an ending may stand behind another
		w = singular(withoutEnding(w))
	}
	env.SetCurrent(w)
	return true
}

// withoutEnding takes one ending off.
func withoutEnding(w string) string {
	for _, e := range [...]string{"اتهما", "اتها", "اتهم", "اته"} {
		if x, ok := strings.CutSuffix(w, e); ok && letterCount(x) >= 3 {
			return feminine(x)
		}
	}
	for _, e := range [...]string{"تهما", "تها", "تهم", "ته"} { // what stood as ة before the possessor
		if x, ok := strings.CutSuffix(w, e); ok && letterCount(x) >= 3 {
			return feminine(x)
		}
	}
	if x, ok := strings.CutSuffix(w, "ات"); ok && letterCount(x) >= 3 {
		return feminine(x)
	}
	if x, ok := strings.CutSuffix(w, "ه"); ok && letterCount(x) >= 3 {
		return feminine(x)
	}
	for _, e := range [...]string{"هما", "ها", "هم", "ون", "ين"} {
		if x, ok := strings.CutSuffix(w, e); ok && letterCount(x) >= 4 {
			return x
		}
	}
	if x, ok := strings.CutSuffix(w, "ا"); ok && letterCount(x) >= 4 && !strings.HasSuffix(x, "ي") && !strings.HasSuffix(x, "و") {
		return x
	}
	return w
}

// feminine gives the stem of what stands before ة or ات.
func feminine(x string) string {
	r := []rune(x)
	n := len(r)
	if n >= 5 || n == 4 && r[3] != 'ي' && strings.ContainsRune("اوي", r[2]) {
		return x
	}
	return x + "ه"
}

func letterCount(s string) int { return utf8.RuneCountInString(s) }

// singular gives the singular of a broken plural, and any other word as it is.
func singular(w string) string {
	if s, ok := brokenPlurals()[w]; ok {
		return s
	}
	return w
}

// brokenPlurals is the pack's list in normal form.
var brokenPlurals = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	p := pack.For("ar")
	if p == nil || p.Text == nil {
		return m
	}
	for _, row := range p.Text.Plurals {
		for _, many := range row[min(1, len(row)):] {
			m[Normalize(many)] = Normalize(row[0])
		}
	}
	return m
})
