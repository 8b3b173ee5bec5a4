// Command translit learns how names are written from one script in another, and writes entity/data/translit.bin: for each
// script the joint probabilities of chunks, such as (خ, kh). It reads tab-separated pairs "latin<TAB>letters with spaces<TAB>count",
// one a line, as NETransliteration-COLING2018 has them (CC0).
//
//	go run ./tools/translit -data DIR
package main

import (
	"encoding/binary"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"

	"marsad/entity"
)

// sets are the scripts with the file that teaches them and the sizes of their chunks.
var sets = []struct {
	script string
	file   string
	s, l   int // letters of the script, and Latin letters, in one chunk
	keep   int // pairs kept
}{
	{"arabic", "wd_arabic_64", 2, 4, 9000},
	{"cyrillic", "wd_russian_64", 2, 4, 8000},
	{"hebrew", "wd_hebrew_64", 2, 4, 8000},
	{"hangul", "wd_korean_64", 2, 3, 6000},
	{"han", "wd_chinese_64", 1, 6, 9000},
	{"kana", "wd_katakana_64", 2, 4, 6000},
}

func main() {
	data := flag.String("data", "../shared/data/xlit", "folder of the pairs")
	own := flag.String("own", "tools/translit", "folder of our own pairs, NAME.tsv for a script")
	out := flag.String("out", "entity/data/translit.bin", "file to write")
	rounds := flag.Int("rounds", 8, "rounds of EM")
	only := flag.String("only", "", "learn this script alone and keep the others as they are")
	words := flag.Bool("words", false, "write only the list of name words, entity/data/namewords.bin")
	spellings := flag.Bool("spellings", false, "write only the list of known spellings, entity/data/spellings.bin; after the models")
	flag.Parse()
	if *spellings {
		if err := writeSpellings(*data, *own, filepath.Join("entity", "data", "spellings.bin")); err != nil {
			log.Fatal(err)
		}
		return
	}
	if *words {
		if err := nameWords(*data, *own); err != nil {
			log.Fatal(err)
		}
		return
	}
	old, err := kept(*out)
	if err != nil {
		log.Fatal(err)
	}
	var table []byte
	for _, set := range sets {
		if *only != "" && *only != set.script {
			table = append(table, old[set.script]...)
			continue
		}
		start := time.Now()
		pairs, err := read(filepath.Join(*data, set.file))
		if err != nil {
			log.Fatal(err)
		}
		if more, err := read(filepath.Join(*own, set.script+".tsv")); err == nil {
			pairs = append(pairs, more...)
		}
		m := learn(pairs, set.s, set.l, set.keep, *rounds)
		fmt.Printf("%s: %d pairs, %d chunks, %.1f s\n", set.script, len(pairs), len(m), time.Since(start).Seconds())
		measure(set.script, m, filepath.Join(*data, strings.Replace(set.file, "_64", "_16", 1)))
		table = entity.AppendChunks(table, set.script, m)
	}
	if err := os.WriteFile(*out, table, 0o644); err != nil {
		log.Fatal(err)
	}
}

func nameWords(data, own string) error {
	var all [][]pair
	for _, set := range sets {
		pairs, err := read(filepath.Join(data, set.file))
		if err != nil {
			return err
		}
		if more, err := read(filepath.Join(own, set.script+".tsv")); err == nil {
			pairs = append(pairs, more...)
		}
		all = append(all, pairs)
	}
	return writeNameWords(filepath.Join("entity", "data", "namewords.bin"), all)
}

// kept gives the parts of a file of models, by script.
func kept(path string) (map[string][]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	parts := map[string][]byte{}
	for len(b) > 0 {
		script := string(b[1 : 1+b[0]])
		at := 1 + len(script)
		n := int(binary.LittleEndian.Uint32(b[at:]))
		at += 4
		for range n {
			at += 4 + int(b[at]) + int(b[at+1])
		}
		parts[script], b = b[:at], b[at:]
	}
	return parts, nil
}
