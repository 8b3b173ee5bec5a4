package main

import (
	"fmt"
	"strings"
	"unicode"

	"marsad/text"
)

// moreLanguages are the columns of names.tsv after the town.
var moreLanguages = [...]string{"ar", "ru", "zh", "fa", "he"}

// plainly leaves of a name its letters without their marks: Mişrātah is Misratah.
func plainly(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, text.Plain(text.Normalize(name)))
}

// moreNames reads names of towns that the catalogues lack, and gives them by language for the largest town of that name, by its index
// in the list. Lines that begin with # say what the file is.
func moreNames(path string, list []city) (map[int]map[string][]string, error) {
	rows, err := lines(path)
	if err != nil {
		return nil, err
	}
	first := map[string]int{}
	for i := len(list) - 1; i >= 0; i-- {
		first[plainly(list[i].country+" "+list[i].name)] = i
	}
	out := map[int]map[string][]string{}
	for _, row := range rows {
		if strings.HasPrefix(row, "#") {
			continue
		}
		cells := strings.Split(row, "\t")
		i, ok := first[plainly(cells[0])]
		if !ok || len(cells) != 1+len(moreLanguages) {
			fmt.Println("no such town, or not one name for each language:", row)
			continue
		}
		out[i] = map[string][]string{}
		for k, lang := range moreLanguages {
			if c := cells[1+k]; c != "-" {
				out[i][lang] = strings.Split(c, "|")
			}
		}
	}
	return out, nil
}
