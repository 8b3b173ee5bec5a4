package wire

// Marked is an article as a reader's list gives it: what they did with it.
type Marked struct {
	ID       int64    `json:"id"`
	Story    int64    `json:"story"`
	Outlet   string   `json:"outlet"`
	Headline string   `json:"headline"`
	Lang     string   `json:"lang"`
	URL      string   `json:"url"`
	Arrived  string   `json:"arrived"`
	Read     bool     `json:"read"`
	Starred  *string  `json:"starred"` // since when, null: not
	Labels   []string `json:"labels"`
}

// Choice is what a reader follows or mutes.
type Choice struct {
	Kind string `json:"kind"` // story, source, name
	Key  string `json:"key"`
	What string `json:"what"` // follow, mute
	At   string `json:"at"`
}

// Correction is a word on stories against the desk's judgement.
type Correction struct {
	ID       int64   `json:"id"`
	Kind     string  `json:"kind"` // merge, split, apart
	By       string  `json:"by"`   // "" for the desk itself
	Said     string  `json:"said"`
	Undone   *string `json:"undone"` // null while it binds
	UndoneBy string  `json:"undone_by"`
	Stories  []int64 `json:"stories"`
	Articles []int64 `json:"articles"`
	Moves    []Move  `json:"moves"`
}

// Move is an article that a correction took from one story to another.
type Move struct {
	Article int64 `json:"article"`
	From    int64 `json:"from"`
	To      int64 `json:"to"`
}
