package wire

// NameMatches is what `marsad names --json` prints for one name.
type NameMatches struct {
	Query   string      `json:"query"`
	Matches []NameMatch `json:"matches"` // best first
}

// NameMatch is somebody in the list whom the name may mean.
type NameMatch struct {
	ID      string  `json:"id"`
	Name    string  `json:"name"`
	Score   float64 `json:"score"`   // 0 to 1
	Aligned bool    `json:"aligned"` // every word of the shorter name has its like in the other, the family name among them
}
