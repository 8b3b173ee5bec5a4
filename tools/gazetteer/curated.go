package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"marsad/entity"
	"marsad/news"
)

// line is one entity of entities.jsonl.
type line struct {
	ID          string              `json:"id"`
	Kind        news.MentionKind    `json:"kind"`
	Country     string              `json:"country,omitempty"`
	Weight      uint8               `json:"weight,omitempty"`
	FamilyFirst bool                `json:"family_first,omitempty"`
	Lat         float32             `json:"lat,omitempty"`
	Lon         float32             `json:"lon,omitempty"`
	Names       map[string][]string `json:"names"`
	Offices     []office            `json:"offices,omitempty"`
}

type office struct {
	Title   string `json:"title"`
	Of      string `json:"of"`
	From    string `json:"from,omitempty"`
	To      string `json:"to,omitempty"`
	Current bool   `json:"current,omitempty"`
}

func curated(path string) ([]entity.Entity, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []entity.Entity
	for s := bufio.NewScanner(f); s.Scan(); {
		var l line
		if err := json.Unmarshal(s.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("%s: %w in %s", path, err, s.Text())
		}
		if l.Weight == 0 {
			l.Weight = 200
		}
		e := entity.Entity{ID: l.ID, Kind: l.Kind, Country: l.Country, Weight: l.Weight, FamilyFirst: l.FamilyFirst, Lat: l.Lat, Lon: l.Lon, Names: l.Names}
		for _, o := range l.Offices {
			e.Offices = append(e.Offices, entity.Office(o))
		}
		out = append(out, e)
	}
	return out, nil
}
