// Command tagger learns the model that proposes unknown names, from text whose names are marked, and writes
// entity/data/tagger.bin. It reads "word tag" lines with blank lines between sentences (ANERcorp, CC BY-SA 4.0).
//
//	go run ./tools/tagger -data ../shared/data/ner/anercorp-dev.conll
package main

import (
	"bufio"
	"encoding/binary"
	"flag"
	"fmt"
	"log"
	"math"
	"math/rand"
	"os"
	"strings"

	"marsad/entity"
	"marsad/lang/pack"
	"marsad/text"
)

func main() {
	data := flag.String("data", "../shared/data/ner/anercorp-dev.conll", "marked text")
	lang := flag.String("lang", "ar", "its language")
	out := flag.String("out", "entity/data/tagger.bin", "file to write")
	rounds := flag.Int("rounds", 8, "passes over the text")
	folds := flag.Bool("folds", false, "measure on held-out fifths instead of writing")
	flag.Parse()
	all, err := read(*data, *lang)
	if err != nil {
		log.Fatal(err)
	}
	if *folds {
		validate(all, *rounds)
		return
	}
	m := learn(all, *rounds)
	if err := os.WriteFile(*out, m.bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}

// sentence is a text with the tag of each token.
type sentence struct {
	features [][]uint32
	tags     []int
}

var names = map[string]int{"B-PERS": entity.TagPersonB, "I-PERS": entity.TagPersonI, "B-LOC": entity.TagPlaceB, "I-LOC": entity.TagPlaceI,
	"B-ORG": entity.TagOrgB, "I-ORG": entity.TagOrgI}

func read(path, lang string) ([]sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []sentence
	var words []string
	var tags []int
	flush := func() {
		if len(words) > 0 {
			out = append(out, mark(words, tags, lang))
		}
		words, tags = nil, nil
	}
	for s := bufio.NewScanner(f); s.Scan(); {
		word, tag, ok := strings.Cut(s.Text(), " ")
		if !ok {
			flush()
			continue
		}
		words, tags = append(words, word), append(tags, names[tag])
	}
	flush()
	return out, nil
}

// mark takes a sentence apart as the analyzer does and gives each token the tag of the word that it came from.
func mark(words []string, tags []int, lang string) sentence {
	d := text.Analyze(strings.Join(words, " "), pack.For(lang))
	s := sentence{features: entity.Default().TagFeatures(d), tags: make([]int, len(d.Tokens))}
	at, word, first := 0, 0, true
	for i, t := range d.Tokens {
		for word < len(words) && t.Start >= at+len(words[word])+1 {
			at += len(words[word]) + 1
			word, first = word+1, true
		}
		s.tags[i] = tags[word]
		if tag := tags[word]; tag != 0 {
			switch {
			case t.Kind == text.Mark && first:
				s.tags[i] = 0
			case tag%2 == 1 && !first:
				s.tags[i] = tag + 1
			default:
				first = false
			}
		}
	}
	for i := range s.tags { // an inside needs its beginning
		if t := s.tags[i]; t != 0 && t%2 == 0 && (i == 0 || s.tags[i-1] != t && s.tags[i-1] != t-1) {
			s.tags[i] = t - 1
		}
	}
	return s
}

// model is an averaged perceptron.
type model struct {
	w, sum []float32 // weights, and what they were changed by times when
	now    float32
}

func learn(all []sentence, rounds int) *model {
	size := (entity.TagBuckets + entity.Tags) * entity.Tags
	m := &model{w: make([]float32, size), sum: make([]float32, size), now: 1}
	order := rand.New(rand.NewSource(1)).Perm(len(all))
	for r := 0; r < rounds; r++ {
		wrong := 0
		for _, k := range order {
			s := &all[k]
			guess := entity.Viterbi(s.features, m.score, m.after(), 0)
			wrong += m.correct(s, guess)
			m.now++
		}
		fmt.Printf("round %d: %d tokens wrong\n", r+1, wrong)
	}
	for i := range m.w {
		m.w[i] -= m.sum[i] / m.now
	}
	return m
}

func (m *model) score(features []uint32) (out [entity.Tags]float32) {
	for _, f := range features {
		for t := range out {
			out[t] += m.w[int(f)*entity.Tags+t]
		}
	}
	return out
}

func (m *model) after() *[entity.Tags][entity.Tags]float32 {
	var a [entity.Tags][entity.Tags]float32
	for p := range a {
		copy(a[p][:], m.w[(entity.TagBuckets+p)*entity.Tags:])
	}
	return &a
}

func (m *model) add(bucket, tag int, by float32) {
	i := bucket*entity.Tags + tag
	m.w[i] += by
	m.sum[i] += by * m.now
}

func (m *model) correct(s *sentence, guess []int) (wrong int) {
	before, beforeGuess := 0, 0
	for i, tag := range s.tags {
		if tag != guess[i] {
			wrong++
			for _, b := range s.features[i] {
				m.add(int(b), tag, 1)
				m.add(int(b), guess[i], -1)
			}
		}
		if tag != guess[i] || before != beforeGuess {
			m.add(entity.TagBuckets+before, tag, 1)
			m.add(entity.TagBuckets+beforeGuess, guess[i], -1)
		}
		before, beforeGuess = tag, guess[i]
	}
	return wrong
}

// bytes lays the model out in signed bytes.
func (m *model) bytes() []byte {
	top := float32(0)
	for _, w := range m.w {
		top = max(top, float32(math.Abs(float64(w))))
	}
	scale := top / 127
	out := binary.LittleEndian.AppendUint32(nil, math.Float32bits(scale))
	for _, w := range m.w {
		out = append(out, byte(int8(math.Round(float64(w/scale)))))
	}
	return out
}
