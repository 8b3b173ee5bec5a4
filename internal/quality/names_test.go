package quality

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"marsad/entity"
	"marsad/lang/pack"
	"marsad/text"
)

// namedSpan is a name that testdata/names.txt marks.
type namedSpan struct {
	start, end int
	is         string // English name; ? for somebody unknown, - for what must not be said to be known
}

// readMarked takes the marks out of a sentence.
func readMarked(s string) (plain string, names []namedSpan) {
	for {
		open := strings.IndexByte(s, '[')
		if open < 0 {
			return plain + s, names
		}
		end := open + strings.IndexByte(s[open:], ']')
		words, is, _ := strings.Cut(s[open+1:end], "=")
		plain += s[:open]
		names = append(names, namedSpan{len(plain), len(plain) + len(words), is})
		plain += words
		s = s[end+1:]
	}
}

// Floors of known names, of every language.
const (
	sentencesPrecise = .95
	sentencesFound   = .93
)

// TestKnownNames measures known names, with whom they mean, in our own sentences in many languages: names with what is written together
// with them, in cases, family names alone, names that are other words too.
func TestKnownNames(t *testing.T) {
	body, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	names := entity.Default()
	said, right, want := map[string]int{}, map[string]int{}, map[string]int{}
	var order []string
	for _, line := range strings.Split(strings.TrimSpace(string(body)), "\n") {
		lang, sentence, ok := strings.Cut(line, "\t")
		if !ok {
			continue
		}
		if said[lang]+want[lang] == 0 {
			order = append(order, lang)
		}
		plain, marks := readMarked(sentence)
		var wrong []string
		found := map[int]bool{}
		for _, m := range names.Find(text.Analyze(plain, pack.For(lang))) {
			if !m.Known || m.Rule == "title" {
				continue
			}
			said[lang]++
			is := names.Name(m.Entity, "en")
			hit := false
			for k, x := range marks {
				if x.start < m.End && m.Start < x.end && x.is == is {
					hit, found[k] = true, true
				}
			}
			if hit {
				right[lang]++
			} else {
				wrong = append(wrong, fmt.Sprintf("%s = %s (%s)", plain[m.Start:m.End], is, m.Rule))
			}
		}
		for k, x := range marks {
			if x.is == "?" || x.is == "-" {
				continue
			}
			want[lang]++
			if !found[k] {
				wrong = append(wrong, fmt.Sprintf("missed %s = %s", plain[x.start:x.end], x.is))
			}
		}
		if len(wrong) > 0 && os.Getenv("MISSES") == "names" {
			t.Logf("%s: %s\n      %s", lang, plain, strings.Join(wrong, "; "))
		}
	}
	for _, lang := range order {
		pinned(t, "entity sentences "+lang+" precision", float64(right[lang])/float64(max(1, said[lang])), sentencesPrecise, .95)
		pinned(t, "entity sentences "+lang+" recall", float64(right[lang])/float64(max(1, want[lang])), sentencesFound, .9)
	}
}
