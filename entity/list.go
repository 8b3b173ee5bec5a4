package entity

import "marsad/news"

// Alias is a name of somebody in a list.
type Alias struct {
	ID      string
	Name    string
	Lang    string // BCP 47, "" for unknown
	Kind    news.MentionKind
	Country string
}

// gather makes entities of the aliases, in the order of their ids' first appearance.
func gather(list []Alias) []Entity {
	at := map[string]int{}
	var out []Entity
	for _, a := range list {
		i, ok := at[a.ID]
		if !ok {
			i = len(out)
			at[a.ID] = i
			out = append(out, Entity{ID: a.ID, Kind: a.Kind, Country: a.Country, Names: map[string][]string{}, Weight: 200})
		}
		out[i].Names[a.Lang] = append(out[i].Names[a.Lang], a.Name)
	}
	return out
}
