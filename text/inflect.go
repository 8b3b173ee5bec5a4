package text

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/turkish"
)

// caseEndings begin what stands behind a Turkish noun without a doubt: the plural, the locative and the ablative. The others may be part
// of the noun.
var caseEndings = [...]string{"lar", "ler", "da", "de", "ta", "te"}

// turkishStem takes a noun's endings off, and once more where what was taken off leaves a whole noun: the stem of seçimlerde is that of
// seçim. Snowball alone gives what is left of the first, seçim, and of the second, seç.
func turkishStem(env *snowballstem.Env) bool {
	word := env.Current()
	done := turkish.Stem(env)
	rest, cut := strings.CutPrefix(word, env.Current())
	if !cut {
		return done
	}
	for _, e := range caseEndings {
		if strings.HasPrefix(rest, e) {
			env.SetCurrent(env.Current()) // from its beginning again
			return turkish.Stem(env)
		}
	}
	return done
}

// femaleBases are the endings of words for people to which German adds -in and -innen.
var femaleBases = [...]string{"er", "ent", "ant", "ist", "at"}

// shortestBase is the shortest word that a female ending is taken off from: the verbs in -innen have shorter ones (gewinnen).
const shortestBase = 5

// germanStem sees through what Snowball leaves: words for women (Ministerinnen is found by Minister), and the plural of words in -el (Geiseln).
func germanStem(env *snowballstem.Env) bool {
	word := env.Current()
	if base, ok := strings.CutSuffix(word, "innen"); ok && len(base) >= shortestBase {
		env.SetCurrent(base)
	} else if base, ok := strings.CutSuffix(word, "in"); ok && len(base) >= shortestBase && isFemaleBase(base) {
		env.SetCurrent(base)
	} else if strings.HasSuffix(word, "eln") && len(word) > shortestBase {
		env.SetCurrent(word[:len(word)-1])
	}
	return german.Stem(env)
}

func isFemaleBase(base string) bool {
	for _, e := range femaleBases {
		if strings.HasSuffix(base, e) {
			return true
		}
	}
	return false
}
