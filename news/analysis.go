package news

import "time"

// MentionKind is the kind of thing that a name names (CoNLL's three).
type MentionKind string

// The kinds of mention.
const (
	Person MentionKind = "PER"
	Place  MentionKind = "LOC"
	Org    MentionKind = "ORG"
)

// Mention is a name in the text.
type Mention struct {
	Span
	Kind   MentionKind
	Entity string  // stable id: Wikidata Q…, else geonames:…, else the desk's own; "" when the name is known to nobody
	Name   string  // the entity's usual name in the article's language, or the words themselves
	Score  float64 // 0 to 1
	Known  bool    // false: a candidate that a rule or model proposes, unverified
	Rule   string
}

// TimexType follows TIMEX3.
type TimexType string

// The types of time expression.
const (
	Date     TimexType = "DATE"
	Time     TimexType = "TIME"
	Duration TimexType = "DURATION"
	Set      TimexType = "SET"
)

// Timex is a date or time in words, resolved at the day of publication.
type Timex struct {
	Span
	Type        TimexType
	Value       string    // TIMEX3 value: 2024-06-18, 2024-W25, PT2H, XXXX-06-18 where the year is open
	From, To    time.Time // [From, To) in the article's zone; zero where not resolved
	DayOnly     bool      // From and To are calendar days, not clock times
	Granularity string    // second minute hour day week month quarter season year decade century
	Certainty   float64   // 0 to 1
	Rule        string
}

// DateCandidate is a day on which an undated article may have been published, with the words that speak for it.
type DateCandidate struct {
	Day    time.Time
	Reason string // in the rule's own terms: "weekday:Tuesday+day:18 June", "not-before:2019"
	Spans  []Span
}

// QuoteType follows Pareti: the words themselves, their content, or both.
type QuoteType string

// The types of quotation.
const (
	Direct   QuoteType = "direct"
	Indirect QuoteType = "indirect"
	Mixed    QuoteType = "mixed"
)

// Cue is the word that reports: said, قال, заявил.
type Cue struct {
	Span
	Lemma string
}

// Actor is whoever says, claims or is claimed about: words of the text and, where certain, the entity behind them.
type Actor struct {
	Span
	Entity string
	Named  *Span // where the text names them, when the words are a pronoun or a bare title; nil otherwise
}

// Quotation is reported speech. Span covers the quoted words alone, verbatim and without their quotation marks.
type Quotation struct {
	Span
	Type       QuoteType
	Cue        *Cue
	Speaker    *Actor
	Occasion   *Span // "told reporters Monday", "in an article in …"
	Translated bool  // the words were probably spoken in another language
	Rule       string
}

// Stance is what a claimant does with a claim.
type Stance string

// The stances.
const (
	Says      Stance = "says"
	Accuses   Stance = "accuses"
	Condemns  Stance = "condemns"
	Confirms  Stance = "confirms"
	Denies    Stance = "denies"
	Warns     Stance = "warns"
	Threatens Stance = "threatens"
	Demands   Stance = "demands"
	Promises  Stance = "promises"
)

// Claim is a statement of somebody about somebody or something. Span covers what is claimed, in the text's words.
type Claim struct {
	Span
	Stance   Stance
	Cue      *Cue
	Claimant *Actor
	Target   *Actor
	Negated  bool // "did not deny"
	Hedged   bool // "reportedly"
	Answers  int  // index in Analysis.Claims of the claim that this denies or confirms, -1 for none
	Rule     string
}

// Analysis is all that was understood of one article.
type Analysis struct {
	ArticleID  int64
	Version    int // of the analysis as a whole: a lower one is stale
	Rules      string
	Models     []string
	Mentions   []Mention
	Timexes    []Timex
	Quotations []Quotation
	Claims     []Claim
	Candidates []DateCandidate // for an undated article
}
