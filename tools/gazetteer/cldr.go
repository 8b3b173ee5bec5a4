package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"marsad/entity"
	"marsad/news"
)

// countries reads "code id" lines.
func countries(path string) (map[string]string, error) {
	lines, err := lines(path)
	if err != nil {
		return nil, err
	}
	ids := map[string]string{}
	for _, l := range lines {
		code, id, ok := strings.Cut(l, " ")
		if !ok {
			return nil, fmt.Errorf("%s: %q", path, l)
		}
		ids[code] = id
	}
	return ids, nil
}

func lines(path string) ([]string, error) {
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return strings.Split(strings.TrimSpace(string(body)), "\n"), nil
}

// territories gives countries and continents with their names in all languages.
func territories(npm string, ids map[string]string) ([]entity.Entity, error) {
	by := map[string]*entity.Entity{}
	var order []string
	for _, lang := range languages {
		var doc struct {
			Main map[string]struct {
				LocaleDisplayNames struct{ Territories map[string]string }
			}
		}
		if err := readJSON(filepath.Join(npm, "cldr-localenames-full", "main", lang, "territories.json"), &doc); err != nil {
			return nil, err
		}
		names := doc.Main[lang].LocaleDisplayNames.Territories
		for _, key := range sortedKeys(names) {
			code, _, _ := strings.Cut(key, "-alt-")
			if !wanted(code, ids) {
				continue
			}
			e := by[code]
			if e == nil {
				e = newTerritory(code, ids[code])
				by[code] = e
				order = append(order, code)
			}
			e.Names[lang] = append(e.Names[lang], variants(names[key])...)
		}
	}
	out := make([]entity.Entity, 0, len(order))
	for _, code := range order {
		out = append(out, *by[code])
	}
	return out, nil
}

// wanted leaves out the world, its parts that nobody names so, and codes of no territory.
func wanted(code string, ids map[string]string) bool {
	if _, ok := ids[code]; ok {
		return true
	}
	switch code {
	case "ZZ", "XA", "XB", "EU", "EZ", "UN", "QO", "CQ":
		return false
	}
	return len(code) == 2
}

func newTerritory(code, id string) *entity.Entity {
	e := &entity.Entity{ID: id, Kind: news.Place, Weight: 240, Names: map[string][]string{}}
	if id == "" {
		e.ID, e.Weight = "iso:"+code, 120
	}
	if len(code) == 2 {
		e.Country = code
	}
	return e
}

// variants gives "Myanmar" and "Burma" of "Myanmar (Burma)", but not what stands for a capital in 刚果（布）: alone it is a word.
func variants(name string) []string {
	name = strings.NewReplacer("（", " (", "）", ")").Replace(name)
	open := strings.IndexByte(name, '(')
	if open <= 0 || !strings.HasSuffix(name, ")") {
		return []string{name}
	}
	within := strings.TrimSpace(name[open+1 : len(name)-1])
	if utf8.RuneCountInString(within) < 3 {
		return []string{name}
	}
	return []string{strings.TrimSpace(name[:open]), within}
}

// exemplars gives the names of the cities that time zones are named for: by English name, by language.
func exemplars(npm string) (map[string]map[string]string, error) {
	zones := map[string]map[string]string{}
	for _, lang := range languages {
		var doc struct {
			Main map[string]struct {
				Dates struct{ TimeZoneNames struct{ Zone map[string]any } }
			}
		}
		if err := readJSON(filepath.Join(npm, "cldr-dates-full", "main", lang, "timeZoneNames.json"), &doc); err != nil {
			return nil, err
		}
		exemplarsOf(doc.Main[lang].Dates.TimeZoneNames.Zone, "", lang, zones)
	}
	by := map[string]map[string]string{}
	for zone, names := range zones {
		english := names["en"]
		if english == "" {
			english = strings.ReplaceAll(zone[strings.LastIndexByte(zone, '/')+1:], "_", " ")
		}
		by[english] = names
	}
	return by, nil
}

func exemplarsOf(zone map[string]any, path, lang string, into map[string]map[string]string) {
	for _, key := range sortedKeys(zone) {
		switch v := zone[key].(type) {
		case map[string]any:
			exemplarsOf(v, path+"/"+key, lang, into)
		case string:
			if key == "exemplarCity" && !strings.HasPrefix(path, "/Etc") {
				if into[path] == nil {
					into[path] = map[string]string{}
				}
				into[path][lang] = v
			}
		}
	}
}

func readJSON(path string, into any) error {
	body, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
