// Package wire holds the JSON of API, command line, webhooks and exports, and it is the only place with tags. The record of an
// article (see [Record] and record.schema.json beside it) is a contract: fields may be added, a meaning never changes without a
// new version. A field without a value is null or [], never absent.
//
// Offsets are half-open UTF-8 byte ranges of the text. Times are RFC 3339 in the article's own zone where it is known; a date
// without a time is YYYY-MM-DD.
package wire

import "encoding/json"

// Version of the record.
const Version = 1

// Record is what `marsad read --json` prints: an article with all that was understood of it.
type Record struct {
	Version      int         `json:"version"`
	URL          *string     `json:"url"`
	CanonicalURL *string     `json:"canonical_url"`
	Site         *string     `json:"site"`
	Source       *int64      `json:"source"`
	Headline     *string     `json:"headline"`
	Subtitle     *string     `json:"subtitle"`
	Section      *string     `json:"section"`
	Tags         []string    `json:"tags"`
	Byline       []string    `json:"byline"`
	Dateline     *string     `json:"dateline"`
	Published    *string     `json:"published"`
	PublishedBy  *string     `json:"published_from"`
	Candidates   []Candidate `json:"published_candidates"`
	Modified     *string     `json:"modified"`
	ModifiedBy   *string     `json:"modified_from"`
	Lang         *string     `json:"lang"`
	Dir          string      `json:"dir"`
	Text         string      `json:"text"`
	Blocks       []Block     `json:"blocks"`
	Media        []Media     `json:"media"`
	Cites        []Cite      `json:"cites"`
	Removed      []Removed   `json:"removed"`
	Mentions     []Mention   `json:"mentions"`
	Timexes      []Timex     `json:"timexes"`
	Quotations   []Quotation `json:"quotations"`
	Claims       []Claim     `json:"claims"`
	Analysis     *Analysis   `json:"analysis"`
	Error        *Error      `json:"error"`
}

// Candidate is a day on which an undated article may have been published.
type Candidate struct {
	Date   string `json:"date"`
	Reason string `json:"reason"`
}

// Block says what a stretch of the text was on the page.
type Block struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Kind  string `json:"kind"`
}

// Media is a picture or video with the words that stood beside it.
type Media struct {
	URL     *string `json:"url"`
	Caption *string `json:"caption"`
	Credit  *string `json:"credit"`
	Date    *string `json:"date"`
}

// Cite is an agency or source that the page names as its own.
type Cite struct {
	Name string  `json:"name"`
	URL  *string `json:"url"`
}

// Removed is what stood in the article's column and was left out.
type Removed struct {
	Kind   string `json:"kind"`
	Text   string `json:"text"`
	Before int    `json:"before"`
}

// Words is a stretch of the text.
type Words struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Mention is a name in the text.
type Mention struct {
	Words
	Kind   string  `json:"kind"`
	Entity *string `json:"entity"`
	Name   *string `json:"name"`
	Score  float64 `json:"score"`
	Known  bool    `json:"known"`
	Rule   string  `json:"rule"`
}

// Timex is a date or time in words.
type Timex struct {
	Words
	Type        string  `json:"type"`
	Value       string  `json:"value"`
	From        *string `json:"from"`
	To          *string `json:"to"`
	Granularity string  `json:"granularity"`
	Certainty   float64 `json:"certainty"`
	Rule        string  `json:"rule"`
}

// Cue is the word that reports.
type Cue struct {
	Words
	Lemma string `json:"lemma"`
}

// Actor is whoever speaks, claims or is claimed about.
type Actor struct {
	Words
	Entity *string `json:"entity"`
	Named  *Words  `json:"named"` // where the person is named, when the words are a pronoun or a bare title
}

// Quotation is reported speech.
type Quotation struct {
	Words
	Type       string `json:"type"`
	Cue        *Cue   `json:"cue"`
	Speaker    *Actor `json:"speaker"`
	Occasion   *Words `json:"occasion"`
	Translated bool   `json:"translated"`
	Rule       string `json:"rule"`
}

// Claim is a statement of somebody about something.
type Claim struct {
	Words
	Stance   string `json:"stance"`
	Cue      *Cue   `json:"cue"`
	Claimant *Actor `json:"claimant"`
	Target   *Actor `json:"target"`
	Negated  bool   `json:"negated"`
	Hedged   bool   `json:"hedged"`
	Answers  *int   `json:"answers"`
	Rule     string `json:"rule"`
}

// Analysis says what said all this.
type Analysis struct {
	Version int      `json:"version"`
	Rules   string   `json:"rules"`
	Models  []string `json:"models"`
}

// Error stands where there is no article.
type Error struct {
	Kind    string `json:"kind"`
	Message string `json:"message"`
}

// Failed is the record of something that holds no article and of which nothing else is known.
func Failed(kind, message string) Record {
	r := empty()
	r.Error = &Error{kind, message}
	return r
}

// Line gives the record as one line of JSON, without a line end.
func (r Record) Line() ([]byte, error) { return json.Marshal(r) }
