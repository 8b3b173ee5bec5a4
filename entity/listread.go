package entity

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"marsad/news"
)

// readTable reads CSV, or TSV where a tab stands in the first line.
func (l *aliasList) readTable(r io.Reader, head []byte) error {
	first, _, _ := strings.Cut(string(head), "\n")
	c := csv.NewReader(r)
	c.FieldsPerRecord, c.LazyQuotes, c.ReuseRecord = -1, true, true
	if strings.Contains(first, "\t") {
		c.Comma = '\t'
	} else if strings.Count(first, ";") > strings.Count(first, ",") {
		c.Comma = ';'
	}
	var columns map[string]int
	for n := 1; ; n++ {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: row %d: %v", ErrList, n, err)
		}
		if n == 1 {
			if columns = headOf(row); columns != nil {
				continue
			}
			columns = map[string]int{"id": 0, "name": 1}
			if len(row) == 1 {
				columns = map[string]int{"name": 0}
			} else if len(row) > 2 && kindOf(row[2]) != "" {
				columns["kind"] = 2
			}
		}
		if err := l.row(row, columns); err != nil {
			return err
		}
	}
}

// headOf reads the names of the columns, nil where the first row is no head.
func headOf(row []string) map[string]int {
	columns := map[string]int{}
	for i, cell := range row {
		key := strings.ToLower(strings.Trim(cell, "\ufeff \""))
		switch key {
		case "caption", "full_name", "whole_name", "namealias_wholename":
			key = "name"
		case "entity_logicalid", "entity_id":
			key = "id"
		case "schema", "type", "entity_type", "entity_subjecttype":
			key = "kind"
		case "countries":
			key = "country"
		case "alias", "weak_aliases", "aka":
			key = "aliases"
		case "language":
			key = "lang"
		}
		if _, taken := columns[key]; !taken {
			columns[key] = i
		}
	}
	if _, ok := columns["name"]; !ok {
		return nil
	}
	return columns
}

func (l *aliasList) row(row []string, columns map[string]int) error {
	cell := func(key string) string {
		if i, ok := columns[key]; ok && i < len(row) {
			return strings.TrimSpace(row[i])
		}
		return ""
	}
	if unspoken[strings.ToLower(cell("kind"))] {
		return nil
	}
	a := Alias{ID: cell("id"), Lang: cell("lang"), Kind: kindOf(cell("kind")), Country: countryOf(cell("country"))}
	return l.add(idOr(a, cell("name")), append([]string{cell("name")}, strings.Split(cell("aliases"), ";")...)...)
}

// idOr gives an entry without an id its first name for one, so that its aliases stay together.
func idOr(a Alias, name string) Alias {
	if a.ID == "" {
		a.ID = name
	}
	return a
}

// jsonLine is an entry of a JSON list, our own or FollowTheMoney.
type jsonLine struct {
	ID, Name, Caption, Kind, Schema, Country, Lang string
	Aliases                                        []string
	Names                                          json.RawMessage
	Properties                                     struct{ Name, Alias, WeakAlias, Country, Jurisdiction, Nationality []string }
}

func (l *aliasList) readJSON(r io.Reader) error {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 64<<10), maxLine)
	for n := 1; s.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(s.Text(), "\ufeff"))
		if line == "" {
			continue
		}
		var j jsonLine
		if err := json.Unmarshal([]byte(line), &j); err != nil {
			return fmt.Errorf("%w: line %d: %v", ErrList, n, err)
		}
		if err := l.json(&j); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("%w: %v", ErrList, err)
	}
	return nil
}

func (l *aliasList) json(j *jsonLine) error {
	if unspoken[strings.ToLower(j.Schema)] {
		return nil
	}
	p := &j.Properties
	country := j.Country
	for _, list := range [][]string{p.Country, p.Nationality, p.Jurisdiction} {
		if country == "" && len(list) > 0 {
			country = list[0]
		}
	}
	names := append([]string{j.Name, j.Caption}, j.Aliases...)
	names = append(append(append(names, p.Name...), p.Alias...), p.WeakAlias...)
	var byLang map[string][]string
	var plain []string
	if json.Unmarshal(j.Names, &byLang) != nil && json.Unmarshal(j.Names, &plain) == nil {
		names = append(names, plain...)
	}
	a := Alias{ID: j.ID, Lang: j.Lang, Kind: kindOf(j.Kind + j.Schema), Country: countryOf(country)}
	for _, n := range append(names, firstName(byLang)) {
		if a.ID == "" {
			a.ID = n
		}
	}
	if err := l.add(a, names...); err != nil {
		return err
	}
	for _, lang := range sorted(byLang) {
		b := a
		b.Lang = lang
		if err := l.add(b, byLang[lang]...); err != nil {
			return err
		}
	}
	return nil
}

func firstName(byLang map[string][]string) string {
	for _, lang := range sorted(byLang) {
		if len(byLang[lang]) > 0 {
			return byLang[lang][0]
		}
	}
	return ""
}

// unEntry is an INDIVIDUAL or ENTITY of the UN's consolidated list.
type unEntry struct {
	ID       string   `xml:"DATAID"`
	Ref      string   `xml:"REFERENCE_NUMBER"`
	First    string   `xml:"FIRST_NAME"`
	Second   string   `xml:"SECOND_NAME"`
	Third    string   `xml:"THIRD_NAME"`
	Fourth   string   `xml:"FOURTH_NAME"`
	Original string   `xml:"NAME_ORIGINAL_SCRIPT"`
	People   []string `xml:"INDIVIDUAL_ALIAS>ALIAS_NAME"`
	Entities []string `xml:"ENTITY_ALIAS>ALIAS_NAME"`
}

// readXML reads entry by entry, so that a long list is never in memory as a tree.
func (l *aliasList) readXML(r io.Reader) error {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	depth := 0
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: byte %d: %v", ErrList, d.InputOffset(), err)
		}
		switch t := tok.(type) {
		case xml.EndElement:
			depth--
		case xml.StartElement:
			if depth++; depth > 100 {
				return fmt.Errorf("%w: nested too deep", ErrList)
			}
			if t.Name.Local != "INDIVIDUAL" && t.Name.Local != "ENTITY" {
				continue
			}
			depth--
			var e unEntry
			if err := d.DecodeElement(&e, &t); err != nil {
				return fmt.Errorf("%w: byte %d: %v", ErrList, d.InputOffset(), err)
			}
			if err := l.un(&e, t.Name.Local == "INDIVIDUAL"); err != nil {
				return err
			}
		}
	}
}

func (l *aliasList) un(e *unEntry, person bool) error {
	a := Alias{ID: strings.TrimSpace(e.Ref), Kind: news.Org}
	if a.ID == "" {
		a.ID = strings.TrimSpace(e.ID)
	}
	if person {
		a.Kind = news.Person
	}
	full := strings.Join([]string{e.First, e.Second, e.Third, e.Fourth}, " ")
	return l.add(idOr(a, full), append(append([]string{full, e.Original}, e.People...), e.Entities...)...)
}
