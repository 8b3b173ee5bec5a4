// Command han writes text/data/han.txt: characters that Chinese and Japanese write in another form than the simplified one, each followed
// by that. Read is npm's opencc (Apache-2.0), unpacked, which carries the dictionaries of Open Chinese Convert.
//
//	npm pack opencc && tar xzf opencc-*.tgz
//	go run ./tools/han -dictionary package/data/dictionary
package main

import (
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

const head = `# Characters and their simplified forms, in pairs. Made by tools/han from Open Chinese Convert (https://github.com/BYVoid/OpenCC),
# Apache License 2.0: its traditional characters, and its Japanese ones that Chinese does not use. Changed: selected, laid out anew.
`

func main() {
	from := flag.String("dictionary", "package/data/dictionary", "folder of OpenCC's dictionaries")
	out := flag.String("out", filepath.Join("text", "data", "han.txt"), "file to write")
	flag.Parse()
	if err := write(*from, *out); err != nil {
		log.Fatal(err)
	}
}

func write(from, out string) error {
	simple, err := read(filepath.Join(from, "TSCharacters.txt"))
	if err != nil {
		return err
	}
	japanese, err := read(filepath.Join(from, "JPShinjitaiCharacters.txt"))
	if err != nil {
		return err
	}
	for c, old := range japanese {
		if to, ok := simple[old]; ok {
			old = to
		}
		if _, known := simple[c]; !known && !chinese(c) && c != old {
			simple[c] = old
		}
	}
	var b strings.Builder
	b.WriteString(head)
	for i, c := range slices.Sorted(maps.Keys(simple)) {
		b.WriteString(string(c) + string(end(simple, c)))
		if i%40 == 39 {
			b.WriteByte('\n')
		}
	}
	b.WriteByte('\n')
	fmt.Println(len(simple), "characters")
	return os.WriteFile(out, []byte(b.String()), 0o644)
}

// read gives the first form of each character of a dictionary, of the characters that two bytes number.
func read(name string) (map[rune]rune, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	pairs := map[rune]rune{}
	for line := range strings.Lines(string(raw)) {
		from, to, ok := strings.Cut(strings.TrimSpace(line), "\t")
		to, _, _ = strings.Cut(to, " ")
		if !ok || strings.HasPrefix(line, "#") || utf8.RuneCountInString(from) != 1 || utf8.RuneCountInString(to) != 1 {
			continue
		}
		a, _ := utf8.DecodeRuneInString(from)
		z, _ := utf8.DecodeRuneInString(to)
		if a != z && a < 0x10000 && z < 0x10000 {
			pairs[a] = z
		}
	}
	return pairs, nil
}

// end follows the forms of a character to the last: a simplified form may have one of its own.
func end(pairs map[rune]rune, c rune) rune {
	for range 3 {
		to, ok := pairs[c]
		if !ok {
			break
		}
		c = to
	}
	return c
}

// chinese tells whether simplified Chinese has the character itself: such a one may be another word there than in Japanese.
func chinese(c rune) bool {
	_, err := simplifiedchinese.HZGB2312.NewEncoder().String(string(c))
	return err == nil
}
