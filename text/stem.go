package text

import (
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
)

// stemmers are the Snowball algorithms (Porter 2001) that packs can name. Arabic has one of ours, because Snowball's eats the letters of
// names; clitics are seen through by Bare. German and Turkish have what it leaves taken off: see inflect.go.
var stemmers = map[string]func(*snowballstem.Env) bool{
	"english": english.Stem, "russian": russian.Stem, "french": french.Stem, "spanish": spanish.Stem, "german": germanStem,
	"italian": italian.Stem, "portuguese": portuguese.Stem, "dutch": dutch.Stem, "turkish": turkishStem, "arabic": arabicStem,
}

// Stem gives the stem of a normal form by the algorithm that a pack names, with the diacritics of Latin letters off, and "" where
// there is no such algorithm.
func Stem(norm, algorithm string) string {
	stem := stemmers[algorithm]
	if stem == nil || len(norm) > 60 {
		return ""
	}
	env := snowballstem.NewEnv(norm)
	stem(env)
	return Plain(env.Current())
}
