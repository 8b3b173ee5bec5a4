// Package world draws articles and queries from the vocabulary of a language, for what measures standing queries and search: its words by
// Zipf's law in the order of their frequency in the corpus and in the news texts that MARSAD_DATA names, with a fixed seed.
package world

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"marsad/corpus"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// World is a language of which texts and queries are drawn.
type World struct {
	*rand.Rand
	Lang    string
	clitics []string
	words   []string
	rank    map[string]int
	cum     []float64
}

// size is how many different words the language has.
const size = 60_000

// New makes the world of a language. What the texts at hand lack are rare words; those are made up of letters. An article's words have
// one of the clitics in front now and then.
func New(lang, letters string, clitics []string) (*World, error) {
	w := &World{Rand: rand.New(rand.NewPCG(7, 1)), Lang: lang, clitics: clitics, rank: map[string]int{}}
	count, err := counted(lang)
	if err != nil {
		return nil, err
	}
	for word := range count {
		w.words = append(w.words, word)
	}
	slices.SortFunc(w.words, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return strings.Compare(a, b)
	})
	w.words = w.words[:min(len(w.words), size)]
	for i, word := range w.words {
		w.rank[word] = i
	}
	// What the texts at hand lack are rare words; those are made up.
	for alphabet := []rune(letters); len(w.words) < size; {
		var b strings.Builder
		for range 5 + w.IntN(4) {
			b.WriteRune(alphabet[w.IntN(len(alphabet))])
		}
		if _, known := w.rank[b.String()]; !known {
			w.rank[b.String()] = len(w.words)
			w.words = append(w.words, b.String())
		}
	}
	sum := 0.0
	for i := range w.words {
		sum += 1 / math.Pow(float64(i)+2.7, 1.05)
		w.cum = append(w.cum, sum)
	}
	return w, nil
}

// counted counts the words of the corpus in a language, and of the labelled news texts where MARSAD_DATA names them.
func counted(lang string) (map[string]int, error) {
	count := map[string]int{}
	add := func(s string) {
		for _, t := range text.Analyze(s, pack.For(lang)).Tokens {
			if t.Kind == text.Word && len(t.Norm) > 1 && !strings.ContainsAny(t.Norm, "'’.:_") {
				count[t.Norm]++
			}
		}
	}
	shape := corpus.Shape{Seed: 1, Base: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Days: 2, PerDay: 2000}
	for p, err := range corpus.Generate(shape) {
		if err != nil {
			return nil, err
		}
		if a := p.Truth.Article; a.Lang == lang {
			add(a.Text)
		}
	}
	pattern := map[string]string{"en": "quote/polnear/*/text/*.txt", "ar": "ner/*.conll"}[lang]
	files, err := filepath.Glob(filepath.Join(os.Getenv("MARSAD_DATA"), pattern))
	if err != nil || os.Getenv("MARSAD_DATA") == "" {
		return count, err
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		for _, tag := range []string{" O\n", " B-LOC\n", " I-LOC\n", " B-PERS\n", " I-PERS\n", " B-ORG\n", " I-ORG\n", " B-MISC\n", " I-MISC\n"} {
			b = []byte(strings.ReplaceAll(string(b), tag, "\n"))
		}
		add(string(b))
	}
	return count, nil
}

// Word draws a word that is not among the from most frequent ones.
func (w *World) Word(from int) string {
	lo := 0.0
	if from > 0 {
		lo = w.cum[from-1]
	}
	i, _ := slices.BinarySearch(w.cum, lo+w.Float64()*(w.cum[len(w.cum)-1]-lo))
	return w.words[min(i, size-1)]
}

func (w *World) Article(id int64, n int) news.Article {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString([]string{" ", " ", " ", " ", " ", " ", " ", ", ", " ", " ", ". ", " "}[w.IntN(12)])
		}
		if len(w.clitics) > 0 && w.IntN(4) == 0 {
			b.WriteString(w.clitics[w.IntN(len(w.clitics))])
		}
		b.WriteString(w.Word(0))
		if i%90 == 89 {
			b.WriteString(".\n\n")
		}
	}
	return news.Article{ID: id, Lang: w.Lang, Headline: w.Word(50) + " " + w.Word(50) + " " + w.Word(200), Text: b.String()}
}

// Realistic is what people watch: a name or two rare words, now and then a phrase, a language or an exclusion.
func (w *World) Realistic() string {
	switch w.IntN(10) {
	case 0, 1, 2:
		return fmt.Sprintf(`"%s %s"`, w.Word(1500), w.Word(1500))
	case 3, 4, 5:
		return w.Word(4000) + " " + w.Word(2000)
	case 6:
		return w.Word(4000) + " " + w.Word(1500) + " -" + w.Word(50)
	case 7:
		return fmt.Sprintf("(%s OR %s) %s", w.Word(4000), w.Word(4000), w.Word(2000))
	case 8:
		return w.Word(4000) + " " + w.Word(2000) + " lang:" + w.Lang
	}
	return w.Word(4000) + " " + w.Word(500) + " " + w.Word(500)
}

// Heavy is what professionals type: distances, exclusions, prefixes, long lists.
func (w *World) Heavy() string {
	switch w.IntN(6) {
	case 0:
		return fmt.Sprintf("(%s OR %s OR %s) NEAR/10 (%s OR %s)", w.Word(500), w.Word(500), w.Word(900), w.Word(100), w.Word(200))
	case 1:
		return fmt.Sprintf(`"%s %s" OR "%s %s" OR (%s %s)`, w.Word(200), w.Word(200), w.Word(200), w.Word(200), w.Word(800), w.Word(300))
	case 2:
		return fmt.Sprintf("%s* %s %s -(%s OR %s)", w.Word(900), w.Word(300), w.Word(80), w.Word(30), w.Word(30))
	case 3:
		var list []string
		for range 5 + w.IntN(20) {
			list = append(list, w.Word(1500))
		}
		return "(" + strings.Join(list, " OR ") + ") " + w.Word(200) + " " + w.Word(200)
	case 4:
		return fmt.Sprintf("%s SAME/s %s", w.Word(500), w.Word(300))
	}
	return fmt.Sprintf(`%s %s title:%s`, w.Word(300), w.Word(100), w.Word(50))
}

// Queries draws n queries. A word that happens to be an operator of the language is drawn again.
func (w *World) Queries(kind string, n int) []query.Query {
	draw := map[string]func() string{"realistic": w.Realistic, "heavy": w.Heavy}[kind]
	qs := make([]query.Query, 0, n)
	for len(qs) < n {
		if q, err := query.Parse(draw()); err == nil {
			qs = append(qs, q)
		}
	}
	return qs
}

// Share is the share of articles of 500 words that hold a word, by its rank.
func (w *World) Share(form string) float64 {
	r, known := w.rank[form]
	if !known {
		return 0.0005
	}
	p := 1 / (float64(r) + 2.7) / w.cum[len(w.cum)-1]
	return min(1, 500*p)
}
